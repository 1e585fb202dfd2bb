"""A page as a post: its text as semantic HTML, its facts, and a word on everything that was left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree
from msgspec.structs import replace

from converters.html import tree
from converters.importers.html import chrome, code, content, formulas, metadata, places, semantic, site_feeds
from converters.importers.html.around import Surroundings, read_around
from converters.importers.html.left_out import LeftOut, Why
from converters.importers.html.main_text import find
from converters.importers.html.main_text.choose import Mark
from converters.importers.html.main_text.told import said_of
from converters.importers.html.metadata import Metadata
from converters.importers.html.page import FeedFacts, HtmlPage
from converters.model import Asset, Entry, HtmlBody, Post, Seo
from converters.model.notices import Log
from converters.rules.classes import Classes
from converters.verify.page_source import PageSource
from converters.verify.shown import Shown, of_page

if TYPE_CHECKING:
    from turbohtml import Element

_FEW = 3
_HEADINGS = ("h1", "h2", "h3", "h4")


class PageContext(NamedTuple):
    """What reading a page takes."""

    site_name: str
    base: str
    zone: tzinfo | None
    selector: str
    links: places.PageLinks
    classes: Classes | None = None
    """The user's own rules."""
    shared: Collection[int] = frozenset()
    """Digests of the blocks that many pages of the site have (`shared_blocks`)."""


def read_page(page: HtmlPage, entry: Entry, reading: PageContext, log: Log, told: FeedFacts | None = None) -> Post:
    """The post of a page. Its identity (kind, slug, address, status) is the entry's. `told`: by the site's feed."""
    left = LeftOut(log)
    source = PageSource(_whole(page), left.gone, left.comments)  # before anything is taken off the page
    meta = site_feeds.completed(metadata.read(page, reading.zone), told)
    title = meta.title(reading.site_name)
    facts = known_facts(title, meta)
    found = _find(page, facts, reading)
    root, around = tree.parse(""), Surroundings()
    if found is None:
        log("html.empty")
    else:
        log("html.content", found.how)
        if reading.selector and found.how != reading.selector:
            log("html.selector", reading.selector)
        around = read_around(found, facts, meta, reading, left)
        root = _body(found, title, reading.classes, left)
    reading = reading._replace(links=reading.links.based_on(page.path, page.base))
    page = page._replace(path=reading.links.seen_from(page.path, page.base))
    reading.links.apply(root, page.path, log)
    if meta.date is not None and meta.date_source.startswith(metadata.GUESSES):
        log("date.source", meta.date_source)
    post = to_post(entry, root, meta)
    post.source = source
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


def _whole(page: HtmlPage) -> Shown:
    """What the page shows; all of the file where it has no body."""
    body = page.one("body")
    return of_page(body) if body is not None else Shown()


def known_facts(title: str, meta: Metadata) -> frozenset[str]:
    """What is said of the post elsewhere, folded: to be told from its text."""
    said = [title, meta.site_name, meta.description, *meta.authors, *(term.name for term in meta.terms)]
    said += [f"by {name}" for name in meta.authors] + [title for _, title in meta.titles]
    return frozenset(metadata.folded(fact) for fact in said if fact)


def _find(page: HtmlPage, facts: frozenset[str], reading: PageContext) -> find.MainText | None:
    body = page.one("body")
    if body is None or not content.shows(body):
        return None
    known = find.Known(said_of(page), facts, reading.shared)
    marked = content.marked(page, reading.selector)
    if marked is None:
        return find.find_text(body, None, "", known)
    whole = marked.how in (reading.selector, content.BESIDE_A_LIST)
    exact = marked.exact and not _holds_title(marked.elements, facts)
    return find.find_text(body, Mark(marked.elements, exact, whole), marked.how, known)


def _holds_title(elements: Sequence[Element], facts: frozenset[str]) -> bool:
    """Does what a page marks as its text hold the title as well? Then it is all of the article, with its facts."""
    headings = (heading for element in elements for heading in element.select("h1")[:_FEW])
    return any(metadata.folded(heading.text) in facts for heading in headings)


def _body(found: find.MainText, title: str, classes: Classes | None, left: LeftOut) -> etree._Element:
    log = left.log
    root = tree.parse(str(found.container.inner_html), log)
    formulas.normalize(root)
    code.normalize(root, spared=classes.names if classes is not None else frozenset())  # before buttons are words
    semantic.prepare(root, log, found.container, classes)
    chrome.cut(root, left)
    semantic.to_semantic(root, log, classes, prepared=classes is None)
    for box in root.iter("header", "hgroup"):
        box.tag = "div"
    heading = without_title(root, title)
    if heading is not None:
        left.add(heading, Why.FACT)
    if not tree.plain_text(root).strip() and next(root.iter("img", "video", "audio", "iframe", "figure"), None) is None:
        log("html.empty")
    return root


def without_title(root: etree._Element, title: str) -> etree._Element | None:
    """Take the title away where it stands first in the text: a target shows it by itself. It is returned."""
    wanted = metadata.folded(title).replace(" ", "")
    for element in root.iter("*"):
        if element is root:
            if (root.text or "").strip():
                return None
            continue
        if element.tag in _HEADINGS:
            if wanted and metadata.folded(tree.plain_text(element)).replace(" ", "") == wanted:
                tree.remove(element)
                return element
            return None
        if (element.text or "").strip() or element.tag in ("img", "p", "iframe", "video", "audio", "table"):
            return None
        before = element.getprevious()
        if before is not None and (before.tail or "").strip():
            return None
    return None


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
