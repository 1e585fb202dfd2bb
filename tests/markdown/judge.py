"""Two pieces of HTML compared as a reader sees them: the same elements in the same order around the same text."""

from __future__ import annotations

import re
from urllib.parse import quote

import cmarkgfm
import comrak
from cmarkgfm.cmark import Options
from lxml import etree

from converters.html import tree
from converters.html.elements import BLOCKS

EDGES = BLOCKS | {"br", "iframe", "video", "audio"}
Token = tuple[str, ...]
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del"}


EXTENSIONS = ["table", "strikethrough", "tasklist"]
"""GitHub's, without the filter of tags, which would show a style sheet as text, and without links out of bare words."""


def cmark(markdown: str, *, gfm: bool = True) -> str:
    extensions = EXTENSIONS if gfm else []
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, Options.CMARK_OPT_UNSAFE, extensions))


def comrak_gfm(markdown: str) -> str:
    extensions, rendering = comrak.ExtensionOptions(), comrak.RenderOptions()
    extensions.table = extensions.strikethrough = extensions.tasklist = True
    rendering.unsafe_ = True
    return str(comrak.render_markdown(markdown, extension_options=extensions, render_options=rendering))


def tokens(html: str) -> list[Token]:
    """Start tags with their attributes, end tags, and texts with white space as a browser collapses it."""
    root = tree.parse(html)
    for pre in root.iter("pre"):  # GitHub's form of a code block's language
        if "lang" in pre.attrib and len(pre):
            pre[0].set("class", f"language-{pre.attrib.pop('lang')!s}")
    return _trimmed(_raw(root))


def _raw(root: etree._Element) -> list[Token]:
    found: list[Token] = []
    depth_of_pre = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            _text(found, element.tail, depth_of_pre)
            continue
        name = SAME.get(tree.name(element), tree.name(element))
        if event == "start":
            depth_of_pre += name == "pre"
            attributes = sorted(f"{key!s}={_value(str(key), str(value))}" for key, value in element.attrib.items())
            found.append(("<", name, *attributes))
            _text(found, element.text, depth_of_pre)
        else:
            depth_of_pre -= name == "pre"
            found.append((">", name))
            if element is not root:
                _text(found, element.tail, depth_of_pre)
    return found


def _value(name: str, value: str) -> str:
    """Renderers percent-encode addresses, as browsers do when they follow them."""
    return quote(value, safe="%/:?#@!$&'()*+,;=~-._") if name in ("href", "src") else value


def _text(found: list[Token], text: str | None, pre: int) -> None:
    if not text:
        return
    text = text if pre else re.sub(r"[ \t\r\n\f]+", " ", text)
    kind = "pre" if pre else "text"
    if found and found[-1][0] == kind:
        found[-1] = (kind, found[-1][1] + text)
    else:
        found.append((kind, text))


def _trimmed(found: list[Token]) -> list[Token]:
    result: list[Token] = []
    for index, token in enumerate(found):
        if token[0] == "pre":
            text = token[1].removesuffix("\n") if found[index + 1][0] == ">" else token[1]
            if text:
                result.append(("pre", text))
        elif token[0] == "text":
            text = re.sub(" +", " ", token[1])
            before = found[index - 1][1] if index else "div"
            after = found[index + 1][1] if index + 1 < len(found) else "div"
            text = text.lstrip(" ") if before in EDGES else text
            text = text.rstrip(" ") if after in EDGES else text
            if text:
                result.append(("text", text))
        else:
            result.append(token)
    return result


def words(html: str) -> str:
    """All text without white space."""
    return re.sub(r"\s+", "", tree.plain_text(tree.parse(html)))
