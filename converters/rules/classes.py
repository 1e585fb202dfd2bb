"""The user's rules for elements with a class: replaced by HTML or by the target's text, renamed, or removed."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from converters.html import placeholders, tree
from converters.html.elements import BLOCKS, CONTAINERS
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.rules import ClassRule
from converters.rules.pieces import CompiledRule, Pieces
from converters.rules.templates import Values

_INSIDE = placeholders.word()
"""The element in a template's HTML that stands for the content."""


class Classes:
    """The rules of one site, their templates read."""

    def __init__(self, rules: Mapping[str, ClassRule], limits: Limits = DEFAULT) -> None:
        """Raises UsageError for a template that cannot be used."""
        self._limits = limits
        self._rules = {name: CompiledRule(rule, f"classes.{name}") for name, rule in rules.items()}

    @property
    def names(self) -> frozenset[str]:
        """The classes that have a rule."""
        return frozenset(self._rules)

    def apply(self, root: etree._Element, log: Log, pieces: Pieces) -> None:
        """In place, the innermost elements first, so that what a rule takes over is finished. `pieces` keeps the words
        for the target, to be placed when no later step reads the tree as HTML of the old site."""
        for element in reversed([found for found in root.iter("*") if found.get("class")]):
            for name in str(element.get("class")).split():
                rule = self._rules.get(name)
                if rule is not None and element is not root and not self._one(element, name, rule, pieces, log):
                    break

    def _one(self, element: etree._Element, name: str, rule: CompiledRule, pieces: Pieces, log: Log) -> bool:
        """Apply one rule. Returns whether the element is still there."""
        way = rule.way
        if way != "rename":
            log.leave_out(tree.plain_text(element))
        if way == "unwrap":
            _unwrap(element)
        elif way == "drop":
            tree.remove(element)
        elif way == "rename":
            way = rule.rename
            words = [way if word == name else word for word in str(element.get("class")).split()]
            element.set("class", " ".join(words))
        elif not self._replaced(element, rule, pieces):
            log("rule.too-long", name)
            return True
        log("rule.applied", f"class {name}: {way}")
        return rule.way == "rename"

    def _replaced(self, element: etree._Element, rule: CompiledRule, pieces: Pieces) -> bool:
        """Put what the rule makes of the element in its place, unless rules have written too much already."""
        attributes = {str(key): str(value) for key, value in element.attrib.items()}
        words = " ".join(tree.plain_text(element).split())
        written = rule.write(Values(attributes, (), f"<{_INSIDE}></{_INSIDE}>", lambda: words), pieces, self._limits)
        if written is None:
            return False
        made = tree.parse(pieces.with_html(written), limits=self._limits)
        for slot in list(made.iter(_INSIDE)):  # a second slot gets nothing
            slot.text, element.text = element.text, None
            slot.extend(list(element))
            tree.unwrap(slot)
        tree.replace(element, made)
        tree.unwrap(made)
        return True


def _unwrap(element: etree._Element) -> None:
    """Words in a box of their own stay a paragraph: they would run into those before and behind it."""
    if element.tag in CONTAINERS and not any(inner.tag in BLOCKS for inner in element.iterdescendants("*")):
        element.tag = "p"
        element.attrib.clear()
    else:
        tree.unwrap(element)
