r"""LaTeX as it stands in texts: `\(x\)`, `\[x\]`, `$$x$$`, `$x$`."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = (("\\[", "\\]", True), ("\\(", "\\)", False), ("$$", "$$", True), ("$", "$", False))
_STYLE = re.compile(r"\{\s*\\(?P<style>display|text|script)style\s+(?P<latex>.*)\}", re.S)
_LIKE_LATEX = re.compile(r"\\[a-zA-Z]{2}|[\w)}\]][\^_]|^\s*[^\W\d_]\s*$|[=<>+]")


class Tex(NamedTuple):
    """A formula, and whether its marks are those of one that stands apart."""

    latex: str
    apart: bool = False
    marked: bool = False
    """It had marks."""


def between_marks(text: str) -> Tex:
    """The formula of a text that is one, with or without marks."""
    text = text.strip()
    for start, end, apart in _MARKS:
        if text.startswith(start) and text.endswith(end) and len(text) > len(start) + len(end):
            return Tex(text[len(start) : -len(end)].strip(), apart, True)
    return Tex(text)


def without_style(latex: str) -> Tex:
    r"""The formula in `{\displaystyle x}`, as MediaWiki writes all of them; only the page knows how it stands."""
    found = _STYLE.fullmatch(latex.strip())
    if found is None or not _is_balanced(found["latex"]):
        return Tex(latex.strip())
    return Tex(found["latex"].strip(), found["style"] == "display", True)


def _is_balanced(latex: str) -> bool:
    """Do the braces of the text close each other? Else the outer ones are not a pair."""
    depth = 0
    for sign in latex.replace("\\\\", "").replace("\\{", "").replace("\\}", ""):
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def is_like_latex(text: str) -> bool:
    """Could a text without marks be a formula?"""
    return bool(_LIKE_LATEX.search(text))
