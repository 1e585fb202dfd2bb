"""Elements that scripts define: their words are a part of the text, whatever their names.

<my-card><template shadowrootmode="open"><p>Before <slot></slot></p></template>words</my-card>    declarative shadow DOM
<my-callout type="note"><p>words</p></my-callout>, words with <my-term>a term</my-term> in them

What a browser draws of a host is its shadow tree, with the host's own children in the slots
(https://html.spec.whatwg.org/multipage/scripting.html#the-template-element, attribute `shadowrootmode`); saved pages
have it so, too (SingleFile). No slot for a child is no reason to lose it: without the script, it is shown.
"""

from __future__ import annotations

from typing import cast

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute

_shadows = etree.XPath("descendant::template[@shadowrootmode or @shadowroot]")
_custom = etree.XPath("descendant::*[contains(local-name(), '-') or self::slot]")
_FLOW = frozenset(
    "body div section article main aside header footer li td th blockquote dd figure details html".split()
)


def flatten(root: etree._Element) -> None:
    """Put what shadow trees show in the place of what is in their hosts, in place; the innermost ones first."""
    for template in reversed(cast(list[etree._Element], _shadows(root))):
        host = template.getparent()
        if host is not None:
            _flatten(host, template)


def _flatten(host: etree._Element, template: etree._Element) -> None:
    tree.remove(template)
    slots: dict[str, etree._Element] = {}
    for slot in template.iter("slot"):
        slots.setdefault(attribute(slot, "name"), slot)
    filled: set[etree._Element] = set()
    text, host.text = host.text, None
    if (text or "").strip() and "" in slots:
        _fill(slots[""], filled)
        slots[""].text = text
    left: list[etree._Element] = []
    for child in list(host):
        place = slots.get(attribute(child, "slot") if tree.name(child) else "")
        if place is None:
            left.append(child)
            continue
        _fill(place, filled)
        place.append(child)
    host.text = template.text
    host.extend(list(template))
    if (text or "").strip() and "" not in slots:
        etree.SubElement(host, "span").text = text
    host.extend(left)


def _fill(slot: etree._Element, filled: set[etree._Element]) -> None:
    """What stands in a slot is for hosts that have nothing to put there."""
    if slot in filled:
        return
    filled.add(slot)
    slot.text = None
    for child in list(slot):
        slot.remove(child)


def unwrap(root: etree._Element) -> None:
    """Names of a site's own go, in place: a box stays a box, a phrase is only its words."""
    phrases: list[etree._Element] = []
    for element in cast(list[etree._Element], _custom(root)):
        if not tree.name(element) or tree.name(element).startswith("{"):
            continue
        if element.tag == "slot" or not _is_box(element):
            phrases.append(element)
        else:
            element.tag = "div"
    tree.unwrap_all(root, phrases)


def _is_box(element: etree._Element) -> bool:
    """Does it hold blocks, or stand between them?"""
    if any(tree.is_block(child) for child in element):
        return True
    parent, before = element.getparent(), element.getprevious()
    if parent is None or parent.tag not in _FLOW or (element.tail or "").strip():
        return False
    text = parent.text if before is None else before.tail
    after = element.getnext()
    return not (text or "").strip() and all(one is None or tree.is_block(one) for one in (before, after))
