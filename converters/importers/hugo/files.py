"""The files of a Hugo site: what a folder is taken for, and what each file is by its name and its neighbours.

A folder with an `index.md` is one page, and all else in it belongs to that page (leaf bundle). A folder with an
`_index.md` is a list, and its files that are no content belong to that (branch bundle).
https://gohugo.io/content-management/page-bundles/. Links, devices and hidden files are passed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Set
from pathlib import Path, PurePath
from typing import NamedTuple

import msgspec

from converters.importers.shared import hidden
from converters.model.notices import Log
from converters.never import PUBLIC_HIDDEN

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
SETTINGS_ENDINGS = (".toml", ".yaml", ".yml", ".json")
SETTINGS_FILES = tuple(f"{stem}{ending}" for stem in ("hugo", "config") for ending in SETTINGS_ENDINGS)
SETTINGS_FOLDER = "config/_default"
BUILT_IN_SHORTCODES = frozenset(
    """comment details figure gist highlight instagram instagram_simple param qr ref relref tweet twitter twitter_simple
    vimeo vimeo_simple x x_simple youtube embed gallery""".split()
)
"""Hugo's own, of all its versions (https://gohugo.io/shortcodes/), and the two of the sites that are written here."""
_SHORTCODE_FOLDERS = ("layouts/shortcodes", "layouts/_shortcodes")
_DEEPEST = 100
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:---[ \t]*\r?\n|\+\+\+[ \t]*\r?\n|\{\s*\"|#\+[\w-]+(?:\[\])?:)")
_MOST_SEARCHED = 2_000
"""Files of a folder that are read to tell what it is."""
_OTHER_PROGRAMS = ("_config.yml", "_posts", "wp-content", "pelicanconf.py", "astro.config.mjs", "mkdocs.yml")
"""Marks of other programs' sites, whose content begins with front matter too."""


class FileName(NamedTuple):
    """A file's name taken apart: `a.fr.md`."""

    stem: str
    language: str
    ending: str
    """Without its dot, in small letters."""

    @property
    def is_content(self) -> bool:
        return self.ending in MARKUP


class ContentFile(NamedTuple):
    """A file in a folder of content. Paths have `/` and are relative to that folder."""

    path: str
    is_page: bool
    owner: str
    """The path of the page it belongs to: for a file, its bundle's; for a page, the list it is in. Empty without one.

    Where that page has translations, the one whose name has no mark.
    """


class ShortcodeTemplates(msgspec.Struct, frozen=True):
    """Shortcodes that a site has templates for: what the survey hands to `read`, beside the settings."""

    names: tuple[str, ...] = ()
    complete: bool = True
    """There are no others: no theme is elsewhere."""
    hooks: tuple[str, ...] = ()
    """Elements of Markdown that the site has render hooks for: `image`, `codeblock-mermaid`."""


def recognizes(path: Path, head: bytes) -> bool:
    """See `converters.importers.base.Importer`."""
    if not path.is_dir():
        return path.suffix.lower().lstrip(".") in MARKUP and _FRONT.match(head) is not None
    if is_site(path):
        return True
    if any((path / other).exists() for other in _OTHER_PROGRAMS):
        return False
    return (path / "content").is_dir() or _holds_content(path)


def is_site(folder: Path) -> bool:
    """Does it hold the settings of a site?"""
    return any((folder / file).is_file() for file in SETTINGS_FILES) or (folder / SETTINGS_FOLDER).is_dir()


def _holds_content(folder: Path) -> bool:
    for number, path in enumerate(below_folder(folder)):
        ending = path.rpartition(".")[2].lower()
        if number > _MOST_SEARCHED or ending == "xml":
            return False
        if ending in MARKUP and _FRONT.match(hidden.head_of(folder / path, 1024)):
            return True
    return False


def text_of(data: bytes, name: str, log: Log) -> str:
    """The text of a file: UTF-8, UTF-16 where a mark says so, else Latin-1, in which every byte is a character."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        log("source.encoding", "windows-1252", where=name)
        return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")


def name(path: str, codes: Set[str]) -> FileName:
    """The name of the file at a path."""
    file = path.rpartition("/")[2]
    stem, dot, ending = file.rpartition(".")
    if not dot:
        return FileName(file, "", "")
    before, mark, language = stem.rpartition(".")
    if mark and language.lower() in codes:
        return FileName(before, language.lower(), ending.lower())
    return FileName(stem, "", ending.lower())


def walk(
    root: Path, codes: Set[str], skip: Set[str] = frozenset(), below: str = "", owner: str = ""
) -> Iterator[ContentFile]:
    """All files of a folder of content, lists before what is in them, a page before its translations.

    `skip`: folders that are roots of their own. `below`: where to begin, in the list at `owner`.
    """
    if below.count("/") > _DEEPEST:
        return
    files, folders = listing(root / below)
    names = {file: name(file, codes) for file in files}
    pages = [file for file in files if names[file].is_content]
    leaf = min((file for file in pages if names[file].stem == "index"), key=len, default="")
    if leaf:
        yield from _leaf_bundle(root, below, leaf, owner, codes)
        return
    lists = sorted((file for file in pages if names[file].stem == "_index"), key=len)
    inner = _join(below, lists[0]) if lists else owner
    yield from (ContentFile(_join(below, file), True, owner) for file in lists)
    yield from (ContentFile(_join(below, file), file in pages, inner) for file in files if file not in lists)
    for folder in folders:
        if _join(below, folder) not in skip:
            yield from walk(root, codes, skip, _join(below, folder), inner)


def _leaf_bundle(root: Path, below: str, leaf: str, owner: str, codes: Set[str]) -> Iterator[ContentFile]:
    """The page of a leaf bundle in all its languages, then everything else below its folder."""

    def is_page(file: str) -> bool:
        own = name(file, codes)
        return "/" not in file and own.stem == "index" and own.is_content

    inside = list(below_folder(root / below))
    for file in sorted(filter(is_page, inside), key=lambda file: (len(file), file)):
        yield ContentFile(_join(below, file), True, owner)
    yield from (ContentFile(_join(below, file), False, _join(below, leaf)) for file in inside if not is_page(file))


def below_folder(folder: Path, *, static: bool = False) -> Iterator[str]:
    """All files below a folder, relative to it. `static`: Hugo publishes whatever is in it, also names that it passes
    over elsewhere."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        files, folders = listing(folder / below, static=static, at_root=not below)
        yield from (_join(below, file) for file in files)
        if below.count("/") < _DEEPEST:
            waiting.extend(_join(below, inner) for inner in reversed(folders))


def not_listed(folder: Path, *, deep: bool = True, static: bool = False) -> Iterator[tuple[str, str]]:
    """(path below the folder, why) of everything that `listing` leaves out; a hidden folder stands for what is in
    it."""
    for above, folders, names in os.walk(folder):
        at_root = Path(above) == folder
        for name in sorted([*folders, *names]):
            path = Path(above) / name
            if reason := _hidden(name, static=static, at_root=at_root) or hidden.no_plain_file(path):
                yield path.relative_to(folder).as_posix(), reason
        shown = sorted(name for name in folders if not _hidden(name, static=static, at_root=at_root))
        folders[:] = shown if deep else []


def _hidden(name: str, *, static: bool = False, at_root: bool = False) -> str:
    """Why Hugo passes over what is called so, or why it is nothing of a site: a folder of tools, a backup."""
    reason = hidden.passed_over(name)
    if static and name == PUBLIC_HIDDEN:
        return "" if at_root else hidden.HIDDEN
    if static and name.startswith("#") and reason != hidden.BACKUPS:
        return ""
    if reason in (hidden.HIDDEN, hidden.TOOLS, hidden.BACKUPS):
        return reason
    return (reason or hidden.HIDDEN) if name.startswith((".", "#")) or name.endswith("~") else ""


def listing(folder: Path, *, static: bool = False, at_root: bool = False) -> tuple[list[str], list[str]]:
    """(files, folders) that Hugo looks at, sorted. `static`, `at_root`: the folder is, or is in, one of static
    files."""
    files, folders = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_symlink() or _hidden(entry.name, static=static, at_root=at_root):
                    continue
                if entry.is_dir():
                    folders.append(entry.name)
                elif entry.is_file():
                    files.append(entry.name)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return [], []
    return sorted(files), sorted(folders)


def is_linked(site: Path, folder: str) -> bool:
    """Is a folder of the site a link, or in one? What is behind it may be anything of the machine."""
    parts = PurePath(folder).parts
    return any(site.joinpath(*parts[:end]).is_symlink() for end in range(1, len(parts) + 1))


def _homes(site: Path) -> list[Path]:
    return [site, *(site / "themes" / theme for theme in listing(site / "themes")[1])]


def templates(site: Path) -> Iterator[Path]:
    """All templates of the site and of its themes."""
    for folder in (home / "layouts" for home in _homes(site)):
        yield from (folder / path for path in below_folder(folder) if path.endswith(".html"))


def render_hooks(site: Path) -> Iterator[str]:
    """The names of all render hooks, of the site and of its themes: https://gohugo.io/render-hooks/"""
    for path in (path for home in _homes(site) for path in below_folder(home / "layouts")):
        folder, _, file = path.rpartition("/")
        if folder.rpartition("/")[2] == "_markup" and file.startswith("render-"):
            yield file.partition(".")[0].removeprefix("render-")


def shortcode_templates(site: Path) -> Iterator[str]:
    """The names of all templates for shortcodes, of the site and of its themes."""
    for path in (
        path for home in _homes(site) for folder in _SHORTCODE_FOLDERS for path in below_folder(home / folder)
    ):
        before, _, file = path.rpartition("/")
        yield _join(before, file.partition(".")[0])


def _join(folder: str, file: str) -> str:
    return f"{folder}/{file}" if folder else file
