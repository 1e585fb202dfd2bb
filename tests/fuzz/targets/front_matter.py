"""Front matter as it is read (`converters/frontmatter/read.py`, `yaml_read.py`)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from converters.frontmatter import read, write
from converters.model.notices import Log

DICTIONARY = (
    b"---\n", b"+++\n", b"---", b"+++", b"{\n", b"}\n", b"#+TITLE: ", b"title: ", b"title = ", b'"title": ', b": ",
    b"- ", b"  ", b"\n", b"\r\n", b"\t", b'"', b"'", b"|\n", b">-\n", b"&a", b"*a", b"<<: *a", b"!!python/name:os",
    b"!!binary ", b"[", b"]", b"{", b"}", b",", b"#", b"[[x]]\n", b"[a.b]\n", b"= ", b"2021-01-01",
    b"2021-01-01T10:00:00+02:00", b"0x1F", b"1e999", b"null", b"yes", b"~", b"\xef\xbb\xbf", b"\0", b"\xc2\x85",
    b"\xe2\x80\xa8", b"'''", b'"""', b"? ", b"...\n", b"%YAML 1.2\n", b"word", b"\\u0041", b"\\", b"{{",
    b"12:30:45", b"999999999999999999999999", b".nan", b"filetags",
)  # fmt: skip
_WORD = re.compile(r"[A-Za-z]{4,}")
_NAMES = frozenset("null true false".split())


def run(data: bytes) -> None:
    """Reading never fails; the text behind is the end of the file, to the letter; every word of the front matter is
    in its values or in a notice; the values are plain, and can be written.
    """
    source = data.decode("utf-8", "replace")
    log = Log("1")
    matter = read.read(source, log)
    assert source.endswith(matter.text), "the text behind"
    if not matter.format:
        assert matter.text == source.removeprefix("\ufeff"), "a text without front matter"
        assert not matter.values
        return
    _plain(matter.values)
    front = source[: len(source) - len(matter.text)]
    _words_are_kept(front, matter, log)
    again = write.dumps(matter.values)
    assert again.startswith("---\n") and again.endswith("---\n")


def _words_are_kept(front: str, matter: read.Matter, log: Log) -> None:
    """Words outside of comments, anchors, tags, directives and letters that are escaped."""
    if matter.format == "org" or re.search(r"[\\&*!%]", front):
        return
    front = re.sub(r"#.*", "", front)
    noted = " ".join(f"{notice.what} {notice.old}" for notice in log.notices)
    got = _said(matter.values) + noted
    if any(len(notice.old) == 200 for notice in log.notices):
        return  # a notice holds the beginning of a long value
    missing = {word for word in _WORD.findall(front) if word.lower() not in _NAMES and word not in got}
    assert not missing, f"words of front matter: {missing} of {front!r} in {matter.values}"


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(f"{key} {_said(item)}" for key, item in value.items())
    if isinstance(value, list):
        return " ".join(map(_said, value))
    return str(value)


def _plain(value: Any) -> None:
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
        for item in value.values():
            _plain(item)
    elif isinstance(value, list):
        for item in value:
            _plain(item)
    else:
        assert value is None or type(value) in (str, int, float, bool, datetime, date), type(value)
