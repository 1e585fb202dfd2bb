"""Pictures of formulas: those that a server draws of the LaTeX in their address, and those whose `alt` is LaTeX."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import etree

from converters.importers.html.formulas.found import Formula
from converters.importers.html.formulas.tex import between_marks
from converters.importers.shared.elements import attribute, classes
from converters.importers.shared.latex import PICTURE, tidy

_DRAWN = re.compile(
    r"(?:https?:)?//(?:latex\.codecogs\.com|i\.upmath\.me/(?:svg|png)|math\.now\.sh|render\.githubusercontent\.com/render/math"
    r"|www\.zhihu\.com/equation|chart\.(?:googleapis|apis\.google)\.com/chart|(?:www\.)?forkosh\.[\w./]+|[\w.-]+/(?:[\w~-]+/){0,3}(?:mathtex|mimetex)\.cgi"
    r"|(?:s\d?\.wp\.com|(?:s|l|latex)\.wordpress\.com)/latex\.php)(?=[/?])"
)
"""Services that draw the formula that their address holds."""
_NAMED = ("latex", "tex", "chl", "math", "from")
"""Parameters of such an address."""
_SETTINGS = re.compile(r"\\(?:dpi\{\d+\}|bg_?\w+|fn_\w+|inline|huge|large|small|tiny)\s?", re.I)
"""How codecogs is told what a picture looks like: https://editor.codecogs.com/docs/4-LaTeX_rendering.php"""
_CLASSES = {
    "latex": False, "tex": False, "math": False, "eeimg": False,
    "mwe-math-fallback-image-inline": False, "ql-img-inline-formula": False,
    "mwe-math-fallback-image-display": True, "ql-img-displayed-equation": True,
}  # fmt: skip
"""Classes of pictures whose `alt` is LaTeX; whether they stand apart."""
_LONGEST = 5_000


def read(image: etree._Element) -> Formula | None:
    """The formula that a picture shows; None for other pictures."""
    source = attribute(image, "src")
    if len(source) > 4 * _LONGEST or source.startswith(PICTURE):
        return None
    kinds = classes(image)
    known = next((kind for kind in kinds if kind in _CLASSES), "")
    latex = _of_address(source) if _DRAWN.match(source) else ""
    alt = between_marks(attribute(image, "alt"))
    if not latex and known:
        latex = alt.latex
    latex = _SETTINGS.sub("", latex) if "codecogs" in source else latex
    latex = tidy(latex)
    if not latex or len(latex) > _LONGEST:
        return None
    return Formula(latex, "display" in kinds or alt.apart or _CLASSES.get(known, False))


def _of_address(source: str) -> str:
    query = urlsplit(source).query
    if "codecogs.com" in source or ".cgi" in source or "forkosh" in source:
        return unquote(query if "%20" in query or "+" not in query else query.replace("&plus;", "+"))
    if "upmath.me" in source:
        return unquote(source.partition("upmath.me/")[2].partition("/")[2])
    named = parse_qs(query)
    if "chart" in source and "tx" not in named.get("cht", []):
        return ""
    return next((named[name][0] for name in _NAMED if name in named), "")
