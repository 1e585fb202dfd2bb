"""Source code in the tree: highlighters' elements become `<pre><code class="language-x">`, the text as it was shown.

<pre class="brush: php; title: a.php">                       SyntaxHighlighter
<pre class="EnlighterJSRAW" data-enlighter-language="php">   EnlighterJS
<pre data-language="php">   <pre><code class="hljs php">     Prismatic, highlight.js, prettify
<pre><span class="kw">if</span>…<br>                          coloured by a program, and pasted
<span class="lang:php decode:true crayon-inline">            Crayon, inside a line
<code>a<br>b</code>                                           lines of code without a `pre`

`code_text.py` has what must be taken out of the text before it is parsed.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes, is_inside
from converters.importers.wordpress.content import code_languages

_TITLE = re.compile(r"(?:^|[\s;])title:\s*(?:\"([^\"]*)\"|'([^']*)'|([^;\s\"'][^;\"']*))")
_SAID = re.compile(r"(?:^|[\s;])(?:language-|lang-|lang:\s*|brush:\s*)([\w+#.-]+)")
_NAMED_IN = ("data-enlighter-language", "data-language", "data-lang")
_NUMBERS = re.compile(
    r"(?:^|\s)(?:lnt|lnum|ln|lineno|linenos|line-?numbers?(?:-rows)?|linenumbers|gutter|no|crayon-num)(?:\s|$)"
)
_COLOURS = ("span", "font")
_LINES = ("div", "p")
_MAY_HOLD_LINES = frozenset({*_COLOURS, *_LINES, "br", "a", "code", "b", "i", "strong", "em"})
_BLOCK_PARENTS = frozenset("div blockquote li section article main center dd figure".split())


def pre(element: etree._Element) -> None:
    """A language and a title said in any of the usual ways are on the `code` inside and above the whole."""
    if "wp-block-verse" not in classes(element):
        _without_colours(element)
    inner = element.find("code")
    if inner is not None and ((element.text or "").strip() or len(element) > 1 or (inner.tail or "").strip()):
        inner = None  # code and other things: no code block of one piece
    language = _said(element, inner)
    title = _title(element)
    if language:
        for name in [
            name for name in map(str, element.attrib) if name in ("lang", "title", "name") or name.startswith("data-")
        ]:
            del element.attrib[name]
        inner = _wrap(element) if inner is None else inner
        inner.set("class", f"language-{language}")
        for name in ("lang", "data-lang", "data-language"):
            inner.attrib.pop(name, "")
    parent = element.getparent()
    if title and parent is not None and parent.tag != "figure":
        _under(element, title)


def _without_colours(element: etree._Element) -> None:
    """Without the elements of a program that coloured the code: their numbers go, their lines are lines."""
    if not len(element):
        return
    inside = list(element.iterdescendants("*"))
    tree.remove_all(element, [one for one in inside if one.tag in _COLOURS and _is_number(one)])
    if all(tree.name(one) in _MAY_HOLD_LINES for one in inside):
        _lines_of_boxes(element, [one for one in inside if one.tag in _LINES and one.getparent() is not None])
    breaks = [one for one in inside if one.tag == "br" and one.getparent() is not None]
    _end_lines(breaks)
    codes = [one for one in inside if one.tag == "code"]
    several = len(codes) > 1 and not (element.text or "").strip() and all(_only_lines(one, element) for one in codes)
    idle = [one for one in inside if one.tag in _COLOURS or (one.tag == "a" and not one.get("href"))]
    tree.unwrap_all(element, [*breaks, *idle, *(codes if several else ())])
    if breaks and not len(element):
        element.text = (element.text or "").strip("\n")


def _is_number(element: etree._Element) -> bool:
    return _NUMBERS.search(attribute(element, "class")) is not None or attribute(element, "id").startswith("lnum")


def _only_lines(code: etree._Element, element: etree._Element) -> bool:
    """Whether the `code` is a line of its own in the `pre`."""
    return code.getparent() is element and not (code.tail or "").strip()


def _lines_of_boxes(element: etree._Element, boxes: list[etree._Element]) -> None:
    for box in boxes:
        if len(box) == 1 and box[0].tag == "br" and not tree.plain_text(box).strip():
            tree.unwrap(box[0])  # which an editor puts into an empty line
        if next(box.iterdescendants(*_LINES), None) is None:
            box.tail = "\n" + (box.tail or "").lstrip("\n")
    tree.unwrap_all(element, boxes)


def _end_lines(breaks: list[etree._Element]) -> None:
    """Line ends in place of `br`. An editor that wrote one in front of every line end meant a single one."""
    doubled = len(breaks) > 1 and all((one.tail or "\n").startswith("\n") for one in breaks)
    for one in breaks:
        one.tail = (one.tail or "\n") if doubled else "\n" + (one.tail or "")


def lines(element: etree._Element) -> None:
    """`code` with breaks in it: a block of code where it is alone, else a piece of code for each line."""
    if is_inside(element, "pre", "code") or element.getparent() is None:
        return
    if next(element.iterchildren("pre"), None) is not None and not _words_beside(element):
        tree.unwrap(element)
        return
    _strip_breaks(element)
    if not len(element) and not (element.text or "").strip():
        tree.unwrap(element)
    elif next(element.iterchildren("br"), None) is not None and not _to_block(element):
        _split(element)


def _words_beside(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) or any(
        (child.tail or "").strip() or child.tag not in ("pre", "br") for child in element
    )


def _strip_breaks(element: etree._Element) -> None:
    """Breaks at both ends only part the code from its tags."""
    while len(element) and element[0].tag == "br" and not (element.text or "").strip():
        element.text = (element[0].tail or "").lstrip("\n")
        element[0].tail = None
        element.remove(element[0])
    while len(element) and element[-1].tag == "br" and not (element[-1].tail or "").strip():
        element[-1].tail = None
        element.remove(element[-1])
    if not len(element) and element.text and "\n" in element.text:
        element.text = element.text.strip("\n")


def _to_block(element: etree._Element) -> bool:
    """Make a block of `code` that has lines to itself; False where it has not, or where no block can be.

    In a paragraph, all such codes at once: each alone would move what follows it.
    """
    parent = element.getparent()
    assert parent is not None, "it is below the root"
    if parent.tag not in ("p", *_BLOCK_PARENTS) or not _has_own_lines(element):
        return False
    if parent.tag == "p":
        tree.replace(parent, *_cut(parent))
        return True
    for one in (element.getprevious(), element.getnext()):
        if one is not None and one.tag == "br":
            tree.remove(one)
    tree.replace(element, block := etree.Element("pre"))
    block.append(_with_line_ends(element))
    return True


def _has_own_lines(element: etree._Element) -> bool:
    parent, before, after = element.getparent(), element.getprevious(), element.getnext()
    ahead = (parent.text if parent is not None else None) if before is None else before.tail
    starts = not (ahead or "").strip() and (before is None or before.tag in ("br", "pre"))
    return starts and not (element.tail or "").strip() and (after is None or after.tag == "br")


def _with_line_ends(code: etree._Element) -> etree._Element:
    """The code with line ends in place of breaks, and nothing behind it."""
    breaks = list(code.iter("br"))
    for one in breaks:
        one.tail = "\n" + (one.tail or "").lstrip("\n")
    tree.unwrap_all(code, breaks)
    code.tail = None
    return code


def _cut(paragraph: etree._Element) -> list[etree._Element]:
    """The paragraph in pieces: blocks of code, and what was between them. Breaks beside a block go."""
    pieces: list[etree._Element] = []
    alike = {str(name): str(value) for name, value in paragraph.attrib.items() if name != "id"}
    here = etree.Element("p", alike)
    here.text = paragraph.text
    children = list(paragraph)
    own = [
        child.tag == "code" and next(child.iter("br"), None) is not None and _has_own_lines(child) for child in children
    ]
    for number, child in enumerate(children):
        if own[number]:
            pieces.append(here)
            block = etree.Element("pre")
            block.append(_with_line_ends(child))
            pieces.append(block)
            here = etree.Element("p", alike)
        elif child.tag == "br" and number and own[number - 1]:
            here.text = child.tail
        else:
            here.append(child)
    pieces.append(here)
    for piece in pieces:
        if piece.tag == "p" and len(piece) and piece[-1].tag == "br" and not (piece[-1].tail or "").strip():
            piece.remove(piece[-1])
    return [piece for piece in pieces if len(piece) or (piece.text or "").strip()]


def _split(element: etree._Element) -> None:
    """A piece of code for each line, with the breaks between them."""
    piece = element
    for child in list(element):
        if child.tag != "br":
            continue
        following = etree.Element("code")
        following.text = (child.tail or "").lstrip("\n")
        child.tail = None
        following.extend(list(child.itersiblings()))
        following.tail, piece.tail = piece.tail, None
        piece.addnext(child)
        child.addnext(following)
        piece = following


def inline(element: etree._Element) -> None:
    """Crayon's code inside a line."""
    if "crayon-inline" in classes(element):
        element.tag = "code"
        element.attrib.clear()


def _said(element: etree._Element, inner: etree._Element | None) -> str:
    both = [one for one in (element, inner) if one is not None]
    named = [match[1] for one in both if (match := _SAID.search(attribute(one, "class")))]
    named += [str(one.get(name)) for name in _NAMED_IN for one in both if one.get(name)]
    if named:
        return code_languages.label(named[0])
    words = [word for one in both if (word := attribute(one, "lang")) and not code_languages.is_natural(word)]
    if attribute(element, "name") == "code":
        words += [kind.partition(":")[0] for kind in classes(element)[:1]]
    words += [word for word in (classes(inner) if inner is not None else []) if word.lower() in code_languages.KNOWN]
    return next((found for word in words if (found := code_languages.label(word))), "")


def _title(element: etree._Element) -> str:
    """`title: a.php` among SyntaxHighlighter's parameters, else the attributes that Crayon and EnlighterJS show."""
    kinds = attribute(element, "class")
    if match := _TITLE.search(kinds):
        return next(part for part in match.groups() if part is not None).strip()
    if "lang:" in kinds or "brush:" in kinds:
        return attribute(element, "title").strip()
    return attribute(element, "data-enlighter-title").strip()


def _wrap(element: etree._Element) -> etree._Element:
    """Everything inside the `pre` inside a `code`."""
    code = etree.Element("code")
    code.text, element.text = element.text, None
    code.extend(list(element))
    element.append(code)
    return code


def _under(element: etree._Element, title: str) -> None:
    figure = etree.Element("figure")
    tree.replace(element, figure)
    etree.SubElement(figure, "figcaption").text = title
    figure.append(element)
