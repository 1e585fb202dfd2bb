"""A file on its way, under a name of its own until it is whole."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b, file_digest
from io import FileIO
from pathlib import Path

from pipelines.media import sniff
from pipelines.output.single_files import more


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

    def open(self) -> FileIO:
        """For more at its end; see `output_folder.more`."""
        return more(self.path)

    def head(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(sniff.HEAD)

    def digest(self) -> bytes:
        with self.path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).digest()

    @property
    def resumable(self) -> bool:
        return bool(self.validator) and self.size > 0
