"""A built site over a real server on loopback, and a crawler that follows whatever a reader's browser would.

Addresses of the site's own host (`base`) are asked of the server on loopback; those of other hosts are left alone.
"""

from __future__ import annotations

import http.client
import mimetypes
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit
from xml.etree import ElementTree

from converters.html import tree

REDIRECTS = frozenset({301, 302, 307, 308})
_LINKS = {  # element -> attributes that hold an address
    "a": ("href",),
    "area": ("href",),
    "link": ("href",),
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "iframe": ("src",),
    "script": ("src",),
    "object": ("data",),
    "embed": ("src",),
}
_CARDS = ("og:image", "twitter:image")
"""The pictures that other sites show of a page."""
_URL_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_NOT_ASKED = ("data:", "mailto:", "javascript:", "tel:", "http://#", "https://#")
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"]+)", re.I)


class Answer(NamedTuple):
    status: int
    type: str
    location: str
    body: bytes


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder below `root`, the path of the site on its host."""

    def __init__(self, *args: Any, root: str, **kwargs: Any) -> None:
        self._root = root
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        plain = path.partition("?")[0].partition("#")[0]
        if self._root and not plain.startswith(self._root + "/"):
            return str(Path(self.directory) / "nothing is there")
        return super().translate_path(path[len(self._root) :])

    def list_directory(self, path: Any) -> None:
        """A folder without a page is no page."""
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the tests tell what went wrong."""


class Site:
    """A site that is served at `http://127.0.0.1:port`, and believes to be at `base`."""

    def __init__(self, port: int, base: str) -> None:
        self.port = port
        self.base = base.rstrip("/") + "/"
        self._host = urlsplit(self.base).netloc
        self.root = urlsplit(self.base).path.rstrip("/")

    def own(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and parts.netloc == self._host

    def ask(self, url: str) -> Answer:
        """One request; no redirect is followed."""
        parts = urlsplit(url)
        path = quote(unquote(parts.path or "/"), safe="/%:@!$&'()*+,;=~-._")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            target = path + ("?" + parts.query if parts.query else "")
            connection.request("GET", target, headers={"Host": self._host})
            response = connection.getresponse()
            kind = (response.headers.get_content_type() or "").lower()
            location = response.headers.get("Location", "")
            return Answer(response.status, kind, urljoin(url, location) if location else "", response.read())
        finally:
            connection.close()

    def follow(self, url: str, most: int = 1) -> tuple[Answer, str, int]:
        """(last answer, its address, redirects on the way): of the server, and of pages that send a reader on."""
        answer, count = self.ask(url), 0
        while count < most:
            goal = answer.location if answer.status in REDIRECTS else refresh(answer, url)
            if not goal or not self.own(goal):
                break
            url, count = goal, count + 1
            answer = self.ask(url)
        return answer, url, count


def refresh(answer: Answer, url: str) -> str:
    """Where a page sends its reader at once, as Hugo's aliases do."""
    if answer.status != 200 or answer.type != "text/html" or b"http-equiv" not in answer.body[:4000].lower():
        return ""
    for meta in tree.parse(answer.body.decode("utf-8", "replace")).iter("meta"):
        found = (
            _REFRESH.search(str(meta.get("content") or "")) if meta.get("http-equiv", "").lower() == "refresh" else None
        )
        if found:
            return str(urljoin(url, found[1].strip()))
    return ""


@contextmanager
def served(folder: Path, base: str) -> Iterator[Site]:
    handler = partial(_Quiet, directory=str(folder), root=urlsplit(base).path.rstrip("/"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Site(server.server_address[1], base)
    finally:
        server.shutdown()
        server.server_close()
        thread.join(120)


class Broken(NamedTuple):
    """An address that does not lead where it should: on which page, what it is, what is wrong with it."""

    page: str
    url: str
    why: str


class Crawl(NamedTuple):
    pages: int
    links: int
    files: int
    broken: list[Broken]
    answers: dict[str, Answer]
    """address -> what was answered there"""


def crawl(site: Site, starts: Iterable[str] = ("",)) -> Crawl:
    """Follow every link of the site from its home, and of the pages at `starts`."""
    return _Crawler(site).run(starts)


class _Crawler:
    def __init__(self, site: Site) -> None:
        self._site = site
        self._seen: dict[str, Answer] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._asked: list[tuple[str, str]] = []

    def run(self, starts: Iterable[str]) -> Crawl:
        todo = [urljoin(self._site.base, start) for start in starts]
        links: list[tuple[str, str, str]] = []
        while todo:
            url = todo.pop()
            if url in self._seen:
                continue
            answer = self._seen[url] = self._site.ask(url)
            on = answer.location if answer.status in REDIRECTS else ""
            found = [("location", on)] if on else list(addresses(answer, url))
            for tag, goal in found:
                if self._site.own(goal):
                    links.append((url, tag, goal))
                    todo.append(_whole(goal))
        broken = [Broken(page, goal, why) for page, tag, goal in links if (why := self._why(tag, goal))]
        pages = sum(answer.type == "text/html" and answer.status == 200 for answer in self._seen.values())
        return Crawl(pages, len(links), len(self._seen), sorted(set(broken)), self._seen)

    def _why(self, tag: str, goal: str) -> str:
        answer, url = self._seen[_whole(goal)], _whole(goal)
        for _ in range(3):
            on = answer.location if answer.status in REDIRECTS else refresh(answer, url)
            if not on or not self._site.own(on):
                break
            url = _whole(on)
            answer = self._seen.get(url) or self._site.ask(url)
        if answer.status != 200:
            return f"{'missing ' + tag if tag in ('img', 'video', 'audio', 'source') else 'broken'}: {answer.status}"
        fragment = unquote(urlsplit(goal).fragment)
        if (
            fragment
            and answer.type == "text/html"
            and fragment != "top"
            and fragment not in self._fragments(url, answer)
        ):
            return "missing fragment"
        return ""

    def _fragments(self, url: str, answer: Answer) -> frozenset[str]:
        if url not in self._names:
            root = tree.parse(answer.body.decode("utf-8", "replace"))
            named = (element.get(key) for element in root.iter("*") for key in ("id", "name"))
            self._names[url] = frozenset(str(name) for name in named if name)
        return self._names[url]


def _whole(url: str) -> str:
    """The address without its fragment."""
    return urlunsplit((*urlsplit(url)[:4], ""))


def addresses(answer: Answer, url: str) -> Iterator[tuple[str, str]]:
    """(element, absolute address) of everything an answer leads to."""
    if answer.status != 200:
        return
    if answer.type == "text/html":
        text = answer.body.decode("utf-8", "replace")
        yield from ((tag, urljoin(url, goal)) for tag, goal in _in_html(text))
    elif answer.type == "text/css":
        yield from (
            ("css", urljoin(url, goal)) for goal in _URL_IN_STYLE.findall(answer.body.decode("utf-8", "replace"))
        )
    elif answer.type.endswith("xml"):
        yield from _in_xml(answer.body, url)


def _in_html(text: str) -> Iterator[tuple[str, str]]:
    for element in tree.parse(text).iter("*"):
        tag = str(element.tag)
        for name in _LINKS.get(tag, ()):
            value = str(element.get(name) or "").strip()
            if value and not value.startswith(_NOT_ASKED):
                yield tag, value
        if tag == "meta" and (element.get("property") or element.get("name")) in _CARDS:
            yield "img", str(element.get("content") or "").strip()
        for candidate in str(element.get("srcset") or "").split(", "):
            if candidate.strip():
                yield "img", candidate.split()[0]
        yield from (("style", goal) for goal in _URL_IN_STYLE.findall(str(element.get("style") or "")))


def _in_xml(data: bytes, url: str) -> Iterator[tuple[str, str]]:
    """Feeds and site maps: the addresses they name, and those in the HTML of their items."""
    for element in ElementTree.fromstring(data).iter():
        name = element.tag.rpartition("}")[2]
        value = (element.text or "").strip()
        if name in ("link", "loc") and value:
            yield "link", urljoin(url, value)
        if element.get("href"):
            yield "link", urljoin(url, element.get("href", ""))
        if name == "enclosure":
            yield "enclosure", urljoin(url, element.get("url", ""))
        if name == "encoded" and value:
            yield from (
                ("a" if tag == "a" else tag, urljoin(url, goal)) for tag, goal in _in_html(value) if goal[0] != "#"
            )


mimetypes.add_type("application/rss+xml", ".rss")
