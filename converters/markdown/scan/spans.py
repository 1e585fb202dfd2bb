"""The URLs in a Markdown text, each where it is, so that one can be changed and not one other byte.

Found are those of links and images (inline and by reference), of autolinks, of attributes in raw HTML, and of arguments
of Hugo's shortcodes. Code (spans, fenced, indented, `highlight` shortcodes), comments and commented shortcodes hold
none. CommonMark's rules decide (https://spec.commonmark.org/0.31.2/#links). Linear time, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from converters.markdown.scan import shortcodes
from converters.markdown.scan.regions import PROSE, Region, paired_backticks, regions

LINK, IMAGE, AUTOLINK, ATTRIBUTE, ARGUMENT = "link", "image", "autolink", "attribute", "argument"


class Span(NamedTuple):
    """A URL. `start` and `end` enclose it as it is written, without the marks around it."""

    start: int
    end: int
    kind: str
    name: str = ""
    """Tag and attribute (`img src`), or shortcode and key (`figure src`)."""
    plain: bool = True
    """Written bare: a new one must not hold spaces or unbalanced brackets."""


_ATTRIBUTES = frozenset({"src", "href", "poster", "data", "cite", "background", "action"})
_KEYS = frozenset(
    "src url href link image img poster cover thumbnail thumb background featured photo video audio file source".split()
)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s/]|/[^\s/*]|\.{1,2}/\S")
_CODE_CALLS = frozenset({"highlight"})

_EVENT = re.compile(r"\\.|`++|!?\[|\]|<|\{\{[<%]|https?://|www\.", re.S)
_SPACE = re.compile(r"[ \t]*+(?:\r?\n[ \t]*+)?")
_POINTED = re.compile(r"<((?:[^<>\\\n]|\\[^\n])*+)>")
_TITLE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)", re.S)
_LINE_END = re.compile(r"[ \t]*+(?:\r?\n|\Z)")
_TAG_END = re.compile(r"\s*+/?+>")
_BARE = re.compile(r"(?:\\[!-/:-@\[-`{-~]|[^\s()\x00-\x1f\x7f])*+")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*+)>")
_LINKIFIED = re.compile(r"(?:https?://|www\.)[^\s<>\[\]`]*+")
_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9:\-]*+)(?=[\s/>])")
_ATTRIBUTE = re.compile(r"\s*+/?\s*+([^\s\"'<>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'=<>`]++)))?+")
_DEFINITION = re.compile(
    r"(?:\A|(?<=\n))[ \t>]*+(?:(?:[-+*]|\d{1,9}[.)])[ \t]++)?\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:", re.S
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.S)
_DEEPEST = 32
"""Round brackets inside an address, nested: CommonMark requires as many."""


def spans(text: str) -> list[Span]:
    """All addresses of the text, in order."""
    scanner = _Scanner(text)
    for region in regions(text):
        scanner.region(region)
    return sorted(scanner.found())


def rewrite(text: str, change: Callable[[Span, str], str | None]) -> str:
    """The text with the addresses that `change` gives another; the rest stays byte for byte."""
    parts: list[str] = []
    done = len(text)
    for span in reversed(spans(text)):
        new = change(span, text[span.start : span.end])
        if new is not None and span.end <= done:
            parts += [text[span.end : done], new]
            done = span.start
    parts.append(text[:done])
    return "".join(reversed(parts))


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: list[Span] = []
        self._definitions: dict[str, Span] = {}
        self._image_labels: set[str] = set()
        """Labels that images refer to."""
        self._blind = 0
        """Up to here the text was read already, or holds code."""
        self._missing: set[str] = set()
        """Ends that do not come any more."""
        self._brackets: list[tuple[int, bool]] = []
        self._dead = 0
        self._code: dict[int, int] = {}
        """Start of a run of backticks -> end of the code it begins."""

    def found(self) -> Iterator[Span]:
        yield from self._spans
        for label, span in self._definitions.items():
            yield span._replace(kind=IMAGE) if label in self._image_labels else span

    def region(self, region: Region) -> None:
        start = max(region.start, self._blind)
        if start >= region.end:
            return
        self._brackets, self._dead = [], 0
        if region.kind == PROSE:
            start = self._leading_definitions(start, region.end)
            runs = paired_backticks(self._text, start, region.end)
            self._code = {run.start(): runs[partner][0].end() for run, partner in runs if partner}
        while (event := _EVENT.search(self._text, start, region.end)) is not None:
            start = self._take(event, region)

    def _take(self, event: re.Match[str], region: Region) -> int:
        """Read one construct; returns where to go on."""
        mark = event[0]
        if mark.startswith("{{"):
            return self._shortcode(event.start(), region.end)
        if mark == "<":
            return self._pointed(event.start(), region.end, prose=region.kind == PROSE)
        if region.kind != PROSE:
            return event.start() + 1 if mark[0] == "\\" else event.end()  # HTML knows no escapes
        if mark[0] == "\\":
            return event.end()
        if mark[0] == "`":
            return self._code.get(event.start(), event.end())
        if mark.endswith("["):
            self._brackets.append((event.start(), mark[0] == "!"))
            return event.end()
        if mark == "]":
            return self._close(event.end(), region.end)
        if mark[0] in "hw":
            return self._bare_address(event.start(), region.end)
        return event.end()

    def _close(self, position: int, end: int) -> int:
        """Behind a `]`: a link or an image, if a bracket is open that can begin one."""
        if not self._brackets:
            return position
        opened, image = self._brackets.pop()
        alive = image or len(self._brackets) >= self._dead
        self._dead = min(self._dead, len(self._brackets))
        if not alive:
            return position
        behind = self._inline(position, end, IMAGE if image else LINK) if self._at(position, "(", end) else 0
        if behind:
            if not image:  # links hold no links
                self._dead = len(self._brackets)
            return behind
        if image:
            self._refer(opened, position, end)
        return position

    def _at(self, position: int, mark: str, end: int) -> bool:
        return position < end and self._text[position] == mark

    def _inline(self, position: int, end: int, kind: str) -> int:
        """`(address "title")`; returns the place behind it, 0 where there is none."""
        start = self._skip(position + 1, end)
        found = self._destination(start, end, parenthesised=True)
        if found is None:
            return 0
        first, last, behind = found
        after = self._skip(behind, end)
        if after > behind and (title := _TITLE.match(self._text, after, end)) is not None:
            after = self._skip(title.end(), end)
        if not self._at(after, ")", end):
            return 0
        if last > first:
            self._spans.append(Span(first, last, kind, plain=first == start))
        return after + 1

    def _skip(self, position: int, end: int) -> int:
        found = _SPACE.match(self._text, position, end)
        return found.end() if found else position

    def _destination(self, start: int, end: int, *, parenthesised: bool) -> tuple[int, int, int] | None:
        """(start, end, place behind) of an address at `start`."""
        if self._at(start, "<", end):
            found = _POINTED.match(self._text, start, end)
            return (found.start(1), found.end(1), found.end()) if found else None
        if self._text.startswith("{{", start):
            call = shortcodes.call_at(self._text, start, end, self._missing)
            if call is not None:  # [text]({{< ref "a.md" >}})
                self._arguments(call)
                return call.end, call.end, self._bare(call.end, end)
        behind = self._bare(start, end)
        return (start, behind, behind) if behind >= 0 and (behind > start or parenthesised) else None

    def _bare(self, position: int, end: int) -> int:
        """The end of an address without marks around it, whose round brackets pair; -1 where they do not."""
        depth = 0
        while True:
            found = _BARE.match(self._text, position, end)
            position = found.end() if found else position
            if position >= end or self._text[position] not in "()":
                break
            if self._text[position] == "(":
                depth += 1
                if depth > _DEEPEST:
                    return -1
            elif not depth:
                break
            else:
                depth -= 1
            position += 1
        return -1 if depth else position

    def _refer(self, opened: int, position: int, end: int) -> None:
        """`![text][label]`, `![label][]`, `![label]`."""
        text = self._text[opened + 2 : position - 1] if position - opened < 1_002 else ""
        found = _LABEL.match(self._text, position, end) if self._at(position, "[", end) else None
        self._image_labels.add(_folded(found[1] if found is not None and found[1].strip() else text))

    def _leading_definitions(self, start: int, end: int) -> int:
        """`[label]: address "title"`, as many as are at the start of a paragraph."""
        while (found := _DEFINITION.match(self._text, start, end)) is not None:
            at = self._skip(found.end(), end)
            address = self._destination(at, end, parenthesised=False)
            if address is None or address[1] <= address[0]:
                return start
            first, last, behind = address
            line_end = self._definition_end(behind, end)
            if line_end < 0:
                return start
            self._definitions.setdefault(_folded(found[1]), Span(first, last, LINK, plain=first == at))
            start = line_end
        return start

    def _definition_end(self, behind: int, end: int) -> int:
        """The start of the line after a definition; -1 where something is behind it that is no title."""
        after = self._skip(behind, end)
        title = _TITLE.match(self._text, after, end) if after > behind else None
        closed = _LINE_END.match(self._text, title.end(), end) if title is not None else None
        closed = closed or _LINE_END.match(self._text, behind, end)
        return closed.end() if closed is not None else -1

    def _bare_address(self, start: int, end: int) -> int:
        """An address that becomes a link by itself."""
        if start and (self._text[start - 1].isalnum() or self._text[start - 1] in "/:_-"):
            return start + 3
        found = _LINKIFIED.match(self._text, start, end)
        if found is None:
            return start + 3
        address = found[0].rstrip("?!.,:*_~'\"")
        closing = len(address) - len(address.rstrip(")"))
        unopened = min(closing, max(address.count(")") - address.count("("), 0))
        address = address[: len(address) - unopened]
        if len(address) > 8:
            self._spans.append(Span(start, start + len(address), AUTOLINK))
        return max(start + len(address), start + 3)

    def _pointed(self, start: int, end: int, *, prose: bool) -> int:
        """Behind a `<`: an autolink, a comment, or a tag."""
        if self._text.startswith("<!--", start):
            return self._behind("-->", start + 4, end, start + 4 if prose else end)
        found = _AUTOLINK.match(self._text, start, end) if prose else None
        if found is not None:
            self._spans.append(Span(found.start(1), found.end(1), AUTOLINK))
            return found.end()
        tag = _TAG.match(self._text, start, end)
        return self._tag(tag, end, prose=prose) if tag is not None else start + 1

    def _behind(self, mark: str, position: int, end: int, otherwise: int) -> int:
        """The place behind the next `mark`."""
        if mark in self._missing:
            return otherwise
        found = self._text.find(mark, position, end)
        if found < 0:
            if end == len(self._text):
                self._missing.add(mark)
            return otherwise
        return found + len(mark)

    def _tag(self, tag: re.Match[str], end: int, *, prose: bool) -> int:
        name, position = tag[1].lower(), tag.end()
        spans: list[Span] = []
        while (found := _ATTRIBUTE.match(self._text, position, end)) is not None:
            value = next((group for group in (2, 3, 4) if found[group]), 0)
            if value and found[1].lower() in _ATTRIBUTES and "{{" not in found[value]:
                key = f"{name} {found[1].lower()}"
                spans.append(Span(found.start(value), found.end(value), ATTRIBUTE, key, plain=value == 4))
            position = found.end()
        closed = _TAG_END.match(self._text, position, end)
        if closed is None:
            return max(tag.end(), tag.start() + 1)
        self._spans += spans
        if name in ("script", "style", "textarea") and not self._text[closed.start() : closed.end()].endswith("/>"):
            return self._behind(f"</{name}", closed.end(), end, end) if not prose else closed.end()
        return closed.end()

    def _shortcode(self, start: int, end: int) -> int:
        """A call may run over blank lines, into the next region."""
        call = shortcodes.call_at(self._text, start, len(self._text), self._missing)
        if call is None:
            return start + 3
        self._blind = max(self._blind, call.end)
        if call.comment is None and not call.closing:
            self._arguments(call)
            if call.name in _CODE_CALLS and not call.self_closing:
                self._blind = self._end_of(call)
        return max(call.end, min(self._blind, end))

    def _end_of(self, call: shortcodes.Call) -> int:
        mark = f"end of {call.name}"
        if mark in self._missing:
            return call.end
        found = re.compile(rf"\{{\{{[<%]\s*/\s*{re.escape(call.name)}\s*[>%]\}}\}}").search(self._text, call.end)
        if found is None:
            self._missing.add(mark)
            return call.end
        return found.end()

    def _arguments(self, call: shortcodes.Call) -> None:
        for argument in call.arguments:
            known = argument.key.lower() in _KEYS and argument.value
            if (known or _ADDRESS.match(argument.value)) and argument.value == self._text[
                argument.start : argument.end
            ]:
                name = f"{call.name} {argument.key}".rstrip()
                self._spans.append(Span(argument.start, argument.end, ARGUMENT, name, plain=False))


def _folded(label: str) -> str:
    return " ".join(label.casefold().split())
