"""Footnotes of the block editor, since WordPress 6.3.

The text holds marks, `<sup data-fn="ID" class="fn"><a href="#ID" id="ID-link">1</a></sup>`; the notes themselves are
the post's meta field `footnotes`, JSON `[{"id": "ID", "content": "HTML"}]`, and show where `<!-- wp:footnotes /-->`
stands.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from converters.model.notices import Log


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
