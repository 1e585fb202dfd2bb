"""Where a page marks its text, and what in a text is a way around the site.

In this order: the user's CSS selector; `e-content` of the one h-entry (http://microformats.org/wiki/h-entry);
`articleBody` of schema.org; `<article>`; `<main>`. In an article or in `<main>`, the box for the text that most themes
have by one of a few names is taken alone. What the marks are worth is for `main_text` to say.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeGuard

from lxml import etree

from converters.html import tree
from converters.importers.html.page import HtmlPage
from converters.importers.shared.elements import attribute
from converters.model import Menu, MenuItem

if TYPE_CHECKING:
    from turbohtml import Element, Node

_OUTER_TAGS = frozenset({"nav", "form", "dialog", "template", "header", "footer", "aside"})
"""Chrome around a text."""
_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "complementary", "dialog", "toolbar"})
_COMMENTS = re.compile(
    r"(?:^|[-_ ])(?:comments?|comments-area|commentlist|disqus_thread|webmentions?|responses|isso-thread|commento|"
    r"remark42|wl-cards)(?:$|[-_ ])",
    re.I,
)
_BOXES = (
    ".e-content", ".entry-content", ".post-content", ".article-content", ".post-body", ".article-body",
    ".article__body", ".article__content", ".post__content", ".post__body", ".entry__content", ".blog-content",
    ".post-text", ".entry-body", ".single-content", ".page-content", ".content__body", ".markdown-body", ".gh-content",
    ".available-content", ".td-post-content", ".post-entry", ".theme-doc-markdown", ".kg-canvas", ".prose", ".text",
)  # fmt: skip
"""How themes call the box of the text: the default ones of WordPress, Blogger, Ghost, Jekyll and their kin."""
BESIDE_A_LIST = "beside a list"
_MAINS = ("main", "[role=main]", "#main-content", "#content", "#main", ".main-content")
_NOT_AN_ARTICLE = (
    "aside, nav, footer, [id*=comment], [class*=comment], [class*=related], [class*=sidebar], [class*=recommend]"
)
_NEARLY_ALL = 0.9
_TOLD = 8
"""Words outside of links that an article beside the longest one has at least."""
_MANY = 200
_LEVELS = 256
"""Bounds on what is looked at: a page of strangers may hold a million of anything, at any depth."""
_DESCENDED = frozenset({"div", "section", "center", "table", "tbody", "tr", "td", "font", "main"})
"""Also the cells of the tables that pages were laid out with."""
_MENU_PLACES = (
    "body header nav",
    "nav[class*=menu], nav[id*=menu]",
    "nav[class*=main], nav[class*=primary]",
    "body nav",
)
_NO_MENUS = ("breadcrumb", "pager", "pagination", "social", "post-nav", "toc", "lang", "skip")
_TEXTS = "main, article, aside, footer"


def names(element: Element | etree._Element) -> str:
    """Classes and id of an element, in one string."""
    if isinstance(element, etree._Element):
        return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return f"{' '.join(str(element.attr('class') or '').split())} {element.attr('id') or ''}".strip()


def is_comments(tag: str, named: str) -> bool:
    return tag not in ("body", "html", "main", "article") and bool(_COMMENTS.search(named))


def comment_boxes(element: Element) -> list[Element]:
    """The boxes of comments in an element, or the element itself."""
    if is_comments(element.tag, names(element)):
        return [element]
    found = element.select("[class*=omment], [id*=omment], [class*=ebmention], [class*=esponse], [id*=isqus]")[:_MANY]
    return _outermost([box for box in found if is_comments(box.tag, names(box))])


class FoundText(NamedTuple):
    """The elements that are the text, in order, and how they were found."""

    elements: list[Element]
    how: str
    exact: bool
    """The page marks its text: what lies inside is the author's."""


def find(page: HtmlPage, selector: str) -> FoundText | None:
    """The text as a page marks it, or the box with nearly all words; None where there is nothing to be seen."""
    found = marked(page, selector)
    body = page.one("body") if found is None else None
    return _densest(body) if body is not None and shows(body) else found


def marked(page: HtmlPage, selector: str) -> FoundText | None:
    """The text as a page marks it; None where it does not."""
    if selector and (chosen := _outermost(page.all(selector))):
        return FoundText(chosen, selector, True)
    if chosen := _outermost(page.all(".h-entry .e-content, .hentry .e-content")):
        return FoundText(chosen, "h-entry", True)
    if bodies := [body for body in _outermost(page.all("[itemprop~=articleBody]")) if shows(body)]:
        return FoundText(bodies, "articleBody", True)
    articles = articles_of(page)
    if (len(articles) > 1 or (articles and is_teaser(articles[0]))) and (box := own_box(page)) is not None:
        return FoundText([box], BESIDE_A_LIST, True)
    if articles:
        return _chapters(articles)
    for name in _MAINS:
        main = page.one(name)
        if main is not None and main.text.strip():
            return _in_box(main, name)
    return None


def _chapters(articles: list[Element]) -> FoundText:
    """The longest article; with it those beside it that are no links to other pages: a text may have several."""
    longest = max(articles, key=lambda article: len(article.text))
    parent = longest.parent
    together = [article for article in articles if article == longest or (article.parent == parent and _tells(article))]
    return FoundText(together, "articles", False) if len(together) > 1 else _in_box(longest, "article")


def _tells(article: Element) -> bool:
    """Does an article say more than a link to another page would?"""
    if (
        article.select_one("h1 a[href], h2 a[href], h3 a[href], h4 a[href]") is not None
        or article.closest("a") is not None
    ):
        return False
    linked = sum(len(link.text.split()) for link in article.select("a[href]")[:_MANY])
    return len(article.text.split()) - linked >= _TOLD


def articles_of(page: HtmlPage) -> list[Element]:
    """The articles of a page that stand in no other and are no comments or links to other posts."""
    found = [article for article in page.all("article")[:_MANY] if article.closest(_NOT_AN_ARTICLE) is None]
    return [article for article in _outermost(found) if shows(article)]


def is_teaser(article: Element) -> bool:
    """Does the heading of an article lead to its page? Then this page is not it."""
    heading = article.select_one("h2 a[href], h3 a[href]")
    return heading is not None and article.select_one("h1") is None


def own_box(page: HtmlPage) -> Element | None:
    """The text that a list page has of its own, in front of its list."""
    for selector in _BOXES:
        boxes = [box for box in page.all(f"main {selector}")[:_MANY] if box.closest("article") is None and shows(box)]
        if len(boxes) == 1:
            return boxes[0]
    return None


def _in_box(container: Element, how: str) -> FoundText:
    for selector in _BOXES:
        boxes = [box for box in _outermost(container.select(selector)) if shows(box)]
        if len(boxes) == 1:
            return FoundText(boxes, f"{how} {selector}", True)
    return FoundText([container], how, False)


def _densest(body: Element) -> FoundText:
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
    return FoundText([current], "density", False)


def _is_box(node: Node) -> TypeGuard[Element]:
    from turbohtml import Element

    if not isinstance(node, Element) or node.tag in ("script", "style", "noscript"):
        return False
    return node.tag not in _OUTER_TAGS and str(node.attr("role") or "") not in _ROLES


def _own_text(children: list[Node]) -> list[str]:
    from turbohtml import Text

    return [child.data for child in children if isinstance(child, Text)]


def shows(element: Element) -> bool:
    """Is there a word or a picture in it?"""
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


def read_menu(page: HtmlPage) -> Menu | None:
    """The menu at the head of a site: the links of the first navigation outside the text, with URLs as written."""
    for place in _MENU_PLACES:
        for box in page.all(place)[:_MANY]:
            named = names(box).lower()
            if box.closest(_TEXTS) is not None or any(word in named for word in _NO_MENUS):
                continue
            if items := _menu_items(box):
                return Menu("main", "main", tuple(items))
    return None


def _menu_items(box: Element) -> list[MenuItem]:
    root = tree.parse(str(box.inner_html))
    ids: dict[etree._Element, str] = {}
    found = []
    for number, link in enumerate(list(root.iter("a"))[:_MANY]):
        href, words = attribute(link, "href").strip(), " ".join(tree.plain_text(link).split())
        if not href or not words or href.startswith(("#", "javascript:")):
            continue
        entry = next(link.iterancestors("li"), None)
        above = next((ids[up] for up in entry.iterancestors("li") if up in ids), "") if entry is not None else ""
        id = f"menu-{number + 1}"
        if entry is not None:
            ids.setdefault(entry, id)
        found.append(MenuItem(id, above, words, number + 1, "custom", address=href))
    return found
