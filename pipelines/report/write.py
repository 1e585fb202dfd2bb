"""Writes `report.json` and, beside it or where `--report` names it, `report.html`.

One pass over the index: the items go to a file of their own while all is counted, then the head is written in front of
them. Files are moved to their place when they are whole.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from converters import urls
from converters.model import Entry, Place, Role
from converters.model.notices import Log, Notice
from converters.old_site.visibility import is_of_record
from pipelines.output.held_folder import replacing
from pipelines.output.output_folder import OutputFolder
from pipelines.report import page, redact
from pipelines.report.comparison import READ_BY_ALL, Limits
from pipelines.report.page import Comparison
from pipelines.report.records import VERSION, Head, Library, Redirects, ReportRow, ReportSite
from pipelines.report.summary import Summary
from pipelines.report.totals import Totals
from pipelines.run.carry import Options
from pipelines.run.index import Index
from pipelines.run.run_result import MediaStats

_encode = msgspec.json.Encoder().encode


class ReportPaths(NamedTuple):
    """Where the two go."""

    json: Path
    page: Path
    page_requested: bool = False

    @property
    def compared(self) -> Limits:
        """How many posts are shown side by side: in every run, which they would slow down, and where `--report` names
        the page. More would make a page that no browser opens at once."""
        return Limits(1000, 1000, 8_000_000) if self.page_requested else Limits(40, 20, 8_000_000)

    @classmethod
    def of(cls, requested: str, folder: Path) -> ReportPaths:
        """`--report` names one of them by its ending; the other is in the state's folder, as both are by default."""
        usual = cls(folder / "report.json", folder / "report.html")
        if not requested:
            return usual
        path = Path(requested)
        if path.suffix.lower() in (".html", ".htm"):
            return usual._replace(page=path, page_requested=True)
        return usual._replace(json=path)


@dataclass(frozen=True)
class ReportInput:
    """What a run hands over to be reported."""

    index: Index
    log: Log
    summary: Summary
    options: Options
    folder: OutputFolder
    brought: MediaStats | None
    kept: Sequence[str]


def write_reports(paths: ReportPaths, run: ReportInput) -> bool:
    """Both; did no rendering end its process? Raises OSError where one cannot be written."""
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        items = Path(spool) / "items"
        with items.open("wb") as file:
            totals = _items(run, paths.compared, file)
        comparisons = _comparisons(run, totals)
        _write_json(paths.json, _head(run, totals, comparisons), items)
        page.write(paths.page, paths.json, comparisons, run.folder.name)
    return not any(each.sides.crashed for each in comparisons)


def _items(run: ReportInput, limits: Limits, file: BinaryIO) -> Totals:
    totals = Totals(urls.host_of(run.index.site.base_url), limits)
    totals.notices(redact.notices(run.log.notices, public=True), of_item=False)
    checked = bool(run.summary.verification)
    for number, (entry, place, outcome, found) in enumerate(run.index.report_rows(), 1):
        notices = redact.notices(found, public=entry.status in READ_BY_ALL)
        totals.notices(notices)
        grade = totals.item(number, entry, place, outcome, notices)
        if is_of_record(run.index, entry):
            entry = msgspec.structs.replace(entry, title="", permalink="")
        row = _row(entry, place, outcome, notices)
        row.fidelity = grade
        if checked:
            row.verification = redact.verdict(run.index.verdict(entry.id), public=entry.status in READ_BY_ALL)
        if place is not None and outcome == "carried":
            row.bytes = run.folder.size(place.path) or 0
            totals.largest.add(row.bytes, number, entry.id, row.title)
        file.write((b",\n" if number > 1 else b"\n") + _encode(row))
    return totals


def _row(entry: Entry, place: Place | None, outcome: str | None, notices: list[Notice]) -> ReportRow:
    return ReportRow(
        id=entry.id,
        kind=entry.kind,
        title=redact.personal(entry.title),
        status=str(entry.status) if entry.role is Role.CONTENT else "",
        outcome=outcome or str(entry.role),
        reason=redact.personal(entry.reason),
        path=place.path if place else "",
        url=place.url if place else "",
        permalink=redact.secrets(entry.permalink),
        language=entry.language,
        origin=entry.origin,
        notices=notices,
        date=entry.date.date().isoformat() if entry.date is not None else "",
    )


def _comparisons(run: ReportInput, totals: Totals) -> list[Comparison]:
    """In the order of the source: of the gravest posts, as many as there is room for."""
    room = totals.limits.bytes
    found: list[Comparison] = []
    for number, id in totals.compared():
        entry, sides = run.index.entry(id), run.index.side_by_side(id)
        if entry is None or sides is None or room <= 0:
            break
        found.append(Comparison(number, id, redact.personal(entry.title), sides))
        room -= sum(len(side.encode(errors="replace")) for side in (sides.source, sides.result))
    return sorted(found, key=lambda each: each.number)


def _head(run: ReportInput, totals: Totals, comparisons: Sequence[Comparison]) -> Head:
    site, summary, options = run.index.site, run.summary, run.options
    unsaid = sum(int(notice.what) for notice in run.log.notices if notice.code == "redirect.unsupported")
    moved = (totals.kept, totals.moved, totals.former)
    return Head(
        version=VERSION,
        account=_redacted(summary),
        codes=totals.codes(summary),
        kept=list(run.kept),
        source=redact.notices(run.log.notices, public=True),
        site=ReportSite(redact.personal(site.title), redact.secrets(site.base_url), options.importer, options.exporter),
        kinds={kind: dict(sorted(counts.items())) for kind, counts in sorted(totals.kinds.items())},
        fidelity=dict(totals.fidelity),
        years={year: dict(sorted(counts.items())) for year, counts in sorted(totals.years.items())},
        unknown=totals.unknown(),
        media=Library(totals.media, options.write.media, run.brought, totals.missing()),
        redirects=Redirects(*moved, list(options.write.redirects), unsaid, totals.moves),
        largest=[named for named in totals.largest.named() if named.value],
        most_changed=totals.changed.named(),
        compared={each.id: each.sides.words for each in comparisons},
        compared_of=totals.comparable,
    )


def _redacted(summary: Summary) -> Summary:
    failed, incomplete = (tuple(map(redact.personal, lines)) for lines in (summary.failed, summary.incomplete))
    return msgspec.structs.replace(summary, failed=failed, incomplete=incomplete)


def _write_json(path: Path, head: Head, items: Path) -> None:
    """A line for each part of the head, then a line an item."""
    fields = {name: msgspec.json.encode(getattr(head, name)) for name in head.__struct_fields__}
    lines = [b'{"version":' + fields.pop("version") + b',"account":' + fields.pop("account")]
    lines += [b'"%s":%s' % (name.encode(), value) for name, value in fields.items()]
    with replacing(path) as file, items.open("rb") as rows:
        file.write(b",\n".join(lines) + b',\n"items":[')
        shutil.copyfileobj(rows, file)
        file.write(b"\n]}\n")
