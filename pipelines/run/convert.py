"""One conversion: survey, plan, convert, finish.

Its invariant: items in are items out, or items named in the report with a reason. The run counts that itself.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from converters import item_timeout
from converters.errors import SourceError
from converters.item_timeout import ItemTimeout
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart
from converters.passes.files import Files
from converters.source_check import check_sources
from pipelines.media.candidates import Expected
from pipelines.media.gather import Media
from pipelines.media.uploads_folder import UploadsFolder
from pipelines.output.lock import claimed, refuse_inside
from pipelines.output.output_folder import FOLDER
from pipelines.output.refusals import Refusals
from pipelines.output.sink import Sink
from pipelines.output.state import STATE
from pipelines.report.comparison import Limits
from pipelines.report.summary import Summary
from pipelines.report.write import ReportInput, ReportPaths, write_reports
from pipelines.run import interrupts, preview, workers
from pipelines.run.carry import Carrier, Result
from pipelines.run.cluster_run import ClusterRun, cluster_run
from pipelines.run.fingerprint import earlier_result, run_fingerprint, to_remember
from pipelines.run.job import Job as Job
from pipelines.run.progress import Progress, silent
from pipelines.run.run_result import MediaStats, RunResult, Written
from pipelines.run.survey import SurveyedSite, surveyed

KeptElsewhere = Callable[[Mapping[str, bytes]], Sequence[str]]
"""Files of the user's own that stay as they are where the output is published; given path -> digest of all files."""
_CHECKED = 4
"""Sources that are checked after each batch, so that a long run does not go on in vain; all are at its end."""


def run(job: Job, progress: Progress | None = None, kept_elsewhere: KeptElsewhere | None = None) -> RunResult:
    """Convert. Raises PostferryError for whatever ends a run; what concerns single items is in the summary.

    `kept_elsewhere` names the files that the report is to list as kept, where the output is published afterwards."""
    refuse_inside(Path(job.output), job.sources)
    tell = interrupts.check_cancelled(progress or silent)
    ours = nullcontext() if job.dry_run else claimed(Path(job.output), force=job.force)
    with ours as crashed:
        places = ReportPaths.of(job.report, Path(job.output) / FOLDER)
        earlier = earlier_result(job, places) if job.fingerprint and not job.dry_run else None
        if earlier is not None:
            return earlier
        with (
            item_timeout.limited(job.options.item_timeout),
            cluster_run(job) as cluster,
            tempfile.TemporaryDirectory(prefix="postferry-") as spool,
            surveyed(job, Path(spool), tell, cluster, apart=bool(crashed)) as site,
        ):
            return _Conversion(job, site, tell, cluster).run(site.plan(tell), kept_elsewhere)


@contextmanager
def in_memory(job: Job, tell: Progress = silent, *, apart: bool = False) -> Iterator[SurveyedSite]:
    """A site that is surveyed and planned, for those who only look: nothing is written. `apart`: see `surveyed`."""
    with (
        item_timeout.limited(job.options.item_timeout),
        tempfile.TemporaryDirectory(prefix="postferry-") as spool,
        surveyed(job, Path(spool), tell, apart=apart) as site,
    ):
        site.plan(tell)
        yield site
        site.check_sources()


class _Conversion:
    """The steps of a run behind its plan. A dry run has no sink: all is made, and nothing is written."""

    def __init__(self, job: Job, site: SurveyedSite, tell: Progress, cluster: ClusterRun | None) -> None:
        self._job, self._site, self._tell, self._cluster = job, site, tell, cluster
        self._refusals = Refusals(site.exporter)
        self._sink: Sink | None = None
        self._media: Media | None = None
        self._expected: Expected | None = None
        places = ReportPaths.of(job.report, Path(job.output) / FOLDER)
        self._options = replace(job.options, compared=Limits() if job.dry_run else places.compared)
        shows_rules = job.dry_run and preview.asked(job.options.read)
        self._preview = preview.Preview(site.index, job.options) if shows_rules else None
        self._holds = Counter[str]()
        """What the written files hold, as exporters state it."""
        self._log = Log()
        for notice in site.writer.log.notices:
            self._log.take(notice)

    def run(self, total: int, kept_elsewhere: KeptElsewhere | None) -> RunResult:
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
            summary = Summary.of(site.index, self._log, self._holds, site.exporter.counts)
            site.check_sources()
            return self._reported(summary, brought, kept_elsewhere)

    @property
    def _after_a_crash(self) -> bool:
        """Did the run before this one come to a sudden end? What it was at is to cost itself alone."""
        return self._sink is not None and self._sink.crashed

    def _carrier(self, files: Files | None = None) -> Carrier:
        site = self._site
        return Carrier(site.importer, site.exporter, site.index, self._options, files=files or self._files)

    @property
    def _files(self) -> Files | None:
        return self._media.files if self._media is not None else None

    def _look(self, files: Files) -> None:
        """Convert all items as if every file came along, and name the files; those the source brings itself are there
        before. The results are kept: those whose files come as expected are made."""
        self._site.exporter.announce(self._announced(), self._site.index)
        self._take_along(Log())
        writer, done = self._site.writer, 0
        media = self._job.media
        folder = UploadsFolder.at(media.folder) if media.folder else None
        self._expected = Expected(folder, drafts=media.drafts, alone=self._options.write.bundles)
        for results in self._results(self._site.index.work(), writer.content, self._expected):
            check_sources(self._site.sources[:_CHECKED])
            for wanted, _ in (asked for result in results for asked in result.asked):
                files(wanted)
            writer.keep(results)
            done += len(results)
            self._tell("looking for files", done, writer.content)
        writer.publish()
        self._carrier(files).site(Log())

    def _convert(self, total: int) -> None:
        writer = self._site.writer
        done, notices = 0, writer.notices
        self._tell("converting", done, total, notices)
        for results in self._settled(total):
            check_sources(self._site.sources[:_CHECKED])
            self._write(file for result in results for file in result.files)
            writer.outcome((result.outcome, result.notices, result.id) for result in results)
            writer.verdicts((result.id, result.verdict) for result in results if result.verdict is not None)
            writer.compared((one.id, one.side_by_side) for one in results if one.side_by_side is not None)
            done += len(results)
            notices += sum(len(result.notices) for result in results)
            self._tell("converting", done, total, notices)

    def _settled(self, total: int) -> Iterator[Sequence[Result]]:
        """Batch by batch. Where files come along, the kept results; items whose files did not come as expected are
        converted again."""
        index, files, expected = self._site.index, self._files, self._expected
        if files is None or expected is None:
            yield from self._results(index.work(), total, files)
            return
        right, kept = expected.was_right, chain.from_iterable(index.kept())
        again = {result.id for result in kept if not all(right(known, files(file)) for file, known in result.asked)}
        work = (item for item in index.work() if item[0].id in again)
        anew = chain.from_iterable(self._results(work, len(again), files))
        for results in index.kept():
            settled = [next(anew, None) if result.id in again else result for result in results]
            yield [result for result in settled if result is not None]  # none: the run is about to end

    def _results(self, work: Iterator[workers.Item], total: int, files: Files | None) -> Iterator[Sequence[Result]]:
        """Batch by batch, in the order of the source: here, in several processes where that pays, or on a cluster."""
        batches = workers.batches(work)
        processes = self._job.workers or workers.usual(total)
        if self._cluster is not None:
            yield from self._cluster.carry(self._site.index, self._options)
        elif self._preview is None and (processes > 1 or self._after_a_crash):
            yield from workers.carry_in(processes, batches, self._options, self._site.path, files)
        else:
            yield from self._results_here(batches, files)

    def _results_here(self, batches: Iterable[workers.ItemBatch], files: Files | None) -> Iterator[Sequence[Result]]:
        carrier = self._carrier(files)
        for batch in batches:
            results = []
            for entry, notices in batch:
                results.append(carrier.carry(entry, notices))
                if self._preview is not None:
                    self._preview.take(entry, results[-1])
                if interrupts.requested():  # what is done is written, and then the run ends
                    break
            yield results

    def _finish(self) -> None:
        """Write what is not of one item."""
        index, log = self._site.index, self._log
        index.site = self._carrier().site(log)
        self._site.exporter.announce(self._announced(), index)
        files = self._site.exporter.finish(index, log)
        if self._job.options.write.raw_html == "safe":
            from pipelines.output.safe_files import harmless

            files = harmless(files, index.site.settings or {}, log)
        self._write(self._shown(files))
        self._take_along(log)
        self._refusals.note(log)
        self._site.writer.publish()

    def _shown(self, files: Iterable[OutFile | OutPart | OutJoin]) -> Iterator[OutFile | OutPart | OutJoin]:
        """The files; each may take as long as ten items, or a thousandth of all there are. Raises SourceError for one
        that takes longer: what comes after it cannot be made any more."""
        try:
            for done, file in enumerate(item_timeout.each(files, max(10, self._site.writer.content // 1000))):
                self._tell("finishing", done, 0)
                yield file
        except ItemTimeout as error:
            raise SourceError(
                "A file of the site as a whole, such as its terms, menus or redirects, took too long to be made. Run "
                "it again with a higher --item-timeout, or with 0 for no limit."
            ) from error

    def _static(self, file: OutFile) -> OutFile:
        folder = self._site.exporter.target.static_folder
        path = self._refusals.static_path(f"{folder}/{file.path}".lstrip("/"))
        return replace(file, path=path, brought=True)

    def _announced(self) -> Iterator[OutFile]:
        """The files of the source that are published as they are, those that were copied or downloaded among them."""
        target, index = self._site.exporter.target, self._site.index
        if target.static_folder is None or (target.keeps_source_paths and index.site.settings is not None):
            return
        brought = map(self._static, self._site.importer.files(index, Log()))
        media = (OutFile(path, b"", brought=True) for path in (self._media.paths() if self._media is not None else ()))
        yield from (file for file in chain(brought, media) if not self._refusals.reason(file.path))

    def _take_along(self, log: Log) -> None:
        """Files of the source that the target publishes as they are, one at a time."""
        target, index = self._site.exporter.target, self._site.index
        kept = target.keeps_source_paths and index.site.settings is not None
        if target.static_folder is not None and not kept:
            for done, file in enumerate(self._site.importer.files(index, log), 1):
                self._tell("copying", done, 0)
                self._write([self._static(file)])

    def _write(self, files: Iterable[OutFile | OutPart | OutJoin]) -> None:
        """In the order of the source: pieces of one file are in it in the order in which they come here."""
        files = self._counted(files)
        if self._sink is not None:
            self._sink.write(files)
        else:  # what would be refused is named in a dry run, too
            for _ in self._refusals.admitted(files):
                pass

    def _counted(self, files: Iterable[OutFile | OutPart | OutJoin]) -> Iterator[OutFile | OutPart | OutJoin]:
        for file in files:
            if file.holds:
                self._holds.update(file.holds)
            yield file

    def _reported(
        self, summary: Summary, brought: MediaStats | None, kept_elsewhere: KeptElsewhere | None
    ) -> RunResult:
        job, site, sink = self._job, self._site, self._sink
        if sink is None:
            rules = tuple(self._preview.uses()) if self._preview is not None else ()
            return RunResult(summary, job.output, "", (), rules=rules)
        sink.finish()
        places = ReportPaths.of(job.report, Path(job.output) / FOLDER)
        told = ReportInput(
            site.index,
            self._log,
            summary,
            job.options,
            sink.folder,
            brought,
            sink.kept if kept_elsewhere is None else kept_elsewhere(sink.digests()),
        )
        clean_exit = write_reports(places, told) and "worker.crashed" not in summary.notices
        written = Written(sink.written, sink.unchanged, sink.removed)
        report, page = str(places.json), str(places.page)
        outcome = RunResult(
            summary,
            job.output,
            report,
            tuple(sink.kept),
            brought,
            sink.run,
            written,
            page=page,
            uploads=site.index.site.uploads,
            until=site.writer.changes,
        )
        sink.save(*to_remember(self._fingerprint(), outcome), clean_exit=clean_exit)
        return outcome

    def _fingerprint(self) -> str:
        """The fingerprint of the job, when it is still that of what the site was made of: sources may have been others
        for a while."""
        job = self._job
        same = job.fingerprint and self._site.is_untouched() and run_fingerprint(job) == job.fingerprint
        return job.fingerprint if same else ""
