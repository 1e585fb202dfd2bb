"""One conversion: survey, plan, carry, finish.

Its invariant: items in are items out, or items named in the report with a reason. The run counts that itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import msgspec

from converters.errors import UsageError
from converters.model import OutFile
from converters.notices import Log
from converters.plugin import Exporter, Importer, SourceFile, find, names
from pipelines.carry import Carrier, Options
from pipelines.index import Index, IndexWriter
from pipelines.plan import plan
from pipelines.report import Account, write_report
from pipelines.sink import Sink, refuse_inside
from pipelines.sources import open_sources
from pipelines.state import FOLDER

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many items are done, and how many there are (0: not known yet)."""

_BATCH = 64


class Job(msgspec.Struct, frozen=True):
    """What one run is asked to do."""

    sources: tuple[str, ...]
    output: str
    options: Options
    force: bool = False
    dry_run: bool = False
    report: str = ""
    """Where the report goes; empty for its place inside the output folder."""


class Outcome(msgspec.Struct, frozen=True):
    """How a run ended."""

    account: Account
    output: str
    report: str
    kept: tuple[str, ...]
    """Files of the user's own that stood where one of ours would have gone, and were left as they are."""


def guess_importer(sources: Sequence[str]) -> str:
    """The name of the importer that knows what the first source is. Raises UsageError when none does."""
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        for name in names("importers"):
            try:
                opened = open_sources(sources[:1], Path(spool), Log(), find("importers", name).recognizes)
            except UsageError:
                continue
            if any(_recognizes(name, source) for source in opened):
                return name
    raise UsageError(f"Nothing here knows what {sources[0]} is. Say it with --from: {', '.join(names('importers'))}.")


def _recognizes(name: str, source: SourceFile) -> bool:
    with Path(source.path).open("rb") as file:
        return bool(find("importers", name).recognizes(Path(source.path), file.read(64 * 1024)))


def run(job: Job, progress: Progress | None = None) -> Outcome:
    """Convert. Raises PostferryError for whatever ends a run; what concerns single items is in the account."""
    refuse_inside(Path(job.output), job.sources)
    tell = progress or (lambda stage, done, total: None)
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool, _surveyed(job, Path(spool), tell) as work:
        return work.convert(job, tell)


@contextmanager
def _surveyed(job: Job, spool: Path, tell: Progress) -> Iterator[_Work]:
    options = job.options
    importer: Importer = find("importers", options.importer)(options.read)
    exporter: Exporter = find("exporters", options.exporter)(options.write)
    writer = IndexWriter(spool / "index.db")
    try:
        files = open_sources(job.sources, spool, writer.log, type(importer).recognizes)
        tell("reading", 0, 0)
        site, prepared = importer.survey(files, writer)
        writer.finish_survey(site, prepared)
        index = Index(spool / "index.db")
        try:
            yield _Work(importer, exporter, writer, index)
        finally:
            index.close()
    finally:
        writer.close()


class _Work:
    """A surveyed site, ready to be planned and carried."""

    def __init__(self, importer: Importer, exporter: Exporter, writer: IndexWriter, index: Index) -> None:
        self._importer, self._exporter, self._writer, self._index = importer, exporter, writer, index

    def convert(self, job: Job, tell: Progress) -> Outcome:
        log = Log()
        for notice in self._writer.log.notices:
            log.take(notice)
        total = plan(self._exporter, self._index, self._writer)
        sink = None if job.dry_run else Sink(Path(job.output), force=job.force)
        try:
            self._carry(job, sink, total, tell)
            files = self._exporter.finish(self._index, log)
            _write(sink, files)
            self._writer.publish()
            account = Account.of(self._index, log)
            report = Path(job.report) if job.report else Path(job.output) / FOLDER / "report.json"
            if sink is not None:
                sink.finish()
                write_report(report, self._index, log, account)
                sink.save()
        finally:
            if sink is not None:
                sink.close()
        return Outcome(account, job.output, "" if sink is None else str(report), tuple(sink.kept) if sink else ())

    def _carry(self, job: Job, sink: Sink | None, total: int, tell: Progress) -> None:
        carrier = Carrier(self._importer, self._exporter, self._index, job.options.write)
        done = 0
        work = self._index.work()
        while batch := list(islice(work, _BATCH)):
            results = [carrier.carry(entry, notices) for entry, notices in batch]
            for result in results:
                _write(sink, result.files)
            self._writer.outcome((result.outcome, result.notices, result.id) for result in results)
            done += len(batch)
            tell("converting", done, total)


def _write(sink: Sink | None, files: Iterable[OutFile]) -> None:
    if sink is not None:
        sink.write(list(files))
