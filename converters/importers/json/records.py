"""What is read of a JSON Feed and of the files beside it. Nothing of it is believed: a field of another type than its
own is left out and named, an unknown one is passed over, and no text names a file of this machine.

The fields of an item are those of https://www.jsonfeed.org/version/1.1/, and those of version 1 (`author`);
`_postferry` and `site.json` are described in docs/json.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import msgspec

from converters import nested
from converters.model import Asset, Author, Comment, Enclosure, Language, Listing, Menu, Seo, Term
from converters.model.notices import Log

Record = TypeVar("Record", bound=msgspec.Struct)
_CONTROL = re.compile(rb"\\u(?:00[01][0-9a-fA-F]|[dD][89a-fA-F]|[fF]{3}[eEfF])|[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""What a JSON text holds that has characters no page may have."""
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DEPTH = 100


class Person(msgspec.Struct, frozen=True):
    """An author as JSON Feed has them."""

    name: str = ""
    url: str = ""


class Attachment(msgspec.Struct, frozen=True):
    url: str = ""
    mime_type: str = ""
    title: str = ""
    size_in_bytes: float = 0
    duration_in_seconds: float = 0


class Item(msgspec.Struct, frozen=True):
    """An item of a feed; `id` and dates are what the feed has, whatever their type."""

    id: Any = None
    url: str = ""
    external_url: str = ""
    title: str = ""
    content_html: str = ""
    content_text: str = ""
    summary: str = ""
    image: str = ""
    banner_image: str = ""
    date_published: Any = None
    date_modified: Any = None
    authors: tuple[Person, ...] = ()
    author: Person | None = None
    tags: tuple[str, ...] = ()
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    postferry: dict[str, Any] | None = msgspec.field(name="_postferry", default=None)


class Details(msgspec.Struct, frozen=True):
    """`_postferry` of an item."""

    kind: str = "post"
    status: str = "published"
    slug: str = ""
    path: str = ""
    permalink: str = ""
    former: tuple[str, ...] = ()
    guid: str = ""
    parent: str = ""
    order: int = 0
    sticky: bool = False
    format: str = ""
    template: str = ""
    authors: tuple[str, ...] = ()
    translations: dict[str, str] = {}
    translation_group: str = ""
    origin: str = ""
    same_as: str = ""
    withheld: bool = False
    since: datetime | None = None
    until: datetime | None = None
    unlisted: bool = False
    excerpt: str = ""
    terms: tuple[Term, ...] = ()
    listing: Listing | None = None
    featured: Asset | None = None
    assets: tuple[Asset, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: tuple[Comment, ...] = ()
    comments_open: bool = True
    pings_open: bool = True
    whole_html: str = ""
    source: str = ""
    seo: Seo = Seo()
    params: dict[str, Any] = {}
    extra: dict[str, Any] = {}


class Feed(msgspec.Struct, frozen=True):
    """What a feed says beside its items."""

    title: str = ""
    home_page_url: str = ""
    description: str = ""
    icon: str = ""
    language: str = ""
    next_url: str = ""
    authors: tuple[Person, ...] = ()
    author: Person | None = None
    postferry: dict[str, Any] | None = msgspec.field(name="_postferry", default=None)


class SiteFile(msgspec.Struct, frozen=True):
    """`site.json` without its media library."""

    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    time_zone: str = ""
    icon: str = ""
    generator: str = ""
    exported: datetime | None = None
    kinds: tuple[str, ...] = ()
    closed_kinds: tuple[str, ...] = ()
    media_hosts: tuple[str, ...] = ()
    uploads: tuple[str, ...] = ()
    posts_pages: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    default_below_code: bool = False
    joined_languages: str = ""
    draws_quotes: bool = False
    feed_file: str = ""
    authors: tuple[Author, ...] = ()
    terms: tuple[Term, ...] = ()
    menus: tuple[Menu, ...] = ()
    lists: tuple[Listing, ...] = ()


def decode(data: bytes, log: Log) -> Any:
    """The value of a JSON text. Raises ValueError for what is none, or is nested too deeply.

    Bytes that are no UTF-8, and characters that no page may have, are replaced.
    """
    try:
        value = msgspec.json.decode(data)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        value = _decode_mended(data, log)
    else:
        if _CONTROL.search(data):
            value = _mended(value)
    return nested.check(value, _DEPTH)


def _decode_mended(data: bytes, log: Log) -> Any:
    """Half of a character of two halves (`\\ud83d`), control characters in strings, bytes that are no UTF-8."""
    text = data.decode("utf-8", "replace")
    try:
        value = json.loads(text, strict=False, parse_constant=lambda _: None)
    except RecursionError as error:
        raise nested.DepthError from error
    log("json.repaired")
    return _mended(nested.check(value, _DEPTH))


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _NO_TEXT.sub("", value)
    if isinstance(value, list):
        return [_mended(each) for each in value]
    if isinstance(value, dict):
        return {_NO_TEXT.sub("", key): _mended(each) for key, each in value.items()}
    return value


def read(kind: type[Record], values: object, log: Log, where: str = "") -> Record:
    """The record; what is no object has the defaults only. Rows of lists are left out one by one."""
    if not isinstance(values, Mapping):
        log("json.field", where or "item", old=type(values).__name__)
        values = {}
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError:
        return _field_by_field(kind, values, log, where)


def _field_by_field(kind: type[Record], values: Mapping[Any, Any], log: Log, where: str) -> Record:
    found: dict[str, Any] = {}
    for name, written, expected in _fields(kind):
        if written not in values or values[written] is None:
            continue
        value, row = values[written], _row_of(expected)
        if row is None or not isinstance(value, list):
            for read in _converted(value, expected, log, where + written):
                found[name] = read
        else:
            rows = (_converted(each, row, log, f"{where}{written}[{n}]") for n, each in enumerate(value))
            found[name] = tuple(read for one in rows for read in one)
    return kind(**found)


def _converted(value: Any, expected: Any, log: Log, where: str) -> Iterator[Any]:
    """The value as one of that type; nothing, where it is of another."""
    try:
        yield msgspec.convert(value, expected)
    except msgspec.ValidationError as error:
        log("json.field", where, old=str(error))


@cache
def _fields(kind: type[msgspec.Struct]) -> tuple[tuple[str, str, Any], ...]:
    """(name here, name in the file, type) of the fields of a record."""
    return tuple((field.name, field.encode_name, field.type) for field in msgspec.structs.fields(kind))


def _row_of(expected: Any) -> Any:
    """The type of the rows of a list; None for what is no list."""
    return get_args(expected)[0] if get_origin(expected) is tuple else None
