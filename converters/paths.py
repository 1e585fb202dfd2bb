"""Names for files: safe on every operating system, contained, and different from each other."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from urllib.parse import unquote

_FORBIDDEN = re.compile(
    r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|#%\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]'
)
_EDGES = " .-~"
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{name}{digit}" for name in ("com", "lpt") for digit in "0123456789¹²³"]
)
_HASH = 4  # bytes


def decoded(name: str) -> str:
    """The name without percent-encoding (which some sites apply twice); broken sequences stay as they are."""
    for _ in range(2):
        if "%" not in name:
            break
        try:
            name = unquote(name, errors="strict")
        except UnicodeDecodeError:
            break
    return name


def safe_name(name: str, *, limit: int, reserved: frozenset[str] = frozenset()) -> str:
    """A file or folder name (without extension) that says what `name` says; empty when nothing usable is left.

    `limit` is in bytes of UTF-8. `reserved` holds names in small letters that mean something to the target.
    """
    name = unicodedata.normalize("NFC", decoded(name))
    name = _FORBIDDEN.sub("-", name.encode("utf-8", "replace").decode())
    name = re.sub(r"[\s-]*(?:\s|--)[\s-]*", "-", name).strip(_EDGES)
    if not re.search(r"\w", name):
        return ""
    stem, dot, rest = name.partition(".")
    if stem.casefold() in _DEVICES:  # whatever stands behind the point
        name = f"{stem}_{dot}{rest}"
    elif name.casefold() in reserved:
        name += "_"
    return cut(name, limit)


def cut(name: str, limit: int) -> str:
    """The name in at most `limit` bytes; a cut one ends with a hash of the whole, so that it stays its own."""
    data = name.encode()
    if len(data) <= limit:
        return name
    mark = blake2b(data, digest_size=_HASH).hexdigest()
    short = data[: limit - 2 * _HASH - 1].decode("utf-8", "ignore").rstrip(_EDGES)
    return f"{short}-{mark}"


def shortened(path: str, *, limit: int, name_limit: int) -> str:
    """A path that begins with `/`, in about `limit` bytes: of a longer one its first folder and its last name stay."""
    data = path.encode()
    if len(data) <= limit:
        return path
    first, _, rest = path.strip("/").partition("/")
    last = f"{cut(rest.rpartition('/')[2], name_limit - 2 * _HASH - 1)}-{blake2b(data, digest_size=_HASH).hexdigest()}"
    return f"/{first}/{last}/"


def fits(path: str, *, limit: int, name_limit: int) -> bool:
    """Is the path one that every file system can hold, in length?"""
    if 4 * len(path) <= name_limit:  # as nearly always
        return True
    return len(path.encode()) <= limit and all(len(name.encode()) <= name_limit for name in path.split("/"))


def fold(path: str) -> str:
    """The form in which two paths are one file on some file system: Unicode composed, case folded."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


class Allocator:
    """Hands out names, each only once. Holds eight bytes a name, so a site of a million items fits."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def claim(self, path: str) -> bool:
        """Take `path`; False when somebody else has it, or one that differs only in case or Unicode form."""
        mark = _mark(path)
        if mark in self._taken:
            return False
        self._taken.add(mark)
        return True

    def taken(self, path: str) -> bool:
        """Does somebody have it, or one that differs only in case or Unicode form?"""
        return _mark(path) in self._taken


def _mark(path: str) -> int:
    return int.from_bytes(blake2b(fold(path).encode(), digest_size=8).digest(), "big")
