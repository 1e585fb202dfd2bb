"""The first two steps of a run: the survey of its sources goes into an index on disk, and the plan completes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from converters import item_timeout
from converters.exporters.base import Exporter, find_exporter
from converters.importers.base import Importer, find_importer
from converters.model import Entry, Role, Site, Status
from converters.model.notices import Notice
from converters.old_site.visibility import as_of, day, has_ended, next_change
from converters.passes.files import Files
from converters.passes.rules import renamed, site_rules
from converters.plugin import SourceFile
from converters.source_check import are_untouched, check_sources, check_stamp, file_name, unchanging
from converters.verify.check import Check
from pipelines.run.carry import Carrier, Options
from pipelines.run.clock import now
from pipelines.run.cluster_run import ClusterRun, absolute_sources
from pipelines.run.index import Index, IndexWriter
from pipelines.run.job import Job
from pipelines.run.plan import plan
from pipelines.run.progress import Progress
from pipelines.sources.files import open_sources


class Counted(NamedTuple):
    """What a survey counts beside its index."""

    notices: list[Notice]
    """Of the site as a whole."""
    met: int
    content: int
    others: int
    """Notices of items without content."""
    changes: datetime | None
    """The first day that changes what is to be seen."""


class SurveyWriter(IndexWriter):
    """Tells how many items are met, and counts their notices: of content they come again when it is converted."""

    def __init__(self, path: Path, folder: Path, tell: Progress, options: Options, *, anew: bool = True) -> None:
        super().__init__(path, folder, anew=anew)
        self._tell, self._rules, self._base_path = tell, site_rules(options.read.rules), options.write.base_path
        self.met = self.content = self._others = 0
        self.changes: datetime | None = None
        """The first day that changes what is to be seen: a run on it is another one."""

    @property
    def counted(self) -> Counted:
        return Counted(self.log.notices, self.met, self.content, self._others, self.changes)

    def absorb(self, counted: Counted) -> None:
        """Take over what another process counted that has filled the index."""
        for notice in counted.notices:
            self.log.take(notice)
        self.met, self.content, self._others, self.changes = counted[1:]

    def finish_survey(self, site: Site, sources: Sequence[SourceFile]) -> None:
        super().finish_survey(replace(site, base_path=self._base_path), sources)

    def entry(self, entry: Entry, notices: Iterable[Notice] = ()) -> None:
        notices = list(notices)
        entry = self._rules.entry(entry) if self._rules is not None else entry
        waited = entry.status is Status.FUTURE
        entry = as_of(entry, self.today)
        self.changes = min(filter(None, (self.changes, next_change(entry, self.today))), default=None)
        if waited and entry.status is Status.PUBLISHED:
            notices.append(Notice("date.due", entry.id, day(entry.date)))
        if entry.role is Role.CONTENT and has_ended(entry, self.today):
            notices.append(Notice("date.expired", entry.id, day(entry.until)))
        super().entry(entry, notices)
        self.met += 1
        if entry.role is Role.CONTENT:
            self.content += 1
        else:
            self._others += len(notices)
        self._tell("reading", self.met, 0, self.notices)

    def is_recast(self, known: Entry, notices: int) -> None:
        if known.role is Role.CONTENT:
            self.content -= 1
            self._others += notices
        else:
            self._others += bool(notices)

    @property
    def notices(self) -> int:
        return self._others + len(self.log.notices)


class SurveyedSite:
    """A site that can be planned and converted: who reads and who writes it, and what is known of it."""

    def __init__(
        self, options: Options, importer: Importer, exporter: Exporter, writer: SurveyWriter, path: Path
    ) -> None:
        """`path` is where the index is, which other processes read too."""
        self._options, self.importer, self.exporter = options, importer, exporter
        self.writer, self.path = writer, path
        self.index = Index(path)
        self.sources: Sequence[SourceFile] = ()
        """As they were when they were opened."""

    def plan(self, tell: Progress) -> int:
        """Settle where everything goes; how many items there are."""
        known = renamed(self.index, site_rules(self._options.read.rules))
        return plan(self.exporter, known, self.writer, partial(tell, "planning", total=self.writer.content))

    def carrier(self, *, files: Files | None = None, check: Check | None = None) -> Carrier:
        """Converts items; `files` knows which files come along, `check` looks at each item that is made."""
        return Carrier(self.importer, self.exporter, self.index, self._options, files=files, check=check)

    def check_sources(self) -> None:
        """Raises ChangedSourceError when a source is not as it was before anything was read of it."""
        check_sources(self.sources)
        if any(source.stamp is None for source in self.sources):
            for entry in self.index.entries():
                if entry.locator.stamp is not None:
                    source, path = self.sources[entry.locator.source], entry.locator.path
                    check_stamp(Path(source.path) / path, entry.locator.stamp, file_name(source, path))

    def is_untouched(self) -> bool:
        """Has nothing at all happened to the sources?"""
        return are_untouched(self.sources)


@contextmanager
def surveyed(
    job: Job, spool: Path, tell: Progress, cluster: ClusterRun | None = None, *, apart: bool = False
) -> Iterator[SurveyedSite]:
    """The site of a job, surveyed. What is unpacked goes where all machines that convert it can read it. `apart`: in
    another process, since something ended the last run all at once.

    Raises PostferryError for sources that cannot be read.
    """
    options = replace(job.options, read=replace(job.options.read, today=job.options.read.today or now()))
    importer = find_importer(options.importer)(options.read)
    exporter = find_exporter(options.exporter)(options.write)
    unpacked = cluster.folder if cluster is not None else spool
    path = spool / "index.db"
    with closing(SurveyWriter(path, unpacked, tell, options, anew=not apart)) as writer:
        writer.today = options.read.today
        tell("opening", 0, 0)
        whole = importer.whole_sources
        files = open_sources(job.sources, unpacked, writer.log, importer.recognizes, whole=whole, called=job.called)
        files = absolute_sources(files) if cluster is not None else files
        tell("reading", 0, 0)
        with unchanging(files):
            if apart:
                from pipelines.run.isolated import isolated

                writer.absorb(isolated(_survey_apart, (options, path, unpacked, files), tell))
            else:
                writer.finish_survey(*importer.survey(files, writer))
        found = SurveyedSite(options, importer, exporter, writer, path)
        with closing(found.index):
            found.sources = files
            yield found


def _survey_apart(options: Options, path: Path, folder: Path, files: Sequence[SourceFile], tell: Progress) -> Counted:
    importer = find_importer(options.importer)(options.read)
    with (
        item_timeout.limited(options.item_timeout),
        closing(SurveyWriter(path, folder, tell, options)) as writer,
    ):
        writer.today = options.read.today
        writer.finish_survey(*importer.survey(files, writer))
        return writer.counted
