"""What the user names as a source, as local files that can be sought: files, folders, globs, `-`, .gz and archives.

Archives are read as streams and never extracted under their own names. Files in UTF-16 or UTF-32 are turned into UTF-8,
since items are found by their bytes; every other encoding is the importer's business, item by item.

What unpacks is imported where it is wanted: most sources are plain files, and a start should be quick.
"""

from __future__ import annotations

import codecs
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO, NamedTuple

from converters.errors import MissingSourceError, SourceError
from converters.limits import DEFAULT
from converters.notices import Log
from converters.paths import cut
from converters.plugin import SourceFile
from converters.source_check import Stamp, check_stamp, stamp_of
from pipelines.remote.address import called as called_by_user
from pipelines.unpack import Archive, Budget

HEAD = 64 * 1024
_LONGEST_NAME = 255
"""Of a file, in bytes, on the usual file systems."""
_CHUNK = 1024 * 1024
_NUMBERS = count()
"""Of the files in spools: a name costs no look at those that are there."""
_WIDE = (  # byte order marks, the longer ones first; then the start of XML without one
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)

Test = Callable[[Path, bytes], bool]


def open_sources(
    names: Sequence[str],
    spool: Path,
    log: Log,
    test: Test,
    *,
    whole: bool = False,
    called: Mapping[str, str] | None = None,
) -> list[SourceFile]:
    """The files behind `names`, in the order given, of an archive or a folder those that pass `test`.

    `whole`: for importers to which a folder or an archive is a site, so that every file in it matters (see
    `whole_files`). `spool` is a folder for what is unpacked or re-encoded. `called`: what the user calls files that
    were fetched (see `pipelines.remote.fetch`). Raises MissingSourceError when there is nothing of that name,
    SourceError when there is nothing of the kind in it.
    """
    known, budget = called or {}, Budget()
    if whole:
        return whole_files(names, spool, log, known)
    found: list[SourceFile] = []
    for name in names:
        if Path(name).is_dir() and test(Path(name), b""):  # a source that is a folder: its importer goes through it
            found.append(SourceFile(name, called_by_user(Path(name), known)))
            continue
        for path, label in _files(name, spool, known):
            way = _Way(spool, log, test, budget)
            found.extend(_opened(path, label, way, chosen=len(names) == 1 or path == Path(name)))
    if not found:
        raise SourceError(f"There is no export in {', '.join(names)}: {_seen(names)}.")
    return found


def whole_files(
    names: Sequence[str], spool: Path, log: Log, called: Mapping[str, str] | None = None
) -> list[SourceFile]:
    """Every file behind `names`, with its path below the folder or archive; archives inside are files like others.

    What is no plain file (a link, a device) or cannot be opened is named in `log`.
    """
    found: list[SourceFile] = []
    budget = Budget()
    for name in names:
        path = Path(name)
        if path.is_dir():
            found.extend(_folder(path, log, called or {}))
            continue
        for file, label in _files(name, spool, called or {}):
            with _unchanging(file, label) as stamp:
                archive = Archive(file, budget, log)
                members = archive.members(_head(file, label))
                if members is None:
                    found.append(SourceFile(str(file), label, stamp=stamp))
                    continue
                for number, (member, stream) in enumerate(members):
                    inner = archive.copy(stream, spool / f"{len(found):06d}-{number:06d}.member", member)
                    place = _below(member)
                    if place != (short := _short(place)):
                        log("path.cut", place, new=short)
                    found.append(_stamped(inner, f"{label}/{member}", inside=short))
    if not found:
        raise SourceError(f"There is no page in {', '.join(names)}: {_seen(names)}.")
    return found


def _folder(folder: Path, log: Log, called: Mapping[str, str]) -> Iterator[SourceFile]:
    for file in sorted(folder.rglob("*")):  # which does not go into linked folders
        inside = file.relative_to(folder).as_posix()
        if file.is_symlink() or not (file.is_dir() or file.is_file()):
            log("source.skipped", inside, where="a link" if file.is_symlink() else "no plain file")
        elif file.is_file():
            yield _stamped(file, called_by_user(file, called), inside=inside)


def _stamped(file: Path, name: str, *, inside: str = "") -> SourceFile:
    return SourceFile(str(file), name, inside=inside, stamp=stamp_of(file))


def _below(member: str) -> str:
    """The name of a member as a path below the archive: `../` and drives mean nothing there."""
    parts = member.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":")) or "unnamed"


def _short(place: str) -> str:
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


def _files(name: str, spool: Path, called: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if name == "-":
        yield _from_stdin(spool), "standard input"
        return
    path = Path(name)
    if path.is_dir():
        files = (file for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink())
        yield from ((file, called_by_user(file, called)) for file in files)
        return
    if path.is_fifo():
        yield _piped(path, spool), name
        return
    if path.exists() and not path.is_file():
        raise SourceError(f"{name} is neither a file nor a folder.")
    matches = [path] if path.exists() else _matches(path)
    if not matches:
        from converters.nearest import file_near

        raise MissingSourceError(
            f"There is no file {name}.{file_near(name) or ' Give the path of the export you downloaded.'}"
        )
    yield from ((match, called_by_user(match, called)) for match in matches)


def _from_stdin(spool: Path) -> Path:
    """It may be a file (`< export.xml`), which can change like any other."""
    stream, stamp = sys.stdin.buffer, None
    with suppress(OSError, ValueError):  # no file of the system, as in a program that runs this one
        stamp = stamp_of(stream.fileno())
        stamp = stamp if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else None
    spooled = _spooled(stream, spool)
    if stamp is not None:
        check_stamp(stream.fileno(), stamp, "standard input")
    return spooled


def _piped(path: Path, spool: Path) -> Path:
    """What comes out of a pipe (`<(unpack export.xml.xz)`). One that nobody writes into is empty: nothing is waited
    for."""
    pipe = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    os.set_blocking(pipe, True)
    with os.fdopen(pipe, "rb") as stream:
        return _spooled(stream, spool)


def _matches(pattern: Path) -> list[Path]:
    """Files that fit a pattern with `*`, `?` or `**`."""
    start = Path(pattern.anchor or ".")
    relative = str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
    return sorted(match for match in start.glob(relative) if match.is_file())


class _Way(NamedTuple):
    """How files are opened: where copies go, where notes go, what is wanted, what may be unpacked."""

    spool: Path
    log: Log
    test: Test
    budget: Budget


def _head(path: Path, label: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise MissingSourceError(f"{label} cannot be read: {error.strerror}.") from error


@contextmanager
def _unchanging(path: Path, label: str) -> Iterator[Stamp]:
    """What is read of a file meanwhile is of one state. Raises ChangedSourceError when it is not; what looks damaged
    may only be half of a file that is still being written."""
    try:
        stamp = stamp_of(path)
    except OSError as error:
        raise MissingSourceError(f"{label} cannot be read: {error.strerror}.") from error
    try:
        yield stamp
    except SourceError:
        check_stamp(path, stamp, label)
        raise
    check_stamp(path, stamp, label)


def _opened(path: Path, label: str, way: _Way, *, chosen: bool, depth: int = 0) -> Iterator[SourceFile]:
    """The file itself, or what is packed in it."""
    with _unchanging(path, label) as stamp:
        head = _head(path, label)
        yield from _parts_of(path, label, way, stamp, head, chosen=chosen, depth=depth)


def _parts_of(
    path: Path, label: str, way: _Way, stamp: Stamp, head: bytes, *, chosen: bool, depth: int
) -> Iterator[SourceFile]:
    archive = Archive(path, way.budget, way.log)
    members = archive.members(head)
    if members is not None and depth >= DEFAULT.archive_depth:
        way.log("source.skipped", label, where=f"an archive inside of {depth} others")
        return
    if members is not None:
        for member, stream in members:
            inner = archive.copy(stream, way.spool / f"{next(_NUMBERS):06d}.part", member)
            yield from _opened(inner, f"{label}/{member}", way, chosen=False, depth=depth + 1)
        return
    recoded = _recoded(path, head, label, way.spool, way.log)
    if recoded != path:
        stamp, head = stamp_of(recoded), _head(recoded, label)
    if chosen or way.test(recoded, head):
        yield SourceFile(str(recoded), label, stamp=stamp)


def _spooled(stream: IO[bytes], spool: Path) -> Path:
    target = spool / f"{next(_NUMBERS):06d}.part"
    with target.open("wb") as file:
        shutil.copyfileobj(stream, file, _CHUNK)
    return target


def _recoded(path: Path, head: bytes, label: str, spool: Path, log: Log) -> Path:
    encoding = next((name for mark, name in _WIDE if head.startswith(mark)), "")
    if not encoding:
        return path
    log("source.encoding", encoding, where=label)
    target = spool / f"{next(_NUMBERS):06d}.part"
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    with path.open("rb") as source, target.open("wb") as file:
        while chunk := source.read(_CHUNK):
            file.write(decoder.decode(chunk).encode("utf-8", "replace"))
        file.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
    return target


def _seen(names: Sequence[str]) -> str:
    """What is there instead, in a few words."""
    import zipfile

    for name in names:
        path = Path(name)
        if path.is_dir():
            kinds = sorted({file.suffix or file.name for file in path.rglob("*") if file.is_file()})
            return f"the folder holds {', '.join(kinds[:6])}" if kinds else "the folder is empty"
        if zipfile.is_zipfile(name):
            try:
                with zipfile.ZipFile(name) as archive:
                    kinds = sorted({Path(entry).suffix or entry for entry in archive.namelist()})
            except (zipfile.BadZipFile, ValueError):
                return "the archive is damaged"
            return f"the archive holds {', '.join(kinds[:6])}" if kinds else "the archive is empty"
    return "nothing in it looks like one"
