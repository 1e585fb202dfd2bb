"""Pages that a program saved, archived or exported: what it added goes, what it knew is said in standard markup.

One row of `MAKERS` for each program. A row's marks are looked for in the bytes of a page, which costs next to nothing;
its function then judges by what the page holds, and changes the tree in place: addresses as they were, structure where
the program wrote mere looks, `<meta>` for what it has in forms of its own. So the rest of the importer reads every page
alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converters.importers.html.saved import archives, browsers, google_docs, notes, notion, word
from converters.importers.html.saved.page import Maker, Saved
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document

MAKERS: tuple[Maker, ...] = (
    *archives.MAKERS,
    *browsers.MAKERS,
    *google_docs.MAKERS,
    *word.MAKERS,
    *notion.MAKERS,
    *notes.MAKERS,
)

_START, _END = 64 * 1024, 4 * 1024
"""Bytes at the two ends of a page that marks are looked for in."""


def read(document: Document, data: bytes, path: str, log: Log) -> Saved:
    """Undo in the tree what programs did to the page, in place; what they say of it. `data`: the bytes of its file."""
    known = browsers.in_comments(data)
    ends = data[:_START] + data[-_END:] if len(data) > _START + _END else data
    for maker in MAKERS:
        looked_at = data if maker.anywhere and known.whole else ends
        if any(mark in looked_at for mark in maker.marks) and (said := maker.read(document, path, log)) is not None:
            known = said.over(known)
    return known._replace(address=archives.unwrapped(known.address))
