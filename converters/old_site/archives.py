"""What a WordPress site answered besides its items: lists of terms and authors, and the feeds of them.

The addresses are those of `WP_Rewrite`, as https://wordpress.org/documentation/article/customize-permalinks/ and
https://wordpress.org/documentation/article/wordpress-feeds/ describe them: `/category/a/b/`, `/tag/x/`,
`/<taxonomy>/x/`, `/author/login/`, each with `page/2/` and `feed/` behind it; and without permalinks `?cat=3`,
`?tag=x`, `?author=1`, `?feed=rss2`. Bases that a site chose for itself are not part of an export.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple
from urllib.parse import parse_qs

from converters import urls
from converters.model import Author, Site, Term
from converters.model.limits import DEFAULT
from converters.old_site.languages import Languages

BASES = {"category": "category", "post_tag": "tag"}  # WordPress's own, where a site did not choose others
FEEDS = ("feed", "feed/rss", "feed/rss2", "feed/atom", "feed/rdf", "rss", "rss2", "atom", "rdf")
_CHOOSING = frozenset(
    """p page_id attachment_id attachment name pagename post_type cat category_name tag tag_id taxonomy term author
    author_name s m year monthnum day w feed lang preview post_format""".split()
)
"""What an address can choose by its query, of WordPress's public query variables:
https://developer.wordpress.org/reference/classes/wp/#public-query-variables"""
_HUGO_FEED = "index.xml"
"""Of a site that was one of Hugo's; https://gohugo.io/templates/rss/"""
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

    @cached_property
    def _above(self) -> dict[tuple[str, str, str], Term]:
        return {(term.taxonomy, term.slug, term.language): term for term in reversed(self._site.terms)}

    @cached_property
    def _any_language(self) -> dict[tuple[str, str], Term]:
        return {(term.taxonomy, term.slug): term for term in reversed(self._site.terms)}

    def term_path(self, term: Term) -> str:
        """Where the list of a term stood: WordPress puts the slugs from the topmost one down into it.

        Of terms nested beyond any sense, those nearest.
        """
        line = [term.slug]
        above: Term | None = term
        while above is not None and above.parent and above.parent not in line and len(line) < DEFAULT.content_depth:
            key = above.taxonomy, above.parent
            above = self._above.get((*key, term.language)) or self._any_language.get(key)
            if above is not None:
                line.insert(0, above.slug)
        return f"{self.folder(term.language)}/{'/'.join([BASES.get(term.taxonomy, term.taxonomy), *line])}/"

    def author_paths(self, author: Author) -> Iterator[str]:
        """Where the list of an author stood: one address a language."""
        for folder in self._folders:
            yield f"{folder}/author/{nicename(author.login)}/"

    @cached_property
    def _lists(self) -> dict[str, str]:
        """path as `urls.key` makes it -> path"""
        found = {urls.key(f"{folder}/"): f"{folder}/" for folder in self._folders}
        for term in self._site.terms:
            if term.slug:
                path = self.term_path(term)
                found.setdefault(urls.key(path), path)
        for author in self._site.authors:
            found |= {urls.key(path): path for path in self.author_paths(author) if nicename(author.login)}
        return found

    @cached_property
    def _queries(self) -> dict[tuple[str, str], str]:
        """(name, value) of a query -> path"""
        found: dict[tuple[str, str], str] = {}
        for term in self._site.terms:
            name = {"category": "category_name", "post_tag": "tag"}.get(term.taxonomy, term.taxonomy)
            found.setdefault((name, term.slug), self.term_path(term))
            if term.taxonomy == "category" and term.id:
                found.setdefault(("cat", term.id), self.term_path(term))
        for author in self._site.authors:
            if nicename(author.login):
                path = next(iter(self.author_paths(author)))
                found |= {("author", author.id): path, ("author_name", nicename(author.login)): path}
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
        for tail in (*FEEDS, *_COMMENT_FEEDS, _HUGO_FEED):
            if path.endswith(f"/{tail}") and (path[: -len(tail) - 1] or "/") in self._lists:
                path, feed = path[: -len(tail) - 1] or "/", True
                break
        front, _, number = path.rpartition("/page/")
        path = (front or "/") if number.isdecimal() else path
        return Archive(self._lists[path], feed) if path in self._lists else None

    def former(self) -> Iterator[tuple[str, Archive]]:
        """(old path and query, the list) of all that stood at another address than the list itself."""
        for key, path in self._lists.items():
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


def chooses(query: str) -> bool:
    """Does the query say what is to be shown?"""
    return not _CHOOSING.isdisjoint(parse_qs(query, keep_blank_values=True))


def nicename(login: str) -> str:
    """The slug WordPress makes of a login (`sanitize_title`): small letters, figures, `-` and `_`."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", login.lower()) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() or c in "_-" else "-" if c in " ./" else "" for c in plain)
    return "-".join(part for part in words.split("-") if part)
