"""Inputs by chance: seeds that are cut, repeated, spliced, sprinkled with words of a dictionary, and damaged.

The same seed of chance gives the same inputs in the same order, on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LENGTH = 600
"""Bytes of a usual input."""
LARGE = 65_536
"""Bytes of the few large ones, which are a piece repeated."""
_RARE = 2_000
"""One input in so many is large."""


class Mutator:
    """Makes inputs of the seeds of one target."""

    def __init__(self, seeds: Sequence[bytes], dictionary: Sequence[bytes], seed: int, *, large: int = LARGE) -> None:
        self._seeds = list(seeds) or [b""]
        self._words = list(dictionary) or [b"\0"]
        self._chance = random.Random(seed)
        self._large = large
        self._ways: tuple[Callable[[bytes], bytes], ...] = (
            self._cut, self._repeat, self._splice, self._insert, self._insert, self._insert, self._replace, self._flip,
            self._move,
        )  # fmt: skip

    def next(self) -> bytes:
        """The next input."""
        chance = self._chance
        data = chance.choice(self._seeds) if chance.random() < 0.9 else self._of_words()
        for _ in range(chance.choice((1, 1, 2, 2, 3, 5, 8))):
            data = chance.choice(self._ways)(data)
        if chance.randrange(_RARE) == 0:
            return self.enlarged(data)
        return data[:LENGTH]

    def enlarged(self, data: bytes) -> bytes:
        """A piece of the input, over and over."""
        piece = self.piece(data)
        return piece * (self._large // len(piece)) if piece else data[: self._large]

    def piece(self, data: bytes) -> bytes:
        """A short stretch of the input."""
        start, end = self._span(data, self._chance.choice((2, 8, 30, 200)))
        return data[start:end]

    def _span(self, data: bytes, most: int) -> tuple[int, int]:
        if not data:
            return 0, 0
        start = self._chance.randrange(len(data))
        return start, start + self._chance.randint(1, most)

    def _place(self, data: bytes) -> int:
        return self._chance.randint(0, len(data))

    def _cut(self, data: bytes) -> bytes:
        start, end = self._span(data, self._chance.choice((1, 8, 100)))
        return data[:start] + data[end:]

    def _repeat(self, data: bytes) -> bytes:
        start, end = self._span(data, self._chance.choice((1, 8, 100)))
        return data[:end] + data[start:end] * self._chance.choice((1, 2, 5, 60)) + data[end:]

    def _splice(self, data: bytes) -> bytes:
        other = self._chance.choice(self._seeds)
        return data[: self._place(data)] + other[self._place(other) :]

    def _insert(self, data: bytes) -> bytes:
        place = self._place(data)
        return data[:place] + self._chance.choice(self._words) + data[place:]

    def _replace(self, data: bytes) -> bytes:
        start, end = self._span(data, 8)
        return data[:start] + self._chance.choice(self._words) + data[end:]

    def _flip(self, data: bytes) -> bytes:
        if not data:
            return data
        place = self._chance.randrange(len(data))
        return data[:place] + bytes((self._chance.randrange(256),)) + data[place + 1 :]

    def _move(self, data: bytes) -> bytes:
        start, end = self._span(data, 40)
        rest = data[:start] + data[end:]
        place = self._place(rest)
        return rest[:place] + data[start:end] + rest[place:]

    def _of_words(self) -> bytes:
        return b"".join(self._chance.choice(self._words) for _ in range(self._chance.randint(1, 25)))
