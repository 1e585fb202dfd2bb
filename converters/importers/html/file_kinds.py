"""What kind a file is: by its first bytes where they name a format, by its name next, by what it says last.

A picture, a PDF or a sound may hold XML of its own (XMP, https://www.adobe.com/devnet/xmp.html; ID3), and a text may be
about feeds: so what a file says decides only where neither its first bytes nor its name do. The signatures are those of
https://www.iana.org/assignments/media-types, of https://mimesniff.spec.whatwg.org and of the formats' own documents.
"""

from __future__ import annotations

import re
from enum import Enum
from posixpath import splitext
from urllib.parse import unquote


class FileKind(Enum):
    PAGE = "page"
    FEED = "feed"
    """RSS 0.9 to 2.0, RDF Site Summary, Atom."""
    MHTML = "mhtml"
    """A page and what it shows in one message (RFC 2557)."""
    WEBARCHIVE = "webarchive"
    """The same as Safari saves it: a property list."""
    FILE = "file"
    """Goes along as it is, or is a style or script of the old site."""


_SIGNATURES: tuple[tuple[int, bytes], ...] = (
    (0, b"\x89PNG\r\n\x1a\n"), (0, b"\xff\xd8\xff"), (0, b"GIF87a"), (0, b"GIF89a"), (0, b"II*\0"), (0, b"MM\0*"),
    (0, b"8BPS"), (0, b"\0\0\1\0"), (0, b"\0\0\2\0"), (0, b"\0\0\0\x0cjP  "), (0, b"\xff\x0a"), (0, b"BM"),
    (0, b"RIFF"), (4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (0, b"\x1aE\xdf\xa3"), (0, b"OggS"), (0, b"fLaC"),
    (0, b"ID3"), (0, b"FORM"), (0, b"MThd"), (0, b"FLV\1"), (0, b"\x30\x26\xb2\x75"), (0, b"#!AMR"), (0, b".snd"),
    (0, b"%PDF-"), (0, b"%!PS"), (0, b"{\\rtf"), (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), (0, b"PK\3\4"),
    (0, b"PK\5\6"), (0, b"\x1f\x8b"), (0, b"BZh"), (0, b"\xfd7zXZ\0"), (0, b"7z\xbc\xaf\x27\x1c"), (0, b"Rar!\x1a"),
    (0, b"wOFF"), (0, b"wOF2"), (0, b"OTTO"), (0, b"\0\1\0\0\0"), (0, b"true\0"), (0, b"ttcf"), (0, b"\0asm"),
    (0, b"SQLite format 3\0"), (0, b"CWS"), (0, b"FWS"), (0, b"ITSF"), (0, b"AT&TFORM"),
)  # fmt: skip
"""(offset, bytes) that begin pictures, sounds, films, documents, archives, fonts."""
_SHORT = frozenset({b"BM", b"RIFF", b"FORM", b"CWS", b"FWS", b"BZh", b"ID3", b"true\0", b"\xff\x0a"})
"""Those that a text can begin with: only where bytes that no text has follow."""
_PAGES = frozenset(
    ".html .htm .xhtml .xht .shtml .shtm .dhtml .stm .asp .aspx .php .php3 .php4 .php5 .phtml .jsp .jsf .do .cfm .cgi "
    ".pl".split()
)
_MESSAGES = frozenset({".mht", ".mhtml", ".mhtm"})
_FILES = frozenset(
    ".png .jpg .jpeg .jpe .jfif .gif .webp .avif .heic .svg .svgz .ico .cur .bmp .tif .tiff .psd .ai .eps .jxl .apng "
    ".mp3 .m4a .ogg .oga .opus .wav .flac .aac .mid .midi .wma .aiff .mp4 .m4v .mov .webm .ogv .avi .mkv .wmv .flv "
    ".swf .pdf .txt .text .csv .tsv .md .markdown .rst .tex .bib .json .jsonl .geojson .yaml .yml .toml .ini .log .vtt "
    ".srt .doc .docx .docm .dot .dotx .xls .xlsx .ppt .pptx .odt .ods .odp .rtf .ps .epub .mobi .azw3 .djvu .pages "
    ".numbers .key .zip .tar .gz .tgz .bz2 .xz .7z .rar .dmg .exe .apk .jar .iso .woff .woff2 .ttf .otf .eot .css .js "
    ".mjs .map .less .scss .gpx .kml .kmz .ics .vcf .py .rb .c .h .cpp .java .go .rs .sh .bat .ps1 .sql .diff .patch "
    ".ipynb .wasm .xsl .xslt .xsd .dtd .owl .opml .thmx .mso .wmz .emz".split()
)
"""What their names say is trusted; `.key` and the like may be hidden before (converters.importers.shared.hidden)."""
_BLANK = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<!--(?:[^-]|-(?!->)){0,4000}-->|<\?[^>]{0,400}\?>)*")
_ROOT = re.compile(rb"(?:<!DOCTYPE[^\[>]{0,300}(?:\[[^\]]{0,4000}\])?\s*>)?", re.I)
_FEED = re.compile(
    rb"<(?:[\w-]{1,20}:)?(?:rss|feed)\b|<(?:[\w-]{1,20}:)?RDF\b[^>]{0,2000}purl\.org/(?:rss/|net/rss)", re.I
)
_STARTED = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h[1-6])\b", re.I)
_MHTML = re.compile(rb"content-type:\s*multipart/(?:related|alternative)|^mime-version:", re.I | re.M)
_ASKED = re.compile(r"([^?@]+)(?:\?|@(?=[\w.-]{1,80}=))")
_BINARY = re.compile(rb"[\0-\x06\x0e-\x1a\x1c-\x1f]")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 8 * 1024


def kind_of(path: str, head: bytes) -> FileKind:
    """`head`: the first bytes of the file, some tens of kilobytes; `path`: its name, or its path with `/`."""
    suffix = suffix_of(path)
    if suffix == ".webarchive" and (head.startswith(b"bplist00") or b"WebMainResource" in head):
        return FileKind.WEBARCHIVE
    if is_binary(head):
        return FileKind.FILE
    if head.startswith(_WIDE):
        head = head.replace(b"\0", b"")[2:]
    if suffix in _MESSAGES:
        return FileKind.MHTML if _MHTML.search(head[:_LOOKED_AT]) else FileKind.FILE
    if suffix in _FILES:
        return FileKind.FILE
    if suffix in _PAGES:
        start = head[:_LOOKED_AT]
        if is_feed(head):  # `feed/index.html`, as programs name what a server called `feed/`
            return FileKind.FEED
        found = _PAGE.search(start) or not start.strip()
        return FileKind.PAGE if found and not _other_xml(start) else FileKind.FILE
    if is_feed(head):
        return FileKind.FEED
    return FileKind.PAGE if _begins(head, _STARTED) else FileKind.FILE


def suffix_of(path: str) -> str:
    """The suffix of a name in small letters, without the query in it; of `page.html.1`, a file that was saved twice,
    the one in front."""
    stem, suffix = splitext(without_query(path.rpartition("/")[2]).lower())
    return splitext(stem)[1] if suffix[1:].isdecimal() and splitext(stem)[1] in _PAGES else suffix


def without_query(path: str) -> str:
    """A path without the query that programs which save pages write into names: `index.php?p=12`, `page.html%3Fx=1`,
    `style.css@ver=1.2`."""
    folder, slash, name = path.rpartition("/")
    found = _ASKED.match(unquote(name) if "%3f" in name.lower() else name)
    return f"{folder}{slash}{found[1]}" if found else path


def has_signature(head: bytes) -> bool:
    """Do the first bytes name the format of a picture, a sound, a document, an archive?"""
    return any(
        head.startswith(mark, offset) and (mark not in _SHORT or _BINARY.search(head[:256]) is not None)
        for offset, mark in _SIGNATURES
    )


def is_binary(head: bytes) -> bool:
    """Do the first bytes name a format, or hold what no text does?"""
    if has_signature(head):
        return True
    return b"\0" in head[:1024] and not head.startswith(_WIDE) and not _begins(head, _STARTED)


def is_feed(head: bytes) -> bool:
    """Is the outermost element of it that of a feed?"""
    return _begins(head, _FEED)


def _begins(head: bytes, element: re.Pattern[bytes]) -> bool:
    """Is that the first element, after white space, comments, instructions and a document type?"""
    blank = _BLANK.match(head)
    start = blank.end() if blank else 0
    if element.match(head, start):
        return True
    declared = _ROOT.match(head, start)
    blank = _BLANK.match(head[declared.end() :]) if declared and declared.end() > start else None
    return blank is not None and declared is not None and element.match(head, declared.end() + blank.end()) is not None


def _other_xml(start: bytes) -> bool:
    """XML of another kind: a drawing, a map of a site."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and b"<html" not in start.lower()
