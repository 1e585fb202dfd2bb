"""The result of a comparison, as data."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from converters.model.notices import Log


class Word(StrEnum):
    """A verdict in a word."""

    IDENTICAL = "identical"
    """Everything is there, where it was."""
    CHANGED = "changed"
    """Everything is there, some of it in another form or at another place."""
    LOST = "lost"
    """Something is not there any more."""
    EDITED = "edited"
    """The file is not the one that was written: somebody changed it, and the differences may be theirs."""
    UNREAD = "unread"
    """The target's files cannot be read back, or the reading failed."""


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is not as it was. `kind` is a row of docs/verify.md: words, link, image, list ..."""

    kind: str
    lost: bool
    """Was something there that is not there any more? Where not, it is elsewhere, in another form, or was added."""
    old: str = ""
    new: str = ""


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """The verdict on one post."""

    verdict: Word
    differences: tuple[Difference, ...] = ()
    more: int = 0
    """Differences that are not named, since there are too many."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kinds of things differ, each once, in the order of the post."""
        return tuple(dict.fromkeys(difference.kind for difference in self.differences))


_CODES = {Word.EDITED: "verify.edited", Word.UNREAD: "verify.unread"}
SOURCE = "source words"
"""The kind of difference that the guard reports in every run."""
MOST = 20
"""Differences that a verdict names."""
_LONGEST = 200
"""Characters of what was and what is that a difference shows."""


def verdict(differences: Iterable[Difference], *, edited: bool = False) -> Verdict:
    """The verdict that follows from the differences. `edited`: somebody changed the file since it was written."""
    found = tuple(differences)
    shown = sorted(found, key=lambda difference: not difference.lost)[:MOST]
    if not found:
        word = Word.IDENTICAL
    elif edited:
        word = Word.EDITED
    else:
        word = Word.LOST if any(difference.lost for difference in found) else Word.CHANGED
    return Verdict(word, tuple(map(_short, shown)), len(found) - len(shown))


def note(verdict: Verdict, log: Log) -> None:
    """The differences as notices of the item."""
    for difference in verdict.differences:
        if difference.kind == SOURCE:
            continue
        code = _CODES.get(verdict.verdict) or ("verify.lost" if difference.lost else "verify.changed")
        log(code, difference.kind, old=difference.old, new=difference.new)


def _short(difference: Difference) -> Difference:
    if len(difference.old) <= _LONGEST and len(difference.new) <= _LONGEST:
        return difference
    return msgspec.structs.replace(difference, old=_cut(difference.old), new=_cut(difference.new))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
