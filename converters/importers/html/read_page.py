"""A page as a post: its text as semantic HTML, its facts, and a word on everything that was left out."""

from __future__ import annotations

import re
from datetime import tzinfo
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from msgspec.structs import replace

from converters.html import tree
from converters.importers.html import comments as read_comments
from converters.importers.html import content, metadata, places, semantic
from converters.importers.html.metadata import Metadata
from converters.importers.html.page import HtmlPage
from converters.model import Asset, Comment, Entry, HtmlBody, Post, Seo
from converters.model.notices import Log
from converters.rules.classes import Classes

if TYPE_CHECKING:
    from turbohtml import Element

_SHOWN = 300
"""Characters of a list of what was left out."""
_LEVELS = 256
_HEADINGS = ("h1", "h2", "h3", "h4")
_GUESSED = ("address", "time")
_UNSEEN = frozenset({"script", "style", "noscript", "template", "link", "meta", "head", "title"})
_SMALL = re.compile(
    r"(?:by|in|on|posted|published|updated|tags?|categories|category|filed under|"
    r"\d+ min(?:utes?)? read)(?: by| on| in)?"
)


class PageContext(NamedTuple):
    """What reading a page takes."""

    site_name: str
    base: str
    zone: tzinfo | None
    selector: str
    links: places.PageLinks
    classes: Classes | None = None
    """The user's own rules."""


class Surroundings(NamedTuple):
    """What stands beside the text and is the post's."""

    picture: Element | None = None
    comments: tuple[Comment, ...] = ()


def read_page(page: HtmlPage, entry: Entry, reading: PageContext, log: Log) -> Post:
    """The post of a page. Its identity (kind, slug, address, status) is the entry's."""
    meta = metadata.read(page, reading.zone)
    title = meta.title(reading.site_name)
    found = content.find(page, reading.selector)
    root, around = tree.parse(""), Surroundings()
    if found is None:
        log("html.empty")
    else:
        log("html.content", found.how)
        if reading.selector and found.how != reading.selector:
            log("html.selector", reading.selector)
        facts = [title, meta.description, *meta.authors, *(term.name for term in meta.terms)]
        around = _around(found, facts, meta, reading, log)
        root = _body(found, title, reading.classes, log)
    page = page._replace(path=reading.links.seen_from(page.path, page.base))
    reading.links.apply(root, page.path, log)
    if meta.date is not None and meta.date_source.startswith(_GUESSED):
        log("date.source", meta.date_source)
    post = to_post(entry, root, meta)
    post.title, post.date = title or entry.title, meta.date
    post.authors = tuple(meta.login(name) for name in meta.authors)
    post.language, post.translation_group = entry.language, entry.group
    post.terms = tuple(replace(term, language=entry.language) for term in meta.terms)
    post.featured = _featured(around.picture, page, reading)
    post.comments = around.comments
    post.seo = _seo(meta, entry, page, reading)
    return post


def to_post(entry: Entry, root: etree._Element, meta: Metadata) -> Post:
    """The post of a text: its identity is the entry's, its facts are the metadata's."""
    return Post(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        title=entry.title,
        body=HtmlBody(root),
        slug=entry.slug,
        permalink=entry.permalink,
        date=entry.date,
        modified=meta.modified,
        authors=meta.authors,
        terms=meta.terms,
    )


def _body(found: content.FoundText, title: str, classes: Classes | None, log: Log) -> etree._Element:
    html = "".join(str(element.inner_html) for element in found.elements)
    root = tree.parse(html, log)
    content.cut(root, log, outer=not found.exact)
    semantic.to_semantic(root, log, classes)
    if not found.exact:
        tree.unwrap_all(root, list(root.iter("header", "hgroup")))
    without_title(root, title)
    if not tree.plain_text(root).strip() and next(root.iter("img", "video", "audio", "iframe", "figure"), None) is None:
        log("html.empty")
    return root


def without_title(root: etree._Element, title: str) -> None:
    """Take the title away where it stands first in the text: a target shows it by itself."""
    wanted = metadata.folded(title)
    for element in root.iter("*"):
        if element is root:
            if (root.text or "").strip():
                return
            continue
        if element.tag in _HEADINGS:
            if wanted and metadata.folded(tree.plain_text(element)) == wanted:
                tree.remove(element)
            return
        if (element.text or "").strip() or element.tag in ("img", "p", "iframe", "video", "audio", "table"):
            return
        before = element.getprevious()
        if before is not None and (before.tail or "").strip():
            return


def _around(found: content.FoundText, facts: list[str], meta: Metadata, reading: PageContext, log: Log) -> Surroundings:
    """Say what stands around the text; what of it is the post's own is returned."""
    outside: list[str] = []
    beside: list[str] = []
    comments: list[Comment] = []
    picture = None
    known = {metadata.folded(fact) for fact in facts if fact}
    known |= {metadata.folded(f"by {name}") for name in meta.authors}
    chosen = set(found.elements)
    for box in _siblings(found.elements[0], chosen):
        tag, named = box.tag, content.names(box)
        words = " ".join(box.text.split())
        if content.is_comments(tag, named):
            read = read_comments.read(box, reading.zone)
            comments += read
            if not read and (number := read_comments.count(box)):
                log("html.comments", str(number))
            continue
        inner = box if tag == "img" else box.select_one("img")
        if picture is None and inner is not None and _is_featured(inner, named, meta):
            picture = inner
            words = words if tag == "header" or len(box.select("figure, img")) > 2 else ""
        if not words:
            continue
        name = content.label(tag, named)
        if content.is_boilerplate(tag, named, str(box.attr("role") or ""), outer=tag != "header") or content.is_fact(
            named
        ):
            outside.append(name)
        elif rest := _unknown_words(box, known):
            beside.append(f"{name}: {rest[:80]}")
        else:
            outside.append(name)
    if outside:
        log("html.chrome", ", ".join(dict.fromkeys(outside))[:_SHOWN])
    if beside:
        log("html.beside", "; ".join(beside)[:_SHOWN])
    return Surroundings(picture, tuple(comments))


def _siblings(element: Element, chosen: set[Element]) -> list[Element]:
    """Everything on the page that is not the text, as the largest boxes."""
    from turbohtml import Element as Box

    found = []
    current = element
    for above in islice(element.ancestors, _LEVELS):
        if not isinstance(above, Box) or above.tag == "html":
            break
        found += [
            child
            for child in above.children
            if isinstance(child, Box) and child != current and child not in chosen and child.tag not in _UNSEEN
        ]
        current = above
    return found


def _unknown_words(box: Element, known: set[str]) -> str:
    """What a box says besides the post's own facts."""
    pieces = [" ".join(str(text).split()) for text in islice(box.strings, 400)]
    left = []
    for piece in pieces:
        folded = metadata.folded(piece)
        if not folded or folded in known or box.tag == "time" or _SMALL.fullmatch(folded):
            continue
        left.append(piece)
    text = " ".join(left)
    dated = box.select_one("time")
    if dated is not None:
        text = text.replace(" ".join(dated.text.split()), "")
    return re.sub(r"^[\W_]+$", "", text).strip()


def _is_featured(image: Element, named: str, meta: Metadata) -> bool:
    names = f"{named} {content.names(image)}"
    if re.search(
        r"featured|post-thumbnail|wp-post-image|u-featured|cover|hero|lead-image|post-image|feature-image", names, re.I
    ):
        return True
    src = str(image.attr("src") or image.attr("data-src") or "").rpartition("/")[2].partition("?")[0]
    return bool(src) and meta.picture.rpartition("/")[2].partition("?")[0] == src


def _featured(image: Element | None, page: HtmlPage, reading: PageContext) -> Asset | None:
    if image is None:
        return None
    url = str(image.attr("data-src") or image.attr("src") or "")
    if not url or url.startswith("data:"):
        return None
    url = reading.links.resolve(url, page.path)
    figure = image.closest("figure")
    caption = figure.select_one("figcaption") if figure is not None else None
    width, height = (str(image.attr(name) or "") for name in ("width", "height"))
    return Asset(
        id=url,
        url=url,
        alt=str(image.attr("alt") or ""),
        caption=str(caption.inner_html) if caption is not None else "",
        width=int(width) if width.isdecimal() else 0,
        height=int(height) if height.isdecimal() else 0,
    )


def _seo(meta: Metadata, entry: Entry, page: HtmlPage, reading: PageContext) -> Seo:
    canonical = meta.canonical
    own = places.plain(canonical.partition("?")[0]) == places.plain(entry.permalink) if canonical else True
    picture = reading.links.resolve(meta.picture, page.path) if meta.picture else ""
    elsewhere = canonical and not own and not canonical.startswith((reading.base or "/") + "/")
    return Seo(
        description=meta.description,
        canonical=canonical if elsewhere and canonical.startswith("http") else "",
        noindex=meta.noindex,
        keywords=meta.keywords,
        og_image=picture,
    )
