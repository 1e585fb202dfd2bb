"""The user's own rules for shortcodes and third-party blocks, read from a TOML file.

`[shortcodes.NAME]` and `[blocks."NAME"]` hold exactly one of `html`, `raw`, `unwrap` and `drop`. The templates are
those of `converters.rule_templates`; one that cannot be used ends the run before it begins.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from converters.errors import UsageError
from converters.rule_templates import Template, TemplateError


class Rule(msgspec.Struct, frozen=True):
    """What one shortcode or block becomes. Exactly one field is set."""

    html: str | None = None
    """A template of HTML."""
    raw: str | None = None
    """A template of text in the target's own words."""
    unwrap: bool = False
    """Only what stands inside."""
    drop: bool = False
    """Nothing."""


class Rules(msgspec.Struct, frozen=True):
    """All rules of a file, by name."""

    shortcodes: dict[str, Rule] = {}
    blocks: dict[str, Rule] = {}


_TEXTS, _FLAGS = ("html", "raw"), ("unwrap", "drop")


def read_rules(file: Path) -> Rules:
    """The rules of the file; raises UsageError, which names the file, the key and what is allowed."""
    import tomllib

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # not UTF-8, or not TOML
        raise UsageError(f"{file} is not TOML: {error}.") from error
    tables: dict[str, dict[str, Rule]] = {}
    for kind, table in data.items():
        if kind not in Rules.__struct_fields__:
            raise UsageError(f"{file}: {_unknown(kind, Rules.__struct_fields__)}")
        if not isinstance(table, dict):
            raise UsageError(f"{file}: {kind} must be a table of rules by name.")
        tables[kind] = {name: _rule(f"{file}: {kind}.{name}", value) for name, value in table.items()}
    return Rules(**tables)


def _rule(place: str, value: object) -> Rule:
    if not isinstance(value, dict):
        raise UsageError(f"{place} must be a table with one of {', '.join(_TEXTS + _FLAGS)}.")
    for key, given in value.items():
        if key not in _TEXTS + _FLAGS:
            raise UsageError(f"{place}: {_unknown(key, _TEXTS + _FLAGS)}")
        if key in _TEXTS and not isinstance(given, str):
            raise UsageError(f"{place}.{key} must be text.")
        if key in _FLAGS and given is not True:
            raise UsageError(f"{place}.{key} can only be true.")
    if len(value) != 1:
        raise UsageError(f"{place} must have exactly one of {', '.join(_TEXTS + _FLAGS)}.")
    rule = Rule(**value)
    template(rule, place)
    return rule


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


def _unknown(key: str, allowed: Iterable[str]) -> str:
    import difflib

    names = list(allowed)
    near = difflib.get_close_matches(key, names, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"{key!r} is no key here; allowed are {', '.join(names)}.{hint}"
