"""Where in the result of a template a value stands, and how it is escaped there."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple

from converters.html.sanitize import runs

Way = Callable[[str], str]
"""Makes a value safe for one kind of place."""


class PlaceError(ValueError):
    """A value stands where no escaping helps, or the template ends inside a tag."""


class State(NamedTuple):
    """What a scanner remembers between two pieces of a template."""

    inside: str = ""
    """Empty for text; else what would end it."""
    tag: str = ""
    """The name of the tag, while it is open, and of a script or style up to its end."""
    attribute: str = ""
    """The attribute whose value is open."""


_MARKUP = re.compile(r"<!--|<(/?[A-Za-z][\w:-]*)")
_IN_TAG = re.compile(r"""([^\s"'<>/=]*)\s*(=\s*)?(["'])|>""")
_UNESCAPED = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"})
"""Elements whose text HTML does not decode."""


class HtmlPlace:
    """Follows a template of HTML."""

    foreign_tags = False

    def __init__(self) -> None:
        self.state = State()

    def feed(self, text: str) -> None:
        position = 0
        while position >= 0:
            position = self._step(text, position)

    def _step(self, text: str, position: int) -> int:
        """One step further; -1 at the end of the text."""
        inside, tag, _ = self.state
        if inside == ">":
            return self._in_tag(text, position)
        if inside in ("'", '"'):
            end = text.find(inside, position)
            if end >= 0:
                self.state = State(">", tag)
            return end + 1 if end >= 0 else -1
        if inside:  # a comment, or an element of plain text
            end = text.lower().find(inside, position)
            if end >= 0:
                self.state = State()
            return end + len(inside) if end >= 0 and inside == "-->" else end
        found = _MARKUP.search(text, position)
        if found is None:
            return -1
        self.state = State("-->") if found[1] is None else State(">", found[1].lower())
        return found.end()

    def _in_tag(self, text: str, position: int) -> int:
        found = _IN_TAG.search(text, position)
        if found is None:
            return -1
        tag = self.state.tag
        if found[0] == ">":
            self.state = State(f"</{tag}", tag) if tag in _UNESCAPED else State()
        else:
            self.state = State(found[3], tag, found[1].lower())
        return found.end()

    def escape(self, written: str) -> Way:
        inside, tag, attribute = self.state
        if inside == ">":
            raise PlaceError(f"{written} inside a tag needs quotation marks around it")
        if inside.startswith("</"):
            raise PlaceError(f"{written} cannot stand in <{tag}>: a text of a post could become a program")
        if attribute.startswith("on") or attribute == "srcdoc":
            raise PlaceError(f"{written} cannot stand in {attribute}=: a text of a post could become a program")
        return escape

    def html(self, written: str) -> None:
        """Is HTML of the post allowed here? Raises PlaceError."""
        if self.state.inside:
            raise PlaceError(f"{written} is HTML and cannot stand in a tag, a comment or a script; use {{{{ text }}}}")

    def end(self) -> None:
        if self.state.inside:
            raise PlaceError(f"the template ends before {self.state.inside}")


_OPENING = re.compile(r"\{\{([<%])|\{%")
_IN_MARK = re.compile(r"[\"`]|[>%]\}\}|%\}")
_WORD = re.compile(r"[\w-]+")
_SPACE = re.compile(r"[\t\r\n\f\x85\u2028\u2029]+")
_MARKS = re.compile(r"[\\`*\[\]{}()~|!<>&\"'#^$=+]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^(?:[-:]|\d+(?=[.)]))", re.M)


class RawPlace:
    """Follows a template of text: `{{< shortcode "…" >}}`, `{{% … %}}`, `{% tag "…" %}`, and what is around them."""

    foreign_tags = True

    def __init__(self) -> None:
        self.state = State()

    def feed(self, text: str) -> None:
        position = 0
        while position >= 0:
            position = self._step(text, position)

    def _step(self, text: str, position: int) -> int:
        ends, _, quote = self.state
        if quote:
            while (position := text.find(quote, position)) > 0 and quote == '"' and text[position - 1] == "\\":
                position += 1
            if position >= 0:
                self.state = State(ends)
            return position + 1 if position >= 0 else -1
        found = (_IN_MARK if ends else _OPENING).search(text, position)
        if found is None:
            return -1
        if not ends:
            self.state = State("%}" if found[1] is None else "%}}" if found[1] == "%" else ">}}")
        elif found[0] in ('"', "`"):
            self.state = State(ends, "", found[0])
        elif found[0] == ends or (ends == "%}" and found[0] == "%}}"):
            self.state = State()
        return found.end()

    def escape(self, written: str) -> Way:
        way = self._way()
        return lambda value: way(_without_scheme(value))

    def _way(self) -> Way:
        ends, _, quote = self.state
        if not ends:
            return _in_text
        way = _bare if not quote else _quoted if quote == '"' else _in_backquotes
        return way if ends != "%}" else lambda value: _in_liquid(way(value))

    def html(self, written: str) -> None:
        if self.state.inside:
            raise PlaceError(f"{written} is HTML and cannot stand between shortcode marks; use {{{{ text }}}}")

    def end(self) -> None:
        if self.state.inside:
            raise PlaceError(f"the template ends before {self.state.attribute or self.state.inside}")


def _without_scheme(value: str) -> str:
    """A text of a post is no program where it becomes an address: with a space in front of the colon it is none."""
    return value.replace(":", " :", 1) if ":" in value and runs(value) else value


def _quoted(value: str) -> str:
    """Inside quotation marks of a shortcode, as Hugo reads them: `\\"` is the one escape, a line end ends all.

    A backslash is itself, unless a quotation mark, a backquote or the end of the value follows.
    """
    value = re.sub(r"\\(?=[\"`]|$)", "&#92;", _SPACE.sub(" ", value))
    return value.replace('"', '\\"')


def _in_backquotes(value: str) -> str:
    return _SPACE.sub(" ", value).replace("`", "'")


def _bare(value: str) -> str:
    """A word stays a word; everything else is written in quotation marks."""
    return value if _WORD.fullmatch(value) else f'"{_quoted(value)}"'


def _in_liquid(value: str) -> str:
    """Liquid ends a tag at the first `%}`, be it in quotation marks or not, and knows `'` as one of these."""
    return re.sub(r"%\}|\{[{%]|'", lambda mark: f"&#{ord(mark[0][0])};{mark[0][1:]}", value)


def _in_text(value: str) -> str:
    """Words that mean nothing to HTML, Markdown and the templates of the target."""
    return _MARKS.sub(lambda match: "".join(f"&#{ord(mark)};" for mark in match[0]), _SPACE.sub(" ", value))
