"""Did you mean: the known name that is nearest to a mistyped one, and the file that is nearest to a mistyped path."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_MOST = 5_000
"""Names in a folder that are looked at."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is nearest; empty when none is near. Small and capital letters count as the same."""
    import difflib

    names = {other.casefold(): other for other in reversed(list(known))}
    found = difflib.get_close_matches(name.casefold(), names, n=1)
    return names[found[0]] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """` Did you mean X?`, or nothing when no known name is near."""
    near = nearest(name, known)
    return f" Did you mean {near}?" if near else ""


def file_near(name: str) -> str:
    """` Did you mean X?`, X being a file that is there: in the folder of `name`, or in the one nearest to it."""
    path = Path(name)
    parts = path.parts[len(path.anchor) > 0 :]
    here = Path(path.anchor)
    for number, part in enumerate(parts):
        if (here / part).exists():
            here /= part
            continue
        near = nearest(part, _names(here))
        rest = parts[number + 1 :]
        if not near or (rest and not (here / near).joinpath(*rest).exists()):
            return ""
        found = (here / near).joinpath(*rest)
        return f" Did you mean {found}?" if str(found).isprintable() else ""
    return ""


def _names(folder: Path) -> list[str]:
    """Sorted, so that the answer is the same on every file system."""
    import os

    try:
        with os.scandir(folder) as entries:
            found = [entry.name for _, entry in zip(range(_MOST), entries, strict=False)]
    except OSError:
        return []
    return sorted(found)
