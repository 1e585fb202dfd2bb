"""Source code: shortcodes and `pre` elements of highlighters become `<pre><code class="language-x">`.

[code lang="php"]…[/code]   [sourcecode language="css" title="a.css"]…[/sourcecode]   [source]   [code='php']
[php]…[/php]   [js]…[/js]                                    SyntaxHighlighter Evolved, WordPress.com
[crayon lang="php" title="a.php"]   <pre class="lang:php decode:true" title="a.php">           Crayon
[cc lang="php"]   [cc_php]   [ccW_php]   [cci]…[/cci]         CodeColorer (`cci`: inside a line)
[codesyntax lang="php"]   [syntaxhighlighter lang="php"]   [highlight lang="php"]
<pre lang="php" line="1">                                    WP-Syntax, WP-GeSHi-Highlight
<pre class="brush: php; title: a.php">                       SyntaxHighlighter
<pre class="EnlighterJSRAW" data-enlighter-language="php">   EnlighterJS
<pre data-language="php">   <pre><code class="hljs php">     Prismatic, highlight.js, prettify

<pre>[code lang="php"]…[/code]</pre>                         a shortcode that fills a `pre`

`shield` works on the text, before any other step sees it: what stands in code is no shortcode, no address of a player
and has no paragraphs. `pre` works on the tree.

How often character references are decoded is the plug-in's doing: SyntaxHighlighter shows `&lt;` as `<`; CodeColorer
and WP-Syntax show their text as it is unless it is said to be `escaped`. Text of theirs that holds references and not
one raw `<` was written by the visual editor and is decoded, too.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes
from converters.importers.wordpress.content.shortcodes import parse_attributes

_LANGUAGES = frozenset(
    """actionscript3 arduino as3 asp bash c c-sharp cf clj clojure coldfusion cpp csharp css delphi diff erl erlang
    fsharp go golang groovy haskell html java javafx javascript jfx js json jscript kotlin lua matlab matlabkey
    obj-c objc pas pascal patch perl php pl plain powershell ps py python r rails rb ror ruby rust scala shell
    splus sql swift text ts typescript vb vbnet xhtml xml xslt yaml yml""".split()
)
"""Names that are shortcodes of their own. `latex` is none: elsewhere it is a formula."""
_MORE_LANGUAGES = frozenset(
    """apache awk batch cmake console dart docker dockerfile elixir fortran go-html-template graphql html4strict html5
    http ini jsx less lisp makefile markdown md mysql nginx ocaml perl6 pgsql plaintext plsql postgresql prolog
    scheme scss sass sh svg tcl tex toml tsql tsx twig vbscript vim vue wasm zsh latex assembly asm
    apacheconf""".split()
)
_SAME = {
    "c-sharp": "csharp", "jscript": "javascript", "obj-c": "objc", "pas": "pascal", "erl": "erlang", "splus": "r",
    "ror": "ruby", "rails": "ruby", "pl": "perl", "ps": "powershell", "patch": "diff", "golang": "go", "xhtml": "html",
    "html4strict": "html", "html5": "html", "clj": "clojure", "as3": "actionscript3", "cf": "coldfusion",
    "vb.net": "vbnet", "c++": "cpp", "c#": "csharp",
}  # fmt: skip
_NONE = frozenset({"plain", "plaintext", "text", "txt", "none", "raw", "generic", "default", "auto", "unknown"})
_GENERAL = ("code", "sourcecode", "source", "syntaxhighlighter", "crayon", "codesyntax", "codecolorer", "highlight")
_NAMES = "|".join(re.escape(name) for name in sorted({*_GENERAL, *_LANGUAGES}, key=lambda name: (-len(name), name)))
_PRE_ALONE = re.compile(r"<[pP][rR][eE](?=[\s>])(?P<pre>[^>]{0,2000})>(?P<name>(?!))?")
_PRE_END = re.compile(r"</pre\s*>", re.I)
_BLOCK_MARK = re.compile(r"<!--\s+/?wp:")
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_TITLE = re.compile(r"(?:^|[\s;])title:\s*(?:\"([^\"]*)\"|'([^']*)'|([^;\s\"'][^;\"']*))")
_SAID = re.compile(r"(?:^|[\s;])(?:language-|lang-|lang:\s*|brush:\s*)([\w+#.-]+)")
_NAMED_IN = ("data-enlighter-language", "data-language", "data-lang")
_BRACKETS = str.maketrans({"[": "&#91;", "]": "&#93;", "<": "&lt;", ">": "&gt;"})
_YES = frozenset({"true", "1", "yes", "on"})


@cache  # large, and many sites have no such shortcode
def _token() -> re.Pattern[str]:
    return re.compile(
        r"<pre(?=[\s>])(?P<pre>[^>]{0,2000})>"
        rf"|(?P<before>\[?)\[(?P<name>{_NAMES}|cc[a-z]{{0,6}}(?:_[\w+#-]{{1,30}})?)"
        r"(?P<attributes>(?:[\s=](?:\"[^\"]{0,500}+\"|'[^']{0,500}+'|[^\[\]\"']{1,500}+){0,50}+)?+)\]",
        re.I,
    )


@cache
def _end() -> re.Pattern[str]:
    return re.compile(rf"\[/(?:{_NAMES}|cc[a-z]{{0,6}}(?:_[\w+#-]{{1,30}})?)\]", re.I)


def shield(text: str, skipped: frozenset[str] = frozenset()) -> str:
    """The text with code shortcodes and the `pre` of WP-Syntax as `pre` elements no later step finds marks in.

    `skipped`: names that mean something else on this site.
    """
    named = "[/" in text and _end().search(text) is not None
    if "<pre" not in text and not named:
        return text
    return _Shield(text, skipped).run(_token() if named else _PRE_ALONE)


class _Shield:
    """One walk over a text. What has no end is looked for once only."""

    def __init__(self, text: str, skipped: frozenset[str]) -> None:
        self._text, self._skipped = text, skipped
        self._last: dict[str, int] = {}
        self._open_pre = False

    def run(self, token: re.Pattern[str]) -> str:
        parts: list[str] = []
        position = 0
        while match := token.search(self._text, position):
            parts.append(self._text[position : match.start()])
            if match["name"] is None:
                html, position = self._pre(match)
            else:
                html, position = self._shortcode(match)
            parts.append(html)
        parts.append(self._text[position:])
        return "".join(parts)

    def _pre(self, match: re.Match[str]) -> tuple[str, int]:
        end = None if self._open_pre else _PRE_END.search(self._text, match.end())
        if end is None:
            self._open_pre = True
            return match[0], match.end()
        inside = self._text[match.end() : end.start()]
        if html := self._only_a_shortcode(inside.strip()):
            return html, end.end()
        named, _ = parse_attributes(match["pre"])
        if _is_wp_syntax(named, inside):
            return _block(_plain(inside, named), named.get("lang", ""), named.get("title", "")), end.end()
        return self._text[match.start() : end.end()], end.end()

    def _only_a_shortcode(self, inside: str) -> str:
        """The block of a code shortcode that fills a `pre`, as visual editors have it; empty for any other inside."""
        match = _token().match(inside)
        if match is None or match["name"] is None or not inside.endswith(f"[/{match['name']}]"):
            return ""
        html, after = _Shield(inside, self._skipped)._shortcode(match)
        return html.strip() if after == len(inside) and "<pre" in html else ""

    def _shortcode(self, match: re.Match[str]) -> tuple[str, int]:
        text, name = self._text, match["name"]
        if name in self._skipped:
            return match[0], match.end()
        closing = f"[/{name}]"
        if name not in self._last:
            self._last[name] = text.rfind(closing)
        attributes = match["attributes"]
        if self._last[name] < match.end() or attributes.rstrip().endswith("/"):
            return match[0], match.end()
        start = text.find(closing, match.end())
        end = start + len(closing)
        inside = text[match.end() : start]
        if match["before"] and text[end : end + 1] == "]":
            return text[match.start() + 1 : end].translate(_BRACKETS), end + 1
        named, language = _read(name.lower(), attributes)
        if not inside.strip() or _BLOCK_MARK.search(inside) or (name.lower() == "highlight" and not language):
            return match[0], match.end()
        if name.lower()[:2] == "cc" or name.lower() in ("codecolorer", "crayon"):
            shown = _plain(inside, named)
        else:
            shown = inside.translate(_BRACKETS)
        if self._in_line(match, name, inside, end):
            return match["before"] + f"<code>{shown.strip()}</code>", end
        return match["before"] + "\n" + _block(shown, language, named.get("title", "")) + "\n", end

    def _in_line(self, match: re.Match[str], name: str, inside: str, end: int) -> bool:
        """Does the code stand inside a line of text?"""
        if "\n" in inside.strip():
            return False
        if name.lower().partition("_")[0] == "cci":
            return True
        before = self._text[max(0, match.start() - 200) : match.start()].rpartition("\n")[2]
        after = self._text[end : end + 200].partition("\n")[0]
        return bool(re.sub(r"<[^<>]*>", "", before).strip() or re.sub(r"<[^<>]*>", "", after).strip())


def _read(name: str, attributes: str) -> tuple[dict[str, str], str]:
    """(attributes, language) of a code shortcode."""
    if attributes.startswith("="):
        return {}, attributes[1:].strip().strip("\"'")
    named, _ = parse_attributes(attributes)
    language = next((named[key] for key in ("language", "lang", "type") if named.get(key)), "")
    if not language and name in _LANGUAGES:
        language = name
    if not language and name.startswith("cc"):
        language = name.partition("_")[2]
    return named, language


def _is_wp_syntax(named: dict[str, str], inside: str) -> bool:
    if not ({"line", "escaped"} & named.keys() or named.get("lang", "").lower() in _LANGUAGES | _MORE_LANGUAGES):
        return False
    return not inside.lstrip().startswith(("<code", "<span"))


def _plain(inside: str, named: dict[str, str]) -> str:
    """Text of a plug-in that shows it as it is, unless it says otherwise or the visual editor wrote it."""
    escaped = named.get("escaped", named.get("decode", "")).lower() in _YES
    if not escaped and "<" in inside:
        inside = inside.replace("&", "&amp;")
    return inside.translate(_BRACKETS)


def _block(shown: str, language: str, title: str) -> str:
    language = _language(language)
    said = f' class="language-{escape(language)}"' if language else ""
    shown = _BLANK_START.sub("", shown).rstrip()
    html = f"<pre><code{said}>{shown}</code></pre>"
    if not title.strip():
        return html
    title = escape(unescape(title.strip()), quote=False).translate({ord("["): "&#91;", ord("]"): "&#93;"})
    return f"<figure><figcaption>{title}</figcaption>{html}</figure>"


def _language(name: str) -> str:
    name = name.strip().strip(";").lower()
    name = _SAME.get(name, name)
    return name if re.fullmatch(r"[\w+#.-]{1,30}", name) and name not in _NONE else ""


def pre(element: etree._Element) -> None:
    """A language and a title said in any of the usual ways stand on the `code` inside and above the whole."""
    inner = element.find("code")
    if inner is not None and ((element.text or "").strip() or len(element) > 1 or (inner.tail or "").strip()):
        inner = None  # code and other things: no code block of one piece
    language = _said(element, inner)
    title = _title(element)
    if language:
        for name in [
            name for name in map(str, element.attrib) if name in ("lang", "title") or name.startswith("data-")
        ]:
            del element.attrib[name]
        inner = _wrap(element) if inner is None else inner
        inner.set("class", f"language-{language}")
        for name in ("lang", "data-lang", "data-language"):
            inner.attrib.pop(name, "")
    parent = element.getparent()
    if title and parent is not None and parent.tag != "figure":
        _under(element, title)


def _said(element: etree._Element, inner: etree._Element | None) -> str:
    both = [one for one in (element, inner) if one is not None]
    named = [match[1] for one in both if (match := _SAID.search(attribute(one, "class")))]
    named += [str(one.get(name)) for name in _NAMED_IN for one in both if one.get(name)]
    if named:
        return _language(named[0])
    known = _LANGUAGES | _MORE_LANGUAGES
    words = [attribute(one, "lang") for one in both]
    words += classes(inner) if inner is not None else []
    return next((_language(word) for word in words if word.lower() in known), "")


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
