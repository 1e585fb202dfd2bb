"""Runs that come to a sudden end, and what has to be true after them."""

from __future__ import annotations

import os
import struct
import sys
import zlib
from pathlib import Path
from unittest.mock import patch

from tests.support import command
from tests.wxr import export, item

STRAY = (".postferry-part", ".part", "lock", "parts", "-wal", "-shm", "-journal")
TEXT = "<p>Text <b>of</b> <a href='/post-{0}/'>it</a>.</p><ul><li>one</li></ul>"
UPLOADS = "wp-content/uploads/2020"


def picture(number: int, size: int) -> bytes:
    """A PNG in form, with bytes of its own."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    inside = number.to_bytes(4) * (size // 4)
    head = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", inside) + chunk(b"IEND", b"")


def make_source(folder: Path, posts: int, *, pictures: bool = False, size: int = 6_000) -> Path:
    """An export, and the pictures it names in a folder beside it."""
    uploads = folder / "old" / UPLOADS
    uploads.mkdir(parents=True)
    items = []
    for id in range(1, posts + 1):
        image = ""
        if pictures:
            (uploads / f"p{id}.png").write_bytes(picture(id, size))
            image = f'<img src="https://old.example/{UPLOADS}/p{id}.png" alt="">'
        text = TEXT.format(id % posts + 1) * (1 + id % 8)
        items.append(item(id, content=image + text, terms=[("category", f"c{id % 5}", f"C{id % 5}")]))
    source = folder / "export.xml"
    source.write_text(export(*items))
    return source


def arguments(source: Path, output: Path, workers: int, *, pictures: bool = False) -> list[str]:
    script = str(Path(sys.executable).with_name("postferry"))
    media = ["--media", f"copy:{source.parent / 'old'}", "--bundles"] if pictures else []
    return [script, "-q", str(source), "-o", str(output), "--workers", str(workers), *media]


def run(source: Path, output: Path, workers: int, spool: Path, *, pictures: bool = False) -> None:
    """A run that comes to its end. What killed runs left of their spools is none of its business."""
    _, *words = arguments(source, output, workers, pictures=pictures)
    with patch.dict(os.environ, {"TMPDIR": str(spool)}):
        done = command(*words)
    assert done.returncode == 0, done.stderr


def tree(folder: Path) -> dict[str, bytes]:
    """All that is written but databases, which know how often it was begun; the report names the folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".db")
    name = str(folder).encode()
    return {str(path.relative_to(folder)): path.read_bytes().replace(name, b"OUT") for path in files}


def stray(folder: Path) -> list[str]:
    """What a run that ended leaves nothing of."""
    return [str(path) for path in folder.rglob("*") if path.name.endswith(STRAY)]


def half_written(folder: Path, whole: dict[str, bytes]) -> list[str]:
    """Files under their own names that are not what they are to become."""
    return [
        path for path, data in tree(folder).items() if not path.startswith(".postferry") and _torn(path, data, whole)
    ]


def _torn(path: str, data: bytes, whole: dict[str, bytes]) -> bool:
    return not path.endswith(STRAY) and data != whole.get(path)
