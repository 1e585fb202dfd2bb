"""A folder on this machine with files of the old site: its `wp-content/uploads`, its whole web root, or a `static/`."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from converters.errors import UsageError
from converters.importers.shared.hidden import passed_over
from converters.old_site import uploads

MISSING = "not in the folder"


class UploadsFolder:
    """Finds files in a folder of the old site."""

    def __init__(self, path: Path) -> None:
        self._folder = path

    @classmethod
    def at(cls, name: str) -> UploadsFolder:
        """The folder of that name; one that is not there holds nothing."""
        return cls(Path(name).expanduser().resolve())

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
