"""`report.html`, drawn from `report.json` by the template `templates/report.html`: one file that loads nothing, can be
read without JavaScript, and holds no text as markup.

The items of the report are read one at a time, so that memory holds the first items of each list and never all of them.
The same input makes the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from converters.model.notices import Notice, Severity
from pipelines.output.held_folder import replacing
from pipelines.report.comparison import SideBySide
from pipelines.report.records import CodeTotal, Head, ReportFile, ReportRow
from pipelines.report.summary import role_name, sentence
from pipelines.report.totals import rules_file

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

_ITEMS_A_PAGE = 200
_LISTED = 100
"""Items a list names; the table of items has them all."""
_PARTICULARS = 3
"""Particulars shown of one item."""
_LONGEST = 120
"""Characters of a particular."""
_OF_SOURCE = 20
"""Notices of one code about the source as a whole that are shown."""
_YEARS = 60
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no page may hold."""


class Comparison(NamedTuple):
    """A post as its source has it and as it was written, each as harmless markup."""

    number: int
    """Of the item in the report."""
    id: str
    title: str
    sides: SideBySide


class ListedItem(NamedTuple):
    """An item in a list."""

    number: int
    title: str
    text: str = ""
    particulars: tuple[str, ...] = ()
    more: int = 0
    """Particulars beyond these."""


class Lists:
    """The first items of each cause and of each reason, and what else has to be known before the items are drawn."""

    def __init__(self, report: ReportFile) -> None:
        self.by_code: dict[str, list[ListedItem]] = defaultdict(list)
        self.by_reason: dict[str, list[ListedItem]] = defaultdict(list)
        self.of_source: dict[str, list[Notice]] = defaultdict(list)
        self.failed: list[ListedItem] = []
        self.numbers: dict[str, int] = {}
        """id -> number of the items that are the largest or most changed ones."""
        self.total = 0
        head = report.head
        for notice in head.source:
            _add(self.of_source[notice.code], notice, _OF_SOURCE)
        ranked = {each.id for each in (*head.largest, *head.most_changed)}
        for self.total, row in report.rows():
            self._take(self.total, row)
            if row.id in ranked:
                self.numbers.setdefault(row.id, self.total)

    def _take(self, number: int, row: ReportRow) -> None:
        about: dict[str, list[str]] = defaultdict(list)
        for notice in row.notices:
            about[notice.code].append(notice.what or notice.old or notice.where)
        for code, particulars in about.items():
            named = list(dict.fromkeys(filter(None, particulars)))
            shown = tuple(each[:_LONGEST] for each in named[:_PARTICULARS])
            _add(self.by_code[code], ListedItem(number, row.title, "", shown, len(named) - len(shown)), _LISTED)
        title = row.title or f"{row.kind} {row.id}"
        if row.fidelity == "failed":
            why = next((sentence(each) for each in row.notices if each.severity is Severity.FAILED), row.reason)
            _add(self.failed, ListedItem(number, title, why), _LISTED)
        elif row.outcome == "left out":
            _add(self.by_reason[row.reason], ListedItem(number, title, row.kind), _LISTED)


def _add(found: list[Any], each: object, most: int) -> None:
    if len(found) < most:
        found.append(each)


def write(path: Path, report: Path, comparisons: Iterable[Comparison], output: Path) -> None:
    """Draw the page of the report at `report`; `output` is where the site is. Raises OSError where it cannot be
    written, msgspec.MsgspecError for a file that is no report."""
    found = ReportFile(report)
    head = found.head
    years = _years(head)
    pieces = (
        _environment()
        .get_template("report.html")
        .generate(
            head=head,
            lists=Lists(found),
            rows=found.rows(),
            comparisons=comparisons,
            causes=sorted(head.codes.items(), key=_gravest_first),
            statuses=sorted(_by_status(head), key=lambda status: (status != "published", status)),
            by_status=_by_status(head),
            years=years,
            most_a_year=max((public + other for _, public, other in years), default=0),
            way_to_site=_way(path, output),
        )
    )
    with replacing(path) as file:
        file.writelines(_UNFIT.sub("\ufffd", piece).encode() for piece in pieces)


def _gravest_first(cause: tuple[str, CodeTotal]) -> tuple[int, int, str]:
    code, found = cause
    return -Severity[found.severity.upper()], -found.count, code


def _by_status(head: Head) -> dict[str, int]:
    """Status -> items carried, of all kinds."""
    sums: dict[str, int] = defaultdict(int)
    for counts in head.kinds.values():
        for status, number in counts.items():
            sums[status] += number
    return sums


def _years(head: Head) -> list[tuple[str, int, int]]:
    """(year, public items, others); of many years, those before the last ones together."""
    years = [(year, counts.get("public", 0), counts.get("other", 0)) for year, counts in head.years.items()]
    before, shown = years[:-_YEARS], years[-_YEARS:]
    if before:
        shown.insert(0, (f"until {before[-1][0]}", sum(year[1] for year in before), sum(year[2] for year in before)))
    return shown


def _way(path: Path, output: Path) -> str:
    """From the page to the site's folder, as a URL that ends with a slash; empty where there is none."""
    try:
        return quote(os.path.relpath(output, path.parent).replace(os.sep, "/"), errors="replace") + "/"
    except ValueError:  # on another drive
        return ""


def _count(number: int, one: str) -> str:
    """`1 post`, `2,304 posts`."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def _size(number: int) -> str:
    """Bytes as people read them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= factor:
            return f"{number / factor:,.1f} {unit}"
    return _count(number, "byte")


@cache
def _environment() -> jinja2.Environment:
    """Compiles each template once in a process. A name that a template is not given is an error."""
    import jinja2  # which costs as much as a dozen posts: only where a report is written
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipelines.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {
        "count": _count,
        "facts": lambda texts: "".join([f"{text} · " for text in texts if text]),
        "number": "{:,}".format,
        "percent": lambda number, total: f"{round(100 * number / total, 2):g}",
        "role_name": role_name,
        "rules_file": rules_file,
        "sentence": sentence,
        "size": _size,
        "url_of_file": lambda path, way: way + quote(path, errors="replace"),
    }
    environment.tests["web"] = lambda url: url.lower().startswith(("http://", "https://"))
    environment.globals |= {
        "asset": _asset,
        "digest": _digest,
        "ITEMS_A_PAGE": _ITEMS_A_PAGE,
        "LISTED": _LISTED,
        "LONGEST": _LONGEST,
        "SHARE": Markup('<span class="vh">Share</span>'),
    }
    return environment


@cache
def _asset(name: str) -> Markup:
    """A file beside the templates that stands in the page as it is."""
    from markupsafe import Markup

    return Markup(files("pipelines.report").joinpath("templates", name).read_text(encoding="utf-8"))


def _digest(name: str) -> str:
    """Of the asset, for the content security policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()
