"""Which characters of a text need a backslash: those that the dialect would read as markup where they are.

Decided when the neighbours are known: `5 * 3`, `snake_case`, `a [note]`, `3 < 4`, `AT&T` and `C:\\path` stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from converters.markdown.write.dialects import Dialect, InlineContext

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,31});")
_UNDERSCORES = re.compile(r"_+")
_AUTOLINK = re.compile(r"<[A-Za-z][\w.+-]{1,31}:|<[\w.!#$%&'*+/=?^`{|}~-]+@")


_UNLINKED = re.compile(r":(//[^\s<]{0,2000}\\<)")
"""A bare URL that goes on with a `<`: engines that make links of URLs take the backslash for a part of it, and what
follows for a tag."""


class PairedMarks:
    """What a block's text holds as a whole: a mark without a partner means nothing.

    `emphasis`, `code`: whether the block has any; `lines`: whether it has several.
    """

    __slots__ = ("context", "pipes", "stars", "ticks", "tildes", "underscores")

    def __init__(
        self, text: str, context: InlineContext, *, emphasis: bool = False, code: bool = False, lines: bool = False
    ) -> None:
        self.context = context
        self.stars = emphasis or text.count("*") > 1
        self.underscores = emphasis or text.count("_") > 1
        self.ticks = code or context.table or text.count("`") > 1
        self.tildes = emphasis or text.count("~") > 1
        self.pipes = context.table or (lines and "|" in text)


class _Spot(NamedTuple):
    """One character that may mean something, and all that decides whether it does."""

    text: str
    position: int
    left: str
    right: str
    around: PairedMarks
    dialect: Dialect
    link: bool


_REFERENCES = {"&": "&amp;", "^": "&#94;"}
"""What a backslash does not take the meaning from in every dialect."""


def escape(text: str, around: PairedMarks, *, before: str = "", after: str = "", link: bool = False) -> str:
    """`text` with the backslashes it needs. `before` and `after` are the characters next to it, empty at the edges.

    `link`: whether the text is inside link text.
    """
    dialect = around.context.dialect
    if not dialect.special.search(text):
        return text
    run_end, in_word = 0, False

    def mark(match: re.Match[str]) -> str:
        nonlocal run_end, in_word
        index, character = match.start(), match[0]
        left = text[index - 1] if index else before
        right = text[index + 1] if index + 1 < len(text) else after
        if character == "_":  # a run of them is judged once
            if index >= run_end:
                run_end = _end_of_run(text, index)
                beyond = text[run_end] if run_end < len(text) else after
                in_word = left.isalnum() and beyond.isalnum()
            if in_word:
                return character
        needed = _NEEDED[character](_Spot(text, index, left, right, around, dialect, link))
        if not needed:
            return character
        if character == "\\" and right == after == "\\" and index + 1 == len(text):
            return "&#92;"  # in front of a line break, which is a backslash itself
        if character in "<>" and character in (left, right):
            return "&lt;" if character == "<" else "&gt;"  # two of them would be a quotation mark
        return _REFERENCES.get(character, "\\" + character)

    escaped = dialect.special.sub(mark, text)
    return _UNLINKED.sub(r"&#58;\1", escaped) if "\\<" in escaped and "://" in escaped else escaped


def guard_line_start(line: str, dialect: Dialect) -> str:
    """A line of escaped text, so that it begins no block."""
    match = dialect.line_start.match(line)
    if match is None:
        return line
    if line[0] == "^":
        return "&#94;" + line[1:]
    number = match["number"] or ""
    return f"{number}\\{line[len(number) :]}"


def _end_of_run(text: str, index: int) -> int:
    match = _UNDERSCORES.match(text, index)
    return match.end() if match else index


def _touches(at: _Spot) -> bool:
    """Whether it is beside something else than white space."""
    return not ((at.left == "" or at.left.isspace()) and (at.right == "" or at.right.isspace()))


def _angle(at: _Spot) -> bool:
    if (at.dialect.attributes or at.dialect.typographs) and (at.right == "<" or at.left == "<"):
        return True
    return at.right.isalpha() or at.right in ("/", "!", "?") or bool(_AUTOLINK.match(at.text, at.position))


def _brace(at: _Spot) -> bool:
    if at.dialect.attributes:
        return at.right == ":" or (at.around.context.heading and at.right == "#")
    return at.around.context.heading and at.text.rstrip().endswith("}")


_NEEDED: dict[str, Callable[[_Spot], bool]] = {
    "\\": lambda at: at.right in PUNCTUATION or at.right in ("", "\n"),
    "`": lambda at: at.around.ticks,
    "*": lambda at: at.around.stars and _touches(at),
    "_": lambda at: at.around.underscores and _touches(at),
    "~": lambda at: at.around.tildes and _touches(at),
    "[": lambda at: at.link or (at.right == "^" and (at.dialect.definitions or at.dialect.tasks)),
    "]": lambda at: at.link or at.right in ("(", "[") or (at.right == "{" and at.dialect.attributes),
    "<": _angle,
    "&": lambda at: bool(_ENTITY.match(at.text, at.position)),
    "!": lambda at: at.right == "[",
    "^": lambda at: at.position == 0 and at.left == "[",  # a link text that begins with one would be a footnote
    ":": lambda at: at.left == "]",  # to kramdown a link's target, even where the brackets have backslashes
    "|": lambda at: at.around.pipes or at.dialect.pipes,
    "{": _brace,
    "$": lambda at: at.right == "$" or at.left == "$",  # kramdown takes one backslash in front of two for mathematics
    "-": lambda at: True,
    ">": lambda at: at.left == ">" or at.right == ">",
}
"""Character -> whether it needs a backslash where it is."""


_UNSAFE = re.compile(r"[\x00-\x20<>\x7f]")
_AROUND = "".join(map(chr, range(0x21)))
_IGNORED = dict.fromkeys(map(ord, "\t\n\r"))
"""What browsers take out of an address before they read it: https://url.spec.whatwg.org/#concept-basic-url-parser"""
_BUSY_ADDRESS = re.compile(r"[\x00-\x20<>\x7f&\\()]")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")
_PARENTHESES = re.compile(r"[()]")
_MOST_PARENTHESES = 30


def destination(url: str, *, escapes: bool = True) -> str:
    """A URL as a link's target. What no URL may hold is percent-encoded, as browsers do.

    `escapes`: whether the dialect knows backslashes in URLs.
    """
    if not _BUSY_ADDRESS.search(url):
        return url
    url = url.strip(_AROUND).translate(_IGNORED)
    url = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", url)
    url = _ENTITY.sub(lambda match: "&amp;" + match[0][1:], url)
    url = _BACKSLASH.sub(r"\\\\", url) if escapes else url
    if _balanced(url):
        return url
    return _PARENTHESES.sub(r"\\\g<0>", url) if escapes else url.replace("(", "%28").replace(")", "%29")


def _balanced(url: str) -> bool:
    depth = 0
    found = _PARENTHESES.findall(url)
    for character in found:
        depth += 1 if character == "(" else -1
        if depth < 0:
            return False
    return depth == 0 and len(found) < 2 * _MOST_PARENTHESES


def title(text: str, *, escapes: bool = True) -> str:
    """A link's title with a space in front and its quotation marks; empty when there is none.

    `escapes`: whether the dialect knows backslashes in titles. kramdown does not, and would see a `|` as a table's.
    """
    if not text:
        return ""
    text = _BACKSLASH.sub(r"\\\\", text) if escapes else text
    text = _ENTITY.sub(lambda match: "&amp;" + match[0][1:], text)
    text = re.sub(r"\n\s*(?=\n)", "", text).replace("\n", "&#10;")  # what begins a line can be a mark
    text = text.replace("<", "&lt;")  # where something else keeps the link from being one
    if not escapes:
        text = text.replace('"', "&quot;").replace("|", "&#124;")
    if '"' in text and "'" not in text:
        return f" '{text}'"
    text = text.replace('"', '\\"')
    return f' "{text}"'


def longest_run(text: str) -> int:
    """The length of the longest run of backticks."""
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def code_span(text: str) -> str:
    """Code inside a line: a fence longer than any run of backticks inside, padded where the renderer would strip."""
    fence = "`" * (longest_run(text) + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" or (text[:1] == " " == text[-1:] and text.strip(" ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
