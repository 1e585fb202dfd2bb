"""Semantic HTML in Jekyll's terms: Jekyll has no shortcodes, so that figures, galleries and players are HTML in place.

Plain pictures are Markdown, tables and code with a caption are Markdown with a paragraph below. Changes a tree in
place.
"""

from __future__ import annotations

from lxml import etree

from converters.exporters.jekyll import embeds
from converters.html import tree
from converters.markdown.write.figures import without_figure
from converters.model.notices import Log

MORE = "<!--more-->"
"""Ends the excerpt: the `excerpt_separator` of the configuration (https://jekyllrb.com/docs/posts/#post-excerpts)."""


def apply(root: etree._Element, log: Log) -> None:
    """All idioms, over the whole tree."""
    for element in list(root.iter()):
        if element.getparent() is None:
            continue
        if tree.is_comment(element):
            _comment(element, root)
        elif element.tag == "figure":
            _figure(element, log)


def _comment(element: etree._Element, root: etree._Element) -> None:
    if (element.text or "").strip() == "more" and element.getparent() is root:
        tree.replace(element, tree.raw(MORE))
    else:
        tree.remove(element)


def _figure(element: etree._Element, log: Log) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        embeds.embed(element, log)
    elif "gallery" not in kinds and not any(parent.tag == "figure" for parent in element.iterancestors()):
        without_figure(element)
