"""One pass over the files of a site: what each is, where the site lay, and which page is which.

Records of a page are small and kept until all are seen: only then it is known which part of an address or of a title is
the site's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import tzinfo
from os.path import commonpath
from pathlib import Path

import msgspec
from msgspec.structs import replace

from converters import item_timeout
from converters.errors import SourceError
from converters.importers.html import (
    blogger,
    classify_pages,
    content,
    draft_files,
    exports,
    file_kinds,
    is_blogger,
    lists,
    metadata,
    page,
    page_types,
    places,
    shared_blocks,
    site_feeds,
    structured,
)
from converters.importers.html.classify_pages import Record
from converters.importers.html.file_kinds import FileKind
from converters.importers.html.metadata import Metadata
from converters.importers.html.page import Facts
from converters.importers.html.saved import folders, packed
from converters.importers.html.saved.spool import Spool
from converters.model import Asset, Author, Entry, Locator, Menu, Role, Site, Status, Term
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.plugin import SourceFile, SurveySink
from converters.source_check import digest_of
from converters.urls import of_web

_NAMED = 5
"""Pages that an error names."""
_HOMES = ("index.html", "index.htm")


class SiteSurvey:
    def __init__(
        self, sources: Sequence[SourceFile], sink: SurveySink, options: ReadOptions, zone: tzinfo | None
    ) -> None:
        self._sources, self._sink, self._options, self._zone = list(sources), sink, options, zone
        self._paths = _paths(sources)
        self._spool = Spool(self._sources, self._paths, sink.folder)
        self._bases = places.Bases()
        self._records: list[Record] = []
        self._entries: list[tuple[int, Entry, Log]] = []
        self._authors: dict[str, Author] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self._languages: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        self._kinds: dict[str, None] = {}
        self._base = self._title = self._description = ""
        self._icon: tuple[str, str] | tuple[()] = ()
        """(address, path of the page that names it)"""
        self._spoken = classify_pages.SiteLanguages()
        self._facts: dict[int, Facts] = {}
        self._digests: dict[int, bytes] = {}
        self._ids: set[str] = set()
        """Of items of feeds."""
        self._menu: Menu | None = None
        self._menu_page = ("", "")
        """(path of the page that the menu is of, what its `<base>` says)"""
        self._descriptions: dict[str, str] = {}
        """Of lists of terms, by path."""
        self._draft_files = draft_files.DraftFiles()
        self._feeds = site_feeds.SiteFeeds(zone)
        self._export = exports.recognize(self._paths, sources)
        self._shared = shared_blocks.SharedBlocks(len(sources))

    def run(self) -> None:
        """Report every file. Raises SourceError when there is no page among them."""
        for number, source in enumerate(self._sources):
            self._file(number, Path(source.path), self._paths[number])
        if not self._records and not any(entry.role is Role.CONTENT for _, entry, _ in self._entries):
            more = f" and {len(self._sources) - 1} files more" if len(self._sources) > 1 else ""
            suffixes = sorted({Path(path).suffix or Path(path).name for path in self._paths})
            holds = f"what is there is {', '.join(suffixes[:6])}"
            raise SourceError(f"There is no page of HTML in {self._sources[0].name}{more}: {holds}.")
        self._base = self._base or self._bases.base(len(self._records))
        self._title = self._title or self._site_name()
        self._settle()
        self._describe()
        self._check_content()
        self._hide_files()
        for number, digest in enumerate(self._shared.found()):
            self._sink.relate(shared_blocks.RELATION, f"{digest:x}", number)
        for _, entry, log in sorted(self._entries, key=lambda row: row[0]):
            if entry.role is Role.CONTENT:
                entry = self._options.chosen(entry)
                self._kinds.setdefault(entry.kind)
            notices = [replace(notice, item=entry.id) for notice in log.notices]
            self._sink.entry(entry, notices)

    def _hide_files(self) -> None:
        """What only drafts show is not published before they are."""
        hidden = self._draft_files.hidden if not self._options.draft_files else ()
        for place, (number, entry, log) in enumerate(self._entries if hidden else ()):
            if entry.role is Role.MEDIA and self._paths[number] in hidden:
                log("html.draft-file", self._paths[number])
                left_out = classify_pages.left_out(number, self._paths[number], "only drafts show it")
                self._entries[place] = number, replace(left_out, status=Status.DRAFT), log

    def _check_content(self) -> None:
        """Raises SourceError where no page is left that has a text; what failed is named by the report."""
        if not self._records or any(entry.role in (Role.CONTENT, Role.FAILED) for _, entry, _ in self._entries):
            return
        why = ", ".join(f"{record.path} ({record.reason})" for record in self._records[:_NAMED])
        more = f" and {len(self._records) - _NAMED} more" if len(self._records) > _NAMED else ""
        raise SourceError(f"There is no page with a text of its own in {self._sources[0].name}: {why}{more}.")

    def _file(self, number: int, file: Path, path: str) -> None:
        try:
            with file.open("rb") as opened:
                head = opened.read(page.HEAD)
        except OSError as error:
            self._sink.log("source.skipped", path, where=error.strerror or "unreadable")
            self._leave_out(number, path, "unreadable")
            return
        export = self._export.kind(path, head) if self._export else ""
        if aside := self._spool.aside.get(path) or folders.by_content(head):
            self._leave_out(number, path, aside)
        elif export:
            self._guarded(self._exported, number, file, path, export)
        elif is_blogger(head):
            self._feed(number, file, path)
        elif (kind := file_kinds.kind_of(path, head)) is FileKind.FEED or site_feeds.is_json_feed(head):
            self._guarded(self._news_feed, number, file, path)
        elif kind is FileKind.PAGE:
            self._guarded(self._page, number, file, path)
        elif kind in packed.KINDS:
            self._guarded(self._packed, number, file, path)
        elif reason := page_types.machinery(file_kinds.without_query(path)):
            self._leave_out(number, path, reason)
        else:
            self._asset(number, file, path)

    def _news_feed(self, number: int, file: Path, path: str) -> None:
        """No page; what it says of pages is kept."""
        self._feeds.learn(file)
        self._leave_out(number, path, "news feed")

    def _leave_out(self, number: int, path: str, reason: str) -> None:
        entry = classify_pages.left_out(number, path, reason)
        self._entries.append((number, entry, Log(entry.id)))

    def _packed(self, number: int, file: Path, path: str) -> None:
        """A page and its files in one file."""
        size = file.stat().st_size
        if size > DEFAULT.item_bytes:
            return self._fail(number, path, ("item.too-large", f"{size} bytes"), "too large")
        with file.open("rb") as opened:
            kind = file_kinds.kind_of(path, opened.read(page.HEAD))
        found = self._spool.unpack(number, file, path, kind)
        return self._page(number, *found) if found is not None else self._asset(number, file, path)

    def _asset(self, number: int, file: Path, path: str) -> None:
        size = file.stat().st_size
        if size > DEFAULT.file_bytes:
            return self._fail(number, path, ("item.too-large", f"{size} bytes"), "too large", kind="attachment")
        id, locator = page.id_of(path), Locator(number, path=path)
        entry = Entry(id, "attachment", Role.MEDIA, Status.PUBLISHED, title=path, locator=locator)
        self._entries.append((number, entry, Log(id)))
        return self._sink.asset(Asset(id=id, url=places.file_path(path), path=path, title=path))

    def _guarded(self, learn: Callable[..., None], number: int, file: Path, path: str, *more: str) -> None:
        """Learn a page. What is wrong with it concerns it alone."""
        failure = item_timeout.failure(learn, number, file, path, *more)
        if failure is not None:
            self._fail(number, path, failure, failure[1])

    def _fail(self, number: int, path: str, notice: tuple[str, str], reason: str, *, kind: str = "page") -> None:
        """`notice`: its code and what it is about."""
        log = Log(page.id_of(path))
        log(*notice)
        entry = Entry(log.item, kind, Role.FAILED, Status.PUBLISHED, reason=reason, locator=Locator(number))
        self._entries.append((number, entry, log))

    def _page(self, number: int, file: Path, path: str) -> None:
        log = Log(page.id_of(path))
        data = file.read_bytes() if file.stat().st_size <= DEFAULT.item_bytes else b""
        self._digests[number] = digest_of(data)
        if not data and not file.stat().st_size:
            return self._leave_out(number, path, "empty file")
        if large := page.too_large(data) if data else f"{file.stat().st_size} bytes":
            return self._fail(number, path, ("item.too-large", large), f"too large: {large}")
        parsed = page.parse(data, path, log)
        meta = metadata.read(parsed, self._zone)
        for brought, bytes_of_it in parsed.inlined:
            self._spool.bring(brought, bytes_of_it)
        target = places.joined(parsed.base, page_types.redirect(parsed))
        reason = "redirect" if target else self._left_out(number, parsed)
        if page_types.is_list_path(path) and (box := content.own_box(parsed)) is not None:
            self._descriptions[path] = str(box.inner_html)
        region = lists.region_of(parsed)
        listing = lists.look(parsed, region) if not target and self._sources[number].inside else None
        if not target:
            self._bases.see(path, parsed.saved_from or meta.canonical)
            self._see_names(parsed, meta)
            self._see_menu(parsed)
        claims_text = structured.claims_text(structured.read(parsed))
        if not reason and (listing is None or claims_text or meta.date is not None):
            self._shared.see(parsed)
        claim = parsed.saved_from or meta.canonical
        self._draft_files.see(parsed, draft=parsed.private)
        if parsed.private and not reason:
            log("html.unpublished", parsed.document_of)
        return self._records.append(
            Record(
                number,
                path,
                meta,
                log,
                claim,
                reason,
                target,
                bool(parsed.document_of),
                parsed.private,
                listing,
                lists.openings(region, meta.description),
                claims_text,
            )
        )

    def _left_out(self, number: int, parsed: page.HtmlPage) -> str:
        """Why a page is not converted. One that a person named is, whatever it is."""
        named = not self._sources[number].inside
        return "" if named else page_types.left_out(parsed, self._options.content_selector)

    def _see_menu(self, parsed: page.HtmlPage) -> None:
        """The menu of the home page; of the first page that has one where there is no home page."""
        if self._menu is not None and parsed.path not in _HOMES:
            return
        menu = content.read_menu(parsed)
        if menu is not None:
            self._menu, self._menu_page = menu, (parsed.path, parsed.base)

    def _see_names(self, parsed: page.HtmlPage, meta: Metadata) -> None:
        if meta.site_name:
            self._names[meta.site_name] += 100
        title = next((title for where, title in meta.titles if where == "title"), "")
        if name := metadata.tail(title):
            self._names[name] += 1
        if parsed.path in _HOMES:
            self._names[title] += 1 if title else 0
            self._description = meta.description
        icon = parsed.one("link[rel~=icon][href]") if not self._icon or parsed.path in _HOMES else None
        if icon is not None and not str(icon.attr("href")).startswith("data:"):
            self._icon = places.joined(parsed.base, str(icon.attr("href"))), parsed.path
        if meta.language:
            self._languages[meta.language] += 1

    def _site_name(self) -> str:
        """What pages say it is; else what ends the title of several of them."""
        if not self._names:
            return ""
        name, votes = max(self._names.items(), key=lambda pair: (pair[1], pair[0]))
        return name if votes > 1 or (len(self._records) == 1 and votes >= 100) else ""

    def _settle(self) -> None:
        """Entries of the pages, now that the site is known."""
        told = self._feeds.by_place(lambda link: places.place_below(link, self._base))
        self._records = [
            record._replace(meta=site_feeds.completed(record.meta, told.get(record.place))) for record in self._records
        ]
        pages = classify_pages.SitePages(
            self._records,
            self._base,
            self._title,
            by_place=self._bases.by_place,
            files={places.plain(places.own_path(path)) for path in self._paths},
            shared=self._shared.found(),
        )
        self._records = pages.records
        self._entries += pages.rows()
        self._spoken = pages.spoken
        for record in self._records:
            former = tuple(pages.former.get(record.path, ()))
            self._facts[record.number] = Facts(record.path, former=former, feed=told.get(record.place))
            if not record.reason:
                self.see(record.meta, pages.spoken_at(record.place).language)

    def _describe(self) -> None:
        """What the list of a term says of it is the term's description."""
        for path, description in self._descriptions.items():
            told = metadata.term(places.own_path(path), path)
            term = self._terms.get((told.taxonomy, told.slug)) if told is not None else None
            if term is not None:
                self._terms[term.taxonomy, term.slug] = replace(term, description=description)

    def see(self, meta: Metadata, language: str = "") -> None:
        for name in meta.authors:
            known = self._authors.get(name)
            if known is None or known.login == name:
                self._authors[name] = Author(meta.login(name), meta.login(name), name)
        for term in meta.terms:
            self._terms.setdefault((term.taxonomy, term.slug), replace(term, language=language))

    def _exported(self, number: int, file: Path, path: str, export: str) -> None:
        assert self._export is not None
        entry, facts, log, meta = self._export.entry(number, file, path, export, self._zone)
        if meta is not None:
            self.see(meta)
        self._facts[number] = facts
        if entry.role is Role.CONTENT:
            self._digests[number] = digest_of(file.read_bytes())
        self._entries.append((number, entry, log))
        if entry.role is Role.CONTENT and entry.permalink.startswith("http"):
            self._bases.see("", entry.permalink)

    def _feed(self, number: int, file: Path, path: str) -> None:
        feed = blogger.BloggerFeed(file, self._zone)
        self._title, self._base = self._title or feed.title, self._base or feed.base
        self._facts[number] = Facts(path, "blogger")
        self._digests[number] = feed.digest
        for entry, log, meta in feed.entries(number):
            if meta is not None:
                self.see(meta)
            if entry.id in self._ids:  # of another feed
                entry = replace(entry, id=f"{entry.id}+{number}")
            self._ids.add(entry.id)
            self._entries.append((number, entry, log))

    def site(self) -> Site:
        language = self._languages.most_common(1)[0][0] if self._languages else ""
        return Site(
            title=self._title,
            description=self._description,
            base_url=of_web(self._base),
            language=language,
            icon=places.PageLinks(self._base, lambda _: None).resolve(*self._icon) if self._icon else "",
            time_zone=self._options.time_zone,
            authors=tuple(self._authors.values()),
            terms=tuple(self._terms.values()),
            menus=tuple(self._menus()),
            languages=self._spoken.languages,
            default_below_code=self._spoken.default_below_code,
            kinds=tuple(self._kinds),
        )

    def _menus(self) -> Iterator[Menu]:
        if self._menu is not None:
            links = places.PageLinks(self._base, lambda _: None)
            place = links.seen_from(*self._menu_page)
            items = (replace(item, address=links.resolve(item.address, place)) for item in self._menu.items)
            yield replace(self._menu, items=tuple(items))

    def sources(self) -> Sequence[SourceFile]:
        return [
            replace(
                source,
                prolog=msgspec.json.encode(self._facts.get(number) or Facts(self._paths[number])),
                digest=self._digests.get(number, b""),
            )
            for number, source in enumerate(self._sources)
        ]


def _paths(sources: Sequence[SourceFile]) -> list[str]:
    """A path below the site for every file, all different; of single files, below the folder they share."""
    alone = [str(Path(source.name).absolute()) for source in sources if not source.inside]
    shared = commonpath([str(Path(name).parent) for name in alone]) if alone else ""
    found, seen = [], set()
    for number, source in enumerate(sources):
        path = source.inside or Path(source.name).absolute().relative_to(shared).as_posix()
        if path in seen:
            folder, slash, name = path.rpartition("/")
            path = f"{folder}{slash}{number}-{name}"
        seen.add(path)
        found.append(path)
    return _without_shared_folder(found)


def _without_shared_folder(paths: list[str]) -> list[str]:
    """An archive of a site often holds it in one folder (`public/`, the name of the host); that is no part of it."""
    own = folders.aside(paths)
    first = {path.partition("/")[0] for path in paths if not path.startswith(("__MACOSX", ".")) and path not in own}
    if len(first) != 1 or not all("/" in path for path in paths if path not in own):
        return paths
    (folder,) = first
    if f"{folder}/index.html" in paths or f"{folder}/index.htm" in paths or "." in folder:
        return [path.removeprefix(folder + "/") for path in paths]
    return paths
