"""The user's own rules (`--rules FILE`, docs/rules.md): for shortcodes, blocks, classes, custom fields, front matter,
terms, authors and URLs, and for posts to leave out.

Here is what rules there are: plain records, which travel to other processes and machines. `read` reads and checks a
rules file; `passes.rules` applies those for any source, `classes` those for elements, `front_matter` those for what is
written. Shortcodes and blocks are the importers' business.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

GUARDED = ("draft", "published", "private", "protected")
"""Keys of front matter that keep what was not public from becoming so: no rule changes them."""


class Rule(msgspec.Struct, frozen=True):
    """What one shortcode or block becomes. Exactly one field is set."""

    html: str | None = None
    """A template of HTML."""
    raw: str | None = None
    """A template of text in the target's own language."""
    unwrap: bool = False
    """Only the content."""
    drop: bool = False
    """Nothing."""

    @property
    def way(self) -> str:
        """The name of the field that is set."""
        return next(name for name in self.__struct_fields__ if getattr(self, name) not in (None, False))


class ClassRule(Rule, frozen=True):
    """What an element with a class becomes; `rename` only gives it another class."""

    rename: str | None = None


class FrontMatter(msgspec.Struct, frozen=True):
    """Which keys of front matter are written, under which names, in which order and form."""

    only: tuple[str, ...] = ()
    """Empty: all."""
    leave_out: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    """Keys before all others, in this order."""
    rename: dict[str, str] = {}
    dates: dict[str, str] = {}
    """key -> form, as `strftime` has it"""
    set: dict[str, Any] = {}
    """Values that every post gets, unless it has one of its own."""


class LeaveOut(msgspec.Struct, frozen=True):
    """Posts to leave out: those that match any of these."""

    ids: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Patterns of the path of the permalink: `/2009/*`."""
    before: date | None = None
    after: date | None = None


Named = dict[str, str | None]
"""Old name -> new one; None: left out."""


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
    """Beginning of a URL -> its replacement."""
    leave_out: LeaveOut = LeaveOut()

    @property
    def of_content(self) -> bool:
        """Is there any rule for shortcodes, blocks or classes?"""
        return bool(self.shortcodes or self.blocks or self.classes)
