"""Front matter and the text behind it: YAML between `---`, TOML between `+++`, a JSON object, lines of Org.

Where it begins and ends is told as Hugo tells it (https://gohugo.io/content-management/front-matter/): blank lines and
a byte order mark may stand before it, the mark that ends it stands at the start of a line, one line's end behind it is
not part of the text. What cannot be read is read key by key; a key that cannot be read either keeps its text as its
value. No file is lost over its front matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import time
from typing import Any, NamedTuple

from converters import nested
from converters.frontmatter import yaml_read
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log

_BLANK = re.compile(r"[\ufeff \t\r\n]*")
_MARKS = {"---": "yaml", "+++": "toml"}
_END_OF_LINE = re.compile(r"\r?\n")
_ORG = re.compile(r"#\+([\w-]+(?:\[\])?):[ \t]*([^\n]*)(?:\n|\Z)")
_KEY = {
    "yaml": re.compile(
        r"(?:\"(?P<d>[^\"\n]*)\"[ \t]*|'(?P<s>[^'\n]*)'[ \t]*|(?P<p>[^\s#\-\[{&*!|>%@`\"'][^:\n]*+)):(?=[ \t]|$)"
    ),
    "toml": re.compile(r"(?:\[++(?P<t>[^\[\]\n][^\]\n]*+)\]++[ \t]*(?:#.*)?$|(?P<p>[\w.\"'-][\w. \t\"'-]*+)=)"),
}
RAW = "front_matter"
"""The key under which front matter stands that cannot be read at all."""


class Matter(NamedTuple):
    """A file taken apart. `text` is everything behind the front matter, as it stands."""

    values: dict[str, Any]
    text: str
    format: str
    """yaml, toml, json or org; empty where there is none."""
    broken: bool = False
    """Some of it could not be read, so that its own program would not have taken the file."""


class _UnreadableError(ValueError):
    pass


def read(source: str, log: Log, limits: Limits = DEFAULT) -> Matter:
    """Take a file's text apart. Never fails: what is wrong is noted."""
    found = _BLANK.match(source)
    start = found.end() if found else 0
    mark = source[start : start + 3]
    if mark in _MARKS:
        return _fenced(source, start, mark, log, limits)
    if mark[:1] == "{" and mark[:2] != "{{":
        return _json(source, start, log, limits)
    if _ORG.match(source, start):
        return _org(source, start)
    return Matter({}, source.removeprefix("\ufeff"), "")


def _fenced(source: str, start: int, mark: str, log: Log, limits: Limits) -> Matter:
    """Between two lines of marks. A first line with more on it is text: `----`, `--- so what`."""
    opened = _END_OF_LINE.search(source, start)
    if opened is None or source[start + 3 : opened.start()].strip(" \t"):
        return Matter({}, source.removeprefix("\ufeff"), "")
    end = opened.end() if source.startswith(mark, opened.end()) else source.find(f"\n{mark}", opened.end() - 1) + 1
    if not end:
        log("frontmatter.unclosed", mark)
        return Matter({}, source.removeprefix("\ufeff"), "", broken=True)
    behind = end + 3
    line_end = _END_OF_LINE.match(source, behind)
    text = source[line_end.end() if line_end else behind :]
    found = _values(source[opened.end() : end], text, _MARKS[mark], log, limits)
    if found.broken and found.values.keys() == {RAW} and len(source) <= limits.item_bytes:  # prose between two rules
        return Matter({}, source.removeprefix("\ufeff"), "", broken=True)
    return found


def _json(source: str, start: int, log: Log, limits: Limits) -> Matter:
    """An object; what only looks like one is text."""
    end = _object_end(source, start, limits.front_matter_bytes)
    if not end:
        if re.match(r'\{\s*"', source[start : start + 200]):
            log("frontmatter.unclosed", "{")
            return Matter({}, source.removeprefix("\ufeff"), "", broken=True)
        return Matter({}, source.removeprefix("\ufeff"), "")
    line_end = _END_OF_LINE.match(source, end)
    return _values(source[start:end], source[line_end.end() if line_end else end :], "json", log, limits)


def _object_end(source: str, start: int, limit: int) -> int:
    """The place behind the brace that closes the one at `start`; 0 where there is none."""
    depth, inside = 0, False
    for found in re.compile(r'\\.|["{}]', re.S).finditer(source, start, start + limit):
        mark = found[0]
        if mark == '"':
            inside = not inside
        elif not inside and mark in "{}":
            depth += 1 if mark == "{" else -1
            if not depth:
                return found.end()
    return 0


def _org(source: str, start: int) -> Matter:
    """Lines `#+key: value` up to the first other one; `key[]` holds words, `filetags` words between colons."""
    values: dict[str, Any] = {}
    position = start
    while found := _ORG.match(source, position):
        key, value = found[1].lower(), found[2].rstrip("\r").rstrip(" \t")
        if key == "filetags":
            values["tags"] = value.replace(":", " ").split()
        elif key.endswith("[]") or key in ("tags", "categories", "aliases"):
            values[key.removesuffix("[]")] = value.split()
        else:
            values[key] = re.sub(r"^[<\[](\d{4}-\d\d-\d\d[^>\]]*)[>\]]$", _org_date, value)
        position = found.end()
    return Matter(values, source[position:], "org")


def _org_date(found: re.Match[str]) -> str:
    """`2021-03-04 Thu 10:00`, without the day's name."""
    return re.sub(r"\s+[^\W\d]+\.?(?=\s|$)", "", found[1])


def _values(front: str, text: str, format: str, log: Log, limits: Limits) -> Matter:
    if len(front) > limits.front_matter_bytes:
        log("frontmatter.unreadable", "too large")
        return Matter({RAW: front}, text, format, broken=True)
    try:
        return Matter(_parse(front, format, log, limits), text, format)
    except _UnreadableError as error:
        why = str(error)
    values, whole = _salvaged(front, format, log, limits)
    log("frontmatter.repaired" if whole else "frontmatter.unreadable", why)
    return Matter(values, text, format, broken=not whole)


def _parse(front: str, format: str, log: Log, limits: Limits) -> dict[str, Any]:
    """The values. Raises _UnreadableError; notes are kept only where it does not."""
    own = Log(log.item)
    try:
        found = _PARSERS[format](front, own, limits)
    except RecursionError as error:
        raise _UnreadableError("nested too deeply") from error
    except ValueError as error:  # each parser's own error is one
        raise _UnreadableError(str(error).partition("\n")[0][:200]) from error
    if found is None:
        found = {}
    if not isinstance(found, dict):
        raise _UnreadableError("no keys")
    for notice in own.notices:
        log.take(notice)
    return found


def _toml(front: str, log: Log, limits: Limits) -> Any:
    return _plain(nested.toml(front.replace("\r\n", "\n"), limits.front_matter_depth))


def _json_value(front: str, log: Log, limits: Limits) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in found:
            if key in values:
                log("frontmatter.duplicate", key, old=str(values[key])[:200])
            values[key] = value
        return values

    value = json.loads(front, object_pairs_hook=pairs, parse_int=yaml_read.whole_number)
    deep = front.count("{") + front.count("[") > limits.front_matter_depth
    return nested.check(value, limits.front_matter_depth) if deep else value


_PARSERS: dict[str, Callable[[str, Log, Limits], Any]] = {"yaml": yaml_read.loads, "toml": _toml, "json": _json_value}


def _plain(value: Any) -> Any:
    """TOML's times of day, which no other form has, as text."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, time) else value


def _salvaged(front: str, format: str, log: Log, limits: Limits) -> tuple[dict[str, Any], bool]:
    """What can be read key by key, and whether every line belonged to a key."""
    if format not in _KEY:
        return {RAW: front}, False
    values: dict[str, Any] = {}
    rest: list[str] = []
    for key, lines in _by_key(front, format):
        chunk = "".join(lines)
        if key is None:
            rest += [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
            continue
        try:
            found = _parse(chunk, format, log, limits)
        except _UnreadableError:
            found = {key: _raw_value(chunk, format)}
        for name, value in found.items():
            known = values.get(name)
            if isinstance(known, list) and isinstance(value, list):
                known += value
                continue
            if known is not None:
                log("frontmatter.duplicate", name, old=str(known)[:200])
            values[name] = value
    if rest:
        values[RAW] = "".join(rest)
    return values, not rest


def _by_key(front: str, format: str) -> Iterator[tuple[str | None, list[str]]]:
    """(key, its lines), for every key that begins at the start of a line; in TOML a table is one."""
    key: str | None = None
    lines: list[str] = []
    in_table = False
    for line in front.splitlines(keepends=True):
        found = _KEY[format].match(line.rstrip("\r\n"))
        starts = found is not None and not (in_table and found.groupdict().get("t") is None)
        if starts and found is not None:
            if lines:
                yield key, lines
            name = next(text for text in found.groups() if text is not None)
            in_table = found.groupdict().get("t") is not None
            key, lines = name.strip().strip("\"'"), []
        lines.append(line)
    if lines:
        yield key, lines


def _raw_value(chunk: str, format: str) -> str:
    """What stands behind the key, without the quotation marks around it."""
    found = _KEY[format].match(chunk.partition("\n")[0].rstrip("\r"))
    text = chunk[found.end() :] if found is not None and found.groupdict().get("t") is None else chunk
    text = text.lstrip(":").strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        text = text[1:-1]
    return text
