"""Categories and tags of a page: links to lists of them, boxes that generators and themes put them in, machines' words.

A link to the list of a term (`/tag/x/`, `/categories/y`) names one where it stands in no sentence. The classes are
those of the themes that generators and services come with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, cast

from converters import urls
from converters.importers.html import structured
from converters.importers.html.beside import BLOCKS
from converters.importers.html.page import HtmlPage
from converters.importers.html.structured import Structured
from converters.model import Term

if TYPE_CHECKING:
    from turbohtml import Element

_BASES = {
    "category": "category", "categories": "category", "cat": "category", "section": "category", "topics": "category",
    "kategorie": "category", "categorie": "category", "categoria": "category", "topic": "category",
    "tag": "post_tag", "tags": "post_tag", "label": "post_tag", "labels": "post_tag", "keyword": "post_tag",
    "tagged": "post_tag", "etiqueta": "post_tag", "schlagwort": "post_tag",
}  # fmt: skip
_METAS = (
    ("category", ("article:section", "parsely-section", "og:article:section", "article.section")),
    (
        "post_tag",
        ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "citation_keywords", "dc.subject"),
    ),
)
_NO_TAXONOMIES = frozenset("blog posts post archive archives search t en wiki".split())
_MARKED = "a[rel~=tag][href], a[rel~=category][href], a.p-category[href]"
_CLASSES = {
    "category": """article-category article-category-link post-category post-categories entry-category entry-categories
        cat-links posted-in post-meta-category article-categories categories blog-meta-item--categories
        blog-item-category blog-categories""",
    "post_tag": """article-tag article-tag-list article-tag-list-link post-tags post_tags post-tag post__tag post-labels
        labels blog-tags blog-item-tag blog-meta-item--tags article-tags gh-article-tag post-full-tags single-tags
        post-tag-link tag-link theme-doc-footer-tags-row md-tags md-tag tags entry-tags tags-links tag-links tag-list
        taglist""",
    "": "page__taxonomy-item p-category category-tag",
}
"""How Hexo, Ghost, Squarespace, Tumblr, Blogger, Eleventy, Docusaurus, Material for MkDocs, Movable Type and the themes
of WordPress, Jekyll and Hugo call a term or the box of them; empty: its link says which it is."""
_TAXONOMIES = {name: taxonomy for taxonomy, names in _CLASSES.items() for name in names.split()}
_MAYBE = "[class*=tag], [class*=categor], [class*=label], [class*=taxonomy], [class*=cat-], .posted-in"
_BY_LINK = "a[href*=tag], a[href*=categor], a[href*=label], a[href*=topic], a[href*='/t/']"
_LIST = re.compile(
    r"(?:^|/)(?:tags?|categor(?:y|ies)|tagged|labels?|topics?|t)/[^/?#]|[?&](?:category|categories|tags?)=", re.I
)
"""Addresses of lists of terms."""
_ASIDE = (
    "aside, [class*=sidebar], [class*=widget], [class*=related], [class*=cloud], [id*=comment], [class*=recommend], "
    "[class*=menu], [id*=menu], [role=navigation], form"
)
_NAVIGATION = "nav:not([class*=tag], [class*=categor], [aria-label*=ag])"
_SITE = "body > footer, body > header, [class*=site-], [id*=footer], [class*=footer-widgets]"
_CARDS = "article"
_MANY = 200
_MOST = 60
_LEVELS = 6
_LONGEST = 80


def read(page: HtmlPage, said: Structured) -> tuple[Term, ...]:
    """Terms with the addresses of their lists first; then what machines are told and no link says.

    Each way adds the taxonomies that no better one knows: a theme may mark its tags alone.
    """
    found: dict[tuple[str, str], Term] = {}
    several = len(page.all("article")[:3]) > 1
    for way in (_marked(page), _in_boxes(page, several), _by_links(page, several), _told(page, said)):
        taxonomies = {taxonomy for taxonomy, _ in found}
        names = {name for _, name in found}  # what is a category by its link is no tag for being a keyword, too
        for one in way:
            if one is None or not one.name or one.taxonomy in taxonomies or one.name.casefold() in names:
                continue
            if len(one.name) <= _LONGEST:
                found.setdefault((one.taxonomy, one.name.casefold()), one)
            if len(found) >= _MOST:
                break
    return tuple(found.values())


def _marked(page: HtmlPage) -> Iterator[Term | None]:
    for link in page.all(_MARKED)[: 5 * _MANY]:
        if link.closest("aside, nav") is None:
            yield term(_href(link), _text(link))


def _href(link: Element) -> str:
    return str(link.attr("href") or "")


def _in_boxes(page: HtmlPage, several: bool) -> Iterator[Term | None]:
    """What stands in the boxes of themes."""
    for box in page.all(_MAYBE)[: 5 * _MANY]:
        words = str(box.attr("class") or "").split()
        taxonomy = next((_TAXONOMIES[word] for word in words if word in _TAXONOMIES), None)
        if taxonomy is None and any(word.startswith("tags_") for word in words):  # of a CSS module
            taxonomy = "post_tag"
        if taxonomy is None or box.tag in ("body", "main", "article", "html") or _is_outside(box, several):
            continue
        inner = list(islice(box.iter_elements("a"), _MOST)) or list(islice(box.iter_elements("li"), _MOST))
        for element in [box] if box.tag == "a" or not inner else inner:
            name = _text(element).lstrip("#").strip()
            yield _in_box(element, taxonomy, name) if len(name) <= _LONGEST else None


def _by_links(page: HtmlPage, several: bool) -> Iterator[Term | None]:
    """Links to lists of terms that stand in no sentence and in no card of a list."""
    links = [link for link in page.all(_BY_LINK)[: 5 * _MANY] if _LIST.search(_href(link))]
    known: dict[Element, bool] = {}
    """block -> does it hold little but links?"""
    for link in links[:_MANY]:
        if not _is_outside(link, several) and link.closest(_SITE) is None and _among_links(link, known):
            linked = term(_href(link), _text(link).lstrip("#").strip())
            if linked is not None and linked.taxonomy in ("category", "post_tag"):
                yield linked


def _in_box(element: Element, taxonomy: str, name: str) -> Term | None:
    if not name:
        return None
    linked = term(_href(element), name) if element.tag == "a" and _href(element) else None
    if not taxonomy:
        return linked or Term("post_tag", slug(name), name)
    return (
        Term(taxonomy, linked.slug, name)
        if linked is not None and _is_word(linked.slug)
        else Term(taxonomy, slug(name), name)
    )


def _is_word(slug: str) -> bool:
    return bool(re.search(r"\w", slug)) and "=" not in slug and "?" not in slug


def _is_outside(element: Element, several: bool) -> bool:
    """Is that of the site, of another post, of a box beside?"""
    if element.closest(_ASIDE) is not None or element.closest(_NAVIGATION) is not None:
        return True
    return several and element.closest(_CARDS) is None and element.closest("header, main") is None


def _among_links(link: Element, known: dict[Element, bool]) -> bool:
    """Does a link stand among little but links, as in `Filed under: Days, Boats`?"""
    above = (above for above in islice(link.ancestors, _LEVELS) if getattr(above, "tag", "") in BLOCKS)
    block = cast("Element | None", next(above, None))
    if block is None or block.tag in ("body", "main"):
        return False
    if block not in known:
        known[block] = _is_list(block)
    return known[block]


def _is_list(block: Element) -> bool:
    words = "".join("".join(islice((str(text) for text in block.strings), 200)).split())
    linked = sum(len("".join(other.text.split())) for other in block.select("a[href], time, [class*=date]")[:_MANY])
    return len(words) - linked <= 60 and len(words) < 800


def _told(page: HtmlPage, said: Structured) -> Iterator[Term | None]:
    """What no link names."""
    for element in page.all(".h-entry .p-category")[:_MANY]:
        yield _of("post_tag", _text(element))
    for taxonomy, properties in (("category", "articleSection"), ("post_tag", "keywords")):
        for value in said.article(properties)[:_MANY]:
            yield from (_of(taxonomy, part) for part in split(structured.text(value)))
    for taxonomy, names in _METAS:
        for name in names:
            for value in said.meta.get(name, ())[:_MANY]:
                parts = split(value) if name != "article:section" else [unescape(value)]
                yield from (_of(taxonomy, part) for part in parts)


def _of(taxonomy: str, name: str) -> Term:
    return Term(taxonomy, slug(name), name)


def term(href: str, name: str) -> Term | None:
    """The term that the list at an address is of."""
    parts = urls.split(href)
    if parts is None or not name:
        return None
    steps = [urls.decoded(step) for step in parts.path.strip("/").split("/") if step]
    steps = [step.removesuffix(".html") for step in steps if step not in ("index.html", ".", "..")]
    at = next((number for number, step in enumerate(steps) if step in _BASES), None)
    if at is None and len(steps) > 1 and steps[0] not in _NO_TAXONOMIES:  # `/cuisine/northern/harbour/`
        return Term(slug(steps[0]), steps[-1], name, parent=steps[-2] if len(steps) > 2 else "")
    last = steps[-1] if steps else slug(name)
    if at is None:
        return Term("post_tag", last, name)
    taxonomy = _BASES[steps[at]]
    return Term(taxonomy, last, name, parent=steps[-2] if len(steps) - at > 2 else "")


def slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")


def split(text: str) -> list[str]:
    text = unescape(text)
    return [part.strip() for part in text.split("," if "," in text else ";") if part.strip()]


def _text(element: Element) -> str:
    return " ".join(element.text.split())
