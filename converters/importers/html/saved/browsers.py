"""Pages that browsers, their add-ons and mirroring programs saved: where the pages stood, and pictures inside of them.

    <!-- saved from url=(0024)https://weir.example/a/ -->                 Internet Explorer, Chrome, Edge, Opera
    <!-- Page saved with SingleFile url: https://… saved date: … -->      SingleFile
    <!-- Mirrored from weir.example/a/ by HTTrack Website Copier/3.x -->  HTTrack
    <!-- Saved from https://… at 2024-01-02T03:04:05Z using monolith -->  monolith
    <meta name="savepage-url" content="https://…">                        Save Page WE
    <html data-scrapbook-source="https://…">                              WebScrapBook

SingleFile holds a picture that the page shows twice in a custom property of its style sheet, and leaves a drawing of
nothing in `src` (https://github.com/gildas-lormeau/SingleFile/issues/645).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converters import urls
from converters.importers.html.saved.page import Maker, Saved, remove, title
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document

_COMMENTS = (
    (re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)", re.I), False),
    (re.compile(rb"<!--\s*Page saved with SingleFile\w?\s+url:\s*(\S+)", re.I), True),
    (re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack", re.I), False),
    (re.compile(rb"<!--\s*Saved from (\S+) at \S+ using monolith", re.I), True),
)
"""(the mark, does the page hold what it shows?)"""
_HEAD = 8 * 1024
_HELD = re.compile(r"--(sf-img-\d{1,6})\s*:\s*url\(\s*[\"']?(data:image/[^\"'()]*)[\"']?\s*\)")
_SHOWN = re.compile(r"var\(--(sf-img-\d{1,6})\)")


def in_comments(data: bytes) -> Saved:
    """What a comment near the start of the file says: the address that the page had, but none of a file."""
    for mark, whole in _COMMENTS:
        if found := mark.search(data[:_HEAD]):
            address = found[1].decode("ascii", "replace").replace("&amp;", "&")
            if "://" not in address:  # HTTrack leaves the scheme out
                address = "https://" + address
            return Saved(_of_web(address), whole)
    return Saved()


def _of_web(address: str) -> str:
    parts = urls.split(address)
    return address if parts is not None and parts.scheme in ("http", "https") and parts.netloc else ""


def _single_file(document: Document, path: str, log: Log) -> Saved | None:
    held: dict[str, str] = {}
    for style in document.select("style"):
        if "--sf-img-" in style.text:
            held.update(_HELD.findall(style.text))
    for image in document.select("img[style*='--sf-img-']"):
        found = _SHOWN.search(str(image.attr("style")))
        if found and found[1] in held:
            image.attrs["src"] = held[found[1]]
            del image.attrs["style"]
    return Saved(whole=True) if held else None


def _save_page_we(document: Document, path: str, log: Log) -> Saved | None:
    told = document.select_one("meta[name=savepage-url][content]")
    if told is None:
        return None
    name = document.select_one("meta[name=savepage-title][content]")
    title(document, str(name.attr("content")) if name is not None else "")
    remove(document, "[id^=savepage-]")
    return Saved(_of_web(str(told.attr("content"))), whole=True)


def _scrapbook(document: Document, path: str, log: Log) -> Saved | None:
    html = document.select_one("html[data-scrapbook-source]")
    return Saved(_of_web(str(html.attr("data-scrapbook-source")))) if html is not None else None


MAKERS = (
    Maker((b"--sf-img-",), _single_file, anywhere=True),
    Maker((b"savepage-url",), _save_page_we),
    Maker((b"data-scrapbook-source",), _scrapbook),
)
