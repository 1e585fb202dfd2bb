"""The front matter of a written file, whatever the target calls its keys, compared with the post."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec.structs import asdict

from converters.model import PUBLIC, Place, Post
from converters.verify.verdict import Difference

_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")


class Front(msgspec.Struct, frozen=True):
    """The values every target has."""

    title: str = ""
    date: str = ""
    """ISO 8601, with its offset; empty for none."""
    categories: tuple[str, ...] = ()
    """Sorted: their order means nothing."""
    tags: tuple[str, ...] = ()
    draft: bool = False
    """Is it kept from the public?"""
    permalink: str | None = None
    """The path of its URL; None where it follows from the name of the file."""


def of_post(post: Post, place: Place, terms: Mapping[str, tuple[str, ...]]) -> Front:
    """The values of the post. `terms`: taxonomy -> what the target calls its terms."""
    return Front(
        title=post.title,
        date=moment(post.date),
        categories=terms.get("category", ()),
        tags=terms.get("post_tag", ()),
        draft=post.status not in PUBLIC,
        permalink=place.url if place.explicit else None,
    )


def of_values(values: Mapping[str, Any], key_of: Callable[[str], str], *, draft: bool) -> Front:
    """The values of a file's front matter. `key_of`: the target's key for a field (`Keys.name`)."""
    permalink = values.get(key_of("permalink"))
    return Front(
        title=str(values.get(key_of("title")) or ""),
        date=moment(values.get(key_of("date"))),
        categories=names(values.get(key_of("categories"))),
        tags=names(values.get(key_of("tags"))),
        draft=draft,
        permalink=str(permalink) if permalink is not None else None,
    )


def by_taxonomy(terms: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """taxonomy -> the names of terms, of (taxonomy, name)."""
    found: dict[str, list[str]] = {}
    for taxonomy, name in terms:
        found.setdefault(taxonomy, []).append(name)
    return {taxonomy: names(listed) for taxonomy, listed in found.items()}


def compare_terms(wanted: Mapping[str, tuple[str, ...]], found: Mapping[str, tuple[str, ...]]) -> Iterator[Difference]:
    """What differs in taxonomies of the site's own; categories and tags are values that every target has."""
    own = dict.fromkeys(taxonomy for taxonomy in (*wanted, *found) if taxonomy not in ("category", "post_tag"))
    yield from _differing({name: wanted.get(name, ()) for name in own}, {name: found.get(name, ()) for name in own})


def moment(value: Any) -> str:
    """A date as text; dates that a reader could not tell apart are the same. In JSON they are text already."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        with suppress(ValueError):
            value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value or "")


def names(value: Any) -> tuple[str, ...]:
    """The names in a list of front matter."""
    listed = value if isinstance(value, list) else [value] if value else []
    return tuple(sorted({str(name) for name in listed}))


def compare(wanted: Front, found: Front) -> Iterator[Difference]:
    """What differs."""
    if wanted != found:
        yield from _differing(asdict(wanted), asdict(found))


def compare_values(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """The same for every key of two front matters in the target's own words."""
    for key in dict.fromkeys((*wanted, *found)):
        old, new = wanted.get(key), found.get(key)
        if old != new and moment(old) != moment(new):
            yield Difference(f"front matter: {key}", key in wanted, _text(old), _text(new))


def _differing(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    for key, old in wanted.items():
        new = found[key]
        if old != new:
            yield Difference(f"front matter: {key}", _is_lost(old, new), _text(old), _text(new))


def _is_lost(old: Any, new: Any) -> bool:
    """A title of nothing may become one; a name that is gone is gone."""
    if isinstance(old, tuple):
        return not set(old) <= set(new)
    return old not in ("", None)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else moment(value) if not isinstance(value, str) else value
