"""The end of a post's teaser: `<!--more-->`, `<!--more Read on-->`, at the top level whatever it stood in.

`get_the_content` puts an empty mark in its place, and `wpautop` sees no block in that: in a classic post it often lies
inside a paragraph. Targets know it between blocks only, so that the paragraph is cut in two there.
"""

from __future__ import annotations

from lxml import etree

from converters.html import tree


def lift(root: etree._Element) -> None:
    """Put the first divider between the children of `root`; all other comments, which no reader saw, go."""
    comments = list(root.iter(etree.Comment, etree.ProcessingInstruction))
    found = [one for one in comments if (one.text or "").strip().partition(" ")[0] == "more"]
    _take_out(root, comments, next(iter(found), None))
    if not found or found[0].getparent() is root:
        return
    mark = found[0]
    top = next(one for one in mark.iterancestors() if one.getparent() is root)
    if mark.getparent() is top and top.tag == "p":
        _cut(top, mark)
    tree.remove(mark)
    mark.tail = None
    top.addnext(mark)
    if top.tag == "p" and _is_empty(top):
        tree.remove(top)


def _take_out(root: etree._Element, comments: list[etree._Element], kept: etree._Element | None) -> None:
    """All comments but one, and the paragraphs that held nothing else. In one walk: each would copy the text before."""
    around = [parent for other in comments if other is not kept and (parent := other.getparent()) is not None]
    place = etree.Element("KEPT")
    if kept is not None:
        place.tail, kept.tail = kept.tail, None
        kept.getparent().replace(kept, place)  # type: ignore[union-attr]  # it is below the root
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    if kept is not None:
        kept.tail, place.tail = place.tail, None
        place.getparent().replace(place, kept)  # type: ignore[union-attr]
    tree.remove_all(root, [one for one in dict.fromkeys(around) if one.tag == "p" and _is_empty(one)])


def _cut(paragraph: etree._Element, mark: etree._Element) -> None:
    """What stands behind the mark becomes a paragraph of its own; breaks around the mark are idle."""
    rest = etree.Element("p")
    rest.attrib.update({name: value for name, value in paragraph.attrib.items() if name != "id"})
    rest.text, mark.tail = mark.tail, None
    rest.extend(list(mark.itersiblings()))
    rest.tail, paragraph.tail = paragraph.tail, None
    before = mark.getprevious()
    if before is not None and before.tag == "br" and not (before.tail or "").strip():
        tree.remove(before)
    first = next(iter(rest), None)
    if first is not None and first.tag == "br" and not (rest.text or "").strip():
        tree.remove(first)
    if not _is_empty(rest):
        paragraph.addnext(rest)


def _is_empty(paragraph: etree._Element) -> bool:
    return next(iter(paragraph), None) is None and not (paragraph.text or "").strip()  # to count all takes long
