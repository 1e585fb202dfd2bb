"""The files of a Hugo site: what each is by its name and its neighbours.

A folder with an `index.md` is one page, and all else in it belongs to that page (leaf bundle). A folder with an
`_index.md` is a list, and its files that are no content belong to that (branch bundle).
https://gohugo.io/content-management/page-bundles/. Links, devices and hidden files are passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from pathlib import Path
from typing import NamedTuple

from converters.importers.shared import hidden

MARKUP = {
    **dict.fromkeys(("md", "mdown", "markdown"), "goldmark"),
    **dict.fromkeys(("html", "htm"), "html"),
    **dict.fromkeys(("adoc", "asciidoc", "ad"), "asciidoc"),
    **dict.fromkeys(("pdc", "pandoc"), "pandoc"),
    "org": "org",
    "rst": "rst",
}
"""Ending -> the dialect of the text."""
SITE_FOLDERS = ("archetypes", "assets", "config", "data", "i18n", "layouts", "themes", "_vendor")
"""Folders that belong to a site besides its content and its static files."""
SITE_FILES = (
    "go.mod",
    "go.sum",
    "package.json",
    "postcss.config.js",
    "tailwind.config.js",
    "theme.toml",
    "netlify.toml",
)
GENERATED = ("public", "resources", "node_modules", "hugo_stats.json", ".hugo_build.lock")
"""What Hugo and its helpers make of a site."""
_DEEPEST = 100


class Name(NamedTuple):
    """A file's name taken apart: `a.fr.md`."""

    stem: str
    language: str
    ending: str
    """Without its dot, in small letters."""


class Found(NamedTuple):
    """A file. Paths have `/` and are relative to the folder of content."""

    path: str
    content: bool
    owner: str
    """The path of the page it belongs to: for a file, its bundle's; for a page, the list it is in. Empty without one.

    Where that page has translations, the one whose name has no mark.
    """


def name(file: str, codes: Set[str]) -> Name:
    stem, dot, ending = file.rpartition(".")
    if not dot:
        return Name(file, "", "")
    before, mark, language = stem.rpartition(".")
    if mark and language.lower() in codes:
        return Name(before, language.lower(), ending.lower())
    return Name(stem, "", ending.lower())


def walk(folder: Path, codes: Set[str], skip: Set[str] = frozenset()) -> Iterator[Found]:
    """All files of content below a folder, lists before what is in them, a page before its translations.

    `skip`: folders that are roots of their own.
    """
    yield from _walk(folder, "", "", codes, skip)


def _walk(root: Path, below: str, owner: str, codes: Set[str], skip: Set[str]) -> Iterator[Found]:
    if below.count("/") > _DEEPEST:
        return
    files, folders = listing(root / below)
    pages = [file for file in files if name(file, codes).ending in MARKUP]
    leaf = min((file for file in pages if name(file, codes).stem == "index"), key=len, default="")
    if leaf:
        yield from _leaf(root, below, leaf, owner, codes)
        return
    lists = sorted((file for file in pages if name(file, codes).stem == "_index"), key=len)
    inner = _join(below, lists[0]) if lists else owner
    for file in lists:
        yield Found(_join(below, file), True, owner)
    for file in files:
        if file not in lists:
            yield Found(_join(below, file), file in pages, inner)
    for folder in folders:
        if _join(below, folder) not in skip:
            yield from _walk(root, _join(below, folder), inner, codes, skip)


def _leaf(root: Path, below: str, leaf: str, owner: str, codes: Set[str]) -> Iterator[Found]:
    """The page of a leaf bundle in all its languages, then everything else below its folder."""
    for file in sorted(listing(root / below)[0], key=lambda file: (len(file), file)):
        own = name(file, codes)
        if own.stem == "index" and own.ending in MARKUP:
            yield Found(_join(below, file), True, owner)
    for path in below_folder(root / below):
        own = name(path, codes)
        if "/" in path or own.stem != "index" or own.ending not in MARKUP:
            yield Found(_join(below, path), False, _join(below, leaf))


def below_folder(folder: Path) -> Iterator[str]:
    """All files below a folder, relative to it."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        files, folders = listing(folder / below)
        yield from (_join(below, file) for file in files)
        if below.count("/") < _DEEPEST:
            waiting.extend(_join(below, inner) for inner in reversed(folders))


def passed_over(folder: Path) -> Iterator[tuple[str, str]]:
    """(path below the folder, what it is) of all links, devices and pipes, but for hidden ones."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*folders, *names]):
            path = Path(above) / name
            if name.startswith("."):
                continue
            if path.is_symlink():
                yield path.relative_to(folder).as_posix(), "a link"
            elif not path.is_file() and not path.is_dir():
                yield path.relative_to(folder).as_posix(), "no plain file"


def is_hidden(name: str) -> bool:
    """Does Hugo pass over what is called so, or is it nothing of a site: a folder of tools, a backup?"""
    if name.startswith((".", "#")) or name.endswith("~"):
        return True
    return hidden.passed_over(name) in (hidden.HIDDEN, hidden.TOOLS, hidden.BACKUPS)


def hidden_below(folder: Path, *, deep: bool = True) -> Iterator[tuple[str, str]]:
    """(path below the folder, what it is) of what `listing` hides; what is in hidden folders is named by these."""
    for above, folders, names in os.walk(folder):
        inner = Path(above)
        for name in sorted([*folders, *names]):
            if is_hidden(name):
                reason = hidden.passed_over(name) or hidden.HIDDEN
                yield (inner / name).relative_to(folder).as_posix(), reason
        folders[:] = sorted(name for name in folders if not is_hidden(name)) if deep else []


def listing(folder: Path) -> tuple[list[str], list[str]]:
    """(files, folders) that Hugo looks at, sorted."""
    files, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink() or is_hidden(entry.name):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif entry.is_file():
                    files.append(entry.name)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return [], []
    return sorted(files), sorted(folders)


def _join(folder: str, file: str) -> str:
    return f"{folder}/{file}" if folder else file
