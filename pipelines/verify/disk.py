"""A site on a disk beside what its source makes: converted again in memory, nothing written.

Each item's files are read from the disk in place of those that were made just now. A file whose digest is not the one
that was noted when it was written was edited by somebody: what differs in it is theirs to judge, unless it is gone or
empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec
from msgspec.structs import replace

from converters import item_timeout, urls
from converters.errors import MissingSourceError, UsageError
from converters.exporters.base import Exporter, find_exporter, find_target
from converters.importers.base import find_importer
from converters.model import Entry, Place, Post, Role, Site
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.output import OutFile, OutPart
from converters.plugin import BUILT_IN
from converters.rules import FrontMatter
from converters.verify import front, verdict
from converters.verify.check import Before, Check, File
from converters.verify.verdict import Difference, Verdict, Word
from pipelines.output import state
from pipelines.output.output_folder import OutputFolder
from pipelines.output.refusals import Refusals
from pipelines.run import workers
from pipelines.run.carry import Carrier, Options, Result, lost
from pipelines.run.convert import in_memory
from pipelines.run.index import Index
from pipelines.run.job import Job
from pipelines.run.progress import Progress, silent
from pipelines.run.survey import SurveyedSite

if TYPE_CHECKING:
    from pipelines.run.executors.crash_safe_pool import Crash
    from pipelines.verify.built import Built
_SHOWN = 20
"""Files of the site as a whole that are named when they are gone."""


class Row(msgspec.Struct, frozen=True):
    """One post."""

    id: str
    title: str
    path: str
    verification: Verdict


class SiteCheck(msgspec.Struct, frozen=True):
    """What the check of a site says."""

    posts: tuple[Row, ...]
    figures: dict[str, int]
    """verdict -> posts"""
    kinds: dict[str, int]
    """kind of difference -> posts that have some, the most frequent first"""
    gone: tuple[str, ...] = ()
    """Files of the site as a whole, as layouts are, that are not there any more; no loss by itself."""
    failed: tuple[str, ...] = ()
    """Ids of items that could not be converted again."""

    def status(self, *, strict: bool = False) -> int:
        """0, 3 or 5: see `convert verify --help`."""
        if self.figures.get(Word.LOST) or self.failed:
            return 5
        changed = self.figures.get(Word.CHANGED) or self.figures.get(Word.EDITED) or self.figures.get(Word.UNREAD)
        return 3 if strict and changed else 0


def look(job: Job, tell: Progress = silent, *, build: bool = False) -> SiteCheck:
    """Check the site in the folder `job.output` against its sources. Raises PostferryError for what ends a run.

    `build`: have its pages made as well, and look at them.
    """
    root = Path(job.output)
    crashed = state.has_crashed(root)
    with (
        in_memory(job, tell, apart=crashed) as work,
        _pages(root, job, work.index.site, tell, build=build) as pages,
        closing(OutputFolder(root)) as folder,
        _comparing(job.options, work, folder, pages, apart=crashed) as compared,
    ):
        rows, failed = [], []
        total = sum(1 for _ in work.index.entries(Role.CONTENT))
        for done, (entry, _) in enumerate(work.index.work(), 1):
            result = compared(entry)
            place = work.index.place(entry.id)
            if result.verdict is None:
                failed.append(entry.id)
            else:
                rows.append(Row(entry.id, entry.title, place.path if place else "", result.verdict))
            tell("verifying", done, total)
        gone = _gone(work.carrier(), work.exporter, work.index, folder)
        return SiteCheck(tuple(rows), figures(rows), kinds(rows), gone, tuple(failed))


def _comparing(
    options: Options, site: SurveyedSite, folder: OutputFolder, pages: Built | None, *, apart: bool
) -> AbstractContextManager[Callable[[Entry], Result]]:
    """Converts an item and compares what is on the disk; `apart`: in another process, as the last run had to."""
    if apart:
        return workers.apart(options, _begin, (options, site.path, folder.name, pages), _lost)
    check = DiskCheck(site.exporter, site.index.site, folder, options.write, pages)
    return nullcontext(site.carrier(check=check).carry)


def _begin(options: Options, index: Path, root: Path, pages: Built | None) -> Callable[[Entry], Result]:
    item_timeout.limit(options.item_timeout)
    importer = find_importer(options.importer)(options.read)
    exporter = find_exporter(options.exporter)(options.write)
    lookup = Index(index)
    check = DiskCheck(exporter, lookup.site, OutputFolder(root), options.write, pages)
    return Carrier(importer, exporter, lookup, options, check=check).carry


def _lost(entry: Entry, crash: Crash) -> Result:
    return lost(entry, (), "worker.crashed", crash.how)


@contextmanager
def _pages(root: Path, job: Job, site: Site, tell: Progress, *, build: bool) -> Iterator[Built | None]:
    if not build:
        yield None
        return
    from pipelines.verify.built import built

    tell("building", 0, 0)
    with built(root, job.options.exporter, urls.host_of(site.base_url)) as pages:
        yield pages


def figures(rows: Sequence[Row]) -> dict[str, int]:
    counts = Counter(str(row.verification.verdict) for row in rows)
    return {word: counts[word] for word in map(str, Word) if counts[word]}


def kinds(rows: Sequence[Row]) -> dict[str, int]:
    counts = Counter(kind for row in rows for kind in row.verification.kinds)
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


class DiskCheck(Check):
    """Looks at files of a folder instead of those that were made."""

    def __init__(
        self, exporter: Exporter, site: Site, folder: OutputFolder, options: WriteOptions, pages: Built | None = None
    ) -> None:
        super().__init__(exporter.reader(), site, front=options.front_matter_rules == FrontMatter())
        self._folder, self._pages, self._bundles = folder, pages, options.bundles
        self._static = exporter.target.static_folder or ""
        self._written: Mapping[str, bytes] = state.written(folder.name)
        self._shared: dict[str, Mapping[str, bytes]] = {}
        self._id = ""

    def before(self, post: Post, place: Place, log: Log, lost: Sequence[str] = ()) -> Before | Verdict:
        self._id = post.id
        return super().before(post, place, log, lost)

    def judge(self, before: Before, files: Sequence[File], place: Place) -> Verdict:
        there = [found for file in files if (found := self._there(file)) is not None]
        if self._bundles:
            there += self._pictures(before, files, place)
        main = next((file for file in there if file.path == place.path), None)
        edited = main is not None and bool(main.data.strip()) and self._is_edited(main)
        return verdict.verdict(self._all(before, files, there, place), edited=edited)

    def _all(self, before: Before, files: Sequence[File], there: Sequence[File], place: Place) -> Iterator[Difference]:
        made, found = self._reader.render_back(files, place), self._reader.render_back(there, place)
        first = list(self.differences(before, there, place))
        yield from first
        if made is not None and found is not None:
            told = {difference.kind for difference in (*first, *front.compare(made.front, found.front))}
            for difference in front.compare_values(made.values, found.values):
                if difference.kind not in told:
                    yield difference
        if self._pages is not None and before.page is not None and found is not None:
            yield from self._pages.differences(before.page, place)
        paths = {file.path: file for file in there}
        for file in files:
            if isinstance(file, OutFile) and file.path != place.path:
                yield from self._beside(file, paths.get(file.path))

    def _beside(self, made: OutFile, found: File | None) -> Iterator[Difference]:
        """Comments, pictures, pages of former addresses."""
        if found is None:
            yield Difference("file", True, made.path)
        elif not (made.twin or made.copy) and found.data != made.data and not self._is_edited(found):
            yield Difference("file", False, made.path, "other bytes")

    def _pictures(self, before: Before, files: Sequence[File], place: Place) -> Iterator[File]:
        """Pictures beside the text of a bundle, each with the file it has in common with an address of the post."""
        made, static = self._reader.render_back(files, place), self._static
        addresses = {fact[1] for fact in before.page.facts if fact[0] == "image"} if before.page is not None else set()
        addresses |= set(_texts(made.values)) if made is not None else set()
        known = {}
        for address in sorted(found for found in addresses if found.startswith("/")):
            with suppress(ValueError):
                digest = self._folder.digest(f"{static}/{unquote(address).lstrip('/')}".lstrip("/"))
                if digest:
                    known[digest] = address
        folder = place.path.rpartition("/")[0]
        for name in self._folder.names(folder) if known else ():
            path = f"{folder}/{name}".lstrip("/")
            if (twin := known.get(self._folder.digest(path) or b"")) is not None:
                yield OutFile(path, b"", twin=f"{static}{twin}")

    def _there(self, file: File) -> File | None:
        """The file as it stands on the disk; the item's part of one that items share."""
        if isinstance(file, OutPart):
            data = self._pieces(file.path).get(self._id)
            return None if data is None else replace(file, data=data)
        data = self._folder.read(file.path)
        return None if data is None else OutFile(file.path, data)

    def _pieces(self, path: str) -> Mapping[str, bytes]:
        known = self._shared.get(path)
        if known is None:
            data = self._folder.read(path)
            known = self._shared[path] = self._reader.pieces_back(data) if data is not None else {}
        return known

    def _is_edited(self, file: File) -> bool:
        noted = self._written.get(file.path)
        return noted is not None and blake2b(file.data, digest_size=16).digest() != noted


def _texts(value: Any) -> Iterator[str]:
    """All texts in front matter."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(item)


def _gone(carrier: Carrier, exporter: Exporter, index: Index, folder: OutputFolder) -> tuple[str, ...]:
    """Files of the site as a whole that are not there."""
    log = Log()
    index.site = carrier.site(log)
    found = []
    for file in Refusals(exporter).admitted(exporter.finish(index, log)):
        if isinstance(file, OutFile) and folder.size(file.path) is None:
            found.append(file.path)
    return (*found[:_SHOWN], *([f"and {len(found) - _SHOWN} more"] if found[_SHOWN:] else []))


def target_of(site: Path) -> str:
    """The exporter that writes such sites. Raises MissingSourceError or UsageError."""
    if not site.is_dir():
        raise MissingSourceError(f"{site} is no folder. Name the folder that was written.")
    with closing(OutputFolder(site)) as folder:
        for name in BUILT_IN["exporters"]:
            if any(folder.size(file) is not None for file in find_target(name).site_files):
                return name
    raise UsageError(f"{site} is no site that can be told by its files. Say with --to what it is for.")


def json_layout(site: Path) -> str:
    """How a site of JSON is laid out."""
    with closing(OutputFolder(site)) as folder:
        there = {name for name in folder.names() if folder.size(name) is not None}
    if there & {"posts.jsonl", "not-public.jsonl"}:
        return "lines"
    return "feed" if "feed.json" in there else "files"
