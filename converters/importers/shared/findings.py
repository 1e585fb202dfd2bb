"""What a look at a source finds before anything is converted: names of programs and plug-ins, and how often.

`Findings` are filled by the importer (see `converters.importers.base.Importer.inspect`), or, for importers without such
a method, from posts as they are read. Counters hold names, never texts; sets of files hold numbers, and no more than a
limit of them, so that a look takes no more memory at a site ten times as large.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

MOST_FILES = 500_000
"""Different files of texts that are told apart; what comes after them is not counted."""
MOST_NAMES = 2_000
"""Different names of a kind (shortcodes, hosts) that are told apart."""
_EXAMPLE = 80

_PICTURES = frozenset("jpg jpeg jpe png gif webp avif bmp svg ico tif tiff heic".split())
_FILES = _PICTURES | frozenset("mp3 m4a ogg oga wav flac mp4 m4v mov webm ogv avi mpg wmv pdf doc docx xls".split())
_FILES |= frozenset("xlsx ppt pptx odt ods epub zip csv gpx kml vtt".split())
_ADDRESS = re.compile(r"""//[^\s"'<>()\[\]\\]{4,2000}""")  # which begins with letters: those are found quickly
_RELATIVE = tuple(
    (mark, re.compile(re.escape(mark) + r"""([^\s"'<>()\[\]\\/][^\s"'<>()\[\]\\]{2,2000})"""))
    for mark in ('"/', "'/", "(/")
)
_COPY = re.compile(r"(?:-e\d{10,14})?(?:-(?:\d{1,5}x\d{1,5}|scaled|rotated))+(?=\.\w+$)|-e\d{10,14}(?=\.\w+$)")


class Seen:
    """A shortcode or block: how often it stands there, in how many items, and one as it is written."""

    __slots__ = ("encloses", "example", "items", "known", "uses")

    def __init__(self, *, known: bool) -> None:
        self.known = known
        self.items = self.uses = 0
        self.example = ""
        self.encloses = False
        """Has it an end, with something between?"""

    def take(self, uses: int, example: str, *, encloses: bool) -> None:
        """Count an item in which it stands `uses` times."""
        self.items += 1
        self.uses += uses
        self.encloses = self.encloses or encloses
        line = " ".join(example.split())
        self.example = self.example or (line if len(line) <= _EXAMPLE else line[: _EXAMPLE - 1] + "…")


class Findings:
    """Filled while a source is looked at."""

    def __init__(self) -> None:
        self.what = ""
        """What the source says it is: `WXR 1.2 of WordPress 6.4`."""
        self.authors: Counter[str] = Counter()
        """name -> items"""
        self.builders: Counter[str] = Counter()
        self.plugins: Counter[str] = Counter()
        self.editors: Counter[str] = Counter()
        self.markups: Counter[str] = Counter()
        """markup other than HTML that texts look like -> items"""
        self.shortcodes: dict[str, Seen] = {}
        self.blocks: dict[str, Seen] = {}
        self.hosts: Counter[str] = Counter()
        """host -> different files that texts show or link to; the empty one is the site's own."""
        self.comments = self.comments_held = 0
        self.media_bytes = self.media_sized = 0
        """Bytes of media files, and of how many of them they are."""
        self.media_missing: Counter[str] = Counter()
        self.notes: dict[str, list[str]] = {}
        """code of a warning (docs/inspect.md) -> what"""
        self.items = 0
        """Whose text was looked at."""
        self._files: set[int] = set()

    def note(self, code: str, what: str) -> None:
        """Note what needs care, under a code of the table of warnings (docs/inspect.md)."""
        known = self.notes.setdefault(code, [])
        if what not in known:
            known.append(what)

    def name(self, group: dict[str, Seen], name: str, *, known: bool) -> Seen | None:
        """The row of a shortcode or block; None when there are more names than a site has."""
        if name not in group and len(group) >= MOST_NAMES:
            return None
        return group.setdefault(name, Seen(known=known))

    def file(self, host: str, path: str) -> bool:
        """Count a file of a text; False for one that was met before."""
        number = hash((host, path))
        if number in self._files or len(self._files) >= MOST_FILES:
            return False
        self._files.add(number)
        if host in self.hosts or len(self.hosts) < MOST_NAMES:
            self.hosts[host] += 1
        return True


def files_in(text: str) -> Iterator[tuple[str, str]]:
    """(host, path) of the addresses in a text that are of files, resized copies as their originals.

    The host is empty for addresses of the site itself. In HTML as in Markdown, an address ends where either ends it.
    """
    for address in _ADDRESS.findall(text):
        host, slash, path = address[2:].partition("/")
        if slash and (path := _file(path)):
            yield host.rpartition("@")[2].lower().removeprefix("www."), path
    for mark, pattern in _RELATIVE:
        for address in pattern.findall(text) if mark in text else ():
            if path := _file(address):
                yield "", path


def _file(path: str) -> str:
    """The path of a file's original; empty for an address that is of no file."""
    path = path.partition("?")[0].partition("#")[0].rstrip(",.;")
    _, dot, ending = path.rpartition(".")
    return original(path) if dot and ending.lower() in _FILES else ""


def original(path: str) -> str:
    """The path without what WordPress puts behind the name of a copy: `-300x200`, `-scaled`, `-e1600000000000`."""
    return _COPY.sub("", path) if "-" in path else path
