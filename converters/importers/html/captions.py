"""Captions that makers write in boxes of their own: the image and its caption become a figure.

<div class="figure"><img><p class="caption">             Sphinx, docutils, R           <div class="img_caption"> Joomla
<div class="thumbinner"><a><img></a><div class="thumbcaption">                        MediaWiki, in `div.thumb tright`
<div class="imageblock"><div class="content"><img></div><div class="title">           Asciidoctor
<div class="figure"><p><img></p><p><span class="figure-number">Figure 1: </span>…</p> org-mode
<div class="image-block"><img></div><div class="image-caption-wrapper"><div class="image-caption">     Squarespace
<figure><div><img><figcaption></div></figure>, <figure><img><p>…</p></figure>         themes

WordPress's and Blogger's captions, which say more, are in `figures`. What is no caption by its name stays text.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import cast

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.shared.elements import all_classes, attribute, classes

_CAPTION = re.compile(
    r"(?:^|[-_])(?:caption|thumbcaption|captiontext|cutline)(?:$|[-_]{1,2}(?:text|wrapper|inner|content|container))"
    r"|(?:Image|image|photo|figure)Caption$",
)
_named = etree.XPath(
    "descendant::*[contains(@class, 'aption') or contains(@class, 'cutline') or self::figcaption]"
    "[self::p or self::div or self::span or self::small or self::em or self::figcaption or self::center or self::i]"
)
_FIGURES = frozenset({"figure", "imageblock", "mediaobject", "thumbinner", "image-figure"})
_boxes = etree.XPath(
    "descendant::*[self::figure or contains(@class, 'figure') or contains(@class, 'imageblock')"
    " or contains(@class, 'mediaobject') or contains(@class, 'thumbinner')][self::div or self::figure]"
)
_OTHERS = frozenset({"wp-caption", "tr-caption-container", "wp-caption-text", "gallery-caption", "screen-reader-text"})
_AROUND = frozenset({"div", "span", "p", "center", "section", "a", "figure", "td"})
_IMAGES = ("img", "video")
_TEXTS = ("pre", "table", "blockquote", "ul", "ol", "iframe", "audio", "dl", *HEADINGS)
_UP = 4
"""Boxes between a caption and the one that it shares with its image."""
_LONGEST = 1_500
"""Characters of a caption."""
_SIDES = {
    "alignleft": re.compile(r"(?:^|\s)(?:tleft|floatleft|float-left|align-?left|pull-left|image-left|left)(?:\s|$)"),
    "alignright": re.compile(
        r"(?:^|\s)(?:tright|floatright|float-right|align-?right|pull-right|image-right|right)(?:\s|$)"
    ),
    "aligncenter": re.compile(r"(?:^|\s)(?:tnone|align-?center|image-center|center)(?:\s|$)"),
}


def find(root: etree._Element) -> None:
    """Change the tree in place."""
    if next(root.iter(*_IMAGES), None) is None:
        return
    named = all_classes(root)
    if "aption" not in named and "cutline" not in named and next(root.iter("figcaption"), None) is None:
        named_words: list[etree._Element] = []
    else:
        named_words = cast(list[etree._Element], _named(root))
    looked: _Looked = {}
    for words in named_words:
        if words.getparent() is not None and _is_caption(words):
            _with_its_image(words, root, looked)
    for box in cast(list[etree._Element], _boxes(root)):
        if box.getparent() is not None and (box.tag == "figure" or not _FIGURES.isdisjoint(classes(box))):
            _by_its_box(box)


def _is_caption(words: etree._Element) -> bool:
    kinds = classes(words)
    if words.tag != "figcaption" and not any(map(_CAPTION.search, kinds)):
        return False
    if not _OTHERS.isdisjoint(kinds) or next(words.iterancestors("figcaption"), None) is not None:
        return False
    text = tree.plain_text(words).strip()
    if not text or len(text) > _LONGEST or next(words.iter(*_IMAGES, *_TEXTS), None) is not None:
        return False
    parent = words.getparent()
    return parent is None or words.tag != "figcaption" or parent.tag != "figure"


_Looked = dict[etree._Element, tuple[str, list[etree._Element]]]
"""Boxes that were looked at: their text, and their first two images."""


def _with_its_image(words: etree._Element, root: etree._Element, looked: _Looked) -> None:
    """The nearest box that holds one image beside the caption, and no other words."""
    text = tree.plain_text(words).strip()
    for box in islice(words.iterancestors(), _UP):
        if box is root or box.tag not in _AROUND or not _OTHERS.isdisjoint(classes(box)):
            return
        if box not in looked:
            looked[box] = tree.plain_text(box).strip(), list(islice(box.iter(*_IMAGES), 2))
        said, images = looked[box]
        if len(images) > 1 or said != text:
            return
        if images:
            outer = next(islice(box.iterancestors("figure"), 1), None)
            if (
                outer is not None
                and tree.plain_text(outer).strip() == text
                and len(list(islice(outer.iter(*_IMAGES), 2))) == 1
            ):
                box = outer
            _figure(box, images[0], [words])
            return


def _by_its_box(box: etree._Element) -> None:
    """A box that is a figure by its name: all its words are the caption."""
    images = list(islice(box.iter(*_IMAGES), 2))
    if len(images) != 1 or next(box.iter("figcaption", *_TEXTS), None) is not None or (box.text or "").strip():
        return
    if any((child.tail or "").strip() for child in box) or not _OTHERS.isdisjoint(classes(box)):
        return
    around = set(images[0].iterancestors())
    words = [
        child for child in box if child not in around and child is not images[0] and tree.plain_text(child).strip()
    ]
    held = next((child for child in box if child in around), None)
    if held is not None and tree.plain_text(held).strip():
        return
    if words and len(words) <= 3 and sum(len(tree.plain_text(one)) for one in words) <= _LONGEST:
        _figure(box, images[0], words)


def _figure(box: etree._Element, image: etree._Element, captions: list[etree._Element]) -> None:
    """Put a figure in the place of the box; a cell keeps its place in the table, and holds it."""
    figure = etree.Element("figure")
    if side := _side(box):
        figure.set("class", side)
    shown = _with_link(image, box)
    shown.tail = None
    figure.append(shown)
    caption = etree.SubElement(figure, "figcaption")
    for words in captions:
        words.tail = None
        if len(captions) > 1:
            words.tag = "p"
            caption.append(words)
        else:
            caption.text = words.text
            caption.extend(list(words))
    for inner in list(caption.iter("div")):
        tree.unwrap(inner)
    if box.tag == "td":
        for child in list(box):
            box.remove(child)
        box.text = None
        box.append(figure)
    else:
        tree.replace(box, figure)


def _with_link(image: etree._Element, box: etree._Element) -> etree._Element:
    """The image with its `<picture>` and the link around it."""
    shown, above = image, image.getparent()
    if above is not None and above.tag == "picture":
        shown, above = above, above.getparent()
    if above is not None and above.tag == "a" and above is not box and not tree.plain_text(above).strip():
        return above
    return shown


def _side(box: etree._Element) -> str:
    if box.tag == "figure":
        return " ".join(kind for kind in classes(box) if kind.startswith(("align", "is-resized")))
    named = attribute(box, "class")
    above = box.getparent()
    if above is not None and above.tag == "div" and box.getprevious() is None and box.getnext() is None:
        named = f"{attribute(above, 'class')} {named}"
    return next((side for side, pattern in _SIDES.items() if pattern.search(named)), "")
