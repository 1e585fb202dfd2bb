"""What a text needs to know of its surroundings while it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from converters.model import Asset
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.plugin import SiteLookup
from converters.rules.pieces import Pieces

if TYPE_CHECKING:
    from converters.importers.wordpress.content.companions.reach import Companions
    from converters.importers.wordpress.content.own_rules import OwnRules


def _as_it_is(text: str) -> str:
    return text


class TextBudget:
    """What may still be added to one text by things that are written elsewhere: a small text that names large things
    many times would grow with the square of the source, and blocks that show each other twice without bound."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._characters, self._inclusions = limits.content_added, limits.content_inclusions
        self._spent = False

    def take(self, characters: int, log: Log, what: str, *, inclusion: bool = False) -> bool:
        """May that much more be added? What may not is named, once a text."""
        if characters <= self._characters and self._inclusions >= inclusion:
            self._characters -= max(characters, 0)
            self._inclusions -= inclusion
            return True
        if not self._spent:
            log("content.too-much", what)
        self._spent = True
        return False


class Context(msgspec.Struct, frozen=True):
    """The surroundings of one text. The importer makes it, every construct reads it."""

    post: str
    """The id of the post the text belongs to."""
    lookup: SiteLookup
    log: Log
    block_text: Callable[[str], str | None]
    """The text of a reusable block by id; None when it is not there."""
    footnotes: str = ""
    """The post's meta field `footnotes`: JSON, which the block of that name shows."""
    limits: Limits = DEFAULT
    expand: Callable[[str], str] = _as_it_is
    """Replaces the shortcodes of a piece of the text: for what stands inside another shortcode."""
    paragraphs: Callable[[str], str] = _as_it_is
    """Makes paragraphs of a piece written in the classic editor."""
    budget: TextBudget = msgspec.field(default_factory=TextBudget)
    rules: OwnRules | None = None
    """The user's own rules, which win over everything known here."""
    pieces: Pieces = msgspec.field(default_factory=Pieces)
    """What rules write into this text, out of reach of every step but the last."""

    markup: str = "auto"
    """How the text is read: as `html`, as `markdown`, or `auto`: as what it looks like."""
    flagged: bool = False
    """A field of the item names its text Markdown."""
    companions: Companions | None = None
    """The other items of the export that the text can show."""
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    """Data beside the text, for the front matter: what a recipe says for search engines."""

    language: str = ""
    """The language of the text, on sites whose fields hold several at once."""

    def asset(self, id: str) -> Asset | None:
        """A file of the media library, its texts in the language of this one."""
        asset = self.lookup.asset(id)
        return None if asset is None else self._in_language(asset)

    def assets_of(self, id: str) -> Sequence[Asset]:
        """The files attached to an item. They belong to the one that keeps its id, whatever the language."""
        entry = self.lookup.entry(id) if self.language else None
        origin = entry.origin if entry is not None else ""
        return [self._in_language(asset) for asset in self.lookup.assets_of(origin or id)]

    def _in_language(self, asset: Asset) -> Asset:
        texts = asset.other.get(self.language)
        return msgspec.structs.replace(asset, **texts) if texts else asset

    @property
    def own_names(self) -> frozenset[str]:
        """The shortcodes that have a rule of the user's own."""
        return frozenset() if self.rules is None else self.rules.names
