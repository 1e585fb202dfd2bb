"""A file as the page a browser would make of it: its encoding, its tree, and the address it says it had.

The encoding is found as the HTML standard has browsers do it (byte order mark, `<meta>` in the first 1,024 bytes, then
what the bytes look like), with one repair: a server's header beats the `<meta>`, and is gone once a page is a file. So
bytes that are UTF-8 are read as UTF-8 whatever the page says, and a page that says UTF-8 and is not is read as what its
bytes look like.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from converters.html.angle_brackets import keep_text
from converters.importers.html import file_kinds, saved, scriptless
from converters.importers.html.file_kinds import FileKind
from converters.importers.html.saved.inlined import take_out
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.paths import cut
from converters.source_check import check_digest, there

if TYPE_CHECKING:
    from turbohtml import Document, Element

    from converters.plugin import SourceFile

_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f]")
HEAD = 64 * 1024


class FeedFacts(msgspec.Struct, frozen=True):
    """What a feed of the site says of a page."""

    date: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


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
    feed: FeedFacts | None = None
    """What a feed of the site says of it."""


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
    """The address that a program noted which saved the page."""
    inlined: tuple[tuple[str, bytes], ...] = ()
    """(path, bytes) of the files that stood in the page itself, which it now names."""
    document_of: str = ""
    """The program that exported it from its documents: Notion, Google Docs … (see `saved.Saved`)."""
    private: bool = False

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
    """Is that file a page? (see `converters.importers.html.file_kinds`)"""
    return file_kinds.kind_of(name, head) is FileKind.PAGE


def is_feed(head: bytes) -> bool:
    return file_kinds.is_feed(head)


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
    document = turbohtml.parse(
        keep_text(text, written_by_programs=True), positions=False, allow_declarative_shadow_roots=False
    )
    if b"noscript" in data:
        scriptless.show(document)
    known = saved.read(document, data, path, log)
    inlined = take_out(document, path, all=known.whole) if b"data:" in data else ()
    return HtmlPage(path, document, known.address, inlined, known.document, known.private)


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
