"""Notes that stand in the text, at the place of their mark: margins, tips that a script opens, elements of scripts.

One row a maker: how the note is found, what in it says something, and what around it drew the mark.

<label class="margin-toggle sidenote-number"></label><input type="checkbox"><span class="sidenote">           Tufte CSS
<label class="margin-toggle">⊕</label><input type="checkbox"><span class="marginnote">
<sup class="modern-footnotes-footnote"><a>1</a></sup><span class="modern-footnotes-footnote__note">    Modern Footnotes
<span class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span class="ltx_note_outer">       LaTeXML
<span class="footnote_referrer"><a><sup id="footnote_plugin_tooltip_1_1">[1]</sup></a><span class="footnote_tooltip">
                                          and rows of a table with the id footnote_plugin_reference_1_1      footnotes
<sup><a href="#fn-1" title="The note.">1</a></sup>               plug-ins whose notes are in titles alone
<d-footnote>, <dt-fn>                                                                                          Distill
<div class="bigfoot-footnote__container"><button>    beside the mark that it hides           bigfoot.js, littlefoot.js
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS
from converters.importers.html.footnotes.labels import without_labels
from converters.importers.html.footnotes.note import MANY, NAMED, Note, is_named, label_of, moved
from converters.importers.shared.elements import attribute, classes

_SIDE = frozenset({"sidenote", "side-note", "marginnote", "margin-note", "sidenote-content", "sidenote__content"})
_TOGGLES = re.compile(r"margin-?toggle|sidenote-?(?:number|toggle|label|ref|anchor|button|checkbox)", re.I)
_MODERN = "modern-footnotes-footnote__note"
_BUTTONS = frozenset(
    "bigfoot-footnote__container bigfoot-footnote littlefoot__container littlefoot--container littlefoot__popover "
    "littlefoot littlefoot-footnote__container".split()
)
_PRINTED = frozenset({"footnote-print-only", "littlefoot--print"})
_TWICE = frozenset({"modern-footnotes-list", "modern-footnotes-list--show-only-for-print"})
"""Lists that say again, for paper, what the notes in the text say."""
_classed = etree.XPath(
    "descendant::*[contains(@class, 'note') or contains(@class, 'ltx_') or self::d-footnote or self::dt-fn]"
)
_buttons = etree.XPath("descendant::*[contains(@class, 'bigfoot') or contains(@class, 'littlefoot')]")
_ids = etree.XPath("descendant::*/@id | descendant::a/@name", smart_strings=False)
_SHORTEST = 12
"""Characters of a title that is a note; "View footnote" is none, and its note is on the page."""
_PHRASES = frozenset({"span", "small", "sup", "label", "em", "i", "cite"})
_TOOLTIP = "footnote_plugin_tooltip_"
_ROW = "footnote_plugin_reference_"


def drop_buttons(root: etree._Element) -> None:
    """Buttons that a script put beside the marks that it hid, and the boxes that they opened."""
    found = cast(list[etree._Element], _buttons(root))
    gone = [one for one in found if not _BUTTONS.isdisjoint(classes(one)) and _PRINTED.isdisjoint(classes(one))]
    printed = found + list(root.iter("sup"))
    if gone and any(not _PRINTED.isdisjoint(classes(one)) for one in printed):
        for box in gone:
            _mend(box)
            tree.remove(box)
        for box in root.iter("div", "section", "ol", "li", "sup"):
            if {"footnotes", "footnote-processed", *_PRINTED} & set(classes(box)):
                for name in ("style", "hidden"):
                    box.attrib.pop(name, "")


def _mend(box: etree._Element) -> None:
    """A box in a paragraph ended it when the page was read again: what is behind the box belongs to the paragraph."""
    paragraph = box.getprevious()
    if box.tag != "div" or paragraph is None or paragraph.tag != "p" or (paragraph.tail or "").strip():
        return
    text, box.tail = box.tail or "", None
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + text
    else:
        paragraph.text = (paragraph.text or "") + text
    after = box.getnext()
    while after is not None and not tree.is_block(after):
        following = after.getnext()
        paragraph.append(after)
        after = following


def find(root: etree._Element) -> list[Note]:
    """The notes of a text, out of their places: what drew their marks is still in the text."""
    candidates = cast(list[etree._Element], _classed(root))
    notes: list[Note] = []
    for element in candidates:
        if len(notes) >= MANY or element.getparent() is None:
            continue
        note = _note(element)
        if note is not None:
            notes.append(note)
    if notes:
        twice = [one for one in candidates if one.tag == "d-footnote-list" or not _TWICE.isdisjoint(classes(one))]
        tree.remove_all(root, [*twice, *list(root.iter("d-footnote-list"))])
    notes += _plugin_rows(root, candidates)
    notes += _titles(root)
    return notes


def _titles(root: etree._Element) -> list[Note]:
    """Marks that lead nowhere, and have the note for a title."""
    marks = [link for link in root.iter("a") if len(attribute(link, "title")) >= _SHORTEST and _is_mark(link)]
    if not marks:
        return []
    ids = {str(id) for id in cast(list[str], _ids(root))}
    notes: list[Note] = []
    for link in marks[:MANY]:
        above = link.getparent()
        if attribute(link, "href").partition("#")[2] in ids:
            continue
        item = etree.Element("li")
        item.text = attribute(link, "title").strip()
        mark = above if above is not None and above.tag == "sup" and len(above) == 1 else link
        notes.append(Note(item, [mark], places=[""]))
    return notes


def _is_mark(link: etree._Element) -> bool:
    """A number that is raised, or named as a footnote's, and leads to a place of some page or nowhere."""
    href = attribute(link, "href")
    if "#" not in href and not href.startswith("javascript:"):
        return False
    if not label_of(link).isdecimal() and not label_of(link).startswith(("*", "\u2020", "\u2021")):
        return False
    above = link.getparent()
    raised = (above is not None and above.tag == "sup") or next(link.iter("sup"), None) is not None
    return raised and (is_named(link) or (above is not None and is_named(above)) or bool(NAMED.search(href)))


def _note(element: etree._Element) -> Note | None:
    kinds = classes(element)
    if element.tag in ("d-footnote", "dt-fn"):
        return _taken(element, element, "") if tree.plain_text(element).strip() else None
    if _MODERN in kinds:
        return _modern(element)
    if "ltx_role_footnote" in kinds:
        return _latexml(element)
    if not _SIDE.isdisjoint(kinds):
        return _side(element)
    return None


def _taken(mark: etree._Element, content: etree._Element, label: str) -> Note:
    item = etree.Element("li")
    moved(item, content)
    without_labels(item, label, [], listed=False)
    if len(item) and not any(child.tag in BLOCKS for child in item):
        item.text = (item.text or "").lstrip() or None
    return Note(item, [mark], places=[""])


def _modern(content: etree._Element) -> Note | None:
    mark = content.getprevious()
    if mark is None or "modern-footnotes-footnote" not in classes(mark) or (mark.tail or "").strip():
        return None
    note = _taken(mark, content, label_of(mark))
    tree.remove(content)
    return note


def _latexml(element: etree._Element) -> Note | None:
    content = next((one for one in element.iter("span") if "ltx_note_content" in classes(one)), None)
    if content is None:
        return None
    label = next((label_of(one) for one in element.iter("sup") if "ltx_note_mark" in classes(one)), "")
    for one in list(content):
        if {"ltx_note_mark", "ltx_tag_note", "ltx_note_type"} & set(classes(one)):
            tree.remove(one)
    return _taken(element, content, label)


def _side(element: etree._Element) -> Note | None:
    """A note in the margin: beside a number or a switch, or in the middle of a line. A box of its own stays one."""
    toggles: list[etree._Element] = []
    before = element.getprevious()
    while before is not None and len(toggles) < 4 and _is_toggle(before):
        toggles.append(before)
        before = before.getprevious()
    phrase = element.tag in _PHRASES
    above = element.getparent()
    if not phrase or (not toggles and (above is None or above.tag in ("body", "div", "section", "article", "html"))):
        return None
    if next(element.iter("img", "iframe", "video", "figure", "table"), None) is not None:
        for toggle in toggles:
            tree.remove(toggle)
        _figure(element)
        return None
    if not tree.plain_text(element).strip():
        return None
    label = next((label for toggle in toggles if (label := label_of(toggle))), "")
    inner = next((one for one in element.iter("span", "sup") if "sidenote-number" in classes(one)), None)
    if inner is not None and inner is not element:
        label = label or label_of(inner)
        tree.remove(inner)
    for toggle in toggles:
        tree.remove(toggle)
    return _taken(element, element, label)


def _is_toggle(element: etree._Element) -> bool:
    if (element.tail or "").strip() or element.tag not in ("label", "input", "sup", "span", "a", "button"):
        return False
    return bool(_TOGGLES.search(f"{attribute(element, 'class')} {attribute(element, 'id')}"))


def _figure(element: etree._Element) -> None:
    """An image in the margin: a figure behind the paragraph that it is beside."""
    images = list(element.iter("img"))
    paragraph = element.getparent()
    if len(images) != 1 or paragraph is None or paragraph.tag != "p":
        return
    figure = etree.Element("figure")
    image = images[0]
    tree.remove(image)
    figure.append(image)
    caption = etree.Element("figcaption")
    moved(caption, element)
    if tree.plain_text(caption).strip():
        figure.append(caption)
    tree.remove(element)
    figure.tail, paragraph.tail = paragraph.tail, None
    paragraph.addnext(figure)


def _plugin_rows(root: etree._Element, candidates: list[etree._Element]) -> list[Note]:
    """Marks and rows of the plug-in that a script connects: their ids end alike."""
    marks = {
        attribute(one, "id").removeprefix(_TOOLTIP): one
        for one in candidates
        if one.tag == "sup" and attribute(one, "id").startswith(_TOOLTIP)
    }
    if not marks:
        return []
    notes: list[Note] = []
    for row in list(root.iter("tr")):
        cells = list(row)
        ids = [attribute(one, "id") for one in row.iter("th", "td", "a", "tr")]
        key = next((id.removeprefix(_ROW) for id in ids if id.startswith(_ROW)), "")
        if key not in marks or len(notes) >= MANY:
            continue
        mark = marks.pop(key)
        whole = next((above for above in mark.iterancestors("span") if "footnote_referrer" in classes(above)), mark)
        label = label_of(mark)
        item = etree.Element("li")
        moved(item, cells[-1])
        without_labels(item, label, [], listed=False)
        notes.append(Note(item, [whole], id=f"{_ROW}{key}", places=[attribute(mark, "id")], box=row))
    return notes
