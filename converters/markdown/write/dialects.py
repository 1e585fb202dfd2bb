"""The dialects of Markdown, as data: what a renderer would read as markup, and what it can say at all."""

from __future__ import annotations

import re

import msgspec

from converters.errors import UsageError
from converters.html.elements import CONTAINERS, TAGGED_INLINES

_EVERYWHERE = r"\\`*_\[\]<&!^"


class Dialect(msgspec.Struct, frozen=True):
    """One dialect. The patterns are compiled once, with the module."""

    name: str
    special: re.Pattern[str]
    """Characters inside a line that may mean something; each is looked at in its context."""
    busy: re.Pattern[str]
    """The same, and white space that a browser folds: a text without any of it is written as it is."""
    line_start: re.Pattern[str]
    """What would begin a block at the start of a line. The group `number` is left in front of the backslash."""
    tables: bool = False
    strike: bool = False
    deletions: bool = False
    """Is `del` written with `~~` as well? Readers of plain CommonMark would see the marks, and not the tag."""
    images_without_alt: bool = False
    """Is an image without alternative text written as one whose text is empty?"""
    tasks: bool = False
    definitions: bool = False
    heading_ids: bool = False
    attributes: bool = False
    """Does `{: …}` mean attributes?"""
    hard_break: str = "\\\n"
    breaks_in_a_row: bool = True
    """Can one hard break follow another?"""
    markers_part_lists: bool = True
    """Does another marker begin another list? Where not, a line with `^` does."""
    pipes: bool = False
    """Does a `|` in prose begin a table?"""
    starts: bool = True
    """Does the number of the first item count?"""
    html_blocks: bool = True
    """Does a block of HTML go on to the next blank line? (kramdown: to its end tag, and Markdown inside on request)"""
    raw_inside: frozenset[str] = frozenset()
    """Elements between whose tags nothing is read as Markdown."""
    nested_emphasis: bool = True
    """Can emphasis stand inside emphasis of the same kind?"""
    empty: bool = True
    """Are there items and headings without text, and code that begins or ends with a space?"""


def _marks(more: str = "") -> tuple[re.Pattern[str], re.Pattern[str]]:
    marks = _EVERYWHERE + more
    return re.compile(f"[{marks}]"), re.compile(rf"[{marks}\t\r\n\f]|  ")


def _starts(*more: str, digits: str = "{1,9}") -> re.Pattern[str]:
    common = (
        r"#{1,6}(?=\s|$)",
        r"[-+*](?=\s|$)",
        rf"(?P<number>\d{digits})(?=[.)](?:\s|$))",
        r">",
        r"`{3,}(?=[^`]*$)",
        r"~{3,}",
        r"([-_*=])\s*(?:\2\s*){2,}$",
        r"=+\s*$",
        r"-+\s*$",
        r"\[[^\]]*\]:",
    )
    return re.compile("|".join((*common, *more)))


_KRAMDOWN_PARSES = frozenset(
    """a abbr acronym b bdo big button cite del dfn em i ins label q rp rt ruby small span strong sub sup tt
    address article aside body details div fieldset footer form header hgroup main menu section""".split()
)
DIALECTS = {
    dialect.name: dialect
    for dialect in (
        Dialect("commonmark", *_marks(), _starts()),
        Dialect("gfm", *_marks("~|"), _starts(r"\[[ xX]\]"), tables=True, strike=True, tasks=True),
        Dialect(
            "goldmark",
            *_marks("~|{"),
            _starts(r"\[[ xX]\]", r":(?=\s|$)"),
            tables=True,
            strike=True,
            deletions=True,
            images_without_alt=True,
            tasks=True,
            definitions=True,
            heading_ids=True,
        ),
        Dialect(
            "kramdown",
            *_marks("~|{$>:"),
            _starts(r"\[[ xX]\]", r":", r"\^\s*$", r"\*\[", r"\|", digits="+"),
            tables=True,
            strike=True,
            deletions=True,
            images_without_alt=True,
            tasks=True,
            definitions=True,
            heading_ids=True,
            attributes=True,
            hard_break="  \n",
            breaks_in_a_row=False,
            markers_part_lists=False,
            pipes=True,
            starts=False,
            html_blocks=False,
            raw_inside=(TAGGED_INLINES | CONTAINERS | {"code"}) - _KRAMDOWN_PARSES,
            nested_emphasis=False,
            empty=False,
        ),
    )
}


def dialect(name: str) -> Dialect:
    """The dialect of that name; raises UsageError for another."""
    try:
        return DIALECTS[name]
    except KeyError:
        raise UsageError(f"{name!r} is no dialect of Markdown: {', '.join(DIALECTS)}.") from None
