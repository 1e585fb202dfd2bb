"""The judge: how likely each block of a page is its text, by a small forest of decision trees that learned it.

The trees stand in `judge.json`, which benchmarks/main_text/train.py makes: plain comparisons of a column of the
evidence with a number, so that a page is judged alike anywhere. They are read when the first page is.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import exp

import msgspec

from converters.importers.html.main_text.blocks import Blocks
from converters.importers.html.main_text.evidence import COLUMNS, gather
from converters.importers.html.main_text.told import Said

_NO_TEXT, _TEXT = -2.5, 3.0
"""Log odds below and above which a block is settled whatever the other trees say: no threshold lies near."""
_LOOKS = frozenset({12, 24, 36, 50, 70, 90, 120, 150})
"""After how many trees that is looked at."""


class Tree(msgspec.Struct, frozen=True, array_like=True):
    """Nodes as columns. The column of a leaf is -1, its bound is what it adds to the log odds."""

    column: list[int]
    bound: list[float]
    left: list[int]
    right: list[int]


class Forest(msgspec.Struct, frozen=True):
    columns: int
    start: float
    trees: list[Tree]


@cache
def load() -> Forest:
    """The trees. Raises ValueError when they were made for other columns of evidence."""
    forest = msgspec.json.decode((files(__package__) / "judge.json").read_bytes(), type=Forest)
    if forest.columns != len(COLUMNS):
        raise ValueError(f"judge.json is of {forest.columns} columns of evidence, and there are {len(COLUMNS)}")
    return forest


def scores(page: Blocks, said: Said) -> list[float]:
    """How likely each block of the page is its text: 0 to 1."""
    return ask(load(), list(zip(*gather(page, said), strict=True))) if page.blocks else []


def ask(forest: Forest, columns: Sequence[Sequence[float]]) -> list[float]:
    """What a forest says of rows that are given by column: 0 to 1."""
    odds = [forest.start] * len(columns[0])
    rows = list(range(len(odds)))
    for number, tree in enumerate(forest.trees):
        if number in _LOOKS:
            rows = [row for row in rows if _NO_TEXT < odds[row] < _TEXT]
        _add(tree, columns, odds, rows)
    return [1.0 / (1.0 + exp(-max(-50.0, min(50.0, value)))) for value in odds]


def _add(tree: Tree, columns: Sequence[Sequence[float]], odds: list[float], rows: list[int]) -> None:
    """All rows go down the tree together, parted at each node."""
    waiting = [(0, rows)]
    while waiting:
        node, here = waiting.pop()
        bound = tree.bound[node]
        number = tree.column[node]
        if number < 0:
            for row in here:
                odds[row] += bound
            continue
        column = columns[number]
        low = [row for row in here if column[row] <= bound]
        if low:
            waiting.append((tree.left[node], low))
        if len(low) < len(here):
            waiting.append((tree.right[node], [row for row in here if column[row] > bound] if low else here))
