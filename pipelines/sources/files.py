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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import IO, NamedTuple

from converters.errors import MissingSourceError, SourceError
from converters.importers.shared import generators
from converters.importers.shared.hidden import TOOLS, PassedOver, may_be_private, vendored
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.paths import cut
from converters.plugin import SourceFile
from converters.source_check import Stamp, check_stamp, stamp_of
from pipelines.remote.address import called as called_by_user
from pipelines.remote.address import is_pattern, names_hidden
from pipelines.sources.unpack import Archive, Budget

HEAD = 64 * 1024
_LONGEST_NAME = 255
"""Of a file, in bytes, on the usual file systems."""
_TEXTS = frozenset(".md .markdown .mdown .html .htm .xhtml .org .rst .adoc .asciidoc .ad .pdc .pandoc".split())
"""Endings of texts: those in the folder of another generator are its sources, where an export may lie beside them."""
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
    known, budget, passed = called or {}, Budget(), PassedOver()
    if whole:
        return whole_files(names, spool, log, known)
    found: list[SourceFile] = []
    for name in names:
        if Path(name).is_dir() and test(Path(name), b""):  # a source that is a folder: its importer goes through it
            label = called_by_user(Path(name), known)
            generators.refuse_folder(Path(name), label)
            found.append(SourceFile(name, label))
            continue
        before = len(found)
        for path, label in _files(name, spool, known, log, passed):
            way = _Way(spool, log, test, budget, passed)
            found.extend(_opened(path, label, way, chosen=len(names) == 1 or path == Path(name)))
        if Path(name).is_dir() and any(_is_text(Path(file.path), file.name, test) for file in found[before:]):
            generators.refuse_folder(Path(name), called_by_user(Path(name), known))
    passed.note(log)
    if not found:
        for name in names:
            if Path(name).is_dir():
                generators.refuse_folder(Path(name), called_by_user(Path(name), known))
        raise SourceError(f"There is no export in {', '.join(names)}: {_seen(names)}.")
    return found


def _is_text(path: Path, label: str, test: Test) -> bool:
    """Is that a text which the importer takes for its own?"""
    return path.suffix.lower() in _TEXTS and test(path, _head(path, label))


def whole_files(
    names: Sequence[str], spool: Path, log: Log, called: Mapping[str, str] | None = None
) -> list[SourceFile]:
    """Every file behind `names`, with its path below the folder or archive; archives inside are files like others.

    What is no plain file (a link, a device) or cannot be opened is named in `log`, as is what no visitor of a site sees
    (`converters.importers.shared.hidden`). Raises SourceError for the source of a program that makes sites.
    """
    found: list[SourceFile] = []
    budget, passed = Budget(), PassedOver()
    for name in names:
        path = Path(name)
        if path.is_dir():
            generators.refuse_folder(path, called_by_user(path, called or {}), hugo=True)
            found.extend(_visible(_folder(path, log, called or {}, passed), passed))
            continue
        for file, label in _files(name, spool, called or {}, log, passed):
            with _unchanging(file, label) as stamp:
                archive = Archive(file, budget, log)
                members = archive.members(_head(file, label))
                if members is None:
                    found.append(SourceFile(str(file), label, stamp=stamp))
                    continue
                inside = []
                for number, (member, stream) in enumerate(members):
                    inner = archive.copy(stream, spool / f"{len(found):06d}-{number:06d}.member", member)
                    place = _below(member)
                    if place != (short := _short(place)):
                        log("path.cut", place, new=short)
                    inside.append(_stamped(inner, f"{label}/{member}", inside=short))
            _refuse_generators(label, inside)
            found.extend(_visible(inside, passed))
    passed.note(log)
    if not found:
        raise SourceError(f"There is no page in {', '.join(names)}: {_seen(names)}.")
    return found


def _refuse_generators(label: str, files: Sequence[SourceFile]) -> None:
    paths = {file.inside: file.path for file in files}
    generators.refuse(label, paths, lambda name: _head(Path(paths[name]), name), hugo=True)


def _visible(files: Iterable[SourceFile], passed: PassedOver) -> list[SourceFile]:
    """Those of the files of one folder or archive that visitors of its site could see."""
    every = list(files)
    packages = tuple(vendored(file.inside for file in every))
    found = []
    for file in every:
        if packages and file.inside.startswith(packages):
            passed.add(file.inside, TOOLS)
        elif not passed.hides(file.inside) and not (
            may_be_private(file.inside) and passed.hides(file.inside, _head(Path(file.path), file.name))
        ):
            found.append(file)
    return found


def _folder(folder: Path, log: Log, called: Mapping[str, str], passed: PassedOver) -> Iterator[SourceFile]:
    for file in _below_folder(folder, passed):
        inside = file.relative_to(folder).as_posix()
        if file.is_symlink() or not (file.is_dir() or file.is_file()):
            log("source.skipped", inside, where="a link" if file.is_symlink() else "no plain file")
        elif file.is_file():
            yield _stamped(file, called_by_user(file, called), inside=inside)


def _stamped(file: Path, name: str, *, inside: str = "") -> SourceFile:
    return SourceFile(str(file), name, inside=inside, stamp=stamp_of(file))


def _below_folder(folder: Path, passed: PassedOver) -> list[Path]:
    """All that lies below a folder, sorted, but for what is in hidden folders, which are named; no link is followed."""
    found: list[Path] = []
    for above, folders, files in os.walk(folder):
        inner = Path(above)
        shown = [name for name in folders if not passed.hides((inner / name).relative_to(folder).as_posix())]
        found.extend(inner / name for name in (*shown, *files))
        folders[:] = shown
    return sorted(found)


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


def _files(
    name: str, spool: Path, called: Mapping[str, str], log: Log, passed: PassedOver
) -> Iterator[tuple[Path, str]]:
    """(file, what the user calls it) of what a name stands for."""
    if name == "-":
        yield _from_stdin(spool), "standard input"
        return
    path = Path(name)
    if path.is_dir():
        files = (file for file in _below_folder(path, passed) if file.is_file() and not file.is_symlink())
        shown = (file for file in files if not passed.hides(file.relative_to(path).as_posix()))
        yield from ((file, called_by_user(file, called)) for file in shown)
        return
    if path.is_fifo():
        yield _piped(path, spool), name
        return
    if path.exists() and not path.is_file():
        raise SourceError(f"{name} is neither a file nor a folder.")
    if path.exists() and is_pattern(name):
        others = [other for other in _matches(path, passed) if other != path]
        if others:
            log("source.pattern", name, where=f"{len(others)} other files fit it as a pattern")
    matches = [path] if path.exists() else _matches(path, passed)
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


def _matches(pattern: Path, passed: PassedOver) -> list[Path]:
    """Files that fit a pattern with `*`, `?` or `**`; hidden ones are named, unless the pattern names them itself."""
    start = Path(pattern.anchor or ".")
    relative = str(pattern.relative_to(pattern.anchor)) if pattern.anchor else str(pattern)
    fixed = next((number for number, part in enumerate(pattern.parts) if is_pattern(part)), len(pattern.parts))
    try:
        found = sorted(match for match in start.glob(relative) if match.is_file())
    except (ValueError, NotImplementedError, IndexError):  # no pattern: `**.xml`
        return []
    if names_hidden(str(pattern)):
        return found
    return [match for match in found if not passed.hides("/".join(match.parts[fixed:]) or match.name)]


class _Way(NamedTuple):
    """How files are opened: where copies go, where notes go, what is wanted, what may be unpacked, what is hidden."""

    spool: Path
    log: Log
    test: Test
    budget: Budget
    passed: PassedOver


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
            if member != path.stem and way.passed.hides(_below(member)):  # which is what a file.gz holds
                continue
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
