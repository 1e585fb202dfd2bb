"""Where files that come along are kept while they come, and how they get to their places: whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Callable
from hashlib import blake2b, file_digest
from io import FileIO
from pathlib import Path

from converters.errors import OutputError
from converters.model.limits import DEFAULT
from pipelines.media import sniff
from pipelines.media.media_queue import File, MediaQueue
from pipelines.output.held_folder import more
from pipelines.output.output_folder import FOLDER, ODD, is_safe
from pipelines.output.refusals import HEAD
from pipelines.output.sink import InTheWayError, Sink

TEMPLATE = "it begins as a template of the target does"
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PARTS = f"{FOLDER}/media"
_LARGEST = 1 << 40


class MediaStore:
    """Puts files below the target's folder for static files."""

    def __init__(self, sink: Sink, queue: MediaQueue, *, folder: str, root: str = "") -> None:
        """`root` is where the old site lay on its host: `blog/`. Raises OutputError where what is to be the folder of
        files on their way is none, or holds what is no plain file."""
        self._sink, self._queue = sink, queue
        self._folder, self._root = (f"{folder}/" if folder else ""), root
        sink.folder.make(_PARTS)
        for name in sink.folder.names(_PARTS):
            if sink.folder.is_odd(f"{_PARTS}/{name}"):
                where = sink.output / _PARTS / name
                raise OutputError(f"{where} is no plain file. Remove it, or write elsewhere.")
            sink.folder.unshare(f"{_PARTS}/{name}", _LARGEST)

    def path_of(self, place: str) -> str:
        """The file below the output folder; empty for one that lies outside of the site."""
        if not place.startswith(self._root):
            return ""
        return self._sink.refusals.static_path(self._folder + place.removeprefix(self._root))

    def refusal(self, place: str) -> str:
        """Why the target never has a file at this place; empty when it can have one."""
        path = self.path_of(place)
        return self._sink.refusals.reason(path) if path else ""

    def part_of(self, place: str) -> Path:
        """Where a file is kept while it comes."""
        return Path(self._sink.folder.full(_part(place)))

    def head(self, place: str, size: int) -> bytes:
        """The first bytes of the file at its place; nothing where there is none."""
        try:
            with self._sink.folder.open(self.path_of(place)) as file:
                return file.read(size)
        except (OSError, OutputError):
            return b""

    def present(self, place: str) -> bool:
        """Is the file at its place already, from an earlier run or from the user? It is noted then, else forgotten."""
        there = self._present(place)
        if not there:
            self._queue.forget(place)
        return there

    def _present(self, place: str) -> bool:
        folder, path = self._sink.folder, self.path_of(place)
        stamp = folder.stamp(path) if is_safe(path) else None
        if stamp is None:
            return False
        known = self._queue.file(place)
        if known is None or known.state not in ("had", "placing"):
            digest = folder.digest(path) or ODD
            if self._sink.wrote(path, digest):  # and the list is lost that said so
                self._note(File(place, "", "had", 0, 0, digest, ""))
            elif self._sink.unsure:  # it may be cut, or one of ours that was not noted any more
                return False
            else:  # the user put it there
                self._queue.note(File(place, "", "had", *stamp, b"", ""))
            return True
        if not known.digest:
            return True
        same = (known.state, known.size, known.mtime) == ("had", *stamp) and not self._sink.unsure
        if not same and folder.digest(path) != known.digest:
            return False
        self._note(known)
        return True

    def put(self, place: str, address: str) -> str:
        """Move a file that has come whole to its place; returns why it cannot be there, or nothing.

        The intention is written down first, so that a run that is killed in between knows the file for its own.
        """
        folder, part = self._sink.folder, _part(place)
        reason = self.refusal(place)
        if not reason and self._is_run(part):
            if self._put_verbatim(place, address, part):
                return ""
            reason = TEMPLATE
        if reason:
            folder.remove(part)
            return reason
        digest, size = folder.digest(part), folder.size(part)
        assert digest is not None and size is not None, "it has come"
        file = File(place, address, "placing", size, 0, digest, "")
        self._queue.note(file)
        try:
            ours = self._sink.adopt(self.path_of(place), part, digest)
        except InTheWayError:
            folder.remove(part)
            return "a file or a folder of this name is in the way"
        if ours:
            self._note(file)
        else:
            self._queue.note(File(place, "", "had", *(folder.stamp(self.path_of(place)) or (0, 0)), b"", ""))
        return ""

    def _put_verbatim(self, place: str, address: str, part: str) -> bool:
        """Have the target publish what it would run; False where it has no way."""
        folder, refusals = self._sink.folder, self._sink.refusals
        digest, size = folder.digest(part), folder.size(part)
        if digest is None or size is None or size > DEFAULT.item_bytes:
            return False
        with folder.open(part) as file:
            found = refusals.verbatim(self.path_of(place), file.read())
        if found is None:
            return False
        self._sink.write([found])
        folder.remove(part)
        self._queue.note(File(place, address, "had", size, 0, digest, ""))
        return True

    def _is_run(self, part: str) -> bool:
        with self._sink.folder.open(part) as file:
            return self._sink.refusals.runs(file.read(HEAD))

    def _note(self, file: File) -> None:
        size, mtime = self._sink.folder.stamp(self.path_of(file.place)) or (0, 0)
        self._queue.note(file._replace(state="had", size=size, mtime=mtime))
        self._sink.claim(self.path_of(file.place), file.digest)

    def keep_all(self) -> None:
        """What earlier runs brought stays, in a run that takes nothing along: it is not to be fetched twice."""
        for file in self._queue.had():
            path = self.path_of(file.place)
            if not is_safe(path) or self._sink.folder.size(path) is None:
                path = self._sink.refusals.verbatim_path(path)
                digest = self._sink.folder.digest(path) if path else None
                if digest is not None and self._sink.wrote(path, digest):
                    self._sink.claim(path, digest)
            elif (
                file.digest
                and not self.refusal(file.place)
                and is_safe(path)
                and self._sink.folder.size(path) is not None
            ):
                self._sink.claim(path, file.digest)


def _part(place: str) -> str:
    return f"{_PARTS}/{blake2b(place.encode(), digest_size=16).hexdigest()}.part"


class PartialFile:
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
