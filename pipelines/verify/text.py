"""What the check of a site says, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from converters.verify.verdict import Difference, Verdict, Word
from pipelines.cli.console import verdicts
from pipelines.verify.disk import Found

_SHOWN = 20
"""Posts that are named."""
_DIFFERENCES = 5
"""Differences a post that are shown."""


def lines(found: Found, *, verbose: bool = False) -> Iterator[str]:
    """The posts that are not identical, the worst first, then the figures."""
    other = [row for row in found.posts if row.verification.verdict is not Word.IDENTICAL]
    other.sort(key=lambda row: _ORDER.index(row.verification.verdict))
    for row in other if verbose else other[:_SHOWN]:
        yield f"{row.verification.verdict}: {row.path} ({row.title or row.id})"
        yield from (f"  {line}" for line in _differences(row.verification, verbose=verbose))
    if len(other) > _SHOWN and not verbose:
        yield f"... {len(other) - _SHOWN} more posts: see them all with --verbose, or with --json."
    for id in found.failed:
        yield f"not converted again, so not compared: item {id}"
    if found.gone:
        yield f"Files of the site as a whole that are not there any more: {', '.join(found.gone)}."
    if found.kinds:
        named = ", ".join(f"{kind} in {count:,}" for kind, count in found.kinds.items())
        yield f"What differs, and in how many posts: {named}."
    yield f"Verified: {verdicts(found.figures)}."


def record(found: Found, status: int) -> dict[str, Any]:
    """All of it as one object."""
    return {"status": status, **msgspec.to_builtins(found)}


_ORDER = (Word.LOST, Word.UNREAD, Word.EDITED, Word.CHANGED, Word.IDENTICAL)


def _differences(verdict: Verdict, *, verbose: bool) -> Iterator[str]:
    shown = verdict.differences if verbose else verdict.differences[:_DIFFERENCES]
    yield from map(_sentence, shown)
    more = len(verdict.differences) - len(shown) + verdict.more
    if more:
        yield f"... {more:,} more"


def _sentence(difference: Difference) -> str:
    """`words, lost: ...`, on one line."""
    word = "lost" if difference.lost else "changed"
    old, new = (" ".join(text.split()) for text in (difference.old, difference.new))
    if old and new:
        return f"{difference.kind}, {word}: {old} -> {new}"
    return f"{difference.kind}, {word}: {old}" if old else f"{difference.kind}, added: {new}"
