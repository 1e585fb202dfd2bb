"""Looks at a source: its survey, with all that it reports counted, and the traces that its items leave.

An importer with a method `inspect` does both at once. Of a source of any other importer the survey goes into an index
in a temporary folder, and posts spread evenly over it are read, `SAMPLE` of them at most.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from lxml import etree

from converters import item_timeout
from converters.errors import ChangedSourceError
from converters.importers.shared.traces import Traces, files_in
from converters.item_timeout import ItemTimeout
from converters.model import Asset, Entry, HtmlBody, Post, Role, Site
from converters.model.notices import Log, Notice
from converters.model.options import ReadOptions
from converters.plugin import Importer, SourceFile, find
from converters.source_check import unchanging
from converters.urls import host_of
from pipelines.inspect.counts import Counts
from pipelines.run.carry import Options
from pipelines.run.convert import guess_importer
from pipelines.run.index import Index, IndexWriter
from pipelines.run.progress import Progress
from pipelines.sources.files import open_sources

SAMPLE = 1_000
"""Posts that are read where an importer has no way to look at all of them."""
_ADDRESSES = ("src", "href", "poster", "data-src")


class Look(msgspec.Struct, frozen=True):
    """What was seen."""

    importer: str
    sources: tuple[str, ...]
    site: Site
    counts: Counts
    traces: Traces
    files: int
    bytes: int
    read: int
    """Posts whose text was looked at."""


def look(sources: Sequence[str], importer: str, tell: Progress, called: Mapping[str, str] | None = None) -> Look:
    """Raises PostferryError when there is no such source, or nothing here knows what it is."""
    tell("opening", 0, 0)
    name = importer or guess_importer(sources)
    made: Importer = find("importers", name)(ReadOptions())
    whole = bool(getattr(type(made), "whole_sources", False))
    counts, traces = Counts(tell), Traces()
    with (
        item_timeout.limited(Options(name, "").item_timeout),
        tempfile.TemporaryDirectory(prefix="postferry-") as spool,
    ):
        files: Sequence[SourceFile] = open_sources(
            sources, Path(spool), counts.log, type(made).recognizes, whole=whole, called=called
        )
        tell("reading", 0, 0)
        inspect = getattr(made, "inspect", None)
        with unchanging(files):
            if inspect is not None:
                site, files = inspect(files, counts, traces)
                read = traces.items
            else:
                site, files, read = _sampled(made, files, counts, traces, Path(spool))
        count, size = _all_files(files)
    counts.notice(counts.log.notices)
    _sizes_of_media(counts, traces)
    return Look(name, tuple(sources), site, counts, traces, count, size, read)


def _all_files(sources: Sequence[SourceFile]) -> tuple[int, int]:
    """How many files the sources are, those in folders among them, and their bytes."""
    count = size = 0
    for source in sources:
        path = Path(source.path)
        for file in path.rglob("*") if path.is_dir() else (path,):
            if file.is_file() and not (path.is_dir() and file.is_symlink()):
                count, size = count + 1, size + file.stat().st_size
    return count, size


def _sizes_of_media(counts: Counts, traces: Traces) -> None:
    for file in counts.files:
        try:
            traces.media_bytes += Path(file).stat().st_size
            traces.media_sized += 1
        except OSError:
            continue


class _Indexed(IndexWriter):
    """Keeps what a survey reports, and counts it."""

    def __init__(self, path: Path, counts: Counts) -> None:
        super().__init__(path)
        self._counts = counts
        self.log = counts.log

    def entry(self, entry: Entry, notices: Iterable[Notice] = ()) -> None:
        notices = list(notices)
        super().entry(entry, notices)
        self._counts.entry(entry, notices)

    def asset(self, asset: Asset, paths: Iterable[str] = ()) -> None:
        super().asset(asset, paths)
        self._counts.asset(asset)


def _sampled(
    importer: Importer, files: Sequence[SourceFile], counts: Counts, traces: Traces, spool: Path
) -> tuple[Site, Sequence[SourceFile], int]:
    writer = _Indexed(spool / "index.db", counts)
    try:
        site, prepared = importer.survey(files, writer)
        writer.finish_survey(site, prepared)
        index = Index(spool / "index.db")
        try:
            return site, prepared, _read(importer, index, counts, traces)
        finally:
            index.close()
    finally:
        writer.close()


def _read(importer: Importer, index: Index, counts: Counts, traces: Traces) -> int:
    """Read posts, every one or every so many; how many they were."""
    own = host_of(index.site.base_url)
    total = sum(statuses.total() for statuses in counts.content.values())
    step = -(-total // SAMPLE)
    number = read = 0
    for entry in index.entries():
        if entry.role is Role.MEDIA:
            _file_of(entry, index, counts)
        if entry.role is not Role.CONTENT:
            continue
        number += 1
        if (number - 1) % max(step, 1) == 0:
            log = Log(entry.id)
            try:
                item_timeout.call(_read_post, importer, entry, index, log, (own, traces))
            except ItemTimeout:
                counts.notice([Notice("item.timed-out", entry.id)])
                continue
            except ChangedSourceError:
                raise
            except Exception as error:  # concerns this post alone; a conversion names it
                counts.notice([Notice("item.failed", entry.id, f"{type(error).__name__}: {error}")])
                continue
            counts.notice(log.notices)
            read += 1
    traces.items = read
    return read


def _read_post(importer: Importer, entry: Entry, index: Index, log: Log, found: tuple[str, Traces]) -> None:
    _post(importer.read(entry, index, log), *found)


def _file_of(entry: Entry, index: Index, counts: Counts) -> None:
    """The file of a media entry of a source that is many files, one an entry."""
    asset = index.asset(entry.id)
    if asset is not None and not asset.file and entry.locator.path and entry.locator.source < len(index.sources):
        counts.files.append(index.sources[entry.locator.source].path)


def _post(post: Post, own: str, traces: Traces) -> None:
    traces.authors.update(post.authors or ("not named",))
    traces.comments += len(post.comments)
    for host, path in _files(post):
        traces.file("" if host == own else host, path)
    if not isinstance(post.body, HtmlBody):
        _calls(post.body.text, traces)


def _files(post: Post) -> Iterable[tuple[str, str]]:
    if not isinstance(post.body, HtmlBody):
        return files_in(post.body.text)
    found = [element.get(name) for element in post.body.root.iter(etree.Element) for name in _ADDRESSES]
    return files_in(" ".join(f'"{address}"' for address in found if address))


def _calls(text: str, traces: Traces) -> None:
    """Shortcodes of a text in Markdown."""
    if "{{" not in text:
        return
    from converters.markdown.scan import shortcodes

    found: dict[str, list[str]] = {}
    for call in shortcodes.calls(text):
        if call.comment is None and not call.closing:
            found.setdefault(call.name, []).append(text[call.start : call.end])
    for name, written in found.items():
        seen = traces.name(traces.shortcodes, name, known=True)
        if seen is not None:
            seen.take(len(written), written[0], encloses=False)
