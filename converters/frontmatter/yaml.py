"""YAML as every reader understands it: YAML 1.1 (PyYAML, Jekyll, older Hugo) and 1.2 (newer Hugo) alike.

A string is written plain only where no reader can take it for something else; all others are double quoted, with
characters escaped that some reader would fold, break a line at, or refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()'+,-]*[\w.)'])?")
_WORDS = frozenset("y n yes no on off true false null nan inf".split())
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dumps(values: Mapping[str, Any]) -> str:
    """A block mapping, one key a line, in the order given; ends with a newline."""
    lines: list[str] = []
    _mapping(values, "", lines)
    return "\n".join(lines) + "\n" if lines else ""


def _mapping(values: Mapping[str, Any], indent: str, lines: list[str]) -> None:
    for key, value in values.items():
        _entry(f"{indent}{string(str(key))}:", value, indent, lines)


def _entry(head: str, value: Any, indent: str, lines: list[str]) -> None:
    if isinstance(value, Mapping) and value:
        lines.append(head)
        _mapping(value, indent + "  ", lines)
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes) and value:
        lines.append(head)
        for item in value:
            _item(item, indent + "  ", lines)
    else:
        lines.append(f"{head} {scalar(value)}")


def _item(value: Any, indent: str, lines: list[str]) -> None:
    if isinstance(value, Mapping) and value:
        inner: list[str] = []
        _mapping(value, indent + "  ", inner)
        lines.append(f"{indent}- {inner[0].lstrip(' ')}")
        lines.extend(inner[1:])
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes) and value:
        lines.append(f"{indent}-")
        for item in value:
            _item(item, indent + "  ", lines)
    else:
        lines.append(f"{indent}- {scalar(value)}")


def scalar(value: Any) -> str:
    """One value on one line. Raises TypeError for what YAML has no form for that all readers share."""
    if isinstance(value, str):
        return string(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if -(2**63) <= value < 2**63 else string(str(value))
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{}"
    if isinstance(value, Sequence):
        return "[]"
    raise TypeError(f"{type(value).__name__} has no form in front matter")


def _number(value: float) -> str:
    """A form that is a number in YAML 1.1 too, which wants a point and a signed exponent."""
    if not isfinite(value):
        return string(str(value))
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    if mark:
        mantissa = mantissa if "." in mantissa else mantissa + ".0"
        return f"{mantissa}e{exponent if exponent[0] in '+-' else '+' + exponent}"
    return text


def string(value: str) -> str:
    """The string plain or double quoted."""
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS and value.isprintable():
        return value
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"
