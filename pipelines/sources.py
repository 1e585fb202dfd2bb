"""What the user names as a source, as local files that can be sought: files, folders, globs, `-`, .gz and archives.

Archives are read as streams and never extracted under their own names. Files in UTF-16 or UTF-32 are turned into UTF-8,
since items are found by their bytes; every other encoding is the importer's business, item by item.

What unpacks is imported where it is wanted: most sources are plain files, and a start should be quick.
"""

from __future__ import annotations

import codecs
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import IO, cast

from converters.errors import MissingSourceError, SourceError
from converters.notices import Log
from converters.plugin import SourceFile
from pipelines.remote.address import called as called_by_user

HEAD = 64 * 1024
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
    known = called or {}
    if whole:
        return whole_files(names, spool, log, known)
    found: list[SourceFile] = []
    for name in names:
        if Path(name).is_dir() and test(Path(name), b""):  # a source that is a folder: its importer goes through it
            found.append(SourceFile(name, called_by_user(Path(name), known)))
            continue
        for path, label in _files(name, spool, known):
            found.extend(_opened(path, label, spool, log, test, chosen=len(names) == 1 or path == Path(name)))
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
    for name in names:
        path = Path(name)
        if path.is_dir():
            found.extend(_folder(path, log, called or {}))
            continue
        for file, label in _files(name, spool, called or {}):
            with file.open("rb") as opened:
                members = _members(file, opened.read(HEAD), log)
            if members is None:
                found.append(SourceFile(str(file), label))
                continue
            for number, (member, stream) in enumerate(members):
                with stream:
                    inner = _copied(stream, spool / f"{len(found):06d}-{number:06d}.member", member)
                found.append(SourceFile(str(inner), f"{label}/{member}", inside=_below(member)))
    if not found:
        raise SourceError(f"There is no page in {', '.join(names)}: {_seen(names)}.")
    return found


def _folder(folder: Path, log: Log, called: Mapping[str, str]) -> Iterator[SourceFile]:
    for file in sorted(folder.rglob("*")):  # which does not go into linked folders
        inside = file.relative_to(folder).as_posix()
        if file.is_symlink() or not (file.is_dir() or file.is_file()):
            log("source.skipped", inside, where="a link" if file.is_symlink() else "no plain file")
        elif file.is_file():
            yield SourceFile(str(file), called_by_user(file, called), inside=inside)


def _below(member: str) -> str:
    """The name of a member as a path below the archive: `../` and drives mean nothing there."""
    parts = member.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..") and not part.endswith(":")) or "unnamed"


def _files(name: str, spool: Path, called: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    if name == "-":
        yield _spooled(sys.stdin.buffer, spool, "stdin"), "standard input"
        return
    path = Path(name)
    if path.is_dir():
        files = (file for file in sorted(path.rglob("*")) if file.is_file() and not file.is_symlink())
        yield from ((file, called_by_user(file, called)) for file in files)
        return
    matches = [path] if path.exists() else _matches(path)
    if not matches:
        raise MissingSourceError(f"There is no file {name}. Give the path of the export you downloaded.")
    yield from ((match, called_by_user(match, called)) for match in matches)


def _matches(pattern: Path) -> list[Path]:
    """Files that fit a pattern with `*`, `?` or `**`."""
    start = Path(pattern.anchor or ".")
    relative = str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
    return sorted(match for match in start.glob(relative) if match.is_file())


def _opened(path: Path, label: str, spool: Path, log: Log, test: Test, *, chosen: bool) -> Iterator[SourceFile]:
    """The file itself, or what is packed in it."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise MissingSourceError(f"{label} cannot be read: {error.strerror}.") from error
    members = _members(path, head)
    if members is not None:
        for member, stream in members:
            with stream:
                inner = _spooled(stream, spool, member)
            yield from _opened(inner, f"{label}/{member}", spool, log, test, chosen=False)
        return
    recoded = _recoded(path, head, label, spool, log)
    if recoded != path:
        with recoded.open("rb") as file:
            head = file.read(HEAD)
    if chosen or test(recoded, head):
        yield SourceFile(str(recoded), label)


def _members(path: Path, head: bytes, log: Log | None = None) -> Iterator[tuple[str, IO[bytes]]] | None:
    if head[:2] == b"\x1f\x8b":
        return _tar(path, log) if _is_tar(path) else iter([(path.stem, _gzip(path))])
    if head[:4] == b"PK\x03\x04":
        return _zip(path, log)
    return _tar(path, log) if head[257:262] == b"ustar" else None


def _gzip(path: Path) -> IO[bytes]:
    import gzip

    return cast(IO[bytes], gzip.open(path, "rb"))


def _is_tar(path: Path) -> bool:
    import gzip
    import zlib

    try:
        with gzip.open(path, "rb") as file:
            return file.read(512)[257:262] == b"ustar"
    except (OSError, EOFError, zlib.error):
        return False


def _zip(path: Path, log: Log | None = None) -> Iterator[tuple[str, IO[bytes]]]:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir() and not info.flag_bits & 1:
                    yield info.filename, archive.open(info)
                elif not info.is_dir() and log is not None:
                    log("source.skipped", info.filename, where="behind a password")
    except zipfile.BadZipFile as error:
        raise SourceError(f"{path} is a damaged zip archive ({error}). Download it again.") from error


def _tar(path: Path, log: Log | None = None) -> Iterator[tuple[str, IO[bytes]]]:
    import tarfile

    try:
        with tarfile.open(path) as archive:
            for member in archive:
                stream = archive.extractfile(member) if member.isreg() else None
                if stream is not None:
                    yield member.name, stream
                elif log is not None and not member.isdir():
                    linked = member.islnk() or member.issym()
                    log("source.skipped", member.name, where="a link" if linked else "no plain file")
    except tarfile.TarError as error:
        raise SourceError(f"{path} is a damaged tar archive ({error}). Download it again.") from error


def _spooled(stream: IO[bytes], spool: Path, name: str) -> Path:
    """A copy under a name of ours: the names in an archive are never used as paths."""
    return _copied(stream, spool / f"{next(_NUMBERS):06d}.part", name)


def _copied(stream: IO[bytes], target: Path, name: str) -> Path:
    import gzip
    import zipfile
    import zlib

    try:
        with target.open("wb") as file:
            shutil.copyfileobj(stream, file, _CHUNK)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile) as error:
        raise SourceError(f"{name} is damaged and cannot be unpacked ({error}). Download it again.") from error
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
            with zipfile.ZipFile(name) as archive:
                kinds = sorted({Path(entry).suffix or entry for entry in archive.namelist()})
            return f"the archive holds {', '.join(kinds[:6])}" if kinds else "the archive is empty"
    return "nothing in it looks like one"
