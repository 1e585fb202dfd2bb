"""Code as highlighters leave it: colours, line numbers and toolbars go, the text and its language stay.

<div class="highlight"><pre class="chroma"><code class="language-go" data-lang="go">…spans      Hugo
<table class="lntable"><td class="lntd"><pre>1\\n2</pre><td class="lntd"><pre>…                   Hugo, with numbers
<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight">      Jekyll
<pre class="highlight"><code><table class="rouge-table"><td class="rouge-gutter"><pre>1\\n2         Jekyll, with numbers
<figure class="highlight js"><table><td class="gutter"><td class="code"><pre><span class="line"> Hexo
<div class="highlight-python"><div class="highlight"><pre>                                       Sphinx, Pelican
<div class="highlight highlight-source-js"><pre>, <table><td class="blob-num"><td class="blob-code">  GitHub
<pre class="prettyprint lang-js"><ol class="linenums"><li>, <table class="hljs-ln">, <pre class="brush: php">  scripts
<div class="syntaxhighlighter php"><td class="code"><div class="container"><div class="line">, <div class="crayon-line">
<div class="CodeMirror"><pre class="CodeMirror-line">, <div class="view-line">, <div class="ace_line">   editors
<div class="sourceCode"><pre class="sourceCode python"><code><span id="cb1-1"><a href="#cb1-1">   Pandoc
<pre class="prism-code language-js"><code><span class="token-line">…<br>, <pre class="shiki">, <div class="ec-line">
<pre data-code-block-lang="js" class="graf--pre"><span class="pre--content">…<br>                Medium
<pre><div>, <pre><li>, <div style="white-space: pre">, <xmp>, <plaintext>, <listing>             by hand
"""

from __future__ import annotations

from collections import Counter
from itertools import islice

from lxml import etree

from converters.html import tree
from converters.importers.html.code import boxes, lines, places
from converters.importers.html.code.languages import known_by_classes, language_of
from converters.importers.shared.elements import attribute, classes

_MARKS = ("strong", "b", "em", "i", "a", "mark", "del", "ins", "u", "kbd", "var")
_THINGS = ("img", "picture", "video", "audio", "iframe", "svg", "math", "input")
_CODE = frozenset(
    "prettyprint highlight chroma code graf--pre programlisting literal-block sourceCode hljs shiki source-code src "
    "prism-code astro-code source example bbcode_code codeblock code-block wp-block-code".split()
)
"""Classes of a `<pre>` that say that it is code."""


def normalize(root: etree._Element, spared: frozenset[str] = frozenset()) -> None:
    """Change the tree in place: every highlighted text becomes `<pre><code>`. What has one of the classes `spared`, in
    it or around it, stays as it is."""
    found = places.find(root)
    inside = Counter(above for place in found for above in islice(place.element.iterancestors(), boxes.NESTED + 1))
    for place in found:
        if place.element.getparent() is not None and not (spared and _has(place.element, spared)):
            _code(place, inside)


def _has(element: etree._Element, spared: frozenset[str]) -> bool:
    around = islice(element.iterancestors(), boxes.NESTED)
    return any(not spared.isdisjoint(classes(one)) for one in (*element.iter("*"), *around))


def _code(place: places.Place, inside: Counter[etree._Element]) -> None:
    element = place.element
    around = boxes.around(element, inside)
    if place.lines:
        around = around._replace(
            caption=around.caption if around.caption is not None else boxes.title_inside(element),
            label=around.label or boxes.label_inside(element),
        )
    inner = [found for found in islice(element.iter("code", "pre"), 40) if found is not element]
    language = language_of([*inner, element, *around.named]) or around.label
    by_hand = element.tag == "pre" and not place.lines
    if by_hand and (whole := boxes.only_code_of(element)) is not None:
        place, language = place._replace(element=whole.code), language or whole.label
    says_code = around.known or any(code.tag == "code" for code in inner) or _is_code(element)
    if by_hand and not language and not says_code:
        _aligned(element)
        return
    new = etree.Element("pre")
    if place.aligned and not language:
        new.text = lines.exact(place)
    else:
        code = etree.SubElement(new, "code", {"class": f"language-{language}"} if language else {})
        if by_hand and _is_marked(element):
            _move(element, code)
        else:
            code.text = lines.exact(place)
    boxes.replace(element, new, around)


def _is_code(pre: etree._Element) -> bool:
    kinds = classes(pre)
    return not _CODE.isdisjoint(kinds) or known_by_classes(pre) or any(kind.startswith("cm-s-") for kind in kinds)


def _aligned(pre: etree._Element) -> None:
    """Aligned text or a poem stays as it is; boxes for its lines become line breaks."""
    if next(pre.iter("div", "p", "li", "tr"), None) is not None and next(pre.iter(*_THINGS), None) is None:
        text = lines.exact(places.Place(pre))
        if not _is_marked(pre, boxes_too=True):
            pre[:] = []
            pre.text = text


def _is_marked(pre: etree._Element, *, boxes_too: bool = False) -> bool:
    """Has somebody emphasised by hand? A highlighter has classes, styles or fonts for its colours."""
    if not boxes_too and next(pre.iter("div", "p", "li", "tr", "pre" if pre.tag != "pre" else "xmp"), None) is not None:
        return False
    if any(span.get("class") or span.get("style") or span.tag == "font" for span in pre.iter("span", "font")):
        return False
    return any(tree.plain_text(mark).strip() for mark in pre.iter(*_MARKS) if not _is_anchor(mark))


def _is_anchor(mark: etree._Element) -> bool:
    """A place in the code to link to, as generators set one before every line."""
    return mark.tag == "a" and (attribute(mark, "href").startswith("#") or not mark.get("href")) and len(mark) == 0


def _move(pre: etree._Element, code: etree._Element) -> None:
    lines.clear(pre)
    for line in pre.iter("br"):
        line.tail = "\n" + (line.tail or "")
    inner = list(pre.iter("code"))
    source = inner[0] if len(inner) == 1 and len(pre) == 1 and not (pre.text or "").strip() else pre
    code.text = source.text
    for child in list(source):
        code.append(child)
    tree.unwrap_all(code, list(code.iterdescendants("code")))
