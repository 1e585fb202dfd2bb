"""What stands around a text on a page: navigation, share buttons, related posts, forms. A table of names.

Themes name these boxes alike, in the words below, as a class or an id: `share`, `post-share-links`, `entry-meta`. A box
is judged by its own tag, role and names, never by what it holds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from converters.html import tree
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Element

_TAGS = frozenset({"nav", "form", "dialog", "template"})
"""Never a part of a text that a static page can show."""
_CONTROLS = ("button", "label", "fieldset", "legend", "select", "option", "textarea", "output")
"""Their words are read, whatever they do."""
_OUTER_TAGS = frozenset({"header", "footer", "aside"})
"""Chrome around a text, a part of it inside."""
_ROLES = frozenset({"navigation", "search", "banner", "contentinfo", "complementary", "dialog", "toolbar"})
_NAMES = re.compile(
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


def names(element: Element | etree._Element) -> str:
    """Classes and id of an element, in one string."""
    if isinstance(element, etree._Element):
        return f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    return f"{' '.join(str(element.attr('class') or '').split())} {element.attr('id') or ''}".strip()


def is_chrome(tag: str, named: str, role: str, *, outer: bool) -> bool:
    """`outer`: the element stands around a text, or in one that was found by its place alone."""
    if tag in ("body", "html", "main", "article", "pre", "code", "figure", "h1", "h2", "h3", "p", "blockquote"):
        return tag in ("p", "figure") and bool(_NAMES.search(named))
    return tag in _TAGS or role in _ROLES or (outer and tag in _OUTER_TAGS) or bool(_NAMES.search(named))


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
        chrome = is_chrome(tag, named, str(element.get("role") or ""), outer=False)
        around = outer and (
            (tag in ("footer", "aside") and _at_top(element, root)) or is_fact(named) or is_comments(tag, named)
        )
        if chrome or around:
            words = " ".join(tree.plain_text(element).split())
            if tag == "form" and words and not is_chrome("div", named, "", outer=False):
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
