"""An export cut into items (`converters/importers/wordpress/split.py`), and each item parsed (`repair.py`)."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from converters.importers.wordpress.repair import ItemParser, read_prolog
from converters.importers.wordpress.split import ExportPart, PartKind, Splitter, sections
from converters.model.limits import Limits
from converters.model.notices import Log
from tests.fuzz.draw import Draw

DICTIONARY = (
    b"<item>", b"</item>", b"<item ", b"</item >", b"<items>", b"<![CDATA[", b"]]>", b"]]", b"<!--", b"-->",
    b"<rss>", b"</rss>", b"<channel>", b"<title>", b"</title>", b"<content:encoded><![CDATA[",
    b"]]></content:encoded>", b"&", b"&amp;", b"&nbsp;", b"&#0;", b"\0", b"\xff", b"\xed\xa0\x80", b"<wp:postmeta>",
    b"</wp:postmeta>", b"<x:y>", b"<", b"word", b"\n", b"]]]]><![CDATA[>", b"<!DOCTYPE a>",
    b"<?xml version='1.0' encoding='latin1'?>", b"xmlns:a='b'",
)  # fmt: skip
_LIMIT = 1_000
_ITEM = re.compile(rb"<item(?=[\s>])")
_PASSED_OVER = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_TEXTS = ("word", "a <b>", "]]>", "</item>", "<item>", "<!--", "a & b", "code ]]> more", "", "-->", "\n", "日本")
_ENDS = ("", "\n", "<!-- <item>no</item> -->", "<wp:term><![CDATA[<item></item>]]></wp:term>", "\r\n\t")


def run(data: bytes) -> None:
    """Parts follow each other without a gap; every item begins and ends with its tag; nothing outside of items begins
    one; sections and what stands between them make the whole again; an item is one when it stands alone, too; items
    put together with their texts in sections are found again, each as it was; one that is repaired, cut, too large or
    unreadable is named.
    """
    found = _split(data)
    position = 0
    for part in found:
        assert part.start == position < part.end, "a gap"
        position = part.end
        _check(part, data)
    assert position == len(data), "not all of the file"
    _sections(data)
    if len(data) % 3 == 0:
        _put_together(data)


def _check(part: ExportPart, data: bytes) -> None:
    text = data[part.start : part.end]
    if part.kind is PartKind.CHANNEL:
        assert not _ITEM.search(_PASSED_OVER.sub(b"-", text)), "an item that was not found"
        return
    assert _ITEM.match(text), "an item without its tag"
    if part.kind is PartKind.CUT:
        assert part.end == len(data)
        return
    assert re.search(rb"</item\s*>\Z", text), "an item without its end"
    assert (part.kind is PartKind.TOO_LARGE) == (len(text) > _LIMIT)
    log = Log("1")
    element = ItemParser(read_prolog(data)).parse(text, log)
    assert element is not None or any(each.code == "item.unreadable" for each in log.notices), "lost in silence"


def _sections(data: bytes) -> None:
    pieces = list(sections(data))
    whole = b"".join(b"<![CDATA[" + piece + b"]]>" if inside else piece for inside, piece in pieces)
    assert whole in (data, data + b"]]>"), "sections"


def _put_together(data: bytes) -> None:
    draw = Draw(data)
    items, file = [], [b"<rss><channel>"]
    for _ in range(draw.below(5)):
        fields = []
        for _ in range(draw.below(4)):
            text = "".join(draw.of(_TEXTS) for _ in range(draw.below(4))).replace("]]>", "]]]]><![CDATA[>")
            fields.append(f"<f><![CDATA[{text}]]></f>{draw.of(('', chr(10)))}")
        items.append(f"<item>{''.join(fields)}</item>".encode())
        file += [items[-1], draw.of(_ENDS).encode()]
    whole = b"".join(file) + b"</channel></rss>"
    got = [whole[part.start : part.end] for part in _split(whole) if part.kind is not PartKind.CHANNEL]
    assert got == items, "items put together"


def _split(data: bytes) -> list[ExportPart]:
    path = _folder() / "export.xml"
    path.write_bytes(data)
    with Splitter(path, Limits(item_bytes=_LIMIT)) as splitter:
        return list(splitter.parts())


@cache
def _folder() -> Path:
    """A folder for the file, in memory where the system has such."""
    shared = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="postferry-fuzz", dir=shared if shared.is_dir() else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
