"""Which characters of a text need a backslash: those that the dialect would read as markup where they stand.

Decided when the neighbours are known: `5 * 3`, `snake_case`, `a [note]`, `3 < 4`, `AT&T` and `C:\\path` stay.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from converters.markdown.write.dialects import Dialect

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<[A-Za-z/!?]")
_UNDERSCORES = re.compile(r"_+")
_LINK_END = re.compile(r"\][(\[]")
_AUTOLINK = re.compile(r"<[A-Za-z][\w.+-]{1,31}:|<[\w.!#$%&'*+/=?^`{|}~-]+@")


class Surroundings:
    """What a block's text holds as a whole: a mark without a partner means nothing.

    `links`: does the text stand inside link text? `table`: in a cell? `heading`: in a heading?
    """

    __slots__ = ("heading", "lines", "pipes", "stars", "table", "ticks", "tildes", "underscores")

    def __init__(self, text: str, *, emphasis: bool, code: bool, table: bool, heading: bool, lines: bool) -> None:
        self.stars = emphasis or text.count("*") > 1
        self.underscores = emphasis or text.count("_") > 1
        self.ticks = code or table or text.count("`") > 1
        self.tildes = emphasis or text.count("~") > 1
        self.table, self.heading, self.lines = table, heading, lines
        self.pipes = table or (lines and "|" in text)


class _Spot(NamedTuple):
    """One character that may mean something, and all that decides whether it does."""

    text: str
    position: int
    left: str
    right: str
    around: Surroundings
    dialect: Dialect
    link: bool


_REFERENCES = {"&": "&amp;", "^": "&#94;"}
"""What a backslash does not take the meaning from in every dialect."""


def escape(
    text: str, around: Surroundings, dialect: Dialect, *, before: str = "", after: str = "", link: bool = False
) -> str:
    """`text` with the backslashes it needs. `before` and `after` are the characters next to it, empty at the edges."""
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
        needed = _RULES[character](_Spot(text, index, left, right, around, dialect, link))
        if not needed:
            return character
        if character == "\\" and right == after == "\\" and index + 1 == len(text):
            return "&#92;"  # in front of a line break, which is a backslash itself
        if character in "<>" and character in (left, right):
            return "&lt;" if character == "<" else "&gt;"  # kramdown would take two of them for a quotation mark
        return _REFERENCES.get(character, "\\" + character)

    return dialect.special.sub(mark, text)


def line_start(escaped: str, dialect: Dialect) -> str:
    """An escaped text at the start of a line, so that it begins no block."""
    match = dialect.line_start.match(escaped)
    return escaped if match is None else guarded(escaped, match)


def guarded(text: str, match: re.Match[str]) -> str:
    """The text without the meaning that the pattern of line starts found in it."""
    if text[0] == "^":
        return "&#94;" + text[1:]
    number = match["number"] or ""
    return f"{number}\\{text[len(number) :]}"


def _end_of_run(text: str, index: int) -> int:
    match = _UNDERSCORES.match(text, index)
    return match.end() if match else index


def _backslash(at: _Spot) -> bool:
    return at.right in _PUNCTUATION or at.right in ("", "\n")


def _tick(at: _Spot) -> bool:
    return at.around.ticks


def _star(at: _Spot) -> bool:
    return at.around.stars and not (_open_space(at.left) and _open_space(at.right))


def _underscore(at: _Spot) -> bool:
    return at.around.underscores and not (_open_space(at.left) and _open_space(at.right))


def _open_space(character: str) -> bool:
    return character == "" or character.isspace()


def _bracket_open(at: _Spot) -> bool:
    if at.link:
        return True
    return at.right == "^" and (at.dialect.definitions or at.dialect.tasks)


def _bracket_close(at: _Spot) -> bool:
    return at.link or at.right in ("(", "[") or (at.right == "{" and at.dialect.attributes)


def _angle(at: _Spot) -> bool:
    if at.dialect.attributes and (at.right == "<" or at.left == "<"):
        return True
    return at.right.isalpha() or at.right in ("/", "!", "?") or bool(_AUTOLINK.match(at.text, at.position))


def _caret(at: _Spot) -> bool:
    """A link text that begins with one would be a footnote. (In `[^1]` as text the bracket has its backslash.)"""
    return at.position == 0 and at.left == "["


def _colon(at: _Spot) -> bool:
    """kramdown takes `[…]:` for the target of a link even where the brackets have backslashes."""
    return at.left == "]"


def _ampersand(at: _Spot) -> bool:
    return bool(_ENTITY.match(at.text, at.position))


def _bang(at: _Spot) -> bool:
    return at.right == "["


def _tilde(at: _Spot) -> bool:
    return at.around.tildes and not (_open_space(at.left) and _open_space(at.right))


def _pipe(at: _Spot) -> bool:
    return at.around.pipes or at.dialect.pipes


def _brace(at: _Spot) -> bool:
    if at.dialect.attributes:
        return at.right == ":" or (at.around.heading and at.right == "#")
    return at.around.heading and at.text.rstrip().endswith("}")


def _dollar(at: _Spot) -> bool:
    """Both of a pair: at the start of a block kramdown takes one backslash in front of them for inline mathematics."""
    return at.right == "$" or at.left == "$"


def _greater(at: _Spot) -> bool:
    return at.left == ">" or at.right == ">"


_RULES = {
    "\\": _backslash,
    "`": _tick,
    "*": _star,
    "_": _underscore,
    "[": _bracket_open,
    "]": _bracket_close,
    "<": _angle,
    "&": _ampersand,
    "!": _bang,
    "^": _caret,
    ":": _colon,
    "~": _tilde,
    "|": _pipe,
    "{": _brace,
    "$": _dollar,
    ">": _greater,
}


_UNSAFE = re.compile(r"[\x00-\x20<>\x7f]")
_AROUND = "".join(map(chr, range(0x21)))
_IGNORED = dict.fromkeys(map(ord, "\t\n\r"))
"""What browsers take out of an address before they read it: https://url.spec.whatwg.org/#concept-basic-url-parser"""
_BUSY_ADDRESS = re.compile(r"[\x00-\x20<>\x7f&\\()]")
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")
_PARENTHESES = re.compile(r"[()]")
_MOST_PARENTHESES = 30


def destination(url: str, *, escapes: bool = True) -> str:
    """An address as a link's target. What no address may hold is percent-encoded, as browsers do.

    `escapes`: does the dialect know backslashes in addresses?
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


def title(text: str) -> str:
    """A link's title with a space in front and its quotation marks; empty when there is none."""
    if not text:
        return ""
    text = _BACKSLASH.sub(r"\\\\", text)
    text = _ENTITY.sub(lambda match: "&amp;" + match[0][1:], text)
    text = re.sub(r"\n\s*(?=\n)", "", text).replace("\n", "&#10;")  # what begins a line can be a mark
    text = text.replace("<", "&lt;")  # where something else keeps the link from being one
    if '"' not in text:
        return f' "{text}"'
    if "'" not in text:
        return f" '{text}'"
    return ' "' + text.replace('"', '\\"') + '"'


def title_in_entities(text: str) -> str:
    """The same for kramdown, which knows no backslashes there."""
    text = re.sub(r"\n\s*(?=\n)", "", _ENTITY.sub(lambda match: "&amp;" + match[0][1:], text))
    text = text.replace("<", "&lt;").replace("\n", "&#10;")  # it looks for blocks of HTML before it looks for links
    return ' "' + text.replace('"', "&quot;").replace("|", "&#124;") + '"' if text else ""


def code_span(text: str) -> str:
    """Code inside a line: a fence longer than any run of backticks inside, padded where the renderer would strip."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] == "`" or text[-1:] == "`" or (text[:1] == " " == text[-1:] and text.strip(" ")) else ""
    return f"{fence}{pad}{text}{pad}{fence}"
