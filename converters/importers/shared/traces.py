"""What a look at a source gathers before anything is converted: traces of programs, and what will need care.

`Traces` are filled by the importer (see `converters.plugin.Importer`, `inspect`), or, for importers without such a
method, from posts as they are read. Counters hold names, never texts; sets of files hold numbers, and no more than a
limit of them, so that a look takes no more memory at a site ten times as large.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

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


class Finding(NamedTuple):
    """A row of the table of what needs care: what is so, and what helps. `{what}` is the particular."""

    text: str
    help: str
    doc: str
    worth: int
    """0: good to know; 1: look at it; 2: something would be missing or wrong."""


FINDINGS: dict[str, Finding] = {
    # the source itself
    "truncated": Finding(
        "The export breaks off: {what}.", "Export again, large sites in parts by date.", "docs/notices.md", 2
    ),
    "php-error": Finding(
        "The server wrote an error into the export: {what}.", "Export again.", "docs/notices.md", 2
    ),
    "unreadable": Finding(
        "Items that cannot be read: {what}.", "The report names each; save them anew there.", "docs/notices.md", 2
    ),
    "multisite": Finding(
        "One site of a network ({what}).", "Export and convert each of its sites on its own.", "docs/addresses.md", 0
    ),
    "part": Finding(
        "It holds one kind of content only ({what}).",
        "For menus, pages and media: Tools, Export, All content.",
        "docs/media.md",
        1,
    ),
    # what is in the texts
    "builder": Finding(
        "Made with a page builder: {what}.",
        "Words, pictures and links come along; the layout does not.",
        "docs/constructs.md",
        1,
    ),
    "shortcodes-unknown": Finding(
        "Shortcodes nothing here knows: {what}.",
        "Say what they become: convert inspect SOURCE --rules, then --rules FILE.",
        "docs/rules.md",
        1,
    ),
    "blocks-empty": Finding(
        "Blocks of plug-ins that hold nothing of their own: {what}.",
        "A rule can say what stands there: --rules FILE.",
        "docs/rules.md",
        1,
    ),
    # media
    "media-none": Finding(
        "No media library in the export, and texts show {what}.",
        "--media download, or --media copy:DIR from a backup.",
        "docs/media.md",
        1,
    ),
    "media-missing": Finding(
        "Files that texts show and the media library does not name: {what}.",
        "Export All content; --media download asks for them, too.",
        "docs/media.md",
        1,
    ),
    "media-elsewhere": Finding(
        "Pictures on other hosts: {what}.",
        "They stay where they are. Copy what is yours by hand.",
        "docs/media.md",
        0,
    ),
    "media-old-site": Finding(
        "The files themselves are on the old site: {what}.",
        "--media download fetches them, --media copy:DIR takes a backup.",
        "docs/media.md",
        0,
    ),
    "featured-missing": Finding(
        "Featured images the export does not hold: {what}.",
        "Export the media library too, and convert both together.",
        "docs/media.md",
        1,
    ),
    # what is not public, and what is more than posts
    "protected": Finding(
        "Behind a password: {what}.", "They become drafts, and the password is not written.", "docs/front-matter.md", 1
    ),
    "drafts": Finding(
        "Not public: {what}.", "They become drafts. --status published leaves them out.", "docs/front-matter.md", 0
    ),
    "comments": Finding(
        "Comments: {what}.", "The public ones become data files; --comments none: none.", "docs/front-matter.md", 0
    ),
    "kinds": Finding(
        "Post types of plug-ins: {what}.",
        "Each becomes a section. --types post,page takes these two only.",
        "docs/front-matter.md",
        0,
    ),
    "types-hidden": Finding(
        "Post types that nothing shows to have been public: {what}.",
        "They become drafts, or stay behind as records of people; --public-types NAME publishes a type.",
        "docs/privacy.md",
        1,
    ),
    "forms": Finding(
        "Forms and what was sent with them: {what}.", "A static site needs a form service.", "docs/constructs.md", 1
    ),
    "shop": Finding(
        "A shop: {what}.", "Products come along as pages; cart and orders do not.", "docs/constructs.md", 1
    ),
    # addresses and languages
    "languages": Finding(
        "Several languages: {what}.", "Each becomes one of the new site.", "docs/languages.md", 0
    ),
    "languages-lost": Finding(
        "Traces of {what}, which keeps languages where no export reaches.",
        "Look at the languages of the result.",
        "docs/languages.md",
        1,
    ),
    "addresses-plain": Finding(
        "Addresses are ids (?p=1): {what}.",
        "No file can stand there; give the site pretty addresses before the export.",
        "docs/addresses.md",
        1,
    ),
    "addresses-moved": Finding(
        "Items that moved once and are still redirected: {what}.",
        "Kept; --redirects nginx and others write them for a server.",
        "docs/addresses.md",
        0,
    ),
}  # fmt: skip


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


class Traces:
    """Filled while a source is looked at."""

    def __init__(self) -> None:
        self.what = ""
        """What the source says it is: `WXR 1.2 of WordPress 6.4`."""
        self.authors: Counter[str] = Counter()
        """name -> items"""
        self.builders: Counter[str] = Counter()
        self.plugins: Counter[str] = Counter()
        self.editors: Counter[str] = Counter()
        self.shortcodes: dict[str, Seen] = {}
        self.blocks: dict[str, Seen] = {}
        self.hosts: Counter[str] = Counter()
        """host -> different files that texts show or link to; the empty one is the site's own."""
        self.comments = self.comments_held = 0
        self.media_bytes = self.media_sized = 0
        """Bytes of media files, and of how many of them they are."""
        self.media_missing: Counter[str] = Counter()
        self.notes: dict[str, list[str]] = {}
        """code of `FINDINGS` -> what"""
        self.items = 0
        """Whose text was looked at."""
        self._files: set[int] = set()

    def note(self, code: str, what: str) -> None:
        """Note what needs care; raises KeyError for a code that is not in the table."""
        FINDINGS[code]
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
