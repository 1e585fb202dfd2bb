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

_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight)-([A-Za-z][\w+#-]{0,29})(?=\s|$)|brush:\s*([\w+#-]{1,30})"
)
_NOT_ONE = frozenset("source text none plaintext plain txt default nohighlight rouge".split())
_NUMBERS = re.compile(
    r"(?:^|\s)(?:lnt|ln|lineno|linenos|gutter|line-numbers-rows|linenumbers|rouge-gutter|lntd-number)(?:\s|$)"
)
_BOXES = re.compile(
    r"(?:^|\s)(?:highlight|highlighter-rouge|codehilite|highlight-[\w-]+|language-[\w+#-]+|code-wrapper|sourceCode)(?:\s|$)"
)

_MARKS = ("strong", "b", "em", "i", "a", "mark", "del", "ins", "u", "kbd", "var")
_WORDS_BESIDE = 200
"""Characters of a title or a toolbar; a box with more is a part of the text."""
_NESTED = 8


def normalize(root: etree._Element) -> None:
    """Change the tree in place: every highlighted text becomes `<pre><code>`."""
    for table in list(root.iter("table")):
        if any(
            re.search(r"lntable|rouge-table|highlighttable", str(table.get("class") or "")) for _ in (0,)
        ) or _is_hexo(table):
            _without_numbers(table)
    for pre in list(root.iter("pre")):
        if pre.getparent() is not None and next(pre.iterancestors("pre"), None) is None:
            _pre(pre)


def _is_hexo(table: etree._Element) -> bool:
    cells = [str(cell.get("class") or "") for cell in table.iter("td")]
    return any("gutter" in kind.split() for kind in cells) and any("code" in kind.split() for kind in cells)


def _without_numbers(table: etree._Element) -> None:
    texts = list(table.iter("pre"))
    if texts:
        tree.replace(table, texts[-1])


def _pre(pre: etree._Element) -> None:
    boxes = [pre, *_boxes(pre)]
    inner = list(pre.iter("code"))
    if len(boxes) == 1 and not inner and not _said([pre]) and "hljs" not in str(pre.get("class")) and not _is_code(pre):
        return  # aligned text, a poem
    for number in list(pre.iter("*")):
        if number is not pre and _NUMBERS.search(str(number.get("class") or "")):
            tree.remove(number)
    language = _said([*inner, *boxes])
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
        if not _BOXES.search(str(above.get("class") or "")) or above.getparent() is None:
            break
        if any(other is not pre for other in above.iter("pre")):
            break
        if len(tree.plain_text(above).strip()) - own > _WORDS_BESIDE or len(found) > _NESTED:
            break
        found.append(above)
    return found


def _is_code(pre: etree._Element) -> bool:
    kinds = str(pre.get("class") or "").split()
    return bool(
        {"prettyprint", "highlight", "chroma", "code", "graf--pre", "programlisting", "literal-block"} & set(kinds)
    )


def _said(elements: list[etree._Element]) -> str:
    for element in elements:
        for name in ("data-lang", "data-language", "data-code-block-lang"):
            value = str(element.get(name) or "").lower()
            if re.fullmatch(r"[a-z][\w+#-]{0,29}", value) and value not in _NOT_ONE:
                return value
        kinds = str(element.get("class") or "")
        for found in _LANGUAGE.finditer(kinds):
            value = (found[1] or found[2]).lower()
            if value not in _NOT_ONE:
                return value
        words = kinds.split()
        if "hljs" in words or ("highlight" in words and element.tag == "figure"):
            rest = [
                word for word in words if word not in ("hljs", "highlight") and word.isalnum() and word not in _NOT_ONE
            ]
            if rest:
                return rest[0].lower()
    return ""
