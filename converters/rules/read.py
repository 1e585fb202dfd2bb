"""Reads and checks a rules file (docs/rules.md). Everything that is wrong with it is reported at once.

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
from converters.rules import GUARDED, ClassRule, FrontMatter, LeaveOut, Rule, Rules
from converters.rules.templates import Template, TemplateError

_PUBLIC = "says what is public"


def read_rules(file: Path) -> Rules:
    """The rules of the file; raises UsageError, which names the file, every key that is wrong, and what is allowed."""
    try:
        data = nested.toml(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.{file_near(str(file))}") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise UsageError(f"{file} is not TOML: {error}.") from error
    problems: list[str] = []
    found = _tables(data, "", _TABLES, problems)
    if problems:
        raise UsageError("\n".join(f"{file}: {problem}" for problem in problems))
    return Rules(**found)


def template(rule: Rule, place: str) -> Template | None:
    """The rule's template, read; None for a rule without one. Raises UsageError: the place, and the reason."""
    text = rule.raw if rule.html is None else rule.html
    if text is None:
        return None
    try:
        return Template(text, html=rule.html is not None)
    except TemplateError as error:
        raise UsageError(f"{place}.{'raw' if rule.html is None else 'html'}: {error}.") from error


class _WrongError(ValueError):
    """What is wrong with a value. The message follows the value's place: ` must be text.`"""


_Read = Callable[[str, Any, list[str]], Any]
"""Reads the value at a place; what is wrong is appended to the list."""
_Check = Callable[[str, Any], Any]
"""Reads a value by its key. Raises _WrongError."""


def _tables(data: Mapping[str, Any], place: str, known: Mapping[str, _Read], problems: list[str]) -> dict[str, Any]:
    """The values of a table whose keys are given, each read by its own function."""
    found = {}
    for key, value in data.items():
        if key in known:
            found[key] = known[key](f"{place}.{key}" if place else key, value, problems)
        else:
            problems.append(f"{place}: {_unknown(key, known)}" if place else _unknown(key, known))
    return found


def _settings(kind: type[Any], known: Mapping[str, _Read]) -> _Read:
    def read(place: str, value: Any, problems: list[str]) -> Any:
        if not isinstance(value, dict):
            problems.append(f"{place} must be a table of settings.")
            return kind()
        return kind(**_tables(value, place, known, problems))

    return read


def _pairs(what: str, check: _Check) -> _Read:
    """A table of keys that the user chooses."""

    def read(place: str, value: Any, problems: list[str]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if not isinstance(value, dict):
            problems.append(f"{place} must be a table of {what}.")
            return found
        for key, given in value.items():
            try:
                found[key] = check(key, given)
            except _WrongError as error:
                problems.append(f"{place}.{key}{error}")
        return found

    return read


def _value(check: Callable[[Any], Any]) -> _Read:
    def read(place: str, value: Any, problems: list[str]) -> Any:
        try:
            return check(value)
        except _WrongError as error:
            problems.append(f"{place}{error}")
            return ()

    return read


def _rule(kind: type[Rule]) -> _Check:
    ways = kind.__struct_fields__

    def check(name: str, value: Any) -> Rule:
        if not isinstance(value, dict):
            raise _WrongError(f" must be a table with one of {', '.join(ways)}.")
        for key, given in value.items():
            if key not in ways:
                raise _WrongError(f": {_unknown(key, ways)}")
            if key in ("unwrap", "drop") and given is not True:
                raise _WrongError(f".{key} can only be true.")
            if key not in ("unwrap", "drop") and not isinstance(given, str):
                raise _WrongError(f".{key} must be text.")
        if len(value) != 1:
            raise _WrongError(f" must have exactly one of {', '.join(ways)}.")
        rule = kind(**value)
        try:
            template(rule, "")
        except UsageError as error:
            raise _WrongError(str(error)) from error
        return rule

    return check


def _name(key: str, given: Any) -> str:
    if isinstance(given, str) and given.strip():
        return given.strip()
    raise _WrongError(" must be a name.")


def _name_or_false(key: str, given: Any) -> str | None:
    if given is False:
        return None
    if isinstance(given, str) and given.strip():
        return given.strip()
    raise _WrongError(" must be a name, or false.")


def _field(name: str, given: Any) -> str | None:
    key = _name_or_false(name, given)
    if name.endswith("*") and key is not None:
        raise _WrongError(" stands for many fields, which cannot share one key; it can only be false.")
    if key in GUARDED:
        raise _WrongError(f" cannot be {key!r}, which {_PUBLIC}.")
    return key


def _url(old: str, new: Any) -> str:
    begins = ("https://", "http://", "/")
    if isinstance(new, str) and new.startswith(begins) and old.startswith(begins):
        return new
    raise _WrongError(" must name addresses that begin with https://, http:// or /.")


def _text(key: str, text: Any) -> str:
    """Of keys that may be changed."""
    if key in GUARDED or text in GUARDED:
        raise _WrongError(f" is about a key that {_PUBLIC}; it stays as it is.")
    if not isinstance(text, str) or not text:
        raise _WrongError(" must be text.")
    return text


def _date_form(key: str, form: Any) -> str:
    """Dates that Hugo or Jekyll read have to be in a form that they understand."""
    text = _text(key, form)
    if key in ("date", "lastmod", "last_modified_at", "publishDate", "expiryDate"):
        try:
            datetime.fromisoformat(datetime(2001, 12, 31, 23, 58, 59, tzinfo=UTC).strftime(text))
        except ValueError as error:
            raise _WrongError(" must be a form that sites are built with: %Y-%m-%d, %Y-%m-%dT%H:%M:%S%z ...") from error
    return text


def _own_value(key: str, value: Any) -> Any:
    if key in GUARDED:
        raise _WrongError(f" {_PUBLIC}; it stays as it is.")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str | int) for item in value):
        raise _WrongError(' must be a list of texts: ["one", "two"].')
    return tuple(map(str, value))


def _keys(value: Any) -> tuple[str, ...]:
    """A list of keys to leave out."""
    keys = _texts(value)
    for key in keys:
        if key in GUARDED:
            raise _WrongError(f" cannot hold {key!r}, which {_PUBLIC}.")
    return keys


def _statuses(value: Any) -> tuple[str, ...]:
    names = _texts(value)
    for name in names:
        if name not in list(Status):
            raise _WrongError(f": {_unknown(name, Status)}")
    return names


def _day(value: Any) -> date:
    if isinstance(value, datetime) or not isinstance(value, date):
        raise _WrongError(" must be a day, without quotation marks: 2015-01-31.")
    return value


def _unknown(key: str, allowed: Iterable[str]) -> str:
    names = list(allowed)
    return f"{key!r} is no key here; allowed are {', '.join(names)}.{did_you_mean(key, names)}"


_FRONT_MATTER = {
    "only": _value(_texts),
    "leave_out": _value(_keys),
    "first": _value(_texts),
    "rename": _pairs("texts", _text),
    "dates": _pairs("texts", _date_form),
    "set": _pairs("values", _own_value),
}
_LEAVE_OUT = {
    **dict.fromkeys(("ids", "slugs", "types", "addresses"), _value(_texts)),
    "statuses": _value(_statuses),
    "before": _value(_day),
    "after": _value(_day),
}
_TABLES = {
    "shortcodes": _pairs("rules by name", _rule(Rule)),
    "blocks": _pairs("rules by name", _rule(Rule)),
    "classes": _pairs("rules by name", _rule(ClassRule)),
    "fields": _pairs("names", _field),
    "front_matter": _settings(FrontMatter, _FRONT_MATTER),
    "categories": _pairs("names", _name_or_false),
    "tags": _pairs("names", _name_or_false),
    "authors": _pairs("names", _name),
    "addresses": _pairs("addresses", _url),
    "leave_out": _settings(LeaveOut, _LEAVE_OUT),
}
