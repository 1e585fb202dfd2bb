"""Reads and checks a file of rules (docs/rules.md). Everything that is wrong with it is said at once.

`[shortcodes.NAME]`, `[blocks."NAME"]` and `[classes."NAME"]` hold exactly one way each; the templates are those of
`converters.rules.templates`. One that cannot be used ends the run before it begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from converters import nested
from converters.errors import UsageError
from converters.model import Status
from converters.nearest import did_you_mean, file_near
from converters.rules.model import ClassRule, FrontMatter, LeaveOut, Rule, Rules
from converters.rules.templates import Template, TemplateError

_TEXTS, _FLAGS = ("html", "raw"), ("unwrap", "drop")
_GUARDED = ("draft", "published", "private", "protected")
"""Keys that keep what was not public from becoming so."""


def read_rules(file: Path) -> Rules:
    """The rules of the file; raises UsageError, which names the file, every key that is wrong, and what is allowed."""
    try:
        data = nested.toml(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.{file_near(str(file))}") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise UsageError(f"{file} is not TOML: {error}.") from error
    reader = _Reader()
    found = reader.tables(data, "", _TABLES)
    if reader.problems:
        raise UsageError("\n".join(f"{file}: {problem}" for problem in reader.problems))
    return Rules(**found)


def template(rule: Rule, place: str) -> Template | None:
    """The rule's template, read; None for a rule without one. Raises UsageError: the place, and the reason."""
    text = rule.raw if rule.html is None else rule.html
    if text is None:
        return None
    key = "raw" if rule.html is None else "html"
    try:
        return Template(text, html=key == "html")
    except TemplateError as error:
        raise UsageError(f"{place}.{key}: {error}.") from error


class _Reader:
    """Collects what is wrong on the way."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def tables(self, data: Mapping[str, Any], place: str, known: Mapping[str, _Read]) -> dict[str, Any]:
        """The values of a table whose keys are given, each read by its own function."""
        found = {}
        for key, value in data.items():
            if key not in known:
                self.problems.append(f"{place}: {_unknown(key, known)}" if place else _unknown(key, known))
                continue
            found[key] = known[key](self, f"{place}.{key}" if place else key, value)
        return found

    def wrong(self, place: str, what: str) -> None:
        self.problems.append(f"{place} {what}")

    def table(self, place: str, value: Any, what: str) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        self.wrong(place, f"must be a table of {what}.")
        return {}


_Read = Callable[[_Reader, str, Any], Any]


def _ways(kind: type[Rule], *more: str) -> _Read:
    texts = (*_TEXTS, *more)

    def read(reader: _Reader, place: str, value: Any) -> dict[str, Rule]:
        found = {}
        for name, given in reader.table(place, value, "rules by name").items():
            try:
                found[name] = _way(f"{place}.{name}", given, kind, texts)
            except UsageError as error:
                reader.problems.append(str(error))
        return found

    return read


def _way(place: str, value: object, kind: type[Rule], texts: tuple[str, ...]) -> Rule:
    allowed = texts + _FLAGS
    if not isinstance(value, dict):
        raise UsageError(f"{place} must be a table with one of {', '.join(allowed)}.")
    for key, given in value.items():
        if key not in allowed:
            raise UsageError(f"{place}: {_unknown(key, allowed)}")
        if key in texts and not isinstance(given, str):
            raise UsageError(f"{place}.{key} must be text.")
        if key in _FLAGS and given is not True:
            raise UsageError(f"{place}.{key} can only be true.")
    if len(value) != 1:
        raise UsageError(f"{place} must have exactly one of {', '.join(allowed)}.")
    rule = kind(**value)
    template(rule, place)
    return rule


def _names(*, gone: bool) -> _Read:
    """Old name = "new name"; where `gone`, also `false`."""

    def read(reader: _Reader, place: str, value: Any) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for name, given in reader.table(place, value, "names").items():
            if isinstance(given, str) and given.strip():
                found[name] = given.strip()
            elif gone and given is False:
                found[name] = None
            else:
                reader.wrong(f"{place}.{name}", "must be a name, or false." if gone else "must be a name.")
        return found

    return read


def _fields(reader: _Reader, place: str, value: Any) -> dict[str, str | None]:
    found: dict[str, str | None] = _names(gone=True)(reader, place, value)
    for name, key in found.items():
        if name.endswith("*") and key is not None:
            reader.wrong(f"{place}.{name}", "stands for many fields, which cannot share one key; it can only be false.")
        if key in _GUARDED:
            reader.wrong(f"{place}.{name}", f"cannot be {key!r}, which says what is public.")
    return found


def _addresses(reader: _Reader, place: str, value: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for old, new in reader.table(place, value, "addresses").items():
        usable = isinstance(new, str) and new.startswith(("https://", "http://", "/"))
        if usable and old.startswith(("https://", "http://", "/")):
            found[old] = new
        else:
            reader.wrong(f"{place}.{old}", "must name addresses that begin with https://, http:// or /.")
    return found


def _list(allowed: Iterable[str] = ()) -> _Read:
    names = tuple(allowed)

    def read(reader: _Reader, place: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
            reader.wrong(place, 'must be a list of texts: ["one", "two"].')
            return ()
        for item in value:
            if names and item not in names:
                reader.problems.append(f"{place}: {_unknown(str(item), names)}")
        return tuple(map(str, value))

    return read


def _keys(reader: _Reader, place: str, value: Any) -> tuple[str, ...]:
    """A list of keys to leave out."""
    keys: tuple[str, ...] = _list()(reader, place, value)
    for key in keys:
        if key in _GUARDED:
            reader.wrong(place, f"cannot hold {key!r}, which says what is public.")
    return keys


def _texts(reader: _Reader, place: str, value: Any) -> dict[str, str]:
    """key = text, for keys that may be changed."""
    found = {}
    for key, text in reader.table(place, value, "texts").items():
        if key in _GUARDED or text in _GUARDED:
            reader.wrong(f"{place}.{key}", "is about a key that says what is public; it stays as it is.")
        elif not isinstance(text, str) or not text:
            reader.wrong(f"{place}.{key}", "must be text.")
        else:
            found[key] = text
    return found


_FORMED = ("date", "lastmod", "last_modified_at", "publishDate", "expiryDate")
"""Dates that Hugo or Jekyll read, so that they have to understand them."""


def _forms(reader: _Reader, place: str, value: Any) -> dict[str, str]:
    found = _texts(reader, place, value)
    for key in found.keys() & set(_FORMED):
        try:
            datetime.fromisoformat(datetime(2001, 12, 31, 23, 58, 59, tzinfo=UTC).strftime(found[key]))
        except ValueError:
            reader.wrong(
                f"{place}.{key}", "must be a form that sites are built with: %Y-%m-%d, %Y-%m-%dT%H:%M:%S%z ..."
            )
    return found


def _values(reader: _Reader, place: str, value: Any) -> dict[str, Any]:
    found = dict(reader.table(place, value, "values"))
    for key in found.keys() & set(_GUARDED):
        reader.wrong(f"{place}.{key}", "says what is public; it stays as it is.")
    return found


def _day(reader: _Reader, place: str, value: Any) -> date | None:
    if isinstance(value, datetime) or not isinstance(value, date):
        reader.wrong(place, "must be a day, without quotation marks: 2015-01-31.")
        return None
    return value


def _of(kind: type[Any], known: Mapping[str, _Read]) -> _Read:
    def read(reader: _Reader, place: str, value: Any) -> Any:
        return kind(**reader.tables(reader.table(place, value, "settings"), place, known))

    return read


_FRONT_MATTER: dict[str, _Read] = {
    "only": _list(),
    "leave_out": _keys,
    "first": _list(),
    "rename": _texts,
    "dates": _forms,
    "set": _values,
}
_LEAVE_OUT: dict[str, _Read] = {
    "ids": _list(),
    "slugs": _list(),
    "types": _list(),
    "statuses": _list(Status),
    "addresses": _list(),
    "before": _day,
    "after": _day,
}
_TABLES: dict[str, _Read] = {
    "shortcodes": _ways(Rule),
    "blocks": _ways(Rule),
    "classes": _ways(ClassRule, "rename"),
    "fields": _fields,
    "front_matter": _of(FrontMatter, _FRONT_MATTER),
    "categories": _names(gone=True),
    "tags": _names(gone=True),
    "authors": _names(gone=False),
    "addresses": _addresses,
    "leave_out": _of(LeaveOut, _LEAVE_OUT),
}


def _unknown(key: str, allowed: Iterable[str]) -> str:
    names = list(allowed)
    return f"{key!r} is no key here; allowed are {', '.join(names)}.{did_you_mean(key, names)}"
