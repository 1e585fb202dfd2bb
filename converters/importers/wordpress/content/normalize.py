"""From WordPress's HTML to the semantic HTML of the contract: one small pass an element, over the parsed tree.

Last comes the end of a post's teaser (`lift_more_tag`): `<!--more-->`, `<!--more Read on-->`, at the top level whatever
it stood in. `get_the_content` puts an empty mark in its place, and `wpautop` sees no block in that: in a classic post
it often lies inside a paragraph. Targets know it between blocks only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree

from converters import urls
from converters.html import more_tag, tree
from converters.importers.shared import accordions, icon_links, image_sizes, leftovers, providers
from converters.importers.shared.elements import ALIGNMENTS, attribute, classes
from converters.importers.shared.embeds import embed
from converters.importers.shared.styles import alignment
from converters.importers.shared.styles.lists import KEPT
from converters.importers.wordpress.content import code, code_pasted, embeds, plugin_galleries
from converters.importers.wordpress.content.galleries import gallery_block

_KEPT_CLASSES = ALIGNMENTS | {"gallery", "embed", "is-resized", "screen-reader-text", "verse"}
_NOISE = ("style", "decoding", "loading", "fetchpriority", "srcset", "sizes")

_with_attributes = etree.XPath("descendant-or-self::*[@*]")


def normalize(root: etree._Element) -> None:
    """Change the tree in place."""
    accordions.open_all(root)
    icon_links.name_links(root)
    alignment.prepare(root)
    tree.unwrap_all(root, [link for link in root.iterdescendants("a") if _leads_nowhere(link)])
    empty: list[etree._Element] = []
    for element in list(root.iterdescendants(*_RULES, "p")):
        if element.getparent() is None:
            continue
        if element.tag != "p":
            _RULES[tree.name(element)](element)
        elif _is_empty_paragraph(element):
            empty.append(element)
    tree.remove_all(root, empty)
    for element in cast(list[etree._Element], _with_attributes(root)):
        _clean(element)
    leftovers.drop_empty(root)


def _figure(element: etree._Element) -> None:
    kinds = classes(element)
    found = plugin_galleries.kind(element)
    if found is not None:
        plugin_galleries.gallery(element, found)
    elif "wp-block-gallery" in kinds:
        gallery_block(element)
    elif "wp-block-embed" in kinds or any(kind.startswith("wp-block-embed-") for kind in kinds):
        _embed_block(element, kinds)


def _embed_block(element: etree._Element, kinds: list[str]) -> None:
    """The block of an address, or of the player that a plug-in had put in its place."""
    caption = element.find("figcaption")
    frame = element.find(".//iframe")
    if frame is not None:
        address = [attribute(frame, "src")]
        if not providers.find(address[0]).provider:
            return
    else:
        address = "".join(str(t) for t in element.itertext() if str(t).strip().startswith("http")).strip().split()
    if not address:
        return
    words = tree.inner_html(caption) if caption is not None else ""
    provider = next((kind.removeprefix("is-provider-") for kind in kinds if kind.startswith("is-provider-")), "")
    tree.replace(element, tree.parse(embed(address[0], words, provider))[0])


def _list(element: etree._Element) -> None:
    if "blocks-gallery-grid" in attribute(element, "class") or "wp-block-gallery" in str(element.get("class") or ""):
        gallery_block(element)


def _box(element: etree._Element) -> None:
    found = plugin_galleries.kind(element)
    if found is not None:
        plugin_galleries.gallery(element, found)
        return
    _list(element)
    code_pasted.join_lines(element)
    embeds.card(element)


def _image(element: etree._Element) -> None:
    """Old posts leave the alternative text out where they mean there is none; others name a picture in sizes only."""
    if not element.get("src") and element.get("srcset"):
        element.set("src", urls.largest(str(element.get("srcset"))))
    if element.get("alt") is None:
        element.set("alt", "")
    image_sizes.keep(element)


def _picture(element: etree._Element) -> None:
    """The image in it: its other forms are files for browsers to choose from."""
    if element.find(".//img") is not None:
        tree.remove_all(element, list(element.iter("source")))
        tree.unwrap(element)


def _is_empty_paragraph(element: etree._Element) -> bool:
    return not len(element) and not (element.text or "").strip(" \t\r\n")


def _clean(element: etree._Element) -> None:
    """Classes of themes and measures of layouts say nothing to the new site; the alignment of text does."""
    kinds = classes(element)
    style = _style(element)
    kept = [kind for kind in kinds if kind in _KEPT_CLASSES or kind.startswith("language-")]
    if element.tag == "pre":
        kept = ["verse"] if "wp-block-verse" in kinds else []
    if kept and element.tag not in alignment.ALIGNED:
        element.set("class", " ".join(kept))
    elif "class" in element.attrib:
        del element.attrib["class"]
    if element.get("class") == "embed":
        return
    for name in _NOISE:
        if name in element.attrib:
            del element.attrib[name]
    leftovers.drop_data(element)
    if style:
        element.set("style", style)


def _style(element: etree._Element) -> str:
    """What stays of a style: the alignment of text, numbers of a kind that no attribute of a list names, and in a cell
    the picture behind its words."""
    style = attribute(element, "style")
    if element.tag in ("td", "th") and "url(" in style:
        return style
    if "wp-block-file__button" in attribute(element, "class"):
        return "margin-left: 1em"  # the theme's room between a file's name and its button
    if element.tag == "pre" and "wp-block-verse" not in attribute(element, "class"):
        return ""
    return alignment.kept(element) or (style if element.tag == "ol" and style.startswith(KEPT) else "")


def _leads_nowhere(link: etree._Element) -> bool:
    """Such a link is text: a button without an address."""
    return not any(name in link.attrib for name in ("href", "id", "name"))


_RULES: dict[str, Callable[[etree._Element], None]] = {
    **embeds.RULES,
    "div": _box,
    "figure": _figure,
    "ul": _list,
    "pre": code.pre,
    "code": code.lines,
    "span": code.inline,
    "table": code_pasted.without_numbers,
    "img": _image,
    "picture": _picture,
}


def lift_more_tag(root: etree._Element) -> None:
    """Put the first divider between the children of `root`; all other comments, which no reader saw, go."""
    comments = list(root.iter(etree.Comment, etree.ProcessingInstruction))
    mark = next((one for one in comments if one.text == "more"), None)
    _take_out(root, comments, mark)
    if mark is not None:
        more_tag.lift(root, mark)


def _take_out(root: etree._Element, comments: list[etree._Element], kept: etree._Element | None) -> None:
    """All comments but one, and the paragraphs that held nothing else."""
    around = [parent for other in comments if other is not kept and (parent := other.getparent()) is not None]
    tree.strip_comments(root, [] if kept is None else [kept])
    tree.remove_all(root, [one for one in dict.fromkeys(around) if one.tag == "p" and _is_empty(one)])


def _is_empty(paragraph: etree._Element) -> bool:
    return next(iter(paragraph), None) is None and not (paragraph.text or "").strip()  # to count all takes long
