"""Files that come along, which Jekyll publishes as they are but for what it passes over, and what it takes for a page.

It passes over names that begin with `_`, `.`, `#` or `~` or end with `~` or `.`, and at the root what begins like
something of Bundler's or npm's (`Jekyll::EntryFilter`); `include` brings them back. An entry of `include` is the
beginning of a name, wherever the file is (`glob_include?`), or the path of one file, which Jekyll 4 reads by itself
(`read_included_excludes`). A file that begins with `---` is a page (`Utils.has_yaml_header?`): it is written as an item
of a collection whose text Liquid prints as it was. Names are decoded on the way (`StaticFile#destination`).

A collection publishes the files in it too, at the paths that they have below its folder, and only the first and the
last name of a path count then: there go files that would be taken for settings of a project at its root, and those
below folders that are called as Jekyll's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from posixpath import splitext

from converters import never
from converters.exporters.jekyll import liquid
from converters.exporters.jekyll.never import STATIC
from converters.frontmatter import write
from converters.model.limits import DEFAULT
from converters.output import OutFile

VERBATIM = "_verbatim"
"""The collection of files that begin as a page does."""
_RESERVED = frozenset(
    """_cache _config.yml _data _drafts _includes _layouts _moved _pages _plugins _posts _sass _site _static _terms
    _unlisted _verbatim""".split()
)
"""Names that Jekyll and our sites have at the root."""
_EXCLUDED = ("Gemfile", "gemfiles", "node_modules")
"""How names at the root begin that Jekyll excludes unless told otherwise (`DEFAULT_EXCLUDES`)."""
_GLOB = re.compile(r"([*?\[\]\\])")
_MOST = 60
"""Names in `include`: Jekyll compares each with every file. Of more, only the first letters are written."""
_ENCODED = re.compile(r"%(?=[0-9A-Fa-f]{2})")
_UNFIT = re.compile(r"[%#?:]|\.(?=\.|/|$)|\A\W")
"""What the paths of a collection's files cannot hold."""
_SPECIAL = re.compile(r"%(?![0-9A-Fa-f]{2})|[?#:]|\.(?=\.|/|$)")


class Included:
    """What `include` has to hold for the files of a site. `folders`: those of its collections."""

    def __init__(self, folders: Iterable[str]) -> None:
        self._reserved = _RESERVED | {*folders}
        self._names: dict[str, None] = {}
        self._paths: dict[str, None] = {}
        self.has_static = False
        """Are there files for the collection of such?"""

    def see(self, path: str) -> None:
        """Take in a file that is to be published, at its path in the site."""
        if path.startswith(f"{STATIC}/"):
            self.has_static = True
            return
        parts = path.split("/")
        odd = [part for place, part in enumerate(parts) if _is_passed_over(part, at_root=not place)]
        starts = [_start(part) for part in odd]
        if any(part.endswith(".") for part in parts) or any(map(self._is_reserved, starts)):
            self._paths[path] = None
        else:
            self._names.update(dict.fromkeys(starts))

    def rows(self) -> list[str]:
        """Entries of `include`, sorted."""
        names = {self._shortest(name) for name in self._names} if len(self._names) > _MOST else self._names
        return sorted({_entry(name) for name in names}) + sorted(self._paths)

    def _is_reserved(self, start: str) -> bool:
        return any(name.startswith(start) for name in self._reserved)

    def _shortest(self, name: str) -> str:
        """How the name begins, as far as nothing reserved begins so."""
        starts = (name[:end] for end in range(2, len(name)))
        return next((start for start in starts if not self._is_reserved(start)), name)


def _is_passed_over(part: str, *, at_root: bool) -> bool:
    return part.startswith(("_", "#", "~", ".")) or part.endswith("~") or (at_root and part.startswith(_EXCLUDED))


def _start(name: str) -> str:
    """What resized copies of the file begin with, too."""
    stem = splitext(name)[0]
    return name if name.endswith("~") or not stem.strip("_#~.") else stem


def _entry(start: str) -> str:
    """A name with signs of patterns is one to Jekyll."""
    return _GLOB.sub(r"\\\1", start) + "*" if _GLOB.search(start) else start


def source_path(path: str) -> str:
    """Where a file has to be so that Jekyll publishes it at that path."""
    path = _ENCODED.sub("%25", path)
    *folders, last = path.split("/")
    if "/" not in path:
        needed = bool(never.of_project(path)) and not never.of_tools(path)
    else:
        needed = any(never.plain(folder) in _RESERVED for folder in folders[1:])
    ends = (path, last)
    fits = not _UNFIT.search(path) and not any(_is_passed_over(end, at_root=False) for end in ends)
    return f"{STATIC}/{path}" if needed and fits else path


def published_path(path: str) -> str:
    """The same the other way round, but for the encoding."""
    return path.removeprefix(f"{STATIC}/")


def verbatim_path(path: str) -> str:
    """The file of the collection that is published at that path."""
    digest = blake2b(path.encode(errors="surrogateescape"), digest_size=8).hexdigest()
    return f"{VERBATIM}/{digest}{'.txt' if splitext(path)[1] else ''}"


def verbatim(path: str, data: bytes, *, held: bool) -> OutFile | None:
    """The page that Jekyll publishes as just these bytes, where it would publish a file at that path; None for what is
    no text. `held`: not yet."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if len(data) > DEFAULT.item_bytes or never.hidden(path):
        return None
    address = "/" + _SPECIAL.sub(lambda found: f"%{ord(found[0]):02X}", published_path(path))
    head = {"permalink": address, "excerpt_separator": "", **({"published": False} if held else {})}
    return OutFile(verbatim_path(path), (write.dumps(head) + liquid.printed(text)).encode(), own=True)
