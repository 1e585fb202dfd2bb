"""Block comments: `<!-- wp:name {"json":1} -->`, `<!-- /wp:name -->`, `<!-- wp:name /-->`.

What a block shows is nearly always the HTML between its comments. Only a few have none of their own: reusable blocks
(`wp:block {"ref":90}`), and those that show the site rather than the post.
"""

from __future__ import annotations

import json
import re
from typing import Any

from converters.importers.wordpress.content import footnotes, social
from converters.importers.wordpress.content.context import Context

_COMMENT = re.compile(r"<!--\s+(/)?wp:([a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)\s+(\{(?:(?!-->).)*?\}\s+)?(/)?-->", re.S)
_SITE = re.compile(
    r"^(?:core/)?(?:archives|calendar|categories|latest-|loginout|page-list|rss|search|tag-cloud|query|post-|comment|site-"
    r"|navigation|template-part|term-description|read-more|avatar|home-link|legacy-widget|widget)"
)
_KNOWN_EMPTY = frozenset({"more", "nextpage", "spacer", "block"})


def has_blocks(text: str) -> bool:
    return "<!-- wp:" in text


def flatten(text: str, context: Context) -> str:
    """The HTML of all blocks, without their comments; reusable blocks and footnotes put in."""
    return _Flattener(context).flatten(text, ())


class _Flattener:
    def __init__(self, context: Context) -> None:
        self._context, self._log, self._limits = context, context.log, context.limits

    def flatten(self, text: str, inside: tuple[str, ...]) -> str:
        parts: list[str] = []
        position, skipping = 0, 0
        skipped = ""
        for match in _COMMENT.finditer(text):
            closing, name, attributes, alone = match.groups()
            if not skipping:
                parts.append(text[position : match.start()])
            position = match.end()
            if skipping:
                skipping += 0 if name != skipped or alone else -1 if closing else 1
            elif not closing and _SITE.match(name):
                self._log("block.site", name)
                skipping, skipped = (0, "") if alone else (1, name)
            elif not closing and name == "block":
                parts.append(self._reusable(attributes, inside))
            elif not closing and name == "footnotes":
                parts.append(footnotes.as_list(self._context.footnotes, self._log))
            elif not closing and name == "social-link":
                parts.append(social.link(_attributes(attributes)))
            elif alone and not closing and name not in _KNOWN_EMPTY:
                self._log("block.empty", name)
        if not skipping:
            parts.append(text[position:])
        return "".join(parts)

    def _reusable(self, attributes: str | None, inside: tuple[str, ...]) -> str:
        ref = str(_attributes(attributes).get("ref", ""))
        if ref in inside or len(inside) >= self._limits.content_depth:
            self._log("block.reusable-cycle", ref)
            return ""
        text = self._context.block_text(ref)
        if text is None:
            self._log("block.reusable-missing", ref)
            return ""
        return self.flatten(text, (*inside, ref))


def _attributes(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text) if text else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
