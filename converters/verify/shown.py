"""What a page, or a part of one, shows its readers: words line by line, and links, images, code and players.

Read from the tree that turbohtml makes of a file, and from the lxml tree that the importer makes of the text, by the
same rules, so that the two can be compared. None of the importer's own rules is used: what both share, both lose.
Scripts, styles, templates, what is for readers without scripts, and hidden elements show nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from converters.verify.html_facts import html_facts
from converters.verify.html_source import BLOCK_TAGS, WORD, HtmlSource, letters, printed
from converters.verify.urls_told import late_urls, told

if TYPE_CHECKING:
    from turbohtml import Element

Get = Callable[[str], object]
"""Gives the value of an element's attribute."""


class ShownLine(NamedTuple):
    """The words of a block, or of a line of code."""

    text: str
    box: object = None
    """The element that holds it, of the page as it came."""


class Thing(NamedTuple):
    """What is no word. `keys` are the forms of it of which one has to be there, `value` names it to people."""

    kind: str
    """link, image, image text, heading, code (a line of it), embed or media, as in docs/verify.md."""
    keys: tuple[str, ...]
    value: str


class Shown:
    """Lines and things of a part of a page, in its order."""

    def __init__(self) -> None:
        self.lines: list[ShownLine] = []
        self.things: list[Thing] = []

    def add(self, other: Shown) -> None:
        self.lines += other.lines
        self.things += other.things


_NOTHING = frozenset("script style template noscript textarea title head math mjx-container annotation".split())
"""Elements that show nothing, or what is no text in any line: formulas are written in another way."""
_FRAMES = frozenset("iframe video audio canvas lite-youtube youtube-lite lite-vimeo amp-youtube amp-vimeo".split())
"""What is inside is for browsers that cannot show them, or is a button that starts them."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FORMULA = re.compile(r"(?:^|\s)(?:katex|mwe-math-element|MathJax|MathJax_\w+|MJX_Assistive_MathML)(?:\s|$)")
_MARK = re.compile(r"[\[(]?\s*(?:(?:n|nb|fn|note)[ .:]?)?\s*(?:\d{1,4}|[a-z*†‡§¶]{1,2})\s*[\])]?", re.I)
"""The label of a mark: the notes of a text are numbered anew, so that it is another one in the post."""
_NOTE = re.compile(r"(?:^|\s)(?:side-?note|margin-?note|[\w-]*footnote__note|sidenote__content)(?:\s|$)", re.I)
"""Boxes of notes that stand in the line they are about; what is behind them is a line of its own here."""
_COPY = frozenset("copy copied code to clipboard the this".split())
"""Words of buttons that a highlighter puts above code."""
_BUTTONS = frozenset({"button", "clipboard-copy"})
"""Each is a line of its own."""
_PIXEL = ("0", "1")
_PLACEHOLDER = 2_000
"""Characters of an image in a `data:` URL up to which it may only keep the place of one that a script loads."""
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class _Collector:
    """Takes a tree element by element."""

    def __init__(self) -> None:
        self.shown = Shown()
        self._words: list[str] = []
        self._mark = -1
        """Where the label of a link within the page begins in the words."""
        self._link: tuple[str, list[str]] | None = None
        self._linked_image = False
        self._code: list[str] | None = None
        self._heading: list[str] | None = None
        self._boxes: list[object] = []

    def start(self, tag: str, get: Get, box: object) -> bool:
        """An element begins. Does it show what is inside?"""
        if tag in _NOTHING or get("hidden") is not None:
            return False
        style, kinds = get("style"), get("class")
        if style and _HIDDEN.search(str(style)):
            return False
        if kinds and tag in ("span", "div") and _FORMULA.search(str(kinds)):
            return False
        if tag in BLOCK_TAGS or tag in _BUTTONS or (kinds and _NOTE.search(str(kinds))):
            self._end_line()
            if self._code is not None:
                self._code.append("\n")
        rule = _THINGS.get(tag)
        if rule is not None:
            rule(self, get)
        if tag in _FRAMES:
            return False
        self._boxes.append(box)
        return True

    def text(self, data: str) -> None:
        if self._code is not None:
            self._code.append(data)
            first, *others = data.split("\n")
            self._words.append(first)
            for line in others:
                self._end_line()
                self._words.append(line)
        else:
            self._words.append(data)
        if self._link is not None:
            self._link[1].append(data)
        if self._heading is not None:
            self._heading.append(data)

    def end(self, tag: str) -> None:
        if tag in _BUTTONS and {word.lower() for word in WORD.findall("".join(self._words))} <= _COPY:
            self._words.clear()
        if tag in BLOCK_TAGS:
            self._end_line()
            if self._code is not None and tag != "pre":
                self._code.append("\n")
        elif tag == "a":
            self._end_mark()
            self._end_link()
        if tag == "pre":
            self._end_code()
        elif tag in HEADINGS:
            self._end_heading()
        self._boxes.pop()

    def finish(self) -> Shown:
        self._end_line()
        return self.shown

    def link(self, get: Get) -> None:
        self._end_link()
        href = str(get("href") or "").strip()
        self._link, self._linked_image = (href, []), False
        self._mark = len(self._words) if "#" in href or href.startswith("javascript:") else -1

    def image(self, get: Get) -> None:
        if str(get("width")) in _PIXEL and str(get("height")) in _PIXEL:
            return
        urls = [url for url in late_urls(get) if len(url) > _PLACEHOLDER or not url.startswith("data:")]
        if not urls:
            return
        self._thing("image", urls)
        self._linked_image = True
        if words := key_of(str(get("alt") or "")):
            self.shown.things.append(Thing("image text", (words, *map(told, urls)), str(get("alt"))))

    def frame(self, get: Get) -> None:
        if str(get("width")) not in _PIXEL and str(get("height")) not in _PIXEL:
            self._thing("embed", late_urls(get))

    def media(self, get: Get) -> None:
        self._thing("media", late_urls(get))

    def pre(self, get: Get) -> None:
        if self._code is None:
            self._code = []

    def heading(self, get: Get) -> None:
        self._heading = []

    def _thing(self, kind: str, urls: list[str]) -> None:
        if keys := tuple(key for url in urls if (key := told(url))):
            self.shown.things.append(Thing(kind, keys, urls[0][:200]))

    def _end_line(self) -> None:
        if self._words:
            text = "".join(self._words)
            self._words.clear()
            self._mark = -1
            if not text.isspace() and text:
                self.shown.lines.append(ShownLine(text, self._boxes[-1] if self._boxes else None))

    def _end_link(self) -> None:
        if self._link is None:
            return
        (url, pieces), self._link = self._link, None
        words = key_of("".join(pieces))
        shows = bool(words) or self._linked_image
        if url and shows and not url.startswith("#") and not url[:11].lower().startswith(("javascript:", "data:")):
            keys = (told(url), f"={words}") if words else (told(url),)
            self.shown.things.append(Thing("link", keys, url[:200]))

    def _end_mark(self) -> None:
        start, self._mark = self._mark, -1
        if start >= 0 and _MARK.fullmatch("".join(self._words[start:]).strip()):
            del self._words[start:]
            self._link = None

    def _end_heading(self) -> None:
        text, self._heading = "".join(self._heading or ()), None
        if words := key_of(text):
            self.shown.things.append(Thing("heading", (words,), " ".join(text.split())[:200]))

    def _end_code(self) -> None:
        if self._code is None:
            return
        text, self._code = "".join(self._code), None
        lines = [line for line in text.split("\n") if line.strip()]
        if not all(line.strip().isdecimal() for line in lines):  # numbers of lines, beside the code
            self.shown.things += [Thing("code", (line.rstrip(),), line.strip()) for line in lines]


_THINGS: dict[str, Callable[[_Collector, Get], None]] = {
    "a": _Collector.link,
    "img": _Collector.image,
    "amp-img": _Collector.image,
    "iframe": _Collector.frame,
    "video": _Collector.media,
    "audio": _Collector.media,
    "pre": _Collector.pre,
    **dict.fromkeys(HEADINGS, _Collector.heading),
}


def of_page(root: Element) -> Shown:
    """What an element of a page as it came shows, or the whole page."""
    from turbohtml import Element, Text

    found = _Collector()
    if not found.start(root.tag, root.attr, root):
        return found.shown
    ways: list[tuple[str, Iterator[object]]] = [(root.tag, iter(root.children))]
    while ways:
        tag, children = ways[-1]
        for child in children:
            if isinstance(child, Text):
                found.text(child.data)
            elif isinstance(child, Element) and found.start(child.tag, child.attr, child):
                ways.append((child.tag, iter(child.children)))
                break
        else:
            found.end(tag)
            ways.pop()
    return found.finish()


def of_tree(root: etree._Element) -> Shown:
    """What a tree shows that the importer made, or has taken something out of."""
    found = _Collector()
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: object = None
    for event, node in walk:
        if event == "start":
            tag = str(node.tag).rpartition("}")[2]
            if found.start(tag, node.get, None):
                if node.text:
                    found.text(node.text)
            else:
                skipped = node
                walk.skip_subtree()
            continue
        if event == "end":
            if node is skipped:
                skipped = None
            else:
                found.end(str(node.tag).rpartition("}")[2])
        if node.tail and node is not root:
            found.text(node.tail)
    return found.finish()


def of_html(html: str) -> Shown:
    """What HTML shows that a step left out, or what is in another field of the post."""
    found, source = Shown(), HtmlSource(html)
    found.lines = [ShownLine(line) for line in source.shown.split("\n") if not line.isspace() and line]
    for kind, value in html_facts(source):
        if kind == "code":
            found.things += [Thing("code", (line.rstrip(),), line) for line in value.split("\n")]
        elif kind == "image text":
            found.things.append(Thing(kind, (key_of(value),), value))
        elif kind in ("image", "link", "bare link"):
            found.things.append(Thing(kind.removeprefix("bare "), (told(value),), value))
    return found


def key_of(line: str) -> str:
    """The letters of a line: how lines are compared. Capitals mean nothing: a style sheet may have made them."""
    return letters(printed(line)).casefold()
