"""The shortcodes of highlighters: their names, and what their attributes say.

[code lang="php"]…[/code]   [sourcecode language="css" title="a.css"]…[/sourcecode]   [source]   [code='php']
[source:php]   [php]…[/php]   [js]…[/js]                     SyntaxHighlighter Evolved, WordPress.com, iG:Syntax Hiliter
[crayon lang="php" title="a.php"]   [crayon-57a2960d4e932]   Crayon
[cc lang="php"]   [cc_php]   [ccW_php]   [cci]…[/cci]         CodeColorer (`cci`: inside a line; `cce`: escaped)
[codesyntax lang="php"]   [syntaxhighlighter lang="php"]   [highlight lang="php"]   [enlighter lang="php"]
"""

from __future__ import annotations

import re
from typing import NamedTuple

from converters.importers.wordpress.content import code_languages
from converters.importers.wordpress.content.shortcodes import parse_attributes

_GENERAL = """code sourcecode source syntaxhighlighter crayon codesyntax codecolorer highlight enlighter geshi prettify
pygments codebox highlightjs"""
NAMES = frozenset({*_GENERAL.split(), *code_languages.SHORTCODES, "cc*"})
"""Those of code; one that ends in `*` stands for all that begin so."""
_names = "|".join(
    re.escape(name)
    for name in sorted({*_GENERAL.split(), *code_languages.SHORTCODES}, key=lambda name: (-len(name), name))
)
_NAME = rf"{_names}|cc[a-z]{{0,6}}(?:_[\w+#-]{{1,30}})?"
OPENING = (
    rf"(?P<before>\[?)\[(?P<name>{_NAME})"
    r"(?P<attributes>(?:(?:-[0-9a-f]{6,30}|:[\w+#-]{1,30})(?=[\s\]]))?"
    r"(?:[\s=](?:\"[^\"]{0,500}+\"|'[^']{0,500}+'|[^\[\]\"']{1,500}+){0,50}+)?+)\]"
)
END = re.compile(rf"\[/(?:{_NAME})\]", re.I)
_YES = frozenset({"true", "1", "yes", "on"})


class CodeShortcode(NamedTuple):
    """What a shortcode says of its code."""

    language: str
    title: str
    escaped: bool
    inline: bool


def read(name: str, attributes: str) -> CodeShortcode:
    """What the name and the attributes of a shortcode say.

    CodeColorer reads letters behind `cc` as options: small letters turn them on, capitals off.
    """
    options = name.partition("_")[0][2:] if name[:2].lower() == "cc" else ""
    name, inline = name.lower(), "i" in options
    if attributes.startswith("="):
        return CodeShortcode(attributes[1:].strip().strip("\"'"), "", escaped=False, inline=inline)
    head, _, rest = attributes.partition(" ")
    named, _ = parse_attributes(rest if head.startswith((":", "-")) else attributes)
    language = next((named[key] for key in ("language", "lang", "type") if named.get(key)), "")
    if not language and head.startswith(":"):
        language = head[1:]
    if not language and name in code_languages.SHORTCODES:
        language = name
    if not language and name.startswith("cc"):
        language = name.partition("_")[2]
    escaped = "e" in options or (named.get("escaped") or named.get("decode") or "").lower() in _YES
    inline = inline or named.get("inline", "").lower() in _YES
    return CodeShortcode(language, named.get("title", ""), escaped=escaped, inline=inline)
