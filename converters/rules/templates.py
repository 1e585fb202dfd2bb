"""The small language of the templates in a file of rules (`docs/rules.md`).

`{{ name }}` and `{{ attributes.name }}` are attributes, `{{ 0 }}` the first value without a name, `{{ text }}` the
words inside, `{{ inside }}` what stands inside as HTML, `{{ name | safe }}` an attribute that holds HTML, `{{ "{{" }}`
text. `{% if name %}`, `{% if not name %}`, `{% if name == "x" %}`, `{% elif … %}`, `{% else %}`, `{% endif %}`. There
are no loops, no arithmetic and no calls: what a template writes is as long as itself and what it is given.

A template is checked when it is read. Each value is escaped for the place it stands in, so that no text of a post can
end an attribute, a tag or a shortcode of the template; where no escaping helps (scripts, event handlers, attributes
without quotation marks) there can be no value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from converters.rules.places import HtmlPlace, PlaceError, RawPlace, TemplatePlace, Way

# no compiled ones: they are wanted for rules of the user only, and every start would pay for them
_TOKEN = (
    r"\{\{(?![<%])(?P<value>(?:\"[^\"]*\"|'[^']*'|[^{}\"'])*)\}\}"
    r"|(?<!\{)\{%-?\s*(?P<word>if|elif|else|endif)\b(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^{}%\"'])*)%\}"
    r"|(?P<stray>\{\{(?![<%])|(?<!\{)\{%)"
)
_VALUE = r"\s*(?:(?P<path>[\w-]+(?:\.[\w-]+)*)(?P<safe>\s*\|\s*safe)?|\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')\s*"
_CONDITION = (
    r"\s*(?P<no>not\s+)?(?P<path>[\w-]+(?:\.[\w-]+)*)\s*(?:(?P<sign>==|!=)\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')\s*)?"
)
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
_INSIDE = ("inside",)
_DEPTH = 20
"""Conditions inside conditions."""


class TemplateError(ValueError):
    """The template cannot be used; the message says why."""


class Html(str):
    """A piece of a result that is HTML of the post, out of an attribute."""

    __slots__ = ()


class Inside(Html):
    """The HTML that stood inside."""

    __slots__ = ()


class Values(NamedTuple):
    """What a template is given: attributes (from JSON, they may hold lists and maps), the inside, its words."""

    attributes: Mapping[str, Any]
    positional: tuple[str, ...] = ()
    inside: str = ""
    text: Callable[[], str] = str
    """Asked for when a template wants it."""

    def find(self, path: tuple[str, ...]) -> Any:
        """The value at a path; None for one that is not there. Names are tried as they are, then in small letters."""
        if path == ("text",):
            return self.text()
        if path == _INSIDE:
            return self.inside
        if path[0].isdecimal() and len(path) == 1:
            index = int(path[0][:6])
            return self.positional[index] if index < len(self.positional) else None
        if path[0] == "attributes" and len(path) > 1:
            path = path[1:]
        return _at(self.attributes, path, self.positional)


def _at(found: Any, path: tuple[str, ...], words: tuple[str, ...]) -> Any:
    if path[0] not in found and path[0].lower() not in found:
        return path[0] if len(path) == 1 and path[0] in words else None
    for name in path:
        if isinstance(found, Mapping):
            found = found.get(name, found.get(name.lower()))
        elif isinstance(found, list) and name.isdecimal() and int(name[:6]) < len(found):
            found = found[int(name[:6])]
        else:
            return None
    return found


def as_text(value: Any) -> str:
    """A value as it is written: numbers in digits, `true`; nothing for false, null, lists and maps."""
    if value is None or value is False or isinstance(value, list | Mapping):
        return ""
    return re.sub(_CONTROL, "", "true" if value is True else str(value))


class _Literal(NamedTuple):
    text: str


class _Value(NamedTuple):
    path: tuple[str, ...]
    escape: Way | None
    """None: the value is HTML."""


class _Branch(NamedTuple):
    path: tuple[str, ...]
    """Empty: always."""
    wanted: str | None
    """None: anything but nothing."""
    negated: bool
    nodes: tuple[_Node, ...]

    def holds(self, values: Values) -> bool:
        if not self.path:
            return True
        value = values.find(self.path)
        found = bool(as_text(value) or value) if self.wanted is None else as_text(value) == self.wanted
        return found is not self.negated


class _If(NamedTuple):
    branches: tuple[_Branch, ...]


_Node = _Literal | _Value | _If


class Template:
    """A template that was read. `html`: one of HTML; else one of text in the target's own words."""

    def __init__(self, text: str, *, html: bool) -> None:
        """Raises TemplateError."""
        if found := re.search(_CONTROL, text):
            raise TemplateError(f"the character U+{ord(found[0]):04X} cannot stand in a text")
        self._nodes = _TemplateReader(text, HtmlPlace() if html else RawPlace()).whole()

    def render(self, values: Values) -> list[str]:
        """The pieces of the result, in order: of the template as `str`, of the post as `Html`."""
        pieces: list[str] = []
        for piece in _rendered(self._nodes, values):
            if pieces and not isinstance(piece, Html) and not isinstance(pieces[-1], Html):
                pieces[-1] += piece
            elif piece:
                pieces.append(piece)
        return pieces


def _rendered(nodes: tuple[_Node, ...], values: Values) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, _Literal):
            yield node.text
        elif isinstance(node, _Value):
            text = as_text(values.find(node.path))
            if node.escape is not None:
                yield node.escape(text)
            else:
                yield Inside(text) if node.path == _INSIDE else Html(text)
        else:
            chosen = next((branch.nodes for branch in node.branches if branch.holds(values)), ())
            yield from _rendered(chosen, values)


class _TemplateReader:
    """Reads one template. `place` follows where in the result each value stands."""

    def __init__(self, text: str, place: TemplatePlace) -> None:
        self._text, self._place = text, place
        self._tokens = re.finditer(_TOKEN, text)
        self._position = 0
        self._last: re.Match[str] | None = None

    def whole(self) -> tuple[_Node, ...]:
        try:
            nodes = self._nodes(0)
            if self._last is not None:
                raise TemplateError(f"{self._last[0]} without an {{% if %}}")
            self._place.end()
        except PlaceError as error:
            raise TemplateError(str(error)) from error
        return nodes

    def _nodes(self, depth: int) -> tuple[_Node, ...]:
        """Up to the word that ends a branch (in `_last`) or to the end (None)."""
        if depth > _DEPTH:
            raise TemplateError(f"more than {_DEPTH} conditions inside each other")
        nodes: list[_Node] = []
        for token in self._tokens:
            self._literal(nodes, self._text[self._position : token.start()])
            self._position = token.end()
            if token["value"] is not None:
                self._value(nodes, token)
            elif token["word"] == "if":
                nodes.append(self._if(token, depth))
            elif token["word"]:
                self._last = token
                return tuple(nodes)
            elif token[0] == "{{" or not self._place.foreign_tags:
                raise TemplateError(
                    f"{self._text[token.start() : token.start() + 30]!r} is neither a value nor a condition"
                )
            else:
                self._literal(nodes, token[0])
        self._last = None
        self._literal(nodes, self._text[self._position :])
        self._position = len(self._text)
        return tuple(nodes)

    def _literal(self, nodes: list[_Node], text: str) -> None:
        if text:
            self._place.feed(text)
            nodes.append(_Literal(text))

    def _value(self, nodes: list[_Node], token: re.Match[str]) -> None:
        found = re.fullmatch(_VALUE, token["value"])
        if found is None:
            raise TemplateError(f"{token[0]} is no value")
        if found["path"] is None:
            self._literal(nodes, found["a"] or found["b"] or "")
            return
        path = tuple(found["path"].split("."))
        if path == _INSIDE or found["safe"]:
            self._place.check_html(token[0])
            nodes.append(_Value(path, None))
        else:
            nodes.append(_Value(path, self._place.escape(token[0])))

    def _if(self, token: re.Match[str], depth: int) -> _If:
        opening, before = token, self._place.state
        branches: list[_Branch] = []
        ends: set[object] = set()
        while token["word"] != "endif":
            if branches and not branches[-1].path:
                raise TemplateError(f"{token[0]} behind {{% else %}}")
            self._place.state = before
            path, wanted, negated = _condition(token)
            nodes = self._nodes(depth + 1)
            if self._last is None:
                raise TemplateError(f"{opening[0]} without {{% endif %}}")
            branches.append(_Branch(path, wanted, negated, nodes))
            ends.add(self._place.state)
            token = self._last
        if ends != {before}:
            raise TemplateError(
                f"{opening[0]} opens or closes a tag or a quotation mark that it does not close or open"
            )
        self._last = None
        return _If(tuple(branches))


def _condition(token: re.Match[str]) -> tuple[tuple[str, ...], str | None, bool]:
    if token["word"] == "else":
        if token["rest"].strip():
            raise TemplateError(f"{token[0]}: {{% else %}} stands alone; another condition is {{% elif … %}}")
        return (), None, False
    found = re.fullmatch(_CONDITION, token["rest"])
    if found is None:
        raise TemplateError(f"{token[0]} is no condition")
    wanted = None if found["sign"] is None else found["a"] if found["a"] is not None else found["b"]
    return tuple(found["path"].split(".")), wanted, bool(found["no"]) is not (found["sign"] == "!=")
