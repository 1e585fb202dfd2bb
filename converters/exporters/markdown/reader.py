"""What a file of plain Markdown says, read back: for the check of a conversion (docs/verify.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from converters.exporters.site.reader import FrontMatterReader
from converters.html import tree
from converters.markdown.read.parse import html_of
from converters.model import Place


class MarkdownReader(FrontMatterReader):
    """Reads the files of posts."""

    def is_draft(self, values: Mapping[str, Any], place: Place) -> bool:
        """What is scheduled says so besides, and is public on its day."""
        return super().is_draft(values, place) and "publish_date" not in values

    def tree_back(self, text: str) -> etree._Element:
        return tree.parse(html_of(text, autolink=False))
