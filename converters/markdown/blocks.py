"""Blocks: one small function an element, and the walk that turns runs of phrases between them into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from converters import tree
from converters.markdown import inlines, lists, rawhtml, tables
from converters.markdown.dialects import Dialect
from converters.markdown.elements import BLOCKS, CONTAINERS, DROPPED, RAW_EMBEDDED
from converters.markdown.lists import Block, join
from converters.markdown.straddle import holds_only_blocks

_DEPTH = 40
"""Quotes and lists nested deeper than this are written as HTML."""
_ID = re.compile(r"[A-Za-z][\w-]*")
_LANGUAGE = re.compile(r"(?:^|\s)(?:(?:language|lang)-([^\s`]+)|brush:\s*([\w+#.-]+))")
_LANGUAGE_KEYS = ("data-lang", "data-language", "data-enlighter-language")
_PRE_ATTRIBUTES = frozenset({"class", "id", "style", "lang", "title", *_LANGUAGE_KEYS})
_NAME = re.compile(r"([\w+#.-]+)")
_NAME = re.compile(r"[\w+#.-]+")
_HIGHLIGHTER = frozenset({"span", "i", "b"})


class Renderer:
    """Renders one document."""

    def __init__(self, dialect: Dialect, anchors: frozenset[str], *, references: bool = False) -> None:
        self._dialect = dialect
        self._anchors = anchors
        self.references: dict[str, str] = {}
        """Link targets and their labels, in the order of the document; filled in reference style only."""
        self._place = inlines.Place(dialect, anchors=anchors, references=self.references if references else None)
        self._depth = 0

    def flow(self, parent: etree._Element) -> list[Block]:
        """The blocks inside an element, in order."""
        blocks: list[Block] = []
        run: list[inlines.Node] = []
        for node in _content(parent, comments=parent.getparent() is None):
            if isinstance(node, str):
                if run or node.strip(" \t\r\n\f"):
                    run.append(node)
                continue
            if not _is_block(node):
                run.append(node)
                continue
            if run:
                self._paragraph(run, blocks)
                run = []
            block = self._block(node, blocks[-1] if blocks else None)
            if block is not None:
                blocks.append(block)
        if run:
            self._paragraph(run, blocks)
        return blocks

    def _paragraph(self, run: list[inlines.Node], blocks: list[Block]) -> None:
        """A run of phrases as a paragraph; embedded things alone are a block of HTML."""
        elements = [node for node in run if not isinstance(node, str)]
        if not elements and not any(isinstance(node, str) and node.strip(" \t\r\n\f") for node in run):
            return
        if elements and all(_embedded(node, self._dialect) for node in run):
            blocks.extend(Block("html", rawhtml.block(element)) for element in elements)
            return
        if not elements and blocks and blocks[-1].kind in _HTML_ENDS and self._dialect.html_blocks:
            above = blocks[-1].text
            ends = "" if above.endswith(_ENDING_TAGS) else _HTML_ENDS[blocks[-1].kind]
            text = rawhtml.text("".join(node for node in run if isinstance(node, str)), line_end=ends or " ")
            blocks[-1] = Block("html", above + ends + text)
            return
        text = inlines.render(run, self._place)
        if text:
            blocks.append(Block("p", text))

    def _block(self, element: etree._Element, previous: Block | None) -> Block | None:
        if element.tag == tree.RAW:
            return Block("raw", element.text or "")
        if tree.is_comment(element):
            return Block("comment", tree.comment(element))
        name = tree.name(element)
        rule = _RULES.get(name)
        if name in DROPPED:
            return None
        block = rule(self, element, previous) if rule is not None else self._raw(element)
        if block is not None and element.get("id") in self._anchors and name in _ANCHORED:
            block = Block(block.kind, _with_anchor(block, str(element.get("id"))), block.marker)
        return block

    def _raw(self, element: etree._Element, previous: Block | None = None) -> Block:
        return Block("html", rawhtml.block(element))

    def paragraph(self, element: etree._Element, previous: Block | None) -> Block | None:
        if not len(element):
            text = inlines.plain(element.text or "", self._place)
            return Block("p", text) if text else None
        if any(child.tag in _MAYBE_BLOCKS and _is_block(child) for child in element):
            blocks = self.flow(element)
            return Block("p", join(blocks)) if blocks else None
        text = inlines.render(_content(element), self._place)
        return Block("p", text) if text else None

    def heading(self, element: etree._Element, previous: Block | None) -> Block:
        level = int(tree.name(element)[1])
        text = inlines.render(_content(element), self._place._replace(heading=True))
        text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)
        if not text and not self._dialect.empty:
            return self._raw(element)
        id = str(element.get("id") or "")
        if id and self._dialect.heading_ids and _ID.fullmatch(id):
            text = f"{text} {{#{id}}}"
        return Block("heading", f"{'#' * level} {text}".rstrip(" "))

    def rule(self, element: etree._Element, previous: Block | None) -> Block:
        return Block("rule", "---")

    def quote(self, element: etree._Element, previous: Block | None) -> Block:
        if self._depth >= _DEPTH:
            return self._raw(element)
        self._depth += 1
        text = join(self.flow(element))
        self._depth -= 1
        lines = ("> " + line if line else ">" for line in text.split("\n"))
        text = "\n".join(lines)
        if previous is not None and previous.kind == "quote" and not self._dialect.markers_part_lists:
            text = "^\n\n" + text
        return Block("quote", text)

    def listing(self, element: etree._Element, previous: Block | None) -> Block:
        hollow = not self._dialect.empty and any(not len(item) and not (item.text or "").strip() for item in element)
        if self._depth >= _DEPTH or hollow or not lists.is_plain(element):
            return self._raw(element)
        self._depth += 1
        block = lists.render(element, self._item, previous, self._dialect)
        self._depth -= 1
        return block

    def _item(self, element: etree._Element, loose: bool) -> list[Block]:
        box = element[0] if len(element) and tree.name(element[0]) == "p" and len(element[0]) else element
        first = box[0] if len(box) else None
        if first is not None and tree.name(first) == "input" and not (box.text or "").strip() and self._dialect.tasks:
            first.set("data-task", "1")
        blocks = self.flow(element)
        if element.get("id") in self._anchors and blocks and blocks[0].kind == "p":
            blocks[0] = Block("p", _with_anchor(blocks[0], str(element.get("id"))))
        return blocks

    def code(self, element: etree._Element, previous: Block | None) -> Block:
        """A fenced block, for text alone; markup inside a `pre` stays as HTML."""
        code = element[0] if len(element) == 1 and tree.name(element[0]) == "code" else None
        box = element if code is None else code
        outside = code is not None and ((element.text or "").strip() or (code.tail or "").strip())
        if outside or any(
            tree.name(inner) not in _HIGHLIGHTER or inner.get("class") is None for inner in box.iterdescendants()
        ):
            return self._raw(element)
        if not _PRE_ATTRIBUTES.issuperset(str(name) for name in element.attrib):
            return self._raw(element)
        text = tree.plain_text(box)
        text = text[:-1] if text.endswith("\n") else text
        longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return Block("code", f"{fence}{_language(element, code)}\n{text}{chr(10) if text else ''}{fence}")

    def table(self, element: etree._Element, previous: Block | None) -> Block:
        rows = tables.rows_of(element) if self._dialect.tables else None
        if rows is None:
            return self._raw(element)
        place = self._place._replace(table=True)
        return Block("table", tables.render(rows, lambda cell: inlines.render(_content(cell), place)))

    def definitions(self, element: etree._Element, previous: Block | None) -> Block:
        """Terms with one-line definitions; everything richer stays HTML."""
        children = [child for child in element if tree.name(child)]
        names = [tree.name(child) for child in children]
        simple = self._dialect.definitions and names[:1] == ["dt"] and set(names) == {"dt", "dd"} and names[-1] == "dd"
        if not simple or any(_is_rich(child) for child in children):
            return self._raw(element)
        lines: list[str] = []
        for index, child in enumerate(children):
            text = inlines.render(_content(child), self._place)
            if not text or "\n" in text:
                return self._raw(element)
            if names[index] == "dt" and index and names[index - 1] == "dd":
                lines.append("")
            lines.append(text if names[index] == "dt" else f": {text}")
        return Block("definitions", "\n".join(lines))

    def container(self, element: etree._Element, previous: Block | None) -> Block:
        """The tags on lines of their own, Markdown between them; HTML as a whole when bare text stands inside."""
        summary = element[0] if len(element) and tree.name(element[0]) == "summary" else None
        bare = (element.text or "").strip() or any((child.tail or "").strip() for child in element)
        blocks_only = all(_is_block(child) for child in element if tree.name(child) or child.tag == tree.RAW)
        if self._depth >= _DEPTH or bare or not blocks_only or not len(element):
            return self._raw(element)
        if not self._dialect.html_blocks:
            element.set("markdown", "1")
        head = rawhtml.open_tag(element)
        if summary is not None:
            head += "\n" + rawhtml.block(summary)
            tree.remove(summary)
        self._depth += 1
        inner = join(self.flow(element))
        self._depth -= 1
        return Block(
            "html", f"{head}\n\n{inner}\n\n{rawhtml.close_tag(element)}" if inner else head + rawhtml.close_tag(element)
        )


def _is_rich(element: etree._Element) -> bool:
    """Does it hold more than one line?"""
    return any(_is_block(inner) or tree.name(inner) == "br" for inner in element.iterdescendants("*"))


_HTML_ENDS = {"html": "\n", "comment": ""}
"""Bare text, which is no paragraph, right behind a block of HTML belongs to it; a comment ends with its line."""
_ENDING_TAGS = ("</script>", "</style>", "</pre>")
_ANCHORED = frozenset({"p", "blockquote", "ul", "ol", "pre", "table", "hr"})


def _with_anchor(block: Block, id: str) -> str:
    anchor = f'<a id="{id}"></a>'
    return anchor + block.text if block.kind == "p" else f"{anchor}\n\n{block.text}"


def _content(element: etree._Element, *, comments: bool = False) -> Iterator[inlines.Node]:
    """Texts and children in order; comments only when asked for."""
    if element.text:
        yield element.text
    for child in element:
        if tree.name(child) or (comments and tree.is_comment(child)):
            yield child
        if child.tail:
            yield child.tail


_MAYBE_BLOCKS = BLOCKS | {tree.RAW, "ins", "del"}


def _is_block(element: etree._Element) -> bool:
    tag = element.tag
    if tag in BLOCKS:
        return True
    if tag == tree.RAW:
        return element.get("display") == "block"
    return (tag in ("ins", "del") and holds_only_blocks(element)) or tree.is_comment(element)


def _embedded(node: inlines.Node, dialect: Dialect) -> bool:
    """Something that stands for itself between blocks: a player, a drawing, or an element on lines of its own."""
    if isinstance(node, str):
        return not node.strip(" \t\r\n\f")
    name = tree.name(node)
    if name in RAW_EMBEDDED or name.startswith("{"):
        return True
    lines = dialect.html_blocks and (node.text or "").startswith("\n")
    return lines and name not in ("", "br", "img", "code") and node.tag != tree.RAW


def _language(element: etree._Element, code: etree._Element | None) -> str:
    """The language, said as `language-x`, `lang-x`, `brush: x`, `data-lang` or, on GitHub, as `lang` of the `pre`."""
    boxes = [box for box in (code, element) if box is not None]
    for box in boxes:
        if found := _LANGUAGE.search(str(box.get("class") or "")):
            return str(found[1] or found[2])
    names = [str(box.get(key) or "") for box in boxes for key in _LANGUAGE_KEYS]
    names.append(str(element.get("lang") or "") if boxes[1:] else "")
    return next((name for name in names if _NAME.fullmatch(name)), "")


_RULES: dict[str, Callable[[Renderer, etree._Element, Block | None], Block | None]] = {
    "p": Renderer.paragraph,
    "hr": Renderer.rule,
    "blockquote": Renderer.quote,
    "ul": Renderer.listing,
    "ol": Renderer.listing,
    "pre": Renderer.code,
    "table": Renderer.table,
    "dl": Renderer.definitions,
    **{f"h{level}": Renderer.heading for level in range(1, 7)},
    **dict.fromkeys((*CONTAINERS, "ins", "del"), Renderer.container),
}
