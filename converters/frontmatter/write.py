"""Front matter as text: YAML between `---`, TOML between `+++`, or a JSON object."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from converters.errors import UsageError
from converters.frontmatter import yaml

FORMATS = ("yaml", "toml", "json")
_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(values: Mapping[str, Any], format: str = "yaml") -> str:
    """The front matter with its marks, ending in a newline; the order of `values` stays."""
    if format == "yaml":
        return f"---\n{yaml.dumps(values)}---\n"
    if format == "toml":
        return f"+++\n{toml(values)}+++\n"
    if format == "json":
        return json.dumps(_jsonable(values), ensure_ascii=False, indent=2) + "\n"
    raise UsageError(f"{format!r} is no form of front matter: {', '.join(FORMATS)}.")


def toml(values: Mapping[str, Any]) -> str:
    """A TOML document; simple values before tables, as TOML needs it."""
    import tomli_w

    return tomli_w.dumps(_tomlable(values))


def _tomlable(value: Any) -> Any:
    """Without nulls, which TOML does not have, and without what does not survive UTF-8."""
    if isinstance(value, Mapping):
        return {_clean(str(key)): _tomlable(item) for key, item in value.items() if item is not None}
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Sequence):
        return [_tomlable(item) for item in value if item is not None]
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return str(value)
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _jsonable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {_clean(str(key)): _jsonable(item) for key, item in value.items()}
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, Sequence):
        return [_jsonable(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
        return str(value)
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def _clean(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)
