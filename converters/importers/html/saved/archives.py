"""Pages out of archives of the web: their bars and scripts go, links and pictures get their own addresses back.

The Wayback Machine and programs of its kind (OpenWayback, pywb; https://archive.org/developers/wayback-cdx-server.html)
play a page back under `/web/20190102030405/http://…`, with `im_`, `js_`, `cs_`, `if_` and the like behind the time, and
write the same in front of every address in it. archive.today has `https://archive.ph/o/AbCdE/https://…` and a header
around the page, Google's cache had a header and a `<base>`. A link to an archive in a page that is from none is its
author's, and stays; of an archived one, one layer is taken off.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converters import urls
from converters.importers.html.saved.page import Maker, Saved, elements, remove
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document

_PLAYED = re.compile(
    r"\s*(?:(?:https?:)?//[\w.-]{1,100}(?::\d{1,5})?)?(?:/[\w.-]{1,60}){0,3}/\d{4,14}(?:[a-z]{2}_|\*)?/"
    r"(?P<url>(?:https?|ftp|mailto):.*)",
    re.I | re.S,
)
_HOSTS = re.compile(r"(?:web|wayback|web-old|replay|liveweb)\.archive(?:-it)?\.org|arquivo\.pt|webarchive\.[\w.]+")
_INSIDE = re.compile(
    r"(?:(?:https?:)?//(?:[\w-]{1,20}\.){0,2}(?:archive(?:-it)?\.org|arquivo\.pt))?"
    r"/(?:web|wayback|all|\d{1,8})/\d{4,14}(?:[a-z]{2}_)?/(?=https?:)",
    re.I,
)
_TODAY = re.compile(
    r"\s*https?://archive\.(?:today|is|ph|li|md|vn|fo)/(?:o/\w{3,12}|[\d.-]{4,20}|\w{3,12}/again\?url=)/?"
    r"(?P<url>https?:.*)",
    re.I | re.S,
)
_TOOLBARS = (
    "#wm-ipp-base, #wm-ipp, #wm-ipp-print, #wm-ipp-inside, #donato, #wm-capinfo, #wm-toolbar, #ait-banner-container, "
    "#_wb_frame_top_banner, script[src*='archive.org/'], script[src^='/_static/'], script[src^='/static/js/'], "
    "link[href*='web-static.archive.org'], link[href*='archive.org/_static/'], link[href^='/_static/']"
)
_WOMBAT = re.compile(r"__wm\.wombat\(\s*[\"'](https?:[^\"']{1,2000})[\"']")
_ONE = frozenset({"href", "src", "action", "poster", "data", "cite", "content", "background", "longdesc"})
"""Attributes that hold one address."""


def unwrapped(address: str) -> str:
    """The address that an archive's address plays back; any other as it is."""
    found = _TODAY.match(address) or (_PLAYED.match(address) if _HOSTS.search(urls.host_of(address)) else None)
    return _mended(found["url"]) if found else address


def _mended(address: str) -> str:
    """With both slashes and without the port that goes without saying, which archives write."""
    address = re.sub(r"^(https?):/(?=[^/])", r"\1://", address.strip())
    return re.sub(r"^(http://[^/:]+):80(?=/|$)", r"\1", address)


def _wayback(document: Document, path: str, log: Log) -> Saved | None:
    comments = _is_played(document)
    if not comments:
        return None
    bar = document.select_one("#wmtbURL[value]")
    address = str(bar.attr("value")) if bar is not None else ""
    for script in document.select("script:not([src])")[:50]:
        if not address and (found := _WOMBAT.search(script.text[:4000])):
            address = found[1]
    remove(document, _TOOLBARS)
    for element in elements(document):
        for name, value in list(element.attrs.items()):
            text = " ".join(value) if isinstance(value, list) else value or ""
            if "/" not in text:
                continue
            new = _one(text) if name in _ONE else _INSIDE.sub("", text)
            if new != text:
                element.attrs[name] = new
        if element.tag == "script" and "json" in str(element.attr("type") or ""):
            element.set_text(_INSIDE.sub("", element.text.replace("\\/", "/")))
    return Saved(_mended(address))


def _one(text: str) -> str:
    found = _PLAYED.match(text)
    return _mended(found["url"]) if found else text


def _is_played(document: Document) -> bool:
    """The bar, the script that rewrites addresses, or the comment at the end of the file."""
    from turbohtml import Comment

    if document.select_one("#wm-ipp-base, #wm-ipp, #wm-ipp-print, #_wb_frame_top_banner") is not None:
        return True
    if document.select_one("script[src*='archive.org/_static/'], script[src*='web-static.archive.org/']") is not None:
        return True
    canonical = document.select_one("link[rel~=canonical][href], meta[property='og:url'][content]")
    said = str(canonical.attr("href") or canonical.attr("content")) if canonical is not None else ""
    if _HOSTS.search(urls.host_of(said)) and _PLAYED.match(said):
        return True
    return any(
        isinstance(node, Comment) and ("FILE ARCHIVED ON" in node.data or "WAYBACK TOOLBAR INSERT" in node.data)
        for node in document.descendants
    )


def _today(document: Document, path: str, log: Log) -> Saved | None:
    canonical = document.select_one("link[rel~=canonical][href]")
    said = str(canonical.attr("href")) if canonical is not None else ""
    asked = document.select_one("#HEADER input[name=q][value]")
    known = _TODAY.match(said)
    if known is None and (asked is None or document.select_one("#CONTENT") is None):
        return None
    address = known["url"] if known else str(asked.attr("value")) if asked is not None else ""
    remove(document, "#HEADER, #FOOTER, #DIVSHARE, #DIVALREADY, #hashtags")
    for element in elements(document):
        for name in ("href", "src", "poster"):
            if found := _TODAY.match(str(element.attr(name) or "")):
                element.attrs[name] = _mended(found["url"])
    return Saved(_mended(address))


def _google_cache(document: Document, path: str, log: Log) -> Saved | None:
    header = document.select_one("[id$='google-cache-hdr']")
    if header is None:
        return None
    base = document.select_one("base[href]")
    remove(document, "[id$='google-cache-hdr']")
    return Saved(str(base.attr("href")) if base is not None else "")


MAKERS = (
    Maker((b"archive.org", b"archive-it.org", b"_wb_frame_top_banner", b"arquivo.pt"), _wayback),
    Maker((b"//archive.",), _today),
    Maker((b"google-cache-hdr",), _google_cache),
)
