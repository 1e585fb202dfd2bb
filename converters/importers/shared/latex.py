r"""A formula in the middle: the picture that WordPress.com draws of its LaTeX, which every target knows.

One that stands apart begins with `\displaystyle` (docs/semantic-html.md). Environments that need a line of their own
are written as those that stand in a formula; labels, which nothing but numbered equations have, are left out.
"""

from __future__ import annotations

import re
from urllib.parse import quote

PICTURE = "https://s0.wp.com/latex.php?latex="
APART = "\\displaystyle"
_APART = re.compile(r"\\(begin|end)\{(align|gather|multline|eqnarray)\*?\}")
_INSIDE = {"align": "aligned", "gather": "gathered", "multline": "gathered", "eqnarray": "aligned"}
_NEEDLESS = re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}|\\label\{[^{}]*\}|(?<!\\)%[^\n]*")
_SPACE = re.compile(r"\s+")


def tidy(latex: str) -> str:
    """A formula on one line, in a form that can stand in a line."""
    latex = _APART.sub(lambda found: f"\\{found[1]}{{{_INSIDE[found[2]]}}}", _NEEDLESS.sub("", latex))
    return _SPACE.sub(" ", latex).strip()


def displayed(latex: str, *, apart: bool) -> str:
    """The formula with the mark of one that stands apart, if it does."""
    return f"{APART} {latex}" if apart and not latex.startswith(APART) else latex


def address(latex: str) -> str:
    """Where the picture of a formula is drawn."""
    return PICTURE + quote(latex, safe="")
