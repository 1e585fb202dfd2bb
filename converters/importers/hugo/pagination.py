"""The further pages of lists that templates cut into pages. https://gohugo.io/configuration/pagination/"""

from __future__ import annotations

import re
from enum import IntEnum
from pathlib import Path

from converters.importers.hugo import files
from converters.importers.hugo.config import Config, get
from converters.importers.shared.hidden import head_of

_PLAIN = re.compile(r"[\w-]+")
_TEMPLATE = 1 << 20
"""Bytes of a template that are read."""
_SIZE = 10


class Cut(IntEnum):
    """Are lists cut into pages? Else the number of pages from which on it is to be counted on."""

    NEVER = 0
    ALWAYS = 1
    """A list that is short has its one page at two addresses, too."""
    PERHAPS = 2
    """The templates are elsewhere."""


def cut_by(site: Path, *, complete: bool) -> Cut:
    """What the templates of the site and of its themes do. `complete`: there are no others elsewhere."""
    templates = list(files.templates(site))
    if any(b".Paginat" in head_of(file, _TEMPLATE) for file in templates):
        return Cut.ALWAYS
    return Cut.NEVER if templates and complete else Cut.PERHAPS


def further(path: str, count: int, cut: Cut, config: Config) -> tuple[str, ...]:
    """The paths of the pages of a list at `path` that holds so many items. The first one leads to the list."""
    settings = config.settings
    size = get(settings, "pagination", "pagerSize") or get(settings, "paginate")
    size = size if isinstance(size, int) and size > 0 else _SIZE
    pages = max(1, -(-count // size))
    if not path or not Cut.NEVER < cut <= pages:
        return ()
    name = get(settings, "pagination", "path") or get(settings, "paginatePath")
    folder = name if isinstance(name, str) and _PLAIN.fullmatch(name) else "page"
    off = get(settings, "pagination", "disableAliases") is True
    stem, ending = (path.removesuffix(".html"), ".html") if path.endswith(".html") else (path.rstrip("/"), "/")
    return tuple(f"{stem}/{folder}/{number}{ending}" for number in range(2 if off else 1, pages + 1))
