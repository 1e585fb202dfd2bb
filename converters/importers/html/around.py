"""What stands beside the text of a page: all of it named; its picture and its comments are the post's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from converters.importers.html import comments as read_comments
from converters.importers.html import content
from converters.importers.html.left_out import LeftOut, Why
from converters.importers.html.main_text import find, pieces
from converters.importers.html.main_text.blocks import cut_up
from converters.importers.html.metadata import Metadata
from converters.importers.html.shared_blocks import digest_of_text
from converters.model import Comment
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Element

    from converters.importers.html.read_page import PageContext

_PROSE, _NAVIGATION = 80, 40
"""Characters of a piece that was left out that are shown."""
_PIECES = 100
"""Pieces of prose that have a notice each; the rest are in one."""
_MANY = 200
_PICTURES = ("img", "picture", "a", "span")
_LEVELS = 256
_FEW = 3
_MEDIA = ("img", "iframe", "video", "audio")
_SHOWS = ", ".join(_MEDIA)
_UNSEEN = re.compile(r"display:none|visibility:hidden|(?:width|height):[01]px")
_AROUND = "nav, header, footer, aside, a, [role=banner], [role=contentinfo]"


class Surroundings(NamedTuple):
    """What stands beside the text and is the post's."""

    picture: Element | None = None
    comments: tuple[Comment, ...] = ()


def read_around(
    found: find.MainText, facts: frozenset[str], meta: Metadata, reading: PageContext, left: LeftOut
) -> Surroundings:
    """Say what is left out, every piece of it; what of it is the post's own is returned."""
    navigation: list[str] = []
    prose: list[str] = []
    comments: list[Comment] = []
    picture = None
    for piece in found.pieces:
        element = piece.element
        left.add(piece.html)
        if element is not None:
            piece = _without_comments(piece, element, comments, reading, left)
            if picture is None and not piece.inside:
                picture = _picture(element, meta)
        if missed := " ".join(pieces.prose(piece, facts, reading.shared)):
            prose.append(f"{piece.name}: {missed[:_PROSE]}")
        elif piece.blocks:
            navigation.append(f"{piece.name} ({piece.words[:_NAVIGATION].rstrip()})")
        elif element is not None and (shown := _media(element, picture)):
            (navigation if element.closest(_AROUND) is not None else prose).append(f"{piece.name}: {shown}")
    picture = _beside(found.container, picture, meta, prose, left)
    _name(navigation, prose, left.log)
    return Surroundings(picture, tuple(comments))


def _beside(
    container: Element, picture: Element | None, meta: Metadata, prose: list[str], left: LeftOut
) -> Element | None:
    """Say which pictures and players beside the text stand in no box of their own. The picture of the post, which may
    be one of them, is returned."""
    for loose in _loose_media(container):
        if loose.tag == "img" and picture is None and _is_featured(loose, "", meta):
            picture = loose
        elif shown := _media(loose, picture):
            left.add(loose)
            if not _counts(loose):
                prose.append(f"{loose.tag}: {shown}")
    return picture


def _name(navigation: list[str], prose: list[str], log: Log) -> None:
    """A notice for every piece of prose; one for the ways around the site."""
    if navigation:
        log("html.chrome", ", ".join(dict.fromkeys(navigation)))
    for words in prose[:_PIECES]:
        log("html.beside", words)
    if prose[_PIECES:]:
        log("html.beside", "; ".join(prose[_PIECES:]))


def _without_comments(
    piece: pieces.Piece, element: Element, comments: list[Comment], reading: PageContext, left: LeftOut
) -> pieces.Piece:
    """The piece without the comments in it, which are read."""
    blocks = piece.blocks
    whole = False
    for box in content.comment_boxes(element):
        read = read_comments.read(box, reading.zone)
        comments += read
        number = 0 if read else read_comments.count(box)
        if number:
            left.log("html.comments", str(number))
        if read or number:
            spoken = {digest_of_text(block.text) for block in cut_up(box).blocks}
            blocks = [block for block in blocks if digest_of_text(block.text) not in spoken]
            left.add(box, Why.COMMENTS if read else Why.NAMED)
            whole = whole or box == element
            if box != element:
                box.extract()
    if not whole:
        left.add(element)
    return piece._replace(blocks=blocks)


def _media(box: Element, picture: Element | None) -> str:
    """What a box without words shows, by the name of its file: an image, a player; not the picture of the post."""
    for one in [box, *box.select(_SHOWS)[:_FEW]]:
        if one.tag in _MEDIA and one != picture:
            return str(one.attr("src") or one.attr("data-src") or "").partition("?")[0].rpartition("/")[2] or one.tag
    return ""


def _picture(box: Element, meta: Metadata) -> Element | None:
    """The picture of the post that a box beside the text shows."""
    image = box.select_one("img")
    return image if image is not None and _is_featured(image, content.names(box), meta) else None


def _loose_media(container: Element) -> Iterator[Element]:
    """The pictures and players beside the text that stand in no box of their own."""
    from turbohtml import Element as Box

    for above in islice(container.ancestors, _LEVELS):
        for child in islice(above.children, _MANY):
            if isinstance(child, Box) and (child.tag in _PICTURES or child.tag in _MEDIA):
                shown = child if child.tag in _MEDIA else child.select_one("img")
                if shown is not None:
                    yield shown


def _counts(shown: Element) -> bool:
    """Is it there to count readers: a frame or a picture that nobody sees?"""
    sizes = {str(shown.attr(name) or "").removesuffix("px") for name in ("width", "height")}
    style = str(shown.attr("style") or "").replace(" ", "")
    return sizes <= {"0", "1"} or bool(_UNSEEN.search(style)) or shown.attr("hidden") is not None


def _is_featured(image: Element, named: str, meta: Metadata) -> bool:
    names = f"{named} {content.names(image)}"
    if re.search(
        r"featured|post-thumbnail|wp-post-image|u-featured|cover|hero|lead-image|post-image|feature-image", names, re.I
    ):
        return True
    src = str(image.attr("src") or image.attr("data-src") or "").rpartition("/")[2].partition("?")[0]
    return bool(src) and meta.picture.rpartition("/")[2].partition("?")[0] == src
