"""What an exporter hands over to be written: files, and pieces of files that many items share."""

from __future__ import annotations

import msgspec

from converters.source_check import Stamp


class OutFile(msgspec.Struct, frozen=True):
    """A file to write: path below the output folder, with `/`, and its bytes."""

    path: str
    data: bytes
    copy: str = ""
    """A file of the source whose bytes are written instead of `data`."""
    twin: str = ""
    """A file below the output folder, written before, whose bytes are written instead of `data`."""
    stamp: Stamp | None = None
    """Of the file that is copied, as it was surveyed."""
    own: bool = False
    """A file of the program itself, at a path that nothing of a source decides: settings, layouts, data."""
    brought: bool = False
    """A file of the source that is published as it is."""
    of: str = ""
    """Of such a file: the id of the item that it belongs to, if it belongs to one."""
    before: bytes = b""
    """Stands in front of the bytes of `copy`, `twin` or `data`."""
    holds: dict[str, int] = {}
    """What it holds -> how many, for the sum at the end of a run: `comments`, `terms`, `authors`."""


class OutPart(msgspec.Struct, frozen=True):
    """A piece of a file that many items share.

    A run puts the pieces of one path behind each other in the order of the source, whoever made them and when; an
    `OutJoin` of that path then makes the file.
    """

    path: str
    data: bytes
    between: bytes = b""
    """Stands in front of every piece but the first."""
    holds: dict[str, int] = {}
    """As in `OutFile`."""


class OutJoin(msgspec.Struct, frozen=True):
    """A file to make of the pieces of its path, once all items are carried: `head`, the pieces, `tail`."""

    path: str
    head: bytes = b""
    tail: bytes = b""
    holds: dict[str, int] = {}
    """As in `OutFile`, of its head."""
    if_any: bool = False
    """Only when there are pieces."""
