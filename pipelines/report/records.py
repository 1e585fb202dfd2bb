"""The records of `report.json`, as docs/report.schema.json publishes them, and the way to read them back. Keys may be
added, none is removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from converters.model.notices import Notice
from converters.verify.verdict import Verdict
from pipelines.output.held_folder import opened
from pipelines.report.comparison import Words
from pipelines.report.summary import Summary
from pipelines.run.run_result import MediaStats

VERSION = 1


class ReportRow(msgspec.Struct, omit_defaults=True):
    """One item of the source. What is empty is left out."""

    id: str
    kind: str = ""
    title: str = ""
    status: str = ""
    outcome: str = ""
    reason: str = ""
    path: str = ""
    url: str = ""
    permalink: str = ""
    language: str = ""
    origin: str = ""
    """the id of the item this is a further language of"""
    notices: list[Notice] = []
    date: str = ""
    """Day, as the author saw it."""
    bytes: int = 0
    """Of the written file, where it is the item's own."""
    fidelity: str = ""
    """`whole`, `changed`, `lost` or `failed`, by the worst of its notices."""
    verification: Verdict | None = None
    """What the check of the written file found, where there was one."""

    @property
    def codes(self) -> list[str]:
        """Of its notices, each once."""
        return list(dict.fromkeys(notice.code for notice in self.notices))

    @property
    def file(self) -> str:
        """The file that holds it, which other items may be in, too."""
        return self.path if self.bytes else self.path.partition("#")[0]


class CodeTotal(msgspec.Struct):
    """What a code means, and how often it occurred."""

    severity: str
    text: str
    advice: str
    remedy: str
    """What to do about it."""
    count: int = 0
    items: int = 0
    """Items with at least one such notice."""
    particulars: dict[str, int] = {}
    """The most frequent of what it was about -> how often."""


class Named(msgspec.Struct):
    """An item of a list of the most."""

    id: str
    title: str
    value: int


class Unknown(msgspec.Struct):
    """An unknown shortcode or block, and a rule for it."""

    name: str
    items: int
    rule: str


class Unknowns(msgspec.Struct):
    shortcodes: list[Unknown] = []
    blocks: list[Unknown] = []
    more: int = 0
    """Names beyond those that are listed."""


class Library(msgspec.Struct):
    """Files of the site."""

    items: int = 0
    """Of the media library."""
    way: str = ""
    """keep, rewrite, copy or download."""
    brought: MediaStats | None = None
    """What came along, where it was to."""
    missing: dict[str, int] = {}
    """code -> notices about files that are not there"""


class Move(msgspec.Struct):
    old: str
    new: str


class Redirects(msgspec.Struct):
    """What becomes of the addresses of public items."""

    kept: int = 0
    """Items at the address they had."""
    moved: int = 0
    former: int = 0
    """Older addresses that the source redirected already."""
    files: list[str] = []
    """Servers for which a file of former addresses was written."""
    unsaid: int = 0
    """Addresses that such a file could not hold."""
    examples: list[Move] = []
    """Of those that moved, the first."""


class ReportSite(msgspec.Struct):
    title: str = ""
    address: str = ""
    source: str = ""
    """The importer's name."""
    target: str = ""


class Head(msgspec.Struct):
    """Everything but the items."""

    version: int
    account: Summary
    codes: dict[str, CodeTotal]
    kept: list[str]
    source: list[Notice]
    site: ReportSite
    kinds: dict[str, dict[str, int]]
    """kind -> status -> items carried"""
    fidelity: dict[str, int]
    years: dict[str, dict[str, int]]
    """year -> `public` and `other` -> items carried"""
    unknown: Unknowns
    media: Library
    redirects: Redirects
    largest: list[Named]
    """By bytes of their file."""
    most_changed: list[Named]
    """By what was lost (100 each), changed (10 each) and noted."""
    compared: dict[str, Words]
    """id -> words, of posts whose renderings stand side by side on the page"""
    compared_of: int = 0
    """Posts that could."""


class Whole(Head):
    """A report."""

    items: list[ReportRow] = msgspec.field(default_factory=list)


def schema() -> dict[str, Any]:
    """The schema of a report, as docs/report.schema.json publishes it (JSON Schema, draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:postferry:report:{VERSION}",
        "title": "report.json of postferry",
        **msgspec.json.schema(Whole),
    }


_ITEMS = b'"items":['
_decode_head = msgspec.json.Decoder(Head).decode
_decode_row = msgspec.json.Decoder(ReportRow).decode


class ReportFile:
    """A report on disk, whose items are read one at a time: it is written with a line an item."""

    def __init__(self, path: Path) -> None:
        """Raises msgspec.MsgspecError for a file that is not a report."""
        self._path = path
        self._whole: Whole | None = None
        lines: list[bytes] = []
        with opened(path) as file:
            for line in file:
                if line.rstrip() == _ITEMS:
                    self.head = _decode_head(b"".join(lines) + b'"items":[]}')
                    return
                lines.append(line)
        self._whole = msgspec.json.decode(b"".join(lines), type=Whole)  # somebody laid it out anew
        self.head = self._whole

    def rows(self) -> Iterator[tuple[int, ReportRow]]:
        """(number, item), from 1."""
        if self._whole is not None:
            yield from enumerate(self._whole.items, 1)
            return
        with opened(self._path) as file:
            for line in file:
                if line.rstrip() == _ITEMS:
                    break
            for number, line in enumerate(file, 1):
                if line.startswith(b"]"):
                    return
                yield number, _decode_row(line.rstrip().removesuffix(b","))
