"""What each page of a site is, once all are seen: its address, its parent, its language, what leads to it.

A site has several languages when a page names another page of it as its translation (`<link rel=alternate hreflang>`,
https://developers.google.com/search/docs/specialty/international/localized-versions). The language at the plain
addresses is the first one; where every language has its code in its addresses, the one most pages are in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

from msgspec.structs import replace

from converters import urls
from converters.importers.html import metadata, page, page_types, places
from converters.importers.html.classify_lists import ListJudge
from converters.importers.html.lists import Listing
from converters.importers.html.metadata import Metadata
from converters.importers.shared.languages import name_of
from converters.model import Entry, Language, Locator, Role, Status
from converters.model.notices import Log

_REGIONS = {"pt-br": "Português do Brasil", "zh-cn": "简体中文", "zh-tw": "繁體中文"}
_SUFFIX = re.compile(r"\.(?:x?html?|php|aspx?)$", re.I)


class PageLanguage(NamedTuple):
    """What language a page is in, and what it has in common with its translations."""

    language: str
    group: str = ""


class SiteLanguages(NamedTuple):
    languages: tuple[Language, ...] = ()
    default_below_code: bool = False
    pages: Mapping[str, PageLanguage] = {}
    """place of a page -> its language"""


def settle(pages: Iterable[tuple[str, Metadata]], inside: Callable[[str], str]) -> SiteLanguages:
    """`pages`: (place, metadata), a place as in `places.plain`; `inside`: address -> place, or nothing."""
    known = dict(pages)
    spoken: dict[str, PageLanguage] = {}
    for place, meta in known.items():
        named = {other: code for code, url in meta.alternates if (other := inside(url)) in known}
        if len(named) > 1 and place in named:
            spoken[place] = PageLanguage(named[place], min(named))
    codes = Counter(page.language for page in spoken.values())
    if len(codes) < 2:
        return SiteLanguages()
    found = {code: [place for place, page in spoken.items() if page.language == code] for code in codes}
    below = {code for code in codes if all(f"{place}/".startswith(f"/{code}/") for place in found[code])}
    plain = [code for code in codes if code not in below]
    first = max(plain or codes, key=lambda code: (codes[code], code))
    for place, meta in known.items():
        if place not in spoken:
            spoken[place] = PageLanguage(_language(place, meta, codes, first))
    order = [first, *sorted(code for code in codes if code != first)]
    return SiteLanguages(tuple(_row(code, known, spoken) for code in order), not plain, spoken)


def _row(code: str, known: Mapping[str, Metadata], spoken: Mapping[str, PageLanguage]) -> Language:
    said = Counter(known[place].language for place, page in spoken.items() if page.language == code)
    locale = next((locale for locale, _ in said.most_common() if locale.lower().startswith(code[:2])), "")
    return Language(code, _REGIONS.get(code) or name_of(code), locale)


def _language(place: str, meta: Metadata, codes: Counter[str], first: str) -> str:
    """Of a page without translations: by its place, by what it says of itself."""
    folder = place.split("/")[1] if place.count("/") else ""
    said = meta.language.lower().replace("_", "-")
    return next((code for code in (folder, said, said.split("-")[0]) if code in codes), first)


Row = tuple[int, Entry, Log]
"""(number of the source, entry, notices)"""


class Record(NamedTuple):
    """A page, as remembered until the whole site is known."""

    number: int
    path: str
    meta: Metadata
    log: Log
    claim: str
    """The address it says it has."""
    reason: str = ""
    """Why it is left out."""
    target: str = ""
    """Where it sends its reader on to."""
    exported: bool = False
    """It is a document of a program, so that the name of its file is no address."""
    private: bool = False
    """Nothing says that it was published."""
    listing: Listing | None = None
    """What it lists, where it could be a list."""
    openings: tuple[int, ...] = ()
    """How an excerpt of it begins (`lists.openings`)."""
    claims_text: bool = False
    """Does it say to machines that it is one article?"""

    @property
    def place(self) -> str:
        return places.plain(places.own_path(self.path))


class SitePages:
    """The pages of one site."""

    def __init__(
        self,
        records: Sequence[Record],
        base: str,
        title: str,
        *,
        by_place: bool,
        files: Collection[str] = (),
        shared: Collection[int] = (),
    ) -> None:
        """`by_place`: the files stand where the pages stood (see `places.Bases`); `files`: the places of all files;
        `shared`: digests of blocks that many pages have."""
        self._base, self._title, self._by_place = base, title, by_place
        self._links = places.PageLinks(base, lambda _: None)
        self._own = {record.place: record for record in records if not record.reason}
        self._listed: set[str] = set()
        """Places of the pages that lists of the site list."""
        self.records = self._without_lists(records, ListJudge(records, self._inside, files, shared))
        self._own = {record.place: record for record in self.records if not record.reason}
        self.spoken = settle(
            ((place, record.meta) for place, record in self._own.items()), lambda url: self._inside(url, "")
        )
        self.former: dict[str, list[str]] = {}
        """path of a page -> paths that only led to it, or held another form of it"""

    def rows(self) -> list[Row]:
        """An entry for every page, converted or left out."""
        for record in self.records:  # targets number the pages of their lists themselves
            if record.target and not page_types.is_further_page(record.path):
                self._leads_to(self._inside(record.target, record.path), record)
        taken: set[str] = set()
        found = []
        for record in self.records:
            title = record.meta.title(self._title)
            said = self._inside(record.claim, record.path) if record.claim and not record.reason else ""
            if record.reason:
                title = f"to {record.target}"[:200] if record.target else title
                entry = left_out(record.number, record.path, record.reason, title)
            elif said != record.place and self._leads_to(said, record):
                entry = left_out(record.number, record.path, f"another form of {self._own[said].path}", title)
            else:
                permalink = self._permalink(record, said)
                if permalink in taken:
                    permalink = self._base + places.own_path(record.path).replace("?", "-")
                taken.add(permalink)
                entry = self._entry(record, permalink, title)
            found.append((record.number, entry, record.log))
        return list(self._with_parents(found))

    def _without_lists(self, records: Sequence[Record], judge: ListJudge) -> list[Record]:
        """The records, with a reason for those that are lists."""
        found = []
        for record in records:
            verdict = judge.judge(record) if record.reason in ("", page_types.FURTHER) and not record.target else None
            if verdict is not None:
                self._listed.update(verdict.listed)
                for title in verdict.lost:
                    record.log("html.listed", title)
                if verdict.reason and not record.reason:
                    record = record._replace(reason=verdict.reason)
            found.append(record)
        return found

    def spoken_at(self, place: str) -> PageLanguage:
        return self.spoken.pages.get(place, PageLanguage(""))

    def _leads_to(self, place: str, record: Record) -> bool:
        """Note that the file of `record` leads to the page at `place`; False when there is none."""
        if place not in self._own:
            return False
        self.former.setdefault(self._own[place].path, []).append(places.own_path(record.path))
        return True

    def _permalink(self, record: Record, said: str) -> str:
        """What the page says where that is on its own site; else what its place in the folder says."""
        parts = urls.split(record.claim)
        if "?" in record.place or "?" in said or record.exported:
            return self._base + self._readable(record)
        if said and said != record.place and not self._by_place and parts is not None:
            return f"{self._base.partition('://')[0]}://{parts.netloc}{parts.path}"
        return self._base + places.own_path(record.path)

    def _readable(self, record: Record) -> str:
        """A path for a page that was asked for with a query, which no static site can answer: its title in its
        folder."""
        words = metadata.folded(record.meta.title(self._title)).replace(" ", "-")
        folder = "" if record.exported else places.own_path(record.path.rpartition("/")[0] + "/").rstrip("/")
        return f"{folder}/{quote(words)}/" if words else places.own_path(record.path).replace("?", "-")

    def _inside(self, url: str, path: str) -> str:
        """The path below the site of an address in a page, for comparing; empty where it leads elsewhere."""
        url = self._links.resolve(url, path)
        parts = urls.split(url)
        if parts is None or (
            parts.netloc and urls.plain_host(urls.host_of(url)) != urls.plain_host(urls.host_of(self._base))
        ):
            return ""
        root = urls.split(self._base)
        below = parts.path.removeprefix(root.path.rstrip("/")) if root else parts.path
        place = places.plain(below or "/")
        asked = f"{place}?{urls.decoded(parts.query)}" if parts.query else ""
        return asked if asked and (place == "/" or asked in self._own) else place

    def _entry(self, record: Record, permalink: str, title: str) -> Entry:
        meta = record.meta
        parts = urls.split(permalink)
        steps = [step for step in unquote(parts.path if parts else "").split("/") if step]
        spoken = self.spoken_at(record.place)
        dated = meta.date is not None and (
            meta.is_article or meta.date_source == "address" or record.place in self._listed
        )
        return Entry(
            id=page.id_of(record.path),
            kind="post" if dated else "page",
            role=Role.CONTENT,
            status=Status.DRAFT if record.private else Status.PUBLISHED,
            slug=_SUFFIX.sub("", steps[-1]) if steps else "index",
            title=title,
            permalink=permalink,
            date=meta.date,
            locator=Locator(record.number),
            language=spoken.language,
            group=spoken.group,
        )

    def _with_parents(self, rows: Sequence[Row]) -> Iterator[Row]:
        """A page below another one in the addresses is a page of it; all are below the home page anyway."""
        pages = {
            places.plain(entry.permalink): entry
            for _, entry, _ in rows
            if entry.role is Role.CONTENT and entry.kind == "page" and entry.permalink != self._base + "/"
        }
        for number, entry, log in rows:
            above = pages.get(places.plain(entry.permalink).rpartition("/")[0])
            if above is not None and entry.kind == "page" and above.language == entry.language:
                entry = replace(entry, parent=above.id)
            yield number, entry, log


def left_out(number: int, path: str, reason: str, title: str = "") -> Entry:
    """The entry of a file that is not converted."""
    return Entry(
        page.id_of(path), "file", Role.EXCLUDED, Status.PUBLISHED, title=title, reason=reason, locator=Locator(number)
    )
