"""Phrasing content: one small function an element, and the walk that gives its tokens to a line."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS, DROPPED, RAW_EMBEDDED, TAGGED_INLINES, UNWRAPPED
from converters.markdown.write import escape, rawhtml
from converters.markdown.write.dialects import InlineContext
from converters.markdown.write.line import Line, folded, plain
from converters.markdown.write.tokens import CodeSpan, Delimited, Embedded

Rule = Callable[[Line, etree._Element], None]
_DEPTH = 80
"""Phrases nested deeper than this are written as HTML."""
_EMPHASIS = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_HIDING = frozenset({"screen-reader-text", "sr-only", "visually-hidden"})
_AUTOLINK = re.compile(r"(?:https?|ftp)://[\w./?=%#@:;,+!~-]+")
_SAFE_URL = re.compile(r"[\w./?=%#@:;,+!~&*'$-]*", re.A)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PIXELS = re.compile(r"[1-9][0-9]{0,4}")
_IMAGE = frozenset({"src", "alt", "title", "width", "height", "class", "style", "border", "id"})
"""Attributes of images that Markdown has a form for, or that are left out."""


def render(element: etree._Element, context: InlineContext) -> str:
    """Markdown for what is inside a paragraph, a heading or a cell."""
    if not len(element):
        return plain(element.text or "", context)
    line = Line(context)
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


def _inside(line: Line, element: etree._Element, span: Delimited) -> None:
    if line.depth >= _DEPTH:
        line.finished(rawhtml.inline(element))
        return
    line.depth += 1
    line.open(span)
    walk(line, element)
    line.close(span)
    line.depth -= 1


def _other(line: Line, element: etree._Element) -> None:
    """What has no rule of its own: foreign elements, unknown ones, blocks in the wrong place; comments are dropped."""
    name = tree.name(element)
    if not name:
        return
    if name in RAW_EMBEDDED or name.startswith("{"):
        line.finished(Embedded.of(element))
    elif name in BLOCKS:
        line.finished(rawhtml.inline(element))
    else:
        _tagged(line, element)


def _tagged(line: Line, element: etree._Element) -> None:
    """The tags as they are, Markdown between them."""
    if line.depth >= _DEPTH or element.tag in line.context.dialect.raw_inside:
        line.finished(rawhtml.inline(element))
        return
    opening, closing = rawhtml.open_tag(element), rawhtml.close_tag(element)
    if element.tag not in TAGGED_INLINES and not rawhtml.is_tag(tree.name(element)):
        holds_blocks = next(element.iter(*BLOCKS), None) is not None  # none of which may begin the line
        opening, closing = ("<span>", "</span>") if holds_blocks else ("", "")
    line.depth += 1
    if opening:
        line.finished(opening)
    walk(line, element)
    line.depth -= 1
    if closing:
        line.finished(closing)


def _unwrapped(line: Line, element: etree._Element) -> None:
    """Nothing by itself, unless its attributes mean something to a reader."""
    if line.depth >= _DEPTH or (element.attrib and _means_something(element, line.context)):
        _tagged(line, element)
    else:
        line.depth += 1
        walk(line, element)
        line.depth -= 1


def _means_something(element: etree._Element, context: InlineContext) -> bool:
    """A language, a direction, an id that a link points to, or that only a screen reader speaks it."""
    if element.get("lang") or element.get("dir") or element.get("id") in context.anchors:
        return True
    return not _HIDING.isdisjoint(str(element.get("class") or "").split())


def _emphasis(line: Line, element: etree._Element) -> None:
    tag = tree.name(element)
    _inside(line, element, Delimited(_EMPHASIS[tag], f"<{tag}>", f"</{tag}>"))


def _strike(line: Line, element: etree._Element) -> None:
    """A deletion with a date or a reason keeps its tag."""
    dialect = line.context.dialect
    marks = dialect.deletions and not element.attrib if element.tag == "del" else dialect.strike
    if marks:
        tag = tree.name(element) if dialect.html_blocks else "del"  # kramdown takes `<s>` for a block
        _inside(line, element, Delimited("strike", f"<{tag}>", f"</{tag}>"))
    else:
        _tagged(line, element)


def _link(line: Line, element: etree._Element) -> None:
    context, url, title = line.context, str(element.get("href") or ""), str(element.get("title") or "")
    text = None if len(element) else element.text or ""
    if _is_html_link(element, url, text, context):
        _tagged(line, element)
    elif not title and text is not None and _is_autolink(text, url, context):
        line.finished(f"<{text}>")
    else:
        _inside(line, element, Delimited("link", "[", f"]{_target(url, title, context)}"))


def _is_html_link(element: etree._Element, url: str, text: str | None, context: InlineContext) -> bool:
    """Whether the link keeps its tag: one that saves its target, an anchor, one whose URL Markdown would misread.

    `text` is its text, None where it holds elements.
    """
    if element.get("href") is None or "download" in element.attrib or "`" in url:
        return True
    if context.anchors and (element.get("id") in context.anchors or element.get("name") in context.anchors):
        return True
    if next(element.iterancestors("a"), None) is not None:
        return True  # one in another, which a table between them makes possible, would be the only one
    return text is not None and not text.strip() and not _SAFE_URL.fullmatch(url)


def _is_autolink(text: str, url: str, context: InlineContext) -> bool:
    if text == url:
        return _AUTOLINK.fullmatch(url) is not None
    mail = url == "mailto:" + text and _MAIL.fullmatch(text) is not None
    return mail and (context.dialect.html_blocks or "+" not in text)


def _target(url: str, title: str, context: InlineContext) -> str:
    """Where a link or an image leads, with its title: in round brackets, or as the label of a reference."""
    kramdown = context.dialect.attributes
    target = escape.destination(url, escapes=context.dialect.html_blocks)
    if kramdown:  # a `|` in a link, too, would begin a table
        target = target.replace("|", "%7C")
    if title:
        target = (target or "<>") + escape.title(title, escapes=not kramdown)
    if context.table:
        target = target.replace("|", "\\|" if title else "%7C")
    if context.references is None:
        return f"({target})"
    label = context.references.setdefault(target, f"link-{len(context.references) + 1}")
    return f"[{label}]"


def _image(line: Line, element: etree._Element) -> None:
    """As Markdown, or as HTML when the image has what Markdown has no place for."""
    context = line.context
    needed = {"src"} if context.dialect.images_without_alt else {"src", "alt"}
    attributes = set(element.keys())
    if not needed <= attributes <= _IMAGE or "align" in str(element.get("class") or ""):
        line.finished(rawhtml.inline(element))
        return
    alt = str(element.get("alt") or "")
    if context.dialect.busy.search(alt):
        alt = folded(alt)
        around = escape.PairedMarks(alt, context, emphasis=True, code=True)
        alt = escape.escape(alt, around, before="[", after="]", link=True)
        if context.dialect.attributes:
            alt = alt.replace("\\~", "~")  # which kramdown shows with its backslash here
    target = _target(str(element.get("src")), str(element.get("title") or ""), context)
    line.finished(f"![{alt}]{target}{_size(element, context)}")


def _size(image: etree._Element, context: InlineContext) -> str:
    """Width and height as kramdown's list of attributes: https://kramdown.gettalong.org/syntax.html#span-ials

    Not in headings, whose ids kramdown makes of all their text.
    """
    if not context.dialect.attributes or context.heading:
        return ""
    sizes = ((name, str(image.get(name) or "")) for name in ("width", "height"))
    found = [f'{name}="{value}"' for name, value in sizes if _PIXELS.fullmatch(value)]
    return f"{{: {' '.join(found)}}}" if found else ""


def _raw(line: Line, element: etree._Element) -> None:
    if element.text:
        line.finished(element.text)


def _code(line: Line, element: etree._Element) -> None:
    if len(element):
        _tagged(line, element)
        return
    text = folded(element.text or "")
    dialect = line.context.dialect
    escapes = line.context.table and not dialect.pipes  # kramdown takes code out of a row before it looks for cells
    in_doubt = escapes and "\\|" in text  # renderers differ on which of the two is escaped
    edges = not dialect.empty and text != text.strip()
    if not text or in_doubt or edges or line.follows(CodeSpan):
        line.finished(f"<code>{rawhtml.escaped(text)}</code>")
        return
    span = escape.code_span(text)
    line.finished(CodeSpan(span.replace("|", "\\|") if escapes else span))


def _input(line: Line, element: etree._Element) -> None:
    if element.get("data-task") and line.context.dialect.tasks:
        line.finished("[x]" if element.get("checked") is not None else "[ ]")
    else:
        line.finished(rawhtml.inline(element))


RULES: dict[str, Rule] = {
    **dict.fromkeys(UNWRAPPED, _unwrapped),
    **dict.fromkeys(TAGGED_INLINES, _tagged),
    **dict.fromkeys(DROPPED, lambda line, element: None),
    **dict.fromkeys(_EMPHASIS, _emphasis),
    **dict.fromkeys(("s", "strike", "del"), _strike),
    tree.RAW: _raw,
    "a": _link,
    "br": lambda line, element: line.line_break(),
    "code": _code,
    "img": _image,
    "input": _input,
}
