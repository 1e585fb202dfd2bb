"""The exact text of code: its lines, blank lines and indentation, without numbers, buttons and what else is beside it.

A line is what a browser shows as one: what stands between line breaks, and a box of its own (`<div>`, `<li>`, a row of
a table). No-break spaces are how makers without `<pre>` write indentation; they become blanks there, and everywhere in
a text that has hardly other blanks.
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from converters.html import tree
from converters.importers.html.code.places import Place
from converters.importers.shared.elements import attribute, classes

_BLOCKS = frozenset(
    """div p li ol ul table thead tbody tfoot tr pre dl dt dd section article blockquote figure h1 h2 h3 h4 h5 h6
    center address xmp listing""".split()
)
_STRUCTURE = frozenset("table thead tbody tfoot tr ol ul dl colgroup".split())
"""Text directly in these is the layout of the page's source."""
_SILENT = frozenset("script style template button clipboard-copy textarea caption title select input colgroup".split())
_NUMBERS = re.compile(
    r"(?:^|\s)(?:lnt|ln|lineno|linenos|linenum|line-?numbers?|line_numbers?|gutter|gl|line-numbers-rows|linenodiv|rouge-gutter"
    r"|lntd-number|blob-num|hljs-ln-numbers|hljs-ln-n|crayon-nums?(?:-content)?|CodeMirror-gutter\S*|CodeMirror-linenumber"
    r"|cm-gutters?|ace_gutter\S*|lake-preview-line-number|react-syntax-highlighter-line-number|code-?line-?numbers?"
    r"|line-numbers-wrapper|diff-line-num|code-block-extension-lineNum|lnr|linenr|ec-gutter|eqnum)(?:\s|$)",
    re.I,
)
_TOOLS = re.compile(
    r"(?:^|\s)(?:test-arrow|line-highlight)(?:\s|$)|(?:^|\s)(?:\S*[-_])?(?:toolbar|copy|copybtn|copied|clipboard|copy-?(?:button|btn|code)|btn-copy|crayon-plain-wrap|crayon-info"
    r"|CodeMirror-(?:measure|cursors)|zeroclipboard\S*)(?:\s|$|[-_])",
    re.I,
)
_SIGN_OF_NO_CODE = re.compile(r"[^\W\d_]")
_SPAN_LINES = frozenset({"line", "token-line", "code-line", "loc", "cl", "row", "codeline", "hljs-line", "view-line"})
_IN_LINE = frozenset({"span", "code"})
_BLANKS = re.compile(r"[ \t\n\r\f]*")
_LEADING = re.compile(r"^[ \t\xa0]*\xa0[ \t\xa0]*", re.M)
_ONLY_SIGNS = re.compile(r"^[\xa0\u200b\ufeff]+$", re.M)
_BESIDE_NUMBERS = frozenset({"div", "p", "code", "pre"})
_SIDES = 12
_TOOL = 60
_LOOKED_AT = 4_000
_LEVELS = 20
_TOP = re.compile(r"(?:^|;)\s*top\s*:\s*(-?\d+)")
_DISPLAY_BLOCK = re.compile(r"(?:^|;)\s*display\s*:\s*(?:block|flex|grid)", re.I)


def exact(place: Place) -> str:
    """The text of the code at a place."""
    element = place.element
    if place.line:
        text = "\n".join(_Reader(line, pre=True).read() for line in _lines_of_editor(element, place.line))
    else:
        _clear_sequence(element)
        text = _Reader(element, pre=not place.lines).read()
    return _tidy(text)


def clear(pre: etree._Element) -> None:
    """Take out what shows numbers of lines and buttons."""
    tree.remove_all(pre, [inner for inner in pre.iter("*") if inner is not pre and is_beside(inner)])


def is_beside(element: etree._Element) -> bool:
    """Is it something that a highlighter adds: a number, a button?"""
    tag = tree.name(element)
    if not tag or tag in _SILENT:
        return True
    kinds = attribute(element, "class")
    if not kinds and element.get("aria-hidden") is None and element.get("data-line-number") is None:
        return False
    if _TOOLS.search(kinds) and tag not in ("code", "pre") and _is_short(element):
        return True
    return tag != "code" and _is_number(element, kinds) and _is_no_text(element)


def _is_short(element: etree._Element) -> bool:
    """Are there no more words than a toolbar has? A class that sounds like one may be that of a line."""
    length = 0
    for number, inner in enumerate(element.iter("*")):
        if inner.tag == "textarea":
            return True
        length += len((inner.text or "").strip()) + (len((inner.tail or "").strip()) if inner is not element else 0)
        if length > _TOOL or number > _TOOL:
            return False
    return True


def _is_number(element: etree._Element, kinds: str) -> bool:
    hidden = element.get("aria-hidden") == "true" or element.get("data-line-number") is not None
    hidden = hidden or (element.tag == "td" and kinds == "number")
    return hidden or bool(_NUMBERS.search(kinds))


def _is_no_text(element: etree._Element) -> bool:
    """Has it nothing but figures and dots? One with an attribute for its number may show it by CSS."""
    text = tree.plain_text(element)
    return not _SIGN_OF_NO_CODE.search(text) and (not text.strip() or any(sign.isdecimal() for sign in text))


def _lines_of_editor(element: etree._Element, kind: str) -> list[etree._Element]:
    """Monaco has them in the order it drew them; their places are in their styles."""
    found = [line for line in element.iter("div", "pre") if kind in classes(line)]
    tops = [_TOP.search(attribute(line, "style")) for line in found]
    if found and all(tops):
        numbered = [(int(top[1]), number) for number, top in enumerate(tops) if top is not None]
        return [found[number] for _, number in sorted(numbered)]
    return found


def _clear_sequence(root: etree._Element) -> None:
    """Take out numbers of lines that only their order tells: 1, 2, 3, each the first in the box of its line."""
    rows: dict[etree._Element, list[etree._Element]] = {}
    for element in root.iter("span", "div"):
        line, follower = element.getparent(), element.getnext()
        if len(element) or not (element.text or "").strip().isdecimal() or (element.tail or "").strip():
            continue
        if line is None or line is root or follower is None or follower.tag not in _BESIDE_NUMBERS:
            continue
        before = element.getprevious()
        box = line.getparent()
        if (before is None or before.tag == "style") and not (line.text or "").strip() and box is not None:
            rows.setdefault(box, []).append(element)
    for box, found in rows.items():
        values = [int((element.text or "").strip()[:9]) for element in found]
        if 1 < len(found) == sum(child.tag != "style" for child in box) and _is_counted(values):
            tree.remove_all(root, found)


def _is_counted(values: list[int]) -> bool:
    return all(value == values[0] + number for number, value in enumerate(values))


class _Reader:
    """One walk over the elements of a text."""

    def __init__(self, root: etree._Element, *, pre: bool) -> None:
        self._root, self._pre = root, pre
        self._parts: list[str] = []
        self._fresh = True
        """At the start of a line."""
        self._owed = False
        """A box has ended; the break behind it is written when more comes."""
        self._starts: list[int] = []
        self._lines_are_spans = pre and self._has_span_lines()

    def read(self) -> str:
        walker = etree.iterwalk(self._root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                if element is not self._root and is_beside(element):
                    self._skipped = element
                    walker.skip_subtree()
                    continue
                self._start(element)
            elif element is self._root:
                break
            else:
                if event == "end":
                    self._end(element)
                self._text(element.tail, element.getparent(), element, element.getnext())
        return "".join(self._parts)

    _skipped: etree._Element | None = None

    def _start(self, element: etree._Element) -> None:
        tag = tree.name(element)
        if element is not self._root and self._is_block(element, tag):
            self._break()
            self._starts.append(len(self._parts))
        if tag == "br":
            self._write("\n")
        elif tag == "img":
            self._write(attribute(element, "alt"))
        elif marker := attribute(element, "data-code-marker"):
            self._write(marker)  # what a comparison writes before a line, by CSS
        self._text(element.text, element, None, element[0] if len(element) else None)

    def _end(self, element: etree._Element) -> None:
        if element is self._skipped:
            self._skipped = None
            return
        tag = tree.name(element)
        if not self._is_block(element, tag):
            return
        start = self._starts.pop()
        if len(self._parts) == start and self._is_empty_line(element, tag):
            self._break()
            self._parts.append("")
            self._fresh, self._owed = True, True
            self._parts.append("\n")
            self._owed = False
            return
        if not self._fresh:
            self._owed = True

    def _is_block(self, element: etree._Element, tag: str) -> bool:
        if tag in _BLOCKS:
            return True
        if tag not in _IN_LINE or element is self._root:
            return False
        if (self._lines_are_spans and _is_span_line(element)) or "gatsby-highlight-code-line" in classes(element):
            return True
        style = attribute(element, "style")
        return "display" in style and not self._pre and bool(_DISPLAY_BLOCK.search(style))

    def _is_empty_line(self, element: etree._Element, tag: str) -> bool:
        """A box without words beside others of its kind is a blank line."""
        if tag in _STRUCTURE and tag != "tr":
            return False
        if tag == "tr":
            return True
        if len(element) and all(is_beside(child) for child in islice(element, _SIDES)):
            return False  # a toolbar
        return any(near is not None and near.tag == tag for near in (element.getprevious(), element.getnext()))

    def _text(
        self,
        text: str | None,
        parent: etree._Element | None,
        before: etree._Element | None,
        after: etree._Element | None,
    ) -> None:
        if not text or parent is None:
            return
        if _BLANKS.fullmatch(text):
            if tree.name(parent) in _STRUCTURE:
                return
            text = self._between(text, *(near is not None and self._is_line(near, parent) for near in (before, after)))
        elif text[0] == "\xa0" and before is not None and before is not parent and is_beside(before):
            text = text[1:]  # it keeps a number apart from its line
        self._write(text)

    def _between(self, text: str, behind: bool, ahead: bool) -> str:
        """Blanks beside boxes for lines. `behind`, `ahead`: there is one on that side."""
        if "\n" not in text or not (behind or ahead):
            return text
        if not self._pre or (behind and ahead and text.count("\n") == 1):
            return ""
        if ahead:
            text = text[: text.rindex("\n") + 1]
        return text.partition("\n")[2] if behind else text

    def _is_line(self, near: etree._Element, parent: etree._Element) -> bool:
        return near is not parent and self._is_block(near, tree.name(near))

    def _break(self) -> None:
        if self._owed or not self._fresh:
            self._parts.append("\n")
            self._fresh, self._owed = True, False

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._owed:
            self._parts.append("\n")
            self._owed = False
        self._parts.append(text)
        self._fresh = text.endswith("\n")

    def _has_span_lines(self) -> bool:
        """Are there spans a line, with nothing but CSS to break them?"""
        pairs = joined = 0
        for span in islice(self._root.iter("span", "code"), _LOOKED_AT):
            follower = span.getnext() if _is_span_line(span) else None
            if follower is None or not _is_span_line(follower) or _is_blank(span):
                continue
            pairs += 1
            joined += not span.tail and not _ends_in_break(span)
        return joined * 2 > pairs


def _is_blank(span: etree._Element) -> bool:
    """One without words may hold a line break, which says nothing of the others."""
    return not len(span) and not (span.text or "").strip()


def _ends_in_break(span: etree._Element) -> bool:
    last = span
    for _ in range(_LEVELS):
        if not len(last):
            return (last.text or "").endswith("\n") or last.tag == "br"
        last = last[-1]
        if last.tail:
            return last.tail.endswith("\n")
    return False


def _is_span_line(span: etree._Element) -> bool:
    return not _SPAN_LINES.isdisjoint(classes(span)) or span.get("data-line") is not None or _is_code_line(span)


def _is_code_line(span: etree._Element) -> bool:
    parent = span.getparent()
    alone = span.getnext() is None and span.getprevious() is None  # not `len`, which counts all of them
    return span.tag == "code" and parent is not None and parent.tag == "pre" and not alone


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\xa0" in text or "\u200b" in text or "\ufeff" in text:
        text = _ONLY_SIGNS.sub("", text)
        if text.count("\xa0") > text.count(" "):
            text = text.replace("\xa0", " ")
        else:
            text = _LEADING.sub(lambda found: found[0].replace("\xa0", " "), text)
    return text
