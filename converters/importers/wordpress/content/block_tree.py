"""The grammar of blocks: `<!-- wp:name {"json":1} -->…<!-- /wp:name -->`, `<!-- wp:name /-->`.

`core/` may stand in front of a name of WordPress's own. The format is that of
https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/; where comments do not match (ends
without a beginning, beginnings without an end) nothing of the text between them is lost.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

_NAME = re.compile(r"<!--\s+(/)?wp:((?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)(?=\s|/)")


class Block:
    """One block: its name without `core/`, and its parts, text and blocks, in their order."""

    def __init__(self, name: str, parent: Block | None = None, written: str = "", *, ended: bool = False) -> None:
        self.name, self.parent, self.ended = name, parent, ended
        self.parts: list[str | Block] = []
        self._written = written

    @cached_property
    def attributes(self) -> dict[str, Any]:
        """The JSON of the comment; empty where it is none."""
        try:
            value = json.loads(self._written) if self._written else {}
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def says(self, word: str) -> bool:
        """Does the word stand in the comment at all? Asked before its JSON is read."""
        return word in self._written

    def text(self, name: str) -> str:
        """An attribute as text; empty for one that is not there."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else "" if value is None or isinstance(value, bool) else str(value)


def parse(text: str, depth: int) -> Block:
    """The tree of a text's blocks, under a root without a name. Deeper than `depth`, comments only go."""
    here = root = Block("")
    level, too_deep = 0, 0
    for part in _pieces(text):
        if isinstance(part, str):
            here.parts.append(part)
            continue
        ends, name, written, alone = part
        if ends and too_deep:
            too_deep -= 1
        elif ends:
            here.ended = True  # whatever name the end has: so the parser of WordPress takes it
            here, level = (here.parent, level - 1) if here.parent is not None else (here, level)
        elif alone:
            here.parts.append(Block(name, here, written, ended=True))
        elif level >= depth:
            too_deep += 1
        else:
            block = Block(name, here, written)
            here.parts.append(block)
            here, level = block, level + 1
    return root


def _pieces(text: str) -> Iterator[str | tuple[bool, str, str, bool]]:
    """Text, and (is an end, name, JSON, has no inside) for each comment of a block, in one pass."""
    position = done = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        position = end + 3
        match = _NAME.match(text, start, end)
        if match is None:
            continue
        if start > done:
            yield text[done:start]
        done = position
        written = text[match.end() : end].strip()
        alone = written.endswith("/")
        name = match[2].removeprefix("core/")
        yield bool(match[1]), name, written.removesuffix("/").rstrip(), alone
    if done < len(text):
        yield text[done:]
