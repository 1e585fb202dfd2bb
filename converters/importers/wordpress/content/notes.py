"""Footnotes by shortcode: a mark in the text, the notes in order at its end.

[ref]The note.[/ref]   [footnote]…[/footnote]   [efn_note]…[/efn_note]   [mfn]…[/mfn]   [fn]…[/fn]   [ftnt]…[/ftnt]

As the plug-ins show them (Easy Footnotes, Modern Footnotes, footnotes, FD Footnotes). `handler` leaves an element where
the note was said; `gather` works on the tree of the whole text, when all of them are known.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import placeholders, tree
from converters.importers.wordpress.content import parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_NOTE = placeholders.word()
_NAMES = "ref footnote efn_note efn mfn modern_footnote fn ftnt fnote footnotes_note easy_footnote".split()


def handler(code: Shortcode, context: Context) -> str | None:
    """The note where it was said; None for a shortcode that holds none."""
    inside = re.sub(r"</p>\s*<p>", "<br />", parts.inside(code, context))
    return f"<{_NOTE}>{inside}</{_NOTE}>" if inside.strip() else None


def gather(root: etree._Element) -> None:
    """Notes out of the text into a list at its end, a mark with a link in the place of each."""
    found = [element for element in root.iter(_NOTE) if next(element.iterancestors(_NOTE), None) is None]
    if not found:
        return
    notes = etree.Element("ol")
    for number, element in enumerate(found, 1):
        for inner in list(element.iter(_NOTE)):
            if inner is not element:
                tree.unwrap(inner)
        mark = etree.Element("sup")
        link = etree.SubElement(mark, "a", href=f"#note-{number}", id=f"note-{number}-mark")
        link.text = str(number)
        tree.replace(element, mark)
        element.tag, element.tail = "li", None
        element.attrib.clear()
        element.set("id", f"note-{number}")
        back = etree.SubElement(_last_paragraph(element), "a", href=f"#note-{number}-mark")
        back.text = "\u21a9\ufe0e"
        _space_before(back)
        notes.append(element)
    root.append(notes)


def _last_paragraph(note: etree._Element) -> etree._Element:
    last = note[-1] if len(note) and not (note[-1].tail or "").strip() else None
    return last if last is not None and last.tag == "p" else note


def _space_before(element: etree._Element) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip() + " "
    elif parent is not None:
        parent.text = (parent.text or "").rstrip() + " "


HANDLERS: dict[str, Handler] = dict.fromkeys(_NAMES, handler)
