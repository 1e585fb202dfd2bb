"""The old addresses of an export, read from its XML by rules of their own, and what a site answers at them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

from tests.crawl import Answer, Crawl, refresh
from tests.crawl import Site as Served
from tests.wxr import SPACES

BROKEN_BEFORE = {  # links that led nowhere in WordPress either
    "harbour": {"/x/{{y}}/"},
    "constructs": {"/q/{{slug}}/", "[harbour_url]", "#9f1c"},
}
FURTHER = {"traversees": "/fr", "news-fr": "/fr", "bateaux": "/fr", "winter-de": "/de"}
"""The terms of further languages in the export of Polylang."""
UPLOADS = re.compile(r"/wp-content/uploads/[\w./%-]+\.\w{3,4}")
RESIZED = re.compile(r"-\d+x\d+\.\w+$")
FORMS = ("feed/", "feed/rss2/", "feed/atom/")
PAGE = 10
"""Posts on a page of a list, in WordPress as it is installed."""


class Old:
    """What the site of one export answered."""

    def __init__(self, export: Path) -> None:
        text = export.read_text(encoding="utf-8")
        text = re.sub(r"https?(://wordpress\.org/export/)1\.[012]/", r"http\g<1>1.2/", text)
        self._channel = ElementTree.fromstring(text)[0]
        self.base = self._text(self._channel, "wp:base_blog_url").rstrip("/")
        self._root = urlsplit(self.base).path
        self._name = export.stem
        self._items = list(self._channel.iter("item"))

    @staticmethod
    def _text(element: ElementTree.Element, name: str) -> str:
        return (element.findtext(name, "", SPACES) or "").strip()

    def _shown(self, entry: ElementTree.Element) -> bool:
        kind, status = self._text(entry, "wp:post_type"), self._text(entry, "wp:status")
        furniture = kind.startswith(("wp_", "nav_menu")) or kind in ("revision", "custom_css", "oembed_cache")
        return status in ("publish", "inherit") and not self._text(entry, "wp:post_password") and not furniture

    def uploads(self) -> Iterator[str]:
        """The media library, and files that texts name without it; copies in other sizes of neither."""
        for entry in self._items:
            url = self._text(entry, "wp:attachment_url")
            if url:
                yield unquote(urlsplit(url).path).lstrip("/")
            for path in UPLOADS.findall(self._text(entry, "content:encoded")):
                if not RESIZED.search(path):
                    yield unquote(path).lstrip("/")

    def addresses(self) -> list[str]:
        """All that WordPress answered by itself: items, numbers, older slugs, files, lists, their feeds, dates."""
        return sorted({*self._of_items(), *self._of_lists(), *self._of_home(), *self._pages()})

    def behind(self) -> list[str]:
        """All that it answered behind such addresses: feeds of posts, other forms of feeds, further pages."""
        return sorted({*self._behind_items(), *self._behind_lists()})

    def _pages(self) -> Iterator[str]:
        """The further pages of the front page."""
        count = sum(len(urlsplit(url).path.removeprefix(self._root).strip("/")) == 4 for url in self._dates())
        yield from (f"{self.base}/page/{number}/" for number in range(2, -(-count // PAGE) + 1))

    def _of_items(self) -> Iterator[str]:
        for entry in filter(self._shown, self._items):
            kind, id, link = (self._text(entry, name) for name in ("wp:post_type", "wp:post_id", "link"))
            yield link
            yield f"{self.base}/?{'attachment_id' if kind == 'attachment' else 'p'}={id}"
            if kind == "page":
                yield f"{self.base}/?page_id={id}"
            for meta in entry.iterfind("wp:postmeta", SPACES):
                if self._text(meta, "wp:meta_key") == "_wp_old_slug":
                    slug = quote(unquote(self._text(entry, "wp:post_name")))
                    yield link.replace(f"/{slug}/", f"/{self._text(meta, 'wp:meta_value')}/")

    def _behind_items(self) -> Iterator[str]:
        for entry in filter(self._shown, self._items):
            link = f"{self.base}/{urlsplit(self._text(entry, 'link')).path.removeprefix(self._root).lstrip('/')}"
            if self._text(entry, "wp:post_type") != "attachment" and link.endswith("/") and link != f"{self.base}/":
                parts = self._text(entry, "content:encoded").count("<!--nextpage-->")
                tails = [*FORMS, "embed/", "comment-page-1/", *(f"{number + 2}/" for number in range(parts))]
                yield from (link + tail for tail in tails)

    def _dates(self) -> Iterator[str]:
        """The list of a year, of a month, of a day, once for each post in it."""
        for entry in filter(self._shown, self._items):
            if self._text(entry, "wp:post_type") == "post":
                day = datetime.fromisoformat(self._text(entry, "wp:post_date"))
                yield from (f"{self.base}/{day:{form}}/" for form in ("%Y", "%Y/%m", "%Y/%m/%d"))

    def _of_home(self) -> Iterator[str]:
        yield from (f"{self.base}/{path}" for path in ("", *FORMS, "comments/feed/", "?feed=rss2"))
        yield from self._dates()
        months = (urlsplit(url).path.removeprefix(self._root).strip("/").split("/") for url in self._dates())
        yield from (f"{self.base}/?m={''.join(parts)}" for parts in months if len(parts) == 2)
        if self._name == "polylang":
            yield from (f"{self.base}/{path}" for path in ("fr/", "de/", "fr/feed/", "fr/author/mira/", "de/feed/"))

    def _lists(self) -> Iterator[tuple[str, str, int]]:
        """(path, query, length) of the lists of terms and authors."""
        used = Counter(
            (term.get("domain"), term.get("nicename"))
            for entry in filter(self._shown, self._items)
            for term in entry.iterfind("category")
        )
        for element, slug, base in (("category", "category_nicename", "cat"), ("tag", "tag_slug", "tag")):
            for term in self._channel.iterfind(f"wp:{element}", SPACES):
                own = self._text(term, f"wp:{slug}")
                if not self._text(term, "wp:category_parent"):  # else it stands below another
                    folder = FURTHER.get(own, "") if self._name == "polylang" else ""
                    asked = f"{base}={self._text(term, 'wp:term_id') if base == 'cat' else own}"
                    length = used["post_tag" if element == "tag" else element, own]
                    yield f"{self.base}{folder}/{element}/{own}/", asked, length
        for author in self._channel.iterfind("wp:author", SPACES):
            login, id = self._text(author, "wp:author_login"), self._text(author, "wp:author_id")
            yield f"{self.base}/author/{login}/", f"author={id}", 0

    def _of_lists(self) -> Iterator[str]:
        for path, query, _ in self._lists():
            yield from (path, f"{path}feed/", f"{self.base}/?{query}")

    def _behind_lists(self) -> Iterator[str]:
        lengths = Counter({path: length for path, _, length in self._lists()})
        lengths.update(self._dates())
        lengths[f"{self.base}/"] = 0
        for path, length in lengths.items():
            yield from (path + form for form in FORMS)
            yield from (f"{path}page/{number}/" for number in range(2, -(-length // PAGE) + 1))


class Rule(NamedTuple):
    new: str
    forced: bool


class Netlify:
    """Netlify's reading of `_redirects`, for rules that name all parameters: exact ones, then `:a` and `*`."""

    def __init__(self, rules: str, base: str) -> None:
        self._base = base
        self._exact: dict[tuple[str, tuple[str, ...]], Rule] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for line in rules.splitlines():
            if line and not line.startswith("#"):
                path, *asked, new, status = line.split(" ")
                assert status in ("301", "301!")
                rule = Rule(new, status.endswith("!"))
                if "*" in path or "/:" in path:
                    assert not rule.forced
                    self._patterns.append((_pattern(path), new))
                else:
                    self._exact.setdefault((unquote(path).rstrip("/"), tuple(map(unquote, asked))), rule)

    def goal(self, url: str, *, there: bool = False) -> str:
        """Where the rules send a reader, themselves when nowhere. `there`: something stands at the address."""
        parts = urlsplit(url)
        asked = tuple(f"{name}={value}" for name, value in parse_qsl(parts.query))
        path = unquote(parts.path).rstrip("/")
        rule = self._exact.get((path, asked))
        if rule is not None and (rule.forced or not there):
            return urljoin(self._base, rule.new)
        fitting = ((found, new) for pattern, new in self._patterns if (found := pattern.fullmatch(path)))
        for found, new in () if there or asked else fitting:
            named = {f":{name}": value for name, value in found.groupdict().items()}
            for name, value in named.items():
                new = new.replace(f"{name}/", f"{quote(value)}/")
            return urljoin(self._base, new)
        return url


def _pattern(path: str) -> re.Pattern[str]:
    parts = (f"(?P<{part[1:]}>[^/]+)" if part[:1] == ":" else re.escape(unquote(part)) for part in path.split("/"))
    return re.compile("/".join(parts).removesuffix("/").replace(r"/\*", "(?:/.*)?"))


def answer(site: Served, url: str, rules: Netlify | None = None) -> tuple[Answer, str]:
    """(what an old address answers, its own address): at once, or by one redirect of the rules or of a page."""
    goal = rules.goal(url, there=site.ask(url).status == 200) if rules is not None else url
    return site.follow(goal, 0 if goal != url else 1)[:2]


def unanswered(site: Served, urls: list[str], rules: Netlify | None = None) -> list[str]:
    found = ((url, *answer(site, url, rules)) for url in urls)
    return [f"{url}: {end.status} at {at}" for url, end, at in found if end.status != 200 or refresh(end, at)]


def newly_broken(name: str, told: list[str], found: Crawl) -> list[str]:
    """The broken links of a crawl that the report does not name (`link.missing`), and that were whole before."""
    ends = tuple({unquote(urlsplit(what).path).strip("./") for what in told})
    before = tuple(BROKEN_BEFORE.get(name, ()))
    assert "" not in ends, "this would excuse every link"
    bad = []
    for page, url, why in found.broken:
        path = unquote(urlsplit(url).path).strip("/")
        if not path.endswith(ends) and not unquote(url).endswith(before):
            bad.append(f"{page} -> {url}: {why}")
    return bad
