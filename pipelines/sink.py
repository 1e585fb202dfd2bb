"""The only place that writes: below one folder, each file whole or not at all, and never over a file of the user's."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

from converters.errors import DiskError, OutputError
from converters.output import OutFile, OutJoin, OutPart
from converters.source_check import check_stamp
from pipelines import disk
from pipelines.lock import held
from pipelines.parts import Parts
from pipelines.state import FOLDER, State, is_ours

_FULL = {errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG}
_IN_THE_WAY = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}
_PART = ".postferry-part"
_TOGETHER = 128
"""Files that are noted at once before they are written."""

_Chunks = Callable[[], Iterator[bytes]]


class Sink:
    """Writes the files of a run. `kept` names those that belong to the user and were left as they are."""

    def __init__(self, output: Path, *, force: bool = False) -> None:
        """Raises OutputError when the folder is not empty and none of ours, or cannot be made."""
        self.output, self._force = output, force
        self.written = self.unchanged = self.removed = 0
        self.kept: list[str] = []
        self._folders: set[str] = set()
        try:
            _refuse_foreign(output, force=force)
            output.mkdir(parents=True, exist_ok=True)
            self._root = output.resolve(strict=True)
            self._state = State(output)
            self._parts = Parts(output / FOLDER / "parts")
            for path in self._state.broken_off():
                Path(_part(str(self._root / path))).unlink(missing_ok=True)
        except OSError as error:
            raise _output_error(error, output) from error
        except sqlite3.DatabaseError as error:
            raise OutputError(
                f"{output / FOLDER / 'state.db'} cannot be used: {error}. Name another folder with --output, or remove "
                f"{output / FOLDER} and add --force, which writes over all that was written before, edited or not."
            ) from error

    def write(self, files: Iterable[OutFile | OutPart | OutJoin]) -> None:
        """Write files, some at a time: which ones is on record before, so that a run that is killed on the way leaves
        none that the next one would take for the user's.
        """
        waiting: list[tuple[str, _Chunks]] = []
        for file in files:
            if isinstance(file, OutPart):
                with self._named(file.path):
                    self._parts.add(file)
            elif isinstance(file, OutFile):
                if file.twin:  # which may be one of those that wait
                    self._write_all(waiting)
                    waiting = []
                waiting.append((file.path, partial(_chunks, file, self._root)))
            elif not file.if_any or self._parts.any(file.path):
                waiting.append((file.path, partial(self._parts.joined, file)))
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
        """Errors of the disk name the file."""
        try:
            yield
        except OSError as error:
            raise _output_error(error, self.output / path) from error
        except sqlite3.OperationalError as error:
            raise DiskError(
                f"{self.output / FOLDER} cannot be written: {error}. Free some space and run it again."
            ) from error

    def _write(self, path: str, chunks: _Chunks, digest: bytes) -> None:
        target = self._contained(path)
        present = disk.digest(target)
        if present is not None and present != digest and not self._may_replace(path, present):
            self.kept.append(path)
            return
        if present == digest:
            self.unchanged += 1
        else:
            part = _part(target)
            try:
                disk.fill(part, chunks())
                disk.move(part, target)
            except BaseException:  # a disk that is full, or a second Ctrl-C
                Path(part).unlink(missing_ok=True)
                raise
            self.written += 1
        self._state.note(path, digest)

    def adopt(self, path: str, source: Path, digest: bytes) -> None:
        """Move a file that is whole to its place, unless the user has changed the one there.

        Raises OSError when a file or a folder is in its way.
        """
        try:
            target = self._contained(path)
            present = disk.digest(target)
            if present is not None and present != digest and not self._may_replace(path, present):
                self.kept.append(path)
                source.unlink()
                return
            source.replace(target)
        except OSError as error:
            if error.errno in _IN_THE_WAY:
                raise
            raise _output_error(error, self.output / path) from error
        self.claim(path, digest)

    def claim(self, path: str, digest: bytes) -> None:
        """A file with these bytes, which stands at its place already, is one of this run."""
        self._state.note(path, digest)

    def wrote(self, path: str, digest: bytes) -> bool:
        """Is a file with these bytes at this path one of ours?"""
        return self._state.wrote(path, digest)

    def _may_replace(self, path: str, present: bytes) -> bool:
        return self._force or self._state.wrote(path, present)

    def _contained(self, path: str) -> str:
        """The path on disk; raises OutputError for one that would lead out of the folder."""
        parts = path.split("/")
        if path.startswith("/") or any(part in ("", ".", "..") or "\0" in part or "\\" in part for part in parts):
            raise OutputError(f"{path!r} would not lie in {self.output}. Please report this.")
        folder = "/".join(parts[:-1])
        if folder not in self._folders:
            directory = self._root / folder
            directory.mkdir(parents=True, exist_ok=True)
            if directory.resolve(strict=True) != directory:
                raise OutputError(f"{self.output / folder} is a link to another place. Remove it, or write elsewhere.")
            self._folders.add(folder)
        return f"{self._root}{os.sep}{path.replace('/', os.sep)}"

    def finish(self) -> None:
        """Remove what earlier runs wrote and this one did not, unless the user changed it."""
        gone = []
        for path, digests in self._state.vanished():
            target = self._root / path
            present = disk.digest(str(target))
            if present in digests:
                target.unlink()
                _remove_empty(target.parent, self._root)
                self.removed += 1
            elif present is not None and path not in self.kept:
                self.kept.append(path)
            gone.append(path)
        self._state.forget(gone)

    @property
    def run(self) -> int:
        """The number of this run, from 1, among those that wrote into the folder."""
        return self._state.run

    @property
    def died(self) -> bool:
        """Did the last run into the folder end all at once, or one of its processes?"""
        return self._state.died

    def save(self, mark: str = "", outcome: bytes = b"", *, calm: bool = True) -> None:
        """The run is over. `calm`: none of its processes ended all at once."""
        self._state.save(mark, outcome, calm=calm)

    def close(self) -> None:
        self._parts.close()
        self._state.close()


def _part(target: str) -> str:
    """Where a file is written, to be moved to its place when it is whole."""
    folder, mark, name = target.rpartition(os.sep)
    return f"{folder}{mark}{name[:60]}{_PART}"


def _chunks(file: OutFile, root: Path) -> Iterator[bytes]:
    """The bytes to write: what the file holds, or a file of the source, or one that was written before."""
    if not (file.copy or file.twin):
        yield file.data
        return
    with (Path(file.copy) if file.copy else root / file.twin).open("rb") as source:
        while chunk := source.read(1024 * 1024):
            yield chunk
        if file.copy:
            check_stamp(source.fileno(), file.stamp, file.copy)


def _remove_empty(folder: Path, root: Path) -> None:
    while folder != root and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


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
            _refuse_foreign(output, force=force)
            stack.callback(_leave_nothing, output, there=there)
            stack.enter_context(held(output / FOLDER / "lock", str(output)))
        except OSError as error:
            raise _output_error(error, output) from error
        yield


def _leave_nothing(output: Path, *, there: bool) -> None:
    """Take empty folders away that the lock has made."""
    with suppress(OSError):
        (output / FOLDER).rmdir()
        if not there:
            output.rmdir()


def _refuse_foreign(output: Path, *, force: bool) -> None:
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file. Name a folder with --output.")
    if (output / FOLDER).is_symlink():
        raise OutputError(f"{output / FOLDER} is a link to another place. Remove it, or write elsewhere.")
    if force or not output.exists() or is_ours(output):
        return
    if any(entry.name != FOLDER for entry in output.iterdir()):
        raise OutputError(f"{output} holds files that are not ours. Name another folder, or add --force.")


def refuse_inside(output: Path, sources: Sequence[str]) -> None:
    """Raises OutputError when the output lies in a source folder, or is one."""
    target = output.resolve()
    for source in sources:
        folder = Path(source).resolve()
        if folder.is_dir() and (target == folder or folder in target.parents):
            raise OutputError(f"{output} lies inside the source {source}. Choose another folder with --output.")
