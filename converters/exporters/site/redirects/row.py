"""One redirect, and what a format has to be."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar, NamedTuple
from urllib.parse import quote

from converters.output import OutFile, OutJoin, OutPart

_SAFE = "/-_.~!*'(),:@=+"


class Redirect(NamedTuple):
    """Both are paths on the host, decoded, with `/`; the old one may have a query, as it is sent: `/?p=12`."""

    old: str
    new: str
    page: bool = False
    """The target has a page at the old address already, which sends its readers on."""
    behind: tuple[str, ...] = ()
    """What stood behind the old address and leads to the new one as well; see `url_suffixes.py`."""

    @property
    def path(self) -> str:
        return self.old.partition("?")[0]

    @property
    def query(self) -> str:
        return self.old.partition("?")[2]

    @property
    def is_feed(self) -> bool:
        """Is it the address of a feed, which has other forms (`atom/`) behind it?"""
        return self.old.endswith("/feed/")


class SitePaths(NamedTuple):
    """Where the old site and the new one are."""

    root: str
    """The old site's path on its host, without a slash at the end."""
    goal: str
    """The new site's path."""
    published: str = ""
    """The folder below the output whose files the target publishes as they are."""
    behind: bool = True
    """Did something stand behind every address, as in WordPress? See `url_suffixes.py`."""


class Format(ABC):
    """Writes the rows for one kind of server."""

    beside: ClassVar[tuple[str, ...]] = ()
    """The files that lie beside the site, and are not to be published."""

    def __init__(self, paths: SitePaths) -> None:
        self._root, self._goal, self._behind = paths.root, paths.goal, paths.behind
        self._published = f"{paths.published}/" if paths.published else ""

    @abstractmethod
    def row(self, row: Redirect) -> Iterable[OutFile | OutPart] | None:
        """The row; None when this kind of server cannot be told."""

    def end(self) -> Iterable[OutFile | OutPart | OutJoin]:
        """What makes the files whole."""
        return ()


def encoded(path: str) -> str:
    """The path as it is sent: percent-encoded, of nothing but harmless ASCII. Never one that names another host."""
    return quote("/" + path.lstrip("/") if path.startswith("//") else path, safe=_SAFE)


def writable(text: str) -> bool:
    """Can the text stand on a line of a configuration?"""
    return not any(ord(character) < 32 or ord(character) == 127 for character in text)
