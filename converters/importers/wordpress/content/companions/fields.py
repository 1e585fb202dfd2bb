"""Fields of Advanced Custom Fields: values typed as their definitions say, rows put together again.

A post has `price = 12` and `_price = field_5f…`; the export has that definition as an item of the type `acf-field`,
with its type as PHP data. Where it has not (definitions can be in the theme), what the names say is used: `faq = 2`
with `faq_0_question`, `faq_1_question` are two rows.

    image, file, gallery            URLs of the files
    repeater, flexible content      lists of maps; a map of the latter has `acf_fc_layout`
    group                           a map
    true/false, number, range       yes or no, a number
    date picker                     a date: it is kept as 20240504
    post object, relationship       URLs of the pages
    taxonomy                        the names of the terms

The formats are those of https://www.advancedcustomfields.com/resources/#field-types
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from converters.importers.wordpress import php
from converters.importers.wordpress.companions import FIELDS
from converters.importers.wordpress.content.companions.pictures import listed
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.rawitem import RawItem
from converters.model import Status, Term
from converters.remembered import remembered

_MOST = 10_000
"""Rows of one field."""
_DEPTH = 20


def put_together(item: RawItem, params: dict[str, Any], context: Context) -> None:
    """Give each field of a post the value that its definition means. Changes `params`."""
    references = {
        key[1:]: value.strip() for key, value in item.meta if value.startswith("field_") and key.startswith("_")
    }
    if context.companions is None:
        return
    reader = _Reader(references, params, context)
    names = reader.names
    found = {}
    for name in sorted(names, key=len):
        if name not in reader.used:
            found[name] = reader.value(name, 0)
    for name in reader.used - found.keys():
        params.pop(name, None)
    params.update(found)


class _Reader:
    def __init__(self, references: dict[str, str], params: dict[str, Any], context: Context) -> None:
        self._references, self._params, self._context = references, params, context
        self.names = sorted(name for name in references if name in params or self._is_group(name))
        self.used: set[str] = set()

    def _is_group(self, name: str) -> bool:
        """A group has no value of its own, and so it is not among those of the post."""
        return self._kind(self._references[name]) == "group"

    def value(self, name: str, depth: int) -> Any:
        """The value of a field; the fields that are its rows are used up."""
        self.used.add(name)
        value, kind = self._params.get(name), self._kind(self._references[name])
        if depth >= _DEPTH:
            return value
        if kind == "repeater" or (not kind and self._has_rows(name, value)):
            return [self._members(prefix, depth) for prefix in self._rows(name, _count(value))]
        if kind == "flexible_content" or (not kind and self._has_layouts(name, value)):
            layouts = listed(value)[:_MOST]
            return [{"acf_fc_layout": one, **self._members(f"{name}_{n}_", depth)} for n, one in enumerate(layouts)]
        if kind == "group":
            return self._members(f"{name}_", depth)
        typed = _TYPES.get(kind)
        return typed(value, self._context) if typed is not None and value not in ("", None) else value

    def _members(self, prefix: str, depth: int) -> dict[str, Any]:
        start, end = (bisect_left(self.names, text) for text in (prefix, prefix + "\U0010ffff"))
        found = {}
        for name in sorted(self.names[start:end], key=len):
            if name not in self.used:
                found[name[len(prefix) :]] = self.value(name, depth + 1)
        return found

    def _rows(self, name: str, count: int) -> Iterator[str]:
        """What the names of each row begin with; a number that is larger than what is there adds none."""
        prefixes = (f"{name}_{number}_" for number in range(count))
        return takewhile(self._starts, prefixes)

    def _has_rows(self, name: str, value: Any) -> bool:
        return _count(value) > 0 and self._starts(f"{name}_0_") and self._starts(f"{name}_{_count(value) - 1}_")

    def _has_layouts(self, name: str, value: Any) -> bool:
        return isinstance(value, list) and bool(value) and isinstance(value[0], str) and self._starts(f"{name}_0_")

    def _starts(self, prefix: str) -> bool:
        place = bisect_left(self.names, prefix)
        return place < len(self.names) and self.names[place].startswith(prefix)

    def _kind(self, key: str) -> str:
        """The type of a field by its key; empty where the export does not define it. One of a clone has two keys."""
        assert self._context.companions is not None
        known = self._context.companions.definitions
        if key not in known:
            own = key if key.count("field_") == 1 else "field_" + key.rpartition("field_")[2]
            item = self._context.companions.definition(FIELDS, own)
            said = php.read(item["content:encoded"]) if item is not None else None
            known[key] = str(said.get("type") or "") if isinstance(said, dict) else ""
        return known[key]


def _count(value: Any) -> int:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return min(int(text), _MOST) if text.isascii() and text.isdecimal() and len(text) < 7 else 0


def _file(value: Any, context: Context) -> Any:
    """The URL of a file of the media library; ids of others stay."""
    asset = context.asset(str(value).strip()) if isinstance(value, str | int) else None
    return asset.url if asset is not None else value


def _each(one: Callable[[Any, Context], Any]) -> Callable[[Any, Context], Any]:
    def typed(value: Any, context: Context) -> Any:
        return (
            [one(member, context) for member in listed(value)]
            if isinstance(value, list | dict)
            else one(value, context)
        )

    return typed


def _page(value: Any, context: Context) -> Any:
    """The URL of a public item on the new site; ids of others stay, which say nothing."""
    id = str(value).strip() if isinstance(value, str | int) else ""
    entry = context.lookup.entry(id) if id.isdecimal() else None
    if entry is None or entry.status is not Status.PUBLISHED:
        return value
    place = context.lookup.place(id)
    return (place.url if place is not None else "") or entry.permalink or value


def _term(value: Any, context: Context) -> Any:
    return _names(context.lookup.site.terms).get(str(value).strip(), value)


@remembered
def _names(terms: Sequence[Term]) -> dict[str, str]:
    return {term.id: term.name for term in terms if term.id}


def _number(value: Any, context: Context) -> Any:
    try:
        number = float(value) if len(str(value)) < 30 else None
    except (TypeError, ValueError):
        return value
    if number is None or number != number or number in (float("inf"), float("-inf")):
        return value
    return int(number) if number.is_integer() and "." not in str(value) else number


def _date(value: Any, context: Context) -> Any:
    try:
        text = str(value).strip()
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])) if len(text) == 8 and text.isdecimal() else value
    except ValueError:
        return value


_TYPES: dict[str, Callable[[Any, Context], Any]] = {
    "image": _file,
    "file": _file,
    "gallery": _each(_file),
    "true_false": lambda value, context: str(value).strip() in ("1", "true", "True"),
    "number": _number,
    "range": _number,
    "date_picker": _date,
    "post_object": _each(_page),
    "relationship": _each(_page),
    "page_link": _each(_page),
    "taxonomy": _each(_term),
}
"""Type of a field -> its value."""
