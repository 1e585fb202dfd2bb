"""Pieces of files that many items share, kept on disk until all are there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from converters.output import OutJoin, OutPart

_CHUNK = 1024 * 1024


class Parts:
    """One spool a file, in a folder that is gone when the run is over. Memory holds a buffer a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spools: dict[str, BinaryIO] = {}
        shutil.rmtree(folder, ignore_errors=True)  # of a run that was killed

    def add(self, part: OutPart) -> None:
        """Put the piece behind those of its path that came before."""
        spool = self._spools.get(part.path)
        if spool is None:
            self._folder.mkdir(exist_ok=True)
            spool = self._spools[part.path] = (self._folder / str(len(self._spools))).open("w+b")
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
        shutil.rmtree(self._folder, ignore_errors=True)
