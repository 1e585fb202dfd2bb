"""Markdown engines of others behind our interface. Each is imported when it is used."""

from __future__ import annotations

from lxml import etree

from converters.errors import PluginError
from converters.html import tree
from converters.markdown.write.placeholders import take_out
from converters.markdown.write.shield import shield
from converters.model.notices import Log

_DEPTH = 180
"""markdownify calls itself for every level and ends in a RecursionError at some thousand."""


class MarkdownifyEngine:
    """https://github.com/matthewwithanm/python-markdownify"""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        import markdownify

        marks = take_out(root)
        _flatten(root, log)
        shield(root, marks, escapes=True)
        text = markdownify.markdownify(
            tree.inner_html(root),
            heading_style=markdownify.ATX,
            bullets="-",
            newline_style=markdownify.BACKSLASH,
            escape_misc=True,
            code_language_callback=_language,
            keep_inline_images_in=["td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "a", "figcaption"],
        )
        return _finished(marks.put_back(text))


class Html2TextEngine:
    """https://github.com/Alir3z4/html2text (GPL-3.0-or-later, an extra: `pip install 'postferry[html2text]'`)"""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        try:
            import html2text
        except ImportError as error:
            raise PluginError("html2text is not installed: pip install 'postferry[html2text]'.") from error
        marks = take_out(root)
        _flatten(root, log)
        shield(root, marks, escapes=False)
        writer = html2text.HTML2Text(bodywidth=0)
        writer.unicode_snob = True
        return _finished(marks.put_back(writer.handle(tree.inner_html(root))))


def _finished(text: str) -> str:
    text = text.strip("\n")
    return text + "\n" if text.strip() else ""


def _language(element: object) -> str:
    """The language of a `pre`, which stands on the `code` inside."""
    find = getattr(element, "find", None)
    code = find("code") if find is not None else None
    kinds = (code.get("class") or []) if code is not None else []
    return next((str(kind).removeprefix("language-") for kind in kinds if str(kind).startswith("language-")), "")


def _flatten(root: etree._Element, log: Log) -> None:
    depth = 0
    deep = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEPTH and tree.name(element):
            deep.append(element)
    for element in deep:
        element.tag = "GONE"
    if deep:
        log("html.depth", str(len(deep)))
        etree.strip_tags(root, "GONE")
