"""What follows from a value that stays the same object for a whole run, such as the authors of a site: worked out once,
and not for each post."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

_KEPT = 4


def remembered(function: Callable[[Given], Made]) -> Callable[[Given], Made]:
    """The same function of one argument, which is not called again for the last few objects it was called with.

    Asks whether it is the same object, and never for equality, which takes as long as the value is large.
    """
    known: list[tuple[Given, Made]] = []

    def get(given: Given) -> Made:
        for one, made in known:
            if one is given:
                return made
        made = function(given)
        del known[: len(known) - _KEPT + 1]
        known.append((given, made))
        return made

    return get
