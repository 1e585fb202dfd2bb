"""What the settings of a site, and its templates, add to Markdown. https://gohugo.io/configuration/markup/"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from converters.importers.hugo.config import Config, get
from converters.model import MarkdownOptions

_EXTRAS = ("insert", "mark", "subscript", "superscript")
_SWITCHES = ("definitionList", "footnote", "linkify", "strikethrough", "table", "taskList")
_DELIMITERS = {"block": (("\\[", "\\]"), ("$$", "$$")), "inline": (("\\(", "\\)"),)}
"""Of formulas, where the settings switch them on and name none."""


def options(config: Config, language: str, hooks: Collection[str]) -> MarkdownOptions:
    """How Markdown is read in a language of the site. `hooks`: elements that it has render hooks for."""
    markup = get(config.of_language(language, "markup"), "goldmark")
    found = get(markup, "extensions")
    shortcodes = get(config.settings, "security", "enableInlineShortcodes")
    return MarkdownOptions(
        emoji=get(config.settings, "enableEmoji") is True,
        alerts="blockquote" in hooks,
        block_attributes=get(markup, "parser", "attribute", "block") is True,
        typographer=not (_is_off(get(found, "typographer")) or get(found, "typographer", "disable") is True),
        hard_breaks=get(markup, "renderer", "hardWraps") is True,
        added=frozenset(name for name in _EXTRAS if get(found, "extras", name, "enable") is True),
        left_out=frozenset(name for name in _SWITCHES if _is_off(get(found, name))),
        passed=tuple(_passed(get(found, "passthrough"))),
        inline_shortcodes=shortcodes is True or get(config.settings, "enableInlineShortcodes") is True,
        hooks=frozenset(hooks),
    )


def _is_off(value: Any) -> bool:
    return (get(value, "enable") if isinstance(value, Mapping) else value) is False


def _passed(value: Any) -> Iterator[tuple[str, str]]:
    if get(value, "enable") is not True:
        return
    for kind, usual in _DELIMITERS.items():
        rows = get(value, "delimiters", kind)
        for row in usual if rows is None else rows if isinstance(rows, list) else ():
            if isinstance(row, list | tuple) and len(row) == 2 and all(isinstance(text, str) for text in row):
                yield str(row[0]), str(row[1])
