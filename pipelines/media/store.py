"""Where files that come along are kept while they come, and how they get to their places: whole or not at all."""

from __future__ import annotations

import errno
from hashlib import blake2b, file_digest
from pathlib import Path

from converters.errors import DiskError
from pipelines.media.wanted import Book, File
from pipelines.refusals import HEAD
from pipelines.sink import Sink
from pipelines.state import FOLDER

_CANNOT = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.ELOOP}
"""What concerns one file: its name, or one that stands where its folder should be."""
TEMPLATE = "it begins as a template of the target does"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Store:
    """Puts files below the target's folder for static files."""

    def __init__(self, sink: Sink, book: Book, *, folder: str, root: str = "") -> None:
        """`root` is where the old site lay on its host: `blog/`."""
        self._sink, self._book = sink, book
        self._folder, self._root = (f"{folder}/" if folder else ""), root
        self._parts = sink.output / FOLDER / "media"
        self._parts.mkdir(parents=True, exist_ok=True)

    def path_of(self, place: str) -> str:
        """The file below the output folder; empty for one that lies outside of the site."""
        return self._folder + place.removeprefix(self._root) if place.startswith(self._root) else ""

    def refusal(self, place: str) -> str:
        """Why the target never has a file at this place; empty when it can have one."""
        path = self.path_of(place)
        return self._sink.refusals.reason(path) if path else ""

    def part_of(self, place: str) -> Path:
        return self._parts / f"{blake2b(place.encode(), digest_size=16).hexdigest()}.part"

    def on_disk(self, place: str) -> Path:
        return self._sink.output / self.path_of(place)

    def present(self, place: str) -> bool:
        """Is the file at its place already, from an earlier run or from the user? It is noted, then."""
        path = self.on_disk(place)
        try:
            status = path.stat()
        except (OSError, ValueError):
            return False
        if not path.is_file():
            return False
        known = self._book.file(place)
        if known is None or known.state not in ("had", "placing"):
            digest = _digest(path)
            if self._sink.wrote(self.path_of(place), digest):  # and the list is lost that said so
                self._note(File(place, "", "had", 0, 0, digest, ""), path)
            else:  # the user put it there
                self._book.note(File(place, "", "had", status.st_size, status.st_mtime_ns, b"", ""))
            return True
        if not known.digest:
            return True
        same = (known.state, known.size, known.mtime) == ("had", status.st_size, status.st_mtime_ns)
        if not same and _digest(path) != known.digest:
            return False
        self._note(known, path)
        return True

    def put(self, place: str, address: str, part: Path) -> str:
        """Move a whole file to its place; returns why it cannot be there, or nothing.

        The intention is written down first, so that a run that is killed in between knows the file for its own.
        """
        reason = self.refusal(place) or (TEMPLATE if self._is_run(part) else "")
        if reason:
            part.unlink(missing_ok=True)
            return reason
        file = File(place, address, "placing", part.stat().st_size, 0, _digest(part), "")
        self._book.note(file)
        try:
            self._sink.adopt(self.path_of(place), part, file.digest)
            self._note(file, self.on_disk(place))
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            part.unlink(missing_ok=True)
            return "a file or a folder of this name is in the way"
        return ""

    def _is_run(self, part: Path) -> bool:
        with part.open("rb") as file:
            return self._sink.refusals.runs(file.read(HEAD))

    def _note(self, file: File, path: Path) -> None:
        status = path.stat()
        self._book.note(file._replace(state="had", size=status.st_size, mtime=status.st_mtime_ns))
        self._sink.claim(self.path_of(file.place), file.digest)

    def keep_all(self) -> None:
        """What earlier runs brought stays, in a run that takes nothing along: it is not to be fetched twice."""
        for file in self._book.had():
            if file.digest and not self.refusal(file.place) and self.on_disk(file.place).is_file():
                self._sink.claim(self.path_of(file.place), file.digest)


def disk_error(error: OSError, path: Path) -> DiskError:
    return DiskError(f"{path} cannot be written: {error.strerror}. Free some space and run the same command again.")


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, lambda: blake2b(digest_size=16)).digest()
