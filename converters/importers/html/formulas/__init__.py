r"""Formulas of finished pages, once each, as the pictures in the middle (docs/semantic-html.md).

A page holds a formula as what its maker drew of it, and beside that, mostly, the LaTeX that it was drawn of. Forms
seen in the wild, by maker:

<span class="katex"><span class="katex-mathml"><math>…<annotation encoding="application/x-tex">   KaTeX
<span class="MathJax_Preview"> <span class="MathJax"> <script type="math/tex; mode=display">      MathJax 2
<mjx-container display="true"><mjx-math …> <mjx-assistive-mml><math>                              MathJax 3 and 4
<math alttext="{\displaystyle x}">, <math><mfrac>…                                                MathML, LaTeXML
<span class="mwe-math-element"><math>…<img class="mwe-math-fallback-image-inline" alt>            MediaWiki
<span class="math notranslate nohighlight">\(x\)</span>, <div class="math">, <img class="math" alt>  Sphinx
<span class="math inline">\(x\)</span>, <span class="arithmatex">                                 Pandoc, MkDocs
<math-renderer>$x$</math-renderer>, <code data-math-style="inline">                               GitHub, GitLab
<d-math block>, <amp-mathml data-formula>, <div class="latex-rendered" data-attrs="{…}">          Distill, AMP, Substack
<img class="latex" alt>, <img src="https://latex.codecogs.com/gif.latex?x">                       pictures

Text between bare marks (`$x$`, `\(x\)`) is text, and stays: the page does not say that it is a formula.
"""

from __future__ import annotations

from typing import cast

from lxml import etree

from converters.html import tree
from converters.importers.html.formulas import forms, pictures
from converters.importers.html.formulas.found import Formula
from converters.importers.shared import latex as in_the_middle
from converters.importers.shared.elements import attribute

_BLOCKS = frozenset({"div", "figure", "p", "section"})
_TEXT_AROUND = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "em", "strong", "td", "th", "dt"})
_classes = etree.XPath("descendant::*/@class", smart_strings=False)
_WORDS = ("math", "Math", "katex", "mjx", "MJX", "latex", "arithmatex", "stemblock", "ql-img", "eeimg")
"""In classes, types and names of elements that show formulas."""
_SIGNS = (*_WORDS, "tex.cgi", "upmath.me", "equation?", "cht=tx", 'class="tex"')


def _has_any(root: etree._Element) -> bool:
    """Most texts have no formula, and this is told quickly."""
    page = etree.tostring(root, encoding="unicode")
    if not any(sign in page for sign in _SIGNS):
        return False
    named = " ".join(cast(list[str], _classes(root)))
    if any(word in named for word in _WORDS) or next(root.iter(*forms.TAGS), None) is not None:
        return True
    if any(pictures.read(image) is not None for image in root.iter("img")):
        return True
    if any(attribute(script, "type").startswith("math/") for script in root.iter("script")):
        return True
    return any(code.get("data-math-style") for code in root.iter("code"))


def normalize(root: etree._Element) -> None:
    """Change the tree in place: one picture in the place of everything that a page holds of a formula."""
    if not _has_any(root):
        return
    found: list[tuple[etree._Element, Formula]] = []
    gone: list[etree._Element] = []
    walker = etree.iterwalk(root, events=("start",))
    for _, element in walker:
        if element is root or not (tag := tree.name(element)):
            continue
        formula = pictures.read(element) if tag == "img" else forms.read(element, tag)
        if formula is None:
            if tag == "pre":
                walker.skip_subtree()
            continue
        walker.skip_subtree()
        gone += formula.besides
        if formula.latex:
            found.append((element, formula))
        elif formula.shown_elsewhere:
            gone.append(element)
    for element, formula in found:
        if element.getparent() is not None:
            tree.replace(element, _in_the_middle(element, formula))
    tree.remove_all(root, gone)


def _in_the_middle(element: etree._Element, formula: Formula) -> etree._Element:
    latex = in_the_middle.displayed(formula.latex, apart=formula.apart)
    picture = etree.Element("img", src=in_the_middle.address(latex), alt=latex)
    parent = element.getparent()
    alone = tree.name(element) in _BLOCKS or (formula.apart and not _stands_in_text(element, parent))
    if formula.number:
        picture.tail = f" {formula.number}"
    if not alone:
        return picture
    paragraph = etree.Element("p")
    paragraph.append(picture)
    return paragraph


def _stands_in_text(element: etree._Element, parent: etree._Element | None) -> bool:
    if parent is None or tree.name(parent) in _TEXT_AROUND:
        return True
    before = element.getprevious()
    words = (element.tail or "") + ((before.tail if before is not None else parent.text) or "")
    return bool(words.strip())
