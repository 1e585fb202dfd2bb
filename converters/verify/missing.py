"""Which words of a source are not in a text any more.

Both are compared as letters without anything between them, so that it means nothing where a paragraph, an emphasis or a
cell begins. Usually the two are the same. Where they are not, each line of the source is looked for as a whole, which
may have moved, and what is left of the text when all of these are taken out is small: in it the words of the lines that
are torn apart are looked for one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from converters.model.source_text import Line, SourceText
from converters.verify.html_source import HtmlSource

_LONG = 24
"""Letters from which a line is looked for further on: a shorter one may be there by chance."""
_LONG_WORD = 4
"""The same for a word, in what is left."""
_AHEAD = 4
"""Words by which the place is found where a torn line goes on."""
_NEAR = 80
"""Letters of what is left in which the end of a line is looked for word by word."""
_LONG_VALUE = 8
"""The same for a value in the whole text."""
_EFFORT = 40_000_000
"""Characters that are looked through for one text at most."""
_COMMON = frozenset(
    """content embed feature files iframe images photos player share status uploads video videos watch youtu
    youtube""".split()
)
"""Words that tell no URL from another."""


def missing(lines: Iterable[Line], text: str, values: Callable[[], str]) -> list[str]:
    """The words that are gone, in their order.

    `text`: letters of what is shown; `values`: letters of all attributes' values, wanted where a line may be there.
    """
    return _Search(text, values).run(lines)


def left_out_words(left_out: Iterable[tuple[str, str]], source: SourceText) -> Counter[str]:
    """How often each word of the source went on purpose (`Log.leave_out`)."""
    gone: Counter[str] = Counter()
    for before, after in left_out:
        gone += Counter(_words(before, source)) - Counter(_words(after, source))
    return gone


def _words(text: str, source: SourceText) -> list[str]:
    return [word for line in (source.part(text) or HtmlSource(text)).lines() for word in line.words]


class _Search:
    """One text. `_rest` is what lies between the lines that were found, `_torn` the lines that were not."""

    def __init__(self, text: str, values: Callable[[], str]) -> None:
        self._text, self._values = text, values
        self._rest: list[str] = []
        self._torn: list[tuple[Line, int]] = []
        self._left = _EFFORT

    def run(self, lines: Iterable[Line]) -> list[str]:
        self._whole_lines(lines)
        torn = [(line, at) for line, at in self._torn if not self._elsewhere("".join(line.words), at)]
        gone: list[str] = []
        for line, at in torn:
            if line.may_be_value:
                gone += [] if self._is_value(line) else line.words
            else:
                gone += self._words(line.words, at)
        return gone

    def _whole_lines(self, lines: Iterable[Line]) -> None:
        position = 0
        for line in lines:
            wanted = "".join(line.words)
            start = position if self._text.startswith(wanted, position) else -1
            if start < 0 and len(wanted) >= _LONG:
                start = self._find(self._text, wanted, position)
            if start < 0:
                self._torn.append((line, len(self._rest)))
                continue
            self._rest.append(self._text[position:start])
            position = start + len(wanted)
        self._rest.append(self._text[position:])

    def _find(self, text: str, wanted: str, start: int = 0) -> int:
        """Where it is; -1 also when too much has been looked through."""
        if self._left < 0:
            return -1
        found = text.find(wanted, start)
        self._left -= (found if found >= 0 else len(text)) - start + len(wanted)
        return found

    def _elsewhere(self, wanted: str, at: int) -> bool:
        """Is it in what is left, best where it stood? It is taken out, then."""
        for place in self._places(at):
            start = self._find(self._rest[place], wanted)
            if start >= 0:
                self._take(place, start, len(wanted))
                return True
        return False

    def _places(self, at: int) -> Iterable[int]:
        """The places of what is left, that at `at` first."""
        yield at
        for place, rest in enumerate(self._rest):
            if rest and place != at:
                yield place

    def _take(self, place: int, start: int, length: int) -> None:
        rest = self._rest[place]
        self._left -= len(rest)
        self._rest[place] = f"{rest[:start]}\n{rest[start + length :]}"

    def _is_value(self, line: Line) -> bool:
        wanted, values = "".join(line.words), self._values()
        parts = line.words if line.is_url else ()
        tells = [word for word in parts if len(word) > _LONG_WORD and word.lower() not in _COMMON]
        if any(told in values for told in (wanted, *tells)):
            return True
        return len(wanted) >= _LONG_VALUE and self._find(self._text, wanted) >= 0  # in code a shortcode is text

    def _words(self, words: list[str], at: int) -> list[str]:
        """Those of a torn line that are neither where it stood nor anywhere else in what is left."""
        runs, run = [], list[str]()
        position, number = 0, 0
        while number < len(words):
            count, start = self._goes_on(words, number, at, position)
            if count:
                self._take(at, start, sum(map(len, words[number : number + count])))
                runs.append(run)
                run, position, number = [], start + 1, number + count
            else:
                run.append(words[number])
                number += 1
        return [word for lost in (*runs, run) if lost for word in self._not_moved(lost, at)]

    def _goes_on(self, words: Sequence[str], number: int, at: int, position: int) -> tuple[int, int]:
        """(how many words, where) the line goes on with; none where its next word is not there."""
        rest = self._rest[at]
        if rest.startswith(words[number], position):
            return 1, position
        behind = "".join(words[number + 1 : number + 3])
        if behind and rest.startswith(behind, position):  # just this one is not there
            return 0, 0
        for count in range(min(_AHEAD, len(words) - number), 0, -1):
            wanted = "".join(words[number : number + count])
            if len(wanted) >= _LONG_WORD and (start := self._find(rest, wanted, position)) >= 0:
                return count, start
        if len(words[number]) < _LONG_WORD and len(rest) - position < _NEAR:
            return self._among_others(words[number:], rest, position)
        return 0, 0

    @staticmethod
    def _among_others(words: Sequence[str], rest: str, position: int) -> tuple[int, int]:
        """Short words with something new between them, as the names of icons are: the first, if all come in order."""
        first = -1
        for word in words:
            start = rest.find(word, position)
            if start < 0:
                return 0, 0
            first, position = start if first < 0 else first, start + len(word)
        return 1, first

    def _not_moved(self, run: list[str], at: int) -> list[str]:
        if len(whole := "".join(run)) >= _LONG_WORD and self._elsewhere(whole, at):
            return []
        return [word for word in run if len(word) < _LONG_WORD or not self._elsewhere(word, at)]
