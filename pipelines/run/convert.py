"""One conversion: survey, plan, convert, finish.

Its invariant: items in are items out, or items named in the report with a reason. The run counts that itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from pathlib import Path

import msgspec
from msgspec.structs import replace

from converters import item_timeout
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart
from converters.passes.files import Files
from converters.source_check import check_sources
from pipelines.media.gather import Media
from pipelines.media.wanted import Settings
from pipelines.output.output_folder import FOLDER
from pipelines.output.refusals import Refusals
from pipelines.output.sink import Sink, claimed, refuse_inside
from pipelines.output.state import STATE
from pipelines.report.summary import Summary
from pipelines.report.write import ReportInput, ReportPaths, write_reports
from pipelines.run import interrupts, preview, scattered, unchanged, workers
from pipelines.run.carry import Carrier, Options, Result
from pipelines.run.outcome import Brought, Written
from pipelines.run.outcome import Outcome as Outcome
from pipelines.run.progress import Progress, silent
from pipelines.run.scattered import Scattered
from pipelines.run.survey import SurveyedSite, surveyed

KeptElsewhere = Callable[[Mapping[str, bytes]], Sequence[str]]
"""Files of the user's own that stay as they are where the output is published; given path -> digest of all files."""
_CHECKED = 4
"""Sources that are checked after each batch, so that a long run does not go on in vain; all are at its end."""


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
    """Processes that convert items; 0: chosen automatically. The output is the same for any number. Other processes
    import the program's main module anew, which has to allow that."""
    scheduler: str = ""
    """Of the Dask cluster that converts the items, from files and into a folder that all its machines see; empty for
    this machine."""
    called: dict[str, str] = {}
    """What the user calls files, folders and patterns among the sources that lie elsewhere: path here -> address."""
    media: Settings = Settings()
    """Which of the site's own files come along, and from where."""
    mark: str = ""
    """What the site is made of, in one digest: when the last run's was the same and all it wrote is still there,
    nothing is done. Empty: converted in any case."""


def run(job: Job, progress: Progress | None = None, kept_elsewhere: KeptElsewhere | None = None) -> Outcome:
    """Convert. Raises PostferryError for whatever ends a run; what concerns single items is in the summary.

    `kept_elsewhere` names the files that the report is to list as kept, where the output is published afterwards."""
    refuse_inside(Path(job.output), job.sources)
    tell = interrupts.at_safe_places(progress or silent)
    ours = nullcontext() if job.dry_run else claimed(Path(job.output), force=job.force)
    with ours:
        places = ReportPaths.of(job.report, Path(job.output) / FOLDER)
        known = unchanged.outcome(job, places) if job.mark and not job.dry_run else None
        if known is not None:
            return known
        with (
            item_timeout.limited(job.options.item_timeout),
            scattered.scattered(job) as cluster,
            tempfile.TemporaryDirectory(prefix="postferry-") as spool,
            surveyed(job, Path(spool), tell, cluster) as site,
        ):
            return _Conversion(job, site, tell, cluster).run(site.plan(tell), kept_elsewhere)


@contextmanager
def in_memory(job: Job, tell: Progress = silent) -> Iterator[SurveyedSite]:
    """A site that is surveyed and planned, for those who only look: nothing is written."""
    with (
        item_timeout.limited(job.options.item_timeout),
        tempfile.TemporaryDirectory(prefix="postferry-") as spool,
        surveyed(job, Path(spool), tell) as site,
    ):
        site.plan(tell)
        yield site
        site.check_sources()


class _Conversion:
    """The steps of a run behind its plan. A dry run has no sink: all is made, and nothing is written."""

    def __init__(self, job: Job, site: SurveyedSite, tell: Progress, cluster: Scattered | None) -> None:
        self._job, self._site, self._tell, self._cluster = job, site, tell, cluster
        self._refusals = Refusals(site.exporter)
        self._sink: Sink | None = None
        self._media: Media | None = None
        shows_rules = job.dry_run and preview.asked(job.options.read)
        self._preview = preview.Preview(site.index, job.options) if shows_rules else None
        self._log = Log()
        for notice in site.writer.log.notices:
            self._log.take(notice)

    def run(self, total: int, kept_elsewhere: KeptElsewhere | None) -> Outcome:
        """Convert the items, `total` of them, and all that is not of one item; then report."""
        job, site = self._job, self._site
        with ExitStack() as opened:
            if not job.dry_run:
                self._sink = opened.enter_context(
                    closing(Sink(Path(job.output), force=job.force, refusals=self._refusals))
                )
                if self._sink.lost:
                    self._log("output.state-damaged", where=STATE)
                folder = site.exporter.target.static_folder
                self._media = opened.enter_context(closing(Media(job.media, self._sink, site.index, folder)))
            brought = self._media.bring(self._look, self._log, self._tell) if self._media is not None else None
            self._convert(total)
            self._finish()
            self._tell("reporting", 0, 0)
            summary = Summary.of(site.index, self._log)
            site.check_sources()
            return self._reported(summary, brought, kept_elsewhere)

    @property
    def _after_a_crash(self) -> bool:
        """Did the run before this one come to a sudden end? What it was at is to cost itself alone."""
        return self._sink is not None and self._sink.died

    def _carrier(self, files: Files | None = None) -> Carrier:
        return self._site.carrier(files=files or (self._media.files if self._media is not None else None))

    def _look(self, files: Files) -> None:
        """Meet the files that all items refer to; those the source brings itself are there before."""
        self._take_along(Log())
        carrier, index, total = self._carrier(files), self._site.index, self._site.writer.content
        if self._after_a_crash:
            batches = workers.batches(index.work())
            for done, found in enumerate(workers.look_apart(batches, self._job.options, self._site.path), 1):
                for wanted in found:
                    files(wanted)
                self._tell("looking for files", done, total)
        else:
            for done, (entry, _) in enumerate(index.work(), 1):
                carrier.look(entry)
                self._tell("looking for files", done, total)
        carrier.site(Log())

    def _convert(self, total: int) -> None:
        writer = self._site.writer
        done, notices = 0, writer.notices
        self._tell("converting", done, total, notices)
        for results in self._results(total):
            check_sources(self._site.sources[:_CHECKED])
            self._write(file for result in results for file in result.files)
            writer.outcome((result.outcome, result.notices, result.id) for result in results)
            writer.verdicts((result.id, result.verdict) for result in results if result.verdict is not None)
            done += len(results)
            notices += sum(len(result.notices) for result in results)
            self._tell("converting", done, total, notices)

    def _results(self, total: int) -> Iterator[Sequence[Result]]:
        """Batch by batch, in the order of the source: here, in several processes where that pays, or on a cluster."""
        options, index = self._job.options, self._site.index
        batches = workers.batches(index.work())
        processes = self._job.workers or workers.usual(total)
        if self._cluster is not None:
            yield from self._cluster.carry(index, options)
        elif self._preview is None and (processes > 1 or self._after_a_crash):
            files = self._media.files if self._media is not None else None
            yield from workers.carry_in(processes, batches, options, self._site.path, files)
        else:
            yield from self._results_here(batches)

    def _results_here(self, batches: Iterable[workers.Batch]) -> Iterator[Sequence[Result]]:
        carrier = self._carrier()
        for batch in batches:
            results = []
            for entry, notices in batch:
                results.append(carrier.carry(entry, notices))
                if self._preview is not None:
                    self._preview.take(entry, results[-1])
                if interrupts.asked():  # what is done is written, and then the run ends
                    break
            yield results

    def _finish(self) -> None:
        """Write what is not of one item."""
        index, log = self._site.index, self._log
        index.site = self._carrier().site(log)
        files = self._site.exporter.finish(index, log)
        if self._job.options.write.raw_html == "safe":
            from pipelines.output.safe_files import harmless

            files = harmless(files, index.site.settings or {}, log)
        self._write(self._shown(files))
        self._take_along(log)
        self._refusals.note(log)
        self._site.writer.publish()

    def _shown(self, files: Iterable[OutFile | OutPart | OutJoin]) -> Iterator[OutFile | OutPart | OutJoin]:
        for done, file in enumerate(files):
            self._tell("finishing", done, 0)
            yield file

    def _take_along(self, log: Log) -> None:
        """Files of the source that the target publishes as they are, one at a time."""
        target, index = self._site.exporter.target, self._site.index
        kept = target.keeps_source_paths and index.site.settings is not None
        if target.static_folder is not None and not kept:
            for done, file in enumerate(self._site.importer.files(index, log), 1):
                self._tell("copying", done, 0)
                path = f"{target.static_folder}/{file.path}".lstrip("/")
                self._write([replace(file, path=path, brought=True)])

    def _write(self, files: Iterable[OutFile | OutPart | OutJoin]) -> None:
        """In the order of the source: pieces of one file are in it in the order in which they come here."""
        if self._sink is not None:
            self._sink.write(files)
        else:  # what would be refused is named in a dry run, too
            for _ in self._refusals.admitted(files):
                pass

    def _reported(self, summary: Summary, brought: Brought | None, kept_elsewhere: KeptElsewhere | None) -> Outcome:
        job, site, sink = self._job, self._site, self._sink
        if sink is None:
            rules = tuple(self._preview.uses()) if self._preview is not None else ()
            return Outcome(summary, job.output, "", (), rules=rules)
        sink.finish()
        places = ReportPaths.of(job.report, Path(job.output) / FOLDER)
        told = ReportInput(
            site.index,
            self._log,
            summary,
            self._carrier(),
            job.options,
            sink.folder,
            brought,
            sink.kept if kept_elsewhere is None else kept_elsewhere(sink.digests()),
            apart=site.path if sink.died else None,
        )
        calm = write_reports(places, told) and "item.crashed" not in summary.notices
        written = Written(sink.written, sink.unchanged, sink.removed)
        report, page = str(places.json), str(places.page)
        outcome = Outcome(summary, job.output, report, tuple(sink.kept), brought, sink.run, written, page=page)
        sink.save(*unchanged.to_remember(self._mark(), outcome), calm=calm)
        return outcome

    def _mark(self) -> str:
        """The job's mark, when it is still what the site was made of: sources may have been others for a while."""
        job = self._job
        return job.mark if job.mark and self._site.is_untouched() and unchanged.mark(job) == job.mark else ""
