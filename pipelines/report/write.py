"""Writes `report.json` and, beside it or where it was asked for, `report.html`.

One pass over the index: the items go to a file of their own while all is counted, then the head is written in front of
them. Files come to stand at their place whole.
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
from pipelines.output.single_files import opened, replacing
from pipelines.report import page, redact
from pipelines.report.account import Account
from pipelines.report.figures import READ_BY_ALL, Figures, Limits
from pipelines.report.records import VERSION, Head, Library, Redirects, Row, Site, Words
from pipelines.report.sides import Pair, Sides
from pipelines.run import workers
from pipelines.run.carry import Carrier, Options
from pipelines.run.index import Index
from pipelines.run.outcome import Brought

_LINE_OF_KEPT = 2
"""In a report, from 0."""
_USUAL, _ASKED = Limits(40, 20, 8_000_000), Limits(1000, 1000, 8_000_000)
"""Of renderings side by side: in every run, which they would slow down, and where the page was asked for. More would
make a page that no browser opens at once."""
_encode = msgspec.json.Encoder().encode


class Places(NamedTuple):
    """Where the two go."""

    json: Path
    page: Path
    page_asked: bool = False

    @classmethod
    def of(cls, asked: str, folder: Path) -> Places:
        """`--report` names one of them by its ending; the other stands in the state's folder, as both do by default."""
        usual = cls(folder / "report.json", folder / "report.html")
        if not asked:
            return usual
        path = Path(asked)
        return (
            usual._replace(page=path, page_asked=True)
            if path.suffix.lower() in (".html", ".htm")
            else usual._replace(json=path)
        )


@dataclass(frozen=True)
class Told:
    """What a run hands over to be reported."""

    index: Index
    log: Log
    account: Account
    carrier: Carrier
    options: Options
    folder: OutputFolder
    brought: Brought | None
    kept: Sequence[str]
    apart: Path | None = None
    """The index, where renderings are made in another process, since the run before this one came to a sudden end."""


def write_reports(places: Places, run: Told) -> bool:
    """Both; did no rendering end its process? Raises OSError where one cannot be written."""
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        items, pairs = Path(spool) / "items", Path(spool) / "pairs"
        with items.open("wb") as file:
            figures = _items(run, _ASKED if places.page_asked else _USUAL, file)
        lines, words, calm = _pairs(run, figures)
        pairs.write_bytes(b"".join(lines))
        _write_json(places.json, _head(run, figures, words), items)
        page.write(places.page, places.json, pairs, run.folder.name)
    return calm


def name_kept(places: Places, kept: Sequence[str], output: Path) -> None:
    """Say in both which files of the user's were left as they are, where that is found out afterwards."""
    line = b'"kept":' + _encode(list(kept)) + b",\n"
    with opened(places.json) as report, replacing(places.json) as file:
        for number, old in enumerate(report):
            file.write(line if number == _LINE_OF_KEPT else old)
    page.renew(places.page, places.json, output)


def _items(run: Told, limits: Limits, file: BinaryIO) -> Figures:
    figures = Figures(urls.host_of(run.index.site.base_url), limits)
    figures.notices(redact.notices(run.log.notices, public=True), of_item=False)
    checked = bool(run.account.verification)
    for number, (entry, place, outcome, found) in enumerate(run.index.report_rows(), 1):
        notices = redact.notices(found, public=entry.status in READ_BY_ALL)
        figures.notices(notices)
        grade = figures.item(number, entry, place, outcome, notices)
        if is_of_record(run.index, entry):
            entry = msgspec.structs.replace(entry, title="", permalink="")
        row = _row(entry, place, outcome, notices)
        row.fidelity = grade
        if checked:
            row.verification = redact.verdict(run.index.verdict(entry.id), public=entry.status in READ_BY_ALL)
        if place is not None and outcome == "carried":
            row.bytes = run.folder.size(place.path) or 0
            figures.largest.add(row.bytes, number, entry.id, row.title)
        file.write((b",\n" if number > 1 else b"\n") + _encode(row))
    return figures


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


def _pairs(run: Told, figures: Figures) -> tuple[list[bytes], dict[str, Words], bool]:
    """The renderings, a line a post, in the order of the source: of the gravest posts, as many as there is room for."""
    room, calm = figures.limits.bytes, True
    found: list[tuple[int, bytes, str, Words]] = []
    with _comparing(run) as compare:
        for number, id in figures.compared():
            entry = run.index.entry(id)
            if entry is None or room <= 0:
                break
            pair, ended = compare(entry, run.index.place(id))
            line = page.pair(number, redact.personal(entry.title), pair).encode(errors="replace") + b"\n"
            found.append((number, line, id, pair.words))
            room, calm = room - len(line), calm and not ended
    found.sort()
    return [line for _, line, _, _ in found], {id: words for _, _, id, words in found}, calm


@contextmanager
def _comparing(run: Told) -> Iterator[Callable[[Entry, Place | None], tuple[Pair, bool]]]:
    if run.apart is not None:
        with workers.comparing_apart(run.options, run.apart, run.folder.root) as compare:
            yield compare
        return
    sides = Sides(run.carrier, run.index, run.folder)
    yield lambda entry, place: (sides.of(entry, place), False)


def _head(run: Told, figures: Figures, words: dict[str, Words]) -> Head:
    site, account, options = run.index.site, run.account, run.options
    unsaid = sum(int(notice.what) for notice in run.log.notices if notice.code == "redirect.unsaid")
    moved = (figures.kept, figures.moved, figures.former)
    return Head(
        version=VERSION,
        account=_cleaned(account),
        codes=figures.codes(account),
        kept=list(run.kept),
        source=redact.notices(run.log.notices, public=True),
        site=Site(redact.personal(site.title), redact.secrets(site.base_url), options.importer, options.exporter),
        kinds={kind: dict(sorted(counts.items())) for kind, counts in sorted(figures.kinds.items())},
        fidelity=dict(figures.fidelity),
        years={year: dict(sorted(counts.items())) for year, counts in sorted(figures.years.items())},
        unknown=figures.unknown(),
        media=Library(figures.media, options.write.media, run.brought, figures.missing()),
        redirects=Redirects(*moved, list(options.write.redirects), unsaid, figures.moves),
        largest=[named for named in figures.largest.named() if named.value],
        most_changed=figures.changed.named(),
        compared=words,
        compared_of=figures.comparable,
    )


def _cleaned(account: Account) -> Account:
    lines = {name: tuple(map(redact.personal, getattr(account, name))) for name in ("failed", "incomplete")}
    return msgspec.structs.replace(account, **lines)


def _write_json(path: Path, head: Head, items: Path) -> None:
    """The account, what the codes mean, and what was kept have a line each; then the rest, then a line an item."""
    fields = {name: msgspec.json.encode(getattr(head, name)) for name in head.__struct_fields__}
    lines = [b'{"version":' + fields.pop("version") + b',"account":' + fields.pop("account")]
    lines += [b'"%s":%s' % (name.encode(), value) for name, value in fields.items()]
    with replacing(path) as file, items.open("rb") as rows:
        file.write(b",\n".join(lines) + b',\n"items":[')
        shutil.copyfileobj(rows, file)
        file.write(b"\n]}\n")
