"""What a target refuses to have written, whoever hands it over: judged here, and asked by the one place that writes.

An exporter has two methods for it (`converters.exporters.base`): `refuses` says why nothing of a source may have a
path, `runs` whether the target would run a file that begins so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from converters.exporters.base import Exporter
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart
from converters.paths import Allocator
from converters.source_check import check_stamp

HEAD = 4096
"""Bytes by which a target tells whether a file is a template."""
_NAMED = 8
"""Paths that one notice names."""
IN_THE_WAY = "a page of the new site has this file"
BLANK = b"\n"
"""In front of a file that the target would run: it does not begin as a template any more, and is shown as it was."""


class Refusals:
    """The rules of one target while a site is written, and what they kept out."""

    def __init__(self, exporter: Exporter | None) -> None:
        """None: a target that refuses nothing."""
        self._exporter = exporter
        self._pages = Allocator() if exporter is not None and exporter.target.static_folder == "" else None
        """Files of pages, where those that are brought lie among them."""
        self._refused: dict[str, dict[str, None]] = {}
        self._shielded: dict[str, None] = {}

    def reason(self, path: str, *, brought: bool = True) -> str:
        """Why nothing of the source may be written to this path; empty when it may."""
        return self._exporter.refuses(path, brought=brought) if self._exporter is not None else ""

    def runs(self, head: bytes) -> bool:
        """Would the target run a file that begins so?"""
        return self._exporter is not None and self._exporter.runs(head)

    def static_path(self, path: str) -> str:
        """Where a file has to be for the target to publish it at this path."""
        return self._exporter.static_path(path) if self._exporter is not None else path

    def verbatim_path(self, path: str) -> str:
        """The file by which the target publishes what it would run at this path; empty where it has no way."""
        return self._exporter.verbatim_path(path) if self._exporter is not None else ""

    def verbatim(self, path: str, data: bytes) -> OutFile | None:
        """The file by which the target publishes just these bytes at this path; None where it has no way."""
        return self._exporter.verbatim(path, data) if self._exporter is not None else None

    def admitted(self, files: Iterable[OutFile | OutPart | OutJoin]) -> Iterator[OutFile | OutPart | OutJoin]:
        """The files that may be written, those that would be run made harmless; the others are noted."""
        for file in files:
            if not isinstance(file, OutFile) or file.own:  # files of many pieces have names that exporters give
                yield file
            elif reason := self.reason(file.path, brought=file.brought) or self._in_the_way(file):
                self._refused.setdefault(reason, {}).setdefault(file.path)
            else:
                yield self._shield(file) if file.brought else file

    def _in_the_way(self, file: OutFile) -> str:
        if self._pages is None or not file.path.endswith(".md") or file.path.startswith("_"):
            return ""
        free = not self._pages.taken(file.path) if file.brought else self._pages.claim(file.path) or True
        return "" if free else IN_THE_WAY

    def _shield(self, file: OutFile) -> OutFile:
        if self._exporter is None:
            return file
        head = file.data[:HEAD]
        if file.copy:
            try:
                with Path(file.copy).open("rb") as source:
                    head = source.read(HEAD)
            except OSError:  # whoever writes it meets it again, and says so
                return file
        if not self._exporter.runs(head):
            return file
        found = self.verbatim(file.path, _whole(file)) if self.verbatim_path(file.path) else None
        if found is not None:
            return found
        self._shielded.setdefault(file.path)
        return replace(file, before=BLANK)

    def note(self, log: Log) -> None:
        """Name what was refused and what was changed, a notice a reason."""
        for reason, paths in self._refused.items():
            log("target.refused", named(paths), where=reason)
        if self._shielded:
            log("target.shielded", named(self._shielded))


def _whole(file: OutFile) -> bytes:
    """The bytes of a file that comes along, if they are no more than a text has, and are still those of the survey."""
    if not file.copy:
        return file.data
    with Path(file.copy).open("rb") as source:
        data = source.read(DEFAULT.item_bytes + 1)
        check_stamp(source.fileno(), file.stamp, file.copy)
    return data


def named(paths: Iterable[str]) -> str:
    """How many there are, and the first of them."""
    every = list(paths)
    more = ", …" if len(every) > _NAMED else ""
    return f"{len(every)}: {', '.join(every[:_NAMED])}{more}"
