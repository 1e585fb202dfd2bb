"""The dialects of Markdown, as data: what a renderer would read as markup, and what it has a form for."""

from __future__ import annotations

import re
from typing import NamedTuple

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
    """Whether `del` is written with `~~` as well. Readers of plain CommonMark would see the marks, and not the tag."""
    images_without_alt: bool = False
    """Whether an image without alternative text is written as one whose text is empty."""
    tasks: bool = False
    definitions: bool = False
    heading_ids: bool = False
    attributes: bool = False
    """Whether `{: …}` means attributes."""
    hard_break: str = "\\\n"
    breaks_in_a_row: bool = True
    """Whether one hard break can follow another."""
    markers_part_lists: bool = True
    """Whether another marker begins another list. Where not, a line with `^` does."""
    pipes: bool = False
    """Whether a `|` in prose begins a table."""
    starts: bool = True
    """Whether the number of the first item counts."""
    html_blocks: bool = True
    """Whether a block of HTML ends at the next blank line (kramdown: at its end tag, Markdown in it on request)."""
    raw_inside: frozenset[str] = frozenset()
    """Elements between whose tags nothing is read as Markdown."""
    nested_emphasis: bool = True
    """Whether emphasis can be inside emphasis of the same kind."""
    typographs: bool = False
    """Whether the renderer shows other signs for `--`, `<<` and `>>`."""
    empty: bool = True
    """Whether there are items and headings without text, and code that begins or ends with a space."""


class InlineContext(NamedTuple):
    """Where a run of phrasing content is written."""

    dialect: Dialect
    table: bool = False
    heading: bool = False
    anchors: frozenset[str] = frozenset()
    """Fragments that links of the document point to: their elements keep their ids."""
    references: dict[str, str] | None = None
    """Targets and their labels, where links are written in reference style."""


def _marks(more: str = "", doubled: str = "") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The two patterns; `doubled` are characters that mean something where another of them follows."""
    marks = _EVERYWHERE + more
    twice = "".join(f"|{sign}(?={sign})" for sign in doubled)
    return re.compile(f"[{marks}]{twice}"), re.compile(rf"[{marks}\t\r\n\f]|  {twice}")


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
_TASK = r"\[[ xX]\]"
_COMMONMARK = Dialect("commonmark", *_marks(), _starts())
_GFM = Dialect("gfm", *_marks("~|"), _starts(_TASK), tables=True, strike=True, tasks=True)
_GOLDMARK = Dialect(
    "goldmark",
    *_marks("~|{", doubled="->"),
    _starts(_TASK, r":(?=\s|$)"),
    tables=True,
    strike=True,
    deletions=True,
    images_without_alt=True,
    tasks=True,
    definitions=True,
    heading_ids=True,
    typographs=True,
)
_SPECIAL, _BUSY = _marks("~|{$>:")
_KRAMDOWN = msgspec.structs.replace(
    _GOLDMARK,
    name="kramdown",
    typographs=False,
    special=_SPECIAL,
    busy=_BUSY,
    line_start=_starts(_TASK, r":", r"\^\s*$", r"\*\[", r"\|", digits="+"),
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
)
DIALECTS = {one.name: one for one in (_COMMONMARK, _GFM, _GOLDMARK, _KRAMDOWN)}


def dialect(name: str) -> Dialect:
    """The dialect of that name; raises UsageError for another."""
    try:
        return DIALECTS[name]
    except KeyError:
        raise UsageError(f"{name!r} is no dialect of Markdown: {', '.join(DIALECTS)}.") from None
