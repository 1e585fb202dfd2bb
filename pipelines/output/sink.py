"""The only place that writes: below one folder, each file whole or not at all, and never over a file of the user's."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from converters.errors import DiskError, OutputError
from converters.output import OutFile, OutJoin, OutPart
from converters.source_check import check_stamp
from pipelines.output.database import is_damage
from pipelines.output.output_folder import FOLDER, ODD, OutputFolder, is_own, output_error
from pipelines.output.refusals import Refusals
from pipelines.output.state import State

_IN_THE_WAY = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR, errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ}
_TOGETHER = 128
"""Files that are noted at once before they are written."""
_CHUNK = 1024 * 1024

_Chunks = Callable[[], Iterator[bytes]]


class Sink:
    """Writes the files of a run. `kept` names what was left as it was: files of the user's, and links, pipes and the
    like that are where a file of ours would be. `run` is the number of this run among those that wrote into the folder;
    `crashed`, `lost` and `unsure` are those of `State`.
    """

    def __init__(self, output: Path, *, force: bool = False, refusals: Refusals | None = None) -> None:
        """`refusals`: what the target never has written; None for anything goes. The folder is claimed, see `lock.py`.

        Raises OutputError when it cannot be made, or its records are not what we write.
        """
        self.output, self._force = output, force
        self.refusals = refusals or Refusals(None)
        self.written = self.unchanged = self.removed = 0
        self.kept: list[str] = []
        with self._named(""), ExitStack() as undo:
            output.mkdir(parents=True, exist_ok=True)
            self.folder = OutputFolder(output)
            undo.callback(self.folder.close)
            self.folder.check_own()
            self._parts = Parts(self.folder, f"{FOLDER}/parts")
            self._state = State(self.folder)
            state = self._state
            self.run, self.crashed, self.lost, self.unsure = state.run, state.crashed, state.lost, state.unsure
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
            raise output_error(error, self.output / path) from error
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

    def save(self, mark: str = "", outcome: bytes = b"", *, clean_exit: bool = True) -> None:
        """The run is over, and on the disk. `clean_exit`: none of its processes ended all at once."""
        with self._named(""):
            self._state.save(mark, outcome, clean_exit=clean_exit)

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


class Parts:
    """One spool a file, in a folder that is gone when the run is over. Memory holds a buffer a file."""

    def __init__(self, folder: OutputFolder, path: str) -> None:
        """`path`: of the folder of the spools. Raises OutputError where a link is there."""
        self._folder, self._path = folder, path
        self._spools: dict[str, BinaryIO] = {}
        folder.clear(path)  # of a run that was killed

    def add(self, part: OutPart) -> None:
        """Put the piece behind those of its path that came before."""
        spool = self._spools.get(part.path)
        if spool is None:
            spool = self._spools[part.path] = self._folder.spool(f"{self._path}/{len(self._spools)}")
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
        with suppress(OSError, OutputError):
            self._folder.clear(self._path)
