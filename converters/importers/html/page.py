"""A file as the page a browser would make of it: its encoding, its tree, and the address it says it had.

The encoding is found as the HTML standard has browsers do it (byte order mark, `<meta>` in the first 1,024 bytes, then
what the bytes look like), with one repair: a server's header beats the `<meta>`, and is gone once a page is a file. So
bytes that are UTF-8 are read as UTF-8 whatever the page says, and a page that says UTF-8 and is not is read as what its
bytes look like.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from converters import urls
from converters.html.angle_brackets import keep_text
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.paths import cut
from converters.source_check import check_digest, there

if TYPE_CHECKING:
    from turbohtml import Document, Element

    from converters.plugin import SourceFile

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h[1-6])\b", re.I)
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html)\b", re.I)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
_SAVED = (
    re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)", re.I),
    re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)", re.I),
    re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack", re.I),
)
"""Marks of browsers (Internet Explorer, Chrome, Edge), of SingleFile and of HTTrack."""
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
_HEAD = 8 * 1024
HEAD = 64 * 1024
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php", ".jsp")


class Facts(msgspec.Struct, frozen=True):
    """What the survey found out of a file, kept with its source for the step that reads it."""

    path: str
    """Below the folder or archive, with `/`."""
    kind: str = ""
    """Of an export: medium, substack, blogger; empty for a page of a site."""
    former: tuple[str, ...] = ()
    """Paths of pages that only led here."""
    row: dict[str, str] = {}
    """What the table of an export says of it."""


def id_of(path: str) -> str:
    """The id of the item in a file: one that can be a file's name, since comments are written under it."""
    return cut(path.replace("~", "~~").replace("/", "~"), 150)


def facts_of(prolog: bytes) -> Facts:
    return msgspec.json.decode(prolog, type=Facts)


class HtmlPage(NamedTuple):
    """A page, parsed."""

    path: str
    document: Document
    saved_from: str = ""

    def one(self, selector: str) -> Element | None:
        return self.document.select_one(selector)

    @property
    def base(self) -> str:
        """What `<base href>` says; empty where there is none."""
        element = self.one("base[href]")
        return str(element.attr("href") or "").strip() if element is not None else ""

    def all(self, selector: str) -> list[Element]:
        return self.document.select(selector)


def looks_like_page(name: str, head: bytes) -> bool:
    """Is that file a page? By its name where that says so, and always by its bytes: anything can be called so."""
    if b"\0" in head[:1024] and not head.startswith((b"\xff\xfe", b"\xfe\xff")) and not _START.match(head):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    start = head[:_HEAD]
    if _FEED.search(start[:2048]) or (start.lstrip().startswith(b"<?xml") and b"<html" not in start):
        return False
    if name.lower().endswith(_SUFFIXES):
        return bool(_PAGE.search(start)) or not start.strip()
    return "." not in name.rpartition("/")[2] and bool(re.search(rb"<!doctype html|<html\b", start, re.I))


def is_feed(head: bytes) -> bool:
    return bool(_FEED.search(head[:4096]))


def too_large(data: bytes) -> str:
    """Why a page is not read; empty when it is. An element costs memory whatever it holds, an inlined picture hardly
    any, so that elements are counted."""
    if len(data) > DEFAULT.item_bytes:
        return f"{len(data)} bytes"
    tags = data.count(b"<")
    return f"{tags} tags" if tags > DEFAULT.page_tags else ""


def load(file: Path, path: str, log: Log) -> HtmlPage:
    """Read and parse a page."""
    return parse(file.read_bytes(), path, log)


def read_again(source: SourceFile) -> bytes:
    """The bytes of a file that was surveyed. Raises ChangedSourceError when they are others."""
    with there(source.name):
        return check_digest(Path(source.path).read_bytes(), source.digest, source.name)


def parse(data: bytes, path: str, log: Log) -> HtmlPage:
    import turbohtml

    text = decode(data, log)
    if controls := len(_CONTROL.findall(text)):
        log("xml.control-characters", str(controls))
    saved = next((found[1] for mark in _SAVED if (found := mark.search(data[:_HEAD]))), b"")
    address = saved.decode("ascii", "replace")
    if address and "://" not in address:  # HTTrack leaves the scheme out
        address = "https://" + address
    parts = urls.split(address)
    known = address if parts is not None and parts.scheme in ("http", "https") and parts.netloc else ""
    return HtmlPage(path, turbohtml.parse(keep_text(text, written_by_programs=True), positions=False), known)


def decode(data: bytes, log: Log) -> str:
    """The text of a page, without a byte order mark."""
    from turbohtml import detect

    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    declared = (detect.detect(data).encoding or "windows-1252").lower()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if text or not data:
        if not declared.startswith("utf-8") and not data.isascii():
            log("source.encoding", "utf-8", old=declared)
        return text
    if declared.startswith("utf-8"):
        found = detect.detect(re.sub(rb"<meta[^>]{0,300}>", b"", data)).encoding or "windows-1252"
        found = "windows-1252" if found.lower().startswith("utf-8") else found
        log("source.encoding", found.lower(), old="utf-8")
        declared = found.lower()
    try:
        return data.decode(f"whatwg-{declared}", "replace")
    except LookupError:
        return data.decode("windows-1252", "replace")
