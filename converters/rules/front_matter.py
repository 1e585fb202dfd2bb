"""The user's rules for front matter: which keys, under which names, in which order, dates in which form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from converters.model import Post, Status
from converters.model.notices import Log
from converters.rules import GUARDED, FrontMatter

_ALWAYS = (*GUARDED, "status")


def chosen(values: dict[str, Any], rules: FrontMatter, post: Post, log: Log) -> dict[str, Any]:
    """The front matter by the rules. The date of a scheduled post stays: without it, the post would be public."""
    if rules == FrontMatter():
        return values
    guarded = (*_ALWAYS, "date") if post.status is Status.FUTURE else _ALWAYS
    kept = {key: value for key, value in values.items() if key in guarded or _is_wanted(key, rules)}
    _say(log, "left out", (key for key in values if key not in kept))
    kept |= {key: value for key, value in rules.set.items() if key not in kept}
    formed = {key: _formed(value, rules.dates.get(key, "")) for key, value in kept.items()}
    _say(log, "date", (key for key in kept if formed[key] is not kept[key]))
    free = _free(rules, guarded, formed)
    named = {free.get(key, key): value for key, value in formed.items()}
    _say(log, "renamed", (key for key in formed if key not in named))
    _say(log, "set", (key for key in rules.set if key not in values))
    first = {key: named[key] for key in rules.first if key in named}
    return {**first, **named}


def _free(rules: FrontMatter, guarded: tuple[str, ...], values: dict[str, Any]) -> dict[str, str]:
    """The renamings that write over nothing: of two to one name, the first."""
    found: dict[str, str] = {}
    for old, new in rules.rename.items():
        if old in values and old not in guarded and new not in values and new not in found.values():
            found[old] = new
    return found


def _is_wanted(key: str, rules: FrontMatter) -> bool:
    return key not in rules.leave_out and (not rules.only or key in rules.only)


def _formed(value: Any, form: str) -> Any:
    return value.strftime(form) if form and isinstance(value, date | datetime) else value


def _say(log: Log, what: str, keys: Iterable[str]) -> None:
    names = ", ".join(keys)
    if names:
        log("rule.applied", f"front matter, {what}: {names}")
