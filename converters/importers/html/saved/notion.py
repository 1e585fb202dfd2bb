"""Pages that Notion exports as HTML: the table of properties is what the page says of itself, its boxes are plain ones.

    <article class="page sans"><header><h1 class="page-title">…<table class="properties"><tbody>
      <tr class="property-row property-row-date"><th>Date</th><td><time>@January 5, 2023</time></td></tr>
      <tr class="property-row property-row-multi_select"><th>Tags</th><td><span class="selected-value">weir</span>
    <div class="page-body"> <figure class="callout">, <ul class="to-do-list">, <a class="bookmark source">

Nothing says that a page was published but a property of its own: `Published` ticked, or `Status` that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from converters.importers.html.saved.dates import spoken
from converters.importers.html.saved.page import Maker, Saved, say
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document, Element

_PUBLIC = re.compile(r"(?:is )?(?:publish(?:ed)?|public|live)", re.I)
_STATES = re.compile(r"(?:publish state|status|state|stage)", re.I)
_DATES = re.compile(r"(?:publish(?:ed)?|publication|post(?:ed)?)?\s*(?:date|day|on|at)?|published|when", re.I)
_CATEGORIES = re.compile(r"categor(?:y|ies)|section|topics?|type", re.I)
_MANY = 200
_PAGE = ", ".join(f"article.page.{font} > header .page-title" for font in ("sans", "serif", "mono"))


class _Told:
    """What the properties of a page say."""

    def __init__(self, document: Document) -> None:
        self.document, self.public = document, False
        self.dates: list[tuple[int, str]] = []
        """(how good, the date)"""


def _read(document: Document, path: str, log: Log) -> Saved | None:
    body = document.select_one("article.page > .page-body, .page-body")
    if body is None or document.select_one(_PAGE) is None:
        return None
    public = _properties(document)
    icon = document.select_one(".page-header-icon")
    if icon is not None:
        if words := icon.text.strip():
            log("html.chrome", words, where="icon of the page")
        icon.extract()
    description = document.select_one("p.page-description")
    if description is not None:
        say(document, "description", " ".join(description.text.split()))
        description.extract()
    body.attrs["itemprop"] = "articleBody"
    _boxes(document)
    say(document, "og:type", "article")
    return Saved(document="Notion", private=not public)


def _words(element: Element) -> str:
    return " ".join(element.text.split())


def _chosen(cell: Element) -> list[str]:
    return [_words(one) for one in cell.select(".selected-value")[:_MANY]]


def _properties(document: Document) -> bool:
    """Say what the table of properties says, and take those rows out; is the page public by it?"""
    told = _Told(document)
    for row in document.select("table.properties tr.property-row")[:_MANY]:
        kind = next((one[13:] for one in str(row.attr("class")).split() if one.startswith("property-row-")), "")
        head, cell = row.select_one("th"), row.select_one("td")
        read = _KINDS.get(kind)
        if read is not None and cell is not None and read(told, kind, _words(head) if head is not None else "", cell):
            row.extract()
    if told.dates:
        say(document, "article:published_time", min(told.dates)[1])
    _keep_rest(document)
    return told.public


def _keep_rest(document: Document) -> None:
    """What no fact of a post is, a reader saw as a table above the text."""
    table, body = document.select_one("table.properties"), document.select_one(".page-body")
    if table is not None and body is not None and table.select_one("tr.property-row") is not None:
        body.insert(0, table.extract())


def _checkbox(told: _Told, kind: str, name: str, cell: Element) -> bool:
    if not _PUBLIC.fullmatch(name):
        return False
    told.public = told.public or cell.select_one(".checkbox-on") is not None
    return True


def _select(told: _Told, kind: str, name: str, cell: Element) -> bool:
    values = _chosen(cell) or [_words(cell).strip("• ")]
    if kind != "multi_select" and _STATES.fullmatch(name):
        told.public = told.public or any(_PUBLIC.fullmatch(one) for one in values)
    elif _CATEGORIES.fullmatch(name):
        say(told.document, "article:section", *values)
    elif kind == "multi_select":
        say(told.document, "article:tag", *values)
    else:
        return False
    return True


def _date(told: _Told, kind: str, name: str, cell: Element) -> bool:
    date = spoken(_words(cell))
    if date and kind == "last_edited_time":
        say(told.document, "article:modified_time", date)
    elif date:
        told.dates.append((2 if kind == "created_time" else 0 if _DATES.fullmatch(name) else 1, date))
    return bool(date)


def _person(told: _Told, kind: str, name: str, cell: Element) -> bool:
    if not name.lower().startswith(("author", "created", "by", "writer")):
        return False
    say(told.document, "author", *(_words(one) for one in cell.select(".user")[:4]))
    return True


_KINDS: dict[str, Callable[[_Told, str, str, Element], bool]] = {
    "checkbox": _checkbox, "status": _select, "select": _select, "multi_select": _select, "date": _date,
    "created_time": _date, "last_edited_time": _date, "person": _person, "created_by": _person,
}  # fmt: skip
"""By the kind of a property: (…, its kind, its name, its cell) -> is it said?"""


def _boxes(document: Document) -> None:
    """Callouts are quotations, boxes to tick lists of tasks, cards links; what folds stands in no list."""
    from turbohtml import Element as Box

    for toggle in document.select("ul.toggle"):
        for item in [node for node in toggle.children if isinstance(node, Box) and node.tag == "li"]:
            item.unwrap()
        toggle.unwrap()
    for dead in document.select("a[href*='notion.soundefined']"):  # a page that was deleted
        dead.unwrap()
    for callout in document.select("figure.callout"):
        callout.tag = "blockquote"
    for box in document.select("ul.to-do-list > li > div.checkbox"):
        tick = Box("input", {"type": "checkbox", "disabled": None})
        if box.has_class("checkbox-on"):
            tick.attrs["checked"] = None
        box.replace_with(tick)
    for card in document.select("figure > a.bookmark"):
        name = card.select_one(".bookmark-title")
        words = " ".join(name.text.split()) if name is not None else ""
        card.set_text(words or str(card.attr("href") or ""))
        if (figure := card.parent) is not None and isinstance(figure, Box):
            figure.tag = "p"


MAKERS = (Maker((b"page-body",), _read),)
