"""Sources that lie elsewhere, brought into a folder that is gone when the run is over.

An export is read from many places at once, by several processes, so it has to be a file of this machine. Each comes
whole or not at all, under a name like its own; a folder or a pattern of an object store brings all that is in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple

from converters.errors import DiskError, MissingSourceError, PostferryError, SourceError, UnavailableError
from converters.model.limits import DEFAULT
from converters.source_check import changed
from pipelines.remote.address import WEB, is_pattern, is_remote, last_part, scheme, shown
from pipelines.remote.store import RemoteFile, RemoteStore, SlowStoreError
from pipelines.run import interrupts
from pipelines.run.progress import Progress, silent

_TRIES = 3
"""Of a transfer that breaks off; a server that does not answer at all is not asked again by us."""
_MEGABYTE = 1_000_000
_STAGE = "fetching, MB"


class _Wanted(NamedTuple):
    """A file to bring."""

    path: str
    """As the store calls it; below its place unless `whole`."""
    whole: bool
    target: Path
    called: str
    seen: RemoteFile


def fetch(sources: Sequence[str], spool: Path, tell: Progress) -> tuple[tuple[str, ...], dict[str, str]]:
    """The sources, those that are addresses as files below `spool`, and what the user calls each of these.

    Raises MissingSourceError for what is not there or may not be read, UnavailableError when no server answers.
    """
    names: list[str] = []
    called: dict[str, str] = {}
    meter = _Meter(spool, tell)
    for number, name in enumerate(sources):
        if not is_remote(name):
            names.append(name)
            continue
        store = RemoteStore(name)
        folder = spool / f"{number:03d}"
        where, wanted = _wanted(store, name, folder)
        called[str(where)] = store.name
        names.append(str(where))
        meter.expect(wanted)
        for file in wanted:
            called[str(file.target)] = file.called
            _bring(store, file, meter)
        _settle(store, name, folder, wanted, meter)
    return tuple(names), called


def _wanted(store: RemoteStore, name: str, spool: Path) -> tuple[Path, list[_Wanted]]:
    """What the source is called here, and its files."""
    found = matches(store, name) if is_pattern(name) else {}
    if found:  # as many files, each with its own name: `part1/export.xml`, `part2/export.xml`
        start = store.name.partition("://")[0]
        files = [
            _Wanted(path, True, spool / f"{place:06d}" / last_part(path), f"{start}://{path.lstrip('/')}", seen)
            for place, (path, seen) in enumerate(found.items())
        ]
        return spool / "*" / "*", files
    target = spool / last_part(name)
    web = scheme(name) in WEB
    seen = store.seen() if web or not name.endswith("/") else None
    if seen is not None:
        return target, [_Wanted("", False, target, store.name, seen)]
    inside = {} if web else _inside(store)
    if not inside:
        raise store.missing()
    return target, [
        _Wanted(path, False, _contained(target, path, inside), f"{store.name}/{path}", seen)
        for path, seen in inside.items()
    ]


def _settle(store: RemoteStore, name: str, folder: Path, wanted: list[_Wanted], meter: _Meter) -> None:
    """Look whether all is still what was brought; what changed meanwhile is brought anew.

    Raises ChangedSourceError when it goes on changing. A server that tags the same bytes in another way each time (as
    several behind one name do) is believed by the bytes.
    """
    for _ in range(_TRIES - 1):
        now = _again(store, name, folder, wanted)
        if [file.target for file in now] != [file.target for file in wanted]:
            break
        others = [file for file, before in zip(now, wanted, strict=True) if file.seen != before.seen]
        same = [_is_the_same(store, file, meter) for file in others]
        if all(same):
            return
        wanted = now
    else:
        if _again(store, name, folder, wanted) == wanted:
            return
    raise changed(store.name)


def _again(store: RemoteStore, name: str, folder: Path, wanted: list[_Wanted]) -> list[_Wanted]:
    """The files as they are now. A page of the web may be gone once it was sent; what came of it was one answer."""
    try:
        return _wanted(store, name, folder)[1]
    except PostferryError:
        if scheme(name) in WEB:
            return wanted
        raise


def _is_the_same(store: RemoteStore, file: _Wanted, meter: _Meter) -> bool:
    before = _digest(file.target)
    _bring(store, file, meter)
    return _digest(file.target) == before


def _digest(file: Path) -> bytes:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").digest()


def _inside(store: RemoteStore) -> dict[str, RemoteFile]:
    try:
        return store.files()
    except FileNotFoundError:
        return {}


def matches(store: RemoteStore, name: str) -> dict[str, RemoteFile]:
    """What fits the pattern in an object store; nothing when an object is called like that itself."""
    if store.seen() is not None:
        return {}
    try:
        found = store.files(pattern=name)
    except FileNotFoundError:
        found = {}
    if not found:
        raise MissingSourceError(f"Nothing fits {shown(name)}.")
    return found


def _contained(folder: Path, path: str, others: dict[str, RemoteFile]) -> Path:
    """Keys of objects are any text; here they have to be paths, and none a file and a folder at once."""
    parts = path.split("/")
    odd = any(part in ("", ".", "..") or "\0" in part or "\\" in part or len(part.encode()) > 255 for part in parts)
    if odd or any("/".join(parts[:end]) in others for end in range(1, len(parts))):
        raise SourceError(f"{path!r} cannot be a file on this machine. Name the objects you want one by one.")
    return folder / path


class _Meter:
    """Counts what comes, shows it, and ends what becomes too much."""

    def __init__(self, spool: Path, tell: Progress) -> None:
        self._spool, self._tell = spool, interrupts.check_cancelled(tell)
        self.done = self._total = self._files = 0

    def expect(self, wanted: Sequence[_Wanted]) -> None:
        """Raises SourceError for too much, DiskError when there is no room for it."""
        sizes = sum(file.seen.size or 0 for file in wanted)
        self._total += sizes
        self._files += len(wanted)
        if self._files > DEFAULT.fetched_files:
            raise SourceError(f"The sources are more than {DEFAULT.fetched_files:,} files. Name fewer at a time.")
        self._check(self._total)
        if sizes > shutil.disk_usage(self._spool).free:
            room = f"there is no room for {sizes:,} bytes in {self._spool.parent}"
            raise DiskError(f"The sources cannot be fetched: {room}. Free some, or let TMPDIR name another folder.")

    def take(self, size: int) -> None:
        self.done += size
        self._check(self.done)
        self._tell(_STAGE, self.done // _MEGABYTE, max(self._total, self.done) // _MEGABYTE)

    @staticmethod
    def _check(size: int) -> None:
        if size > DEFAULT.fetched_bytes:
            raise SourceError(f"The sources are larger than {DEFAULT.fetched_bytes:,} bytes. Name fewer at a time.")


def _bring(store: RemoteStore, file: _Wanted, meter: _Meter) -> None:
    """Raises UnavailableError when it breaks off again and again, or is another one each time."""
    file.target.parent.mkdir(parents=True, exist_ok=True)
    before = meter.done
    for left in reversed(range(_TRIES)):
        meter.done = before
        try:
            store.get(file.path, file.target, meter.take, whole=file.whole)
        except FileNotFoundError as error:
            raise store.missing() from error
        except SlowStoreError:
            raise
        except UnavailableError:
            if not left or meter.done == before:
                raise
            continue
        size = file.target.stat().st_size
        if size == file.seen.size or file.seen.size is None or scheme(store.name) in WEB:
            return  # the web may pack what it sends, and checks itself that it is whole
    raise changed(file.called)


def fingerprint(name: str) -> bytes:
    """What the address stands for, in one digest: names, sizes and tags of its files, or their bytes where a server
    tells nothing that changes with them."""
    store = RemoteStore(name)
    digest = blake2b(digest_size=20)
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        _, wanted = _wanted(store, name, Path(spool))
        for file in wanted:
            tag = file.seen.tag.encode()
            if not tag:
                _bring(store, file, _Meter(Path(spool), silent))
                tag = _digest(file.target)
                file.target.unlink()
            for part in (file.called.encode(), str(file.seen.size).encode(), tag):
                digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
