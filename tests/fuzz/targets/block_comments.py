"""The grammar of blocks and what they show (`converters/importers/wordpress/content/blocks.py`)."""

from __future__ import annotations

import re

from converters.importers.wordpress.content import blocks
from converters.importers.wordpress.content.blocks import WpBlock, parse
from converters.importers.wordpress.content.context import Context
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup

DICTIONARY = (
    b"<!-- wp:paragraph -->", b"<!-- /wp:paragraph -->", b"<!-- wp:group {\"a\":1} -->", b"<!-- /wp:group -->",
    b"<!--", b"-->", b" wp:", b"/-->", b"<!-- wp:block {\"ref\":5} /-->", b"<!-- wp:core/image -->",
    b"<!-- wp:my/thing /-->", b"<!-- wp:query -->", b"<!-- /wp:query -->",
    b"<!-- wp:social-link {\"url\":\"x\",\"service\":\"y\"} /-->", b"<!-- wp:cover {\"url\":\"a.jpg\"} -->",
    b"{\"a\":{\"b\":[1,2]}}", b"{", b"}", b"\"", b"\\u003c", b"<p>", b"</p>", b"word", b"\n", b"--",
    b"<!-- more -->", b"<!--nextpage-->", b"<!-- wp:footnotes /-->", b"{\"ref\":7}", b"\0", b"<!-- wp:freeform -->",
    b"<!-- wp:latest-posts /-->", b"<!-- wp:html -->", b"NaN", b"1e999", b"[[[[[[",
)  # fmt: skip
_OF_A_BLOCK = re.compile(r"\s+/?wp:(?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*(?:\s|/)")
_TAG = re.compile(r"<[^>]*+>?")
_WORD = re.compile(r"[a-z]{4,}")


def run(data: bytes) -> None:
    """Text between the comments of blocks is kept to the letter, whatever matches and whatever does not. What blocks
    show holds every word that stood outside of tags and comments; where one is missing, a notice says so.
    """
    text = data.decode("utf-8", "replace")
    for depth in (50, 2):
        root = parse(text, depth)
        assert "".join(_texts(root)) == _between(text), "text between blocks"
        assert _depth(root) <= depth, "deeper than asked for"
    log = Log("9")
    reused = {"5": "<p>reused</p>", "7": '<!-- wp:block {"ref":7} /-->'}
    shown = blocks.flatten(text, Context("9", Lookup(), log, reused.get))
    words = set(_WORD.findall(_TAG.sub(" ", _between(text, " "))))
    missing = {word for word in words if word not in shown}
    assert not missing or log.notices, f"words: {missing}"


def _texts(block: WpBlock) -> list[str]:
    """All text in order. Reads the attributes of each block on the way."""
    found: list[str] = []
    stack: list[str | WpBlock] = [block]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            found.append(part)
            continue
        assert isinstance(part.attributes, dict)
        assert isinstance(part.text("ref"), str)
        stack.extend(reversed(part.parts))
    return found


def _depth(block: WpBlock) -> int:
    return max((_depth(part) + 1 for part in block.parts if isinstance(part, WpBlock) and part.parts), default=0)


def _between(text: str, instead: str = "") -> str:
    """The text without the comments of blocks, by the letter of the grammar."""
    pieces = text.split("-->")
    last = pieces.pop()
    return "".join(_without(piece, instead) for piece in pieces) + last


def _without(piece: str, instead: str) -> str:
    """A piece that ends before `-->`: without its comment, where that is one of a block."""
    start = (piece + "-->").find("<!--")
    if start < 0 or not _OF_A_BLOCK.match(piece[start + 4 :] + "-"):
        return piece + "-->"
    return piece[:start] + instead
