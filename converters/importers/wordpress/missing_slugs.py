"""Slugs for items whose export names none, as WordPress's importer makes them: of their titles (`wp_insert_post`).

Drafts have no slug before they are published, and keep none; only their files are called after their titles.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from converters import urls
from converters.model import Entry, Role, Status
from converters.old_site.slugs import slug_of

_UNFINISHED = frozenset({Status.DRAFT, Status.PENDING, Status.TRASH})
_ENDING = re.compile(r"\.(?:html?|php|aspx?)$", re.I)
_HOLE = re.compile(r"(?<=[^:/])//+")
"""Where the slug is missing in the URL of an item: `/2020/01//`."""


class MissingSlugs:
    """Makes the slugs of one site's items, none twice of a type."""

    def __init__(self) -> None:
        self._made: set[tuple[str, str]] = set()

    def filled(self, entry: Entry, language: str) -> Entry:
        """The entry with a slug, and with it in its URL. `language`: of the site."""
        if entry.slug or entry.role is not Role.CONTENT:
            return entry
        has_hole = _HOLE.search(entry.permalink) is not None
        slug = "" if entry.status in _UNFINISHED else self._slug(entry, language)
        if not slug:
            return replace(entry, permalink="") if has_hole else entry
        permalink = _HOLE.sub(f"/{slug}/", entry.permalink, count=1) if has_hole else entry.permalink
        return replace(entry, slug=slug, permalink=permalink)

    def _slug(self, entry: Entry, language: str) -> str:
        wanted = slug = slug_of(entry.title, language) or _last_name(entry.permalink)
        number = 1
        while slug and (entry.kind, slug) in self._made:
            number += 1
            slug = f"{wanted}-{number}"
        self._made.add((entry.kind, slug))
        return slug


def _last_name(permalink: str) -> str:
    """The last name in a URL that has one: no number of a day, and no short link."""
    parts = urls.split(permalink)
    if parts is None or parts.query:
        return ""
    name = _ENDING.sub("", urls.decoded(parts.path).rstrip("/").rpartition("/")[2])
    return "" if name.isdecimal() else name
