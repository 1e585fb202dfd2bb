"""What front matter says of a post, whatever the target calls it, beside what the post says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from converters.model import PUBLIC, Place, Post
from converters.verify.verdict import Difference


class Front(msgspec.Struct, frozen=True):
    """The values every target has."""

    title: str = ""
    date: str = ""
    """ISO 8601, with its offset; empty for none."""
    categories: tuple[str, ...] = ()
    """Sorted: their order says nothing."""
    tags: tuple[str, ...] = ()
    draft: bool = False
    """Is it kept from the public?"""
    permalink: str | None = None
    """Its address; None where it follows from the name of the file."""


def of_post(post: Post, place: Place) -> Front:
    """What the post says."""
    names: dict[str, set[str]] = {"category": set(), "post_tag": set()}
    for term in post.terms:
        if term.name and term.taxonomy in names:
            names[term.taxonomy].add(term.name)
    return Front(
        title=post.title,
        date=moment(post.date),
        categories=tuple(sorted(names["category"])),
        tags=tuple(sorted(names["post_tag"])),
        draft=post.status not in PUBLIC,
        permalink=place.url if place.explicit else None,
    )


def of_values(values: Mapping[str, Any], *, permalink: str, draft: bool) -> Front:
    """What the front matter of a target says, whose key for an address is `permalink`."""
    address = values.get(permalink)
    return Front(
        title=str(values.get("title") or ""),
        date=moment(values.get("date")),
        categories=names(values.get("categories")),
        tags=names(values.get("tags")),
        draft=draft,
        permalink=str(address) if address is not None else None,
    )


def terms_of(post: Post) -> dict[str, tuple[str, ...]]:
    """taxonomy -> the names of its terms, as the post says them."""
    found: dict[str, list[str]] = {}
    for term in post.terms:
        found.setdefault(term.taxonomy, []).extend([term.name] if term.name else ())
    return {taxonomy: names(listed) for taxonomy, listed in found.items()}


def compare_terms(wanted: Mapping[str, tuple[str, ...]], found: Mapping[str, tuple[str, ...]]) -> Iterator[Difference]:
    """What differs in taxonomies of the site's own; categories and tags are values that every target has."""
    for taxonomy in dict.fromkeys((*wanted, *found)):
        old, new = wanted.get(taxonomy, ()), found.get(taxonomy, ())
        if old != new and taxonomy not in _NAMED:
            yield Difference(f"front matter: {taxonomy}", _is_lost(old, new), _said(old), _said(new))


_NAMED = ("category", "post_tag")


def moment(value: Any) -> str:
    """A date as text; dates that a reader could not tell apart are the same."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value or "")


def names(value: Any) -> tuple[str, ...]:
    """The names in a list of front matter."""
    listed = value if isinstance(value, list) else [value] if value else []
    return tuple(sorted({str(name) for name in listed}))


def compare(wanted: Front, found: Front) -> Iterator[Difference]:
    """What differs."""
    if wanted == found:
        return
    for key in Front.__struct_fields__:
        old, new = getattr(wanted, key), getattr(found, key)
        if old != new:
            yield Difference(f"front matter: {key}", _is_lost(old, new), _said(old), _said(new))


def compare_values(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Iterator[Difference]:
    """The same for every key of two front matters in the target's own words."""
    for key in dict.fromkeys((*wanted, *found)):
        old, new = wanted.get(key), found.get(key)
        if old != new and moment(old) != moment(new):
            yield Difference(f"front matter: {key}", key in wanted, _said(old), _said(new))


def _is_lost(old: Any, new: Any) -> bool:
    """A title of nothing may become one; a name that is gone is gone."""
    if isinstance(old, tuple):
        return not set(old) <= set(new)
    return old not in ("", None)


def _said(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(value) if isinstance(value, tuple) else moment(value) if not isinstance(value, str) else value
