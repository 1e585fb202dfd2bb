"""Files that hold a page and what it shows: MHTML of Chrome, Edge, Word and Internet Explorer, Safari's web archives.

MHTML is a message whose parts are the page, its pictures, its frames and its styles (RFC 2557); the page names them by
their addresses (`Content-Location`) or ids (`cid:`). A web archive is a property list with the same in it
(`WebMainResource`, `WebSubresources`). Both become a page and a folder of files beside it, as a browser saves it.
"""

from __future__ import annotations

import plistlib
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urljoin

from converters import urls
from converters.html.angle_brackets import keep_text
from converters.importers.html.file_kinds import FileKind
from converters.importers.html.saved.page import elements, remove
from converters.paths import safe_name

if TYPE_CHECKING:
    from turbohtml import Document

_SUFFIXES = {
    "image/png": "png", "image/jpeg": "jpg", "image/jpg": "jpg", "image/gif": "gif", "image/webp": "webp",
    "image/avif": "avif", "image/svg+xml": "svg", "image/bmp": "bmp", "image/x-icon": "ico", "image/tiff": "tif",
    "image/vnd.microsoft.icon": "ico", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/wav": "wav",
    "video/mp4": "mp4", "video/webm": "webm", "video/ogg": "ogv", "application/pdf": "pdf", "text/html": "html",
    "application/xhtml+xml": "html",
}  # fmt: skip
"""Types of what a page shows; styles, scripts and fonts stay in the file."""
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_REFERENCES = ("src", "href", "poster", "data", "background")
_CHARSET = re.compile(r"charset\s*=", re.I)
_NAME_BYTES = 80
_MESSAGES = 32
"""Messages in each other; a page is one, and may hold its text in two forms."""
_PARTS = 10_000


class Part(NamedTuple):
    """A part of such a file."""

    type: str
    data: bytes
    location: str = ""
    id: str = ""
    charset: str = ""


class Unpacked(NamedTuple):
    page: bytes
    """In UTF-8; it names what it shows by relative addresses."""
    files: tuple[tuple[str, bytes], ...]
    """(path below the folder that the page is in, bytes)"""


def unpack(kind: FileKind, data: bytes, stem: str) -> Unpacked | None:
    """The page in a file, and what it shows; None where there is no page in it. `stem`: the name of the page without
    its suffix, which the folder of its files is called after."""
    try:
        parts = _READERS[kind](data)
    except (ValueError, LookupError, TypeError, RecursionError, AttributeError):  # damaged, or made to damage
        return None
    main = next((part for part in parts if part.type in _PAGES and part.data.strip()), None)
    if main is None:
        return None
    names = _names([part for part in parts if part is not main], stem)
    return Unpacked(_page(main, names), tuple((path, part.data) for path, part in names))


def _messages(data: bytes) -> list[Part]:
    if data.lower().count(b"boundary=") > _MESSAGES:
        return []
    message = message_from_bytes(data)
    start = str(message.get_param("start") or "").strip("<> ")
    parts = [_part(part) for part in message.walk() if not part.is_multipart()]
    parts.sort(key=lambda part: not start or part.id != start)
    if parts and not parts[0].location:  # Chrome says it for the whole
        whole = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "").strip()
        parts[0] = parts[0]._replace(location=whole)
    return parts


def _part(part: Message) -> Part:
    payload = part.get_payload(decode=True)
    return Part(
        part.get_content_type(),
        payload if isinstance(payload, bytes) else b"",
        "".join(str(part.get("Content-Location") or "").split()),
        str(part.get("Content-ID") or "").strip("<> \r\n"),
        str(part.get_content_charset() or ""),
    )


def _web_archive(data: bytes) -> list[Part]:
    found, size = [], 0
    for part in islice(_resources(plistlib.loads(data), 0), _PARTS):
        size += len(part.data)
        if size > len(data):  # the same one again and again: what is there once has its own bytes
            break
        found.append(part)
    return found


def _resources(archive: Any, depth: int) -> Iterator[Part]:
    if not isinstance(archive, dict) or depth > 4:
        return
    for resource in (archive.get("WebMainResource"), *(archive.get("WebSubresources") or ())):
        if isinstance(resource, dict) and isinstance(resource.get("WebResourceData"), bytes):
            said = (str(resource.get(f"WebResource{name}") or "") for name in ("MIMEType", "URL", "TextEncodingName"))
            type, location, charset = said
            yield Part(type.lower(), resource["WebResourceData"], location, charset=charset)
    for frame in archive.get("WebSubframeArchives") or ():
        yield from _resources(frame, depth + 1)


_READERS: dict[FileKind, Callable[[bytes], list[Part]]] = {
    FileKind.MHTML: _messages,
    FileKind.WEBARCHIVE: _web_archive,
}


KINDS = frozenset(_READERS)


def _names(parts: list[Part], stem: str) -> list[tuple[str, Part]]:
    """A path for each part that a reader saw, all different: by its address, else by its number."""
    found, taken = [], set()
    for number, part in enumerate(parts):
        suffix = _SUFFIXES.get(part.type, "")
        if not suffix and not part.type.startswith(("image/", "audio/", "video/")):
            continue
        said = unquote(re.split(r"[?#]", part.location)[0].replace("\\", "/").rpartition("/")[2])
        bare, _, own = said.rpartition(".")
        name = safe_name(bare if own.isalnum() and bare else said, limit=_NAME_BYTES) or f"part-{number + 1}"
        suffix = suffix or (own.lower() if own.isalnum() else "bin")
        if (name, suffix) in taken:
            name = f"{name}-{number + 1}"
        taken.add((name, suffix))
        found.append((f"{stem}_files/{name}.{suffix}", part))
    return found


def _page(main: Part, names: list[tuple[str, Part]]) -> bytes:
    import turbohtml

    document = turbohtml.parse(keep_text(_text(main), written_by_programs=True), positions=False)
    files = {part.location: path for path, part in reversed(names) if part.location}
    files |= {f"cid:{part.id.lower()}": path for path, part in reversed(names) if part.id}
    locations = {f"cid:{part.id.lower()}": part.location for _, part in names if part.type in _PAGES and part.location}
    _point(document, _base(document, main.location), files, locations)
    remove(document, "base, meta[charset]")
    for meta in document.select("meta[http-equiv][content]"):
        if _CHARSET.search(str(meta.attr("content"))):
            meta.extract()
    mark = ""
    if main.location.startswith(("http://", "https://")) and not re.search(r"[\s<>]|--", main.location):
        mark = f"<!-- saved from url=({len(main.location):04d}){main.location} -->\n"
    return (mark + document.html).encode("utf-8", "replace")


def _text(main: Part) -> str:
    from turbohtml import detect

    try:
        return main.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        charset = main.charset or detect.detect(main.data).encoding or "windows-1252"
    try:
        return main.data.decode(charset, "replace")
    except LookupError:
        return main.data.decode("windows-1252", "replace")


def _base(document: Document, location: str) -> str:
    base = document.select_one("base[href]")
    return _joined(location, str(base.attr("href"))) if base is not None else location


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def _point(document: Document, base: str, files: dict[str, str], locations: dict[str, str]) -> None:
    """Write the paths of the files where the page names them; other addresses are written out in full."""
    of_web = base.startswith(("http://", "https://"))
    for element in elements(document):
        for name in _REFERENCES:
            value = str(element.attr(name) or "").strip()
            if value[:4].lower() == "cid:":
                value = urls.decoded(value).lower()
            if not value or value.startswith(("#", "data:")):
                continue
            whole = _joined(base, value)
            path = files.get(value) or files.get(whole)
            if element.tag in ("iframe", "frame") and (frame := locations.get(value) or whole).startswith("http"):
                element.attrs[name] = frame
            elif path is not None and (element.tag != "a" or not path.endswith(".html")):
                element.attrs[name] = quote(path)
                element.attrs.pop("srcset", None)
            elif of_web:
                element.attrs[name] = whole
