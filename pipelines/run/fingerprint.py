"""What a run and a site are made of, in one digest, and whether there is anything to do.

A site whose sources, options and program are those of the last run into a folder, and of which all that was written is
still there byte for byte, would come out the same and be reported the same: the run ends at once. Whatever cannot be
told for certain makes it a run: files that come along, sources that are no files, classes of third parties, files that
the user edited.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from converters.plugin import BUILT_IN
from pipelines.output.state import last
from pipelines.remote.address import is_pattern, is_remote
from pipelines.run.clock import now
from pipelines.run.job import Job
from pipelines.run.run_result import RunResult

if TYPE_CHECKING:
    from pipelines.report.write import ReportPaths
_PASSING = {"worker.crashed", "item.timed-out", "item.out-of-memory"}
_PROGRAM = Path(__file__).parents[2]
_SIZE = 20
_READ = 4 << 30
"""Bytes of the largest file that is read for it; a larger one is told by size and time. Files may be mostly holes."""


def run_fingerprint(job: Job) -> str:
    """What a site is made of, in one digest; empty when that cannot be told, or when it is to be written anyway."""
    options = job.options
    ours = {options.importer} <= BUILT_IN["importers"].keys() and {options.exporter} <= BUILT_IN["exporters"].keys()
    files = all(name != "-" and "://" not in name for name in (*job.sources, job.output))
    if (
        job.force
        or job.dry_run
        or job.media.way
        or not ours
        or not files
        or options.write.markdown_engine not in BUILT_IN["markdown"]
        or options.passes
    ):
        return ""
    asked = msgspec.structs.replace(job, sources=(), called={}, workers=0, dry_run=False, fingerprint="", scheduler="")
    try:
        places = [job.called.get(name) or str(Path(name).absolute()) for name in job.sources]
        parts = (repr(asked), repr(places), of_sources(job.sources), _program())
    except OSError:  # the run says what is wrong with them
        return ""
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _program() -> str:
    """The program and all it uses, also where the version stays the same: names and times of its files, and of the
    folders that change when a package is installed."""
    files = sorted(file for name in ("converters", "pipelines") for file in _stamps(_PROGRAM / name))
    paths = sysconfig.get_paths()
    libraries = [f"{paths[name]}:{Path(paths[name]).stat().st_mtime_ns}" for name in ("purelib", "platlib")]
    return repr((sys.version, files, libraries))


def _stamps(folder: Path | str) -> Iterator[str]:
    with os.scandir(folder) as entries:  # which is several times as quick as path objects, at every start
        for entry in entries:
            if entry.is_file() and not entry.name.endswith(".pyc"):
                yield f"{entry.path}:{entry.stat().st_mtime_ns}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _stamps(entry.path)


def to_remember(fingerprint: str, result: RunResult) -> tuple[str, bytes]:
    """What the next run may find. Nothing when files of the user's stand in the way, or when an item had not the time
    or the memory it needs: it has to look at them again."""
    again = result.kept or _PASSING & result.account.notices.keys()
    return ("", b"") if again or not fingerprint else (fingerprint, msgspec.json.encode(result))


def earlier_result(job: Job, places: ReportPaths) -> RunResult | None:
    """How the last run into the folder ended, when another would do nothing; else None. `places` are those of its
    report, whatever the folder says itself."""
    known = last(Path(job.output), job.fingerprint)
    if known is None:
        return None
    try:
        found = msgspec.json.decode(known, type=RunResult)
    except (msgspec.MsgspecError, RecursionError):  # of another version, or none of ours
        return None
    if found.until is not None and found.until <= now():
        return None
    if (found.output, found.report, found.page) != (job.output, str(places.json), str(places.page)):
        return None
    if not all(Path(file).is_file() for file in (found.report, found.page)):
        return None
    return msgspec.structs.replace(found, repeated=True)


def of_sources(names: Sequence[str]) -> str:
    """Of all files behind the names, and of what they are called below a folder; read in pieces."""
    digest = blake2b(digest_size=_SIZE)
    for name in names:
        if is_remote(name):
            from pipelines.remote.fetch import fingerprint

            _put(digest, b"address", fingerprint(name))
            continue
        path = Path(name)
        _put(digest, b"source", path.name.encode(errors="surrogateescape"))
        for inside, file in _files(path):
            _put(digest, inside.encode(errors="surrogateescape"), _content(file))
    return digest.hexdigest()


def of_options(shown: dict[str, Any], values: dict[str, Any]) -> str:
    """Of the options as written, and of the files that they name: rules, classes, the folder media are copied from."""
    digest = blake2b(digest_size=_SIZE)
    _put(digest, b"options", msgspec.json.encode(shown, order="sorted"))
    for key in ("from", "to"):
        module, _, _ = str(values.get(key, "")).rpartition(":")
        if module and Path(module).is_file():
            _put(digest, key.encode(), _content(Path(module)))
    if values.get("rules"):
        _put(digest, b"rules", _content(Path(values["rules"])))
    way, _, folder = str(values.get("media", "")).partition(":")
    if way == "copy":  # by size and time: all pictures of a site are too much to be read each time
        for inside, file in _files(Path(folder)):
            status = file.lstat()
            _put(digest, inside.encode(errors="surrogateescape"), f"{status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()


def size(names: Sequence[str]) -> int:
    """Bytes of all files behind the names; what cannot be looked at counts nothing."""
    try:
        here = (Path(name) for name in names if not is_remote(name))
        return sum(file.lstat().st_size for path in here for _, file in _files(path))
    except OSError:
        return 0


def _files(path: Path) -> Iterator[tuple[str, Path]]:
    """(name below the folder or pattern, file), sorted; links as they are."""
    if path.is_file():
        yield "", path
    elif path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_symlink() and file.is_dir():  # what it leads to is looked at, once
                inside = (inner for inner in sorted(file.rglob("*")) if inner.is_file())
                yield from ((inner.relative_to(path).as_posix(), inner) for inner in inside)
            elif file.is_symlink() or file.is_file():
                yield file.relative_to(path).as_posix(), file
    elif not path.exists():
        start = Path(path.anchor or ".")
        for file in sorted(start.glob(str(path.relative_to(path.anchor)))):
            if file.is_file():
                yield str(file.relative_to(_fixed(path))), file


def _fixed(pattern: Path) -> Path:
    """The part of a pattern before its first mark."""
    parts = pattern.parts
    end = next((place for place, part in enumerate(parts) if is_pattern(part)), len(parts) - 1)
    return Path(*parts[:end])


def _content(file: Path) -> bytes:
    if file.is_symlink() and not file.is_file():  # to nothing, or to a pipe or a device, which may have no end
        return b"link " + os.fsencode(file.readlink())
    status = file.stat()
    if status.st_size > _READ:
        return f"{status.st_size} {status.st_mtime_ns}".encode()
    with file.open("rb") as opened:
        return file_digest(opened, lambda: blake2b(digest_size=_SIZE)).digest()


def _put(digest: blake2b, *parts: bytes) -> None:
    """With their lengths, so that no two lists of parts give the same."""
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
