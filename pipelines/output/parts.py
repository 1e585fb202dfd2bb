"""Pieces of files that many items share, kept on disk until all are there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from converters.errors import OutputError
from converters.output import OutJoin, OutPart
from pipelines.output.output_folder import OutputFolder

_CHUNK = 1024 * 1024


class Parts:
    """One spool a file, in a folder that is gone when the run is over. Memory holds a buffer a file."""

    def __init__(self, folder: OutputFolder, path: str) -> None:
        """`path`: of the folder of the spools. Raises OutputError where a link is there."""
        self._folder, self._path = folder, path
        self._spools: dict[str, BinaryIO] = {}
        folder.clear(path)  # of a run that was killed

    def add(self, part: OutPart) -> None:
        """Put the piece behind those of its path that came before."""
        spool = self._spools.get(part.path)
        if spool is None:
            spool = self._spools[part.path] = self._folder.spool(f"{self._path}/{len(self._spools)}")
        else:
            spool.write(part.between)
        spool.write(part.data)

    def any(self, path: str) -> bool:
        """Has the path any pieces?"""
        return path in self._spools

    def joined(self, join: OutJoin) -> Iterator[bytes]:
        """The whole file, in chunks."""
        yield join.head
        spool = self._spools.get(join.path)
        if spool is not None:
            spool.seek(0)
            while chunk := spool.read(_CHUNK):
                yield chunk
        yield join.tail

    def close(self) -> None:
        for spool in self._spools.values():
            spool.close()
        with suppress(OSError, OutputError):
            self._folder.clear(self._path)
