"""The carry step for one item: read, transform, render. Knows no disk and no order; the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

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
from converters.passes.base import Surroundings
from converters.passes.files import Answer, Files, Wanted
from converters.passes.rules import renamed, site_rules
from converters.passes.table import Passes, find_pass
from converters.plugin import SiteLookup
from converters.rules import FrontMatter
from converters.verify import guard
from converters.verify.verdict import Verdict, note
from pipelines.report.comparison import Limits, SideBySide, SideBySides, snapshot

if TYPE_CHECKING:
    from converters.verify.check import Check


Asked = tuple[Wanted, Answer | None]


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
    passes: tuple[str, ...] = ()
    """Names of passes of third parties."""
    compared: Limits = Limits()
    """How many items are kept as source and result, for the report."""


class Result(msgspec.Struct, frozen=True):
    """What became of one item."""

    id: str
    files: Sequence[OutFile | OutPart]
    notices: list[Notice]
    outcome: str
    """`carried` or `failed`."""
    verdict: Verdict | None = None
    """What the check of what is written says, where there is one."""
    side_by_side: SideBySide | None = None
    """Source and result, where the report may show them."""
    asked: tuple[Asked, ...] = ()
    """The files of the site that it refers to, in a run that takes files along, with the answers that it got."""
    how: str | None = None
    """How its process ended, where it did: nobody else knows what it was at."""


class _Made(NamedTuple):
    files: tuple[OutFile | OutPart, ...]
    verdict: Verdict | None = None
    source: HtmlBody | MarkdownBody | None = None
    """The body as it was read."""


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
        self._files = files
        self._asked: list[Asked] = []
        self._compared = SideBySides(options.compared)
        self._importer, self._exporter, self._lookup = importer, exporter, lookup
        write = options.write
        self._target = renamed(lookup, site_rules(options.read.rules))
        if check is None and options.verify:
            from converters.verify.check import Check

            check = Check(exporter.reader(), self._target.site, front=write.front_matter_rules == FrontMatter())
        self._check = check
        around = Surroundings(
            lookup,
            options.read,
            write,
            takes_markdown=exporter.target.takes_markdown,
            feed=exporter.feed_file(lookup.site),
            files=self._ask if files is not None else None,
        )
        self._passes = Passes(around, map(find_pass, options.passes))

    def carry(self, entry: Entry, known: Sequence[Notice] = ()) -> Result:
        """The item's files. An error of ours concerns this item alone: it is noted, and the run goes on."""
        log = Log(entry.id)
        for notice in known:
            log.take(notice)
        self._asked.clear()
        result = self._carried(entry, log)
        return replace(result, asked=tuple(self._asked)) if self._asked else result

    def _ask(self, wanted: Wanted) -> Answer | None:
        answer = self._files(wanted) if self._files is not None else None
        self._asked.append((wanted, answer))
        return answer

    def _carried(self, entry: Entry, log: Log) -> Result:
        try:
            made = item_timeout.call(self._made, entry, log)
        except (PostferryError, OSError):
            raise
        except MemoryError:  # what the item took is free again
            return lost(entry, log.notices, "item.out-of-memory")
        except Exception as error:  # any bug in the code of one construct must not cost the other items
            log("item.failed", f"{type(error).__name__}: {error}", where=_origin(error))
            return Result(entry.id, (), log.notices, "failed")
        except ItemTimeout:
            return lost(entry, log.notices, "item.timed-out")
        place = self._lookup.place(entry.id) if made.source is not None else None
        pair = None
        if made.source is not None and place is not None:
            pair = self._compared.of(entry, place, made.source, made.files, log.notices)
        return Result(entry.id, made.files, log.notices, "carried", made.verdict, pair)

    def _made(self, entry: Entry, log: Log) -> _Made:
        """The item's files, and what the check of them says, where there is one."""
        post = self._read(entry, log)
        source = snapshot(post.body) if self._compared else None
        if self._check is not None:
            self._check.read(post, log)
        self._passes.apply(post, log)
        missing = guard.watch(post, log)
        if self._check is not None:
            files, verdict = self._checked(self._check, post, missing, log)
            return _Made(files, verdict, source)
        return _Made(tuple(self._exporter.render(post, self._target, log)), None, source)

    def _read(self, entry: Entry, log: Log) -> Post:
        post = self._importer.read(entry, self._lookup, log)
        post.status, post.since, post.until, post.unlisted = entry.status, entry.since, entry.until, entry.unlisted
        return post

    def _checked(
        self, check: Check, post: Post, missing: Sequence[str], log: Log
    ) -> tuple[tuple[OutFile | OutPart, ...], Verdict]:
        """The item's files, and what they say, compared with what it said before they were made of it."""
        place = self._lookup.place(post.id)
        assert place is not None, "the plan has a place for everything that is carried"
        before = check.before(post, place, log, missing)
        files = tuple(self._exporter.render(post, self._target, log))
        verdict = check.verdict(before, files, place)
        note(verdict, log)
        return files, verdict

    def site(self, log: Log) -> Site:
        """The site, its own texts as they are to be written: descriptions of terms and menus, biographies."""
        return _by_parts(self._target.site, self._passes.site, log)


def lost(entry: Entry, known: Sequence[Notice], code: str, what: str = "") -> Result:
    """What becomes of an item that ended whatever carried it."""
    log = Log(entry.id)
    for notice in known:
        log.take(notice)
    log(code, what)
    return Result(entry.id, (), log.notices, "failed")


_Change = Callable[[Site, Log], Site]
_TEXTS: dict[str, dict[str, Any]] = {
    "terms": {"description": ""},
    "authors": {"bio": "", "url": ""},
    "menus": {"items": ()},
}
"""Parts of a site -> what such a part holds that strangers wrote, emptied."""


def _by_parts(site: Site, change: _Change, log: Log) -> Site:
    """The site changed, one term, author and menu at a time: each may take as long as an item."""
    rest = change(replace(site, terms=(), authors=(), menus=()), log)
    bare = replace(rest, icon="", settings=None)
    made = {name: tuple(_part(bare, name, part, change, log) for part in getattr(site, name)) for name in _TEXTS}
    return replace(rest, **made)


def _part(bare: Site, name: str, part: Any, change: _Change, log: Log) -> Any:
    """The part changed; without its texts, and named, where that fails or takes too long."""
    made: list[Any] = []
    failed = item_timeout.failure(lambda: made.extend(getattr(change(replace(bare, **{name: (part,)}), log), name)))
    if failed is None:
        return made[0]
    code, what = failed
    log(code, f"{name}: {part.name}{f': {what}' if what else ''}")
    return replace(part, **_TEXTS[name])


def _origin(error: BaseException) -> str:
    """The module and line that raised, for the report."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"
