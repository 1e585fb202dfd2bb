"""How often Python looks for objects that only refer to each other."""

from __future__ import annotations

import gc

_OBJECTS = 20_000
"""New objects after which it looks. By default they are 700, and with that a tenth of a small run is spent on looking
through the program's own modules and tables while they are loaded."""


def look_seldom() -> None:
    """For this process."""
    gc.set_threshold(_OBJECTS)
