"""What archives hold, as streams: `.zip`, `.tar`, `.tar.gz`, `.gz`. Nothing is extracted under a name from inside.

Only plain files count. Links, devices, files with holes and what is behind a password are named in the log. An archive
that unpacks to far more than any export does (a "zip bomb") ends the run, as does a damaged one: what is left of it may
be anything. The limits stand in `converters/model/limits.py`; all archives of a run share one `UnpackBudget`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from converters.errors import SourceError
from converters.importers.shared.hidden import LINK, NOT_PLAIN
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.paths import cut

if TYPE_CHECKING:
    from zipfile import ZipInfo

_CHUNK = 1024 * 1024
_LONGEST_NAME = 255
"""Of a file, in bytes, on the usual file systems."""
_HEADER = 16 * 1024 * 1024
"""More than any header of a tar archive takes; one that says it is larger is read into memory by nobody."""

Members = Iterator[tuple[str, IO[bytes]]]


class UnpackBudget:
    """What the archives of one run may unpack to, together. Raises SourceError where it is spent."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._entries = self._bytes = 0

    def entry(self, archive: Path) -> None:
        self._entries += 1
        if self._entries > self._limits.archive_entries:
            raise _too_much(archive, f"holds more than {self._limits.archive_entries:,} files")

    def unpacked(self, archive: Path, size: int, before: int) -> int:
        """`size` more bytes came out of an archive, and `before` of it earlier. Returns the sum."""
        self._bytes += size
        if self._bytes > self._limits.archive_bytes:
            raise _too_much(archive, f"would unpack to more than {self._limits.archive_bytes:,} bytes")
        whole = before + size
        if whole > self._limits.archive_free and whole > self._limits.archive_ratio * archive.stat().st_size:
            raise _too_much(archive, f"would unpack to more than {self._limits.archive_ratio} times its size")
        return whole


def _too_much(archive: Path, what: str) -> SourceError:
    return SourceError(f"{archive} {what}, which no export does. If it is one, unpack it and name its folder.")


class SourceArchive:
    """One archive. `members` is to be gone through once, each stream before the next."""

    def __init__(self, path: Path, budget: UnpackBudget, log: Log) -> None:
        self.path, self._budget, self._log = path, budget, log
        self._unpacked = 0

    def members(self, head: bytes) -> Members | None:
        """(name, bytes) of every plain file; None for what is no archive, going by its first bytes."""
        if head[:2] == b"\x1f\x8b":
            return self._tar() if self._is_tar() else self._gzip()
        if head[:4] == b"PK\x03\x04":
            return self._zip()
        return self._tar() if head[257:262] == b"ustar" else None

    def copy(self, stream: IO[bytes], target: Path, name: str) -> Path:
        """The bytes of a member in a file under a name of ours."""
        with target.open("wb") as file, _damages(name), stream:
            shutil.copyfileobj(stream, file, _CHUNK)
        return target

    def count(self, size: int) -> None:
        self._unpacked = self._budget.unpacked(self.path, size, self._unpacked)

    def _counted(self, stream: IO[bytes]) -> IO[bytes]:
        return cast(IO[bytes], _Counted(stream, self))

    def _skipped(self, name: str, why: str) -> None:
        self._log("source.skipped", name, where=why)

    def _gzip(self) -> Members:
        import gzip

        self._budget.entry(self.path)
        with gzip.open(self.path, "rb") as file:
            yield self.path.stem, self._counted(cast(IO[bytes], file))

    def _is_tar(self) -> bool:
        import gzip
        import zlib

        try:
            with gzip.open(self.path, "rb") as file:
                return file.read(512)[257:262] == b"ustar"
        except (OSError, EOFError, zlib.error):
            return False

    def _zip(self) -> Members:
        import zipfile

        with _damages(str(self.path)), zipfile.ZipFile(self.path) as archive:
            for info in archive.infolist():
                if info.is_dir():
                    continue
                self._budget.entry(self.path)
                why = _no_plain_file(info)
                if why:
                    self._skipped(info.filename, why)
                    continue
                try:
                    stream = archive.open(info)
                except (NotImplementedError, RuntimeError) as error:  # a way of packing or locking that is not known
                    self._skipped(info.filename, f"cannot be unpacked: {error}")
                    continue
                yield info.filename, self._counted(stream)

    def _tar(self) -> Members:
        import gzip
        import tarfile

        whole = self.path.open("rb")
        packed = whole.read(2) == b"\x1f\x8b"
        whole.seek(0)
        with whole, _damages(str(self.path)):
            source = cast(IO[bytes], gzip.GzipFile(fileobj=whole)) if packed else whole
            with tarfile.open(fileobj=cast(IO[bytes], _Careful(source, self)), mode="r:") as archive:
                while (member := archive.next()) is not None:
                    vars(archive)["members"].clear()  # else all headers stay in memory
                    if member.size < 0:
                        raise tarfile.ReadError("a size below zero")
                    if member.isdir():
                        continue
                    self._budget.entry(self.path)
                    if member.isreg() and not member.issparse():
                        yield member.name, cast(IO[bytes], archive.extractfile(member))
                    else:
                        linked = member.islnk() or member.issym()
                        self._skipped(member.name, LINK if linked else NOT_PLAIN)
                source.seek(archive.offset)
                if source.read(512).strip(b"\0"):  # a header that is none, which ends it without a word
                    raise tarfile.ReadError("a header is broken")


def _no_plain_file(info: ZipInfo) -> str:
    """Why a member of a zip archive is passed over; empty for a plain file."""
    import stat

    if info.flag_bits & 1:
        return "behind a password"
    mode = info.external_attr >> 16
    if stat.S_ISLNK(mode):
        return LINK
    return NOT_PLAIN if stat.S_IFMT(mode) not in (0, stat.S_IFREG) else ""


def path_of_member(member: str) -> str:
    """The name of a member as a path below the archive: `../` and drives mean nothing there."""
    parts = member.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":")) or "unnamed"


def shortened(place: str) -> str:
    """A path that files can have: names in an archive may be longer than those of any file."""
    names = [_short_name(name) for name in place.split("/")]
    while len(names) > 1 and len("/".join(names).encode()) > DEFAULT.path_bytes:
        names[-2:] = [_short_name(f"{names[-2]}-{names[-1]}")]
    return "/".join(names)


def _short_name(name: str) -> str:
    """At most 255 bytes, with its ending."""
    if len(name.encode()) <= _LONGEST_NAME:
        return name
    ending = Path(name).suffix
    ending = ending if len(ending.encode()) < _LONGEST_NAME // 4 else ""
    return cut(name.removesuffix(ending), DEFAULT.file_name_bytes - len(ending.encode())) + ending


@contextmanager
def _damages(name: str) -> Iterator[None]:
    """Whatever the readers of archives raise for a damaged one ends the run with its name."""
    import lzma
    import struct
    import tarfile
    import zipfile
    import zlib

    try:
        yield
    except (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, struct.error) as error:
        raise _damaged(name, error) from error
    except (ValueError, OverflowError, NotImplementedError, RuntimeError) as error:  # numbers and names that are none
        raise _damaged(name, error) from error
    except OSError as error:
        if error.errno is not None:  # of the disk
            raise
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> SourceError:
    return SourceError(f"{name} is damaged and cannot be unpacked ({error}). Download it again.")


class _Counted(RawIOBase):
    """A member whose bytes count."""

    def __init__(self, stream: IO[bytes], archive: SourceArchive) -> None:
        self._stream, self._archive = stream, archive

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._archive.count(len(data))
        return data

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


class _Careful(RawIOBase):
    """The bytes of a tar archive: a header that says it is longer than any is never read into memory. All bytes
    count, those that are passed over too, since they have to be unpacked as well."""

    def __init__(self, stream: IO[bytes], archive: SourceArchive) -> None:
        self._stream, self._archive = stream, archive
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        import tarfile

        if not 0 <= size <= _HEADER:
            raise tarfile.ReadError("a header is too long")
        data = self._stream.read(size)
        self._at += len(data)
        self._archive.count(len(data))
        return data

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        if whence != os.SEEK_SET:
            raise OSError("places in an archive are counted from its start")
        if place > self._at:
            self._archive.count(place - self._at)
        self._at = self._stream.seek(place)
        return self._at

    def tell(self) -> int:
        return self._at

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
