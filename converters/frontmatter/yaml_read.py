"""YAML into plain values, from the events of libyaml: no recursion, no objects, nothing that grows without bound.

Words are read as YAML 1.2 reads them, which is how newer Hugo does: `yes`, `on` and `12:30` are text, and so is a
number with a zero in front (`0123`), which readers take for different numbers. A tag that is not YAML's own is refused
and its value kept; of two equal keys the later one counts; an alias may be used, but not to make a large value out of
a small file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import yaml

from converters.frontmatter import dates
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log

_NODES = 10_000
"""Values that aliases may add to one front matter."""
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_HEX = re.compile(r"0x[0-9a-fA-F]{1,16}|0o[0-7]{1,22}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_OURS = "tag:yaml.org,2002:"
_KNOWN = frozenset("str int float bool null timestamp map seq merge binary".split())
_MERGE = object()


class YamlError(ValueError):
    """The text is no YAML, or beyond a limit; the message says why in a few words."""


def loads(text: str, log: Log, limits: Limits = DEFAULT) -> Any:
    """The value of the one document in `text`. Raises YamlError."""
    reader = _YamlReader(log, limits)
    try:
        for event in yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.SafeLoader)):
            reader.take(event)
    except (yaml.YAMLError, ValueError) as error:
        if isinstance(error, YamlError):
            raise
        raise YamlError(_reason(error)) from error
    return reader.value


@dataclass(slots=True)
class _Open:
    """A list or a mapping whose end has not come yet."""

    items: list[Any] | dict[str, Any]
    anchor: str | None
    at: int
    """How many values there were before it."""
    key: Any = None
    waits: bool = False
    """Has a key, and no value yet."""
    merged: list[Any] = field(default_factory=list)


class _YamlReader:
    def __init__(self, log: Log, limits: Limits) -> None:
        self._log, self._limits = log, limits
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._count = self._expanded = 0
        self._documents = 0
        self.value: Any = None

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._start({}, event)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._start([], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(str(event.anchor))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise YamlError("several documents")

    def _start(self, items: Any, event: Any) -> None:
        if len(self._stack) >= self._limits.front_matter_depth:
            raise YamlError("nested too deeply")
        self._tag(event.tag)
        self._stack.append(_Open(items, event.anchor, self._count))

    def _end(self) -> None:
        done = self._stack.pop()
        if isinstance(done.items, dict):
            for other in done.merged:
                for key, value in other.items():
                    done.items.setdefault(key, value)
        if done.anchor:
            self._anchors[done.anchor] = done.items, self._count - done.at + 1
        self._put(done.items)

    def _alias(self, anchor: str) -> None:
        if anchor not in self._anchors:
            raise YamlError(f"*{anchor} stands for nothing, or for itself")
        value, size = self._anchors[anchor]
        self._expanded += size
        if self._expanded > _NODES:
            raise YamlError("aliases make too many values")
        self._count += size - 1
        self._put(value)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        tag = self._tag(event.tag)
        plain = event.style is None or event.style == ""
        text = str(event.value)
        value: Any = text
        if plain and tag is None and text == "<<" and self._wants_key():
            value = _MERGE
        elif self._wants_key():
            value = text
        elif (plain and tag is None) or tag in ("int", "float", "bool", "null", "timestamp"):
            value = resolve(text)
        if event.anchor:
            self._anchors[event.anchor] = value, 1
        self._put(value)

    def _wants_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].items, dict) and not self._stack[-1].waits

    def _tag(self, tag: str | None) -> str | None:
        """The short name of one of YAML's own tags; others are noted and passed over: their value is text or a list."""
        if tag is None or tag == "!":
            return None if tag is None else "str"
        short = tag.removeprefix(_OURS)
        if short not in _KNOWN:
            self._log("frontmatter.tag", tag[:80])
            return "str"
        return short

    def _put(self, value: Any) -> None:
        self._count += 1
        if not self._stack:
            self.value = value
            return
        top = self._stack[-1]
        if isinstance(top.items, list):
            top.items.append(value)
        elif not top.waits:
            top.key, top.waits = value, True
        else:
            top.waits = False
            self._pair(top, top.key, value)

    def _pair(self, top: _Open, key: Any, value: Any) -> None:
        assert isinstance(top.items, dict)
        if key is _MERGE:
            found = value if isinstance(value, list) else [value]
            if all(isinstance(item, dict) for item in found):
                top.merged.extend(found)
                return
            key = "<<"
        name = key if isinstance(key, str) else self._name(key)
        if name in top.items:
            self._log("frontmatter.duplicate", name, old=str(top.items[name])[:200])
            del top.items[name]
        top.items[name] = value

    def _name(self, key: Any) -> str:
        """What stands for a key that is a list or a mapping."""
        parts: list[str] = []
        left = self._limits.front_matter_bytes
        for part in _pieces(key):
            left -= len(part)
            if left < 0:
                raise YamlError("a key that is too large")
            parts.append(part)
        return "".join(parts)


def _pieces(value: Any) -> Iterator[str]:
    """A list or a mapping as Python shows it, but for backslashes: quotes in each other would double at every level."""
    if isinstance(value, dict):
        yield "{"
        for number, (key, item) in enumerate(value.items()):
            yield f"{', ' if number else ''}'{key}': "
            yield from _pieces(item)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for number, item in enumerate(value):
            yield ", " if number else ""
            yield from _pieces(item)
        yield "]"
    else:
        yield f"'{value}'" if isinstance(value, str) else str(value)


def resolve(text: str) -> Any:
    """What a plain word of YAML means."""
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first not in "-+.0123456789":
        return text
    if _INT.fullmatch(text):
        return whole_number(text)
    if _HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and not re.match(r"[-+]?0\d", text):
        number = float(text)
        return number if number not in (float("inf"), float("-inf")) else text
    if _DAY.fullmatch(text):
        moment = dates.iso(text)
        return text if moment is None else date(moment.year, moment.month, moment.day)
    if len(text) < 48 and _DAY.match(text):
        return dates.iso(text) or text
    return text


def whole_number(text: str) -> int | str:
    """The number; as text where it is one that 64 bits do not hold, and readers differ."""
    number = int(text) if len(text) < 21 else 2**63
    return number if -(2**63) <= number < 2**63 else text


def _reason(error: Exception) -> str:
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    if problem is None:
        return str(error).partition("\n")[0][:200]
    return f"{problem}, line {mark.line + 1}" if mark is not None else str(problem)
