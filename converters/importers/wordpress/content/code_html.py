"""How often the character references in a plug-in's code are decoded: what its readers saw.

Highlighters of shortcodes and of `<pre lang>` take their code out of the post before anything reads it as HTML, and
show each of its characters. Two things come between what an author typed and what is stored. An attribute of the
plug-in (`escaped="true"`, `decode:true`) names code that is stored escaped. The visual editor, and SyntaxHighlighter
when it saves, escape code without naming it; such code is known by what it does not hold: a bare `<`, `>` or `&`.
(SyntaxHighlighter itself looks for `<` and `>`, in `shortcode_callback`.)
"""

from __future__ import annotations

import re
from html import escape, unescape

from converters.importers.wordpress.content import code_languages

_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
AS_IT_IS = str.maketrans({"[": "&#91;", "]": "&#93;", "<": "&lt;", ">": "&gt;"})
_REFERENCE = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"
_bare = re.compile(rf"[<>]|&(?!{_REFERENCE[1:]})")
_escaped_sign = re.compile(r"&(?:lt|gt|amp|quot|apos|#0?39|#0?3[48]|#0?6[02]|#x0?2[26]|#x0?3[ce]);", re.I)
_indent = re.compile(r"(?:(?<=[\s;])|^)&nbsp;|&nbsp;(?=\s|&nbsp;|$)", re.M)
_editor_tag = re.compile(r"<br\s*/?>|</?p(?:\s[^<>]{0,200})?>", re.I)
_editor_break = re.compile(r"(?:</p>\s*<p(?:\s[^<>]{0,200})?>)|<br\s*/?>\n?|</?p(?:\s[^<>]{0,200})?>", re.I)


def shown(code: str, *, escaped: bool = False) -> str:
    """The code as HTML that shows it, with no bracket in it that a later step could take for its own.

    `escaped`: the plug-in says that its code is stored escaped.
    """
    code = _without_editor_tags(code)
    if not escaped and not _is_escaped(code):
        code = code.replace("&", "&amp;")
    return code.translate(AS_IT_IS)


def _is_escaped(code: str) -> bool:
    if "&" not in code:
        return False
    return _bare.search(code) is None and (_escaped_sign.search(code) or _indent.search(code)) is not None


def _without_editor_tags(code: str) -> str:
    """Code whose only tags are the line ends of the visual editor, and whose own signs that editor has escaped."""
    if "<" not in code or "&" not in code:
        return code
    rest = _editor_tag.sub("", code)
    return _editor_break.sub(_line_end, code).strip("\n") if _is_escaped(rest) else code


def _line_end(found: re.Match[str]) -> str:
    tag = found[0].lower()
    return "\n" if tag.startswith("<br") else "\n\n" if tag.startswith("</p>") and "<p" in tag[1:] else ""


def block(html: str, language: str, title: str) -> str:
    """A block of code. Blank lines before and white space behind it are not of the code."""
    language = code_languages.label(language)
    said = f' class="language-{escape(language)}"' if language else ""
    html = f"<pre><code{said}>{_BLANK_START.sub('', html).rstrip()}</code></pre>"
    if not title.strip():
        return html
    title = escape(unescape(title.strip()), quote=False).translate({ord("["): "&#91;", ord("]"): "&#93;"})
    return f"<figure><figcaption>{title}</figcaption>{html}</figure>"
