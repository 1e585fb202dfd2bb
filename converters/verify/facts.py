"""What a reader sees of a text, as facts: one walk over a tree of semantic HTML.

A page is its lines of words, the facts in their order, and the characters under each mark. Two pages that are equal
show a reader the same, so that the usual comparison is one `==`; which facts differ is asked only where they do.

Lines are what stands between two places where a new line or block begins, `<br>` among them. A picture, a player or a
rule is a word of its own among the words, so that its place is known, too. White space says nothing outside of code.

Not looked at, since a reader does not see it: classes and styles, sizes, comments, the address in `<noscript>`.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from converters.verify.elements import ENDS, STARTS, unseen
from converters.verify.gathered import BREAK, Fact, Gathered

BLOCKS = frozenset(
    """address article aside blockquote br caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p
    pre search section summary table tbody td tfoot th thead tr ul""".split()
)
"""Here begins a line. A list of its own: the check shares no table with what it checks."""
_UNSEEN = frozenset("iframe noscript script style template title textarea".split())


class Page(NamedTuple):
    """A text in a reader's eyes."""

    lines: list[list[str]]
    facts: list[Fact]
    marks: dict[str, str]
    """mark -> all that stands under it, without white space"""
    links: dict[str, str]
    """address -> all that leads there, in the order of the text, a picture as one sign"""
    wanted: frozenset[str]
    """Places that links ask for and that are there."""
    places: frozenset[str]
    """All places."""


def read(root: etree._Element, host: str = "") -> Page:
    """The page that a tree says. The tree stays as it is.

    Addresses on `host` are those of the site itself, said with the host or without it.
    """
    reader = Gathered(host)
    if root.text:
        reader.parts.append(root.text)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is root:
            continue
        if event == "start":
            if element.tag in _UNSEEN:
                unseen(reader, element)
                walker.skip_subtree()
            else:
                _begin(reader, element)
        else:
            _end(reader, element)
    return _page(reader, root)


def _begin(reader: Gathered, element: etree._Element) -> None:
    tag = element.tag
    if tag in BLOCKS:
        reader.parts.append(BREAK)
    look = STARTS.get(tag)
    if look is not None:
        look(reader, element)
    id = element.get("id")
    if id:
        reader.places.add(str(id))
    if element.text:
        reader.parts.append(element.text)


def _end(reader: Gathered, element: etree._Element) -> None:
    """Also of comments, which have no tag: what stands behind them counts."""
    tag = element.tag
    look = ENDS.get(tag)
    if look is not None:
        look(reader, element)
    if tag in BLOCKS:
        reader.parts.append(BREAK)
    if element.tail:
        reader.parts.append(element.tail)


def _page(reader: Gathered, root: etree._Element) -> Page:
    lines = [line for part in "".join(reader.parts).split(BREAK) if (line := part.split())]
    asked = reader.asked | set(str(root.get("data-asked") or "").split())
    marks = {kind: "".join("".join(texts).replace(BREAK, "").split()) for kind, texts in reader.marks.items()}
    return Page(
        lines,
        reader.facts,
        {kind: text for kind, text in marks.items() if text},
        {goal: " ".join(words) for goal, words in reader.links.items()},
        frozenset(asked & reader.places),
        frozenset(reader.places),
    )
