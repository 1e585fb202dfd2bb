"""What an item of JSON says, read back: for the check of a conversion (docs/verify.md).

Compared is its HTML, which is what most programs read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

import msgspec
from lxml import etree

from converters.exporters.json.addresses import page_of
from converters.html import tree
from converters.html.absolute import make_absolute
from converters.model import PUBLIC, Place, Post, Site, Status
from converters.output import OutFile
from converters.verify import front
from converters.verify.check import Back, File, ReadsBack
from converters.verify.front import Front


class JsonReader(ReadsBack):
    """Reads items: files of their own, or pieces of one that they share."""

    def __init__(self, *, absolute: bool = True) -> None:
        """`absolute`: the URLs of texts were made absolute."""
        self._absolute = absolute

    def as_written(self, root: etree._Element, post: Post, place: Place, site: Site) -> etree._Element:
        if not self._absolute:
            return root
        root = deepcopy(root)
        make_absolute(root, page_of(post, place, site))
        return root

    def render_back(self, files: Sequence[File], place: Place) -> Back | None:
        values = next(filter(None, map(_item, files)), None)
        if values is None:
            return None
        details = values.get("_postferry") or {}
        terms = details.get("terms") or []
        path = details.get("path") or ""
        status = str(details.get("status") or Status.PUBLISHED)
        said = Front(
            title=values.get("title") or "",
            date=_moment(values.get("date_published")),
            categories=_names(terms, "category"),
            tags=_names(terms, "post_tag"),
            draft=Status(status) not in PUBLIC,
            permalink=path if place.explicit or path != place.url else None,
        )
        text = str(details.get("whole_html") or values.get("content_html") or "")
        return Back(text, lambda: self.tree_back(text), said, _without_text(values))

    def tree_back(self, text: str) -> etree._Element:
        return tree.parse(text)

    def terms_back(
        self, values: Mapping[str, Any], site: Site, taxonomies: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]]:
        terms = values["_postferry"].get("terms") or []
        return {name: _names(terms, name) for name in dict.fromkeys(str(term["taxonomy"]) for term in terms)}

    def pieces_back(self, data: bytes) -> dict[str, bytes]:
        """Of a feed, or of lines."""
        try:
            return {str(item["id"]): msgspec.json.encode(item) for item in _items(data) if isinstance(item, dict)}
        except (msgspec.MsgspecError, KeyError, TypeError):
            return {}


def _items(data: bytes) -> list[Any]:
    if b'"items":[' not in data[:100_000]:
        return [msgspec.json.decode(line) for line in data.splitlines() if line.strip()]
    found = msgspec.json.decode(data)
    return list(found["items"])


def _item(file: File) -> dict[str, Any] | None:
    """The item in a file or a piece of one; None for an index or fields that stand apart."""
    if isinstance(file, OutFile) and (file.copy or file.twin):
        return None
    try:
        found = msgspec.json.decode(file.data)
    except msgspec.MsgspecError:
        return None
    return found if isinstance(found, dict) and "_postferry" in found else None


def _without_text(values: dict[str, Any]) -> dict[str, Any]:
    """What stands in an item beside its text."""
    details = {key: value for key, value in values["_postferry"].items() if not key.startswith(("content_", "whole_"))}
    return {key: value for key, value in values.items() if not key.startswith("content_")} | {"_postferry": details}


def _names(terms: Sequence[Mapping[str, Any]], taxonomy: str) -> tuple[str, ...]:
    return front.names([term.get("name") for term in terms if term.get("taxonomy") == taxonomy and term.get("name")])


def _moment(value: str | None) -> str:
    return front.moment(msgspec.convert(value, datetime)) if value else ""
