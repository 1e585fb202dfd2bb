"""Front matter as it is written (`converters/frontmatter/write.py`)."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import frontmatter
import yaml

from converters.frontmatter import read, write
from converters.model.notices import Log
from tests.fuzz.draw import Draw

DICTIONARY = (
    b"\0", b"\xff", b"\n", b"\r", b"\t", b"\"", b"'", b"\\", b": ", b" #", b"---", b"\xc2\x85", b"\xe2\x80\xa8",
    b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe6\x97\xa5", b"\xf0\x9f\x98\x80", b"0x1F", b"yes", b"1e3", b"\x7f",
    b"\x01\x02", b"word", b"\xef\xbf\xbe", b"[", b"{", b"&", b"*", b"!", b"|", b">", b"%", b"@", b"`",
    b"2020-01-01", b"~", b"=",
)  # fmt: skip
_TEXTS = (
    "plain", "yes", "0123", "1e3", "12:30", "2020-01-01", "a: b", "- a", "#a", "it's", '"', "\\", "a\nb", "---",
    "+++", "é", "", " a ", "~", "\u0085", "\u2028", "\ufeff", "\x7f", "{{< x >}}", "null", "=", "<<", "0x1F", "\r",
    "\t", "1_0",
)  # fmt: skip


def run(data: bytes) -> None:
    """Values written as YAML, TOML and JSON are read back equal by PyYAML, python-frontmatter, tomllib and json, and
    by our own reader, which has nothing to remark on them.
    """
    draw = Draw(data)
    values = {_key(draw): _value(draw, 3) for _ in range(1 + draw.below(4))}
    clean = _clean(values)
    form = write.FORMATS[draw.below(3)]
    text = write.dumps(values, form)
    if form == "yaml":
        assert yaml.load(text[4:-4], Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) == clean, "PyYAML"
        found = frontmatter.loads(text + "body\n") if draw.below(16) == 0 else None
        assert found is None or (found.metadata, found.content) == (clean, "body"), "python-frontmatter"
    elif form == "toml":
        assert tomllib.loads(text[4:-4]) == clean, "tomllib"
    else:
        clean = _json(clean)
        assert json.loads(text) == clean, "json"
    log = Log("1")
    matter = read.read(text + "body\n", log)
    assert (matter.values, matter.text, log.notices) == (clean, "body\n", []), f"our own reader: {text}"


def _key(draw: Draw) -> str:
    return str(_clean(_text(draw)))


def _text(draw: Draw) -> str:
    return draw.of(_TEXTS) if draw.below(2) else draw.text()


def _value(draw: Draw, depth: int) -> Any:
    kind = draw.below(9 if depth else 7)
    if kind < 3:
        return _text(draw)
    if kind == 3:
        return draw.byte() * 10 ** draw.below(12) - 40
    if kind == 4:
        return bool(draw.below(2))
    if kind == 5:
        return (draw.byte() - 100) * 10.0 ** (draw.byte() - 128)
    if kind == 6:
        zone = timezone(timedelta(minutes=15 * (draw.below(80) - 40))) if draw.below(2) else UTC
        return datetime(1971 + draw.below(120), 1 + draw.below(12), 1 + draw.below(28), draw.below(24), tzinfo=zone)
    if kind == 7:
        return [_value(draw, depth - 1) for _ in range(draw.below(4))]
    return {_key(draw): _value(draw, depth - 1) for _ in range(draw.below(4))}


def _clean(value: Any) -> Any:
    """What UTF-8 cannot hold is replaced on the way."""
    if isinstance(value, str):
        return re.sub("[\ud800-\udfff]", "\ufffd", value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    return value


def _json(value: Any) -> Any:
    if isinstance(value, list):
        return [_json(item) for item in value]
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, datetime) else value
