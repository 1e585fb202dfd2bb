"""One conversion: survey, plan, carry, finish.

Its invariant: items in are items out, or items named in the report with a reason. The run counts that itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import msgspec

from converters.errors import MissingSourceError, PostferryError, SourceError, UsageError
from converters.notices import Log, Severity
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import BUILT_IN, Exporter, Importer, SourceFile, find, names
from converters.transforms.references import Files
from pipelines import workers
from pipelines.carry import Carrier, Options, Result
from pipelines.index import Index, IndexWriter
from pipelines.media.gather import Brought, Media
from pipelines.media.wanted import Settings
from pipelines.plan import plan
from pipelines.report import Account, write_report
from pipelines.sink import Sink, claimed, refuse_inside
from pipelines.sources import open_sources
from pipelines.state import FOLDER

Progress = Callable[[str, int, int], None]
"""Called with the stage, how many items are done, and how many there are (0: not known yet)."""


class Job(msgspec.Struct, frozen=True):
    """What one run is asked to do."""

    sources: tuple[str, ...]
    output: str
    options: Options
    force: bool = False
    dry_run: bool = False
    report: str = ""
    """Where the report goes; empty for its place inside the output folder."""
    workers: int = 1
    """Processes that carry items; 0 for as many as pay. The output is the same for any number. Other processes import
    the program's main module anew, which has to allow that."""
    media: Settings = Settings()
    """Which of the site's own files come along, and from where."""


class Outcome(msgspec.Struct, frozen=True):
    """How a run ended."""

    account: Account
    output: str
    report: str
    kept: tuple[str, ...]
    """Files of the user's own that stood where one of ours would have gone, and were left as they are."""
    media: Brought | None = None
    """What came along of the site's own files; None when none were to."""
    run: int = 0
    """Which run of its output folder it was, from 1; 0 when nothing was written."""

    def status(self, *, strict: bool = False) -> int:
        """The exit status of a run that ends like this."""
        if self.account.failed or self.account.incomplete:
            return 4
        return 3 if strict and (self.account.worst() >= Severity.CHANGED or self.kept) else 0


def guess_importer(sources: Sequence[str]) -> str:
    """The name of the importer that knows what the first source is. Raises UsageError when none does."""
    refused: PostferryError | None = None
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        for name in sorted(names("importers"), key=_takes_all):
            try:
                opened = open_sources(sources[:1], Path(spool), Log(), find("importers", name).recognizes)
            except MissingSourceError:
                raise
            except (UsageError, SourceError) as error:  # nothing of its kind in it
                refused = error
                continue
            if any(_recognizes(name, source) for source in opened):
                return name
    if refused is not None:
        raise refused
    raise UsageError(f"Nothing here knows what {sources[0]} is. Say it with --from: {', '.join(names('importers'))}.")


def _takes_all(name: str) -> bool:
    """Those to which a whole folder is one site are asked last: exports lie in folders, too."""
    return name in BUILT_IN["importers"] and bool(getattr(find("importers", name), "whole_sources", False))


def _recognizes(name: str, source: SourceFile) -> bool:
    if Path(source.path).is_dir():
        return bool(find("importers", name).recognizes(Path(source.path), b""))
    with Path(source.path).open("rb") as file:
        return bool(find("importers", name).recognizes(Path(source.path), file.read(64 * 1024)))


def run(job: Job, progress: Progress | None = None) -> Outcome:
    """Convert. Raises PostferryError for whatever ends a run; what concerns single items is in the account."""
    refuse_inside(Path(job.output), job.sources)
    tell = progress or (lambda stage, done, total: None)
    ours = nullcontext() if job.dry_run else claimed(Path(job.output), force=job.force)
    with (
        ours,
        tempfile.TemporaryDirectory(prefix="postferry-") as spool,
        _surveyed(job, Path(spool), tell) as work,
    ):
        return work.convert(job, tell)


@contextmanager
def _surveyed(job: Job, spool: Path, tell: Progress) -> Iterator[_Work]:
    options = job.options
    importer: Importer = find("importers", options.importer)(options.read)
    exporter: Exporter = find("exporters", options.exporter)(options.write)
    writer = IndexWriter(spool / "index.db")
    try:
        whole = bool(getattr(type(importer), "whole_sources", False))
        files = open_sources(job.sources, spool, writer.log, type(importer).recognizes, whole=whole)
        tell("reading", 0, 0)
        site, prepared = importer.survey(files, writer)
        writer.finish_survey(site, prepared)
        index = Index(spool / "index.db")
        try:
            yield _Work(importer, exporter, writer, index, spool / "index.db")
        finally:
            index.close()
    finally:
        writer.close()


class _Work:
    """A surveyed site, ready to be planned and carried."""

    def __init__(self, importer: Importer, exporter: Exporter, writer: IndexWriter, index: Index, path: Path) -> None:
        """`path` is where the index lies, for other processes to read it."""
        self._importer, self._exporter, self._writer, self._index = importer, exporter, writer, index
        self._path = path

    def convert(self, job: Job, tell: Progress) -> Outcome:
        log = Log()
        for notice in self._writer.log.notices:
            log.take(notice)
        total = plan(self._exporter, self._index, self._writer)
        sink = None if job.dry_run else Sink(Path(job.output), force=job.force)
        media = None
        try:
            media = self._media(job, sink)
            brought = media.bring(partial(self._look, job, sink), log, tell) if media else None
            self._carry(job, sink, total, tell, media.files if media else None)
            self._index.site = self._carrier(job, media.files if media else None).site(log)
            files = self._exporter.finish(self._index, log)
            _write(sink, files)
            self._take_along(sink, log)
            self._writer.publish()
            account = Account.of(self._index, log)
            report = Path(job.report) if job.report else Path(job.output) / FOLDER / "report.json"
            if sink is not None:
                sink.finish()
                write_report(report, self._index, log, account)
                sink.save()
        finally:
            if media is not None:
                media.close()
            if sink is not None:
                sink.close()
        kept = tuple(sink.kept) if sink else ()
        number = sink.run if sink else 0
        return Outcome(account, job.output, "" if sink is None else str(report), kept, brought, number)

    def _media(self, job: Job, sink: Sink | None) -> Media | None:
        folder = getattr(self._exporter, "static_folder", None)
        return None if sink is None else Media(job.media, sink, self._index, folder)

    def _look(self, job: Job, sink: Sink | None, files: Files) -> None:
        """Meet the files that all items refer to; those the source brings itself are there before."""
        self._take_along(sink, Log())
        carrier = self._carrier(job, files)
        for entry, _ in self._index.work():
            carrier.look(entry)
        carrier.site(Log())

    def _carrier(self, job: Job, files: Files | None) -> Carrier:
        return Carrier(self._importer, self._exporter, self._index, job.options, files=files)

    def _take_along(self, sink: Sink | None, log: Log) -> None:
        """Files of the source that the target publishes as they are, one at a time."""
        files, folder = getattr(self._importer, "files", None), getattr(self._exporter, "static_folder", None)
        kept = getattr(self._exporter, "keeps_homes", False) and self._index.site.settings is not None
        if files is not None and folder is not None and not kept:
            for file in files(self._index, log):
                _write(sink, [OutFile(f"{folder}/{file.path}".lstrip("/"), file.data, file.copy)])

    def _carry(self, job: Job, sink: Sink | None, total: int, tell: Progress, media: Files | None) -> None:
        done = 0
        for results in self._results(job, total, media):
            _write(sink, (file for result in results for file in result.files))
            self._writer.outcome((result.outcome, result.notices, result.id) for result in results)
            done += len(results)
            tell("converting", done, total)

    def _results(self, job: Job, total: int, media: Files | None) -> Iterator[Sequence[Result]]:
        """Batch by batch, in the order of the source: here, or in several processes where that pays."""
        batches = workers.batches(self._index.work())
        processes = 1 if media is not None else job.workers or workers.usual(total)
        if processes > 1:
            yield from workers.carry_in(processes, batches, job.options, self._path)
            return
        carrier = self._carrier(job, media)
        for batch in batches:
            yield [carrier.carry(entry, notices) for entry, notices in batch]


def _write(sink: Sink | None, files: Iterable[OutFile | OutPart | OutJoin]) -> None:
    """In the order of the source: pieces of one file come to stand in it as they come here."""
    if sink is not None:
        sink.write(files)
