"""Front matter as text: YAML between `---`, TOML between `+++`, or a JSON object; and YAML and TOML by themselves.

YAML is written as every reader understands it: YAML 1.1 (PyYAML, Jekyll, older Hugo) and 1.2 (newer Hugo) alike. A
string is written plain only where no reader can take it for something else; all others are double quoted, with
characters escaped that some reader would fold, break a line at, or refuse. Dates are RFC 3339 in every form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from converters.errors import UsageError

FORMATS = ("yaml", "toml", "json")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile(r"[^\W\d_](?:[\w ./()'+,-]*[\w.)'])?")
_WORDS = frozenset("y n yes no on off true false null nan inf".split())
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]')
_MAPPINGS = (dict, Mapping)
_SEQUENCES = (list, tuple, Sequence)
"""Plain types first: asking an abstract one costs ten times as much."""
_BLOCKS = (dict, list)
_AS_THEY_ARE = (bool, date, type(None))
_CONSTANTS = {None: "null", True: "true", False: "false"}
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def dumps(values: Mapping[str, Any], format: str = "yaml") -> str:
    """The front matter with its marks, ending in a newline; the order of `values` stays. Raises UsageError."""
    if format == "yaml":
        return f"---\n{yaml(values)}---\n"
    if format == "toml":
        return f"+++\n{toml(values)}+++\n"
    if format == "json":
        return json.dumps(_shared(values), ensure_ascii=False, indent=2, default=_date) + "\n"
    raise UsageError(f"{format!r} is not a form of front matter: {', '.join(FORMATS)}.")


def yaml(values: Mapping[str, Any] | Sequence[Any]) -> str:
    """A block mapping, one key a line, in the order given, or a list; ends with a newline. Raises TypeError."""
    return "".join(f"{line}\n" for line in _lines(_shared(values), ""))


def toml(values: Mapping[str, Any]) -> str:
    """A TOML document; simple values before tables, as TOML needs it."""
    import tomli_w

    return tomli_w.dumps(_shared(values, nulls=False))


def _shared(value: Any, *, nulls: bool = True) -> Any:
    """In values that all readers share: numbers of 64 bits, characters of UTF-8; nulls only where there are such."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if isinstance(value, _AS_THEY_ARE):
        return value
    if isinstance(value, _MAPPINGS):
        return {
            _shared(str(key)): _shared(item, nulls=nulls) for key, item in value.items() if nulls or item is not None
        }
    if isinstance(value, _SEQUENCES):
        return [_shared(item, nulls=nulls) for item in value if nulls or item is not None]
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _lines(block: Any, indent: str) -> Iterator[str]:
    """The lines of a mapping or a list in YAML. A mapping in a list begins on the line of its dash."""
    rows = [(f"{_string(key)}:", item) for key, item in block.items()] if isinstance(block, dict) else None
    for head, item in [("-", item) for item in block] if rows is None else rows:
        if not isinstance(item, _BLOCKS) or not item:
            yield f"{indent}{head} {_scalar(item)}"
            continue
        inner = _lines(item, indent + "  ")
        if rows is None and isinstance(item, dict):
            yield f"{indent}- {next(inner).lstrip(' ')}"
        else:
            yield f"{indent}{head}"
        yield from inner


def _scalar(value: Any) -> str:
    """One value on one line."""
    if isinstance(value, str):
        return _string(value)
    if value is None or isinstance(value, bool):
        return _CONSTANTS[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    return "{}" if isinstance(value, dict) else "[]" if isinstance(value, list) else _date(value)


def _date(value: Any) -> str:
    """How a date looks in YAML and JSON. Raises TypeError for what has no form that all readers share."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in front matter")


def _number(value: float) -> str:
    """A form that is a number in YAML 1.1 too, which wants a point and a signed exponent."""
    text = repr(value)
    mantissa, mark, exponent = text.partition("e")
    if mark:
        mantissa = mantissa if "." in mantissa else mantissa + ".0"
        return f"{mantissa}e{exponent if exponent[0] in '+-' else '+' + exponent}"
    return text


def _string(value: str) -> str:
    """The string plain or double quoted."""
    if _PLAIN.fullmatch(value) and value.casefold() not in _WORDS and value.isprintable():
        return value
    return '"' + _ESCAPED.sub(_escape, value) + '"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return _SHORT.get(match[0]) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")
