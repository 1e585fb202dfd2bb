"""Where pages stood: addresses by file and by what pages say, and links from file to file as links of the site.

A static site lies below an address that only its pages know (`<link rel=canonical>`, `og:url`): what stands in front of
a page's own path there is the site's. A saved page has the address it was saved from, and its pictures beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from posixpath import normpath
from urllib.parse import SplitResult, quote, unquote, urljoin

from lxml import etree

from converters import urls
from converters.model.notices import Log

_INDEX = re.compile(r"(?:^|(?<=/))(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_QUERY = re.compile(
    r"(?P<file>(?:.*/)?(?:[^/?@]*\.(?:html?|php\d?|aspx?|jsp|cfm|cgi|pl|shtml))?)(?:\?|@|%3F)"
    r"(?P<query>[\w.%\[\]-]{1,80}=[^/?]*?)(?:\.html?)?",
    re.I,
)
"""How wget and HTTrack name a page that was asked for with a query: `?` in its name, `@` on Windows."""
_MARKS = ("?", "@", "%3F")
_DEEP = 12
"""Folders above a file that a link of somebody's own machine names."""
_SHOWN = ("src", "poster")
_PLAYERS = ("img", "audio", "video", "source")
_SHARE = 0.1
"""Of the pages that have to name an address for it to be the site's."""
_ADDRESSES = ("href", "src", "poster", "data", "cite", "longdesc")


def own_path(path: str) -> str:
    """The path a file has on its site: `/2020/a/` for `2020/a/index.html`, `/?p=12` for `index.php?p=12.html`."""
    named = unquote(path) if "%3f" in path.lower() else path
    asked = _QUERY.fullmatch(named) if "?" in named or "@" in named else None
    if asked:
        return _quoted(_INDEX.sub("", asked["file"])) + "?" + quote(unquote(asked["query"]), safe="=&;%+,:@/-._~")
    return _quoted(_INDEX.sub("", path))


def file_path(path: str) -> str:
    """The address of a file that is no page, below its site: under its whole name."""
    return _quoted(path)


def _quoted(path: str) -> str:
    return quote("/" + path, safe="/:@!$&'()*+,;=~-._")


class Bases:
    """Finds the address below which a site lies, from what its pages say; each page has a voice."""

    def __init__(self) -> None:
        self._votes: Counter[str] = Counter()
        self._hosts: Counter[str] = Counter()

    def see(self, path: str, claim: str) -> None:
        """`path`: of the file; empty where it says nothing of the address."""
        parts = urls.split(claim)
        if parts is None or parts.scheme not in ("http", "https") or not parts.netloc:
            return
        host = f"{parts.scheme}://{parts.netloc.lower()}"
        self._hosts[host] += 1
        if not path:
            return
        own, said = plain(own_path(path)), plain(parts.path)
        if said.endswith(own):
            self._votes[host + said[: len(said) - len(own)].rstrip("/")] += 1
        elif own == "/":
            self._votes[host + said.rstrip("/")] += 1

    @property
    def by_place(self) -> bool:
        """Do pages say of themselves that they stand where their files are? Those of saved pages need not."""
        return 2 * sum(self._votes.values()) >= sum(self._hosts.values())

    def base(self, pages: int) -> str:
        """The address, without a slash at the end; empty when too few of the pages say any."""
        counted = self._votes or self._hosts
        best = max(counted, key=lambda base: (counted[base], base), default="")
        return best if counted[best] >= pages * _SHARE else ""


def plain(path: str) -> str:
    """A path as pages of one site write it: decoded, without `index.html`, `.html` and the slash at the end."""
    return re.sub(r"\.html?$", "", _INDEX.sub("", urls.decoded(path)).rstrip("/")) or "/"


def place_below(url: str, base: str) -> str:
    """The place (as `plain` has it) of an address below the site at `base`; empty for one elsewhere. Where it is not
    known where the site lay, the path alone tells."""
    parts, root = urls.split(url), urls.split(base)
    if parts is None or root is None or parts.scheme not in ("", "http", "https"):
        return ""
    if base and parts.netloc and urls.plain_host(urls.host_of(url)) != urls.plain_host(urls.host_of(base)):
        return ""
    below = root.path.rstrip("/")
    if below and not f"{parts.path}/".startswith(f"{below}/"):
        return ""
    return plain(parts.path[len(below) :] or "/")


class PageLinks:
    """Turns the addresses in a page into addresses of the site."""

    def __init__(self, base: str, address_of: Callable[[str], str | None]) -> None:
        """`address_of`: path of a file -> address of its page, empty for a file that is no page, None for none."""
        self._base, self._address_of = base, address_of
        parts = urls.split(base)
        self._host = urls.host_of(base)
        self._root = parts.path.rstrip("/") if parts else ""
        self._elsewhere = ""
        """What `<base href>` names on another site."""

    def seen_from(self, path: str, base: str) -> str:
        """The path that addresses in a page are relative to: its own, or what `<base href>` names on the same site."""
        inside = self._named_by_base(base, path)
        return path if inside is None else inside

    def based_on(self, path: str, base: str) -> PageLinks:
        """For a page at `path` whose `<base href>` may name another site: what is no file beside the page leads there
        (https://html.spec.whatwg.org/#the-base-element)."""
        if not _is_absolute(base) or self._named_by_base(base, path) is not None:
            return self
        links = copy(self)
        links._elsewhere = base
        return links

    def _named_by_base(self, base: str, path: str) -> str | None:
        """The path below this site of what `<base href>` says; None where it says nothing or leads elsewhere."""
        address = urls.own(self.resolve(base, path), self._host) if base else None
        inside = self._below_root(address.path) if address is not None else None
        return None if inside is None else unquote(inside)

    def resolve(self, url: str, path: str) -> str:
        """The address of the site that `url` in the page at `path` leads to; as it is where it leads elsewhere."""
        url = url.strip()
        parts = urls.split(url)
        if parts is not None and parts.scheme == "file":
            return self._from_disk(parts.path, parts.fragment) or url
        if parts is None or not url or url.startswith("#") or parts.scheme not in ("", "http", "https"):
            return url
        inside = self._inside(parts, path)
        if inside is None:
            return url if parts.netloc or parts.scheme else joined(self._elsewhere, url)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        for candidate in _asked(unquote(inside), parts.query) if parts.query else ():
            if (address := self._address_of(candidate)) is not None:
                return (address or self._base + file_path(candidate)) + fragment
        more = (f"?{parts.query}" if parts.query else "") + fragment
        for candidate in _files(unquote(inside)):
            address = self._address_of(candidate)
            if address is not None:
                return (address or self._base + file_path(candidate)) + more
        if self._elsewhere and not parts.netloc:
            return joined(self._elsewhere, url)
        if not parts.netloc and not parts.path.startswith("/"):
            return self._base + "/" + inside.lstrip("/") + more
        return url

    def _inside(self, parts: SplitResult, path: str) -> str | None:
        """The path below the site, without a slash in front, of an address in the page at `path`; None elsewhere."""
        if parts.netloc or parts.scheme:
            if not self._host or urls.plain_host(parts.hostname or "") != urls.plain_host(self._host):
                return None
            return self._below_root(parts.path)
        if parts.path.startswith("/"):
            return self._below_root(parts.path)
        there = parts.path.replace("\\", "/")  # as browsers read it
        folder = there.endswith(("/", "/.", "/..")) or there in (".", "..")
        inside = normpath(f"{path.rpartition('/')[0]}/{there}").lstrip("/") + ("/" if folder else "")
        return re.sub(r"^(?:\.\./?)+", "", inside)

    def _from_disk(self, path: str, fragment: str) -> str:
        """The address of the file that a link of the form `file:///C:/Users/jo/site/a.html` meant, where it is one of
        these; empty where it is not."""
        steps = unquote(path).replace("\\", "/").strip("/").split("/")[-_DEEP:]
        for number in range(len(steps)):
            candidate = "/".join(steps[number:])
            address = self._address_of(candidate)
            if address is not None:
                return (address or self._base + file_path(candidate)) + (f"#{fragment}" if fragment else "")
        return ""

    def _below_root(self, path: str) -> str | None:
        if self._root and not (path == self._root or path.startswith(self._root + "/")):
            return None
        return path[len(self._root) :].lstrip("/")

    def apply(self, root: etree._Element, path: str, log: Log) -> None:
        """Resolve every address in the tree of the page at `path`, in place. An image, audio or video of the site's
        own that is no file of the source is noted."""
        for element in root.iter("*"):
            for name in _ADDRESSES:
                value = element.get(name)
                if not value:
                    continue
                new = self.resolve(str(value), path)
                element.set(name, new)
                if name in _SHOWN and element.tag in _PLAYERS and self._is_missing(new):
                    log("media.missing", new)

    def _is_missing(self, address: str) -> bool:
        own = urls.own(address, self._host)
        if own is None:
            return False
        inside = self._below_root(own.path)
        return inside is not None and all(self._address_of(file) is None for file in _files(unquote(inside)))


def _asked(inside: str, query: str) -> Iterator[str]:
    """The files that a program may have written for a path and a query."""
    names = (
        [inside] if inside and not inside.endswith("/") else [inside + name for name in ("index.php", "index.html", "")]
    )
    for name in names:
        for mark in _MARKS:
            yield f"{name}{mark}{unquote(query)}.html"
            yield f"{name}{mark}{unquote(query)}"
        yield f"{name}%3f{query.replace('=', '%3d').replace('&', '%26')}"  # wayback_machine_downloader on Windows


def _is_absolute(address: str) -> bool:
    return address.startswith(("http://", "https://", "//"))


def joined(base: str, url: str) -> str:
    """An address in a page whose `<base href>` says where it stood; as it is where the base is relative itself."""
    return urljoin(base, url) if url and _is_absolute(base) and urls.split(url) is not None else url


def _files(inside: str) -> Iterator[str]:
    """The files that may stand at a path of a static site."""
    bare = inside.rstrip("/")
    yield inside
    yield f"{bare}/index.html" if bare else "index.html"
    if bare and not inside.endswith("/"):
        yield f"{bare}.html"
    elif not bare:
        yield "index.htm"
