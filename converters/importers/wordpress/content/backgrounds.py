"""Pictures behind words: `background-image: url(…)` of styles and of blocks.

    <div class="wp-block-group" style="background-image:url(quay.jpg)"><p>Words</p></div>
    <!-- wp:group {"style":{"background":{"backgroundImage":{"url":"quay.jpg","id":5}}}} -->

Themes are gone and styles with them, but a reader saw the picture: it comes to stand before the words, as that of a
cover does. The block's form is said in its attributes alone, WordPress makes the style of it when the page is shown
(https://developer.wordpress.org/block-editor/reference-guides/block-api/block-supports/#background). Pictures that are
no more than marks (of a list, of a border, or so small that they stand in the address itself) are named in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, cast

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute
from converters.model.notices import Log

if TYPE_CHECKING:
    from converters.importers.wordpress.content.blocks import WpBlock

_URL = re.compile(r"""url\(\s*+(?:"([^"<>]++)"|'([^'<>]++)'|([^'"()<>\s]++))\s*+\)""", re.I)
_styled = etree.XPath("descendant::*[contains(@style, '(')]")
_MOST = 16
"""Pictures that one style is asked for."""
_CELLS = frozenset({"td", "th"})
"""Keep their styles."""
_ROWS = frozenset({"table", "thead", "tbody", "tfoot", "tr", "colgroup", "col"})
_INSIDE = frozenset("a abbr b cite em figcaption figure i label li dd dt mark small span strong sub sup u".split())
"""Where a picture stands with the words; before all others it stands alone."""


def of_block(block: WpBlock, html: str, log: Log) -> str:
    """The block's HTML, after the picture that its attributes put behind it."""
    if not block.says("backgroundImage"):
        return html
    found: object = block.attributes
    for key in ("style", "background", "backgroundImage", "url"):
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found or found in html or escape(found) in html:
        return html
    log("image.background", found)
    return f'<img src="{escape(found)}" alt="">{html}'


def lift(root: etree._Element, log: Log) -> None:
    """Make pictures of all that styles put behind words, where they are not shown anyhow."""
    shown: set[str] | None = None
    for element in cast(list[etree._Element], _styled(root)):
        style = attribute(element, "style")
        if element.tag in _CELLS or element.tag == "img":
            continue
        for name, address in pictures(style):
            if shown is None:
                shown = {attribute(image, "src") for image in root.iter("img")}
            if address in shown:
                continue
            shown.add(address)
            if name not in ("background", "background-image") or address.lower().startswith("data:"):
                log("image.decoration", name, where=tree.name(element))
                continue
            log("image.background", address)
            _put(element, address)


def pictures(style: str) -> Iterator[tuple[str, str]]:
    """(property, address) of the files a style names."""
    for found in islice(_URL.finditer(style), _MOST):
        address = (found[1] or found[2] or found[3]).strip()
        if address and not address.startswith("#"):
            begin = style.rfind(";", 0, found.start()) + 1
            yield style[begin : found.start()].partition(":")[0].strip().lower(), address


def _put(element: etree._Element, address: str) -> None:
    image = etree.Element("img", {"src": address, "alt": attribute(element, "aria-label")})
    if element.tag in _INSIDE:
        image.tail, element.text = element.text, None
        element.insert(0, image)
        return
    place = element
    while place.tag in _ROWS and place.tag != "table" and (above := place.getparent()) is not None:
        place = above
    alone = etree.Element("p")
    alone.append(image)
    parent = place.getparent()
    if parent is not None:
        parent.insert(parent.index(place), alone)
