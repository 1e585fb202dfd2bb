"""What a file is, by its first bytes, and whether it is whole, by its last.

Servers answer with a page of HTML (a login, an error, an advertisement) where a picture was, with status 200 and any
content type: such a page must not come to stand under the picture's name. Signatures: https://mimesniff.spec.whatwg.org
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from posixpath import splitext

HEAD = 4096
"""Bytes that are looked at."""

PICTURES = frozenset(
    ".jpg .jpeg .jpe .jfif .png .apng .gif .webp .avif .heic .heif .bmp .ico .tif .tiff .svg .jxl .psd".split()
)
_PROGRAMS = frozenset(
    ".php .php3 .php4 .php5 .php7 .phtml .phar .cgi .pl .asp .aspx .jsp .sh .exe .dll .bat .cmd .com .scr".split()
)
"""What a static site neither needs nor should hand out."""
_TEXTS = frozenset(".txt .csv .css .js .json .xml .vtt .srt .md .tex .py .c .h .html .htm .xhtml".split())
_SIGNATURES = (
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (8, b"WEBP", "webp"),
    (0, b"BM", "bmp"),
    (0, b"\x00\x00\x01\x00", "ico"),
    (0, b"\x00\x00\x02\x00", "ico"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"8BPS", "psd"),
    (0, b"\xff\x0a", "jxl"),
    (4, b"JXL ", "jxl"),
    (0, b"%PDF-", "pdf"),
    (0, b"PK\x03\x04", "zip"),
    (4, b"ftyp", "iso"),
    (0, b"ID3", "mp3"),
    (0, b"OggS", "ogg"),
    (0, b"\x1aE\xdf\xa3", "webm"),
    (0, b"\x1f\x8b", "gzip"),
)
_HTML = re.compile(
    rb"(?:(?><!--.*?-->)\s*+|(?><\?xml.*?\?>)\s*+)*+"  # atomic: nothing is tried twice
    rb"<(?:!doctype html|html|head|body|script|title|meta|h1|div|p|br|center|table|iframe|b|font|style|a)[\s>/]",
    re.I | re.S,
)
_SVG = re.compile(rb"<svg[\s>]", re.I)
_BLANK = b"\xef\xbb\xbf \t\r\n\x0c"
_SHOWN = frozenset({"jpeg", "png", "gif", "webp", "bmp", "ico", "tiff", "psd", "jxl", "iso", "svg", "pdf"})


def kind(head: bytes) -> str:
    """`jpeg`, `pdf`, `html` ...; `text` for other text, empty for bytes that are not known."""
    for offset, mark, name in _SIGNATURES:
        if head.startswith(mark, offset) and (name != "webp" or head.startswith(b"RIFF")):
            return name
    text = head.lstrip(_BLANK)
    if _HTML.match(text):
        return "html"
    if text.startswith(b"<") and _SVG.search(text):
        return "svg"
    return "text" if head and not any(byte < 9 or 13 < byte < 27 for byte in head) else ""


def is_program(path: str) -> bool:
    """Is that a file a server runs, or one that commands a server (`.htaccess`)?"""
    name = path.rpartition("/")[2].lower()
    return name.startswith(".") or splitext(name)[1] in _PROGRAMS


def validate_payload(path: str, head: bytes, content_type: str = "") -> str:
    """Why these first bytes cannot be the file with this name, in a few words; empty when they can.

    One kind of picture under the name of another is no objection: browsers show it, and sites are full of them.
    """
    extension = splitext(path)[1].lower()
    if not head:
        return "" if extension in _TEXTS else "an empty answer"
    found = kind(head)
    if extension in (".html", ".htm", ".xhtml"):
        return ""
    if found == "html":
        return "a page of HTML came instead"
    if extension in PICTURES and found not in _SHOWN and found:
        return f"no picture came ({found})"
    if content_type == "text/html" and (not found or found == "text"):
        return "a page of HTML came instead"
    if found == "text" and extension not in _TEXTS and extension in _BINARY:
        return "a text came instead"
    return ""


_BINARY = frozenset(
    ".pdf .zip .gz .mp3 .m4a .ogg .oga .wav .flac .mp4 .m4v .mov .webm .ogv .avi .mkv .wmv .doc .docx .xls .xlsx .ppt "
    ".pptx .odt .ods .odp .epub .woff .woff2 .ttf .otf .7z .rar .tar".split()
)


def whole(path: Path) -> bool | None:
    """Does the file end as its kind ends? None for kinds that do not say."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, size - HEAD))
        tail = file.read(HEAD)
    found = kind(head)
    if found == "webp":
        return bool(size >= struct.unpack("<I", head[4:8])[0] + 8)
    ends = {"jpeg": b"\xff\xd9", "png": b"IEND", "gif": b";", "pdf": b"%%EOF"}
    return ends[found] in tail if found in ends else None


def size_of(head: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF, JPEG or WebP, when the first bytes hold them."""
    found = kind(head)
    try:
        if found == "png":
            width, height = struct.unpack(">II", head[16:24])
        elif found == "gif":
            width, height = struct.unpack("<HH", head[6:10])
        elif found == "jpeg":
            return _jpeg_size(head)
        else:
            return None
    except struct.error:
        return None
    return int(width), int(height)


def _jpeg_size(head: bytes) -> tuple[int, int] | None:
    """From the first frame header (SOF), behind segments that name their lengths."""
    position = 2
    while position + 9 <= len(head) and head[position] == 0xFF:
        marker = head[position + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", head[position + 5 : position + 9])
            return int(width), int(height)
        position += 2 + int(struct.unpack(">H", head[position + 2 : position + 4])[0])
    return None
