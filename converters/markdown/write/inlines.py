"""Phrasing content: one small function an element, and the walk that gives its pieces to a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS, DROPPED, RAW_EMBEDDED, TAGGED_INLINES, UNWRAPPED
from converters.markdown.write import escape, rawhtml
from converters.markdown.write.line import Line, Place, folded, plain
from converters.markdown.write.links import image, link
from converters.markdown.write.tokens import Code, Embedded, Piece, Span

_HIDING = frozenset({"screen-reader-text", "sr-only", "visually-hidden"})
Rule = Callable[[Line, etree._Element], None]
_DEPTH = 80
"""Phrases nested deeper than this are written as HTML."""


def render(element: etree._Element, place: Place) -> str:
    """Markdown for what is inside a paragraph, a heading or a cell."""
    if not len(element):
        return plain(element.text or "", place)
    line = Line(place)
    walk(line, element)
    return line.markdown()


def walk(line: Line, element: etree._Element) -> None:
    """Add what is inside the element."""
    text = element.text
    if text:
        line.text(text)
    for child in element:
        rule = RULES.get(child.tag)
        if rule is not None:
            rule(line, child)
        else:
            _other(line, child)
        text = child.tail
        if text:
            line.text(text)


def add(line: Line, element: etree._Element) -> None:
    """Add one element, without the text behind it."""
    RULES.get(element.tag, _other)(line, element)


def _inside(line: Line, element: etree._Element, span: Span) -> None:
    if line.depth >= _DEPTH:
        line.piece(Piece(rawhtml.inline(element)))
        return
    line.depth += 1
    line.open(span)
    walk(line, element)
    line.close(span)
    line.depth -= 1


def _other(line: Line, element: etree._Element) -> None:
    """What has no rule of its own: foreign elements, unknown ones, blocks in the wrong place; comments say nothing."""
    name = tree.name(element)
    if not name:
        return
    if name in RAW_EMBEDDED or name.startswith("{"):
        line.piece(Embedded.of(element))
    elif name in BLOCKS:
        line.piece(Piece(rawhtml.inline(element)))
    else:
        _tagged(line, element)


def _tagged(line: Line, element: etree._Element) -> None:
    """The tags as they are, Markdown between them."""
    if line.depth >= _DEPTH or element.tag in line.place.dialect.raw_inside:
        line.piece(Piece(rawhtml.inline(element)))
        return
    opening, closing = rawhtml.open_tag(element), rawhtml.close_tag(element)
    if element.tag not in TAGGED_INLINES and not rawhtml.is_tag(tree.name(element)):
        holds_blocks = next(element.iter(*BLOCKS), None) is not None  # none of which may begin the line
        opening, closing = ("<span>", "</span>") if holds_blocks else ("", "")
    line.depth += 1
    if opening:
        line.piece(Piece(opening))
    walk(line, element)
    line.depth -= 1
    if closing:
        line.piece(Piece(closing))


def _unwrapped(line: Line, element: etree._Element) -> None:
    """Nothing by itself, unless its attributes say something to a reader."""
    if line.depth >= _DEPTH or (element.attrib and _says_something(element, line.place)):
        _tagged(line, element)
    else:
        line.depth += 1
        walk(line, element)
        line.depth -= 1


def _says_something(element: etree._Element, place: Place) -> bool:
    """A language, a direction, an id that a link points to, or that only a screen reader speaks it."""
    if element.get("lang") or element.get("dir") or element.get("id") in place.anchors:
        return True
    return not _HIDING.isdisjoint(str(element.get("class") or "").split())


def _emphasis(kind: str, tag: str) -> Rule:
    def rule(line: Line, element: etree._Element) -> None:
        _inside(line, element, Span(kind, f"<{tag}>", f"</{tag}>"))

    return rule


def _strike(line: Line, element: etree._Element) -> None:
    """A deletion that says when or why keeps its tag."""
    dialect = line.place.dialect
    marks = dialect.deletions and not element.attrib if element.tag == "del" else dialect.strike
    if marks:
        tag = tree.name(element) if dialect.html_blocks else "del"  # kramdown takes `<s>` for a block
        _inside(line, element, Span("strike", f"<{tag}>", f"</{tag}>"))
    else:
        _tagged(line, element)


def _link(line: Line, element: etree._Element) -> None:
    made = link(element, line.place)
    if made is None:
        _tagged(line, element)
    elif isinstance(made, Piece):
        line.piece(made)
    else:
        _inside(line, element, made)


def _image(line: Line, element: etree._Element) -> None:
    line.piece(Piece(image(element, line.place)))


def _break(line: Line, element: etree._Element) -> None:
    line.line_break()


def _raw(line: Line, element: etree._Element) -> None:
    if element.text:
        line.piece(Piece(element.text))


def _nothing(line: Line, element: etree._Element) -> None:
    pass


def _code(line: Line, element: etree._Element) -> None:
    if len(element):
        _tagged(line, element)
        return
    text = folded(element.text or "")
    place = line.place
    escapes = place.table and not place.dialect.pipes  # kramdown takes code out of a row before it looks for cells
    in_doubt = escapes and "\\|" in text  # renderers differ on which of the two is escaped
    edges = not place.dialect.empty and text != text.strip()
    if not text or in_doubt or edges or line.follows(Code):
        line.piece(Piece(f"<code>{rawhtml.escaped(text)}</code>"))
        return
    span = escape.code_span(text)
    line.piece(Code(span.replace("|", "\\|") if escapes else span))


def _input(line: Line, element: etree._Element) -> None:
    if element.get("data-task") and line.place.dialect.tasks:
        line.piece(Piece("[x]" if element.get("checked") is not None else "[ ]"))
    else:
        line.piece(Piece(rawhtml.inline(element)))


def _rules(names: Iterable[str], rule: Rule) -> dict[str, Rule]:
    return dict.fromkeys(names, rule)


RULES: dict[str, Rule] = {
    **_rules(UNWRAPPED, _unwrapped),
    **_rules(TAGGED_INLINES, _tagged),
    **_rules(DROPPED, _nothing),
    tree.RAW: _raw,
    "a": _link,
    "b": _emphasis("strong", "b"),
    "strong": _emphasis("strong", "strong"),
    "i": _emphasis("em", "i"),
    "em": _emphasis("em", "em"),
    "s": _strike,
    "strike": _strike,
    "del": _strike,
    "br": _break,
    "code": _code,
    "img": _image,
    "input": _input,
}
