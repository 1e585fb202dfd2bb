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
from converters.rules import Rule, Rules
from converters.rules.classes import Classes
from converters.rules.pieces import Pieces
from converters.rules.read import template
from converters.rules.templates import Html, Inside, Template, Values


class OwnRules:
    """The rules of one site, their templates read. Made once, used for every text."""

    def __init__(self, rules: Rules) -> None:
        """Raises UsageError for a template that cannot be used."""
        self._blocks = {
            name.removeprefix("core/"): _Compiled(rule, f"blocks.{name}") for name, rule in rules.blocks.items()
        }
        self._handlers: dict[str, Handler] = {
            name: _handler(_Compiled(rule, f"shortcodes.{name}")) for name, rule in rules.shortcodes.items()
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

    def has_block(self, name: str) -> bool:
        return name.removeprefix("core/") in self._blocks

    def block(self, name: str, attributes: Mapping[str, Any], inside: str, context: Context) -> str | None:
        rule = self._blocks.get(name.removeprefix("core/"))
        if rule is None:
            return None
        values = Values(attributes, (), inside, lambda: _words(context.expand(inside), context))
        return rule.apply(name, values, context)


def _handler(rule: _Compiled) -> Handler:
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


def has_block_rule(name: str, context: Context) -> bool:
    return context.rules is not None and context.rules.has_block(name)


def block_rule(name: str, attributes: Mapping[str, Any], inside_html: str, context: Context) -> str | None:
    """What the user's rule for the block makes of it; None where there is no rule for it."""
    return None if context.rules is None else context.rules.block(name, attributes, inside_html, context)


class _Compiled:
    """One rule."""

    def __init__(self, rule: Rule, place: str) -> None:
        self._rule = rule
        self._template: Template | None = template(rule, place)
        self._kind = "unwrap" if rule.unwrap else "drop" if rule.drop else "html" if rule.raw is None else "raw"

    def apply(self, name: str, values: Values, context: Context) -> str | None:
        """The text in place of the shortcode or block; None, which is noted, where it would grow beyond the limit."""
        parts: list[str] = [Inside(values.inside)] if self._rule.unwrap else []
        if self._template is not None:
            parts = self._template.render(values)
        if not context.pieces.take(sum(map(len, parts)), context.limits.rules_output):
            context.log("rule.too-long", name)
            return None
        context.log("rule.applied", f"{name}: {self._kind}")
        return "".join(self._marked(part, context.pieces) for part in parts)

    def _marked(self, part: str, pieces: Pieces) -> str:
        """The inside stays a part of the text; the rest is out of reach for later steps."""
        if isinstance(part, Inside):
            return str(part)
        return pieces.raw(part) if self._kind == "raw" and not isinstance(part, Html) else pieces.html(part)


def _words(inside: str, context: Context) -> str:
    """The inside as one line of plain text."""
    html = context.pieces.without_raw(context.pieces.with_html(inside))
    return " ".join(tree.plain_text(tree.parse(html, context.log, context.limits)).split())
