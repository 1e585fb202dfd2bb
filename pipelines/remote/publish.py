"""A converted site to an object store: only what changed, nothing of the user's, the list of it last.

The order is: what may be written is noted; files; what vanished is removed; the manifest. A run that ends in between
has left whole objects, all of them noted, and the next one goes on from there.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from converters import __version__
from converters.errors import OutputError
from pipelines.output.output_folder import FOLDER, OutputFolder, is_safe
from pipelines.remote.remote_lock import LOCK
from pipelines.remote.store import RemoteFile, RemoteStore
from pipelines.run.progress import Progress

MANIFEST = f"{FOLDER}/manifest.json"
"""Beside the site: what we wrote there; written last."""
BEGUN = f"{FOLDER}/begun.json"
"""What a run is about to write; written first, so that a run that was killed leaves nothing that the next one would
take for the user's."""
_REMEMBERED = f"{FOLDER}/published"
"""In the folder that is published: the digest of the manifest."""
_OURS = {MANIFEST, BEGUN, LOCK}
_TOGETHER = 64
"""Files that are sent before a run looks whether it is to end."""


class StagedFile(NamedTuple):
    """A file of the site."""

    source: Path
    digest: str
    """Of 16 bytes."""
    size: int


class PublishStats(NamedTuple):
    """What became of the files."""

    new: int
    unchanged: int
    removed: int


class PublishedSite:
    """An output as it is before it is published, and what is known of it."""

    def __init__(self, store: RemoteStore, *, force: bool = False) -> None:
        """Raises OutputError when it holds objects and none of them is ours."""
        self.store, self._force = store, force
        self._manifest = read(store, MANIFEST, Manifest)
        self._begun = (read(store, BEGUN, Begun) or Begun()).files
        self._there = _files(store)
        new = self._manifest is None and not self._begun
        if new and not force and any(not path.startswith(f"{FOLDER}/") for path in self._there):
            raise OutputError(f"{store.name} holds objects that are not ours. Name another place, or add --force.")
        self._known = self._manifest.files if self._manifest else {}
        self._looked: dict[str, str] = {}

    def plan(self, staged: Mapping[str, StagedFile]) -> PublishPlan:
        """What is to be done with each file; changes nothing. What the user changed is left as it is."""
        send: list[str] = []
        same: list[str] = []
        kept: list[str] = []
        for path, file in sorted(staged.items()):
            seen = self._there.get(path)
            digest = "" if seen is None else self._digest(path, seen, file)
            if seen is not None and digest == file.digest:
                same.append(path)
            elif seen is None or digest or self._force or path.startswith(f"{FOLDER}/"):
                send.append(path)
            else:
                kept.append(path)
        gone: list[str] = []
        for path in sorted((self._known.keys() | self._begun.keys()) - staged.keys()):
            seen = self._there.get(path)
            if seen is not None:
                (gone if self._digest(path, seen, None) else kept).append(path)
        return PublishPlan(send, same, gone, kept)

    def _digest(self, path: str, seen: RemoteFile, staged: StagedFile | None) -> str:
        """Of the object, when it is one that we wrote or would write; else empty."""
        known = self._known.get(path)
        if known is not None and known.is_still(seen):
            return known.digest
        sent: list[SentFile] = [*self._begun.get(path, ()), *([_sent(staged)] if staged else ())]
        if known is not None:
            sent.append(SentFile(known.digest, known.size, ""))
        fitting = [each for each in sent if each.size == seen.size]
        same = next((each for each in fitting if seen.md5 and each.md5 == seen.md5), None)
        if same is not None:
            return same.digest
        if not fitting:
            return ""
        found: str = self._looked.get(path) or _fetched_digest(self.store, path)
        self._looked[path] = found
        return found if any(each.digest == found for each in fitting) else ""

    def publish(
        self, staged: Mapping[str, StagedFile], plan: PublishPlan, tell: Progress, check: Callable[[], None]
    ) -> PublishStats:
        """Do it. `tell` and `check` may raise where the run may end: asked to, or since another run took over."""
        if plan.send or plan.gone or self._begun:
            self._note(staged, plan.send)
            self._send(staged, plan.send, tell)
            for paths in _groups(plan.gone, 500):
                check()
                self.store.remove(paths)
        there = _files(self.store) if plan.send or plan.gone or self._begun else self._there
        files = {
            path: KnownFile(file.digest, file.size, there[path].tag)
            for path, file in sorted(staged.items())
            if path in there and there[path].size == file.size and path not in plan.kept
        }
        manifest = Manifest(files=files)
        check()
        if manifest != self._manifest:
            self.store.write(MANIFEST, encoded(manifest))
        if plan.send or plan.gone or self._begun:
            self.store.remove([BEGUN])
        return PublishStats(len(plan.send), len(plan.same), len(plan.gone))

    def _note(self, staged: Mapping[str, StagedFile], paths: Iterable[str]) -> None:
        begun = {path: list(sent) for path, sent in self._begun.items()}
        for path in paths:
            sent = _sent(staged[path])
            if sent not in begun.setdefault(path, []):
                begun[path].append(sent)
        self.store.write(BEGUN, encoded(Begun({path: tuple(sent) for path, sent in begun.items()})))

    def _send(self, staged: Mapping[str, StagedFile], paths: list[str], tell: Progress) -> None:
        """What describes the site goes last."""
        paths = sorted(paths, key=lambda path: (path.startswith(f"{FOLDER}/"), path))
        done = 0
        tell("publishing", done, len(paths))
        with ThreadPoolExecutor(self.store.at_once) as pool:
            for group in _groups(paths, _TOGETHER):
                for _ in pool.map(lambda path: self.store.put(path, staged[path].source), group):
                    done += 1
                tell("publishing", done, len(paths))


class PublishPlan(NamedTuple):
    """Paths, by what is to be done with them."""

    send: list[str]
    same: list[str]
    gone: list[str]
    kept: list[str]
    """Of the user's own."""


def staged(folder: Path, digests: Mapping[str, bytes], *reports: Path) -> dict[str, StagedFile]:
    """The files of a converted site, and those of its report that lie in it."""
    found: dict[str, StagedFile] = {}
    with closing(OutputFolder(folder)) as output:
        named = {report.relative_to(folder).as_posix(): report for report in reports if folder in report.parents}
        for path in (*digests, *named):
            size, digest = output.size(path), digests.get(path) or output.digest(path)
            if path in named and size is None:
                continue
            if size is None or not digest:
                raise OutputError(f"{folder / path} is no plain file, so that it is not sent. Remove it.")
            found[path] = StagedFile(Path(output.full(path)), digest.hex(), size)
    return found


def remember(folder: Path, store: RemoteStore) -> None:
    """Note in the folder what was published of it."""
    data = store.read(MANIFEST)
    with closing(OutputFolder(folder)) as output:
        output.write(_REMEMBERED, [_of(data or b"").encode()])


def stands(folder: Path, store: RemoteStore) -> bool:
    """Is there, and was written last, what was published of the folder? Changes nothing."""
    data = store.read(MANIFEST)
    with closing(OutputFolder(folder)) as output:
        if data is None or output.read(_REMEMBERED) != _of(data).encode():
            return False
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.MsgspecError, RecursionError):
        return False
    there = store.files()
    return BEGUN not in there and manifest.files.keys() <= there.keys()


def _of(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _files(store: RemoteStore) -> dict[str, RemoteFile]:
    try:
        return {path: seen for path, seen in store.files().items() if path not in _OURS}
    except FileNotFoundError:
        return {}


def _sent(file: StagedFile) -> SentFile:
    with file.source.open("rb") as opened:
        digest = file_digest(opened, lambda: hashlib.md5(usedforsecurity=False))
    return SentFile(file.digest, file.size, digest.hexdigest())


def _fetched_digest(store: RemoteStore, path: str) -> str:
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        copy = Path(spool) / "object"
        try:
            store.get(path, copy)
        except FileNotFoundError:
            return ""
        with copy.open("rb") as file:
            digest: str = file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()
            return digest


def _groups(paths: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(paths), size):
        yield paths[start : start + size]


class KnownFile(msgspec.Struct, frozen=True):
    """A file that we wrote, as it was when we had."""

    digest: str
    """Ours, of 16 bytes."""
    size: int
    tag: str
    """What the store says; empty when it says nothing."""

    def is_still(self, seen: RemoteFile) -> bool:
        return (self.size, self.tag) == (seen.size, seen.tag)


class SentFile(msgspec.Struct, frozen=True):
    """Bytes that a run may have written."""

    digest: str
    size: int
    md5: str


class Manifest(msgspec.Struct, frozen=True):
    program: str = f"postferry {__version__}"
    files: dict[str, KnownFile] = {}


class Begun(msgspec.Struct, frozen=True):
    files: dict[str, tuple[SentFile, ...]] = {}


_Record = TypeVar("_Record", Manifest, Begun)


def read(store: RemoteStore, path: str, kind: type[_Record]) -> _Record | None:
    """None when there is none; paths that no run of ours writes are not among its files, whoever put them there.

    Raises OutputError for one that cannot be understood: nothing would be safe then.
    """
    data = store.read(path)
    if data is None:
        return None
    try:
        found = msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise OutputError(
            f"{store.name}/{path} cannot be understood: {error}. Remove it and add --force, which writes over all that "
            "was written before, edited or not."
        ) from error
    files = {name: file for name, file in found.files.items() if is_safe(name) and name not in (MANIFEST, BEGUN)}
    return found if len(files) == len(found.files) else msgspec.structs.replace(found, files=files)


def encoded(record: Manifest | Begun) -> bytes:
    """A line a file, in their order: what changed is seen in a comparison."""
    return msgspec.json.format(msgspec.json.encode(record, order="deterministic"), indent=1) + b"\n"
