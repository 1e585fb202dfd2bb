"""What rules there are. Plain records: they travel to other processes and machines."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec


class Rule(msgspec.Struct, frozen=True):
    """What one shortcode or block becomes. Exactly one field is set."""

    html: str | None = None
    """A template of HTML."""
    raw: str | None = None
    """A template of text in the target's own words."""
    unwrap: bool = False
    """Only what stands inside."""
    drop: bool = False
    """Nothing."""


class ClassRule(Rule, frozen=True):
    """What an element with a class becomes; `rename` only gives it another class."""

    rename: str | None = None


class FrontMatter(msgspec.Struct, frozen=True):
    """Which keys of front matter are written, under which names, in which order and form."""

    only: tuple[str, ...] = ()
    """Empty: all."""
    leave_out: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    """Keys that stand before all others, in this order."""
    rename: dict[str, str] = {}
    dates: dict[str, str] = {}
    """key -> form, as `strftime` has it"""
    set: dict[str, Any] = {}
    """Values that every post gets, unless it has one of its own."""


class LeaveOut(msgspec.Struct, frozen=True):
    """Posts that stay behind: those of which anything here holds."""

    ids: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Patterns of the path of the old address: `/2009/*`."""
    before: date | None = None
    after: date | None = None


Named = dict[str, str | None]
"""Old name -> new one; None: gone."""


class Rules(msgspec.Struct, frozen=True):
    """All rules of a file, by name."""

    shortcodes: dict[str, Rule] = {}
    blocks: dict[str, Rule] = {}
    classes: dict[str, ClassRule] = {}
    fields: Named = {}
    """Custom field -> key of front matter. A name may end in `*`, then only to leave fields out."""
    front_matter: FrontMatter = FrontMatter()
    categories: Named = {}
    """By name or slug; likewise `tags`."""
    tags: Named = {}
    authors: dict[str, str] = {}
    """By login or name."""
    addresses: dict[str, str] = {}
    """Beginning of an address -> what stands there instead."""
    leave_out: LeaveOut = LeaveOut()

    @property
    def of_content(self) -> bool:
        """Is there any rule for shortcodes, blocks or classes?"""
        return bool(self.shortcodes or self.blocks or self.classes)
