"""The only place that writes: below one folder, each file whole or not at all, and never over a file of the user's."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

from converters.errors import DiskError, OutputError
from converters.output import OutFile, OutJoin, OutPart
from converters.source_check import check_stamp
from pipelines.output.database import is_damage
from pipelines.output.lock import held
from pipelines.output.output_folder import FOLDER, ODD, OutputFolder, is_own
from pipelines.output.parts import Parts
from pipelines.output.refusals import Refusals
from pipelines.output.single_files import leave_nothing
from pipelines.output.state import State

_FULL = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG}
_IN_THE_WAY = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}
_TOGETHER = 128
"""Files that are noted at once before they are written."""
_CHUNK = 1024 * 1024

_Chunks = Callable[[], Iterator[bytes]]


class Sink:
    """Writes the files of a run. `kept` names what was left as it was: files of the user's, and links, pipes and the
    like that are where a file of ours would be. `lost`: what earlier runs noted was damaged.
    """

    def __init__(self, output: Path, *, force: bool = False, refusals: Refusals | None = None) -> None:
        """`refusals`: what the target never has written; None for anything goes.

        Raises OutputError when the folder is not empty and none of ours, or cannot be made.
        """
        self.output, self._force = output, force
        self.refusals = refusals or Refusals(None)
        self.written = self.unchanged = self.removed = 0
        self.kept: list[str] = []
        with self._named(""), ExitStack() as undo:
            _refuse_file(output)
            output.mkdir(parents=True, exist_ok=True)
            self.folder = OutputFolder(output)
            undo.callback(self.folder.close)
            _refuse_foreign(self.folder, force=force)
            self._parts = Parts(self.folder, f"{FOLDER}/parts")
            self._state = State(self.folder)
            for path in self._state.broken_off():
                self.folder.remove_part(path)
            undo.pop_all()

    def _entered(self, path: str) -> str:
        """The one place where the paths of what is to be written come in. Raises OutputError for one that must not."""
        if is_own(path):
            raise OutputError(f"{path!r} is among the records of {self.output}. Please report this.")
        return self.folder.judged(path)

    def write(self, files: Iterable[OutFile | OutPart | OutJoin]) -> None:
        """Write files, some at a time: which ones is on record before, so that a run that is killed on the way leaves
        none that the next one would take for the user's.
        """
        waiting: list[tuple[str, _Chunks]] = []
        for file in self.refusals.admitted(files):
            if isinstance(file, OutPart):
                self._entered(file.path)
                with self._named(file.path):
                    self._parts.add(file)
            elif isinstance(file, OutFile):
                if file.twin:  # which may be one of those that wait
                    self._write_all(waiting)
                    waiting = []
                waiting.append((self._entered(file.path), partial(_chunks, file, self.folder)))
            elif not file.if_any or self._parts.any(file.path):
                waiting.append((self._entered(file.path), partial(self._parts.joined, file)))
            if len(waiting) >= _TOGETHER:
                self._write_all(waiting)
                waiting = []
        self._write_all(waiting)

    def _write_all(self, waiting: list[tuple[str, _Chunks]]) -> None:
        digests = []
        for path, chunks in waiting:
            digest = blake2b(digest_size=16)
            with self._named(path):
                for chunk in chunks():
                    digest.update(chunk)
            digests.append(digest.digest())
        with self._named(FOLDER):
            self._state.begin((path, digest) for (path, _), digest in zip(waiting, digests, strict=True))
        for (path, chunks), whole in zip(waiting, digests, strict=True):
            with self._named(path):
                self._write(path, chunks, whole)

    @contextmanager
    def _named(self, path: str) -> Iterator[None]:
        """Errors of the disk name the file; those of the notes say what to do about them."""
        try:
            yield
        except InTheWayError:
            raise
        except OSError as error:
            raise _output_error(error, self.output / path) from error
        except sqlite3.DatabaseError as error:
            state = self.output / FOLDER / "state.db"
            if is_damage(error):
                raise OutputError(
                    f"{state} is damaged: {error}. Remove it and run the same command again: files that are as they "
                    "would be written are taken for written, all others for yours."
                ) from error
            raise DiskError(f"{state} cannot be written: {error}. Free some space and run it again.") from error

    def _write(self, path: str, chunks: _Chunks, digest: bytes) -> None:
        present = self.folder.digest(path)
        if present == digest:
            self.unchanged += 1
        elif present == ODD:
            self.folder.refuse_link(path)
            self.kept.append(path)
            return
        elif present is not None and not self._may_replace(path, present, chunks):
            self.kept.append(path)
            return
        else:
            self.folder.write(path, chunks())
            self.written += 1
        self._state.note(path, digest)

    def adopt(self, path: str, part: str, digest: bytes) -> bool:
        """Move a file of our own folder that is whole to its place; False when the user has changed the one there.

        Raises OSError when a file or a folder is in its way. Whoever brings it has asked `refusals` before.
        """
        assert not self.refusals.reason(path), "a file that the target refuses is brought by nobody"
        with self._named(path):
            try:
                present = self.folder.digest(self._entered(path))
                if present == ODD:
                    raise FileExistsError(errno.EEXIST, "what is there is no plain file", str(self.output / path))
                if present is not None and present != digest and not self._may_replace(path, present, self._of(part)):
                    self.kept.append(path)
                    self.folder.remove(part)
                    return False
                self.folder.move(part, path)
            except OSError as error:
                if error.errno in _IN_THE_WAY:
                    raise InTheWayError from error
                raise
        self.claim(path, digest)
        return True

    def _of(self, path: str) -> _Chunks:
        return partial(_chunks, OutFile(path, b"", twin=path), self.folder)

    def claim(self, path: str, digest: bytes) -> None:
        """A file with these bytes, which stands at its place already, is one of this run."""
        with self._named(path):
            self._state.note(self._entered(path), digest)

    def wrote(self, path: str, digest: bytes) -> bool:
        """Is a file with these bytes at this path one of ours?"""
        with self._named(path):
            return self._state.wrote(path, digest)

    def _may_replace(self, path: str, present: bytes, chunks: _Chunks) -> bool:
        return self._force or self._state.wrote(path, present) or self._is_damaged(path, chunks)

    def _is_damaged(self, path: str, chunks: _Chunks) -> bool:
        """Is it what a power cut leaves of a file of ours? One that is empty or all zeros, and one that ends early, or
        in zeros, where the last run did not come to the point where all it wrote is on the disk."""
        if self._state.unsure:
            return self.folder.is_cut(path, chunks())
        return self._state.knows(path) and self.folder.is_cut(path, ())

    def _is_emptied(self, path: str, present: bytes | None) -> bool:
        """Is a file of ours that goes empty or all zeros?"""
        there = present not in (None, ODD) and path not in self.kept
        return there and self._state.knows(path) and self.folder.is_cut(path, ())

    def finish(self) -> None:
        """Remove what earlier runs wrote and this one did not, unless the user changed it."""
        gone = []
        with self._named(""):
            for path, digests in self._state.vanished():
                present = self.folder.digest(path)
                if present in digests or self._is_emptied(path, present):
                    with self._named(path):
                        self.folder.remove(path)
                        self.folder.remove_empty(path)
                    self.removed += 1
                elif present is not None and path not in self.kept:
                    self.kept.append(path)
                gone.append(path)
            self._state.forget(gone)

    def digests(self) -> dict[str, bytes]:
        """Path -> digest of all that this run wrote, when it has finished."""
        return self._state.digests()

    @property
    def run(self) -> int:
        """The number of this run, from 1, among those that wrote into the folder."""
        return self._state.run

    @property
    def died(self) -> bool:
        """Did the last run into the folder end all at once, or one of its processes?"""
        return self._state.died

    @property
    def lost(self) -> bool:
        """Was what earlier runs noted damaged, so that their files are known by their bytes only?"""
        return self._state.lost

    @property
    def unsure(self) -> bool:
        """May files of earlier runs be cut?"""
        return self._state.unsure

    def save(self, mark: str = "", outcome: bytes = b"", *, calm: bool = True) -> None:
        """The run is over, and on the disk. `calm`: none of its processes ended all at once."""
        with self._named(""):
            self._state.save(mark, outcome, calm=calm)

    def close(self) -> None:
        self._parts.close()
        self._state.close()
        self.folder.close()


class InTheWayError(OSError):
    """A file or a folder is where another should be."""


def _chunks(file: OutFile, folder: OutputFolder) -> Iterator[bytes]:
    """The bytes to write: what the file holds, or a file of the source, or one that was written before."""
    if file.before:
        yield file.before
    if not (file.copy or file.twin):
        yield file.data
        return
    with Path(file.copy).open("rb") if file.copy else folder.open(file.twin) as source:
        while chunk := source.read(_CHUNK):
            yield chunk
        if file.copy:
            check_stamp(source.fileno(), file.stamp, file.copy)


def _output_error(error: OSError, path: Path) -> OutputError:
    reason = error.strerror or str(error)
    if error.errno in _FULL:
        return DiskError(f"{path} cannot be written: {reason}. Free some space and run the same command again.")
    return OutputError(f"{path} cannot be written: {reason}. Choose another folder with --output.")


@contextmanager
def claimed(output: Path, *, force: bool = False) -> Iterator[None]:
    """The folder is made, and no other run writes there while this lasts; when nothing was written, it is gone again.

    Raises LockedError when another run is at it, OutputError when it is not empty and none of ours, or cannot be made.
    """
    there = output.exists()
    with ExitStack() as stack:
        try:
            _refuse_file(output)
            if there:
                folder = stack.enter_context(closing(OutputFolder(output)))
                _refuse_foreign(folder, force=force)
            stack.callback(_leave_nothing, output, there=there)
            stack.enter_context(held(output / FOLDER / "lock", str(output)))
        except OSError as error:
            raise _output_error(error, output) from error
        yield


def _leave_nothing(output: Path, *, there: bool) -> None:
    """Take empty folders away that the lock has made."""
    with suppress(OSError, OutputError):
        leave_nothing(output, whole=not there)


def _refuse_file(output: Path) -> None:
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file. Name a folder with --output.")


def _refuse_foreign(folder: OutputFolder, *, force: bool) -> None:
    folder.check_own()
    if not force and not folder.is_ours() and any(name != FOLDER for name in folder.names()):
        raise OutputError(f"{folder.name} holds files that are not ours. Name another folder, or add --force.")


def refuse_inside(output: Path, sources: Sequence[str]) -> None:
    """Raises OutputError when the output lies in a source folder, or is one."""
    target = output.resolve()
    for source in sources:
        folder = Path(source).resolve()
        if folder.is_dir() and (target == folder or folder in target.parents):
            raise OutputError(f"{output} lies inside the source {source}. Choose another folder with --output.")
