"""Files from a folder on this machine: the old site's `wp-content/uploads` or its whole web root, or a `static/`."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from converters.errors import UsageError
from converters.importers.shared.hidden import passed_over
from converters.model.limits import DEFAULT
from converters.old_site import uploads
from converters.passes.files import TOO_LARGE
from converters.source_check import stamp_of
from pipelines.media import sniff
from pipelines.media.store import FULL, MediaStore, PartialFile
from pipelines.media.wanted import Book
from pipelines.output.output_folder import disk_error

MISSING = "not in the folder"
CHANGED = "it changed while it was copied"
_TRIES = 2
_CHUNK = 1024 * 1024


class Copier:
    """Finds and copies files. What the folder holds is never changed: files are copied, and not linked."""

    def __init__(self, folder: str, book: Book, store: MediaStore, most: int = DEFAULT.file_bytes) -> None:
        """`most`: bytes of the largest file that is taken."""
        self._most = most
        self._folder, self._book, self._store = open_folder(folder), book, store

    def bring(self, place: str) -> str:
        """Copy the file that belongs at `place`; returns why not, or nothing."""
        source = self.find(place)
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

    def find(self, place: str) -> Path | None:
        """The file in the folder: the folder may be the web root, `wp-content`, the uploads, or a site's part of them.

        File systems of Macs keep accents apart from their letters (`café` in six characters), servers do not.
        """
        for tail in tails(place):
            for form in dict.fromkeys((tail, *(unicodedata.normalize(form, tail) for form in ("NFC", "NFD")))):
                found = self._file(form)
                if found is not None:
                    return found
        return None

    def _file(self, tail: str) -> Path | None:
        try:
            path = (self._folder / tail).resolve(strict=True)
        except (OSError, ValueError):
            return None
        if not path.is_file() or not path.is_relative_to(self._folder):
            return None
        inside = path.relative_to(self._folder).as_posix()
        return None if passed_over(inside) else path  # a link may lead to what its name does not say


def open_folder(name: str) -> Path:
    """Raises UsageError when there is no such folder, or it cannot be read."""
    folder = Path(name).expanduser()
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        raise UsageError(f"--media copy:{name}: there is no folder {folder} that can be read.")
    return folder.resolve()


def tails(place: str) -> list[str]:
    """The paths below a folder at which the file may lie, the longest first: of an upload, down to `2021/03/a.jpg`."""
    below = uploads.below_uploads("/" + place.replace("%", "%25"))
    parts = place.split("/")
    deepest = len(parts) - below.count("/") - 1 if below else 0
    found = ["/".join(parts[start:]) for start in range(deepest + 1)]
    if below and "/sites/" in place:  # the folder of one site of a network
        found.append(place.partition("/sites/")[2].partition("/")[2])
    return [tail for tail in found if tail]
