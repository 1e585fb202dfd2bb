"""The head of a channel: the site, its authors and its terms; and the menus, which are spread over items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from lxml import etree
from msgspec.structs import replace

from converters.html.angle_brackets import keep_text
from converters.importers.wordpress import qtranslate
from converters.importers.wordpress.content.autop import autop
from converters.importers.wordpress.content.typography import in_print
from converters.importers.wordpress.dates import item_date
from converters.importers.wordpress.item import by_name, terms_of
from converters.importers.wordpress.languages import LanguageReader, code_of
from converters.importers.wordpress.menus import main_first, read_menu_item
from converters.importers.wordpress.navigation import read_navigation
from converters.importers.wordpress.rawitem import (
    RawItem,
    authors_of,
    children,
    field_name,
    plain,
    plain_name,
    public_login,
    text,
)
from converters.importers.wordpress.tally import Tally
from converters.importers.wordpress.values import BLANK
from converters.model import Asset, Author, Language, Menu, MenuItem, Site, Term
from converters.model.notices import Log
from converters.old_site.slugs import slug_of
from converters.old_site.uploads import folder_of
from converters.urls import decoded, of_web, split

_MOST_FOLDERS = 10

_TERM_FIELDS = {  # element: (taxonomy, slug, name, parent, description)
    "wp:category": ("category", "category_nicename", "cat_name", "category_parent", "category_description"),
    "wp:tag": ("post_tag", "tag_slug", "tag_name", "", "tag_description"),
    "wp:term": ("", "term_slug", "term_name", "term_parent", "term_description"),
}
_HEAD = re.compile(rb"^.*?<channel\b[^>]*>", re.S)
_FEET = re.compile(rb"</(?:channel|rss)\s*>")


class SiteReader:
    """Gathers what the heads of one or several exports of a site say, and the menu entries among their items."""

    def __init__(self, marked: Sequence[str] = ()) -> None:
        """`marked`: the languages of an export whose fields hold several at once."""
        self._marked = marked
        self.languages = LanguageReader()
        self.tally = Tally()
        self._fields: dict[str, str] = {}
        self._icon = ""
        self._authors: dict[str, Author] = {}
        self._terms: dict[tuple[str, str, str], Term] = {}
        self._used_terms: dict[tuple[str, str], Term] = {}
        self._authors_seen: set[str] = set()
        self._of_hidden: dict[str, tuple[set[str], set[str]]] = {}
        self._named: dict[str, dict[tuple[str, str], Term]] = {}
        """kind, empty for what is public -> terms that items name without a slug, by name"""
        self._terms_of_kinds: dict[str, dict[tuple[str, str], Term]] = {}
        self._menu_names: dict[str, str] = {}
        self._menu_items: dict[str, list[MenuItem]] = {}
        self._navigation: list[Menu] = []
        self._media_hosts: dict[str, None] = {}
        self._uploads: Counter[str] = Counter()
        self._kinds: dict[str, None] = {}
        self._options: dict[str, str] = {}

    def field(self, name: str) -> str:
        """A field of the head."""
        return self._fields.get(name, "")

    def option(self, name: str) -> str:
        """An option of the site, in an export that some tool has written them into."""
        return self._options.get(name) or self.field(f"wp:{name}")

    @property
    def base_url(self) -> str:
        return of_web(self.field("wp:base_blog_url") or self.field("link")).rstrip("/")

    @cached_property
    def joined(self) -> qtranslate.JoinedLanguages | None:
        """Takes fields apart that hold all languages at once. To be asked only once the head names the language."""
        if not self._marked:
            return None
        own = code_of(self.field("language"))
        default = next((code for code in (own, own.partition("-")[0]) if code in self._marked), self._marked[0])
        return qtranslate.JoinedLanguages(default, self.base_url)

    def take_head(self, channel: etree._Element) -> None:
        for child in channel.iterchildren("*"):
            name = field_name(child)
            if name == "wp:author":
                self._take_author(child, children(child))
            elif name in _TERM_FIELDS:
                self._take_term(name, child)
            elif name == "wp:option":
                fields = children(child)
                self._options.setdefault(fields.get("wp:option_name", ""), fields.get("wp:option_value", ""))
            elif name == "image":
                self._icon = self._icon or children(child).get("url", "")
            else:
                self._fields.setdefault(name, text(child).strip())

    def _take_author(self, element: etree._Element, fields: dict[str, str]) -> None:
        login = public_login(fields.get("wp:author_login", ""))
        full = f"{fields.get('wp:author_first_name', '')} {fields.get('wp:author_last_name', '')}".strip()
        name = plain(fields.get("wp:author_display_name", "")) or plain(full) or login
        if login not in self._authors:
            self.tally.author(element, fields, name)
            self._authors[login] = Author(fields.get("wp:author_id", ""), login, name)

    def take_guest_author(self, item: RawItem) -> None:
        """Co-Authors Plus keeps guests as items; posts name them by slug."""
        slug = item["wp:post_name"] or item.first_meta("cap-user_login")
        if slug:
            name = plain(item["title"]) or slug
            url, bio = of_web(item.first_meta("cap-website")), described(item.first_meta("cap-description"))
            self._authors.setdefault(slug, Author(item["wp:post_id"], slug, name, url=url, bio=bio))

    def _take_term(self, element: str, child: etree._Element) -> None:
        taxonomy, slug, name, parent, description = _TERM_FIELDS[element]
        fields = children(child)
        taxonomy = taxonomy or fields.get("wp:term_taxonomy", "")
        found = Term(
            taxonomy=taxonomy,
            slug=decoded(fields.get(f"wp:{slug}", "")),
            name=fields.get(f"wp:{name}", "") or decoded(fields.get(f"wp:{slug}", "")),
            parent=decoded(fields.get(f"wp:{parent}", "")) if parent else "",
            description=described(fields.get(f"wp:{description}", "")),
            id=fields.get("wp:term_id", ""),
            meta=self.tally.term_fields(child) if "wp:termmeta" in fields else {},
        )
        readings = [found] if self.joined is None else self.joined.terms(found)
        for term in (replace(reading, name=plain_name(reading.name)) for reading in readings):
            if taxonomy == "nav_menu":
                self._menu_names.setdefault(term.slug, term.name)
            elif taxonomy and not self.languages.take_term(term):
                self._terms.setdefault((taxonomy, term.slug, term.language), term)

    def take_used_terms(self, item: RawItem, kind: str = "") -> None:
        """The terms of an item: an export of one kind of content names the site's terms nowhere else.

        `kind`: they count only once `terms_are_used` says that items of this kind are public.
        """
        used = self._terms_of_kinds.setdefault(kind, {}) if kind else self._used_terms
        for term in terms_of(item):
            if term.slug:
                used.setdefault((term.taxonomy, term.slug), term)
            else:
                self._named.setdefault(kind, {}).setdefault((term.taxonomy, term.name), term)

    def take_authors(self, item: RawItem, *, hidden: str) -> None:
        """Who wrote an item. `hidden`: the type of one that is a record, or of a type that was not public.

        A shop's customers are authors of their orders; no page is to name them, nor the groups they were sorted into.
        """
        if hidden:
            authors, taxonomies = self._of_hidden.setdefault(hidden, (set(), set()))
            authors.update(authors_of(item))
            taxonomies.update(category.domain for category in item.categories)
        else:
            self._authors_seen.update(authors_of(item))

    def _only_hidden(self, is_open: Callable[[str], bool]) -> tuple[set[str], set[str]]:
        """(authors, taxonomies) that only items of types that were not public have."""
        found = [pair for kind, pair in self._of_hidden.items() if not is_open(kind)]
        authors, taxonomies = {name for pair in found for name in pair[0]}, {name for pair in found for name in pair[1]}
        used = {"category", "post_tag", *(taxonomy for taxonomy, _ in self._used_terms)}
        return authors - self._authors_seen, taxonomies - used

    def terms_are_used(self, kind: str) -> None:
        for key, term in self._terms_of_kinds.pop(kind, {}).items():
            self._used_terms.setdefault(key, term)
        public = self._named.setdefault("", {})
        for key, term in self._named.pop(kind, {}).items() if kind else ():
            public.setdefault(key, term)

    def take_menu_item(self, item: RawItem, id: str) -> None:
        menu = next((category for category in item.categories if category.domain == "nav_menu"), None)
        if menu is None:
            return
        slug = decoded(menu.slug)
        name = menu.name if self.joined is None else self.joined.name(menu.name, self.joined.default)
        self._menu_names.setdefault(slug, plain(name))
        entry = read_menu_item(item) if self.joined is None else self.joined.menu_item(item, read_menu_item)
        self._menu_items.setdefault(slug, []).append(replace(entry, id=id))
        self.tally.menu_item(item)

    def take_other(self, item: RawItem, kind: str) -> None:
        """An item that says something of the site and is no part of it otherwise."""
        if kind == "guest-author":
            self.take_guest_author(item)
        elif kind == "wp_navigation" and item["wp:status"] == "publish":
            self.take_navigation(item)

    def take_navigation(self, item: RawItem) -> None:
        """A menu of a block theme; it counts where the site has no others."""
        if entries := read_navigation(item, self.base_url + "/"):
            self._navigation.append(Menu(decoded(item["wp:post_name"]), plain(item["title"]), entries))

    def take_media(self, asset: Asset) -> None:
        """Uploads of WordPress.com and of sites with a media host of their own lie on other hosts than the site."""
        parts = split(asset.url)
        if parts is not None and parts.hostname:
            self._media_hosts.setdefault(parts.hostname)
            if folder := folder_of(asset.url, asset.path):
                self._uploads[folder] += 1

    def take_kind(self, kind: str) -> None:
        self._kinds.setdefault(kind)

    def site(
        self, *, icon: str, time_zone: str, is_open: Callable[[str], bool], posts_pages: tuple[str, ...] = ()
    ) -> Site:
        """The site as known by now. `icon` is the address of the media library's site icon, if it has one; `is_open`
        says of which kinds something was public; `posts_pages` are the pages that list the posts."""
        languages = self.languages.languages(self.field("language"))
        self._find_named()
        authors, taxonomies = self._only_hidden(is_open)
        menus = [Menu(slug, name, self._menu(slug)) for slug, name in self._menu_names.items()]
        if not any(menu.items for menu in menus):
            menus += self._navigation
        declared = (self._declared(term) for term in self._terms.values() if term.taxonomy not in taxonomies)
        terms = (*declared, *self._undeclared())
        named = tuple(author for author in self._authors.values() if author.login not in authors)
        return Site(
            draws_quotes=True,
            title=self._said("title"),
            description=self._said("description"),
            base_url=self.base_url,
            language=self.field("language"),
            time_zone=time_zone,
            icon=icon or self._icon,
            generator=self.field("generator"),
            authors=named,
            terms=terms,
            counted={**self.tally.counts, "terms": len(terms), "authors": len(named)},
            menus=main_first(menus, self.base_url),
            kinds=tuple(self._kinds),
            closed_kinds=tuple(kind for kind in self._kinds if not is_open(kind)),
            media_hosts=tuple(self._media_hosts),
            exported=item_date("", "", self.field("pubDate"), Log()),
            uploads=tuple(folder for folder, _ in self._uploads.most_common(_MOST_FOLDERS)),
            posts_pages=posts_pages,
            languages=tuple(self._titled(language) for language in languages),
            default_below_code=bool(languages) and self.languages.below_code(languages[0].code),
            joined_languages=self.joined.default if self.joined is not None else "",
        )

    def _find_named(self) -> None:
        """The terms that items name without a slug: those of the name, else new ones with the slug that WordPress's
        importer gives them (`wp_insert_term`)."""
        if not (named := self._named.pop("", {})):
            return
        known = by_name((*self._terms.values(), *self._used_terms.values()))
        language = self.field("language")
        for key, term in named.items():
            slug = known[key].slug if key in known else slug_of(term.name, language) or term.name
            self._used_terms.setdefault((term.taxonomy, slug), replace(term, slug=slug))

    def _declared(self, term: Term) -> Term:
        used = (term.taxonomy, term.slug) in self._used_terms
        return replace(self.languages.term(term), empty=not used)

    def _undeclared(self) -> list[Term]:
        """Terms that only items name. Where there are several languages, nothing says which one theirs is."""
        if self.joined is not None or self.languages.languages(self.field("language")):
            return []
        known = {(taxonomy, slug) for taxonomy, slug, _ in self._terms}
        return [term for key, term in self._used_terms.items() if key not in known]

    def _said(self, field: str, language: str = "") -> str:
        text = self.field(field)
        return plain(text if self.joined is None else self.joined.name(text, language or self.joined.default))

    def _titled(self, language: Language) -> Language:
        """The language with the site's title and description, where it has them in several."""
        if self.joined is None:
            return language
        return replace(
            language, title=self._said("title", language.code), description=self._said("description", language.code)
        )

    def _menu(self, slug: str) -> tuple[MenuItem, ...]:
        return tuple(sorted(self._menu_items.get(slug, ()), key=lambda item: item.order))


def channel_head(data: bytes) -> bytes:
    """The part of a file before, between or behind its items as the inside of one element."""
    head = _FEET.sub(b"", _HEAD.sub(b"", data, count=1))
    return b"<item>" + head + b"</item>"


def described(text: str) -> str:
    """What WordPress shows of a description (the filters on `term_description`); a line of words as it is."""
    text = keep_text(text)
    return in_print(autop(text).strip(BLANK) if "\n" in text else text)
