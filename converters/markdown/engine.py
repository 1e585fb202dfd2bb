"""Our own engine: semantic HTML to Markdown that renders back to the same HTML."""

from __future__ import annotations

from lxml import etree

from converters import tree
from converters.markdown import dialects, straddle
from converters.markdown.blocks import Renderer
from converters.markdown.lists import join
from converters.notices import Log


class PostferryEngine:
    """The default engine. See `docs/markdown.md` for what it promises and how that is measured."""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        return tree_to_markdown(root, dialect=dialect)


def tree_to_markdown(root: etree._Element, *, dialect: str = "gfm") -> str:
    """Markdown for what is inside `root`; ends in a newline unless empty. The tree may be changed."""
    straddle.split(root)
    anchors = frozenset(
        str(link.get("href"))[1:] for link in root.iter("a") if str(link.get("href") or "").startswith("#")
    )
    text = join(Renderer(dialects.dialect(dialect), anchors - {""}).flow(root))
    return text + "\n" if text else ""


def to_markdown(html: str, *, dialect: str = "gfm") -> str:
    """Markdown for a piece of HTML, as a browser reads it. `dialect` is gfm, commonmark, goldmark or kramdown."""
    return tree_to_markdown(tree.parse(html), dialect=dialect)
