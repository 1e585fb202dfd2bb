"""Posts of the source and what was written of them, side by side for the report: taken while a post is converted.

Both are shown as markup that is harmless wherever it is put: nothing runs, nothing is loaded, no URL but that of a link
is kept, and whatever the tree is like, the result is well nested, in one line, and no longer than it may be. Headings,
list items outside of lists, cells and the like become elements without such a role, so that a post does not change the
outline of the page it is shown on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from heapq import heappush, heappushpop
from html import escape
from typing import NamedTuple

import msgspec
from lxml import etree

from converters import item_timeout
from converters.html import tree
from converters.item_timeout import ItemTimeout
from converters.markdown.read.parse import html_of
from converters.model import Entry, HtmlBody, MarkdownBody, Place, Status
from converters.model.notices import Log, Notice, Severity
from converters.output import OutFile, OutPart
from pipelines.report import redact

_LIMIT = 12_000
"""Characters of each side."""
_READ = 400_000
"""Characters of a text that are rendered."""
_WORD = re.compile(r"\w+")
_HTML = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")
READ_BY_ALL = frozenset({Status.PUBLISHED})
"""Only these posts are shown."""
_WEIGHT = {Severity.INFO: 1, Severity.CHANGED: 10, Severity.LOST: 100, Severity.FAILED: 1000}


def weight(notices: Iterable[Notice]) -> int:
    """How much of a post was changed or lost."""
    return sum(_WEIGHT[notice.severity] for notice in notices)


def is_grave(weight: int) -> bool:
    """Was anything changed or lost?"""
    return weight >= _WEIGHT[Severity.CHANGED]


class Limits(NamedTuple):
    """How many posts are shown side by side, and how large these may be together."""

    graver: int = 0
    """Posts of which something was changed or lost."""
    others: int = 0
    bytes: int = 0


class Words(msgspec.Struct):
    """Of a post whose renderings stand side by side."""

    source: int
    found: int
    """Of these, in the result."""


class SideBySide(msgspec.Struct, frozen=True):
    """The two sides as markup, and how many words of the source are in the result."""

    source: str
    result: str
    words: Words
    crashed: bool = False
    """Making it ended the process."""


class SideBySides:
    """Shows the gravest of the posts that it is given, in the order of the source."""

    def __init__(self, limits: Limits) -> None:
        self._sizes = limits.others, limits.graver
        self._heaps: tuple[list[int], list[int]] = ([], [])

    def __bool__(self) -> bool:
        return any(self._sizes)

    def of(
        self,
        entry: Entry,
        place: Place,
        source: HtmlBody | MarkdownBody,
        files: Sequence[OutFile | OutPart],
        notices: Iterable[Notice],
    ) -> SideBySide | None:
        """None for a post that is not among the gravest so far. Never fails: what cannot be shown says so."""
        if entry.status not in READ_BY_ALL or not self._is_wanted(weight(notices)):
            return None
        before, words = _shown(lambda: _source(entry, source))
        after, found = _shown(lambda: _result(entry, place, files))
        has = Counter(_WORD.findall(words.casefold()))
        there = (has & Counter(_WORD.findall(found.casefold()))).total()
        return SideBySide(before, after, Words(has.total(), there))

    def _is_wanted(self, weight: int) -> bool:
        size, heap = self._sizes[is_grave(weight)], self._heaps[is_grave(weight)]
        if len(heap) < size:
            heappush(heap, weight)
            return True
        if not heap or weight <= heap[0]:  # of two with the same weight the earlier one counts
            return False
        heappushpop(heap, weight)
        return True


def snapshot(body: HtmlBody | MarkdownBody) -> HtmlBody | MarkdownBody:
    """The body as it is now, whatever is done to the post."""
    if isinstance(body, HtmlBody):
        return HtmlBody(deepcopy(body.root))
    return MarkdownBody(body.text, body.dialect, body.options)


def not_shown(why: str) -> SideBySide:
    """In place of a pair that could not be made."""
    lost = _unshown(why)
    return SideBySide(lost, lost, Words(0, 0), crashed=True)


def _unshown(why: str) -> str:
    return f'<p class="none">Cannot be shown: {escape(why)}.</p>'


def _shown(side: Callable[[], etree._Element]) -> tuple[str, str]:
    """(markup, text)."""
    markup = Markup(_LIMIT)
    try:
        return item_timeout.call(lambda: (markup.of(side()), markup.text))
    except (Exception, ItemTimeout) as error:  # whatever is wrong with it, the post is converted
        return _unshown(type(error).__name__), ""


def _source(_: Entry, body: HtmlBody | MarkdownBody) -> etree._Element:
    if isinstance(body, HtmlBody):
        return body.root
    return tree.parse(body.text[:_READ]) if body.dialect == "html" else _rendered(body.text)


def _result(_: Entry, place: Place, files: Sequence[OutFile | OutPart]) -> etree._Element:
    if not place.path.endswith((*_HTML, *_MARKDOWN)):
        return tree.parse(next(filter(None, map(_content, files)), "")[:_READ])
    data = next((file.data for file in files if file.path == place.path), b"")
    text = _behind_matter(data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"))
    return tree.parse(text[:_READ]) if place.path.endswith(_HTML) else _rendered(text)


def _behind_matter(text: str) -> str:
    """The text of a file without its front matter, which need not be understood where marks of YAML or TOML end it."""
    mark = f"\n{text[:3]}\n"
    if text[:4] in ("---\n", "+++\n") and mark in text:
        return text.partition(mark)[2]
    from converters.frontmatter import read as frontmatter  # which brings a whole reader of YAML

    return frontmatter.read(text, Log()).text


def _rendered(markdown: str) -> etree._Element:
    return tree.parse(html_of(markdown[:_READ]))


def _content(file: OutFile | OutPart) -> str:
    """The text of an item of JSON."""
    try:
        value = msgspec.json.decode(file.data)
    except msgspec.MsgspecError:
        return ""
    return str(value.get("content_html") or "") if isinstance(value, dict) else ""


_SAME = frozenset(
    "p ul ol li blockquote pre code em strong b i del ins s sub sup mark kbd samp var q cite u table tbody tr td "
    "figure figcaption div hr br".split()
)
_AS = {
    **dict.fromkeys(("thead", "tfoot"), "tbody"), "th": "td class=th", "caption": "", "dl": "div", "dt": "div class=dt",
    "dd": "div class=dd", "details": "div", "summary": "div class=dt", "strike": "s", "tt": "code", "center": "div",
    "section": "div", "article": "div", "address": "div",
    **{f"h{level}": f"div class=h{level}" for level in range(1, 7)},
}  # fmt: skip
_SIGNS = frozenset("img video audio iframe embed object script form svg math canvas source".split())
"""Shown as a sign that names them, without what is inside."""
_SILENT = frozenset("style template noscript head title meta link col colgroup track param".split())
_LISTS = ("ul", "ol")
_VOID = ("hr", "br")
_CUT = ' <strong class="cut">Cut here: the rest is in the file.</strong>'
_LONGEST_ADDRESS = 300


class Markup:
    """Writes one tree. `text` is what a reader may see of it."""

    def __init__(self, limit: int) -> None:
        self._limit, self._length = limit, 0
        self._out: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []
        """(tag, what ends it) of the elements we are in; both may be empty."""
        self._tags: Counter[str] = Counter()
        """How many of each tag are open."""

    @property
    def text(self) -> str:
        return " ".join(self._words)

    def of(self, root: etree._Element) -> str:
        """The markup of what is inside the root. Iterative: there may be no bound to the depth."""
        self._say(root.text)
        work: list[tuple[etree._Element, bool]] = [(child, False) for child in reversed(root)]
        while work:
            element, ended = work.pop()
            if ended:
                tag, end = self._open.pop()
                self._tags[tag] -= 1
                self._out.append(end)
                self._say(element.tail)
            elif self._begin(element):
                work.append((element, True))
                self._say(element.text, counts=not _is_url_of_player(element))
                work.extend((child, False) for child in reversed(element))
            else:
                self._say(element.tail)
        if self._length > self._limit:
            self._out.append(_CUT)
        return "".join(self._out)

    def _begin(self, element: etree._Element) -> bool:
        """Write how the element begins; is there an inside to go on with?"""
        name = tree.name(element)
        if element.tag == tree.RAW:
            self._raw(element)
        elif name in _SIGNS:
            self._sign(element, name)
        elif name == "input":
            self._put(self._item("☑ " if "checked" in element.attrib else "☐ "))
        elif name and name not in _SILENT:
            self._start(element, name)
            return True
        return False

    @property
    def _inside(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _start(self, element: etree._Element, name: str) -> None:
        given = _AS.get(name, name if name in _SAME else "")
        if given == "li" and self._inside not in _LISTS:
            given = "div"
        start, tag = f"<{given}>" if given else "", given.partition(" ")[0]
        if name == "a" and not self._tags["a"]:
            tag, start = _link(element)
        end = f"</{tag}>" if tag and tag not in _VOID else ""
        if self._inside in _LISTS and given != "li":
            start, end = f"<li>{start}", f"{end}</li>"
        self._open.append((tag, end if self._put(start) else ""))
        self._tags[tag] += 1

    def _raw(self, element: etree._Element) -> None:
        tag = "pre" if element.get("display") == "block" else "code"
        self._words.append(element.text or "")
        text = escape(redact.personal(element.text or "")[: self._room], quote=False)
        self._put(self._item(f"<{tag}>{_lines(text)}</{tag}>"))

    def _sign(self, element: etree._Element, name: str) -> None:
        alt = " ".join(str(element.get("alt") or "").split())
        self._words.append(alt)
        address = redact.secrets(str(element.get("src") or element.get("data") or ""))
        address = "data:" if address.startswith("data:") else address[:_LONGEST_ADDRESS]
        said = ": ".join(filter(None, (_CALLED.get(name, name), escape(redact.personal(alt)))))
        shown = f" <code>{escape(address)}</code>" if address else ""
        self._put(self._item(_line(f'<span class="sign">{said}{shown}</span>')))

    def _say(self, text: str | None, counts: bool = True) -> None:
        if counts:
            self._words.append(text or "")
        if not text or self._length > self._limit:
            return
        if not text.strip():
            self._put(" " if "\n" not in text or not self._tags["pre"] else _lines(text))
        else:
            cut = escape(redact.personal(text)[: self._room + 1], quote=False)
            self._put(self._item(_lines(cut) if self._tags["pre"] else _line(cut)))

    @property
    def _room(self) -> int:
        return max(0, self._limit - self._length)

    def _item(self, markup: str) -> str:
        """Lists hold items and nothing else."""
        return f"<li>{markup}</li>" if self._inside in _LISTS else markup

    def _put(self, markup: str) -> bool:
        if self._length > self._limit:
            return False
        self._out.append(markup)
        self._length += len(markup)
        return True


def _is_url_of_player(element: etree._Element) -> bool:
    """The link of an embed that shows its own address: readers saw a player, and targets that show one show no URL."""
    parent = element.getparent()
    is_embed = element.tag == "a" and parent is not None and "embed" in str(parent.get("class") or "").split()
    return is_embed and (element.text or "").strip() == element.get("href")


def _link(element: etree._Element) -> tuple[str, str]:
    """(tag, start) of a link that leads somewhere on the web; any other is words with a line below."""
    address = redact.secrets(str(element.get("href") or ""))[:_LONGEST_ADDRESS]
    named = any(piece.strip() for piece in element.itertext()) or element.find(".//img") is not None
    words = "" if named else escape(address or "link")
    if address.lower().startswith(("http://", "https://")):
        return "a", _line(f'<a href="{escape(address)}" rel="noopener noreferrer">{words}')
    return "u", _line(f"<u>{words}")


_CALLED = {"img": "Picture"}


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _lines(text: str) -> str:
    return text.replace("\r", "").replace("\n", "&#10;")
