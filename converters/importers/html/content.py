"""Where on a page its text is, and what else is there: by the user, by what the page says, by its boxes and its words.

In this order: the user's CSS selector; `e-content` of the one h-entry (http://microformats.org/wiki/h-entry);
`articleBody` of schema.org; the one `<article>`; `<main>`; the box that holds nearly all words. In an article or in
`<main>`, the box for the text that most themes have by one of a few names is taken alone.

The rest is boilerplate: navigation, share buttons, related posts, forms. Themes name these boxes alike, in the words of
the tables below, as a class or an id: `share`, `post-share-links`, `entry-meta`. A box is judged by its own tag, role
and names, never by what it holds.
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
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Element, Node

_TAGS = frozenset({"nav", "form", "dialog", "template"})
"""Never a part of a text that a static page can show."""
_CONTROLS = ("button", "label", "fieldset", "legend", "select", "option", "textarea", "output")
"""Their words are read, whatever they do."""
_OUTER_TAGS = frozenset({"header", "footer", "aside"})
"""Chrome around a text, a part of it inside."""
_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "complementary", "dialog", "toolbar"})
_BOILERPLATE = re.compile(
    r"(?:^|[-_ ])(?:share|sharing|sharedaddy|sharer|social|addtoany|addthis|jp-relatedposts|related|recommended|"
    r"breadcrumbs?|pagination|pager|paging|post-navigation|nav-links|prev-next|prevnext|sidebar|widget-area|newsletter|"
    r"subscribe|subscription-widget|subscription-widget-wrap|cookie|cookies|skip-link|skip|author-box|author-bio|about-author|respond|"
    r"comment-form|reply-form|search-form|searchform|site-header|site-footer|site-nav|site-head|site-foot|masthead|"
    r"edit-link|edit-this-page|read-next|more-posts|print-link|advert|adsbygoogle|sponsor|page-links-nav|toc|"
    r"table-of-contents|back-to-top|colophon|menu|navbar|navigation)(?:$|[-_ ])",
    re.I,
)
_OWN_FACTS = re.compile(
    r"(?:^|[-_ ])(?:(?:post|entry|article|blog|page)-?_?(?:meta|info|date|byline|tags?|categories|terms|footer|details|"
    r"data|author|time|header-meta)|meta|byline|dateline|terms|tags|tag-list|taglist|posted-on|cat-links|tags-links|reading-time|"
    r"p-author|dt-published)(?:$|[-_ ])",
    re.I,
)
"""Facts of the post that are front matter now: date, author, terms."""
_SHOWN = 300
"""Characters of a list of what was left out."""
_COMMENTS = re.compile(
    r"(?:^|[-_ ])(?:comments?|comments-area|commentlist|disqus_thread|webmentions?|responses)(?:$|[-_ ])", re.I
)
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


def is_boilerplate(tag: str, named: str, role: str, *, outer: bool) -> bool:
    """`outer`: the element stands around a text, or in one that was found by its place alone."""
    if tag in ("body", "html", "main", "article", "pre", "code", "figure", "h1", "h2", "h3", "p", "blockquote"):
        return tag in ("p", "figure") and bool(_BOILERPLATE.search(named))
    return tag in _TAGS or role in _ROLES or (outer and tag in _OUTER_TAGS) or bool(_BOILERPLATE.search(named))


def is_fact(named: str) -> bool:
    return bool(_OWN_FACTS.search(named))


def is_comments(tag: str, named: str) -> bool:
    return tag not in ("body", "html", "main", "article") and bool(_COMMENTS.search(named))


def label(tag: str, named: str) -> str:
    """How a box is called in the report: `nav.site-menu`."""
    first = named.split()[0] if named else ""
    return f"{tag}.{first}" if first else tag


def cut(root: etree._Element, log: Log, *, outer: bool) -> None:
    """Take chrome out of a text, in place, and note it. A form is no chrome, and lost all the same."""
    taken = []
    gone: set[etree._Element] = set()
    for element in list(root.iter("*")):
        if element is root or element in gone:
            continue
        tag, named = tree.name(element), names(element)
        chrome = is_boilerplate(tag, named, attribute(element, "role"), outer=False)
        around = outer and (
            (tag in ("footer", "aside") and _at_top(element, root)) or is_fact(named) or is_comments(tag, named)
        )
        if chrome or around:
            words = " ".join(tree.plain_text(element).split())
            if tag == "form" and words and not is_boilerplate("div", named, "", outer=False):
                log("shortcode.form", words[:80], where="<form>")
            elif words or next(element.iter("img"), None) is not None:
                taken.append(f"{label(tag, named)} ({words[:40]})" if words else label(tag, named))
            gone.update(element.iter("*"))
            tree.remove(element)
    tree.unwrap_all(root, list(root.iter(*_CONTROLS)))
    tree.remove_all(root, [field for field in root.iter("input") if field.get("type") != "checkbox"])
    if taken:
        log("html.chrome", ", ".join(taken)[:_SHOWN], where="in the text")


def _at_top(element: etree._Element, root: etree._Element) -> bool:
    """A footer of the text, not of a quotation in it."""
    return all(tree.name(above) not in ("blockquote", "figure", "li", "td") for above in element.iterancestors())


class FoundText(NamedTuple):
    """The elements that are the text, in order, and how they were found."""

    elements: list[Element]
    how: str
    exact: bool
    """The page marks its text: what lies inside is the author's."""


def find(page: HtmlPage, selector: str) -> FoundText | None:
    """The text of a page; None where there is none to be found."""
    if selector and (chosen := _outermost(page.all(selector))):
        return FoundText(chosen, selector, True)
    marked = page.all(".h-entry .e-content, .hentry .e-content")
    if chosen := _outermost(marked):
        return FoundText(chosen, "h-entry", True)
    bodies = _outermost(page.all("[itemprop~=articleBody]"))
    if bodies:
        return FoundText(bodies, "articleBody", True)
    articles = articles_of(page)
    if len(articles) > 1 and (box := own_box(page)) is not None:
        return FoundText([box], "beside a list", True)
    if articles:
        return _in_box(max(articles, key=lambda article: len(article.text)), "article")
    for name in _MAINS:
        main = page.one(name)
        if main is not None and main.text.strip():
            return _in_box(main, name)
    body = page.one("body")
    return _densest(body) if body is not None and _shows(body) else None


def articles_of(page: HtmlPage) -> list[Element]:
    """The articles of a page that stand in no other and are no comments or links to other posts."""
    found = [article for article in page.all("article")[:_MANY] if article.closest(_NOT_AN_ARTICLE) is None]
    return [article for article in _outermost(found) if _shows(article)]


def own_box(page: HtmlPage) -> Element | None:
    """The text that a list page has of its own, in front of its list."""
    for selector in _BOXES:
        boxes = [box for box in page.all(f"main {selector}")[:_MANY] if box.closest("article") is None and _shows(box)]
        if len(boxes) == 1:
            return boxes[0]
    return None


def _in_box(container: Element, how: str) -> FoundText:
    for selector in _BOXES:
        boxes = [box for box in _outermost(container.select(selector)) if _shows(box)]
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
    return not is_boilerplate(node.tag, names(node), str(node.attr("role") or ""), outer=True)


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
