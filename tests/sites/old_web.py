"""The old site's files, made up from their addresses, and an export whose site lies on loopback."""

from __future__ import annotations

import re
import struct
import zlib
from hashlib import blake2b
from pathlib import Path
from urllib.parse import unquote, urlsplit

NAMED = re.compile(r"/wp-content/uploads/[^\s\"'<>\[\]()|?&#,;]+\.\w{2,4}\b")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def file(path: str) -> bytes:
    """The bytes of the file that lay at a path: a picture of four dots in colours of its own, or anything."""
    digest = blake2b(path.encode(), digest_size=12).digest()
    if not path.lower().endswith(PICTURES):
        return b"\x01" + digest * 4
    rows = b"".join(b"\0" + digest[start : start + 6] for start in (0, 6))
    head = struct.pack(">2I5B", 2, 2, 8, 2, 0, 0, 0)
    chunks = (("IHDR", head), ("IDAT", zlib.compress(rows)), ("IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name.encode(), data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def lay_out(export: Path, folder: Path) -> set[str]:
    """The old site's files, one at every address below its uploads that the export names. Returns their paths."""
    paths = {unquote(found) for found in NAMED.findall(export.read_text(encoding="utf-8"))}
    for path in paths:
        (folder / path[1:]).parent.mkdir(parents=True, exist_ok=True)
        (folder / path[1:]).write_bytes(file(path))
    return paths


def moved(export: Path, copy: Path, host: str) -> Path:
    """The export of a site that lies on another host, and knows no https."""
    text = export.read_text(encoding="utf-8")
    old = urlsplit(re.findall(r"<wp:base_blog_url>([^<]+)", text)[0]).netloc
    text = re.sub(rf"https?(:(?:\\?/){{2}})(?:www\.)?{re.escape(old)}", rf"http\g<1>{host}", text)
    copy.write_text(text.replace(f".wp.com/{old}/", f".wp.com/{host}/"), encoding="utf-8")
    return copy
