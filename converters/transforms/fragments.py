"""Links to a heading of the same page: plug-ins for tables of contents gave headings their ids when a page was shown.

Such a link names the words of its heading, each plug-in in its own spelling: `#The_old_quay`, `#the-old-quay`,
`#h-the-old-quay`. Where nothing on the page has that id, the heading with these words gets it.
"""

from __future__ import annotations

from lxml import etree

from converters import tree, urls

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BEFORE = "h-"
"""What WordPress's own editor puts before the words."""


def give_ids(root: etree._Element) -> None:
    """Give headings without an id the one that a link on the page asks for."""
    asked = dict.fromkeys(
        urls.decoded(href[1:])
        for link in root.iter("a")
        if (href := str(link.get("href") or "")).startswith("#") and len(href) > 1
    )
    if not asked:
        return
    known = {str(value) for element in root.iter("*") for key in ("id", "name") if (value := element.get(key))}
    free: dict[str, etree._Element] = {}
    for heading in root.iter(*_HEADINGS):
        words = _plain(tree.plain_text(heading))
        if words and not heading.get("id"):
            free.setdefault(words, heading)
    for fragment in asked:
        found = None if fragment in known else _find(fragment, free)
        if found is not None and not found.get("id"):
            found.set("id", fragment)


def _find(fragment: str, free: dict[str, etree._Element]) -> etree._Element | None:
    found = free.get(_plain(fragment))
    return found if found is not None else free.get(_plain(fragment.removeprefix(_BEFORE)))


def _plain(text: str) -> str:
    """The letters and figures of a text, small."""
    return "".join(character for character in text.casefold() if character.isalnum())
