"""`report.html`, made from `report.json` by the templates in `templates` and by `item_table.py`: one file that loads
nothing, can be read without JavaScript, and holds no text as markup.

The items of the report are read one at a time, so that memory holds the first items of each list and never all of them.
The same input makes the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup, escape

from converters.model.notices import Notice, Severity
from pipelines.output.held_folder import replacing
from pipelines.report.comparison import SideBySide
from pipelines.report.item_table import ItemTable, is_web
from pipelines.report.records import CodeTotal, Head, ReportFile, ReportRow
from pipelines.report.sizes import count, readable_size
from pipelines.report.summary import role_name, sentence
from pipelines.report.totals import rules_file

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


class Comparison(msgspec.Struct, frozen=True):
    """A post as its source has it and as it was written, each as harmless markup."""

    number: int
    """Of the item in the report."""
    id: str
    title: str
    sides: SideBySide


class ListedItem(msgspec.Struct, frozen=True):
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
    draw = Templates(found, path, output)
    with replacing(path) as file:
        for piece in draw.page(found.rows(), comparisons):
            file.write(_UNFIT.sub("\ufffd", piece).encode())


class Templates:
    """The templates beside this file, and what each of them is given. Each is compiled once for a page, which takes two
    milliseconds. A name that a template is not given is an error."""

    def __init__(self, report: ReportFile, path: Path, output: Path) -> None:
        from minijinja import Environment  # only where a report is written

        self._head = report.head
        self._lists = Lists(report)
        self._items = ItemTable(_way(path, output), report.head.compared, self._lists.total <= _ITEMS_A_PAGE)
        self._environment = Environment(
            loader=_text,
            filters=_FILTERS,
            tests={"web": is_web},
            globals={
                "head": self._head,
                "lists": self._lists,
                "ITEMS_A_PAGE": _ITEMS_A_PAGE,
                "LISTED": _LISTED,
                "LONGEST": _LONGEST,
            },
            undefined_behavior="strict",
            trim_blocks=True,
            lstrip_blocks=True,
            finalizer=_escaped,
        )

    def page(self, rows: Iterable[tuple[int, ReportRow]], comparisons: Iterable[Comparison]) -> Iterator[str]:
        """The parts of the page in their order. Items and comparisons are drawn one page and one post at a time; where
        they go, the template has a comment, which no value can imitate: each is escaped."""
        before, _, rest = self._whole().partition("<!-- items -->\n")
        between, _, after = rest.partition("<!-- comparisons -->\n")
        yield before
        rows = iter(rows)
        while page := list(islice(rows, _ITEMS_A_PAGE)):
            yield self._items.page(page)
        yield between
        for each in comparisons:
            yield self._render("comparison.html", each=each)
        yield after

    def _whole(self) -> str:
        head, by_status, years = self._head, _by_status(self._head), _years(self._head)
        return self._render(
            "report.html",
            causes=sorted(head.codes.items(), key=_gravest_first),
            statuses=sorted(by_status, key=lambda status: (status != "published", status)),
            by_status=by_status,
            years=years,
            most_a_year=max((public + other for _, public, other in years), default=0),
            style=Markup(_text("style.css")),
            script=Markup(_text("script.js")),
            style_digest=_digest("style.css"),
            script_digest=_digest("script.js"),
            SHARE=Markup('<span class="vh">Share</span>'),
        )

    def _render(self, template: str, **given: object) -> str:
        return self._environment.render_template(template, **given) + "\n"


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


def _escaped(value: object) -> Markup:
    return escape(value)


_FILTERS: dict[str, Callable[..., Any]] = {
    "count": count,
    "number": "{:,}".format,
    "percent": lambda number, total: f"{round(100 * number / total, 2):g}",
    "role_name": role_name,
    "rules_file": rules_file,
    "sentence": sentence,
    "size": readable_size,
}


@cache
def _text(name: str) -> str:
    """A template, or a file that is part of the page as it is."""
    return files("pipelines.report").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(name: str) -> str:
    """Of a style sheet or a script, for the content security policy."""
    return "sha256-" + base64.b64encode(hashlib.sha256(_text(name).encode()).digest()).decode()
