"""The elements of a page that show a formula, and where each maker leaves its LaTeX: a table by tag and by class."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from converters.html import tree
from converters.importers.html.formulas import mathml
from converters.importers.html.formulas.found import Formula
from converters.importers.html.formulas.tex import Tex, between_marks, is_like_latex, without_style
from converters.importers.shared.elements import attribute, classes
from converters.importers.shared.latex import tidy

_MATH = ("math", "{http://www.w3.org/1998/Math/MathML}math")
_ANNOTATIONS = ("annotation", "{http://www.w3.org/1998/Math/MathML}annotation")
_SOURCES = ("data-math", "data-latex", "data-tex", "data-formula")
"""Attributes with the LaTeX of what a box shows (chats of Google, Zhihu, editors)."""
_TEX = frozenset({"application/x-tex", "tex", "latex", "application/x-latex", "text/x-tex", "text/latex"})
_LONGEST = 5_000
_NEAR_START = 60
_DRAWN = 2_000
"""Elements that are looked through: boxes of strangers may stand in each other and hold a million."""
_NEAR = 4
"""Elements that MathJax puts around its script."""

_Reader = Callable[[etree._Element], Formula | None]


def read(element: etree._Element, tag: str) -> Formula | None:
    """The formula that an element shows; None for an element that is none."""
    reader = _TAGS.get(tag)
    if reader is not None and (found := reader(element)) is not None:
        return found
    for kind in classes(element):
        reader = _CLASSES.get(kind)
        if reader is not None and (found := reader(element)) is not None:
            return found
    return None


def _formula(latex: str, *, apart: bool, number: str = "", besides: tuple[etree._Element, ...] = ()) -> Formula | None:
    latex = tidy(latex)
    if not latex or len(latex) > _LONGEST:
        return None
    return Formula(latex, apart, number, besides)


def _math(math: etree._Element) -> Formula | None:
    """MathML: its annotation, an attribute, or what its elements show."""
    apart = attribute(math, "display") == "block" or attribute(math, "mode") == "display"
    return _formula(_latex_of(math), apart=apart)


def _latex_of(math: etree._Element) -> str:
    for annotation in math.iter(*_ANNOTATIONS):
        if attribute(annotation, "encoding").lower() in _TEX and (text := tree.plain_text(annotation).strip()):
            return without_style(text).latex
    for name in ("alttext", "data-latex"):
        if text := attribute(math, name).strip():
            return without_style(text).latex
    return mathml.to_latex(math)


def _inner_math(element: etree._Element) -> etree._Element | None:
    """The MathML in what a maker draws: near its start or, for screen readers, in one of its last elements."""
    places = [element, *islice(element.iterchildren(reversed=True), 2)]
    return next(
        (inner for place in places for inner in islice(place.iter("*"), _NEAR_START) if inner.tag in _MATH), None
    )


def _katex(span: etree._Element) -> Formula | None:
    math = _inner_math(span)
    if math is None:
        return None
    kinds = classes(span)
    apart = (
        "katex-display" in kinds or "katex-block" in kinds or next(_with_class(span, "katex-display"), None) is not None
    )
    return _formula(_latex_of(math), apart=apart or attribute(math, "display") == "block")


def _with_class(element: etree._Element, kind: str) -> Iterator[etree._Element]:
    return (inner for inner in islice(element.iter("span", "div"), _NEAR_START) if kind in classes(inner))


def _script(script: etree._Element) -> Formula | None:
    """MathJax 2 keeps the formula in a script, and shows it in elements in front of it."""
    kind, _, options = attribute(script, "type").lower().partition(";")
    text = script.text or ""
    if kind.strip() == "math/mml":
        math = _inner_math(tree.parse(text)) if len(text) < 20 * _LONGEST else None
        text = _latex_of(math) if math is not None else ""
    elif kind.strip() != "math/tex":
        if kind.startswith("math/") and next(_drawn_for(script), None) is None:
            script.tag = "code"  # another language (AsciiMath), which nothing shows but its words
        return None
    text = text.replace("% <![CDATA[", "").replace("%]]>", "").replace("%<![CDATA[", "")
    return _formula(text, apart="display" in options, besides=tuple(_drawn_for(script)))


def _drawn_for(script: etree._Element) -> Iterator[etree._Element]:
    for before in islice(script.itersiblings(preceding=True), _NEAR):
        words_between = (before.tail or "").strip()
        if words_between or not any(kind.startswith(("MathJax", "MJX", "mjx")) for kind in classes(before)):
            return
        yield before


def _mathjax(element: etree._Element) -> Formula | None:
    """What MathJax 2 shows. With a script behind it, the script has the formula."""
    if any(kind in ("MathJax_Preview", "MathJax_Processing") for kind in classes(element)):
        return Formula("", shown_elsewhere=True) if _has_script(element) else None
    if _has_script(element):
        return Formula("", shown_elsewhere=True)
    apart = "Display" in attribute(element, "class") or next(_with_class(element, "MathJax_Display"), None) is not None
    math = _inner_math(element)
    if math is None:
        source = attribute(element, "data-mathml") or next(
            (
                value
                for inner in islice(element.iter("span"), _NEAR_START)
                if (value := attribute(inner, "data-mathml"))
            ),
            "",
        )
        math = _inner_math(tree.parse(source)) if 0 < len(source) < 20 * _LONGEST else None
    return _formula(_latex_of(math), apart=apart or attribute(math, "display") == "block") if math is not None else None


def _has_script(element: etree._Element) -> bool:
    for behind in islice(element.itersiblings(), _NEAR):
        if tree.name(behind) == "script" and attribute(behind, "type").startswith(("math/tex", "math/mml")):
            return True
        if not any(kind.startswith(("MathJax", "MJX", "mjx")) for kind in classes(behind)):
            return False
    return False


def _container(container: etree._Element) -> Formula | None:
    """MathJax 3 and 4: assistive MathML, the LaTeX in an attribute, or the elements of the drawing."""
    apart = attribute(container, "display") in ("true", "block")
    for inner in islice(container.iter("*"), 40):
        if latex := attribute(inner, "data-latex"):
            return _formula(latex, apart=apart)
    math = _inner_math(container)
    if math is None:
        math = next((inner for inner in islice(container.iter("*"), _DRAWN) if _is_drawn(inner)), None)
    return _formula(_latex_of(math), apart=apart) if math is not None else None


def _is_drawn(element: etree._Element) -> bool:
    return tree.name(element) == "mjx-math" or element.get("data-mml-node") == "math"


def _wikipedia(span: etree._Element) -> Formula | None:
    math = _inner_math(span)
    picture = next((inner for inner in span if tree.name(inner) == "img"), None)
    kinds = attribute(picture, "class") if picture is not None else ""
    apart = "-display" in kinds or attribute(math, "display") == "block" if math is not None else "-display" in kinds
    if math is not None:
        return _formula(_latex_of(math), apart=apart)
    return _formula(without_style(attribute(picture, "alt")).latex, apart=apart) if picture is not None else None


def _marked(element: etree._Element) -> Formula | None:
    """Text in a box that says that it is a formula; with elements of its own only a number and its link."""
    for name in _SOURCES:
        if source := attribute(element, name).strip():
            return _of_text(source, attribute(element, "class"), tag=tree.name(element))
    number = ""
    text = element.text or ""
    for inner in element:
        kinds = classes(inner)
        if "eqno" in kinds:
            number = (inner.text or "").strip()
        elif tree.name(inner) not in ("br", "p", "div") or len(inner):
            return None
        else:
            text += tree.plain_text(inner)
        text += inner.tail or ""
    return _of_text(text, attribute(element, "class"), tag=tree.name(element), number=number)


def _of_text(text: str, named: str, *, tag: str, number: str = "") -> Formula | None:
    if len(text) > _LONGEST:
        return None
    found: Tex = between_marks(text)
    kinds = named.split()
    says_so = found.marked or not {"display", "inline", "math-display", "math-inline", "math-block"}.isdisjoint(kinds)
    if not says_so and not is_like_latex(found.latex):
        return None
    apart = found.apart or not _DISPLAYS.isdisjoint(kinds) or (tag == "div" and "math" in kinds)
    return _formula(found.latex, apart=apart, number=number)


def _short_text(element: etree._Element) -> str:
    """The text of an element; empty where that is too much for a formula."""
    parts: list[str] = []
    for number, inner in enumerate(element.iter("*")):
        parts += (inner.text or "", (inner.tail or "") if inner is not element else "")
        if number > _NEAR_START or len(parts[-1]) + len(parts[-2]) > _LONGEST:
            return ""
    return "".join(parts) if sum(map(len, parts)) <= _LONGEST else ""


def _renderer(element: etree._Element) -> Formula | None:
    found = between_marks(_short_text(element))
    display = "js-display-math" in classes(element) or element.get("block") not in (None, "false")
    return _formula(found.latex, apart=found.apart or display)


def _gitlab(code: etree._Element) -> Formula | None:
    style = attribute(code, "data-math-style")
    return _formula(_short_text(code), apart=style == "display") if style else None


def _amp(element: etree._Element) -> Formula | None:
    found = between_marks(attribute(element, "data-formula"))
    return _formula(found.latex, apart=found.apart and element.get("inline") is None)


def _substack(box: etree._Element) -> Formula | None:
    try:
        values = json.loads(attribute(box, "data-attrs") or "{}")
    except (ValueError, RecursionError):
        return None
    latex = values.get("persistentExpression") if isinstance(values, dict) else None
    return _formula(latex, apart=True) if isinstance(latex, str) else None


def _stem(box: etree._Element) -> Formula | None:
    """Asciidoctor: `\\$` are marks of AsciiMath, which is another language."""
    content = next(_with_class(box, "content"), None)
    found = between_marks(content.text or "") if content is not None and not len(content) else Tex("")
    return _formula(found.latex, apart=True) if found.marked and found.apart else None


TAGS = (*_MATH, "mjx-container", "math-renderer", "d-math", "dt-math", "amp-mathml")
"""Elements that show nothing but formulas."""
_DISPLAYS = frozenset({"display", "math-display", "math-block"})
_TAGS: dict[str, _Reader] = {
    **dict.fromkeys(_MATH, _math), "script": _script, "mjx-container": _container, "math-renderer": _renderer,
    "d-math": _renderer, "dt-math": _renderer, "code": _gitlab, "amp-mathml": _amp,
}  # fmt: skip
_CLASSES: dict[str, _Reader] = {
    **dict.fromkeys(("katex-display", "katex", "katex-block"), _katex),
    **dict.fromkeys(
        "MathJax MathJax_Display MathJax_SVG MathJax_SVG_Display MathJax_CHTML MathJax_MathML MathJax_Preview "
        "MJXc-display mjx-chtml MathJax_Processing MathJax_Processed".split(),
        _mathjax,
    ),
    "mwe-math-element": _wikipedia, "latex-rendered": _substack, "stemblock": _stem,
    **dict.fromkeys("math arithmatex mathjax math-inline math-display math-block ztext-math".split(), _marked),
}  # fmt: skip
