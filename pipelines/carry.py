"""The carry step for one item: read, transform, render. Knows no disk and no order; the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from converters.errors import PostferryError
from converters.model import Entry, HtmlBody, MarkdownBody, Post, Site
from converters.notices import Log, Notice
from converters.options import ReadOptions, WriteOptions
from converters.output import OutFile, OutPart
from converters.plugin import Exporter, Importer, SiteLookup
from converters.transforms.files import Files
from converters.transforms.fragments import give_ids
from converters.transforms.layout import lay_out
from converters.transforms.markdown import as_tree
from converters.transforms.references import References
from converters.transforms.sanitize import sanitize
from converters.transforms.sanitize_markdown import sanitize_markdown


class Options(msgspec.Struct, frozen=True):
    """Everything a worker needs to be told."""

    importer: str
    exporter: str
    read: ReadOptions = ReadOptions()
    write: WriteOptions = WriteOptions()


class Result(msgspec.Struct, frozen=True):
    """What became of one item."""

    id: str
    files: Sequence[OutFile | OutPart]
    notices: list[Notice]
    outcome: str
    """`carried` or `failed`."""


class Carrier:
    """Carries items of one site, one at a time."""

    def __init__(
        self,
        importer: Importer,
        exporter: Exporter,
        lookup: SiteLookup,
        options: Options,
        *,
        files: Files | None = None,
    ) -> None:
        """`files` knows what became of files that come along, where any do."""
        self._importer, self._exporter, self._lookup = importer, exporter, lookup
        self._takes_markdown = bool(getattr(exporter, "takes_markdown", False))
        self._rules, write = options.read.rules, options.write
        self._safe = write.raw_html == "safe"
        self._references = References(
            lookup, rewrite_media=write.media != "keep", feed=str(getattr(exporter, "feed_file", "")), files=files
        )

    def carry(self, entry: Entry, known: Sequence[Notice] = ()) -> Result:
        """The item's files. An error of ours concerns this item alone: it is noted, and the run goes on."""
        log = Log(entry.id)
        for notice in known:
            log.take(notice)
        try:
            post = self._read(entry, log)
            if self._safe and isinstance(post.body, HtmlBody):
                sanitize(post.body.root, log)
            elif self._safe and isinstance(post.body, MarkdownBody):
                post.body.text = sanitize_markdown(post.body.text, log, html=post.body.dialect == "html")
            if isinstance(post.body, HtmlBody):
                place = self._lookup.place(entry.id)
                give_ids(post.body.root, self._lookup.fragments(place.url) if place and place.url else ())
                lay_out(post.body.root)
            files = tuple(self._exporter.render(post, self._lookup, log))
        except (PostferryError, MemoryError, OSError):
            raise
        except Exception as error:  # any bug in the code of one construct must not cost the other items
            log("item.failed", f"{type(error).__name__}: {error}", where=_origin(error))
            return Result(entry.id, (), log.notices, "failed")
        return Result(entry.id, files, log.notices, "carried")

    def _read(self, entry: Entry, log: Log) -> Post:
        post = self._importer.read(entry, self._lookup, log)
        if not self._takes_markdown:
            as_tree(post, self._lookup, log, self._rules)
        self._references.apply(post, log)
        return post

    def site(self, log: Log) -> Site:
        """The site, its own texts with the addresses they are to have: descriptions of terms, lives of authors."""
        return self._references.site(self._lookup.site, log)

    def look(self, entry: Entry) -> None:
        """Only meet the files that an item refers to. What is wrong with it is said when it is carried."""
        with suppress(Exception):
            self._read(entry, Log())


def _origin(error: BaseException) -> str:
    """The module and line that raised, for the report."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
