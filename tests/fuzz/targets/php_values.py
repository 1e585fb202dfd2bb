"""Values of PHP's `serialize` (`converters/importers/wordpress/php.py`)."""

from __future__ import annotations

from typing import Any

from converters.importers.wordpress import php

DICTIONARY = (
    b'a:1:{', b'a:0:{}', b'a:2:{i:0;', b'}', b's:1:"a";', b's:3:"', b'";', b'i:0;', b'i:1;', b'i:-1;', b'b:1;',
    b'b:0;', b'd:1.5;', b'd:INF;', b'd:NAN;', b'd:-0;', b'N;', b'O:8:"stdClass":0:{}', b'R:1;', b'r:2;',
    b'C:1:"x":0:{}', b'\\"', b'\\', b'"', b':', b';', b'99999999999', b'E:1:"x";', b'\r\n', b'a:3:{', b's:0:"";',
    b'\xc3\xa9', b'i:1_0;', b'i:99999999999999999999;', b'S:1:"a";', b' ',
)  # fmt: skip


def run(data: bytes) -> None:
    """No error but PhpError; only plain values, no larger than their text; written as PHP would and read again,
    equal.
    """
    text = data.decode("utf-8", "replace")
    php.looks_serialized(text)
    try:
        value = php.loads(text)
    except php.PhpError:
        return
    assert _size(value) <= 4 * len(text) + 4, "a value larger than its text"
    again = php.loads(_written(value).decode("utf-8"))
    assert _same(value, again), (value, again)


def _size(value: Any) -> int:
    """Characters and values; fails on what is no plain value."""
    if isinstance(value, dict):
        assert all(type(key) in (int, str) for key in value), f"a key PHP does not have: {value}"
        return 1 + sum(_size(key) + _size(item) for key, item in value.items())
    if isinstance(value, list):
        return 1 + sum(map(_size, value))
    if isinstance(value, str):
        return len(value)
    assert value is None or type(value) in (int, float, bool), type(value)
    return 1


def _written(value: Any) -> bytes:
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        inside = b"".join(_written(key) + _written(item) for key, item in pairs)
        return b"a:%d:{%s}" % (len(value), inside)
    if isinstance(value, str):
        data = value.encode()
        return b's:%d:"%s";' % (len(data), data)
    if value is None:
        return b"N;"
    if isinstance(value, bool):
        return b"b:%d;" % value
    return b"%s:%s;" % (b"i" if isinstance(value, int) else b"d", repr(value).encode())


def _same(one: Any, two: Any) -> bool:
    """Equal, where no number is one as well; and of the same kinds."""
    return repr(one) == repr(two)
