"""A file on its way, under a name of its own until it is whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import IO

from pipelines.media import sniff

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)


class Part:
    """What has come of a file. Anything else that is there under its name, such as a link, is taken away."""

    def __init__(self, path: Path, place: str, validator: str, note: Callable[[str], None]) -> None:
        """`validator` is what the rest can be asked for with; `note` writes it down."""
        self.path, self.place, self.validator = path, place, validator
        self._note = note
        if path.is_symlink():
            path.unlink()

    @property
    def size(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def restart(self, validator: str) -> None:
        """Begin anew. What the rest can be asked for with is on disk before the first byte is."""
        self.path.unlink(missing_ok=True)
        self.validator = validator
        self._note(validator)

    def open(self) -> IO[bytes]:
        """For more at its end; a link is not followed."""
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _NO_LINKS, 0o666)
        return os.fdopen(file, "ab", buffering=0)

    def head(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(sniff.HEAD)

    def digest(self) -> bytes:
        with self.path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).digest()

    @property
    def resumable(self) -> bool:
        return bool(self.validator) and self.size > 0
