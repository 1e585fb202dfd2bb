"""Bytes as choices: the same bytes build the same structure, and a mutated byte changes one choice of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Hands out the bytes one after the other; behind the last one, every choice is the first."""

    def __init__(self, data: bytes) -> None:
        self._data, self._position = data, 0

    @property
    def left(self) -> int:
        return len(self._data) - self._position

    def byte(self) -> int:
        if self._position >= len(self._data):
            return 0
        self._position += 1
        return self._data[self._position - 1]

    def below(self, end: int) -> int:
        return self.byte() % end

    def of(self, choices: Sequence[T]) -> T:
        return choices[self.byte() % len(choices)]

    def text(self, longest: int = 24) -> str:
        """Bytes as UTF-8; such as are none become lone surrogates, which JSON can bring into a text."""
        end = self._position + self.below(longest + 1)
        taken, self._position = self._data[self._position : end], min(end, len(self._data))
        return taken.decode("utf-8", "surrogateescape")
