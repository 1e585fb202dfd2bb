"""Tags of plug-ins from before WordPress 2.3, which had none of its own. They kept them in fields of the post.

Ultimate Tag Warrior: `_utw_tags_0` and further numbers, a list of objects with `tag`. Jerome's Keywords: `keywords` or
`_jkeywords`, commas between. Bunny's Technorati Tags: `tags`, blanks between and `+` inside of one. Others of the time
have fields of either form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from converters.importers.wordpress import php

_UTW = "_utw_tags_"
_WITH_COMMAS = frozenset(
    """keywords _keywords _jkeywords jkeywords tag_list _simple_tagging simple_tags _simple_tags stp_tags
    _stp_tags _post_tags""".split()
)
_WITH_BLANKS = frozenset("tags _tags technorati_tags technoratitags _technorati_tags bunny_tags _btt_tags".split())
_NAMED = _WITH_COMMAS | _WITH_BLANKS
_LONGEST, _MOST = 80, 100
_NAMES = ("tag", "tag_name", "name")
"""Where an object or a map holds its tag."""


def tag_names(meta: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The tags that fields of plug-ins hold, as they were typed, each once."""
    if not any(_may_be(key) for key, _ in meta):
        return
    fields = dict(reversed(meta))
    seen: set[str] = set()
    for key, value in meta:
        for name in _tags(key, value, fields):
            if name.lower() not in seen:
                seen.add(name.lower())
                yield name


def is_tag_field(key: str, value: str, fields: Mapping[str, str]) -> bool:
    """Is this field said by `tag_names`? `fields`: all of the post."""
    return _may_be(key) and bool(_tags(key, value, fields))


def _may_be(key: str) -> bool:
    return key in _NAMED or key.startswith(_UTW)


def _tags(key: str, value: str, fields: Mapping[str, str]) -> list[str]:
    """Empty for what is no list of tags: a sentence, say, or a field that its author has defined, whose `_tags` names
    its definition."""
    if not _may_be(key) or not value or any(one.startswith("field_") for one in (value, fields.get(f"_{key}", ""))):
        return []
    if php.looks_serialized(value):
        found = list(_inside(php.read(value)))
    elif key.startswith(_UTW):
        found = []
    elif "," in value or key in _WITH_COMMAS:
        found = value.split(",")
    elif ";" in value and "&" not in value:
        found = value.split(";")
    else:
        found = [part.replace("+", " ") for part in value.split()]
    names = [" ".join(unescape(name).replace("_", " " if key in _WITH_BLANKS else "_").split()) for name in found]
    names = [name for name in names if name]
    fit = len(names) <= _MOST and all(len(name) <= _LONGEST and not _is_markup(name) for name in names)
    return names if fit else []


def _is_markup(name: str) -> bool:
    return "<" in name or "://" in name or "\x00" in name


def _inside(value: Any) -> Iterator[str]:
    """The tags of a list of texts, of maps or of objects."""
    rows = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []
    for row in rows:
        if isinstance(row, str):
            yield row
        elif isinstance(row, dict):
            yield next((str(row[name]) for name in _NAMES if isinstance(row.get(name), str)), "")
