"""A run of phrasing content while it is taken in: white space as a browser shows it, spans still without marks.

Spaces, breaks and the starts of spans are held back until something visible comes: so there is one space at most, none
at the edges of a line and none at the inside of a span. When all is there and all neighbours are known, emphasis gets
its marks and text its backslashes.
"""

from __future__ import annotations

import re

from converters.markdown.write import edges, escape
from converters.markdown.write.dialects import InlineContext
from converters.markdown.write.emphasis import resolve
from converters.markdown.write.tokens import MARKS, Break, Delimited, Delimiter, Finished, Token, written

_SPACE = re.compile(r"[ \t\r\n\f]+")
_FOLDED = re.compile(r"[\t\r\n\f]|  ")


def folded(text: str) -> str:
    """White space as HTML folds it: a no-break space is a character like any other."""
    return _SPACE.sub(" ", text) if _FOLDED.search(text) else text


class Line:
    """Takes texts, delimiters and finished pieces in document order; `markdown` is what they come to."""

    __slots__ = ("_breaks", "_ends", "_held", "_marks", "_space", "_special", "context", "depth", "out")

    def __init__(self, context: InlineContext) -> None:
        self.context = context
        self.depth = 0
        """How many elements are open around what comes next."""
        self.out: list[Token] = []
        self._held: list[Delimiter] = []
        self._space = False
        self._breaks = 0
        self._ends: list[int] = []
        """Where among the tokens a line ends."""
        self._marks = False
        self._special = context.references is not None

    def text(self, text: str) -> None:
        """Add text. One search tells whether it is plain."""
        dialect = self.context.dialect
        if dialect.busy.search(text):
            text = folded(text)
            self._special = self._special or dialect.special.search(text) is not None
        if text[0] == " ":
            self._space = True
            text = text[1:]
            if not text:
                return
        if self._space or self._held or self._breaks:
            self._write_held()
        if text[-1] == " ":
            self._space = True
            text = text[:-1]
        self._append(text)

    def _append(self, text: str) -> None:
        """Neighbouring texts are one, so that what matters across them is seen."""
        if self.out and type(self.out[-1]) is str:
            self.out[-1] += text
        else:
            self.out.append(text)

    def finished(self, text: str) -> None:
        """Add what is Markdown or HTML already."""
        if self._space or self._held or self._breaks:
            self._write_held()
        self.out.append(text if isinstance(text, Finished) else Finished(text))

    def line_break(self) -> None:
        self._breaks += 1
        self._space = False

    def open(self, span: Delimited) -> None:
        self._held.append((span, True))

    def close(self, span: Delimited) -> None:
        """End the span; an emphasis of nothing is nothing."""
        if self._held:
            if self._held[-1][0] is span and span.kind in MARKS:
                self._held.pop()
                return
            self._write_held()
        self._marks = self._marks or span.kind in MARKS
        self.out.append((span, False))

    def follows(self, kind: type[Finished]) -> bool:
        """Whether what comes next would touch text of this kind."""
        return not (self._space or self._held or self._breaks) and bool(self.out) and isinstance(self.out[-1], kind)

    def _write_held(self) -> None:
        if self.out:
            if self._breaks:
                self._write_breaks()
            elif self._space:
                self._append(" ")
        self.out += self._held
        self._held.clear()
        self._space, self._breaks = False, 0

    def _write_breaks(self) -> None:
        context = self.context
        if context.table or context.heading:
            self.out += [Finished("<br>")] * self._breaks
            return
        for left in range(self._breaks - 1, -1, -1):
            if left == 0 or context.dialect.breaks_in_a_row:
                self._ends.append(len(self.out))
                self.out.append(Break(context.dialect.hard_break))
            else:
                self.out.append(Finished("<br>"))

    def markdown(self) -> str:
        """The run as Markdown, without a line end."""
        if self._marks:
            self._free_edges()
            resolve(self.out, nested=self.context.dialect.nested_emphasis)
        parts = self._escaped() if self._special else list(map(written, self.out))
        if self.context.table or self.context.heading:
            return "".join(parts)
        if not self._ends:
            return self._guarded(0, "".join(parts))
        lines: list[str] = []
        start = 0
        for end in (*self._ends, len(parts)):
            lines.append(self._guarded(start, "".join(parts[start:end])))
            lines += parts[end : end + 1]
            start = end + 1
        return "".join(lines)

    def _free_edges(self) -> None:
        """No-break spaces at the inside edges of an emphasis move out of it: marks beside white space are none."""
        if any(type(token) is str and "\xa0" in token for token in self.out):
            self.out = edges.freed(self.out)
            self._ends = [index for index, token in enumerate(self.out) if isinstance(token, Break)]

    def _guarded(self, start: int, line: str) -> str:
        """No line may begin a block. Those that begin with text can, but none that begins with a letter."""
        if not line or line[0].isalpha() or type(self.out[start]) is not str:
            return line
        return escape.guard_line_start(line, self.context.dialect)

    def _escaped(self) -> list[str]:
        """All tokens, the texts among them with the backslashes they need."""
        around = self._surroundings()
        parts: list[str] = []
        links = 1 if self.context.references is not None else 0  # any bracket could be a reference
        last = len(self.out) - 1
        before = ""
        for index, token in enumerate(self.out):
            part = written(token)
            if type(token) is str:
                after = written(self.out[index + 1])[:1] if index < last else ""
                part = escape.escape(token, around, before=before, after=after, link=links > 0)
            elif isinstance(token, tuple) and token[0].kind == "link":
                links += 1 if token[1] else -1
            parts.append(part)
            before = part[-1:]
        return parts

    def _surroundings(self) -> escape.PairedMarks:
        texts: list[str] = []
        finished: list[str] = []
        for token in self.out:
            if isinstance(token, tuple):
                finished.append(token[0].close)
                if not self.context.dialect.html_blocks:  # kramdown sees emphasis before links: their URLs count
                    texts.append(token[0].close)
            else:
                (texts if type(token) is str else finished).append(token)
        return escape.PairedMarks(
            "".join(texts),
            self.context,
            emphasis=self._marks,
            code=any("`" in piece for piece in finished),
            lines=any(isinstance(token, Break) for token in self.out),
        )


def plain(text: str, context: InlineContext) -> str:
    """The common case, a text without any markup around it: one search for characters that may mean something."""
    dialect = context.dialect
    if dialect.busy.search(text):
        text = folded(text)
    text = text.strip(" ")
    if text and (context.references is not None or dialect.special.search(text)):
        text = escape.escape(text, escape.PairedMarks(text, context), link=context.references is not None)
    if context.table or context.heading or text[:1].isalpha():
        return text
    return escape.guard_line_start(text, dialect)
