"""Reads `report.json` back, an item at a time: it is written with a line an item."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from pipelines.output.single_files import opened
from pipelines.report.records import Head, Row, Whole

_ITEMS = b'"items":['
_head = msgspec.json.Decoder(Head).decode
_row = msgspec.json.Decoder(Row).decode


class Report:
    """A report on disk."""

    def __init__(self, path: Path) -> None:
        """Raises msgspec.MsgspecError for a file that is none."""
        self._path = path
        self._whole: Whole | None = None
        lines: list[bytes] = []
        with opened(path) as file:
            for line in file:
                if line.rstrip() == _ITEMS:
                    self.head = _head(b"".join(lines) + b'"items":[]}')
                    return
                lines.append(line)
        self._whole = msgspec.json.decode(b"".join(lines), type=Whole)  # somebody laid it out anew
        self.head = self._whole

    def rows(self) -> Iterator[tuple[int, Row]]:
        """(number, item), from 1."""
        if self._whole is not None:
            yield from enumerate(self._whole.items, 1)
            return
        with opened(self._path) as file:
            for line in file:
                if line.rstrip() == _ITEMS:
                    break
            for number, line in enumerate(file, 1):
                if line.startswith(b"]"):
                    return
                yield number, _row(line.rstrip().removesuffix(b","))
