"""What finished pages show in figures: images (lazy ones, those in several sizes), captions, galleries and players."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from converters.html import tree
from converters.importers.html import captions, pictures
from converters.importers.shared import image_sizes
from converters.importers.shared import lazy as lazy_load
from converters.importers.shared.elements import ALIGNMENTS, attribute, classes, is_inside, with_paragraph
from converters.importers.shared.embeds import embed_element
from converters.model.notices import Log

_FRAME = ("src", "width", "height", "title", "allow", "allowfullscreen")
_LEVELS = 16
_GALLERIES = frozenset(
    """wp-block-gallery blocks-gallery-grid gallery kg-gallery-card tiled-gallery wp-block-jetpack-tiled-gallery
    wp-block-jetpack-slideshow wp-block-kadence-advancedgallery coblocks-gallery""".split()
)


def urls_of_embeds(root: etree._Element) -> None:
    """What a player shows, where a link that is not shown says so: pages of this program are such ones."""
    for figure in list(root.iter("figure")):
        links = [link for link in figure.iterchildren("a") if link.get("hidden") is not None and link.get("href")]
        frame = next(figure.iterchildren("iframe"), None) if links and "embed" in classes(figure) else None
        if frame is None:
            continue
        said = embed_element(attribute(links[0], "href"))
        if said.get("data-provider") != embed_element(attribute(frame, "src")).get("data-provider"):
            said = etree.Element("figure", {"data-url": attribute(said, "data-url")})
        figure.attrib.update({str(name): str(value) for name, value in said.items() if name != "class"})
        tree.remove_all(figure, links)


def iframe(frame: etree._Element) -> None:
    url = attribute(frame, "src")
    if not url or url == "about:blank":
        tree.remove(frame)
        return
    parent = frame.getparent()
    if parent is not None and parent.tag == "figure" and "embed" in classes(parent):
        link = next((str(link.get("href")) for link in parent.iterchildren("a") if link.get("href")), "")
        parent.set("data-url", str(parent.get("data-url") or link or url))  # an embed already: its link says of what
        return
    page = url.removesuffix("/embed") if "mastodon-embed" in classes(frame) else url
    bare = etree.Element("iframe", {name: str(frame.get(name)) for name in _FRAME if frame.get(name)})
    _put(frame, embed_element(page, frame=bare))


def _put(element: etree._Element, new: etree._Element) -> None:
    """In the place of the element, or of the boxes that hold nothing else: those kept its ratio."""
    while (parent := element.getparent()) is not None and parent.getparent() is not None:
        if parent.tag not in ("div", "p", "figure", "span") or len(parent) != 1:
            break
        if (parent.text or "").strip() or (element.tail or "").strip():
            break
        element = parent
    parent = element.getparent()
    if parent is not None and parent.tag == "figure" and new.tag == "figure":  # its caption stays below it
        new.extend(parent.findall("figcaption"))
        if len(parent) == 1:
            element = parent
    tree.replace(element, new)


def media(player: etree._Element) -> None:
    parent = player.getparent()
    player.set("controls", "")
    if parent is not None and parent.tag != "figure" and not is_inside(player, "figure"):
        figure = etree.Element("figure")
        tree.replace(with_paragraph(player), figure)
        figure.append(player)


def lazy(root: etree._Element, log: Log) -> None:
    """Pictures a script would have loaded; what else is for readers without scripts was on no page."""
    lazy_load.load(root)
    tree.remove_all(root, list(root.iter("noscript")))
    pictures.show(root, log)
    captions.find(root)


def image(image: etree._Element) -> None:
    if not image.get("src") or str(image.get("width")) == "1" == str(image.get("height")):
        tree.remove(image)  # a counting pixel, or what a script never filled
        return
    image.set("alt", attribute(image, "alt"))
    _out_of_boxes(image)
    image_sizes.keep(image)
    kind = next((kind for kind in classes(image) if kind.startswith("align")), "")
    parent = image.getparent()
    if kind in ALIGNMENTS and parent is not None and not is_inside(image, "figure"):
        whole = parent if parent.tag == "a" and len(parent) == 1 and not (parent.text or "").strip() else image
        figure = etree.Element("figure", {"class": kind})
        tree.replace(whole, figure)
        figure.append(whole)


def _out_of_boxes(image: etree._Element) -> None:
    """Boxes in a figure that hold nothing but the picture only laid it out."""
    box = image.getparent()
    if not is_inside(image, "figure"):
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
    kinds = classes(box)
    if "wp-caption" in kinds:
        box.tag = "figure"
        for words in box.iter("p", "div"):
            if "wp-caption-text" in attribute(words, "class"):
                words.tag = "figcaption"


def table(table: etree._Element) -> None:
    """Blogger's pictures with a caption are tables of two rows."""
    if "tr-caption-container" not in classes(table):
        return
    cells = list(table.iter("td"))
    if len(cells) != 2:
        return
    floating = re.search(r"float: (left|right)", attribute(table, "style"))
    figure = etree.Element("figure", {"class": f"align{floating[1] if floating else 'center'}"})
    figure.extend(list(cells[0]))
    caption = etree.SubElement(figure, "figcaption")
    caption.text = cells[1].text
    caption.extend(list(cells[1]))
    tree.replace(table, figure)


def galleries(root: etree._Element) -> None:
    """Boxes of pictures that WordPress, Ghost and themes call galleries: a figure of figures."""
    for box in list(root.iter("figure", "div", "ul")):
        images = list(box.iter("img")) if _GALLERIES.intersection(classes(box)) else []
        if len(images) < 2 or any(above.get("class") == "gallery" for above in box.iterancestors("figure")):
            continue
        columns = re.search(r"columns-(\d)", attribute(box, "class"))
        number = columns[1] if columns else attribute(box, "data-columns") or "3"
        gallery = etree.Element("figure", {"class": "gallery", "data-columns": number})
        for image in images:
            _shown_picture(gallery, image, box)
        gallery.extend(box.findall("figcaption"))
        _captions_of_all(gallery, box)
        tree.replace(box, gallery)


def _captions_of_all(gallery: etree._Element, box: etree._Element) -> None:
    """What a gallery says beside its pictures (MediaWiki's `li.gallerycaption`): its caption, else words above it."""
    for child in list(box):
        if tree.is_comment(child) or not tree.plain_text(child).strip():
            continue
        if gallery.find("figcaption") is None:
            child.tag = "figcaption"
            gallery.append(child)
        else:
            child.tag = "p" if child.tag in ("li", "dt", "dd", "figcaption") else child.tag
            box.addprevious(child)
        child.tail = None


def _own_box(image: etree._Element, gallery: etree._Element) -> etree._Element | None:
    """The largest box in a gallery that holds this picture and no other."""
    found = None
    for above in islice(image.iterancestors(), _LEVELS):
        if above is gallery or len(list(islice(above.iter("img"), 2))) > 1:
            return found
        if above.tag in ("figure", "li", "dl", "div"):
            found = above
    return None


def _shown_picture(gallery: etree._Element, image: etree._Element, box: etree._Element) -> None:
    """A picture of a gallery with its link and its caption."""
    holder = _own_box(image, box)
    caption = _caption(holder) if holder is not None else None
    link = next((above for above in image.iterancestors("a") if box in above.iterancestors()), None)
    alone = link is not None and len(list(islice(link.iter("img"), 2))) == 1
    figure = etree.SubElement(gallery, "figure")
    if caption is not None:
        tree.remove(image)  # the words behind it are its caption's
    image.tail = None
    if link is not None and alone:
        etree.SubElement(figure, "a", href=attribute(link, "href")).append(image)
    else:
        figure.append(image)
    if caption is not None:
        caption.tag, caption.tail = "figcaption", None
        figure.append(caption)


def _caption(holder: etree._Element) -> etree._Element | None:
    """The words below a picture: told by their element, else all that the box of the picture says."""
    marked = next((one for one in holder.iter("figcaption", "dd") if tree.plain_text(one).strip()), None)
    if marked is not None or not tree.plain_text(holder).strip():
        return marked
    words = holder
    for _ in range(_LEVELS):  # down to the box that holds them all
        saying = [child for child in words if tree.plain_text(child).strip()]
        loose = (words.text or "").strip() or any((child.tail or "").strip() for child in words)
        if len(saying) != 1 or loose or saying[0].tag not in ("div", "p", "span", "dt", "figure"):
            break
        words = saying[0]
    return words
