"""Elements that hold code as it was typed, each with what its plug-in shows.

<pre lang="php" line="1">   <pre lang="php" escaped="true">     WP-Syntax, WP-GeSHi-Highlight, WP-CodeBox
<pre class="lang:php decode:true">                              Crayon, Urvanov
<pre class="brush: xml"><a><b/></a></pre>                       highlighters of the browser, with source left unescaped
<code lang="php">   <code lang="php" inline="true">              CodeColorer
<coolcode lang="php">   <source lang="php">   <syntaxhighlight lang="php">
<textarea name="code" class="php">   <script type="syntaxhighlighter" class="brush: js">
<code>several lines, alone on them</code>
"""

from __future__ import annotations

import re
from collections.abc import Callable

from converters.html.elements import KNOWN
from converters.importers.wordpress.content import code_languages
from converters.importers.wordpress.content.code_html import AS_IT_IS, block, shown
from converters.importers.wordpress.content.shortcodes import parse_attributes

BLOCK_MARK = re.compile(r"<!--\s+/?wp:")
WRAPPED_PRE = re.compile(r"\s*<pre[\s>].*</pre\s*>\s*\Z", re.S | re.I)
_CRAYON = re.compile(r"(?:^|\s)lang:\s*([\w+#.-]+)")
_DECODED = re.compile(r"(?:^|\s)decode:\s*(?:true|1|yes|on)\b")
_BRUSH = re.compile(r"brush:\s*([\w+#.-]+)")
_CDATA = re.compile(r"\A\s*<!\[CDATA\[(.*?)(?:\]\]>)?\s*\Z", re.S)
_MARK = re.compile(
    r"\bbrush:\s*([\w+#-]+)|\blang(?:uage)?-([\w+#-]+)|data-(?:enlighter-)?lang(?:uage)?=[\"']?([\w+#-]+)"
    r"|EnlighterJSRAW|prettyprint|\bhljs\b|\bname=[\"']?code\b"
)
"""What a highlighter of the browser finds its code by."""
_FIRST_CODE = re.compile(r"\s*<code(?:\s[^<>]{0,400})?>", re.I)
_TAG_NAME = re.compile(r"</?([A-Za-z][\w:-]*)|<[!?]")
_BREAK = re.compile(r"<br\s*/?>\n?", re.I)
_YES = frozenset({"true", "1", "yes", "on"})
_IN_A_LINE = frozenset(
    "a abbr b big br code del em font i ins kbd mark p q s samp small span strike strong sub sup tt u var".split()
)
"""Elements that code can hold and mean; with any other it is the source of a page."""
_COLOURS = frozenset({"span", "br"})
_AROUND = re.compile(r"(?:</?(?:p|div|li|blockquote|ul|ol)(?:\s[^<>]{0,200})?>|[ \t]|<!--[^>]{0,500}-->)*", re.I)


class Element:
    """An element that may hold code, as it is written."""

    def __init__(self, match: re.Match[str], inside: str, end: int, text: str) -> None:
        self.start, self.inside, self.end, self.text = match.start(), inside, end, text
        self.opening, self.closing = match[0], text[match.end() + len(inside) : end]
        self.given, _ = parse_attributes(match["given"].rstrip("/"))

    def get(self, *names: str) -> str:
        """The first of these attributes that is not empty."""
        return next((value for name in names if (value := self.given.get(name, "").strip())), "")

    @property
    def language(self) -> str:
        """The programming language that `lang` names; empty for none, and for a language that people speak."""
        name = self.get("lang", "language", "type")
        return "" if code_languages.is_natural(name) else name

    def block(self, language: str, *, escaped: bool = False) -> str:
        escaped = escaped or self.get("escaped", "decode").lower() in _YES
        return block(shown(self.inside, escaped=escaped), language, self.get("title"))


def _pre(found: Element) -> str | None:
    """As the plug-in shows it; None for a `pre` without the marks of one, or with nothing in it that is no HTML."""
    if crayon := _CRAYON.search(found.get("class")):
        return None if _is_html(found, crayon[1]) else found.block(crayon[1], escaped=_is_decoded(found))
    if not ({"line", "escaped"} & found.given.keys() or (found.get("lang") and found.language)):
        return _marked(found)
    return None if _is_html(found, found.language) else found.block(found.language)


def _marked(found: Element) -> str | None:
    """Code of a highlighter that runs in the browser, with the source that stands in it unescaped as text."""
    code = _FIRST_CODE.match(found.inside)
    begin = code.end() if code is not None else 0
    mark = _MARK.search(found.opening + found.inside[:begin])
    if mark is None:
        return None
    end = found.inside.rfind("</code") if code is not None else len(found.inside)
    body = found.inside[begin:end] if end >= begin else ""
    names = {(name[1] or "?").lower() for name in _TAG_NAME.finditer(body)}
    language = next(filter(None, mark.groups()), "").lower()
    if not names - (_COLOURS if language in code_languages.MARKUP else _IN_A_LINE | {"div"}):
        return None
    return found.opening + found.inside[:begin] + shown(body) + found.inside[end:] + found.closing


def _is_decoded(found: Element) -> bool:
    return _DECODED.search(found.get("class")) is not None


def _is_html(found: Element, language: str) -> bool:
    """Whether the inside was made by another program: its `code`, or coloured by its `span`s."""
    inside = found.inside.strip()
    if inside.startswith("<code") and inside.endswith("</code>"):
        return True
    coloured = inside.startswith(("<span class=", "<span style=")) and inside.count("<span") == inside.count("</span>")
    return coloured and language.lower() not in code_languages.MARKUP


def _code(found: Element) -> str | None:
    """CodeColorer's element, or plain `code` over several lines; None for `code` that stays as it is."""
    if BLOCK_MARK.search(found.inside):
        return None
    stripped = found.inside.strip()
    alone = not in_a_line(found.text, found.start, found.end)
    if found.language and found.get("no_cc").lower() not in _YES and not WRAPPED_PRE.match(found.inside):
        escaped = found.get("escaped").lower() in _YES
        if found.get("inline").lower() in _YES or ("\n" not in stripped and not alone):
            return f"<code>{shown(stripped, escaped=escaped)}</code>"
        return "\n" + found.block(found.language) + "\n"
    if found.given or "\n" not in found.inside or WRAPPED_PRE.match(found.inside):
        return None
    if "\n" not in stripped:
        return f"<code>{stripped}</code>" if stripped else None
    return "\n" + block(_several_lines(found.inside), "", "") + "\n" if alone else None


def _several_lines(inside: str) -> str:
    """Code over several lines as HTML: with its markup where that can be meant, else as the source that it is."""
    names = {(tag[1] or "?").lower() for tag in _TAG_NAME.finditer(inside)}
    if names & KNOWN - _IN_A_LINE or "?" in names:
        return shown(inside)
    return _BREAK.sub("\n", inside) if "br" in names else inside


def _textarea(found: Element) -> str | None:
    """A text area is no place for tags: a browser decodes its references, and shows all else as it is."""
    if found.get("name") != "code":
        return None
    return found.block((found.get("class").split(":") or [""])[0], escaped=True)


def _script(found: Element) -> str | None:
    if found.get("type") != "syntaxhighlighter":
        return None
    inside = _CDATA.sub(r"\1", found.inside)
    brush = _BRUSH.search(found.get("class"))
    return block(inside.replace("&", "&amp;").translate(AS_IT_IS), brush[1] if brush else "", "")


def _named(found: Element) -> str | None:
    return found.block(found.language) if found.language or not found.given else None


def _source(found: Element) -> str | None:
    """MediaWiki's element; HTML's own, a source of a film, has no end tag."""
    return found.block(found.language) if found.language and not found.get("src", "srcset") else None


RULES: dict[str, Callable[[Element], str | None]] = {
    "pre": _pre, "code": _code, "coolcode": _named, "syntaxhighlight": _named, "source": _source,
    "textarea": _textarea, "script": _script,
}  # fmt: skip
"""What the elements that can hold raw code show; None where they hold none."""


def in_a_line(text: str, start: int, end: int) -> bool:
    """Whether there is text beside the stretch on its first or on its last line."""
    before = text[max(0, start - 200) : start].rpartition("\n")[2]
    after = text[end : end + 200].partition("\n")[0]
    return not (_AROUND.fullmatch(before) and _AROUND.fullmatch(after))
