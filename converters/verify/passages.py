"""Are the words of a line somewhere in other texts, together as they stand?

A word by itself is in most texts. So a line is looked for in passages of a few words: what no passage covers is gone,
even if each of its words is elsewhere. Time is linear in both texts but for few looks at the letters of what is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from converters.model.source_text import Line
from converters.verify.html_source import WORD, printed
from converters.verify.shown import key_of

_TOGETHER = 4
"""Words of a passage; a shorter line is one passage."""
_LONGEST_PART = 12
"""Words of a part of a line that was a line by itself."""
_LOOKS = 400
"""How often letters are looked for in a whole text."""
_LONG_VALUE = 4


class Passages:
    """The passages of some texts."""

    def __init__(self, texts: Sequence[Sequence[str]], values: Callable[[], str]) -> None:
        """`texts`: each line by line. `values`: letters of attributes' values, in which URLs may be."""
        self._texts, self._values = texts, values
        self._known: dict[int, set[tuple[str, ...]]] = {}
        self._looks = _LOOKS

    def missing(self, line: Line) -> list[str]:
        """The words of the line that are in no passage, in their order."""
        words = line.words
        if line.may_be_value and any(len(word) > _LONG_VALUE and word in self._all_values for word in words):
            return []
        size = min(_TOGETHER, len(words))
        known = self._of(size)
        covered, small = [False] * len(words), [word.casefold() for word in words]
        for start in range(len(words) - size + 1):
            if tuple(small[start : start + size]) in known:
                covered[start : start + size] = [True] * size
        return [word for start, end in _gaps(covered) for word in self._gone(words, start, end)]

    def _gone(self, words: Sequence[str], start: int, end: int) -> Sequence[str]:
        """The words of a gap, but where their letters are in a text: some that are two words here may be one there.
        Those of a short gap are looked for with their neighbours."""
        rest, at = list[str](), start
        while at < end:
            if whole := self._line_at(words, at, end):
                at += whole
            else:
                rest.append(words[at])
                at += 1
        around = rest
        if len(rest) == end - start < _TOGETHER:
            around = [*words[max(0, start - 2) : start], *rest, *words[end : end + 2]]
        self._looks -= 1
        return () if self._looks >= 0 and "".join(around).casefold() in self._letters else rest

    def _line_at(self, words: Sequence[str], start: int, end: int) -> int:
        """How many of the words are a line by themselves, which may have been taken out of the middle of this one."""
        for stop in range(min(end, start + _LONGEST_PART), start, -1):
            run = "".join(words[start:stop]).casefold()
            if self._lines[run] > 0:
                self._lines[run] -= 1
                return stop - start
        return 0

    def _of(self, size: int) -> set[tuple[str, ...]]:
        if size not in self._known:
            self._known[size] = {
                tuple(words[start : start + size]) for words in self._words for start in range(len(words) - size + 1)
            }
        return self._known[size]

    @cached_property
    def _words(self) -> list[list[str]]:
        return [[word for line in text for word in WORD.findall(printed(line).casefold())] for text in self._texts]

    @cached_property
    def _lines(self) -> Counter[str]:
        return Counter(key_of(line) for text in self._texts for line in text)

    @cached_property
    def _letters(self) -> str:
        return "\n".join(key_of("\n".join(text)) for text in self._texts)

    @cached_property
    def _all_values(self) -> str:
        return self._values()


def _gaps(covered: Sequence[bool]) -> Iterable[tuple[int, int]]:
    """(start, end) of the runs that are not covered."""
    start = -1
    for at, there in enumerate((*covered, True)):
        if not there and start < 0:
            start = at
        elif there and start >= 0:
            yield start, at
            start = -1
