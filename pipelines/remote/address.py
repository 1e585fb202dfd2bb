"""What is an address and what is a path, and addresses as they may be shown: without passwords and signatures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
"""Two letters at least before the colon: `C://` is a drive of Windows."""
_USER = re.compile(r"(?<=://)[^/?#\s]*@")
_QUERY = re.compile(r"(https?://[^\s?#]*)[?#][^\s'\"]*", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x1f/\\:*?\"<>|\[\]]")
_LONGEST = 120
WEB = ("http", "https")


def is_remote(name: str) -> bool:
    """Is this an address? `notes:2024.xml`, `C:\\export.xml` and `C:/export.xml` are paths."""
    return _ADDRESS.match(name) is not None


def scheme(address: str) -> str:
    """In small letters; empty for a path."""
    found = _ADDRESS.match(address)
    return found[1].lower() if found else ""


def shown(text: str) -> str:
    """The address, or a text with addresses in it, without users, passwords and the queries of the web, which may be
    signatures."""
    return _QUERY.sub(r"\1", _USER.sub("", text))


def last_part(address: str) -> str:
    """What a file of this address is called here: the last part of its path, without what file systems do not take."""
    plain = shown(address).rstrip("/")
    name = plain.rpartition("/")[2]
    name = _UNFIT.sub("_", unquote(name) if scheme(address) in WEB else name)
    cut = name[-_LONGEST:]  # the end tells what it is
    return cut if cut.strip(". ") else "source"


def is_pattern(address: str) -> bool:
    """Does it stand for several objects? In addresses of the web `?` begins a query, and nothing can be listed."""
    return scheme(address) not in WEB and any(mark in address for mark in "*?[")


def names_hidden(pattern: str) -> bool:
    """Does a pattern stand for hidden files by what it says itself: `.*.xml`?"""
    return any(part[:1] == "." and is_pattern(part) for part in pattern.split("/"))


def place(folder: Path, name: str) -> str:
    """A name written in a file of `folder`: paths are relative to it, addresses are not."""
    return name if is_remote(name) else str(folder / name)


def below(address: str, folder: str) -> bool:
    """Is it the folder, or in it?"""
    return f"{shown(address).rstrip('/')}/".startswith(f"{shown(folder).rstrip('/')}/")


def called(path: Path, names: Mapping[str, str]) -> str:
    """What the user calls a file here: `names` says what the files and folders that were fetched are called."""
    for known in (path, *path.parents) if names else ():
        if str(known) in names:
            inside = path.relative_to(known).as_posix()
            return names[str(known)].rstrip("/") + (f"/{inside}" if inside != "." else "")
    return str(path)
