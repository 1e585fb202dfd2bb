"""Footnotes: of the block editor, since WordPress 6.3, and by shortcode.

<sup data-fn="ID" class="fn"><a href="#ID" id="ID-link">1</a></sup>      a mark of the block editor; the notes are the
                                                                        post's meta field `footnotes`, JSON
                                                                        `[{"id": "ID", "content": "HTML"}]`, and show
                                                                        where `<!-- wp:footnotes /-->` stands
[ref]The note.[/ref]   [footnote]…[/footnote]   [efn_note]…[/efn_note]   [mfn]…[/mfn]   [fn]…[/fn]   [ftnt]…[/ftnt]

Shortcodes as their plug-ins show them (Easy Footnotes, Modern Footnotes, footnotes, FD Footnotes): a mark in the text,
the notes in order at its end. `note_shortcode` leaves an element where the note was; `gather` works on the tree of the
whole text, when all of them are known.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from lxml import etree

from converters.html import placeholders, tree
from converters.importers.wordpress.content import parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.model.notices import Log

_NOTE = placeholders.word()
_NAMES = "ref footnote efn_note efn mfn modern_footnote fn ftnt fnote footnotes_note easy_footnote".split()


def as_list(meta: str, log: Log) -> str:
    """The list that WordPress shows (`render_block_core_footnotes`), each note with a link back to its mark."""
    notes = _read(meta)
    if not notes:
        log("block.empty", "footnotes")
        return ""
    items = (
        f'<li id="{escape(id)}">{content} <a href="#{escape(id)}-link">\u21a9\ufe0e</a></li>' for id, content in notes
    )
    return f"<ol>{''.join(items)}</ol>"


def _read(meta: str) -> list[tuple[str, str]]:
    try:
        loaded: Any = json.loads(meta) if meta else []
    except (ValueError, RecursionError):
        return []
    notes = loaded if isinstance(loaded, list) else []
    return [(str(n.get("id", "")), str(n.get("content", ""))) for n in notes if isinstance(n, dict) and n.get("id")]


def note_shortcode(code: Shortcode, context: Context) -> str | None:
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


HANDLERS: dict[str, Handler] = dict.fromkeys(_NAMES, note_shortcode)
