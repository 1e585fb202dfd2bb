"""Documents of Google Docs as it exports them (File > Download > Web page): what classes and indents only show.

    <style>.c3{font-weight:700}.lst-kix_x-0>li:before{content:"● "}</style>  <span class="c3">      bold by a class
    <ul class="lst-kix_x-0 start"><li>a</ul><ul class="lst-kix_x-1"><li>b</ul>                      b stands below a
    <a href="https://www.google.com/url?q=https://weir.example/&amp;sa=D">                           a link by a detour
    <sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> … <div><p><a href="#cmnt_ref1" id="cmnt1">   remarks of editors

A document that was published to the web has the bar of Google around it; of any other nothing says that it is public.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from converters import urls
from converters.html.elements import HEADINGS
from converters.importers.html.saved.lists import nest
from converters.importers.html.saved.page import Maker, Saved, name_of, remove, say, title
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document, Element

_RULE = re.compile(r"\.(c\d{1,4})\s*\{([^}]{0,2000})\}")
_COUNTER = re.compile(r"\.(lst-kix_\w{1,60}-\d)\s*>\s*li:before\s*\{\s*content:[^}]{0,200}?,\s*([a-z]+-[a-z]+)\)")
_BODY = re.compile(r"c\d{1,4}|doc-content")
_LIST = re.compile(r"(lst-kix_\w{1,60})-(\d)")
_TYPES = {
    "lower-latin": "a",
    "upper-latin": "A",
    "lower-alpha": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_MEANT = {
    "font-weight": ("700", "bold", "800", "900", "600"),
    "font-style": ("italic",),
    "text-decoration": ("line-through", "underline"),
    "vertical-align": ("super", "sub"),
    "text-align": ("center", "right", "justify"),
}
"""Declarations that say something to a reader; all others are the look of every document."""
_TITLES = frozenset({"title", "subtitle"})
_DETOUR = ("google.com", "www.google.com")
_LEVELS = 4


def _read(document: Document, path: str, log: Log) -> Saved | None:
    sheet = "".join(style.text for style in document.select("style")[:20])
    if not _RULE.search(sheet):
        return None
    body = document.select_one("body")
    kinds = str(body.attr("class") or "").split() if body is not None else []
    exported = bool(kinds) and all(_BODY.fullmatch(kind) for kind in kinds)
    published = document.select_one("#contents") is not None and document.select_one("#banners, #header") is not None
    if not exported and not published and ".lst-kix_" not in sheet:
        return None
    _styles(document, sheet)
    counters = {found[1]: _TYPES.get(found[2], "") for found in _COUNTER.finditer(sheet)}
    nest(document, "ul[class*='lst-kix_'], ol[class*='lst-kix_']", lambda found: _level(found, counters))
    for link in document.select("a[href*='google.com/url?']"):
        link.attrs["href"] = direct(str(link.attr("href")))
    if not exported and not published:  # somebody's page that such a text was put into
        return Saved()
    _remarks(document, log)
    _title(document, path)
    say(document, "og:type", "article")
    return Saved(document="Google Docs", private=not published)


def direct(href: str) -> str:
    """Where a link of Google's leads after its detour; any other as it is."""
    parts = urls.split(href)
    if parts is None or parts.hostname not in _DETOUR or parts.path != "/url":
        return href
    asked = parse_qs(parts.query)
    found = (asked.get("q") or asked.get("url") or [""])[0]
    return found if found.startswith(("http://", "https://", "mailto:")) else href


def _remarks(document: Document, log: Log) -> None:
    notes = document.select("a[id^=cmnt]:not([id^=cmnt_ref])")
    for note in notes:
        box = note.closest("div, p")
        if box is not None and box.parent is not None:
            box.extract()
    for mark in document.select("a[id^=cmnt_ref]"):
        holder = mark.closest("sup") or mark
        if holder.parent is not None:
            holder.extract()
    if notes:
        log("html.comments", str(len(notes)))


def _styles(document: Document, sheet: str) -> None:
    """Write into the elements what their classes mean."""
    rules = {found[1]: meant for found in _RULE.finditer(sheet) if (meant := _meant(found[2]))}
    if not rules:
        return
    linked = {link.parent for link in document.select("span > a")}
    for element in document.select("span[class], p[class], td[class], li[class]"):
        said = [rules[kind] for kind in str(element.attr("class")).split() if kind in rules]
        if not said:
            continue
        told = {name: value for one in said for name, value in one.items()}
        if element.tag == "span":
            told.pop("text-align", None)
            if _within(element, _is_heading):
                told.pop("font-weight", None)
            if element in linked or _within(element, lambda above: above.tag == "a"):
                told.pop("text-decoration", None)
        else:
            told = {name: value for name, value in told.items() if name == "text-align"}
        if told:
            written = ";".join(f"{name}:{value}" for name, value in told.items())
            element.attrs["style"] = f"{element.attr('style') or ''};{written}".lstrip(";")


def _is_heading(element: Element) -> bool:
    return element.tag in HEADINGS or not _TITLES.isdisjoint(str(element.attr("class") or "").split())


def _within(element: Element, test: Callable[[Element], bool]) -> bool:
    """Is one of the boxes just around it such a one? Google nests its spans no deeper."""
    from turbohtml import Element as Box

    return any(isinstance(above, Box) and test(above) for above in islice(element.ancestors, _LEVELS))


def _meant(declarations: str) -> dict[str, str]:
    found = {}
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        name, value = name.strip().lower(), value.strip().lower()
        if value in _MEANT.get(name, ()):
            found[name] = value
    return found


def _level(element: Element, counters: dict[str, str]) -> tuple[str, int]:
    """(the list it is a part of, its level); its counter becomes its type."""
    found = _LIST.search(str(element.attr("class")))
    if found is None:
        return "", 0
    if element.tag == "ol" and (kind := counters.get(found[0])):
        element.attrs["type"] = kind
    if element.attr("start") == "1":
        del element.attrs["start"]
    return found[1], int(found[2])


def _title(document: Document, path: str) -> None:
    shown = document.select_one("p.title")
    if shown is not None and shown.text.strip():
        shown.tag = "h1"
        title(document, " ".join(shown.text.split()))
    title(document, name_of(path))
    remove(document, "body > #banners, body > #header, body > #footer")


MAKERS = (Maker((b"lst-kix_", b"doc-content", b"themes.googleusercontent.com"), _read),)
