"""The table of all items in `report.html`: a function and not a template, since its rows are most of the page and are
drawn this way in a third of the time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import escape

from pipelines.report.records import ReportRow
from pipelines.report.sizes import readable_size


class ItemTable(NamedTuple):
    """What the rows have to know of the whole page."""

    way_to_site: str
    """From the page to the site's folder, as a URL that ends with a slash; empty where there is none."""
    compared: Collection[str]
    """Ids of the items that are shown side by side."""
    open: bool
    """Is each page shown without a click?"""

    def page(self, rows: Sequence[tuple[int, ReportRow]]) -> str:
        """Some items that follow each other, each with its number."""
        return (
            f'<details class="page"{" open" if self.open else ""}>'
            f"<summary>Items {rows[0][0]:,} to {rows[-1][0]:,}</summary>\n"
            '<table class="items"><thead><tr><th scope="col">Item</th><th scope="col">Outcome</th></tr></thead>'
            "<tbody>\n" + "".join([self._row(number, row) for number, row in rows]) + "</tbody></table></details>\n"
        )

    def _row(self, number: int, row: ReportRow) -> str:
        title = f"<bdi>{escape(row.title)}</bdi>" if row.title.strip() else '<bdi class="none">(no title)</bdi>'
        return (
            f'<tr id="i{number}"><td>{title}<small>{self._facts(row)}</small>{_codes(row)}</td>'
            f"<td>{self._outcome(number, row)}</td></tr>\n"
        )

    def _facts(self, row: ReportRow) -> str:
        facts: list[str] = [escape(" · ".join(filter(None, (row.kind, row.status, row.date, row.language))))]
        if row.path:
            facts.append(self._path(row))
        if row.bytes:
            facts.append(readable_size(row.bytes))
        if row.permalink:
            facts.append(_old_page(row.permalink))
        facts.append(f"id {escape(row.id)}")
        return " · ".join(filter(None, facts))

    def _path(self, row: ReportRow) -> str:
        if not self.way_to_site or row.outcome != "carried":
            return escape(row.path)
        url = self.way_to_site + quote(row.file, errors="replace")
        return f'<a href="{escape(url)}">{escape(row.path)}</a>'

    def _outcome(self, number: int, row: ReportRow) -> str:
        grade = _escaped_name(row.fidelity)
        outcome = f'<span class="grade {grade}">{grade}</span>' if grade else _escaped_name(row.outcome)
        if row.outcome == "left out":
            outcome += f"<small>{escape(row.reason)}</small>"
        if row.verification is not None:
            kinds = ", ".join(row.verification.kinds)
            verdict = f"{row.verification.verdict}: {kinds}" if kinds else row.verification.verdict
            outcome += f"<small>checked: {escape(verdict)}</small>"
        if row.id in self.compared:
            outcome += f'<small><a href="#c{number}">side by side</a></small>'
        return outcome


def is_web(url: str) -> bool:
    """May the page link to it?"""
    return url.lower().startswith(("http://", "https://"))


def _old_page(url: str) -> str:
    return f'<a href="{escape(url)}" rel="noopener noreferrer">old page</a>' if is_web(url) else "old page"


def _codes(row: ReportRow) -> str:
    if not row.notices:
        return ""
    return f"<small>{', '.join(map(_link_to_code, row.codes))}</small>"


@lru_cache(maxsize=256)
def _link_to_code(code: str) -> str:
    return f'<a href="#n-{escape(code)}">{escape(code)}</a>'


@lru_cache(maxsize=256)
def _escaped_name(name: str) -> str:
    """Of a grade or an outcome, of which there are few."""
    return str(escape(name))
