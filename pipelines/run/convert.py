"""One conversion: survey, plan, carry, finish.

Its invariant: items in are items out, or items named in the report with a reason. The run counts that itself.
"""

from __future__ import annotations

import dataclasses
import io
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from converters import item_timeout
from converters.errors import MissingSourceError, PostferryError, SourceError, UsageError
from converters.model import Entry, Role
from converters.model.notices import Log, Notice
from converters.output import OutFile, OutJoin, OutPart
from converters.passes.files import Files
from converters.passes.rules import SiteRules, renamed, site_rules
from converters.plugin import Exporter, Importer, SourceFile, find, names, recognizers
from converters.source_check import are_untouched, check_sources, check_stamp, file_name, unchanging
from converters.verify.check import Check
from pipelines.media.gather import Media
from pipelines.media.wanted import Settings
from pipelines.output.output_folder import FOLDER
from pipelines.output.refusals import Refusals
from pipelines.output.sink import Sink, claimed, refuse_inside
from pipelines.output.state import STATE
from pipelines.report import Account
from pipelines.report.write import Places, Told, write_reports
from pipelines.run import interrupts, preview, scattered, unchanged, workers
from pipelines.run.carry import Carrier, Options, Result
from pipelines.run.index import Index, IndexWriter
from pipelines.run.outcome import Brought, Written
from pipelines.run.outcome import Outcome as Outcome
from pipelines.run.plan import plan
from pipelines.run.progress import Progress, silent
from pipelines.run.scattered import Scattered
from pipelines.sources.files import HEAD, Test, open_sources

_File = OutFile | OutPart | OutJoin
_LOOKED_AT = 4
"""Sources that are looked at after each batch, so that a long run does not go on in vain; all are at its end."""


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
    scheduler: str = ""
    """Of the Dask cluster that carries the items, from files and into a folder that all its machines see; empty for
    this machine."""
    called: dict[str, str] = {}
    """What the user calls files, folders and patterns among the sources that lie elsewhere: path here -> address."""
    media: Settings = Settings()
    """Which of the site's own files come along, and from where."""
    mark: str = ""
    """What the site is made of, in one digest: when the last run's was the same and all it wrote still stands, nothing
    is done. Empty: converted in any case."""


def guess_importer(sources: Sequence[str]) -> str:
    """The name of the importer that knows what the first source is. Raises UsageError when none does."""
    if sources[0] == "-" and (found := _guess_stdin()):
        return found
    refused: PostferryError | None = None
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        for name, recognizes in recognizers():
            try:
                opened = open_sources(sources[:1], Path(spool), Log(), recognizes)
            except MissingSourceError:
                raise
            except (UsageError, SourceError) as error:  # nothing of its kind in it
                refused = error
                continue
            if any(_recognized(source, recognizes) for source in opened):
                return name
    if refused is not None:
        raise refused
    raise UsageError(f"Nothing here knows what {sources[0]} is. Say it with --from: {', '.join(names('importers'))}.")


def _guess_stdin() -> str:
    """Standard input can be read once: it is told by what comes first, which stays there; empty for none that is."""
    start = sys.stdin.buffer.peek(HEAD) if isinstance(sys.stdin.buffer, io.BufferedReader) else b""
    name = Path("standard-input.part")
    return next((importer for importer, recognizes in recognizers() if recognizes(name, start)), "")


def _recognized(source: SourceFile, recognizes: Test) -> bool:
    path = Path(source.path)
    if path.is_dir():
        return bool(recognizes(path, b""))
    with path.open("rb") as file:
        return bool(recognizes(path, file.read(HEAD)))


def run(job: Job, progress: Progress | None = None) -> Outcome:
    """Convert. Raises PostferryError for whatever ends a run; what concerns single items is in the account."""
    refuse_inside(Path(job.output), job.sources)
    tell = interrupts.at_safe_places(progress or silent)
    ours = nullcontext() if job.dry_run else claimed(Path(job.output), force=job.force)
    with ours:
        places = Places.of(job.report, Path(job.output) / FOLDER)
        known = unchanged.outcome(job, places) if job.mark and not job.dry_run else None
        if known is not None:
            return known
        with (
            item_timeout.limited(job.options.item_timeout),
            scattered.scattered(job) as there,
            tempfile.TemporaryDirectory(prefix="postferry-") as spool,
            _surveyed(job, Path(spool), tell, there) as work,
        ):
            return work.convert(job, tell)


@contextmanager
def in_memory(job: Job, tell: Progress = silent) -> Iterator[_Work]:
    """A site that is surveyed and planned, for those who only look: nothing is written."""
    with (
        item_timeout.limited(job.options.item_timeout),
        tempfile.TemporaryDirectory(prefix="postferry-") as spool,
        _surveyed(job, Path(spool), tell, None) as work,
    ):
        work.plan(job, tell)
        yield work
        work.check_sources()


@contextmanager
def _surveyed(job: Job, spool: Path, tell: Progress, there: Scattered | None) -> Iterator[_Work]:
    options = job.options
    importer: Importer = find("importers", options.importer)(options.read)
    exporter: Exporter = find("exporters", options.exporter)(options.write)
    rules = site_rules(options.read.rules)
    writer = _Survey(spool / "index.db", tell, rules)
    try:
        tell("opening", 0, 0)
        whole = bool(getattr(type(importer), "whole_sources", False))
        unpacked = there.folder if there is not None else spool
        test = type(importer).recognizes
        files = open_sources(job.sources, unpacked, writer.log, test, whole=whole, called=job.called)
        files = scattered.placed(files) if there is not None else files
        tell("reading", 0, 0)
        with unchanging(files):
            site, prepared = importer.survey(files, writer)
        writer.finish_survey(site, prepared)
        index = Index(spool / "index.db")
        try:
            yield _Work(importer, exporter, writer, index, spool / "index.db", there=there, sources=files)
        finally:
            index.close()
    finally:
        writer.close()


class _Survey(IndexWriter):
    """Tells how many items are met, and counts their notices: of content they come again when it is carried."""

    def __init__(self, path: Path, tell: Progress, rules: SiteRules | None) -> None:
        super().__init__(path)
        self._tell, self._rules = tell, rules
        self.met = self.content = self._others = 0

    def entry(self, entry: Entry, notices: Iterable[Notice] = ()) -> None:
        notices = list(notices)
        entry = self._rules.entry(entry) if self._rules is not None else entry
        super().entry(entry, notices)
        self.met += 1
        if entry.role is Role.CONTENT:
            self.content += 1
        else:
            self._others += len(notices)
        self._tell("reading", self.met, 0, self.notices)

    @property
    def notices(self) -> int:
        return self._others + len(self.log.notices)


class _Work:
    """A surveyed site, ready to be planned and carried."""

    def __init__(
        self,
        importer: Importer,
        exporter: Exporter,
        writer: _Survey,
        index: Index,
        path: Path,
        *,
        there: Scattered | None,
        sources: Sequence[SourceFile],
    ) -> None:
        """`path` is where the index lies, for other processes to read it; `there` carries the items elsewhere;
        `sources` are as they were when they were opened."""
        self._importer, self.exporter, self._writer, self.index = importer, exporter, writer, index
        self._path, self._there, self._sources = path, there, sources
        self._preview: preview.Preview | None = None
        self._refusals = Refusals(exporter)

    def plan(self, job: Job, tell: Progress) -> int:
        """Settle where everything goes; how many items there are."""
        known = renamed(self.index, site_rules(job.options.read.rules))
        return plan(self.exporter, known, self._writer, partial(tell, "planning", total=self._writer.content))

    def check_sources(self) -> None:
        """Raises ChangedSourceError when a source is not as it was before anything was read of it."""
        check_sources(self._sources)
        if any(source.stamp is None for source in self._sources):
            for entry in self.index.entries():
                if entry.locator.stamp is not None:
                    source, path = self._sources[entry.locator.source], entry.locator.path
                    check_stamp(Path(source.path) / path, entry.locator.stamp, file_name(source, path))

    def _mark(self, job: Job) -> str:
        """The job's mark, when it is still what the site was made of: sources may have been others for a while."""
        same = job.mark and are_untouched(self._sources) and unchanged.mark(job) == job.mark
        return job.mark if same else ""

    def carrier(self, job: Job, check: Check) -> Carrier:
        """Carries items that `check` looks at."""
        return Carrier(self._importer, self.exporter, self.index, job.options, check=check)

    def convert(self, job: Job, tell: Progress) -> Outcome:
        log = Log()
        for notice in self._writer.log.notices:
            log.take(notice)
        if job.dry_run and preview.asked(job.options.read):
            self._preview = preview.Preview(self.index, job.options)
        total = self.plan(job, tell)
        refusals = self._refusals = Refusals(self.exporter)
        sink = None if job.dry_run else Sink(Path(job.output), force=job.force, refusals=refusals)
        media = None
        if sink is not None and sink.lost:
            log("output.state-damaged", where=STATE)
        try:
            media = self._media(job, sink)
            brought = media.bring(partial(self._look, job, sink, tell), log, tell) if media else None
            self._carry(job, sink, total, tell, media.files if media else None)
            self.index.site = self._carrier(job, media.files if media else None).site(log)
            files: Iterable[_File] = self.exporter.finish(self.index, log)
            if job.options.write.raw_html == "safe":
                from pipelines.output.safe_files import harmless

                files = harmless(files, self.index.site.settings or {}, log)
            self._write(sink, _told(files, tell))
            self._take_along(sink, log, tell)
            refusals.note(log)
            self._writer.publish()
            tell("reporting", 0, 0)
            account = Account.of(self.index, log)
            self.check_sources()
            if sink is not None:
                sink.finish()
                carrier = self._carrier(job, media.files if media else None)
                told = Told(self.index, log, account, carrier, job.options, sink.folder, brought, sink.kept)
                told = dataclasses.replace(told, apart=self._path if sink.died else None)
                places = Places.of(job.report, Path(job.output) / FOLDER)
                calm = write_reports(places, told) and "item.crashed" not in account.notices
                outcome = self._outcome(job, account, sink, places, brought)
                sink.save(*unchanged.to_remember(self._mark(job), outcome), calm=calm)
                return outcome
        finally:
            if media is not None:
                media.close()
            if sink is not None:
                sink.close()
        rules = tuple(self._preview.uses()) if self._preview is not None else ()
        return Outcome(account, job.output, "", (), rules=rules)

    @staticmethod
    def _outcome(job: Job, account: Account, sink: Sink, places: Places, brought: Brought | None) -> Outcome:
        written, kept = Written(sink.written, sink.unchanged, sink.removed), tuple(sink.kept)
        report, page = str(places.json), str(places.page)
        return Outcome(account, job.output, report, kept, brought, sink.run, written, page=page)

    def _media(self, job: Job, sink: Sink | None) -> Media | None:
        folder = getattr(self.exporter, "static_folder", None)
        return None if sink is None else Media(job.media, sink, self.index, folder)

    def _look(self, job: Job, sink: Sink | None, tell: Progress, files: Files) -> None:
        """Meet the files that all items refer to; those the source brings itself are there before."""
        self._take_along(sink, Log(), tell)
        carrier = self._carrier(job, files)
        if sink is not None and sink.died:
            batches = workers.batches(self.index.work())
            for done, found in enumerate(workers.look_apart(batches, job.options, self._path), 1):
                for wanted in found:
                    files(wanted)
                tell("looking for files", done, self._writer.content)
        else:
            for done, (entry, _) in enumerate(self.index.work(), 1):
                carrier.look(entry)
                tell("looking for files", done, self._writer.content)
        carrier.site(Log())

    def _carrier(self, job: Job, files: Files | None) -> Carrier:
        return Carrier(self._importer, self.exporter, self.index, job.options, files=files)

    def _take_along(self, sink: Sink | None, log: Log, tell: Progress) -> None:
        """Files of the source that the target publishes as they are, one at a time."""
        files, folder = getattr(self._importer, "files", None), getattr(self.exporter, "static_folder", None)
        kept = getattr(self.exporter, "keeps_homes", False) and self.index.site.settings is not None
        if files is not None and folder is not None and not kept:
            for done, file in enumerate(files(self.index, log), 1):
                tell("copying", done, 0)
                path = f"{folder}/{file.path}".lstrip("/")
                self._write(sink, [replace(file, path=path, brought=True)])

    def _write(self, sink: Sink | None, files: Iterable[_File]) -> None:
        """In the order of the source: pieces of one file come to stand in it as they come here."""
        if sink is not None:
            sink.write(files)
        else:  # what would be refused is named in a dry run, too
            for _ in self._refusals.admitted(files):
                pass

    def _carry(self, job: Job, sink: Sink | None, total: int, tell: Progress, media: Files | None) -> None:
        done, notices = 0, self._writer.notices
        tell("converting", done, total, notices)
        for results in self._results(job, total, media, apart=sink is not None and sink.died):
            check_sources(self._sources[:_LOOKED_AT])
            self._write(sink, (file for result in results for file in result.files))
            self._writer.outcome((result.outcome, result.notices, result.id) for result in results)
            self._writer.verdicts((result.id, result.verdict) for result in results if result.verdict is not None)
            done += len(results)
            notices += sum(len(result.notices) for result in results)
            tell("converting", done, total, notices)

    def _results(self, job: Job, total: int, media: Files | None, *, apart: bool) -> Iterator[Sequence[Result]]:
        """Batch by batch, in the order of the source: here, or in several processes where that pays.

        `apart`: not here, since the run before this one came to a sudden end: what it was at is to cost itself alone.
        """
        batches = workers.batches(self.index.work())
        here = self._there is not None or self._preview is not None
        processes = 1 if here else job.workers or workers.usual(total)
        if processes > 1 or (apart and not here):
            yield from workers.carry_in(processes, batches, job.options, self._path, media)
            return
        if self._there is not None:
            yield from self._there.carry(self.index, job.options)
            return
        carrier = self._carrier(job, media)
        for batch in batches:
            results = []
            for entry, notices in batch:
                results.append(carrier.carry(entry, notices))
                if self._preview is not None:
                    self._preview.take(entry, results[-1])
                if interrupts.asked():  # what is done is written, and then the run ends
                    break
            yield results


def _told(files: Iterable[_File], tell: Progress) -> Iterator[_File]:
    for done, file in enumerate(files):
        tell("finishing", done, 0)
        yield file
