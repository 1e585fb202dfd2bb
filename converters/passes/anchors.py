"""Links to a heading, of the same page or of another: plug-ins for tables of contents gave headings their ids when a
page was shown.

Such a link names the words of its heading, each plug-in in its own spelling: `#The_old_quay`, `#the-old-quay`,
`#h-the-old-quay`. Where nothing on the page has that id, the heading with these words gets it. What the links of other
pages ask for is known from the survey (`SiteLookup.fragments`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from converters import urls
from converters.html import tree
from converters.html.elements import HEADINGS
from converters.passes.base import Work

ASKED = "data-asked"
"""On the root of a text: ids inside of it that links of the site lead to."""
_SPACE = re.compile(r"\s")
_BEFORE = "h-"
"""What WordPress's own editor puts before the words."""


def assign(work: Work) -> None:
    """Anchors for the links to places in a post."""
    if work.body is not None and work.post is not None:
        place = work.site.lookup.place(work.post.id)
        assign_anchor_ids(work.body.root, work.site.lookup.fragments(place.url) if place and place.url else ())


def assign_anchor_ids(root: etree._Element, elsewhere: Iterable[str] = ()) -> None:
    """Give headings without an id the one that a link asks for: one on the page, else one that stands elsewhere."""
    asked = dict.fromkeys(
        urls.decoded(href[1:])
        for link in root.iter("a")
        if (href := str(link.get("href") or "")).startswith("#") and len(href) > 1
    )
    asked |= dict.fromkeys(elsewhere)
    if not asked:
        return
    known = {str(value) for element in root.iter("*") for key in ("id", "name") if (value := element.get(key))}
    free: dict[str, etree._Element] = {}
    for heading in root.iter(*HEADINGS):
        words = _plain(tree.plain_text(heading))
        if words and not heading.get("id"):
            free.setdefault(words, heading)
    for fragment in asked:
        found = None if fragment in known else _find(fragment, free)
        if found is not None and not found.get("id"):
            found.set("id", fragment)
    _keep(root, [fragment for fragment in asked if fragment in known])


def _keep(root: etree._Element, asked: list[str]) -> None:
    """Ids that stand on elements Markdown knows no ids of: name them to the exporter's engine, which writes an anchor
    before such an element, and put those of pictures on a box around these."""
    wanted = {fragment for fragment in asked if fragment and not _SPACE.search(fragment)}
    for figure in list(root.iter("figure")) if wanted else ():
        id, parent = str(figure.get("id") or ""), figure.getparent()
        if id in wanted and parent is not None:
            del figure.attrib["id"]
            box = etree.Element("div", {"id": id})
            box.tail, figure.tail = figure.tail, None
            parent.replace(figure, box)
            box.append(figure)
    if wanted:
        root.set(ASKED, " ".join(sorted(wanted)))


def _find(fragment: str, free: dict[str, etree._Element]) -> etree._Element | None:
    found = free.get(_plain(fragment))
    return found if found is not None else free.get(_plain(fragment.removeprefix(_BEFORE)))


def _plain(text: str) -> str:
    """The letters and figures of a text, small."""
    return "".join(character for character in text.casefold() if character.isalnum())
