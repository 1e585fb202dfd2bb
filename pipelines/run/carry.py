"""The carry step for one item: read, transform, render. Knows no disk and no order; the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from converters import item_timeout
from converters.errors import PostferryError
from converters.exporters.base import Exporter
from converters.importers.base import Importer
from converters.item_timeout import ItemTimeout
from converters.model import Entry, HtmlBody, MarkdownBody, Post, Site
from converters.model.notices import Log, Notice
from converters.model.options import ReadOptions, WriteOptions
from converters.output import OutFile, OutPart
from converters.passes.files import Files
from converters.passes.fragments import give_ids
from converters.passes.layout import lay_out
from converters.passes.markdown import as_tree
from converters.passes.references import References
from converters.passes.rules import renamed, site_rules
from converters.passes.sanitize import sanitize, sanitize_fields, sanitize_site
from converters.plugin import SiteLookup
from converters.rules import FrontMatter
from converters.verify.verdict import Verdict, note

if TYPE_CHECKING:
    from converters.verify.check import Check


class Options(msgspec.Struct, frozen=True):
    """Everything a worker needs to be told."""

    importer: str
    exporter: str
    read: ReadOptions = ReadOptions()
    write: WriteOptions = WriteOptions()
    item_timeout: int = 60
    """Seconds that an item may take; 0 for any number."""
    verify: bool = False
    """Read back what is written of each item, and compare."""


class Result(msgspec.Struct, frozen=True):
    """What became of one item."""

    id: str
    files: Sequence[OutFile | OutPart]
    notices: list[Notice]
    outcome: str
    """`carried` or `failed`."""
    verdict: Verdict | None = None
    """What the check of what is written says, where there is one."""


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
        check: Check | None = None,
    ) -> None:
        """`files` knows what became of files that come along, where any do; `check` looks at what is made of an item,
        by default where the options ask for it."""
        self._importer, self._exporter, self._lookup = importer, exporter, lookup
        self._takes_markdown = exporter.target.takes_markdown
        self._rules, write = options.read.rules, options.write
        self._site_rules = site_rules(options.read.rules)
        self._target = renamed(lookup, self._site_rules)
        self._raw_html = write.raw_html
        self._own_highlight: bool | None = None
        if check is None and options.verify:
            from converters.verify.check import Check

            check = Check(exporter.reader(), self._target.site, front=write.front_matter_rules == FrontMatter())
        self._check = check
        self._references = References(
            lookup,
            rewrite_media=write.media != "keep",
            feed=exporter.target.feed_file,
            files=files,
            addresses=options.read.rules.addresses,
        )

    def carry(self, entry: Entry, known: Sequence[Notice] = ()) -> Result:
        """The item's files. An error of ours concerns this item alone: it is noted, and the run goes on."""
        log = Log(entry.id)
        for notice in known:
            log.take(notice)
        try:
            files, verdict = item_timeout.call(self._made, entry, log)
        except (PostferryError, OSError):
            raise
        except MemoryError:  # what the item took is free again
            return lost(entry, log.notices, "item.out-of-memory")
        except Exception as error:  # any bug in the code of one construct must not cost the other items
            log("item.failed", f"{type(error).__name__}: {error}", where=_origin(error))
            return Result(entry.id, (), log.notices, "failed")
        except ItemTimeout:
            return lost(entry, log.notices, "item.timed-out")
        return Result(entry.id, files, log.notices, "carried", verdict)

    def _made(self, entry: Entry, log: Log) -> tuple[tuple[OutFile | OutPart, ...], Verdict | None]:
        """The item's files, and what the check of them says, where there is one."""
        post = self._read(entry, log)
        if self._raw_html != "keep" and isinstance(post.body, HtmlBody):
            sanitize(post.body.root, log)
            sanitize_fields(post, log)
        elif self._raw_html == "safe" and isinstance(post.body, MarkdownBody):
            from converters.passes.sanitize_markdown import sanitize_source

            own = self._has_highlight()
            sanitize_source(post, self._lookup.site.settings or {}, log, highlight=not own)
            sanitize_fields(post, log)
        if isinstance(post.body, HtmlBody):
            place = self._lookup.place(entry.id)
            give_ids(post.body.root, self._lookup.fragments(place.url) if place and place.url else ())
            lay_out(post.body.root)
        if self._check is not None:
            return self._checked(self._check, post, log)
        return tuple(self._exporter.render(post, self._target, log)), None

    def _checked(self, check: Check, post: Post, log: Log) -> tuple[tuple[OutFile | OutPart, ...], Verdict]:
        """The item's files, and what they say, compared with what it said before they were made of it."""
        place = self._lookup.place(post.id)
        assert place is not None, "the plan has a place for everything that is carried"
        before = check.before(post, place)
        files = tuple(self._exporter.render(post, self._target, log))
        verdict = check.verdict(before, files, place)
        note(verdict, log)
        return files, verdict

    def _has_highlight(self) -> bool:
        """Has the source a shortcode of its own in place of Hugo's `highlight`?"""
        if self._own_highlight is None:
            homes = (entry.home.lower() for entry in self._lookup.entries())
            self._own_highlight = any(home.endswith("shortcodes/highlight.html") for home in homes)
        return self._own_highlight

    def _read(self, entry: Entry, log: Log) -> Post:
        post = self._importer.read(entry, self._lookup, log)
        if not self._takes_markdown:
            as_tree(post, self._lookup, log, self._rules)
        if self._site_rules is not None:
            self._site_rules.post(post, self._lookup.site, log)
        self._references.apply(post, log)
        return post

    def source(self, entry: Entry) -> Post:
        """The item as its source has it."""
        return self._importer.read(entry, self._lookup, Log(entry.id))

    def site(self, log: Log) -> Site:
        """The site, its own texts with the addresses they are to have: descriptions of terms, lives of authors."""
        site = self._references.site(self._target.site, log)
        if self._raw_html == "safe" and site.settings:
            from converters.passes.sanitize_markdown import sanitize_settings

            site = replace(site, settings=sanitize_settings(site.settings, log))
        return site if self._raw_html == "keep" else sanitize_site(site, log)

    def look(self, entry: Entry) -> None:
        """Only meet the files that an item refers to. What is wrong with it is said when it is carried."""
        with suppress(Exception, ItemTimeout):
            item_timeout.call(self._read, entry, Log())


def lost(entry: Entry, known: Sequence[Notice], code: str, what: str = "") -> Result:
    """What becomes of an item that ended whatever carried it."""
    log = Log(entry.id)
    for notice in known:
        log.take(notice)
    log(code, what)
    return Result(entry.id, (), log.notices, "failed")


def _origin(error: BaseException) -> str:
    """The module and line that raised, for the report."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
