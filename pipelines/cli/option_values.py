"""Values of options, checked and made into what a job holds. Each function raises UsageError or PluginError for a value
that is invalid, so that a flag and a key of a job file are refused in the same words. What is heavy is imported when it
is used: every start of the command imports this."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from converters.errors import UsageError

if TYPE_CHECKING:
    from converters.rules import Rules
    from pipelines.media.retry_policy import RetryPolicy

_DIGITS = 6
_PATH_PART = re.compile(r"[\w.~-]+", re.ASCII)
_SHOWN = 40
"""Names that an error lists at most."""


def check_names(given: Sequence[str], known: Sequence[str], what: str) -> None:
    """Raises UsageError for a name that is not known; it suggests the nearest one."""
    from converters.nearest import did_you_mean

    for name in given:
        if name not in known:
            listed = f": {', '.join(known)}" if len(known) <= _SHOWN else ""
            raise UsageError(f"{name!r} is no {what}{listed}.{did_you_mean(name, known)}")


def listed(value: str | Sequence[str]) -> tuple[str, ...]:
    """The names in `a, b` or in a list."""
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def each(value: str | Sequence[str]) -> tuple[str, ...]:
    """One text or several, as they are."""
    return (value,) if isinstance(value, str) else tuple(value)


def built_in(group: str) -> Callable[[], list[str]]:
    """The names that come with the program."""

    def names() -> list[str]:
        from converters.plugin import BUILT_IN

        return sorted(BUILT_IN[group])

    return names


def registered(group: str) -> Callable[[str], str]:
    """A name that the registry knows; empty for none."""

    def check(name: str) -> str:
        from converters.plugin import BUILT_IN, find

        if name and name not in BUILT_IN[group]:
            find(group, name)
        return name

    return check


def passes(value: str | Sequence[str]) -> tuple[str, ...]:
    """Passes that can be loaded. Raises UsageError or PluginError for one that cannot."""
    from converters.passes.table import find_pass

    for name in (names := each(value)):
        find_pass(name)
    return names


def markdown_engine(name: str) -> str:
    """An engine that the registry knows; ours for none."""
    from converters.model.options import WriteOptions

    return registered("markdown")(name) or WriteOptions().markdown_engine


def known_statuses() -> list[str]:
    from converters.model import Status

    return [str(status) for status in Status]


def statuses(value: str | Sequence[str]) -> tuple[str, ...]:
    names = listed(value)
    check_names(names, known_statuses(), "status")
    return names


def base_path(value: str) -> str | None:
    """The path without a slash at the end; None for no value."""
    parts = [part for part in value.split("/") if part]
    if not all(_PATH_PART.fullmatch(part) and part.strip(".") for part in parts):
        raise UsageError(
            "--base-path is the path of the new site on its host, made of letters, digits, '-', '_', '.' and '~': "
            f"/blog, or / for no path. {value!r} is none."
        )
    return "".join(f"/{part}" for part in parts) if value else None


def redirects(value: str | Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(listed(value)))
    if names:
        from converters.exporters.site.redirects import FORMATS

        check_names(names, list(FORMATS), "server")
    if {"netlify", "cloudflare"} <= set(names):
        raise UsageError("Netlify and Cloudflare Pages read the same file, `_redirects`: name one of them.")
    return names


def time_zone(name: str) -> str:
    if not name:
        return name
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        check_names([name], sorted(available_timezones()), "time zone")
    return name


def rules(file: str) -> Rules:
    from pathlib import Path

    from converters.rules import Rules
    from converters.rules.read import read_rules

    return read_rules(Path(file)) if file else Rules()


def media(value: str) -> tuple[str, str] | None:
    """(way, folder to copy from); None where neither is given."""
    from pipelines.media.gather import parse_way

    return parse_way(value) if value else None


def pace(size: str) -> RetryPolicy:
    """How media are fetched: files up to that size."""
    from pipelines.media.gather import parse_size
    from pipelines.media.retry_policy import RetryPolicy

    return RetryPolicy(file_bytes=parse_size(size))


def page_size(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        raise UsageError(f"--feed-page-size is a whole number of items, or 0 for one page, not {value!r}.")
    return int(value)


def seconds(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        raise UsageError(f"--item-timeout is a whole number of seconds, or 0 for no limit, not {value!r}.")
    return int(value)
