r"""Formulas for Hugo: `\(x^2\)`, and `\(\displaystyle x^2\)` for one that stands apart.

Hugo hands what is between these marks to a hook of the site (`markup/render-passthrough.html`), and the hook makes
MathML of it while the site is built (https://gohugo.io/functions/transform/tomath/). So formulas are text of the page:
no script, no other server. `\[` is no such mark: it is how Markdown writes a bracket that begins no link. What is no
Markdown by the time it is written, such as HTML and captions, keeps the picture that WordPress.com draws.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from converters.exporters.site.boxes import holds_blocks, holds_phrases
from converters.html import tree
from converters.html.elements import HEADINGS
from converters.markdown.write import lists, tables

_DRAWN = re.compile(r"(?:https?:)?//(?:s\d?\.wp\.com|(?:s|l|latex)\.wordpress\.com)/latex\.php\?")
_MARKS = ("\\(", "\\)")
_AROUND = frozenset(
    (*HEADINGS, *"p li ul ol blockquote strong b em i del s a sup sub table thead tbody tr td th dl dt dd div".split())
)
"""Between whose tags Markdown is read."""
_SPACE = re.compile(r"\s+")


def apply(root: etree._Element) -> None:
    """Put formulas in the place of their pictures."""
    for image in list(root.iter("img")):
        source = str(image.get("src") or "")
        if "/latex.php?" in source and (latex := _latex(source)) and _is_in_markdown(image):
            tree.replace(image, tree.raw(_written(latex, image), display="inline"))


def _latex(source: str) -> str:
    """The formula of a picture; empty for other pictures, and where it would end in its middle."""
    if not _DRAWN.match(source):
        return ""
    latex = _SPACE.sub(" ", "".join(parse_qs(urlsplit(source).query).get("latex", []))).strip()
    if any(mark in latex.replace("\\\\", "") for mark in _MARKS) or latex.endswith("\\"):
        return ""
    return latex


def _written(latex: str, image: etree._Element) -> str:
    if next(image.iterancestors("table"), None) is not None:  # a bar would end the cell
        latex = _SPACE.sub(" ", latex.replace("\\|", "\\Vert ").replace("|", "\\vert ")).strip()
    latex = latex.replace("{{", "{ {").replace("}}", "} }")  # no call of a shortcode
    return f"\\({latex}\\)"


def _is_in_markdown(image: etree._Element) -> bool:
    for above in image.iterancestors():
        if above.getparent() is None:
            return True
        if above.tag not in _AROUND:
            return False
        if above.tag in ("ul", "ol") and not lists.is_plain(above):
            return False
        if above.tag == "table" and tables.rows_of(above) is None:
            return False
        if above.tag == "dl" or (above.tag == "div" and not _is_open(above)):
            return False
    return True


def _is_open(box: etree._Element) -> bool:
    """Is Markdown read in the box? One that holds a line gets a paragraph for it."""
    if not holds_blocks(box) and len(box) and holds_phrases(box):
        paragraph = etree.Element("p")
        paragraph.text, box.text = box.text, None
        paragraph.extend(list(box))
        box.append(paragraph)
    return holds_blocks(box)
