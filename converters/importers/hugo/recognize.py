"""What is taken for a Hugo site. Apart from the importer, so that a look at a file does not load all of it."""

from __future__ import annotations

import re
from pathlib import Path

from converters.importers.hugo import files

ENDINGS = (".toml", ".yaml", ".yml", ".json")
NAMES = tuple(f"{stem}{ending}" for stem in ("hugo", "config") for ending in ENDINGS)
DEFAULT_FOLDER = "config/_default"
_FRONT = rb"(?:\xef\xbb\xbf)?\s*(?:---[ \t]*\r?\n|\+\+\+[ \t]*\r?\n|\{\s*\"|#\+[\w-]+(?:\[\])?:)"
_LOOKED_AT = 2_000
"""Files of a folder that are looked at to tell what it is."""
_OTHERS = ("_config.yml", "_posts", "wp-content", "pelicanconf.py", "astro.config.mjs", "mkdocs.yml")
"""Marks of other programs' sites, whose content begins with front matter too."""


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.plugin.Importer`."""
    if not path.is_dir():
        return path.suffix.lower().lstrip(".") in files.MARKUP and _has_front_matter(head)
    if is_site(path):
        return True
    if any((path / name).exists() for name in _OTHERS):
        return False
    return (path / "content").is_dir() or _holds_content(path)


def is_site(folder: Path) -> bool:
    """Does it hold the settings of a site?"""
    return any((folder / name).is_file() for name in NAMES) or (folder / DEFAULT_FOLDER).is_dir()


def _holds_content(folder: Path) -> bool:
    for number, path in enumerate(files.below_folder(folder)):
        if number > _LOOKED_AT:
            return False
        ending = path.rpartition(".")[2].lower()
        if ending == "xml":
            return False
        if ending in files.MARKUP:
            try:
                with (folder / path).open("rb") as file:
                    if _has_front_matter(file.read(1024)):
                        return True
            except OSError:
                continue
    return False


def _has_front_matter(head: bytes) -> bool:
    return re.match(_FRONT, head) is not None
