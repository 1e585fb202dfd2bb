"""What editors and page builders leave in a text that a reader never saw: elements of nothing, attributes for scripts.

Words<code></code> and <a href="#"></a>, <i class="fa fa-phone"></i>, <span aria-hidden="true"></span>
<div data-vce-do-apply="all el-0a0b0c0d">, <img data-full-image="…">, <p data-pm-slice="1 1 []">
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.html.generated_ids import is_generated
from converters.html.sanitize.lists import DATA

_PHRASES = (
    "a b strong i em u s strike del ins span font small big sub sup mark code kbd samp tt var cite q abbr label bdi bdo"
).split()
_HEADINGS = frozenset(HEADINGS)
_BLANK = " \t\r\n\xa0"
_NAMING = ("id", "name")
"""With these an empty element is a place that links lead to."""
_DATA = re.compile(
    r"data-(?:vc|vce|full|light|large|medium|orig|image|id$|link$|elementor|element|fl-|kb|kadence|kt|et-|fusion|ct-|oxy"
    r"|uagb|stk|block|mce|pm-|olk|ogs|offset|test|slate|sheets|preserver|widget|node|settings|animat|aos|wow|wp-|toggle|target"
    r"|bs-|reader|ccp|contrast|font|listid|aria|leveltext|editor|key|ft|hveid|ved|dobid|mt|rm|parallax|object|tab|row"
    r"|col|margin|padding|speed|delay|attachment|permalink$|comments|responsive|pin|no-|cke|mathml"
    r"|end$|is-(?:last|only)-node|message-|testid|filter$|required$|label$|prefix$|suffix$|separator$|duration$|canvas-"
    r"|map-|points$|zoom$|marker-)"
)
"""Attributes of builders, editors, galleries and their scripts. Others are judged where a text is made harmless."""


_READ = DATA - {"data-id", "data-align", "data-object-fit", "data-type"} | {
    "data-src",
    "data-lazy-src",
    "data-original",
}
_ACTING = frozenset({"aria-controls", "aria-expanded", "aria-selected", "aria-haspopup"})
"""Tell of what a script does when a reader clicks."""
_REFERRING = frozenset({"aria-describedby", "aria-labelledby", "aria-owns", "aria-details"})
"""Name an id that an editor made, and that is not kept."""


def drop_data(element: etree._Element) -> None:
    """Take away the attributes that only scripts of the old site read."""
    for name in [str(name) for name in element.attrib]:
        for_scripts = name.startswith("data-") and name not in _READ and (element.tag == "img" or _DATA.match(name))
        pasted = name == "data-start" and element.tag != "figure"  # by an assistant that writes texts
        if for_scripts or pasted or name in _ACTING or (name in _REFERRING and is_generated(str(element.get(name)))):
            del element.attrib[name]
    title = element.get("title")
    if title and element.tag == "a" and title == element.get("href"):  # which a browser tells anyhow
        del element.attrib["title"]


def drop_empty(root: etree._Element) -> None:
    """Take out phrases without a word, from the inside to the outside, and spans that say nothing; white space and
    words stay."""
    gone: list[etree._Element] = []
    empty: set[etree._Element] = set()
    for element in reversed(list(root.iterdescendants(*_PHRASES, *HEADINGS))):
        if element.text and element.text.strip(_BLANK):
            continue
        if any(child not in empty and child.tag != "br" for child in element):
            continue
        if any(name in element.attrib for name in _NAMING):
            element.attrib.pop("href", "")  # nobody could click it
            continue
        blank = _BLANK if element.tag in _HEADINGS else None
        if any((text or "").strip(blank) for text in (element.text, *(child.tail for child in element))):
            continue
        empty.add(element)
        gone.append(element)
    tree.remove_all(root, [element for element in gone if element.tag in _HEADINGS])
    tree.unwrap_all(root, [*gone, *(link for link in root.iterdescendants("a") if _opens_an_image(link))])
    tree.unwrap_all(root, [span for span in root.iterdescendants("span") if not span.attrib])
    tree.remove_all(root, [box for box in root.iterdescendants("figcaption", "div") if _is_an_empty_box(box)])


def _is_an_empty_box(box: etree._Element) -> bool:
    """A caption or a box that says nothing, but how a text in it would be aligned."""
    return not len(box) and not (box.text or "").strip() and all(name in ("style", "align") for name in box.attrib)


def _opens_an_image(link: etree._Element) -> bool:
    """A link to nowhere around an image: a script of the theme showed it larger."""
    if link.get("href") not in ("#", "") or any(name in link.attrib for name in _NAMING):
        return False
    return next(link.iter("img"), None) is not None and not tree.plain_text(link).strip()
