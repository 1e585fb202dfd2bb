"""Blocks: one small function an element, and the walk that turns runs of phrases between them into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS, CONTAINERS, HEADINGS
from converters.markdown.write import inlines, lists, rawhtml, tables
from converters.markdown.write.dialects import InlineContext
from converters.markdown.write.escape import longest_run
from converters.markdown.write.line import Line
from converters.markdown.write.lists import Rendered, join
from converters.markdown.write.prepare import holds_only_blocks
from converters.markdown.write.tokens import Embedded

_SPACE = " \t\r\n\f"
_DEPTH = 40
"""Quotes and lists nested deeper than this are written as HTML."""
_ID = re.compile(r"[A-Za-z][\w-]*")
_LANGUAGE = re.compile(r"(?:^|\s)(?:(?:language|lang)-([^\s`]+)|brush:\s*([\w+#.-]+))")
_LANGUAGE_KEYS = ("data-lang", "data-language", "data-enlighter-language")
_PRE_ATTRIBUTES = frozenset({"class", "id", "style", "lang", "title", *_LANGUAGE_KEYS})
_NAME = re.compile(r"[\w+#.-]+")
_HIGHLIGHTER = frozenset({"span", "i", "b"})


class Renderer:
    """Renders one document."""

    def __init__(self, context: InlineContext) -> None:
        self._context, self._dialect, self._anchors = context, context.dialect, context.anchors
        self._heading = self._context._replace(heading=True)
        self._cell = self._context._replace(table=True)
        self._depth = 0
        self._in_paragraph = False

    def flow(self, parent: etree._Element, *, skip: etree._Element | None = None) -> list[Rendered]:
        """The blocks inside an element, in order; `skip` is a child that is written elsewhere."""
        blocks: list[Rendered] = []
        line: Line | None = None
        text = parent.text
        if text and text.strip(_SPACE):
            line = Line(self._context)
            line.text(text)
        for child in parent:
            rule = _RULES.get(child.tag)
            if rule is None or not _is_block(child):
                if line is None:
                    if _stands_alone(child) and self._dialect.html_blocks:
                        blocks.append(self.raw(child))
                        continue
                    line = Line(self._context)
                inlines.add(line, child)
            elif child is not skip:
                if line is not None:
                    self._paragraph(line, blocks)
                    line = None
                self._add(child, rule, blocks)
            text = child.tail
            if text and (line is not None or text.strip(_SPACE)):
                line = line or Line(self._context)
                line.text(text)
        if line is not None:
            self._paragraph(line, blocks)
        return blocks

    def _paragraph(self, line: Line, blocks: list[Rendered]) -> None:
        """A run of phrases as a paragraph; embedded things alone are blocks of HTML."""
        out = line.out
        if not out:
            return
        if isinstance(out[0], Embedded) and all(isinstance(token, Embedded) or token == " " for token in out):
            blocks.extend(
                Rendered("html", rawhtml.block(token.element)) for token in out if isinstance(token, Embedded)
            )
            return
        bare = len(out) == 1 and type(out[0]) is str and not self._in_paragraph
        if bare and blocks and blocks[-1].kind in _HTML_KINDS and self._dialect.html_blocks:
            blocks[-1] = _with_bare_text(blocks[-1], rawhtml.text(str(out[0])))
            return
        blocks.append(Rendered("p", line.markdown()))

    def _add(self, element: etree._Element, rule: Rule, blocks: list[Rendered]) -> None:
        block = rule(self, element, blocks[-1] if blocks else None)
        if block is None:
            return
        if self._anchors and element.get("id") in self._anchors and element.tag in _ANCHORED:
            block = Rendered(block.kind, _with_anchor(block, str(element.get("id"))), block.marker)
        blocks.append(block)

    def verbatim(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        return Rendered("raw", element.text or "")

    def comment(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        return Rendered("comment", tree.comment(element))

    def raw(self, element: etree._Element, previous: Rendered | None = None) -> Rendered:
        return Rendered("html", rawhtml.block(element))

    def paragraph(self, element: etree._Element, previous: Rendered | None) -> Rendered | None:
        if _holds_blocks(element):
            self._in_paragraph = True
            text = join(self.flow(element))
            self._in_paragraph = False
        else:
            text = inlines.render(element, self._context)
        return Rendered("p", text) if text else None

    def heading(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        level = int(tree.name(element)[1])
        text = inlines.render(element, self._heading)
        text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)
        if not text and not self._dialect.empty:
            return self.raw(element)
        id = str(element.get("id") or "")
        if id and self._dialect.heading_ids and _ID.fullmatch(id):
            text = f"{text} {{#{id}}}"
        return Rendered("heading", f"{'#' * level} {text}".rstrip(" "))

    def rule(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        return Rendered("rule", "---")

    def quote(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        if self._depth >= _DEPTH:
            return self.raw(element)
        self._depth += 1
        text = join(self.flow(element))
        self._depth -= 1
        lines = ("> " + line if line else ">" for line in text.split("\n"))
        text = "\n".join(lines)
        if previous is not None and previous.kind == "quote" and not self._dialect.markers_part_lists:
            text = "^\n\n" + text
        return Rendered("quote", text)

    def listing(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        if self._depth >= _DEPTH or not lists.is_plain(element):
            return self.raw(element)
        self._depth += 1
        block = lists.render(element, self._item, previous, self._dialect)
        self._depth -= 1
        return block

    def _item(self, element: etree._Element) -> list[Rendered]:
        box = element[0] if len(element) and tree.name(element[0]) == "p" and len(element[0]) else element
        first = box[0] if len(box) else None
        if first is not None and self._dialect.tasks and _is_task(first) and not (box.text or "").strip():
            first.set("data-task", "1")
        blocks = self.flow(element)
        if element.get("id") in self._anchors and blocks and blocks[0].kind == "p":
            blocks[0] = Rendered("p", _with_anchor(blocks[0], str(element.get("id"))))
        return blocks

    def code(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        """A fenced block, for text alone; a poem (`verse`) is no code, and markup inside a `pre` stays as HTML."""
        if "verse" in str(element.get("class") or "").split():
            return self.raw(element)
        code = element[0] if len(element) == 1 and tree.name(element[0]) == "code" else None
        box = element if code is None else code
        outside = code is not None and ((element.text or "").strip() or (code.tail or "").strip())
        if outside or any(
            tree.name(inner) not in _HIGHLIGHTER or inner.get("class") is None for inner in box.iterdescendants()
        ):
            return self.raw(element)
        if not _PRE_ATTRIBUTES.issuperset(str(name) for name in element.attrib):
            return self.raw(element)
        text = tree.plain_text(box)
        text = text[:-1] if text.endswith("\n") else text
        fence = "`" * max(3, longest_run(text) + 1)
        return Rendered("code", f"{fence}{_language(element, code)}\n{text}{chr(10) if text else ''}{fence}")

    def table(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        rows = tables.rows_of(element) if self._dialect.tables else None
        if rows is None:
            return self.raw(element)
        text = tables.render(rows, lambda cell: inlines.render(cell, self._cell))
        if not self._dialect.html_blocks and "</" in text:
            return self.raw(element)  # kramdown lets a tag reach into the next cell
        return Rendered("table", text)

    def definitions(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        """Terms with one-line definitions; everything richer stays HTML."""
        if not self._dialect.definitions:
            return self.raw(element)
        children = [child for child in element if tree.name(child)]
        names = [tree.name(child) for child in children]
        simple = names[:1] == ["dt"] and set(names) == {"dt", "dd"} and names[-1] == "dd"
        if not simple or any(_is_rich(child) for child in children):
            return self.raw(element)
        lines: list[str] = []
        for index, child in enumerate(children):
            text = inlines.render(child, self._context)
            if not text or "\n" in text:
                return self.raw(element)
            if names[index] == "dt" and index and names[index - 1] == "dd":
                lines.append("")
            lines.append(text if names[index] == "dt" else f": {text}")
        return Rendered("definitions", "\n".join(lines))

    def container(self, element: etree._Element, previous: Rendered | None) -> Rendered:
        """The tags on lines of their own, Markdown between them; HTML as a whole when it holds bare text."""
        summary = element[0] if len(element) and tree.name(element[0]) == "summary" else None
        bare = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        blocks_only = all(_is_block(child) for child in element if tree.name(child) or child.tag == tree.RAW)
        whole = bare or not blocks_only or not len(element) or element.tag in self._dialect.raw_inside
        if self._depth >= _DEPTH or whole:
            return self.raw(element)
        if not self._dialect.html_blocks:
            element.set("markdown", "1")
        head = rawhtml.open_tag(element)
        if summary is not None:
            head += "\n" + rawhtml.block(summary)
        self._depth += 1
        inner = join(self.flow(element, skip=summary))
        self._depth -= 1
        return Rendered(
            "html", f"{head}\n\n{inner}\n\n{rawhtml.close_tag(element)}" if inner else head + rawhtml.close_tag(element)
        )


def _is_rich(element: etree._Element) -> bool:
    """Whether it holds more than one line."""
    return any(_is_block(inner) or tree.name(inner) == "br" for inner in element.iterdescendants("*"))


def _is_task(element: etree._Element) -> bool:
    """A box in front of an item's text, with the space behind it that Markdown needs."""
    return element.tag == "input" and element.get("type") == "checkbox" and (element.tail or "")[:1] in tuple(_SPACE)


_HTML_KINDS = ("html", "comment")
_ENDING_TAGS = ("</script>", "</style>", "</pre>", "-->")
"""What ends a block of HTML at the end of its line."""
_ANCHORED = frozenset({"p", "blockquote", "ul", "ol", "pre", "table", "hr"})


def _with_bare_text(block: Rendered, text: str) -> Rendered:
    """Bare text, which is no paragraph, right behind a block of HTML belongs to it, as long as its line goes on."""
    if block.text.endswith(_ENDING_TAGS):
        return Rendered("comment", block.text + text)
    return Rendered(block.kind, f"{block.text}{' ' if block.kind == 'comment' else chr(10)}{text}")


def _with_anchor(block: Rendered, id: str) -> str:
    anchor = f'<a id="{escape(id)}"></a>'
    return anchor + block.text if block.kind == "p" else f"{anchor}\n\n{block.text}"


def _holds_blocks(element: etree._Element) -> bool:
    if _RULES.keys().isdisjoint([child.tag for child in element]):  # called for every paragraph
        return False
    return any(child.tag in _RULES and _is_block(child) for child in element)


def _is_block(element: etree._Element) -> bool:
    tag = element.tag
    if tag in BLOCKS:
        return True
    if tag == tree.RAW:
        return tree.is_block(element)
    if tag in ("ins", "del"):
        return holds_only_blocks(element)
    parent = element.getparent()  # a comment: it stays where it is between the blocks of the document
    return parent is not None and parent.getparent() is None


_FEW = 30


def _stands_alone(element: etree._Element) -> bool:
    """An inline element on lines of its own between the blocks of the document is no paragraph, nor are a few."""
    parent = element.getparent()
    if parent is None or parent.getparent() is not None:
        return False
    for _ in range(_FEW):
        if not (element.text or "").startswith("\n") or element.tag in ("br", "img", "code", tree.RAW):
            return False
        if (element.tail or "").strip(_SPACE) or not rawhtml.is_tag(tree.name(element)):
            return False
        following = element.getnext()
        if following is None or following.tag in BLOCKS:
            return True
        element = following
    return False


def _language(element: etree._Element, code: etree._Element | None) -> str:
    """The language, given as `language-x`, `lang-x`, `brush: x`, `data-lang` or, on GitHub, as `lang` of the `pre`."""
    boxes = [box for box in (code, element) if box is not None]
    for box in boxes:
        if found := _LANGUAGE.search(str(box.get("class") or "")):
            return str(found[1] or found[2])
    names = [str(box.get(key) or "") for box in boxes for key in _LANGUAGE_KEYS]
    names.append(str(element.get("lang") or "") if boxes[1:] else "")
    return next((name for name in names if _NAME.fullmatch(name)), "")


Rule = Callable[[Renderer, etree._Element, Rendered | None], Rendered | None]
_RULES: dict[object, Rule] = {
    **dict.fromkeys(BLOCKS, Renderer.raw),
    **dict.fromkeys((*CONTAINERS, "ins", "del"), Renderer.container),
    **dict.fromkeys(HEADINGS, Renderer.heading),
    "p": Renderer.paragraph,
    "hr": Renderer.rule,
    "blockquote": Renderer.quote,
    "ul": Renderer.listing,
    "ol": Renderer.listing,
    "pre": Renderer.code,
    "table": Renderer.table,
    "dl": Renderer.definitions,
    tree.RAW: Renderer.verbatim,
    etree.Comment: Renderer.comment,
    etree.ProcessingInstruction: Renderer.comment,
}
"""What is in the table may be a block; everything else is part of a line."""
