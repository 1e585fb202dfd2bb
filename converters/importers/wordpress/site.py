"""The head of a channel: the site, its authors and its terms; and the menus, which are spread over items."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property

from lxml import etree
from msgspec.structs import replace

from converters.importers.wordpress import qtranslate
from converters.importers.wordpress.comments import with_smilies
from converters.importers.wordpress.content.autop import autop
from converters.importers.wordpress.item import terms_of
from converters.importers.wordpress.languages import LanguageReader, code_of
from converters.importers.wordpress.rawitem import (
    RawItem,
    authors_of,
    children,
    field_name,
    integer,
    plain,
    public_login,
    text,
)
from converters.model import Author, Language, Menu, MenuItem, Site, Term
from converters.urls import decoded, of_web, split

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
        self._fields: dict[str, str] = {}
        self._icon = ""
        self._authors: dict[str, Author] = {}
        self._terms: dict[tuple[str, str, str], Term] = {}
        self._used_terms: dict[tuple[str, str], Term] = {}
        self._authors_seen: set[str] = set()
        self._of_hidden: dict[str, tuple[set[str], set[str]]] = {}
        self._terms_of_kinds: dict[str, dict[tuple[str, str], Term]] = {}
        self._menu_names: dict[str, str] = {}
        self._menu_items: dict[str, list[MenuItem]] = {}
        self._media_hosts: dict[str, None] = {}
        self._kinds: dict[str, None] = {}

    def field(self, name: str) -> str:
        """A field of the head."""
        return self._fields.get(name, "")

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
                self._take_author(children(child))
            elif name in _TERM_FIELDS:
                self._take_term(name, child)
            elif name == "image":
                self._icon = self._icon or children(child).get("url", "")
            else:
                self._fields.setdefault(name, text(child).strip())

    def _take_author(self, fields: dict[str, str]) -> None:
        login = public_login(fields.get("wp:author_login", ""))
        full = f"{fields.get('wp:author_first_name', '')} {fields.get('wp:author_last_name', '')}".strip()
        name = plain(fields.get("wp:author_display_name", "")) or plain(full) or login
        self._authors.setdefault(login, Author(fields.get("wp:author_id", ""), login, name))

    def take_guest_author(self, item: RawItem) -> None:
        """Co-Authors Plus keeps guests as items; posts name them by slug."""
        slug = item["wp:post_name"] or item.first_meta("cap-user_login")
        if slug:
            name = plain(item["title"]) or slug
            self._authors.setdefault(
                slug, Author(item["wp:post_id"], slug, name, bio=item.first_meta("cap-description"))
            )

    def _take_term(self, element: str, child: etree._Element) -> None:
        taxonomy, slug, name, parent, description = _TERM_FIELDS[element]
        fields = children(child)
        taxonomy = taxonomy or fields.get("wp:term_taxonomy", "")
        found = Term(
            taxonomy=taxonomy,
            slug=decoded(fields.get(f"wp:{slug}", "")),
            name=fields.get(f"wp:{name}", ""),
            parent=decoded(fields.get(f"wp:{parent}", "")) if parent else "",
            description=_description(fields.get(f"wp:{description}", "")),
            id=fields.get("wp:term_id", ""),
        )
        readings = [found] if self.joined is None else self.joined.terms(found)
        for term in (replace(reading, name=plain(reading.name)) for reading in readings):
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
            if term.slug and term.taxonomy:
                used.setdefault((term.taxonomy, term.slug), term)

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

    def take_menu_item(self, item: RawItem) -> None:
        menu = next((category for category in item.categories if category.domain == "nav_menu"), None)
        if menu is None:
            return
        slug = decoded(menu.slug)
        name = menu.name if self.joined is None else self.joined.name(menu.name, self.joined.default)
        self._menu_names.setdefault(slug, plain(name))
        entry = self._menu_item(item) if self.joined is None else self.joined.menu_item(item, self._menu_item)
        self._menu_items.setdefault(slug, []).append(entry)

    def _menu_item(self, item: RawItem) -> MenuItem:
        parent = item.first_meta("_menu_item_menu_item_parent")
        return MenuItem(
            id=item["wp:post_id"],
            parent=parent if parent != "0" else "",
            title=plain(item["title"]),
            order=integer(item["wp:menu_order"]),
            kind=item.first_meta("_menu_item_type") or "custom",
            object=item.first_meta("_menu_item_object"),
            target=item.first_meta("_menu_item_object_id"),
            address=item.first_meta("_menu_item_url"),
            description=item["content:encoded"].strip(),
        )

    def take_media(self, url: str) -> None:
        """Uploads of WordPress.com and of sites with a media host of their own lie on other hosts than the site."""
        parts = split(url)
        if parts is not None and parts.hostname:
            self._media_hosts.setdefault(parts.hostname)

    def take_kind(self, kind: str) -> None:
        self._kinds.setdefault(kind)

    def site(self, *, icon: str, time_zone: str, is_open: Callable[[str], bool]) -> Site:
        """The site as known by now. `icon` is the address of the media library's site icon, if it has one; `is_open`
        says of which kinds something was public."""
        languages = self.languages.languages(self.field("language"))
        authors, taxonomies = self._only_hidden(is_open)
        terms = (self._declared(term) for term in self._terms.values() if term.taxonomy not in taxonomies)
        return Site(
            title=self._said("title"),
            description=self._said("description"),
            base_url=self.base_url,
            language=self.field("language"),
            time_zone=time_zone,
            icon=icon or self._icon,
            generator=self.field("generator"),
            authors=tuple(author for author in self._authors.values() if author.login not in authors),
            terms=(*terms, *self._undeclared()),
            menus=tuple(Menu(slug, name, self._menu(slug)) for slug, name in self._menu_names.items()),
            kinds=tuple(self._kinds),
            closed_kinds=tuple(kind for kind in self._kinds if not is_open(kind)),
            media_hosts=tuple(self._media_hosts),
            languages=tuple(self._titled(language) for language in languages),
            default_below_code=bool(languages) and self.languages.below_code(languages[0].code),
            joined_languages=self.joined.default if self.joined is not None else "",
        )

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


def _description(text: str) -> str:
    """What WordPress shows of a term's description (the filters on `term_description`); a line of words as it is."""
    text = with_smilies(text)
    return autop(text).strip() if "\n" in text else text
