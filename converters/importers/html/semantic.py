"""The HTML of finished pages as the semantic HTML in the middle (docs/semantic-html.md): one table of rules by tag.

Forms seen in the wild, by who wrote the page:

    <img data-src|data-lazy-src src="data:…">  with <noscript><img></noscript>    lazy pictures of themes and plug-ins
    <picture><source srcset><img></picture>                                       Hugo, Ghost, Substack, WordPress
    <iframe src="https://www.youtube.com/embed/…">  in a box that keeps its ratio  everybody
    <div class="wp-caption"><img><p class="wp-caption-text">                      WordPress's classic editor
    <figure class="wp-block-gallery">, <ul class="blocks-gallery-grid">, <div class="gallery"><dl class="gallery-item">
    <div class="captioned-image-container"><figure>, <div class="youtube-wrap" data-attrs="{…}">         Substack
    <figure class="graf graf--figure">, <div class="graf--mixtapeEmbed"><a href>  Medium
    <a name="more"></a>, <!--more-->, <span id="more-12"></span>                  Blogger, WordPress: end of the teaser
    <a class="anchor|headerlink" href="#…">¶</a> in headings                      Hugo, Jekyll, Sphinx, GitHub
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from converters.html import more_tag, tree
from converters.html.elements import HEADINGS
from converters.importers.html import (
    code,
    figures,
    footnotes,
    formulas,
    link_cards,
    page_styles,
    unseen,
    web_components,
)
from converters.importers.shared import accordions, icon_links, leftovers, styles, widgets
from converters.importers.shared.elements import attribute, classes, is_inside
from converters.importers.shared.embeds import embed_element
from converters.importers.shared.styles import alignment
from converters.importers.shared.styles.lists import KEPT
from converters.model.notices import Log
from converters.rules.classes import Classes
from converters.rules.pieces import Pieces

if TYPE_CHECKING:
    from turbohtml import Element

_KEPT_CLASSES = re.compile(
    r"align(?:left|right|center)|screen-reader-text|gallery|embed|is-resized|verse|language-[\w+#.-]+"
)
_ALIASES = {
    "sr-only": "screen-reader-text",
    "visually-hidden": "screen-reader-text",
    "u-visually-hidden": "screen-reader-text",
    "visuallyhidden": "screen-reader-text",
    "assistive-text": "screen-reader-text",
    "wp-block-verse": "verse",
}
_KEPT = frozenset(
    "href src alt title width height lang dir controls loop muted autoplay poster preload type srclang label kind "
    "default colspan rowspan scope headers start reversed value open datetime cite abbr align download hreflang "
    "allowfullscreen allow checked data-columns data-type data-provider data-url data-id data-start data-list "
    "data-file".split()
)
"""Attributes that say something; all others are for styles and scripts of the old site."""
_DROPPED = ("script", "style", "link", "meta", "title", "base", "template")
_ANCHORS = re.compile(
    r"(?:^|\s)(?:anchor|headerlink|heading-anchor|header-anchor|hash-link|heading-link|hanchor)(?:$|\s)|anchorjs", re.I
)
_MORE = re.compile(r"more(?:-\d+)?")
_NOTES = frozenset({"footnotes", "endnotes", "footnotes-end-of-document"})
_SVG = "{http://www.w3.org/2000/svg}svg"


def prepare(root: etree._Element, log: Log, place: Element | None = None, classes: Classes | None = None) -> None:
    """What has to be seen before navigation and the like is cut out of a text: notes, tabs, what scripts draw.

    `place`: an element of the page that the text is of, whose style sheets hide some. With rules of the user's own
    (`classes`) nothing is done yet: these go first, in `to_semantic`.
    """
    if classes is not None:
        return
    page_styles.mark(root, page_styles.hidden_names(place, page_styles.used(root)))
    web_components.flatten(root)
    unseen.take_out(root, log)
    footnotes.normalize(root, log)
    widgets.draw(root)
    for title in [*accordions.open_tabs(root), *accordions.open_switches(root)]:
        log("html.unfolded", title)


def to_semantic(root: etree._Element, log: Log, classes: Classes | None = None, *, prepared: bool = False) -> None:
    """Change the tree of a text in place. `classes` are rules of the user's own, which go first; `prepared`: whether
    the text went through `prepare`."""
    pieces = Pieces()
    if classes is not None:
        classes.apply(root, log, pieces)
    if not prepared:
        prepare(root, log)
    _comments(root)
    figures.lazy(root, log)
    formulas.normalize(root)
    code.normalize(root)
    figures.urls_of_embeds(root)
    styles.resolve(root, log, right_to_left=True)
    accordions.open_all(root)
    icon_links.name_links(root)
    alignment.prepare(root)
    link_cards.find(root)
    for element in list(root.iter("*")):
        rule = _RULES.get(tree.name(element))
        if rule is not None and element.getparent() is not None:
            rule(element)
    figures.galleries(root)
    web_components.unwrap(root)
    _drop(root, log)
    _clean(root)
    pieces.place(root)


def _comments(root: etree._Element) -> None:
    """`<!--more-->` and its kin stay, on the top level and once; all other comments are for machines."""
    found = False
    marks = [mark for mark in root.iter() if tree.is_comment(mark) or _is_more(mark)]
    for mark in marks:
        is_more = not tree.is_comment(mark) or (mark.text or "").strip() == "more"
        if is_more and not found and mark.getparent() is not None:
            found = True
            more = etree.Comment("more")
            tree.replace(mark, more)
            more_tag.lift(root, more)
        tree.remove(mark)


def _is_more(mark: etree._Element) -> bool:
    known = str(mark.get("id") or mark.get("name") or "") if mark.tag in ("a", "span") else ""
    return len(mark) == 0 and bool(_MORE.fullmatch(known)) and not (mark.text or "").strip()


def _heading(heading: etree._Element) -> None:
    for link in list(heading.iter("a")):
        named = f"{link.get('class') or ''} {link.get('aria-label') or ''}"
        text = tree.plain_text(link).strip()
        if attribute(link, "href").startswith("#") and (_ANCHORS.search(named) or text in ("#", "¶", "§", "🔗", "")):
            if len(text) > 1:
                tree.unwrap(link)
            else:
                tree.remove(link)
        elif attribute(link, "href").startswith("#") and "toc-backref" in classes(link):
            tree.unwrap(link)  # back to its line in a table of contents


def _link(link: etree._Element) -> None:
    if "headerlink" in classes(link) and tree.plain_text(link).strip() in ("#", "¶", "\uf0c1", ""):
        tree.remove(link)  # of captions and terms, too
        return
    if attribute(link, "href").strip().lower().startswith("javascript:"):
        del link.attrib["href"]


_RULES: dict[str, Callable[[etree._Element], None]] = {
    "iframe": figures.iframe, "audio": figures.media, "video": figures.media, "img": figures.image,
    "picture": figures.picture, "div": figures.box, "a": _link, "table": figures.table,
    **{f"h{level}": _heading for level in range(1, 7)},
}  # fmt: skip


def _drop(root: etree._Element, log: Log) -> None:
    tree.remove_all(root, list(root.iter(*_DROPPED)))
    notes = (box for box in root.iter("div", "section") if not _NOTES.isdisjoint(classes(box)))
    tree.remove_all(root, [rule for box in notes for rule in box.findall("hr")])  # generators draw it over their notes
    for element in list(root.iter(_SVG)):
        if not tree.plain_text(element).strip() and _is_icon(element):
            tree.remove(element)
    for element in list(root.iter("object", "embed", "applet", "canvas")):
        url = str(element.get("data") or element.get("src") or "")
        log("html.active", f"<{element.tag!s}>", where=url)
        if url.startswith("http"):
            tree.replace(element, embed_element(url))
        else:
            tree.unwrap(element)


def _is_icon(svg: etree._Element) -> bool:
    size = attribute(svg, "width").removesuffix("px")
    return svg.get("aria-hidden") == "true" or (size.isdecimal() and int(size) <= 48) or is_inside(svg, "a", "button")


def _clean(root: etree._Element) -> None:
    """Attributes that style or script the old site go; boxes that then say nothing are for the passes."""
    wanted = {str(link.get("href"))[1:] for link in root.iter("a") if attribute(link, "href").startswith("#")}
    for element in root.iter("*"):
        if not tree.name(element).startswith("{"):
            _clean_attributes(element, wanted)
    leftovers.drop_empty(root)


def _clean_attributes(element: etree._Element, wanted: set[str]) -> None:
    """`wanted`: the ids that links lead to."""
    kinds = [_ALIASES.get(kind, kind) for kind in classes(element)]
    kept = [kind for kind in kinds if _KEPT_CLASSES.fullmatch(kind)]
    if element.tag != "figure":
        kept = [kind for kind in kept if not kind.startswith("align") and kind not in ("gallery", "embed")]
    style = attribute(element, "style")
    style = alignment.kept(element) or (style if element.tag == "ol" and style.startswith(KEPT) else "")
    if element.tag == "a" and element.get("name") and not element.get("id"):
        element.set("id", str(element.get("name")))
    for name in [str(name) for name in element.attrib]:
        if name == "class" and kept:
            element.set("class", " ".join(dict.fromkeys(kept)))
        elif name not in _KEPT and not (name == "id" and _is_target(element, wanted)):
            del element.attrib[name]
    if style:
        element.set("style", style)


def _is_target(element: etree._Element, wanted: set[str]) -> bool:
    """Does the id matter? That of a heading, to which other pages may link, where its words do not make it anyway."""
    id = str(element.get("id"))
    if id in wanted:
        return True
    words = re.sub(r"[^\w\s-]", "", tree.plain_text(element).lower()) if element.tag in HEADINGS else id
    return re.sub(r"\s", "-", words.strip()) != id
