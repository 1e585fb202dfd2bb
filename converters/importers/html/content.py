"""Where on a page its text is: what the user says, what the page says, what its boxes are, where its words are.

In this order: the user's CSS selector; `e-content` of the one h-entry (http://microformats.org/wiki/h-entry);
`articleBody` of schema.org; the one `<article>`; `<main>`; the box that holds nearly all words. In an article or in
`<main>`, the box for the text that most themes have by one of a few names is taken alone.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from converters.importers.html import chrome
from converters.importers.html.page import Page

if TYPE_CHECKING:
    from turbohtml import Element, Node

_BOXES = (
    ".e-content", ".entry-content", ".post-content", ".article-content", ".post-body", ".article-body",
    ".article__body", ".article__content", ".post__content", ".post__body", ".entry__content", ".blog-content",
    ".post-text", ".entry-body", ".single-content", ".page-content", ".content__body", ".markdown-body", ".gh-content",
    ".available-content", ".td-post-content", ".post-entry", ".theme-doc-markdown", ".kg-canvas", ".prose", ".text",
)  # fmt: skip
"""How themes call the box of the text: the default ones of WordPress, Blogger, Ghost, Jekyll and their kin."""
_MAINS = ("main", "[role=main]", "#main-content", "#content", "#main", ".main-content")
_NOT_AN_ARTICLE = (
    "aside, nav, footer, [id*=comment], [class*=comment], [class*=related], [class*=sidebar], [class*=recommend]"
)
_NEARLY_ALL = 0.9
_MANY = 200
_LEVELS = 256
"""Bounds on what is looked at: a page of strangers may hold a million of anything, at any depth."""


class Found(NamedTuple):
    """The elements that are the text, in order, and how they were found."""

    elements: list[Element]
    how: str
    exact: bool
    """The page marks its text: what lies inside is the author's."""


def find(page: Page, selector: str) -> Found | None:
    """The text of a page; None where there is none to be found."""
    if selector and (chosen := _outermost(page.all(selector))):
        return Found(chosen, selector, True)
    marked = page.all(".h-entry .e-content, .hentry .e-content")
    if chosen := _outermost(marked):
        return Found(chosen, "h-entry", True)
    bodies = _outermost(page.all("[itemprop~=articleBody]"))
    if bodies:
        return Found(bodies, "articleBody", True)
    articles = articles_of(page)
    if len(articles) > 1 and (box := own_box(page)) is not None:
        return Found([box], "beside a list", True)
    if articles:
        return _in_box(max(articles, key=lambda article: len(article.text)), "article")
    for name in _MAINS:
        main = page.one(name)
        if main is not None and main.text.strip():
            return _in_box(main, name)
    body = page.one("body")
    return _densest(body) if body is not None and _shows(body) else None


def articles_of(page: Page) -> list[Element]:
    """The articles of a page that stand in no other and are no comments or links to other posts."""
    found = [article for article in page.all("article")[:_MANY] if article.closest(_NOT_AN_ARTICLE) is None]
    return [article for article in _outermost(found) if _shows(article)]


def own_box(page: Page) -> Element | None:
    """The text that a list page has of its own, in front of its list."""
    for selector in _BOXES:
        boxes = [box for box in page.all(f"main {selector}")[:_MANY] if box.closest("article") is None and _shows(box)]
        if len(boxes) == 1:
            return boxes[0]
    return None


def _in_box(container: Element, how: str) -> Found:
    for selector in _BOXES:
        boxes = [box for box in _outermost(container.select(selector)) if _shows(box)]
        if len(boxes) == 1:
            return Found(boxes, f"{how} {selector}", True)
    return Found([container], how, False)


def _densest(body: Element) -> Found:
    """Down from the body while one box holds nearly all words that are not chrome."""
    current = body
    for _ in range(_LEVELS):
        children = list(current.children)
        boxes = [(len(child.text.strip()), child) for child in children if _is_box(child)]
        total = sum(weight for weight, _ in boxes) + sum(len(text.strip()) for text in _own_text(children))
        weight, best = max(boxes, key=lambda box: box[0], default=(0, None))
        if best is None or best.tag not in _DESCENDED or weight < _NEARLY_ALL * (total or 1):
            break
        current = best
    return Found([current], "density", False)


_DESCENDED = frozenset({"div", "section", "center", "table", "tbody", "tr", "td", "font", "main"})
"""Also the cells of the tables that pages were laid out with."""


def _is_box(node: Node) -> TypeGuard[Element]:
    from turbohtml import Element

    if not isinstance(node, Element) or node.tag in ("script", "style", "noscript"):
        return False
    return not chrome.is_chrome(node.tag, chrome.names(node), str(node.attr("role") or ""), outer=True)


def _own_text(children: list[Node]) -> list[str]:
    from turbohtml import Text

    return [child.data for child in children if isinstance(child, Text)]


def _shows(element: Element) -> bool:
    return bool(element.text.strip()) or element.select_one("img, video, audio, iframe, svg") is not None


def _outermost(elements: list[Element]) -> list[Element]:
    """Without those that stand inside another of them."""
    chosen: set[Element] = set()
    kept = []
    for element in elements[:_MANY]:  # in document order: whatever holds an element comes before it
        if not chosen or not any(above in chosen for above in islice(element.ancestors, _LEVELS)):
            chosen.add(element)
            kept.append(element)
    return kept
