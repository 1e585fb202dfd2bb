"""Counts what an export holds of authors, terms, comments and menu entries and no record of the model does.

Each becomes one notice of the whole source, with its number; what has a place is carried and not counted here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from converters.html.sanitize import allowed
from converters.importers.shared.links import ATTRIBUTES, link_attributes
from converters.importers.wordpress import php
from converters.importers.wordpress.comments import FIELD, is_public
from converters.importers.wordpress.custom_fields import is_of_plugin
from converters.importers.wordpress.rawitem import RawItem, children, field_name
from converters.importers.wordpress.values import plain
from converters.model.notices import Log

_USER_FIELDS = frozenset("wp:usermeta wp:user_meta wp:authormeta wp:author_meta".split())
_MENU_FIELDS = frozenset(
    """_menu_item_type _menu_item_menu_item_parent _menu_item_object_id _menu_item_object _menu_item_target
    _menu_item_classes _menu_item_xfn _menu_item_url _menu_item_orphaned _edit_last _edit_lock _wp_old_date""".split()
)
"""What WordPress itself keeps of an entry."""
DESCRIPTIONS = "media descriptions"
MEDIA_COMMENTS = "media comments"


class Tally:
    """What was met so far."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        """For exporters: things whose place differs from target to target."""
        self._noted = Counter[str]()

    def author(self, element: etree._Element, fields: Mapping[str, str], shown: str) -> None:
        """`shown`: the name that readers saw."""
        names = (plain(fields.get(f"wp:author_{part}_name", "")) for part in ("first", "last"))
        self._noted["author.names"] += any(name and name not in shown for name in names)
        self._noted["author.fields"] += sum(field_name(child) in _USER_FIELDS for child in element.iterchildren("*"))

    def term_fields(self, element: etree._Element) -> dict[str, str]:
        """The fields of a term that are its owner's own words; the others are counted."""
        found: dict[str, str] = {}
        for child in element.iterchildren("*"):
            if field_name(child) == "wp:termmeta":
                pair = children(child)
                key, value = pair.get("wp:meta_key", ""), pair.get("wp:meta_value", "")
                if key in found or not _is_kept(key, value):
                    self._noted["term.fields"] += bool(value)
                else:
                    found[key] = value
        return found

    def comments(self, item: RawItem) -> None:
        """The fields of public comments."""
        for comment in item.comments:
            if is_public(comment):
                fields = sum(name.startswith(FIELD) for name in comment) - (f"{FIELD}rating" in comment)
                self._noted["comments.fields"] += fields

    def menu_item(self, item: RawItem) -> None:
        self._noted["menu.fields"] += sum(bool(value) and key not in _MENU_FIELDS for key, value in item.meta)

    def links(self, text: str) -> None:
        """Links that open a window of their own, or say how they relate to what they lead to."""
        if count := link_attributes(text):
            self.counts[ATTRIBUTES] += count

    def media(self, description: str, comments: int) -> None:
        self.counts[DESCRIPTIONS] += bool(description.strip())
        self.counts[MEDIA_COMMENTS] += comments

    def note(self, log: Log) -> None:
        """A notice for each kind that was met."""
        for code, count in self._noted.items():
            if count:
                log(code, str(count))


def _is_kept(key: str, value: str) -> bool:
    if not key or key.startswith("_") or not value.strip() or php.looks_serialized(value) or is_of_plugin(key, value):
        return False
    return "<" not in value and len(value) < 10_000 and allowed(value)
