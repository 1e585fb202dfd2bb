"""The user's own rules (`--rules FILE`, docs/rules.md) for shortcodes and for blocks of plug-ins.

They win over everything known here: `html` is HTML that goes the way of the post, `raw` text in the target's own words,
`unwrap` keeps what stands inside, `drop` keeps nothing. What a rule writes is not looked through for shortcodes again.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

from converters.html import tree
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Expander, Handler, Shortcode
from converters.rules import Rules
from converters.rules.classes import Classes
from converters.rules.pieces import CompiledRule, Pieces
from converters.rules.templates import Values


class OwnRules:
    """The rules of one site, their templates read. Made once, used for every text."""

    def __init__(self, rules: Rules) -> None:
        """Raises UsageError for a template that cannot be used."""
        self._blocks = {
            name.removeprefix("core/"): OwnRule(rule, f"blocks.{name}") for name, rule in rules.blocks.items()
        }
        self._handlers: dict[str, Handler] = {
            name: _handler(OwnRule(rule, f"shortcodes.{name}")) for name, rule in rules.shortcodes.items()
        }
        self.classes = Classes(rules.classes)
        self.names = frozenset(self._handlers)
        """The shortcodes that have a rule; a name that ends in `*` stands for all that begin so."""
        self._prefixes = tuple(name[:-1] for name in self.names if name.endswith("*"))
        self._early: Expander | None = None
        self._all: Expander | None = None

    def early(self, known: Mapping[str, Handler]) -> Expander:
        """For the step before the paragraphs: the known shortcodes that have no rule."""
        self._early = self._early or Expander(self._others(known))
        return self._early

    def all(self, known: Mapping[str, Handler]) -> Expander:
        """The known shortcodes and those of the rules, which win."""
        self._all = self._all or Expander({**self._others(known), **self._handlers})
        return self._all

    def has(self, shortcode: str) -> bool:
        return shortcode in self.names or shortcode.startswith(self._prefixes)

    def _others(self, known: Mapping[str, Handler]) -> dict[str, Handler]:
        return {name: handler for name, handler in known.items() if not self.has(name)}

    def of_block(self, name: str) -> OwnRule | None:
        """The rule for a block; None for a block without one."""
        return self._blocks.get(name.removeprefix("core/"))


def _handler(rule: OwnRule) -> Handler:
    def handler(code: Shortcode, context: Context) -> str:
        attributes = {name: unescape(value) for name, value in code.attributes.items()}
        positional = tuple(unescape(value) for value in code.positional)
        inside = "" if code.inside is None else context.expand(code.inside)
        values = Values(attributes, positional, inside, lambda: _words(inside, context))
        found = rule.apply(code.name, values, context)
        return _as_it_is(code, inside, context.pieces) if found is None else found

    return handler


def _as_it_is(code: Shortcode, inside: str, pieces: Pieces) -> str:
    """The shortcode as text, around what its inside became: looked through again, it would cost twice a level."""
    if code.inside is None:
        return pieces.html(code.source)
    end = f"[/{code.name}]"
    return pieces.html(code.source[: -len(code.inside + end)]) + inside + pieces.html(end)


class OwnRule(CompiledRule):
    """One rule for a shortcode or a block."""

    def block(self, name: str, attributes: Mapping[str, Any], inside: str, context: Context) -> str | None:
        """What the rule makes of a block; as `apply`."""
        return self.apply(
            name, Values(attributes, (), inside, lambda: _words(context.expand(inside), context)), context
        )

    def apply(self, name: str, values: Values, context: Context) -> str | None:
        """The text in place of the shortcode or block; None, which is noted, where it would grow beyond the limit."""
        written = self.write(values, context.pieces, context.limits)
        if written is None:
            context.log("rule.too-long", name)
        else:
            context.log("rule.applied", f"{name}: {self.way}")
        return written


def _words(inside: str, context: Context) -> str:
    """The inside as one line of plain text."""
    html = context.pieces.without_raw(context.pieces.with_html(inside))
    return " ".join(tree.plain_text(tree.parse(html, context.log, context.limits)).split())
