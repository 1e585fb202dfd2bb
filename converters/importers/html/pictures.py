"""Pictures on finished pages: lazy ones, those in several sizes, captions and galleries of many makers."""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.html.players import inside

_LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-src", "data-lazy", "data-url", "data-hi-res-src")
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")


def lazy(root: etree._Element) -> None:
    """Pictures a script would have loaded; the copy for readers without scripts goes where the picture is there."""
    for image in root.iter("img", "iframe", "video", "source"):
        waiting = next((str(image.get(name)) for name in _LAZY if image.get(name)), "")
        shown = str(image.get("src") or "")
        if (
            waiting
            and "{" not in waiting
            and (not shown or shown.startswith(("data:", "about:")) or image.get("data-lazy-src"))
        ):
            image.set("src", waiting)
        if not image.get("src") and image.tag == "img":
            candidates = next((str(image.get(name)) for name in _LAZY_SETS if image.get(name)), "")
            if candidates:
                image.set("src", _largest(candidates))
    sources = {str(image.get("src")) for image in root.iter("img", "iframe") if not inside(image, "noscript")}
    for noscript in list(root.iter("noscript")):
        inner = [str(image.get("src")) for image in noscript.iter("img", "iframe")]
        if inner and not sources.issuperset(inner):
            previous = noscript.getprevious()
            if previous is not None and previous.tag == "img" and not previous.get("src", "").startswith("http"):
                tree.remove(previous)
            tree.unwrap(noscript)
        else:
            tree.remove(noscript)


def _largest(candidates: str) -> str:
    """Of `a.jpg 480w, b.jpg 960w` the last and largest."""
    best, width = "", -1.0
    for candidate in candidates.split(", "):
        address, _, size = candidate.strip().rstrip(",").partition(" ")
        number = float(size[:-1]) if re.fullmatch(r"\d{1,6}(?:\.\d{1,4})?[wx]", size.strip()) else 0.0
        if address and number > width:
            best, width = address, number
    return best


def image(image: etree._Element) -> None:
    if not image.get("src") or str(image.get("width")) == "1" == str(image.get("height")):
        tree.remove(image)  # a counting pixel, or what a script never filled
        return
    image.set("alt", str(image.get("alt") or ""))
    _out_of_boxes(image)
    kinds = [kind for kind in str(image.get("class") or "").split() if kind.startswith("align")]
    parent = image.getparent()
    if kinds and kinds[0] in ("alignleft", "alignright", "aligncenter") and parent is not None:
        whole = parent if parent.tag == "a" and len(parent) == 1 and not (parent.text or "").strip() else image
        if not inside(image, "figure"):
            figure = etree.Element("figure", {"class": kinds[0]})
            tree.replace(whole, figure)
            figure.append(whole)


def _out_of_boxes(image: etree._Element) -> None:
    """Boxes in a figure that hold nothing but the picture only laid it out."""
    box = image.getparent()
    if not inside(image, "figure"):
        return
    while (
        box is not None and box.tag in ("div", "span", "picture") and sum(child.tag != "source" for child in box) == 1
    ):
        above = box.getparent()
        if above is None or (box.text or "").strip() or (image.tail or "").strip():
            return
        for source in box.findall("source"):
            box.remove(source)
        tree.unwrap(box)
        box = above


def picture(picture: etree._Element) -> None:
    for source in picture.findall("source"):
        picture.remove(source)
    tree.unwrap(picture)


def box(box: etree._Element) -> None:
    """Captions as WordPress's classic editor made them."""
    kinds = str(box.get("class") or "").split()
    if "wp-caption" in kinds:
        box.tag = "figure"
        for words in box.iter("p", "div"):
            if "wp-caption-text" in str(words.get("class") or ""):
                words.tag = "figcaption"


def table(table: etree._Element) -> None:
    """Blogger's pictures with a caption are tables of two rows."""
    if "tr-caption-container" not in str(table.get("class") or "").split():
        return
    cells = list(table.iter("td"))
    if len(cells) != 2:
        return
    figure = etree.Element("figure")
    place = str(table.get("style") or "")
    figure.set(
        "class", "alignleft" if "float: left" in place else "alignright" if "float: right" in place else "aligncenter"
    )
    for child in list(cells[0]):
        figure.append(child)
    caption = etree.SubElement(figure, "figcaption")
    caption.text = cells[1].text
    for child in list(cells[1]):
        caption.append(child)
    tree.replace(table, figure)


def galleries(root: etree._Element) -> None:
    """Boxes of pictures that WordPress, Ghost and themes call galleries: a figure of figures."""
    for box in list(root.iter("figure", "div", "ul")):
        kinds = " ".join(str(box.get("class") or "").split())
        if not re.search(
            r"(?:^|\s)(?:wp-block-gallery|blocks-gallery-grid|gallery|kg-gallery-card|tiled-gallery)(?:\s|$)", kinds
        ):
            continue
        images = list(box.iter("img"))
        if len(images) < 2 or _inside_gallery(box):
            continue
        columns = re.search(r"columns-(\d)", kinds)
        gallery = etree.Element(
            "figure", {"class": "gallery", "data-columns": columns[1] if columns else str(box.get("data-columns") or 3)}
        )
        for image in images:
            _shown_picture(gallery, image, box)
        for caption in [child for child in box if child.tag == "figcaption"]:
            gallery.append(caption)
        tree.replace(box, gallery)


def _shown_picture(gallery: etree._Element, image: etree._Element, box: etree._Element) -> None:
    """A picture of a gallery with its link and its caption."""
    holder = next((above for above in image.iterancestors("figure", "li", "dl", "div") if above is not box), None)
    within = holder is not None and len(list(holder.iter("img"))) == 1 and box in holder.iterancestors()
    captions = (
        []
        if holder is None or not within
        else [words for words in holder.iter("figcaption", "dd") if tree.plain_text(words).strip()]
    )
    link = next((above for above in image.iterancestors("a") if box in above.iterancestors()), None)
    figure = etree.SubElement(gallery, "figure")
    image.tail = None
    if link is not None and len(list(link.iter("img"))) == 1:
        wrapped = etree.SubElement(figure, "a", href=str(link.get("href") or ""))
        wrapped.append(image)
    else:
        figure.append(image)
    for words in captions[:1]:
        words.tag, words.tail = "figcaption", None
        figure.append(words)


def _inside_gallery(box: etree._Element) -> bool:
    return any(above.get("class") == "gallery" for above in box.iterancestors("figure"))
