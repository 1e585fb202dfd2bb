"""A run of phrasing content as one piece of Markdown.

The run is first taken apart into texts, edges of spans and finished pieces; white space is collapsed as a browser does,
which moves it out of spans; emphasis then gets its marks, and text its backslashes, when all neighbours are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from lxml import etree

from converters import tree
from converters.markdown import escape, rawhtml
from converters.markdown.dialects import Dialect
from converters.markdown.elements import BLOCKS, DROPPED, RAW_EMBEDDED, UNWRAPPED
from converters.markdown.emphasis import Edge, Item, Span, resolve
from converters.markdown.spacing import SPACE, merged, spaced
from converters.markdown.tokens import BREAK, Break, Code, Piece, Text, Token

Node = etree._Element | str
_AUTOLINK = re.compile(r"(?:https?|ftp)://[\w./?=%#@:;,+!~-]+")
_SAFE_ADDRESS = re.compile(r"[\w./?=%#@:;,+!~&*'$-]*", re.A)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


class Place(NamedTuple):
    """Where a run stands."""

    dialect: Dialect
    table: bool = False
    heading: bool = False
    anchors: frozenset[str] = frozenset()
    """Fragments that links of the document point to: their elements keep their ids."""
    references: dict[str, str] | None = None
    """Targets and their labels, where links are written in reference style."""


def render(nodes: Iterable[Node], place: Place) -> str:
    """Markdown for the nodes (texts and elements) of one paragraph, heading or cell."""
    nodes = list(nodes)
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return plain(nodes[0], place)
    return _Writer(spaced(_taken_apart(nodes, place)), place).text()


def plain(text: str, place: Place) -> str:
    """The common case, a text without any markup: one search for characters that may mean something."""
    text = SPACE.sub(" ", text).strip(" ")
    if not place.dialect.special.search(text):
        return text if place.table or place.heading else escape.line_start(text, place.dialect)
    around = escape.Surroundings(
        text, emphasis=False, code=False, table=place.table, heading=place.heading, lines=False
    )
    text = escape.escape(text, around, place.dialect, link=place.references is not None)
    return text if place.table or place.heading else escape.line_start(text, place.dialect)


def _taken_apart(nodes: list[Node], place: Place) -> list[Token]:
    """Texts, edges and finished pieces in document order. Iterative: inline elements nest as deep as they like."""
    found: list[Token] = []
    stack: list[tuple[Node | Token, int]] = [(node, 0) for node in reversed(nodes)]
    while stack:
        node, links = stack.pop()
        if isinstance(node, etree._Element):
            found.extend(_element(node, place, stack, links))
        elif isinstance(node, Piece):
            found.append(str(node))
        elif isinstance(node, str):
            found.append(Text(node, links > 0))
        else:
            found.append(node)
    return found


def _element(element: etree._Element, place: Place, stack: list[tuple[Node | Token, int]], links: int) -> list[Token]:
    """The tokens an element stands for; one whose inside is to be rendered puts it on the stack."""
    name = tree.name(element)
    if element.tag == tree.RAW:
        return [element.text or ""]
    if not name or name in DROPPED:
        return []
    rule = _RULES.get(name)
    if rule is not None:
        made = rule(element, place)
        if isinstance(made, list):
            return made
    elif name in RAW_EMBEDDED or name in BLOCKS or name.startswith("{"):
        return [rawhtml.inline(element)]
    elif name in UNWRAPPED and not _keeps_tags(element, place):
        made = None
    else:
        made = Span("html", rawhtml.open_tag(element), rawhtml.close_tag(element))
    _push(element, made, stack, links + (made is not None and made.kind == "link"))
    return []


def _keeps_tags(element: etree._Element, place: Place) -> bool:
    return bool(element.get("lang") or element.get("dir") or element.get("id") in place.anchors)


def _push(element: etree._Element, span: Span | None, stack: list[tuple[Node | Token, int]], links: int) -> None:
    inside: list[tuple[Node | Token, int]] = []
    if span is not None:
        inside.append((Piece(span.open) if span.kind == "html" else Edge(span, True), links))
    if element.text:
        inside.append((element.text, links))
    for child in element:
        inside.append((child, links))
        if child.tail:
            inside.append((child.tail, links))
    if span is not None:
        inside.append((Piece(span.close) if span.kind == "html" else Edge(span, False), links))
    stack.extend(reversed(inside))


def _emphasis(kind: str, tag: str) -> Callable[[etree._Element, Place], Span | list[Token] | None]:
    def rule(element: etree._Element, place: Place) -> Span:
        return Span(kind, tags=(f"<{tag}>", f"</{tag}>"))

    return rule


def _strike(element: etree._Element, place: Place) -> Span:
    tag = tree.name(element)
    tags = (f"<{tag}>", f"</{tag}>")
    return Span("strike", tags=tags) if place.dialect.strike else Span("html", *tags)


def _break(element: etree._Element, place: Place) -> list[Token]:
    return ["<br>"] if place.table or place.heading else [BREAK]


def _code(element: etree._Element, place: Place) -> Span | list[Token]:
    text = SPACE.sub(" ", element.text or "")
    if len(element):
        return Span("html", "<code>", "</code>")
    in_doubt = place.table and "\\|" in text  # renderers differ on which of the two is escaped
    if not text or in_doubt or (not place.dialect.empty and text != text.strip()):
        return [f"<code>{rawhtml.escaped(text)}</code>"]
    span = escape.code_span(text)
    return [Code(span.replace("|", "\\|") if place.table else span, text)]


def _link(element: etree._Element, place: Place) -> Span | list[Token] | None:
    href = element.get("href")
    if href is None or element.get("id") in place.anchors or element.get("name") in place.anchors:
        return Span("html", rawhtml.open_tag(element), "</a>")
    text, url = element.text or "", str(href)
    if "`" in url or (not len(element) and not text.strip() and not _SAFE_ADDRESS.fullmatch(url)):
        return Span("html", rawhtml.open_tag(element), "</a>")
    plain = not len(element) and element.get("title") is None
    if plain and text == url and _AUTOLINK.fullmatch(url):
        return [f"<{url}>"]
    if plain and "mailto:" + text == url and _MAIL.fullmatch(text) and (place.dialect.html_blocks or "+" not in text):
        return [f"<{text}>"]
    escapes = place.dialect.html_blocks
    target = escape.destination(url, escapes=escapes) + escape.title(str(element.get("title") or ""))
    if place.table:
        target = target.replace("|", "%7C")
    if place.references is not None:
        return Span("link", "[", f"][{place.references.setdefault(target, f'link-{len(place.references) + 1}')}]")
    return Span("link", "[", f"]({target})")


_PLAIN_IMAGE = frozenset({"src", "alt", "title", "width", "height", "class", "style", "border", "id"})


def _image(element: etree._Element, place: Place) -> list[Token]:
    attributes = {str(name) for name in element.attrib}
    if not {"src", "alt"} <= attributes or attributes - _PLAIN_IMAGE or "align" in str(element.get("class") or ""):
        return [rawhtml.inline(element)]
    alt = SPACE.sub(" ", str(element.get("alt") or ""))
    around = escape.Surroundings(alt, emphasis=True, code=True, table=place.table, heading=place.heading, lines=False)
    words = escape.escape(alt, around, place.dialect, before="[", after="]", link=True)
    escapes = place.dialect.html_blocks
    target = escape.destination(str(element.get("src")), escapes=escapes) + escape.title(
        str(element.get("title") or "")
    )
    if place.table:
        target = target.replace("|", "\\|")
    return [f"![{words}]({target})"]


def _input(element: etree._Element, place: Place) -> list[Token]:
    if element.get("type") == "checkbox" and place.dialect.tasks and element.get("data-task"):
        return ["[x]" if element.get("checked") is not None else "[ ]"]
    return [rawhtml.inline(element)]


_RULES: dict[str, Callable[[etree._Element, Place], Span | list[Token] | None]] = {
    "a": _link,
    "b": _emphasis("strong", "b"),
    "strong": _emphasis("strong", "strong"),
    "i": _emphasis("em", "i"),
    "em": _emphasis("em", "em"),
    "s": _strike,
    "strike": _strike,
    "br": _break,
    "code": _code,
    "img": _image,
    "input": _input,
}


class _Writer:
    """Puts the tokens of one block together."""

    def __init__(self, tokens: list[Token], place: Place) -> None:
        self._tokens, self._place = merged(tokens), place
        texts: list[str] = []
        kinds: set[str] = set()
        code = lines = False
        for token in self._tokens:  # once: this loop is most of what a short paragraph costs
            if isinstance(token, Text):
                texts.append(token.text)
            elif isinstance(token, Edge):
                kinds.add(token.span.kind)
                code = code or "`" in token.span.close
                if not place.dialect.html_blocks:  # kramdown sees emphasis before links: their addresses count
                    texts.append(token.span.close)
            elif isinstance(token, Break):
                lines = True
            else:
                code = code or "`" in token
        emphasis = "em" in kinds or "strong" in kinds
        self._around = escape.Surroundings(
            "".join(texts), emphasis=emphasis, code=code, table=place.table, heading=place.heading, lines=lines
        )
        if emphasis or "strike" in kinds:
            self._around.tildes = True
            resolve([_item(token, place.dialect) for token in self._tokens], nested=place.dialect.nested_emphasis)

    def text(self) -> str:
        parts: list[str] = []
        line = not (self._place.table or self._place.heading)
        for index, token in enumerate(self._tokens):
            piece = self._piece(index, token, parts, line)
            if piece:
                parts.append(piece)
                line = isinstance(token, Break)
        return "".join(parts)

    def _piece(self, index: int, token: Token, parts: list[str], line: bool) -> str:
        if isinstance(token, Text):
            return self._escaped(index, token, parts, line)
        if isinstance(token, Edge):
            span = token.span
            mark = span.open if token.opens else span.close
            return mark or span.tags[0 if token.opens else 1]
        if isinstance(token, Break):
            following = self._tokens[index + 1] if index + 1 < len(self._tokens) else None
            alone = self._place.dialect.breaks_in_a_row or not isinstance(following, Break)
            return self._place.dialect.hard_break if alone else "<br>"
        if isinstance(token, Code) and parts and parts[-1].endswith("`"):
            return f"<code>{rawhtml.escaped(token.code)}</code>"
        return token

    def _escaped(self, index: int, token: Text, parts: list[str], line: bool) -> str:
        before = parts[-1][-1] if parts else ""
        after = self._first_of(index + 1)
        dialect = self._place.dialect
        brackets = token.link or self._place.references is not None  # any of them could be a reference
        text = escape.escape(token.text, self._around, dialect, before=before, after=after, link=brackets)
        if line and not token.link:
            return escape.line_start(text, dialect)
        return text

    def _first_of(self, index: int) -> str:
        """The first character that will stand behind a text."""
        for token in self._tokens[index : index + 1]:
            if isinstance(token, Break):
                return self._place.dialect.hard_break[0]
            if isinstance(token, Text):
                return token.text[:1]
            if isinstance(token, Edge):
                span = token.span
                return ((span.open if token.opens else span.close) or span.tags[0])[:1]
            return token[:1]
        return ""


def _item(token: Token, dialect: Dialect) -> Item:
    if isinstance(token, Text):
        return token.text
    return dialect.hard_break if isinstance(token, Break) else token
