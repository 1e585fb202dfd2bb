"""What we wrote to an output elsewhere: `.postferry/manifest.json` beside it, written last; and what a run is about to
write, in `.postferry/begun.json`, written first, so that a run that was killed leaves nothing that the next one would
take for the user's."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from converters import __version__
from converters.errors import OutputError
from pipelines.output.output_folder import FOLDER, is_safe
from pipelines.remote.store import Seen, Store

MANIFEST, BEGUN = f"{FOLDER}/manifest.json", f"{FOLDER}/begun.json"


class Known(msgspec.Struct, frozen=True):
    """A file that we wrote, as it was when we had."""

    digest: str
    """Ours, of 16 bytes."""
    size: int
    tag: str
    """What the store says; empty when it says nothing."""

    def is_still(self, seen: Seen) -> bool:
        return (self.size, self.tag) == (seen.size, seen.tag)


class Sent(msgspec.Struct, frozen=True):
    """Bytes that a run may have written."""

    digest: str
    size: int
    md5: str


class Manifest(msgspec.Struct, frozen=True):
    program: str = f"postferry {__version__}"
    files: dict[str, Known] = {}


class Begun(msgspec.Struct, frozen=True):
    files: dict[str, tuple[Sent, ...]] = {}


_Record = TypeVar("_Record", Manifest, Begun)


def read(store: Store, path: str, kind: type[_Record]) -> _Record | None:
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
