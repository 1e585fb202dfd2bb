"""What a file of plain Markdown says, read back: for the check of a conversion (docs/verify.md)."""

from __future__ import annotations

from lxml import etree

from converters.exporters.site.reader import FrontMatterReader
from converters.html import tree
from converters.markdown.read.parse import html_of


class MarkdownReader(FrontMatterReader):
    """Reads the files of posts."""

    def tree_back(self, text: str) -> etree._Element:
        return tree.parse(html_of(text, autolink=False))
