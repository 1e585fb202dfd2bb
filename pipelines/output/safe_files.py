"""`--raw-html safe` for the files of a Hugo source that come along with its pages and hold texts, as pages do.

A Markdown file inside the bundle of a page is a part of that page, whose layout may show its content; so are the
pages that a theme brings. Templates, data and files that are published as they are (`static`) are the site's own.
https://gohugo.io/content-management/page-resources/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from converters.errors import PostferryError
from converters.frontmatter import read, write
from converters.importers.hugo.files import MARKUP
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart
from converters.passes.sanitize_markdown import sanitize_page

_File = OutFile | OutPart | OutJoin
_TEMPLATES = frozenset({"archetypes", "layouts"})
_AS_THEY_ARE = frozenset({"static", "assets", "data", "i18n", "public", "config"})


def harmless(files: Iterable[_File], settings: Mapping[str, Any], log: Log) -> Iterator[_File]:
    """The files, in order; those with texts in them without anything that could run."""
    for file in files:
        dialect = _dialect(file.path) if isinstance(file, OutFile) and file.copy else ""
        yield _clean(file, dialect, settings, log) if isinstance(file, OutFile) and dialect else file


def _dialect(path: str) -> str:
    """The markup of a file of content; empty for any other."""
    parts = path.lower().split("/")
    if parts[0] in ("themes", "_vendor") and "content" in parts:
        parts = parts[parts.index("content") :]
    if parts[0] in _TEMPLATES | _AS_THEY_ARE | {"themes", "_vendor"} or len(parts) < 2:
        return ""
    return MARKUP.get(parts[-1].rpartition(".")[2], "")


def _clean(file: OutFile, dialect: str, settings: Mapping[str, Any], log: Log) -> OutFile:
    own = Log(file.path)
    try:
        source = Path(file.copy)
        if source.stat().st_size > DEFAULT.item_bytes:
            raise ValueError("too large")
        text = source.read_bytes().decode("utf-8")
        matter = read.read(text, own)
        front, body = sanitize_page(matter.values, matter.text, dialect, settings, own)
    except (OSError, ValueError, PostferryError):
        log("html.active", "a file that cannot be read as text", where=file.path)
        return replace(file, copy="", data=b"")
    if front == matter.values and body == matter.text:
        return file
    for notice in own.notices:
        log.take(notice)
    head = text[: len(text) - len(matter.text)] if text.endswith(matter.text) else ""
    if front != matter.values or not text.endswith(matter.text):
        head = write.dumps(front, "yaml")
    return replace(file, copy="", data=(head + body).encode())
