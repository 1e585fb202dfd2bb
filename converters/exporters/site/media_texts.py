"""Texts of media files that only their own pages showed: descriptions, and comments of readers."""

from __future__ import annotations

from collections.abc import Iterator

from converters.model import Comment, Role
from converters.model.notices import Log
from converters.old_site.visibility import is_of_record, is_published
from converters.passes.sanitize import clean_asset
from converters.plugin import SiteLookup


class MediaTexts:
    """Those of one site; what was not public is counted and left out."""

    def __init__(self, lookup: SiteLookup, log: Log, *, comments: bool) -> None:
        """`comments`: they are wanted."""
        self._lookup, self._log, self._wanted = lookup, log, comments
        self.rows: dict[str, dict[str, str]] = {}
        """id -> url, title, description in HTML; filled as `comments` is gone through."""
        self._comments = self._hidden = self._held = 0

    def comments(self) -> Iterator[tuple[str, tuple[Comment, ...]]]:
        """(id, its comments), of those that have some."""
        for entry in self._lookup.entries():
            asset = self._lookup.asset(entry.id) if entry.role is Role.MEDIA else None
            if asset is None or not (asset.description.strip() or asset.comments):
                continue
            if not is_published(self._lookup, entry) or is_of_record(self._lookup, entry):
                self._hidden += bool(asset.description.strip())
                self._held += len(asset.comments)
                continue
            asset = clean_asset(asset, self._log)
            if asset.description.strip():
                texts = {"url": asset.url, "title": asset.title, "description": asset.description.strip()}
                self.rows[entry.id] = {name: text for name, text in texts.items() if text}
            if asset.comments and self._wanted:
                self._comments += len(asset.comments)
                yield entry.id, asset.comments
            else:
                self._held += len(asset.comments)

    def note(self) -> None:
        counts = {"descriptions": len(self.rows), "comments": self._comments}
        if what := ", ".join(f"{count} {name}" for name, count in counts.items() if count):
            self._log("media.texts", what)
        if self._hidden:
            self._log("media.texts-hidden", str(self._hidden))
        if self._held:
            self._log("comments.skipped", str(self._held), where="media files")
