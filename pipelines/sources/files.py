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
from typing import IO

from converters.errors import MissingSourceError, SourceError
from converters.importers.shared import generators
from converters.importers.shared.hidden import (
    BACKUPS,
    TOOLS,
    PassedOver,
    holds_private,
    may_be_private,
    no_plain_file,
    vendored,
)
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.plugin import SourceFile
from converters.source_check import Stamp, check_stamp, stamp_of
from pipelines.remote.address import called as called_by_user
from pipelines.remote.address import is_pattern, names_hidden
from pipelines.sources.unpack import SourceArchive, UnpackBudget, path_of_member, shortened

HEAD = 64 * 1024
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

    `whole`: for importers with `whole_sources`, every file in it, each with its path below the folder or archive;
    archives inside are files like others. `spool` is a folder for what is unpacked or re-encoded. `called`: what the
    user calls files that were fetched (see `pipelines.remote.fetch`). What is no plain file (a link, a device), cannot
    be opened, or was seen by no visitor of a site (`converters.importers.shared.hidden`) is named in `log`.

    Raises MissingSourceError when there is nothing of that name, SourceError when there is nothing of the kind in it,
    or when it is the source of a program that makes sites.
    """
    opener = _Opener(spool, log, test, called or {}, whole=whole)
    found: list[SourceFile] = []
    for name in names:
        found.extend(opener.everything(name) if whole else opener.recognized(name, alone=len(names) == 1))
    opener.passed.note(log)
    if not found:
        for name in names:
            opener.refuse_folder(Path(name))
        raise SourceError(f"There is no {'page' if whole else 'export'} in {', '.join(names)}: {_seen(names)}.")
    return found


class _Opener:
    """Opens what the user named, for one run."""

    def __init__(self, spool: Path, log: Log, test: Test, called: Mapping[str, str], *, whole: bool) -> None:
        self._spool, self._log, self._test, self._called, self._whole = spool, log, test, called, whole
        self._budget, self.passed = UnpackBudget(), PassedOver()

    def recognized(self, name: str, *, alone: bool) -> Iterator[SourceFile]:
        """The files of the importer's kind behind a name; the one that was named `alone` is taken whatever it is."""
        folder = Path(name)
        if folder.is_dir() and self._test(folder, b""):  # a source that is a folder: its importer goes through it
            self.refuse_folder(folder)
            yield SourceFile(name, called_by_user(folder, self._called))
            return
        texts = False
        for path, label in self._files(name):
            for file in self._opened(path, label, chosen=alone or path == folder):
                texts = texts or (folder.is_dir() and _is_text(Path(file.path), file.name, self._test))
                yield file
        if texts:
            self.refuse_folder(folder)

    def everything(self, name: str) -> list[SourceFile]:
        """All files behind a name that visitors of a site could see."""
        folder = Path(name)
        if folder.is_dir():
            self.refuse_folder(folder)
            return self._visible(list(self._folder(folder)))
        found: list[SourceFile] = []
        for path, label in self._files(name):
            with _unchanging(path, label) as stamp:
                archive = SourceArchive(path, self._budget, self._log)
                members = archive.members(_head(path, label))
                if members is None:
                    found.append(SourceFile(str(path), label, stamp=stamp))
                else:
                    inside = [self._member(archive, stream, label, member) for member, stream in members]
                    _refuse_generators(label, inside)
                    found.extend(self._visible(inside))
        return found

    def refuse_folder(self, folder: Path) -> None:
        """Raises SourceError where that is a folder, and the source of a program that makes sites."""
        if folder.is_dir():
            generators.refuse_folder(folder, called_by_user(folder, self._called), whole=self._whole)

    def _member(self, archive: SourceArchive, stream: IO[bytes], label: str, member: str) -> SourceFile:
        inner = archive.copy(stream, self._spool / f"{next(_NUMBERS):06d}.member", member)
        path = path_of_member(member)
        short = shortened(path)
        if path != short:
            self._log("path.cut", path, new=short)
        return SourceFile(str(inner), f"{label}/{member}", inside=short, stamp=stamp_of(inner))

    def _visible(self, files: list[SourceFile]) -> list[SourceFile]:
        """Those of the files of one folder or archive that visitors of its site could see."""
        packages = tuple(vendored(file.inside for file in files))
        found = []
        for file in files:
            if packages and file.inside.startswith(packages):
                self.passed.add(file.inside, TOOLS)
            elif not self.passed.hides(file.inside) and not (
                may_be_private(file.inside) and self.passed.hides(file.inside, _head(Path(file.path), file.name))
            ):
                if holds_private(Path(file.path), file.inside):
                    self.passed.add(file.inside, BACKUPS)
                else:
                    found.append(file)
        return found

    def _folder(self, folder: Path) -> Iterator[SourceFile]:
        for file in self._below(folder):
            inside = file.relative_to(folder).as_posix()
            if reason := no_plain_file(file):
                self._log("source.skipped", inside, where=reason)
            elif file.is_file():
                name = called_by_user(file, self._called)
                yield SourceFile(str(file), name, inside=inside, stamp=stamp_of(file))

    def _below(self, folder: Path) -> list[Path]:
        """All that lies below a folder, sorted, but for what is in hidden folders, which are named; no link is
        followed."""
        found: list[Path] = []
        for above, folders, files in os.walk(folder):
            inner = Path(above)
            shown = [name for name in folders if not self.passed.hides((inner / name).relative_to(folder).as_posix())]
            found.extend(inner / name for name in (*shown, *files))
            folders[:] = shown
        return sorted(found)

    def _files(self, name: str) -> Iterator[tuple[Path, str]]:
        """(file, what the user calls it) of what a name stands for."""
        path = Path(name)
        if name == "-":
            yield _from_stdin(self._spool), "standard input"
        elif path.is_fifo():
            yield _piped(path, self._spool), name
        else:
            yield from ((file, called_by_user(file, self._called)) for file in self._files_here(path, name))

    def _files_here(self, path: Path, name: str) -> Iterable[Path]:
        if path.is_dir():
            files = (file for file in self._below(path) if file.is_file() and not file.is_symlink())
            return (file for file in files if not self.passed.hides(file.relative_to(path).as_posix()))
        if path.exists() and not path.is_file():
            raise SourceError(f"{name} is neither a file nor a folder.")
        matches = _matches(path, self.passed) if is_pattern(name) or not path.exists() else []
        if not path.exists() and not matches:
            from converters.nearest import file_near

            raise MissingSourceError(
                f"There is no file {name}.{file_near(name) or ' Give the path of the export you downloaded.'}"
            )
        if not path.exists():
            return matches
        if others := [other for other in matches if other != path]:
            self._log("source.pattern", name, where=f"{len(others)} other files fit it as a pattern")
        return [path]

    def _opened(self, path: Path, label: str, *, chosen: bool, depth: int = 0) -> Iterator[SourceFile]:
        """The file itself, or what is packed in it."""
        with _unchanging(path, label) as stamp:
            head = _head(path, label)
            archive = SourceArchive(path, self._budget, self._log)
            members = archive.members(head)
            if members is None:
                recoded = _recoded(path, head, label, self._spool, self._log)
                if recoded != path:
                    stamp, head = stamp_of(recoded), _head(recoded, label)
                if chosen or self._test(recoded, head):
                    yield SourceFile(str(recoded), label, stamp=stamp)
            elif depth >= DEFAULT.archive_depth:
                self._log("source.skipped", label, where=f"an archive inside of {depth} others")
            else:
                for member, stream in members:
                    if member == path.stem or not self.passed.hides(path_of_member(member)):  # a file.gz holds its stem
                        inner = archive.copy(stream, self._spool / f"{next(_NUMBERS):06d}.part", member)
                        yield from self._opened(inner, f"{label}/{member}", chosen=False, depth=depth + 1)


def _refuse_generators(label: str, files: Sequence[SourceFile]) -> None:
    paths = {file.inside: Path(file.path) for file in files}
    generators.refuse(label, paths, lambda name: _head(paths[name], name), whole=True)


def _is_text(path: Path, label: str, test: Test) -> bool:
    """Is that a text which the importer takes for its own?"""
    return path.suffix.lower() in _TEXTS and test(path, _head(path, label))


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


def head_of(source: SourceFile) -> bytes:
    """The first bytes of a file; nothing of a folder."""
    path = Path(source.path)
    return b"" if path.is_dir() else _head(path, source.name)


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
