"""Code as highlighters leave it: colours, line numbers and toolbars go, the text and its language stay.

<div class="highlight"><pre class="chroma"><code class="language-go" data-lang="go">…spans      Hugo
<table class="lntable"><td class="lntd"><pre>1\\n2</pre><td class="lntd"><pre>…                   Hugo, with numbers
<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight">      Jekyll
<figure class="highlight js"><table><td class="gutter"><td class="code"><pre><span class="line"> Hexo
<div class="highlight-python"><div class="highlight"><pre>                                       Sphinx, Pelican
<div class="highlight highlight-source-js"><pre>                                               GitHub
<pre class="prettyprint lang-js">, <code class="hljs javascript">, <pre class="brush: php">        scripts of themes
<pre data-code-block-lang="js" class="graf--pre"><span class="pre--content">…<br>                Medium
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight)-([A-Za-z][\w+#-]{0,29})(?=\s|$)|brush:\s*([\w+#-]{1,30})"
)
_NAME = re.compile(r"[a-z][\w+#-]{0,29}")
_NOT_ONE = frozenset("source text none plaintext plain txt default nohighlight rouge".split())
_NUMBERS = re.compile(
    r"(?:^|\s)(?:lnt|ln|lineno|linenos|gutter|line-numbers-rows|linenumbers|rouge-gutter|lntd-number)(?:\s|$)"
)
_TABLES = re.compile(r"lntable|rouge-table|highlighttable")
_BOXES = re.compile(
    r"(?:^|\s)(?:highlight|highlighter-rouge|codehilite|highlight-[\w-]+|language-[\w+#-]+|code-wrapper|sourceCode)(?:\s|$)"
)

_CODE = frozenset("prettyprint highlight chroma code graf--pre programlisting literal-block".split())
_MARKS = ("strong", "b", "em", "i", "a", "mark", "del", "ins", "u", "kbd", "var")
_WORDS_BESIDE = 200
"""Characters of a title or a toolbar; a box with more is a part of the text."""
_NESTED = 8


def normalize(root: etree._Element) -> None:
    """Change the tree in place: every highlighted text becomes `<pre><code>`."""
    for table in list(root.iter("table")):
        texts = list(table.iter("pre"))
        if texts and (_TABLES.search(attribute(table, "class")) or _is_hexo(table)):
            tree.replace(table, texts[-1])  # without the numbers of its lines
    for pre in list(root.iter("pre")):
        if pre.getparent() is not None and next(pre.iterancestors("pre"), None) is None:
            _pre(pre)


def _is_hexo(table: etree._Element) -> bool:
    kinds = {kind for cell in table.iter("td") for kind in classes(cell)}
    return {"gutter", "code"} <= kinds


def _pre(pre: etree._Element) -> None:
    boxes = [pre, *_boxes(pre)]
    inner = list(pre.iter("code"))
    marked = "hljs" in str(pre.get("class")) or not _CODE.isdisjoint(classes(pre))
    if len(boxes) == 1 and not inner and not marked and not _language([pre]):
        return  # aligned text, a poem
    for number in list(pre.iter("*")):
        if number is not pre and _NUMBERS.search(attribute(number, "class")):
            tree.remove(number)
    language = _language([*inner, *boxes])
    for line in pre.iter("br"):
        line.tail = "\n" + (line.tail or "")
    text = tree.plain_text(pre)
    new = etree.Element("pre")
    code = etree.SubElement(new, "code", {"class": f"language-{language}"} if language else {})
    if next(pre.iter(*_MARKS), None) is not None and not any(span.get("class") for span in pre.iter("span")):
        source = inner[0] if len(inner) == 1 and len(pre) == 1 else pre  # emphasis by hand, not by a highlighter
        code.text, children = source.text, list(source)
        for child in children:
            code.append(child)
    else:
        code.text = text
    outer = boxes[-1]
    caption = next(iter(outer.iter("figcaption")), None) if outer is not pre else None
    if caption is not None and tree.plain_text(caption).strip():
        figure = etree.Element("figure")
        figure.append(new)
        caption.tail = None
        figure.append(caption)
        new = figure
    tree.replace(outer, new)


def _boxes(pre: etree._Element) -> list[etree._Element]:
    """The boxes of a highlighter around a text, innermost first."""
    found: list[etree._Element] = []
    own = len(tree.plain_text(pre).strip())
    for above in pre.iterancestors("div", "figure"):
        if not _BOXES.search(attribute(above, "class")) or above.getparent() is None:
            break
        if any(other is not pre for other in above.iter("pre")):
            break
        if len(tree.plain_text(above).strip()) - own > _WORDS_BESIDE or len(found) > _NESTED:
            break
        found.append(above)
    return found


def _language(elements: list[etree._Element]) -> str:
    """The first language that one of these elements names; empty for none."""
    return next((language for element in elements for language in _languages(element)), "")


def _languages(element: etree._Element) -> list[str]:
    attributes = (attribute(element, name).lower() for name in ("data-lang", "data-language", "data-code-block-lang"))
    named = [value for value in attributes if _NAME.fullmatch(value)]
    named += [(found[1] or found[2]).lower() for found in _LANGUAGE.finditer(attribute(element, "class"))]
    named = [value for value in named if value not in _NOT_ONE]
    kinds = classes(element)
    if "hljs" in kinds or ("highlight" in kinds and element.tag == "figure"):
        others = (kind for kind in kinds if kind.isalnum() and kind not in ("hljs", "highlight"))
        named += [kind.lower() for kind in others if kind not in _NOT_ONE]
    return named
