"""Where pages stood: addresses by file and by what pages say, and links from file to file as links of the site.

A static site lies below an address that only its pages know (`<link rel=canonical>`, `og:url`): what stands in front of
a page's own path there is the site's. A saved page has the address it was saved from, and its pictures beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from posixpath import normpath
from urllib.parse import quote, unquote

from lxml import etree

from converters import urls
from converters.model.notices import Log

_INDEX = re.compile(r"(?:^|(?<=/))(?:index|default)\.(?:html?|php|aspx?)$", re.I)
_SHOWN = ("src", "poster")
_PLAYERS = ("img", "audio", "video", "source")
_SHARE = 0.1
"""Of the pages that have to name an address for it to be the site's."""
_ADDRESSES = ("href", "src", "poster", "data", "cite", "longdesc")


def own_path(path: str) -> str:
    """The path a file has on its site: `/2020/a/` for `2020/a/index.html`."""
    return quote("/" + _INDEX.sub("", path), safe="/:@!$&'()*+,;=~-._")


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


class PageLinks:
    """Turns the addresses in a page into addresses of the site."""

    def __init__(self, base: str, address_of: Callable[[str], str | None]) -> None:
        """`address_of`: path of a file -> address of its page, empty for a file that is no page, None for none."""
        self._base, self._address_of = base, address_of
        parts = urls.split(base)
        self._host = urls.host_of(base)
        self._root = parts.path.rstrip("/") if parts else ""

    def seen_from(self, path: str, base: str) -> str:
        """The path that addresses in a page are relative to: its own, or what `<base href>` names on the same site."""
        if not base:
            return path
        address = urls.own(self.resolve(base, path), self._host)
        inside = self._below_root(address.path) if address is not None else None
        return path if inside is None else unquote(inside)

    def resolve(self, url: str, path: str) -> str:
        """The address of the site that `url` in the page at `path` leads to; as it is where it leads elsewhere."""
        url = url.strip()
        parts = urls.split(url)
        if parts is None or not url or url.startswith("#") or parts.scheme not in ("", "http", "https"):
            return url
        if parts.netloc or parts.scheme:
            if not self._host or urls.plain_host(parts.hostname or "") != urls.plain_host(self._host):
                return url
            inside = self._below_root(parts.path)
        elif parts.path.startswith("/"):
            inside = self._below_root(parts.path)
        else:
            inside = normpath(f"{path.rpartition('/')[0]}/{parts.path}").lstrip("/") + (
                "/" if parts.path.endswith("/") else ""
            )
            inside = re.sub(r"^(?:\.\./?)+", "", inside)
        if inside is None:
            return url
        more = (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
        for candidate in _files(unquote(inside)):
            address = self._address_of(candidate)
            if address is not None:
                return (address or self._base + own_path(candidate)) + more
        if not parts.netloc and not parts.path.startswith("/"):
            return self._base + "/" + inside.lstrip("/") + more
        return url

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


def _files(inside: str) -> Iterator[str]:
    """The files that may stand at a path of a static site."""
    bare = inside.rstrip("/")
    yield inside
    yield f"{bare}/index.html" if bare else "index.html"
    if bare and not inside.endswith("/"):
        yield f"{bare}.html"
    elif not bare:
        yield "index.htm"
