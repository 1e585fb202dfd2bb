"""Marks that are copies: an element for machines (`itemprop="articleBody"`) that says in one run of words what stands
on the page as paragraphs and lists. A reader's text is the latter."""

from __future__ import annotations

from converters.importers.html.main_text.blocks import Blocks

_MOST_MARKED = 3
_LONG = 100
_RUN = 8
"""Words from the start of a block that are looked for in the copy."""
_FOUND, _SHARE = 3, 0.6
"""So many blocks beside the mark, with such a share of its words, make it a copy."""


def shown_twins(page: Blocks, inside: list[bool]) -> list[bool] | None:
    """Which blocks beside a mark are its text with structure; None where the mark is no copy of anything."""
    marked = [block for block, here in zip(page.blocks, inside, strict=True) if here]
    total = sum(block.words for block in marked)
    if not 0 < len(marked) <= _MOST_MARKED or total < _LONG:
        return None
    said = {
        run for block in marked if block.words >= _LONG // 2 for run in _runs(block.text)
    }  # not the words between blocks
    found = [
        not here and block.words >= _RUN and tuple(block.text.split()[:_RUN]) in said
        for block, here in zip(page.blocks, inside, strict=True)
    ]
    words = sum(block.words for block, is_twin in zip(page.blocks, found, strict=True) if is_twin)
    return found if found.count(True) >= _FOUND and words >= _SHARE * total else None


def _runs(text: str) -> zip[tuple[str, ...]]:
    words = text.split()
    return zip(*(words[at:] for at in range(_RUN)), strict=False)
