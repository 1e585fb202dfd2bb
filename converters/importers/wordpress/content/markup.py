"""In which markup a text is written, told by the text: Markdown, Textile, BBCode, wiki markup, else HTML.

Plug-ins turned such texts into HTML when a page was shown; an export holds what the author typed. A flag of the item
proves little: exports of WordPress.com have `_wpcom_is_markdown` on posts that hold HTML. What counts is how many kinds
of marks a text has. A kind that no prose has by chance (a link, an image, a definition of a reference, a fence) weighs
more than lists and stars, and a text with elements of HTML between paragraphs is HTML, whatever else is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from converters.importers.wordpress.content import code_text
from converters.importers.wordpress.content.embeds import outside_pre
from converters.markdown.scan.regions import regions

MARKDOWN = "Markdown"
SPAN = r"(?<!`)(`{1,3})(?!`)[^`\n]{1,500}(?<!`)\1(?!`)"
"""Code inside of a line, as a part of a regular expression whose first group is its fence."""
_BLOCK_HTML = re.compile(
    r"<(?:p|div|h[1-6]|[uo]l|li|table|t[rdh]|blockquote|pre|section|br\s*/?)[\s>]|<!--\s+wp:", re.I
)
_BLOCK_COMMENT = re.compile(r"<!--\s+wp:")
_INLINE_HTML = re.compile(r"<(?:a|strong|b|em|i|img|span)[\s>]", re.I)
_SPAN = re.compile(SPAN)
_FENCE = re.compile(r"^ {0,3}(?:`{3}|~{3})", re.M)
_MAYBE = ("](", "]:", "][", "**", "`", '":/', '":http', '":HTTP', "[[", "[http", "[HTTP")
_MAYBE_BBCODE = re.compile(r"\[/(?:b|i|u|url|img|color|size|list)\]", re.I)
_MAYBE_LINE = re.compile(r"\n(?:~~~|#{1,6} |> |[*+-] |[hH][1-6]\. |[bB][qQ]\. |=|--)")
_CODE = re.compile(r"<code(?:\s[^<>]{0,200})?>[^<]{0,5000}</code>", re.I)
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]{1,200})\]:[ \t]*\S", re.M)
_USED = re.compile(r"\]\s?\[([^\]\n]{0,200})\]|\[([^\]\n]{1,200})\](?![(:\[])")
_PAIR = r"\[{0}(?:=[^\[\]\n]{{0,200}})?\][^\[]{{0,2000}}\[/{0}\]"


class Mark(NamedTuple):
    """A kind of mark of a markup."""

    pattern: str
    weight: int = 1
    """0: prose has it, too; 2: no prose has it by chance."""
    least: int = 1
    """How often it has to be there to count."""


_MARKS: Mapping[str, tuple[Mark, ...]] = {
    MARKDOWN: (
        Mark(r"(?<!!)\[[^\[\]\n]{1,300}\]\((?:https?://|/|#|mailto:|\.)[^)\s]{0,1000}(?:\s+\"[^\"\n]*\")?\)", 2),
        Mark(r"!\[[^\[\]\n]{0,300}\]\([^)\s]{1,1000}(?:\s+\"[^\"\n]*\")?\)", 2),
        Mark(r"^#{1,6} +\S"),
        Mark(r"^[^\n]{1,200}\n(?:={3,}|-{3,})[ \t]*$", 0),
        Mark(r"^ {0,3}[*+-] +\S", 0, 2),
        Mark(r"^ {0,3}\d{1,3}\. +\S", 0, 2),
        Mark(r"\*\*[^\s*][^*\n]{0,300}\*\*"),
        Mark(r"^> ?\S", 0),
    ),
    "Textile": (
        Mark(r"^h[1-6](?:\([^)\n]*\))?\. \S", 2),
        Mark(r"\"[^\"\n]{1,200}\":(?:https?://|/)\S", 2),
        Mark(r"^(?:bq|bc|pre|p[<>=]?)(?:\([^)\n]*\))?\.\.? \S"),
        Mark(r"^[*#]{1,3} \S", 0, 2),
        Mark(r"(?<!\w)@[^@\n]{1,100}@(?!\w)"),
        Mark(r"(?:^|\s)!(?:https?://|/)[^\s!]+\.(?:jpe?g|png|gif)!"),
    ),
    "BBCode": (
        *(Mark(_PAIR.format(name), 2) for name in ("url", "img")),
        *(Mark(_PAIR.format(name)) for name in ("b", "i", "u", "color", "size", "list")),
    ),
    "wiki markup": (
        Mark(r"^(={2,5})[^=\n]{1,200}\1[ \t]*$"),
        Mark(r"\[\[[^\[\]\n]{1,200}\]\](?!\()"),
        Mark(r"'''[^'\n]{1,200}'''"),
        Mark(r"\[https?://[^\s\[\]]+ [^\[\]\n]{1,200}\]", 2),
    ),
}
"""What each markup is told by. What repeats in a pattern is bounded, or ends at the end of a line."""


class Markup(NamedTuple):
    """What a text looks like: the name of its markup, empty for HTML, and whether there is no doubt."""

    name: str = ""
    certain: bool = False


def markup_of(text: str, *, flagged: bool = False) -> Markup:
    """The markup of a text. `flagged`: a field of the item names it Markdown, which helps where the text shows it."""
    if not _may_be_marked(text):
        return Markup()
    with_spans = outside_code(_without_html_code(text))
    prose = _SPAN.sub("\n", with_spans)
    if _is_html(prose):
        return Markup()
    weights = _weights(MARKDOWN, prose)
    if with_spans != prose:
        weights.append(1)  # code inside of lines
    refers, sure = _refers(prose), 2 in weights
    fenced = len(_FENCE.findall(text)) > 1 and (bool(weights) or _INLINE_HTML.search(prose) is None)
    if refers or fenced or len(weights) >= (1 if flagged and sure else 2 if flagged or sure else 3):
        return Markup(MARKDOWN, certain=True)
    for name in _MARKS:
        if name != MARKDOWN and len(found := _weights(name, prose)) > 1 and 2 in found:
            return Markup(name)
    return Markup(MARKDOWN) if sure or (len(weights) > 1 and 1 in weights) else Markup()


def _may_be_marked(text: str) -> bool:
    """Quick: it is asked of every text."""
    if any(mark in text for mark in _MAYBE) or ("[/" in text and _MAYBE_BBCODE.search(text)):
        return True
    return _MAYBE_LINE.search(f"\n{text}") is not None


def _is_html(prose: str) -> bool:
    """Whether elements of HTML are between the paragraphs: some in a text full of the marks of Markdown are its own."""
    elements = len(_BLOCK_HTML.findall(prose))
    if not elements or _BLOCK_COMMENT.search(prose):
        return elements > 0
    found = [sum(1 for _ in _compiled(mark.pattern).finditer(prose)) for mark in _MARKS[MARKDOWN] if mark.weight]
    return sum(found) < 3 * elements or sum(map(bool, found)) < 2


def outside_code(text: str, change: Callable[[str], str] | None = None) -> str:
    """What is outside of Markdown's blocks of code, as it is; with `change`, the whole text with that part changed.

    `change` gets each stretch between two blocks of code whole.
    """
    parts: list[str] = []
    start = end = 0
    for region in [*regions(text), None]:
        begin = len(text) if region is None else region.start
        if region is None or text[end:begin].strip():
            prose, code = text[start:end], text[end:begin]
            parts += (prose,) if change is None else (change(prose), code)
            start = begin
        end = begin if region is None else region.end
    return "".join(parts)


def _without_html_code(text: str) -> str:
    """The text without the code that shortcodes and elements of HTML hold."""
    pieces: list[str] = []

    def take(piece: str) -> str:
        pieces.append(piece)
        return piece

    outside_pre(code_text.shield(text, fences=False), take)
    return _CODE.sub(" ", "\n".join(pieces))


@cache  # most sites have no such text
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.M | re.I)


def _weights(name: str, prose: str) -> list[int]:
    """The weights of the kinds of marks that are there."""
    return [mark.weight for mark in _MARKS[name] if _occurs(mark, prose)]


def _occurs(mark: Mark, prose: str) -> bool:
    places = _compiled(mark.pattern).finditer(prose)
    return all(next(places, None) is not None for _ in range(mark.least))


def _refers(prose: str) -> bool:
    """Are there definitions of references that are used?"""
    defined = {name.strip().lower() for name in _DEFINED.findall(prose)}
    if not defined:
        return False
    rest = _DEFINED.sub("", prose)
    return any((one or other).strip().lower() in defined for one, other in _USED.findall(rest))
