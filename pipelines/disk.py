"""Files by bare system calls: a site has many small ones, and path objects and buffers double what each costs."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b, file_digest

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


def fill(path: str, chunks: Iterable[bytes]) -> None:
    """Write a file anew. Raises OSError."""
    file = os.open(path, _ANEW, 0o666)
    try:
        for chunk in chunks:
            rest = memoryview(chunk)
            while rest:
                rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def move(path: str, target: str) -> None:
    """Put a file that is whole in its place, over one that is there. Raises OSError."""
    os.replace(path, target)


def digest(path: str) -> bytes | None:
    """The digest of a file's bytes (16 bytes of BLAKE2b); None where there is no such file."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).digest()
    except (FileNotFoundError, NotADirectoryError):
        return None
