"""What stands in a text and is a way around the site: told by where its links lead and what else it says.

<div class="anything">Share: <a href="https://twitter.com/intent/tweet?…">    links that share the page
<p><a rel="prev" href>Older</a> <a rel="next" href>Newer</a></p>              links to the posts before and after
<ul><li><a href="#a">Part A</a></li>…</ul>                                    a table of contents
<nav>, role="navigation"                                                      where it is made of links
<form>                                                                        a static page cannot answer it
"""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.html.left_out import LeftOut
from converters.importers.shared.elements import attribute
from converters.model.notices import Log

_SHARES = (
    "/intent/tweet", "/intent/post", "twitter.com/share", "twitter.com/home?status", "facebook.com/sharer",
    "facebook.com/share.php", "facebook.com/dialog/", "linkedin.com/sharearticle", "linkedin.com/sharing",
    "pinterest.com/pin/create", "reddit.com/submit",
    "t.me/share", "telegram.me/share", "whatsapp.com/send", "wa.me/?", "whatsapp://", "mailto:?", "tumblr.com/share",
    "tumblr.com/widgets/share", "news.ycombinator.com/submitlink", "getpocket.com/save", "/share?", "bsky.app/intent",
    "line.me/r/msg", "vk.com/share", "buffer.com/add", "xing.com/spi/shares",
    "flipboard.com/bookmarklet", "viber://forward",
    "plus.google.com/share", "digg.com/submit", "stumbleupon.com/submit", "addtoany.com/",
    "instapaper.com/hello", "sms:?",
)  # fmt: skip
"""Where links lead that send the page to somebody."""
_BOXES = frozenset("div ul ol li p section aside footer nav table span header menu center".split())
_FREE_WORDS = 6
"""Words that a row of such links has beside them at most: `Share this:`."""
_PROSE = 60
"""Words of a form outside of links and controls that are no label of a field: pages of ASP.NET stand in one form, and
so do the threads of some forums."""
_CONTENTS = 3
"""Links within the page that make a table of contents, at least."""
_ROLES = frozenset({"navigation", "search", "toolbar"})
_CONTROLS = ("button", "label", "fieldset", "legend", "select", "option", "textarea", "output")
"""Their words are read, whatever they do."""
_SHOWN = 40


class Links(NamedTuple):
    """What an element holds."""

    free: int = 0
    """Words outside of links."""
    linked: int = 0
    links: int = 0
    ways: int = 0
    """Of the links those that share the page or lead to the one before or after."""
    within: int = 0
    """Of the links those to a place on the page."""
    media: int = 0
    headed: int = 0
    """Of the links those to a heading of the text, in its words."""


def cut(root: etree._Element, left: LeftOut) -> None:
    """Take the ways around the site out of a text, in place, and name each with its first words. A form is lost."""
    counted = _count(root)
    taken: list[str] = []
    gone, opened = _ways(root, counted, taken, left.log)
    words = counted[root].free + counted[root].linked
    if words and not counted[root].media and words == sum(counted[way].free + counted[way].linked for way in gone):
        opened, gone, taken = [*opened, *gone], [], []  # a page that is nothing else gives what it has
    for element in gone:
        left.add(element)
    tree.remove_all(root, gone)
    _open(root, opened)
    if taken:
        left.log("html.chrome", ", ".join(taken), where="in the text")


def _ways(
    root: etree._Element, counted: dict[etree._Element, Links], taken: list[str], log: Log
) -> tuple[list[etree._Element], list[etree._Element]]:
    """(the outermost ways around the site and forms, elements that are called navigation and hold a text)."""
    inside: set[etree._Element] = set()
    gone, opened = [], []
    for element in islice(root.iter("*"), 1, None):
        if element.getparent() in inside:
            inside.add(element)
            continue
        held = counted[element]
        if element.tag == "form" and not _holds_text(element, held):
            inside.add(element)
            gone.append(element)
            _form(element, held, taken, log)
        elif _is_way(element, held):
            inside.add(element)
            gone.append(element)
            if held.free or held.linked:
                taken.append(_named(element))
        elif element.tag in ("nav", "form") or element.get("role") in _ROLES:
            opened.append(element)
    return gone, opened


def _open(root: etree._Element, opened: list[etree._Element]) -> None:
    """What is around a text goes, and the text stays."""
    for element in opened:
        if element.tag in ("nav", "form"):
            element.tag = "div"  # a block as before: words beside it stay apart
            element.attrib.clear()
    tree.unwrap_all(root, list(root.iter(*_CONTROLS)))
    tree.remove_all(root, [field for field in root.iter("input") if field.get("type") != "checkbox"])


def _count(root: etree._Element) -> dict[etree._Element, Links]:
    """For every element what it holds, inner ones first."""
    counted: dict[etree._Element, Links] = {}
    sums: dict[etree._Element, list[int]] = {}
    headings = {
        str(heading.get("id")): "".join(tree.plain_text(heading).split())
        for heading in root.iter(*HEADINGS)
        if heading.get("id")
    }
    for element in reversed(list(root.iter("*"))):
        own = sums.pop(element, [0] * len(Links._fields))
        words = len((element.text or "").split())
        if element.tag in ("script", "style", "noscript", "template"):
            own, words = [0] * len(own), 0
        own[0] += words
        if element.tag == "a" and element.get("href") is not None:
            href = attribute(element, "href").strip().lower()
            rel = attribute(element, "rel").lower().split()
            way = "next" in rel or "prev" in rel or any(share in href for share in _SHARES)
            title = headings.get(unquote(attribute(element, "href").strip()[1:])) if href.startswith("#") else ""
            headed = bool(title) and "".join(tree.plain_text(element).split()).endswith(str(title))
            own = [0, own[0] + own[1], 1, int(way), int(href.startswith("#") and len(href) > 1), own[5], int(headed)]
        elif element.tag in ("img", "video", "audio", "iframe", "picture", "pre", "table"):
            own[5] += 1
        counted[element] = Links(*own)
        parent = element.getparent()
        if parent is not None:
            above = sums.setdefault(parent, [0] * len(own))
            for place, value in enumerate(own):
                above[place] += value
            above[0] += len((element.tail or "").split())
    return counted


def _is_way(element: etree._Element, held: Links) -> bool:
    if element.tag == "nav" or element.get("role") in _ROLES:
        return held.links > 0 and held.linked >= held.free
    if element.tag not in _BOXES or not held.links or held.free > _FREE_WORDS:
        return False
    if held.ways == held.links:
        return True
    return (
        element.tag in ("ul", "ol", "div")
        and held.within == held.links
        and (held.links >= _CONTENTS or held.headed == held.links)
        and not held.free
        and not held.media
    )


def _holds_text(form: etree._Element, held: Links) -> bool:
    """Is the form around a text? What stands in paragraphs, without those that label a field, is none of the form."""
    if held.free < _PROSE:
        return False
    words = 0
    for paragraph in form.iter("p", "li", "pre", "blockquote", "td"):
        if next(paragraph.iter("input", "select", "textarea", "button", "label", "form"), None) is None:
            words += len((paragraph.text or "").split()) + sum(len((child.tail or "").split()) for child in paragraph)
        if words >= _PROSE:
            return True
    return False


def _form(form: etree._Element, held: Links, taken: list[str], log: Log) -> None:
    words = " ".join(tree.plain_text(form).split())
    if words and (next(form.iter("textarea"), None) is not None or held.free > _FREE_WORDS or not _asks_one(form)):
        log("shortcode.form", words[:80], where="<form>")
    elif words:
        taken.append(_named(form))


def _asks_one(form: etree._Element) -> bool:
    """A search, or an address to subscribe with."""
    kinds = [attribute(field, "type").lower() for field in form.iter("input")]
    fields = [kind for kind in kinds if kind not in ("hidden", "submit", "button", "image")]
    return len(fields) == 1 and (fields[0] in ("search", "email") or attribute(form, "role") == "search")


def _named(element: etree._Element) -> str:
    kinds = attribute(element, "class").split() or attribute(element, "id").split()
    label = f"{element.tag!s}.{kinds[0]}" if kinds else str(element.tag)
    words = " ".join(tree.plain_text(element).split())
    return f"{label} ({words[:_SHOWN].rstrip()})"
