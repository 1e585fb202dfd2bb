"""What a WordPress site answered besides its items: lists of terms and authors, and the feeds of them.

The addresses are those of `WP_Rewrite`, as https://wordpress.org/documentation/article/customize-permalinks/ and
https://wordpress.org/documentation/article/wordpress-feeds/ describe them: `/category/a/b/`, `/tag/x/`,
`/<taxonomy>/x/`, `/author/login/`, each with `page/2/` and `feed/` behind it; and without permalinks `?cat=3`,
`?tag=x`, `?author=1`, `?feed=rss2`. Bases that a site chose for itself are not part of an export.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import parse_qs

from converters import urls
from converters.model import Author, Site, Term
from converters.model.limits import DEFAULT
from converters.old_site.languages import Languages
from converters.old_site.slugs import slug_of

BASES = {"category": "category", "post_tag": "tag"}  # WordPress's own, where a site did not choose others
_OF_PLUGINS = {
    "product_cat": "product-category", "product_tag": "product-tag", "product_brand": "brand",  # WooCommerce
    "download_category": "downloads/category", "download_tag": "downloads/tag",  # Easy Digital Downloads
    "jetpack-portfolio-type": "project-type", "jetpack-portfolio-tag": "project-tag",  # Jetpack
    "tribe_events_cat": "events/category",  # The Events Calendar
    "event-categories": "events/categories", "event-tags": "events/tags",  # Events Manager
    "topic-tag": "forums/topic-tag",  # bbPress
}  # fmt: skip
"""Those that plug-ins register under another name than the taxonomy's."""
_NESTED = frozenset({"category", "product_cat", "product_brand", "tribe_events_cat"})
"""Taxonomies whose lists stood below those of the terms above."""
FEEDS = ("feed", "feed/rss", "feed/rss2", "feed/atom", "feed/rdf", "rss", "rss2", "atom", "rdf")
_CHOOSING = frozenset(
    """p page_id attachment_id attachment name pagename post_type cat category_name tag tag_id taxonomy term author
    author_name s m year monthnum day w feed lang preview post_format""".split()
)
"""What an address can choose by its query, of WordPress's public query variables:
https://developer.wordpress.org/reference/classes/wp/#public-query-variables"""
_NICENAME = 50
"""Characters of the slug of a login."""
_HUGO_FEED = "index.xml"
"""Of a site that was one of Hugo's; https://gohugo.io/templates/rss/"""
_FILE = ".html"
"""What the address of a list ends in where pages are files; that of its feed begins with the rest."""
_COMMENT_FEEDS = ("comments/feed", "comments/feed/rss2", "comments/feed/atom")


class Archive(NamedTuple):
    """A list of the old site: its path, with `/` at both ends, and whether its feed was asked for."""

    path: str
    feed: bool = False


class Archives:
    """The lists of one site, by their old addresses."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.folder = Languages(site).folder
        self._folders = [self.folder(language.code) for language in site.languages] or [""]
        if "" not in self._folders:
            self._folders.append("")
        self._root = urls.root_of(site.base_url)
        self._told = bool(site.feed_file)
        """Has the source told where its lists were? Then nothing answered by WordPress's rules."""
        self._tails = (site.feed_file,) if self._told else (*FEEDS, *_COMMENT_FEEDS, _HUGO_FEED)

    @cached_property
    def _above(self) -> dict[tuple[str, str, str], Term]:
        return {(term.taxonomy, term.slug, term.language): term for term in reversed(self._site.terms)}

    @cached_property
    def _any_language(self) -> dict[tuple[str, str], Term]:
        return {(term.taxonomy, term.slug): term for term in reversed(self._site.terms)}

    def term_path(self, term: Term) -> str:
        """Where the list of a term stood.

        WordPress puts the slugs from the topmost one down into that of a category (`get_term_link`); into that of
        another taxonomy only where it was registered so, as WooCommerce's is. A source that tells the paths itself is
        believed, also where it tells none.
        """
        return term.link or ("" if self._told else self._path(term, nested=term.taxonomy in _NESTED))

    def other_term_paths(self, term: Term) -> Iterator[str]:
        """Where else the list of a term may have stood: an export does not say how a taxonomy was registered."""
        if term.taxonomy not in BASES and not term.link and not self._told:
            flat, nested = self._path(term, nested=False), self._path(term, nested=True)
            own = self.term_path(term)
            yield from (path for path in dict.fromkeys((flat, nested)) if path != own)

    def _path(self, term: Term, *, nested: bool) -> str:
        line = [one.slug for one in self.above(term)] if nested and term.parent else []
        base = BASES.get(term.taxonomy) or _OF_PLUGINS.get(term.taxonomy, term.taxonomy)
        return f"{self.folder(term.language)}/{'/'.join([base, *reversed(line), term.slug])}/"

    def above(self, term: Term) -> Iterator[Term]:
        """The terms above a term, the nearest first; of terms nested beyond any sense, those nearest."""
        seen = {term.slug}
        above: Term | None = term
        while above is not None and above.parent and above.parent not in seen and len(seen) < DEFAULT.content_depth:
            key = above.taxonomy, above.parent
            above = self._above.get((*key, term.language)) or self._any_language.get(key)
            if above is not None:
                seen.add(above.slug)
                yield above

    def author_paths(self, author: Author) -> Iterator[str]:
        """Where the list of an author stood: one address a language."""
        for folder in self._folders:
            yield f"{folder}/author/{self._slugs[author.login]}/"

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return nicenames(self._site)

    @cached_property
    def _lists(self) -> dict[str, str]:
        """path as `urls.key` makes it -> path"""
        found = {urls.key(f"{folder}/"): f"{folder}/" for folder in self._folders}
        for term in self._site.terms:
            if term.slug and (path := self.term_path(term)):
                found.setdefault(urls.key(path), path)
        for term in self._site.terms:
            for other in self.other_term_paths(term) if term.slug and term.parent else ():
                found.setdefault(urls.key(other), self.term_path(term))
        found |= {urls.key(row.link): row.link for row in self._site.lists if row.link}
        for link, former in further(self._site):
            found.setdefault(urls.key(former), link)
        for author in self._site.authors:
            found |= {urls.key(path): path for path in self.author_paths(author) if self._slugs[author.login]}
        return found

    @cached_property
    def _queries(self) -> dict[tuple[str, str], str]:
        """(name, value) of a query -> path"""
        found: dict[tuple[str, str], str] = {}
        for term in self._site.terms if not self._told else ():
            name = {"category": "category_name", "post_tag": "tag"}.get(term.taxonomy, term.taxonomy)
            found.setdefault((name, term.slug), self.term_path(term))
            if term.taxonomy == "category" and term.id:
                found.setdefault(("cat", term.id), self.term_path(term))
        for author in self._site.authors if not self._told else ():
            if self._slugs[author.login]:
                path = next(iter(self.author_paths(author)))
                found |= {("author", author.id): path, ("author_name", self._slugs[author.login]): path}
        return found

    def find(self, address: urls.OwnAddress) -> Archive | None:
        """The list an address led to: itself, one of its further pages, or its feed."""
        path = urls.key(address.path)
        path = path[len(self._root) :] or "/" if self._root and f"{path}/".startswith(f"{self._root}/") else path
        if address.query:
            asked = [(key, value) for key, values in parse_qs(address.query).items() for value in values[:1]]
            by_query = next((self._queries[pair] for pair in asked if pair in self._queries), None)
            feed = any(key == "feed" for key, _ in asked)
            if by_query is not None or (feed and path in self._lists):
                return Archive(by_query or self._lists[path], feed)
            spoken = next((f"{self.folder(value)}{path}".rstrip("/") for key, value in asked if key == "lang"), None)
            if chooses(address.query) and spoken is None:
                return None
            path = (spoken or "/") if spoken is not None else path
        feed = False
        for tail in self._tails:
            stem = path[: -len(tail) - 1] or "/" if path.endswith(f"/{tail}") else ""
            if listed := next((known for known in (stem, f"{stem}{_FILE}") if stem and known in self._lists), ""):
                path, feed = listed, True
                break
        front, _, number = path.rpartition("/page/")
        path = (front or "/") if number.isdecimal() else path
        if path not in self._lists:
            path = self._below_others(path)
        return Archive(self._lists[path], feed) if path in self._lists else None

    def paths(self) -> Iterable[str]:
        """The addresses of all lists, each once."""
        return dict.fromkeys(self._lists.values())

    @cached_property
    def _by_base(self) -> dict[str, dict[str, str]]:
        """The base of a taxonomy with terms below others -> slug -> path as `urls.key` makes it."""
        found: dict[str, dict[str, str]] = {}
        for term in self._site.terms:
            if term.slug and term.taxonomy in _NESTED and not term.link:
                base = BASES.get(term.taxonomy) or _OF_PLUGINS[term.taxonomy]
                slugs = found.setdefault(f"{self.folder(term.language)}/{base}", {})
                slugs.setdefault(term.slug.lower(), urls.key(self.term_path(term)))
        return found

    def _below_others(self, path: str) -> str:
        """The list of the term that the last part of a path names: WordPress looks at no other part
        (`WP_Query::parse_tax_query`), so that links hold when a category comes to be below another."""
        for base, slugs in self._by_base.items():
            if path.startswith(f"{base}/"):
                return slugs.get(path.rpartition("/")[2].lower(), path)
        return path

    def former(self) -> Iterator[tuple[str, Archive]]:
        """(old path and query, the list) of all that stood at another address than the list itself."""
        for key, path in self._lists.items():
            if key != urls.key(path):
                yield f"{key}/", Archive(path)
                if not self._told:
                    yield f"{key}/{FEEDS[0]}/", Archive(path, True)
                continue
            if self._told:
                continue
            home = key in {urls.key(f"{folder}/") for folder in self._folders}
            tails = (*FEEDS, *_COMMENT_FEEDS) if home else FEEDS[:1]
            for tail in tails:
                yield f"{path}{tail}/", Archive(path, True)
            if key == "/":
                yield from (
                    (f"/?feed={kind}", Archive(path, True)) for kind in ("rss2", "rss", "atom", "comments-rss2")
                )
        for (name, value), path in self._queries.items():
            yield f"/?{name}={value}", Archive(path)


def further(site: Site) -> Iterator[tuple[str, str]]:
    """(path of a list, another path that led to it), of the lists that the source has told of."""
    for row in site.lists:
        yield from ((row.link, former) for former in row.former)
    for term in site.terms:
        yield from ((term.link, former) for former in term.former)


def feed_path(path: str, file: str) -> str:
    """The address of the feed of a list: behind its own, or in the folder beside a page that is a file."""
    return f"{path.removesuffix(_FILE).rstrip('/')}/{file}"


def chooses(query: str) -> bool:
    """Does the query say what is to be shown?"""
    return not _CHOOSING.isdisjoint(parse_qs(query, keep_blank_values=True))


def nicenames(site: Site) -> dict[str, str]:
    """login -> the slug of each author, as `nicename` makes it; a second one of the same slug gets `-2` behind it, as
    `wp_insert_user` gives it."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for author in site.authors:
        slug, number = nicename(author.login), 2
        unique = slug
        while unique and unique in taken:
            unique, number = f"{slug}-{number}", number + 1
        taken.add(unique)
        found.setdefault(author.login, unique)
    return found


def nicename(login: str) -> str:
    """The slug that WordPress makes of a login, for the URL of the author's list (`wp_insert_user`)."""
    return slug_of(login)[:_NICENAME].strip("-")
