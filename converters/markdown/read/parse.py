"""Markdown as Hugo reads it into semantic HTML, for targets that do not take Markdown.

Shortcodes come first, as in Hugo: each is a mark in the text while the Markdown is read, and what it says is put in its
place afterwards. Then comrak, a parser of CommonMark and GitHub's extensions, stands in for Hugo's goldmark: with
tables, struck text, tasks, footnotes, lists of definitions, bare addresses, raw HTML, and attributes of headings
(`{#id}`), which it does not know and which are read here. Typographic replacement stays off: the author's characters
are kept.
https://gohugo.io/configuration/markup/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from lxml import etree

from converters.errors import PluginError
from converters.html import placeholders, tree
from converters.html.elements import BLOCKS
from converters.html.placeholders import Marks
from converters.markdown.read import bounded, calls
from converters.markdown.read.calls import Handler, Handling, Inside, PageNames
from converters.markdown.scan.regions import PROSE, regions
from converters.markdown.scan.shortcodes import Call
from converters.markdown.scan.shortcodes import calls as found_calls
from converters.model import MarkdownBody
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.rules import Rule, Rules
from converters.rules.read import template
from converters.rules.templates import Html, Values

_READ = ("goldmark", "pandoc", "html")
_HEADING = re.compile(
    r"^(?P<atx>[ \t>*+-]*+#{1,6}[ \t][^\n]*?|(?P<setext>[^\n]*?\S))[ \t]*"
    r"(?<!\\)\{(?P<said>[ \t]*[#.\w][^{}\\\n]*)\}[ \t]*#*[ \t]*\r?$"
    r"(?(setext)(?=\n {0,3}(?:=++|-++)[ \t]*\r?$))",
    re.M,
)
"""A heading with attributes: `## Words {#id .class}`, or underlined."""
_HALF = re.compile("[\ud800-\udfff]")
"""No characters by themselves: nothing can be written in UTF-8 with one of them in it."""
HEADING = placeholders.word()
_ID = re.compile(r"#([^\s#.{}=]+)")
_LONE = re.compile(rf"<p>((?:{placeholders.PATTERN}\s*)+)</p>")
"""A paragraph of nothing but marks."""
_NOISE = ("data-footnotes", "data-footnote-ref", "data-footnote-backref", "data-footnote-backref-idx", "aria-label")


def to_tree(
    body: MarkdownBody,
    names: PageNames,
    log: Log,
    rules: Rules | None = None,
    handlers: Mapping[str, Handler] = calls.HANDLERS,
) -> etree._Element:
    """The tree of the text, inside a `div`. `rules` are the user's own, for shortcodes, and win over `handlers`.

    A language nothing here reads becomes preformatted text, which is noted.
    """
    if body.dialect not in _READ:
        log("markup.unread", body.dialect)
        root = etree.Element("div")
        etree.SubElement(root, "pre").text = body.text.strip("\n")
        return root
    return _Reading(names, log, rules or Rules(), handlers, markdown=body.dialect != "html").tree(body.text)


def html_of(markdown: str, log: Log | None = None, *, autolink: bool = True) -> str:
    """The HTML of a text without shortcodes; bare addresses become links as in Hugo, unless told otherwise.

    What would cost more than grows with the text stays text, and is noted: see `converters.markdown.read.bounded`.
    """
    try:
        import comrak
    except ImportError as error:
        raise PluginError("comrak is not installed, which reads Markdown: pip install comrak.") from error
    safe = bounded.bounded(markdown if markdown.isascii() else _HALF.sub("\ufffd", markdown), autolink=autolink)
    if log is not None:
        for what in safe.cut:
            log("markup.too-much", what)
    extensions, render = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = extensions.strikethrough = extensions.tasklist = True
    extensions.autolink = autolink
    extensions.footnotes, extensions.description_lists = True, safe.definitions
    render.unsafe_ = True
    html = str(comrak.render_markdown(safe.text, extension_options=extensions, render_options=render))
    return bounded.restored(html) if safe.hidden else html


class _Node:
    """A call and, where its end was found, what stands between."""

    __slots__ = ("call", "end", "inner")

    def __init__(self, call: Call) -> None:
        self.call = call
        self.end: Call | None = None
        self.inner: list[_Node] = []


class _Reading:
    """One text on its way."""

    def __init__(
        self, names: PageNames, log: Log, rules: Rules, handlers: Mapping[str, Handler], *, markdown: bool
    ) -> None:
        self._names, self._log, self._rules, self._markdown = names, log, rules, markdown
        self._handlers = handlers
        self._marks = Marks()
        """Of what the calls say."""
        self._handling = Handling(names, log, self._inline)

    def tree(self, text: str) -> etree._Element:
        nodes = _nested(text, self._log)
        html = self._html(self._marked(text, 0, len(text), nodes))
        root = tree.parse(html, self._log)
        _tidy(root)
        return root

    def _html(self, text: str) -> str:
        """Markdown with marks in it as HTML without any."""
        html = html_of(self._with_ids(text), self._log) if self._markdown else text
        return self._marks.put_back(_LONE.sub(self._unwrapped, html))

    def _with_ids(self, text: str) -> str:
        """The text with attributes of headings said as an element, which the tidying takes away again."""
        if "{" not in text:
            return text
        parts, position = [], 0
        for region in regions(text):
            if region.kind == PROSE and "{" in (piece := text[region.start : region.end]):
                parts += [text[position : region.start], _HEADING.sub(self._with_id, piece)]
                position = region.end
        return "".join(parts) + text[position:]

    def _with_id(self, heading: re.Match[str]) -> str:
        id = _ID.search(heading["said"])
        marked = f'<i class="{HEADING}" id="{escape(id[1])}"></i>' if id is not None else ""
        return f"{heading['atx']}{self._marks.keep(marked)}"

    def _unwrapped(self, paragraph: re.Match[str]) -> str:
        """A paragraph of nothing but calls, without its tags where they say blocks."""
        said = (html for _, _, html in self._marks.find(paragraph[1]))
        return paragraph[1] if all(not html or _is_block(html) for html in said) else paragraph[0]

    def _inline(self, text: str) -> str:
        html = html_of(text, self._log).strip() if text.strip() else ""
        return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html

    def _marked(self, text: str, start: int, end: int, nodes: list[_Node]) -> str:
        """A stretch of the text with its calls said."""
        parts = []
        for node in nodes:
            parts.append(text[start : node.call.start])
            parts.append(self._say(text, node))
            start = (node.end or node.call).end
        return "".join(parts) + text[start:end]

    def _say(self, text: str, node: _Node) -> str:
        call = node.call
        if call.comment is not None:
            opening, closing = ("{{<", ">}}") if call.kind == "<" else ("{{%", "%}}")
            return self._marks.keep(escape(f"{opening}{call.comment}{closing}", quote=False))
        marked = self._marked(text, call.end, node.end.start, node.inner) if node.end is not None else ""
        said = self._by_rule(call, marked)
        if said is None and call.name in self._handlers:
            inside = Inside(self._marks.put_back(marked), self._html(marked) if call.name in ("details",) else "")
            said = self._handlers[call.name](call, inside, self._handling)
        if said is not None:
            return self._marks.keep(said)
        if call.name not in self._handlers:
            self._log("shortcode.unknown", call.name)
        source = self._marks.keep(escape(text[call.start : call.end], quote=False))
        if node.end is None:
            return source
        return source + marked + self._marks.keep(escape(text[node.end.start : node.end.end], quote=False))

    def _by_rule(self, call: Call, marked: str) -> str | None:
        rule = self._rules.shortcodes.get(call.name)
        if rule is None:
            return None
        self._log("rule.applied", f"{call.name}: {_kind(rule)}")
        if rule.drop:
            return ""
        inside = self._html(marked)
        if rule.unwrap:
            return inside
        made = template(rule, f"shortcodes.{call.name}")
        assert made is not None, "a rule that neither drops nor unwraps has a template"
        named: dict[str, Any] = {argument.key: argument.value for argument in call.arguments if argument.key}
        plain = tuple(argument.value for argument in call.arguments if not argument.key)
        values = Values(named, plain, inside, lambda: tree.plain_text(tree.parse(inside)).strip())
        parts = made.render(values)
        if rule.html is not None:
            return "".join(parts)
        return "".join(str(part) if isinstance(part, Html) else escape(part, quote=False) for part in parts)


def _is_block(html: str) -> bool:
    found = re.match(r"\s*<(\w+)", html)
    return found is not None and found[1].lower() in BLOCKS


def _kind(rule: Rule) -> str:
    return "drop" if rule.drop else "unwrap" if rule.unwrap else "html" if rule.html is not None else "raw"


def _nested(text: str, log: Log) -> list[_Node]:
    """The calls of the text; each holds those up to its end. An end without a beginning is text."""
    top: list[_Node] = []
    stack: list[_Node] = []
    opened: dict[str, int] = {}
    blind = ""
    for call in found_calls(text):
        if blind and not (call.closing and call.name == blind):
            continue
        if call.closing:
            blind = ""
            if opened.get(call.name):
                _close(stack, call, top, opened)
            continue
        node = _Node(call)
        (stack[-1].inner if stack else top).append(node)
        if call.comment is None and not call.self_closing and len(stack) < DEFAULT.content_depth:
            stack.append(node)
            opened[call.name] = opened.get(call.name, 0) + 1
            blind = call.name if call.name in calls.RAW_INSIDE else ""
    while stack:
        _let_go(stack.pop(), stack, top)
    return top


def _close(stack: list[_Node], end: Call, top: list[_Node], opened: dict[str, int]) -> None:
    """Close the last call of that name; those opened since have no end."""
    while True:
        node = stack.pop()
        opened[node.call.name] -= 1
        if node.call.name == end.name:
            node.end = end
            return
        _let_go(node, stack, top)


def _let_go(node: _Node, stack: list[_Node], top: list[_Node]) -> None:
    """A call without an end: what seemed to be inside it stands behind it."""
    (stack[-1].inner if stack else top).extend(node.inner)
    node.inner = []


def _tidy(root: etree._Element) -> None:
    """What the contract of the semantic HTML wants and the parser says in another way."""
    linked = {
        unescape(str(link.get("href")))[1:] for link in root.iter("a") if str(link.get("href") or "").startswith("#")
    }
    taken: dict[str, int] = {}
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        _heading(heading, linked, taken)
    for element in list(root.iter("sup", "section", "a", "li")):
        if str(element.get("class") or "").startswith("footnote"):
            del element.attrib["class"]
        for name in _NOISE:
            element.attrib.pop(name, "")
    ended = False
    for comment in [node for node in root.iter() if tree.is_comment(node)]:
        ended = _comment(comment, root, ended=ended) or ended
    for image in root.iter("img"):
        if image.get("alt") is None:
            image.set("alt", "")


def _heading(heading: etree._Element, linked: set[str], taken: dict[str, int]) -> None:
    """The id the author gave it; without one, that which goldmark makes of the words, where the page links to it."""
    given = next((mark for mark in heading.iter("i") if mark.get("class") == HEADING), None)
    if given is not None:
        heading.set("id", str(given.get("id")))
        tree.remove(given)
        return
    made = re.sub(r"[^\w\- ]", "", tree.plain_text(heading).strip().lower()).replace(" ", "-")
    count = taken.get(made, 0)
    taken[made] = count + 1
    own = f"{made}-{count}" if count else made
    if own in linked and heading.get("id") is None:
        heading.set("id", own)


def _comment(comment: etree._Element, root: etree._Element, *, ended: bool) -> bool:
    """The end of the teaser comes to stand between the blocks; other comments say nothing to a reader."""
    if ended or (comment.text or "").strip() != "more":
        tree.remove(comment)
        return False
    comment.text = "more"
    if comment.getparent() is not root:
        block = [comment, *comment.iterancestors()][-2]
        tree.remove(comment)
        block.addnext(comment)
    return True
