"""Markdown as Hugo reads it into semantic HTML, for targets that do not take Markdown.

Shortcodes come first, as in Hugo: each is a mark in the text while the Markdown is read, and its HTML is put in its
place afterwards. Then comrak, a parser of CommonMark and GitHub's extensions, stands in for Hugo's goldmark: with
tables, struck text, tasks, footnotes, lists of definitions, bare addresses, raw HTML, and attributes of headings
(`{#id}`), which it does not know and which are read here. Signs are drawn where the site drew them (`typographer`):
“curved” quotation marks, – and — for hyphens, … for dots.
https://gohugo.io/configuration/markup/
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from html import escape, unescape
from typing import Any

from lxml import etree

from converters.errors import PluginError
from converters.html import placeholders, tree
from converters.html.elements import BLOCKS, HEADINGS, RAW_TEXT
from converters.html.placeholders import Marks
from converters.markdown.read import bounded, calls, raw_text, themed
from converters.markdown.read.calls import Handler, Handling, Inside, PageNames
from converters.markdown.read.extensions import alerts, configure, note_hooks, passed, take_attributes
from converters.markdown.read.teaser import end_of_teaser
from converters.markdown.scan import shortcodes
from converters.markdown.scan.regions import PROSE, regions
from converters.markdown.scan.shortcodes import Call
from converters.model import MarkdownBody, MarkdownOptions
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.rules import Rules
from converters.rules.read import template
from converters.rules.templates import Html, Values

_PLAIN = MarkdownOptions()
_HANDLERS = {**themed.HANDLERS, **calls.HANDLERS}
_MARKDOWN_INSIDE = themed.MARKDOWN_INSIDE | {"details"}
_READ = ("goldmark", "pandoc", "html")
_HEADING = re.compile(
    r"^(?P<atx>[ \t>*+-]*+#{1,6}[ \t][^\n]*?|(?P<setext>[^\n]*?\S))[ \t]*"
    r"(?<!\\)\{(?P<given>[ \t]*[#.\w][^{}\\\n]*)\}[ \t]*#*[ \t]*\r?$"
    r"(?(setext)(?=\n {0,3}(?:=++|-++)[ \t]*\r?$))",
    re.M,
)
"""A heading with attributes: `## Text {#id .class}`, or underlined."""
_HALF = re.compile("[\ud800-\udfff]")
"""No characters by themselves: nothing can be written in UTF-8 with one of them in it."""
HEADING = placeholders.word()
_SWALLOWING = (*RAW_TEXT, "textarea", "title", "xmp", "iframe", "noframes", "noembed", "noscript", "plaintext")
"""Between whose tags headings are text; one without an end holds all that follows."""
_ATTRIBUTES = re.compile(rf'<i class="{HEADING}" title="([^"]*)"[^<>]*></i>')
_ID = re.compile(r"#([^\s#.{}=]+)")
_LONE = re.compile(rf"<p>((?:{placeholders.PATTERN}\s*)+)</p>")
"""A paragraph of nothing but marks."""
_NOISE = ("data-footnotes", "data-footnote-ref", "data-footnote-backref", "data-footnote-backref-idx", "aria-label")


def to_tree(
    body: MarkdownBody,
    names: PageNames,
    log: Log,
    rules: Rules | None = None,
    handlers: Mapping[str, Handler] = _HANDLERS,
) -> etree._Element:
    """The tree of the text, inside a `div`. `rules` are the user's own, for shortcodes, and win over `handlers`.

    A language nothing here reads becomes preformatted text, which is noted.
    """
    if body.dialect not in _READ:
        log("markup.unread", body.dialect)
        root = etree.Element("div")
        etree.SubElement(root, "pre").text = body.text.strip("\n")
        return root
    return _Reading(names, log, rules or Rules(), handlers, body).tree(body.text)


def html_of(markdown: str, log: Log | None = None, *, autolink: bool = True, options: MarkdownOptions = _PLAIN) -> str:
    """The HTML of a text without shortcodes; bare URLs become links as in Hugo, unless `autolink` is False.

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
    render.hardbreaks = options.hard_breaks
    if options is not _PLAIN:
        configure(extensions, options)
    parse = comrak.ParseOptions()
    parse.smart = options.typographer
    html = str(
        comrak.render_markdown(safe.text, extension_options=extensions, parse_options=parse, render_options=render)
    )
    return bounded.restored(html) if safe.hidden else html


def tree_of(markdown: str, log: Log | None = None) -> etree._Element:
    """The tree of a text in which nothing is a shortcode, and URLs are links only where they are marked as such."""
    root = tree.parse(html_of(markdown, log, autolink=False), log)
    _tidy(root)
    return root


class _Reading:
    """One text on its way."""

    def __init__(
        self, names: PageNames, log: Log, rules: Rules, handlers: Mapping[str, Handler], body: MarkdownBody
    ) -> None:
        self._names, self._log, self._rules = names, log, rules
        self._markdown, self._options = body.dialect != "html", body.options
        self._handlers = handlers
        self._marks = Marks()
        """Of the HTML of the calls."""
        self._calls: deque[Call] = deque()
        """Those to come, in order."""
        self._ends: dict[int, Call] = {}
        """Where a call starts -> its end. A call without one holds nothing; an end without a beginning is text."""
        self._handling = Handling(names, log, self._inline)

    def tree(self, text: str) -> etree._Element:
        found = list(_looked_at(text))
        pairs = shortcodes.pairs(found, lambda call: call.name, DEFAULT.content_depth)
        self._ends = {pair.opening.start: pair.closing for pair in pairs}
        self._calls.extend(call for call in found if not call.closing)
        html = self._html(self._marked(text, 0, len(text)))
        root = tree.parse(html, self._log)
        _tidy(root)
        if self._options.block_attributes:
            take_attributes(root)
        if self._markdown:
            note_hooks(root, self._options, self._log)
        return root

    def _html(self, text: str) -> str:
        """Markdown with marks in it as HTML without any."""
        if not self._markdown:
            return self._marks.put_back(text)
        text = raw_text.hidden(passed(text, self._options, self._marks), self._marks)
        html = html_of(self._with_ids(text), self._log, options=self._options)
        return self._marks.put_back(_LONE.sub(self._unwrapped, html))

    def _with_ids(self, text: str) -> str:
        """The text with attributes of headings as an element, which `_tidy` takes away again."""
        if "{" not in text:
            return text
        parts, position = [], 0
        for region in regions(text):
            if region.kind == PROSE and "{" in (piece := text[region.start : region.end]):
                parts += [text[position : region.start], _HEADING.sub(self._with_id, piece)]
                position = region.end
        return "".join(parts) + text[position:]

    def _with_id(self, heading: re.Match[str]) -> str:
        id, text = _ID.search(heading["given"]), heading[0][len(heading["atx"]) :]
        named = f' id="{escape(id[1])}"' if id is not None else ""
        space = text[:1] if text[:1] in (" ", "\t") else ""  # after it, a mark of emphasis ends one
        mark = f'<i class="{HEADING}" title="{escape(text[len(space) :])}"{named}></i>'
        return heading["atx"] + space + self._marks.keep(mark)

    def _unwrapped(self, paragraph: re.Match[str]) -> str:
        """A paragraph of nothing but calls, without its tags where they are blocks."""
        found = (html for _, _, html in self._marks.find(paragraph[1]))
        return paragraph[1] if all(not html or _is_block(html) for html in found) else paragraph[0]

    def _inline(self, text: str) -> str:
        html = html_of(text, self._log, options=self._options).strip() if text.strip() else ""
        return html.removeprefix("<p>").removesuffix("</p>") if html.count("<p>") == 1 else html

    def _marked(self, text: str, start: int, end: int) -> str:
        """A stretch of the text with marks in place of its calls."""
        parts = []
        while self._calls and self._calls[0].start < end:
            call = self._calls.popleft()
            closing = self._ends.get(call.start)
            parts += [text[start : call.start], self._mark(text, call, closing)]
            start = (closing or call).end
        return "".join(parts) + text[start:end]

    def _mark(self, text: str, call: Call, closing: Call | None) -> str:
        if call.comment is not None:
            sign = {"<": ">"}.get(call.kind, call.kind)
            return self._marks.keep(escape(f"{{{{{call.kind}{call.comment}{sign}}}}}", quote=False))
        marked = self._marked(text, call.end, closing.start) if closing is not None else ""
        html = self._by_rule(call, marked)
        if html is None and call.name.lower().endswith(".inline"):
            html = self._own(text[call.end : closing.start] if closing is not None else "", call.name)
        if html is None and call.name in self._handlers:
            inside = Inside(self._marks.put_back(marked), self._html(marked) if call.name in _MARKDOWN_INSIDE else "")
            html = self._handlers[call.name](call, inside, self._handling)
        if html is not None:
            return self._marks.keep(html)
        if call.name not in calls.HANDLERS:
            self._log("shortcode.unknown", call.name)
        source = self._marks.keep(escape(text[call.start : call.end], quote=False))
        if closing is None:
            return source
        return source + marked + self._marks.keep(escape(text[closing.start : closing.end], quote=False))

    def _own(self, inside: str, name: str) -> str | None:
        """A shortcode that the page brings itself, as a template: its inside, where that says nothing to Hugo. Where
        they are not switched on, Hugo shows nothing. https://gohugo.io/content-management/shortcodes/#inline"""
        if not self._options.inline_shortcodes:
            self._log("shortcode.inline", name)
            return ""
        return None if "{{" in inside or not inside.strip() else inside

    def _by_rule(self, call: Call, marked: str) -> str | None:
        rule = self._rules.shortcodes.get(call.name)
        if rule is None:
            return None
        self._log("rule.applied", f"{call.name}: {rule.way}")
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


def _looked_at(text: str) -> Iterator[Call]:
    """The calls of the text but those inside of `highlight` and its like, where no call is looked for."""
    blind = ""
    for call in shortcodes.calls(text):
        if blind and not (call.closing and call.name == blind):
            continue
        opens = call.comment is None and not call.closing and not call.self_closing
        blind = call.name if opens and call.name in calls.RAW_INSIDE else ""
        yield call


def _tidy(root: etree._Element) -> None:
    """What the semantic HTML has in another form than the parser's."""
    linked = {
        unescape(str(link.get("href")))[1:] for link in root.iter("a") if str(link.get("href") or "").startswith("#")
    }
    taken: dict[str, int] = {}
    for heading in root.iter(*HEADINGS):
        _heading(heading, linked, taken)
    _restore_attributes(root)
    raw_text.tidy(root)
    alerts(root)
    for element in list(root.iter("sup", "section", "a", "li")):
        if str(element.get("class") or "").startswith("footnote"):
            del element.attrib["class"]
        for name in _NOISE:
            element.attrib.pop(name, "")
    end_of_teaser(root)
    for image in root.iter("img"):
        if image.get("alt") is None:
            image.set("alt", "")


def _heading(heading: etree._Element, linked: set[str], taken: dict[str, int]) -> None:
    """The id the author gave it; without one, that which goldmark makes of the text, where the page links to it."""
    given = next((mark for mark in heading.iter("i") if mark.get("class") == HEADING), None)
    if given is not None:
        before = given.getprevious()
        tree.remove(given)
        if before is None:
            heading.text = (heading.text or "").rstrip() or None
        else:
            before.tail = (before.tail or "").rstrip() or None
        if given.get("id"):
            heading.set("id", str(given.get("id")))
            return
    made = re.sub(r"[^\w\- ]", "", tree.plain_text(heading).strip().lower()).replace(" ", "-")
    count = taken.get(made, 0)
    taken[made] = count + 1
    own = f"{made}-{count}" if count else made
    if own in linked and heading.get("id") is None:
        heading.set("id", own)


def _restore_attributes(root: etree._Element) -> None:
    """Attributes of what turned out to be no heading are text."""
    for mark in [mark for mark in root.iter("i") if mark.get("class") == HEADING]:
        mark.text = mark.get("title")
        tree.unwrap(mark)
    for element in root.iter(*_SWALLOWING):
        if element.text and HEADING in element.text:
            element.text = _ATTRIBUTES.sub(lambda found: unescape(found[1]), element.text)
