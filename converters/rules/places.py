"""Where in the result of a template a value is, and how it is escaped there."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from html import escape
from typing import ClassVar, NamedTuple

from converters.html.sanitize import runs

Way = Callable[[str], str]
"""Makes a value safe for one kind of place."""


class PlaceError(ValueError):
    """A value is where no escaping helps, or the template ends inside a tag."""


class TemplateState(NamedTuple):
    """What a scanner remembers between two pieces of a template."""

    inside: str = ""
    """Empty for text; else what would end it."""
    tag: str = ""
    """In HTML the name of the tag, while it is open, and of a script or style up to its end; in text what ends the
    shortcode or tag around."""
    attribute: str = ""
    """The attribute whose value is open."""


_MARKUP = re.compile(r"<!--|<(/?[A-Za-z][\w:-]*)")
_IN_TAG = re.compile(r"""([^\s"'<>/=]*)\s*(=\s*)?(["'])|>""")
_UNESCAPED = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext"})
"""Elements whose text HTML does not decode."""


class TemplatePlace(ABC):
    """Follows a template."""

    foreign_tags: ClassVar[bool]
    """May tags of the target's own templates be in the text?"""
    no_html: ClassVar[str]
    """Where no HTML of the post is allowed."""

    def __init__(self) -> None:
        self.state = TemplateState()

    def feed(self, text: str) -> None:
        position = 0
        while position >= 0:
            position = self._step(text, position)

    @abstractmethod
    def _step(self, text: str, position: int) -> int:
        """One step further; -1 at the end of the text."""

    @abstractmethod
    def escape(self, written: str) -> Way:
        """The way to escape a value here. Raises PlaceError where none helps."""

    def check_html(self, written: str) -> None:
        """Raises PlaceError where no HTML of the post is allowed."""
        if self.state.inside:
            raise PlaceError(f"{written} is HTML and cannot stand {self.no_html}; use {{{{ text }}}}")

    def end(self) -> None:
        """Raises PlaceError where something is open."""
        if self.state.inside:
            raise PlaceError(f"the template ends before {self.state.inside}")


class HtmlPlace(TemplatePlace):
    """Follows a template of HTML."""

    foreign_tags, no_html = False, "in a tag, a comment or a script"

    def _step(self, text: str, position: int) -> int:
        inside, tag, _ = self.state
        if inside == ">":
            return self._in_tag(text, position)
        if inside in ("'", '"'):
            end = text.find(inside, position)
            if end >= 0:
                self.state = TemplateState(">", tag)
            return end + 1 if end >= 0 else -1
        if inside:  # a comment, or an element of plain text
            end = text.lower().find(inside, position)
            if end >= 0:
                self.state = TemplateState()
            return end + len(inside) if end >= 0 and inside == "-->" else end
        found = _MARKUP.search(text, position)
        if found is None:
            return -1
        self.state = TemplateState("-->") if found[1] is None else TemplateState(">", found[1].lower())
        return found.end()

    def _in_tag(self, text: str, position: int) -> int:
        found = _IN_TAG.search(text, position)
        if found is None:
            return -1
        tag = self.state.tag
        if found[0] == ">":
            self.state = TemplateState(f"</{tag}", tag) if tag in _UNESCAPED else TemplateState()
        else:
            self.state = TemplateState(found[3], tag, found[1].lower())
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


_OPENING = re.compile(r"\{\{([<%])|\{%")
_IN_MARK = re.compile(r"[\"`]|[>%]\}\}|%\}")
_WORD = re.compile(r"[\w-]+")
_SPACE = re.compile(r"[\t\r\n\f\x85\u2028\u2029]+")
_MARKS = re.compile(r"[\\`*\[\]{}()~|!<>&\"'#^$=+]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^(?:[-:]|\d+(?=[.)]))", re.M)


class RawPlace(TemplatePlace):
    """Follows a template of text: `{{< shortcode "…" >}}`, `{{% … %}}`, `{% tag "…" %}`, and what is around them."""

    foreign_tags, no_html = True, "between shortcode marks"

    def _step(self, text: str, position: int) -> int:
        inside, ends, _ = self.state
        if inside in _QUOTES:
            while (position := text.find(inside, position)) > 0 and inside == '"' and text[position - 1] == "\\":
                position += 1
            if position >= 0:
                self.state = TemplateState(ends, ends)
            return position + 1 if position >= 0 else -1
        found = (_IN_MARK if inside else _OPENING).search(text, position)
        if found is None:
            return -1
        if not inside:
            ends = "%}" if found[1] is None else "%}}" if found[1] == "%" else ">}}"
            self.state = TemplateState(ends, ends)
        elif found[0] in _QUOTES:
            self.state = TemplateState(found[0], ends)
        elif found[0] == ends or (ends == "%}" and found[0] == "%}}"):
            self.state = TemplateState()
        return found.end()

    def escape(self, written: str) -> Way:
        way = self._way()
        return lambda value: way(_without_scheme(value))

    def _way(self) -> Way:
        inside, ends, _ = self.state
        if not inside:
            return _in_text
        way = _QUOTES.get(inside, _bare)
        return way if ends != "%}" else lambda value: _in_liquid(way(value))


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


_QUOTES: dict[str, Way] = {'"': _quoted, "`": _in_backquotes}
"""Quotation mark -> how a value inside is escaped."""


def _in_liquid(value: str) -> str:
    """Liquid ends a tag at the first `%}`, be it in quotation marks or not, and knows `'` as one of these."""
    return re.sub(r"%\}|\{[{%]|'", lambda mark: f"&#{ord(mark[0][0])};{mark[0][1:]}", value)


def _in_text(value: str) -> str:
    """Words that mean nothing to HTML, Markdown and the templates of the target."""
    return _MARKS.sub(lambda match: "".join(f"&#{ord(mark)};" for mark in match[0]), _SPACE.sub(" ", value))
