"""Writes `report.json` and, beside it or where `--report` names it, `report.html`.

One pass over the index: the items go to a file of their own while all is counted, then the head is written in front of
them. Files are moved to their place when they are whole.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from converters import urls
from converters.model import Entry, Place, Role
from converters.model.notices import Log, Notice
from converters.old_site.visibility import is_of_record
from pipelines.output.output_folder import OutputFolder
from pipelines.output.single_files import replacing
from pipelines.report import page, redact
from pipelines.report.page import Comparison
from pipelines.report.records import VERSION, Head, Library, Redirects, Row, Site, Words
from pipelines.report.sides import Pair, Sides
from pipelines.report.summary import Summary
from pipelines.report.totals import READ_BY_ALL, Limits, Totals
from pipelines.run import workers
from pipelines.run.carry import Carrier, Options
from pipelines.run.index import Index
from pipelines.run.outcome import Brought

_USUAL, _REQUESTED = Limits(40, 20, 8_000_000), Limits(1000, 1000, 8_000_000)
"""Of posts side by side: in every run, which they would slow down, and where `--report` names the page. More would make
a page that no browser opens at once."""
_encode = msgspec.json.Encoder().encode


class ReportPaths(NamedTuple):
    """Where the two go."""

    json: Path
    page: Path
    page_requested: bool = False

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
    carrier: Carrier
    options: Options
    folder: OutputFolder
    brought: Brought | None
    kept: Sequence[str]
    apart: Path | None = None
    """The index, where renderings are made in another process, since the run before this one came to a sudden end."""


def write_reports(paths: ReportPaths, run: ReportInput) -> bool:
    """Both; did no rendering end its process? Raises OSError where one cannot be written."""
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        items = Path(spool) / "items"
        with items.open("wb") as file:
            totals = _items(run, _REQUESTED if paths.page_requested else _USUAL, file)
        comparisons, words, calm = _comparisons(run, totals)
        _write_json(paths.json, _head(run, totals, words), items)
        page.write(paths.page, paths.json, comparisons, run.folder.name)
    return calm


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


def _row(entry: Entry, place: Place | None, outcome: str | None, notices: list[Notice]) -> Row:
    return Row(
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


def _comparisons(run: ReportInput, totals: Totals) -> tuple[list[Comparison], dict[str, Words], bool]:
    """In the order of the source: of the gravest posts, as many as there is room for. And id -> words of each; and did
    no rendering end its process?"""
    room, calm = totals.limits.bytes, True
    found: list[Comparison] = []
    words: dict[int, tuple[str, Words]] = {}
    with _comparing(run) as compare:
        for number, id in totals.compared():
            entry = run.index.entry(id)
            if entry is None or room <= 0:
                break
            pair, ended = compare(entry, run.index.place(id))
            found.append(Comparison(number, redact.personal(entry.title), *pair))
            words[number] = id, pair.words
            room, calm = room - sum(len(side.encode(errors="replace")) for side in pair[:2]), calm and not ended
    return sorted(found, key=lambda each: each.number), dict(words[number] for number in sorted(words)), calm


@contextmanager
def _comparing(run: ReportInput) -> Iterator[Callable[[Entry, Place | None], tuple[Pair, bool]]]:
    if run.apart is not None:
        with workers.comparing_apart(run.options, run.apart, run.folder.root) as compare:
            yield compare
        return
    sides = Sides(run.carrier, run.index, run.folder)
    yield lambda entry, place: (sides.of(entry, place), False)


def _head(run: ReportInput, totals: Totals, words: dict[str, Words]) -> Head:
    site, summary, options = run.index.site, run.summary, run.options
    unsaid = sum(int(notice.what) for notice in run.log.notices if notice.code == "redirect.unsaid")
    moved = (totals.kept, totals.moved, totals.former)
    return Head(
        version=VERSION,
        account=_redacted(summary),
        codes=totals.codes(summary),
        kept=list(run.kept),
        source=redact.notices(run.log.notices, public=True),
        site=Site(redact.personal(site.title), redact.secrets(site.base_url), options.importer, options.exporter),
        kinds={kind: dict(sorted(counts.items())) for kind, counts in sorted(totals.kinds.items())},
        fidelity=dict(totals.fidelity),
        years={year: dict(sorted(counts.items())) for year, counts in sorted(totals.years.items())},
        unknown=totals.unknown(),
        media=Library(totals.media, options.write.media, run.brought, totals.missing()),
        redirects=Redirects(*moved, list(options.write.redirects), unsaid, totals.moves),
        largest=[named for named in totals.largest.named() if named.value],
        most_changed=totals.changed.named(),
        compared=words,
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
