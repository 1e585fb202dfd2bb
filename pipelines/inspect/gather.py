"""Looks at a source: its survey, with all that it reports counted, and what its texts show.

An importer with a method `inspect` does both at once. Of a source of any other importer the survey goes into an index
in a temporary folder, and posts spread evenly over it are read, `SAMPLE` of them at most.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

import msgspec
from lxml import etree

from converters import item_timeout
from converters.errors import ChangedSourceError
from converters.importers.base import Importer, find_importer
from converters.importers.shared.findings import Findings, files_in
from converters.item_timeout import ItemTimeout
from converters.model import Asset, Entry, MarkdownBody, Post, Role, Site
from converters.model.notices import Log, Notice
from converters.model.options import ReadOptions
from converters.plugin import SourceFile
from converters.source_check import unchanging
from converters.urls import host_of
from pipelines.inspect.counts import Counts
from pipelines.run.carry import Options
from pipelines.run.index import Index, IndexWriter
from pipelines.run.progress import Progress
from pipelines.sources.files import open_sources
from pipelines.sources.guess import guess_importer

SAMPLE = 1_000
"""Posts that are read where an importer has no way to look at all of them."""
_ADDRESSES = ("src", "href", "poster", "data-src")


class Look(msgspec.Struct, frozen=True):
    """What a look at a source found."""

    importer: str
    """Its name, and its class:"""
    reads: type[Importer]
    sources: tuple[str, ...]
    site: Site
    counts: Counts
    findings: Findings
    files: int
    bytes: int
    read: int
    """Posts whose text was looked at."""


def look_apart(sources: Sequence[str], importer: str, tell: Progress, called: Mapping[str, str] | None = None) -> Look:
    """`look` in a process of its own. Raises CrashingSourceError, which names the item, when that ends all at once."""
    from pipelines.run.isolated import isolated

    return isolated(_look, (tuple(sources), importer, dict(called or {})), tell)


def _look(sources: Sequence[str], importer: str, called: Mapping[str, str], tell: Progress) -> Look:
    return look(sources, importer, tell, called)


def look(sources: Sequence[str], importer: str, tell: Progress, called: Mapping[str, str] | None = None) -> Look:
    """Raises PostferryError when there is no such source, or no importer recognizes it."""
    tell("opening", 0, 0)
    name = importer or guess_importer(sources)
    reads = find_importer(name)
    findings = Findings()
    with (
        item_timeout.limited(Options(name, "").item_timeout),
        tempfile.TemporaryDirectory(prefix="postferry-") as spool,
    ):
        counts = Counts(tell, Path(spool))
        files: Sequence[SourceFile] = open_sources(
            sources, Path(spool), counts.log, reads.recognizes, whole=reads.whole_sources, called=called
        )
        tell("reading", 0, 0)
        with unchanging(files):
            made = reads(ReadOptions())
            inspected = made.inspect(files, counts, findings)
            site, files = inspected or _sampled(made, files, counts, findings, Path(spool))
        count, size = _all_files(files)
    counts.notice(counts.log.notices)
    _sizes_of_media(counts, findings)
    return Look(name, reads, tuple(sources), site, counts, findings, count, size, findings.items)


def _all_files(sources: Sequence[SourceFile]) -> tuple[int, int]:
    """How many files the sources are, those in folders among them, and their bytes."""
    count = size = 0
    for source in sources:
        path = Path(source.path)
        for file in path.rglob("*") if path.is_dir() else (path,):
            if file.is_file() and not (path.is_dir() and file.is_symlink()):
                count, size = count + 1, size + file.stat().st_size
    return count, size


def _sizes_of_media(counts: Counts, findings: Findings) -> None:
    for file in counts.files:
        try:
            findings.media_bytes += Path(file).stat().st_size
            findings.media_sized += 1
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
    importer: Importer, files: Sequence[SourceFile], counts: Counts, findings: Findings, spool: Path
) -> tuple[Site, Sequence[SourceFile]]:
    with closing(_Indexed(spool / "index.db", counts)) as writer:
        site, prepared = importer.survey(files, writer)
        writer.finish_survey(site, prepared)
        with closing(Index(spool / "index.db")) as index:
            findings.items = _read(importer, index, counts, findings)
    return site, prepared


def _read(importer: Importer, index: Index, counts: Counts, findings: Findings) -> int:
    """Read posts, every one or every so many; how many they were."""
    total = sum(statuses.total() for statuses in counts.content.values())
    step = max(-(-total // SAMPLE), 1)
    read = 0
    for entry in index.entries(Role.MEDIA):
        _file_of(entry, index, counts)
    for entry in islice(index.entries(Role.CONTENT), 0, None, step):
        log = Log(entry.id)
        try:
            item_timeout.call(_read_post, importer, entry, index, log, findings)
        except ItemTimeout:
            counts.notice([Notice("item.timed-out", entry.id)])
        except MemoryError:
            counts.notice([Notice("item.out-of-memory", entry.id)])
        except ChangedSourceError:
            raise
        except Exception as error:  # concerns this post alone; a conversion names it
            counts.notice([Notice("item.failed", entry.id, f"{type(error).__name__}: {error}")])
        else:
            counts.notice(log.notices)
            read += 1
    return read


def _file_of(entry: Entry, index: Index, counts: Counts) -> None:
    """The file of a media entry of a source that is many files, one an entry."""
    asset = index.asset(entry.id)
    if asset is not None and not asset.file and entry.locator.path and entry.locator.source < len(index.sources):
        counts.files.append(index.sources[entry.locator.source].path)


def _read_post(importer: Importer, entry: Entry, index: Index, log: Log, findings: Findings) -> None:
    post = importer.read(entry, index, log)
    own = host_of(index.site.base_url)
    findings.authors.update(post.authors or ("not named",))
    findings.comments += len(post.comments)
    for host, path in _files(post):
        findings.file("" if host == own else host, path)
    if isinstance(post.body, MarkdownBody):
        _shortcodes(post.body.text, findings)


def _files(post: Post) -> Iterable[tuple[str, str]]:
    if isinstance(post.body, MarkdownBody):
        return files_in(post.body.text)
    found = [element.get(name) for element in post.body.root.iter(etree.Element) for name in _ADDRESSES]
    return files_in(" ".join(f'"{address}"' for address in found if address))


def _shortcodes(text: str, findings: Findings) -> None:
    """Shortcodes of a text in Markdown."""
    if "{{" not in text:
        return
    from converters.markdown.scan import shortcodes

    found: dict[str, list[str]] = {}
    for call in shortcodes.calls(text):
        if call.comment is None and not call.closing:
            found.setdefault(call.name, []).append(text[call.start : call.end])
    for name, written in found.items():
        seen = findings.name(findings.shortcodes, name, known=True)
        if seen is not None:
            seen.take(len(written), written[0], encloses=False)
