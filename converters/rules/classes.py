"""The user's rules for elements with a class: HTML or the target's words in their place, another class, or nothing."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.html import placeholders, tree
from converters.html.elements import BLOCKS, CONTAINERS
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.rules.model import ClassRule
from converters.rules.pieces import Pieces
from converters.rules.read import template
from converters.rules.templates import Html, Inside, Template, Values


class Classes:
    """The rules of one site, their templates read."""

    def __init__(self, rules: Mapping[str, ClassRule], limits: Limits = DEFAULT) -> None:
        """Raises UsageError for a template that cannot be used."""
        self._rules, self._limits = rules, limits
        self._templates: dict[str, Template | None] = {
            name: template(rule, f"classes.{name}") for name, rule in rules.items()
        }

    def apply(self, root: etree._Element, log: Log, pieces: Pieces) -> None:
        """In place, the innermost elements first, so that what a rule takes over is finished. `pieces` keeps the words
        for the target, to be placed when no later step reads the tree as HTML of the old site."""
        for element in reversed([found for found in root.iter("*") if found.get("class")]):
            for name in str(element.get("class")).split():
                rule = self._rules.get(name)
                if rule is not None and element is not root and not self._one(element, name, rule, pieces, log):
                    break

    def _one(self, element: etree._Element, name: str, rule: ClassRule, pieces: Pieces, log: Log) -> bool:
        """Apply one rule; says whether the element still stands."""
        if rule.rename is not None:
            words = [rule.rename if word == name else word for word in str(element.get("class")).split()]
            element.set("class", " ".join(words))
            log("rule.applied", f"class {name}: {rule.rename}")
            return True
        ready = self._templates[name]
        if rule.unwrap:
            _unwrap(element)
        elif ready is None:
            tree.remove(element)
        elif not self._replaced(element, ready, pieces, raw=rule.raw is not None):
            log("rule.too-long", name)
            return True
        way = "unwrap" if rule.unwrap else "drop" if ready is None else "html" if rule.raw is None else "raw"
        log("rule.applied", f"class {name}: {way}")
        return False

    def _replaced(self, element: etree._Element, ready: Template, pieces: Pieces, *, raw: bool) -> bool:
        """Put what the template makes of the element in its place, unless rules have written too much already."""
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        words = " ".join(tree.plain_text(element).split())
        inside = f"<{_INSIDE}></{_INSIDE}>"
        parts = ready.render(Values(attributes, (), inside, lambda: words))
        if not pieces.take(sum(map(len, parts)), self._limits.rules_output):
            return False
        text = "".join(
            str(part) if isinstance(part, Inside) or not raw or isinstance(part, Html) else pieces.raw(part)
            for part in parts
        )
        made = tree.parse(text, limits=self._limits)
        for number, slot in enumerate(list(made.iter(_INSIDE))):
            _fill(slot, element, again=number > 0)
        _put(element, made)
        return True


def _unwrap(element: etree._Element) -> None:
    """Words in a box of their own stay a paragraph: they would run into those before and behind it."""
    if element.tag in CONTAINERS and not any(inner.tag in BLOCKS for inner in element.iterdescendants("*")):
        element.tag = "p"
        element.attrib.clear()
    else:
        tree.unwrap(element)


_INSIDE = placeholders.word()


def _fill(slot: etree._Element, element: etree._Element, *, again: bool) -> None:
    """Put what stands inside the element where the slot is; a second slot gets nothing."""
    if not again:
        slot.text, element.text = element.text, None
        slot.extend(list(element))
    tree.unwrap(slot)


def _put(element: etree._Element, made: etree._Element) -> None:
    """The element's place is taken by what stands inside `made`."""
    tail, element.tail = element.tail, None
    made.tail = tail
    parent = element.getparent()
    assert parent is not None, "the root has no rule"
    parent.replace(element, made)
    tree.unwrap(made)
