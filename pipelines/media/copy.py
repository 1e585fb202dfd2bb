"""Copies files of the old site from a folder on this machine."""

from __future__ import annotations

from pathlib import Path

from converters.importers.shared.hidden import passed_over
from converters.model.limits import DEFAULT
from converters.passes.files import TOO_LARGE
from converters.source_check import stamp_of
from pipelines.media import sniff
from pipelines.media.media_queue import MediaQueue
from pipelines.media.store import FULL, MediaStore, PartialFile
from pipelines.media.uploads_folder import MISSING, UploadsFolder, open_folder
from pipelines.output.output_folder import disk_error

CHANGED = "it changed while it was copied"
_TRIES = 2
_CHUNK = 1024 * 1024


class Copier:
    """Finds and copies files. What the folder holds is never changed: files are copied, and not linked."""

    def __init__(self, folder: str, queue: MediaQueue, store: MediaStore, most: int = DEFAULT.file_bytes) -> None:
        """`most`: bytes of the largest file that is taken."""
        self._most = most
        self._folder, self._queue, self._store = UploadsFolder(open_folder(folder)), queue, store

    def bring(self, place: str) -> str:
        """Copy the file that belongs at `place`; returns why not, or nothing."""
        source = self._folder.find(place)
        if source is None:
            return MISSING
        part, reason = PartialFile(self._store.part_of(place), place, "", lambda validator: None), ""
        try:
            for _ in range(_TRIES):
                reason = self._copied(source, part)
                if reason != CHANGED:
                    break
        except OSError as error:
            if error.errno in FULL:
                raise disk_error(error, part.path) from error
            reason = f"cannot be read: {error.strerror}"
        if reason:
            part.restart("")
            return reason
        return self._store.put(place, source.as_uri())

    def _copied(self, source: Path, part: PartialFile) -> str:
        """Copy the file as it is now; returns why not, or nothing. It may grow, or be written anew, meanwhile."""
        part.restart("")
        with source.open("rb") as file, part.open() as copy:
            stamp = stamp_of(file.fileno())
            head = file.read(sniff.HEAD)
            if max(stamp.size, len(head)) > self._most:
                return TOO_LARGE
            if reason := passed_over(part.place, head) or sniff.validate_payload(part.place, head):
                return reason
            copy.write(head)
            left = self._most - len(head)
            while left >= 0 and (data := file.read(min(_CHUNK, left + 1))):
                copy.write(data)
                left -= len(data)
            same = stamp_of(file.fileno()).is_of(stamp) and copy.tell() == stamp.size
        return "" if same else CHANGED
