"""Our own engine: semantic HTML to Markdown that renders back to the same HTML."""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.markdown.write import dialects, rawhtml, straddle
from converters.markdown.write.blocks import Renderer
from converters.markdown.write.lists import join
from converters.model.notices import Log


class PostferryEngine:
    """The default engine. See `docs/markdown.md` for what it promises and how that is measured."""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        return tree_to_markdown(root, dialect=dialect, log=log)


def tree_to_markdown(
    root: etree._Element, *, dialect: str = "gfm", references: bool = False, log: Log | None = None
) -> str:
    """Markdown for what is inside `root`; ends in a newline unless empty. The tree may be changed.

    `references`: link targets at the end of the document instead of inside the text.
    """
    rawhtml.unwrap_nested_pre(root)
    straddle.split(root, log)
    targets = (str(link.get("href") or "") for link in root.iter("a"))
    anchors = frozenset(target[1:] for target in targets if target.startswith("#"))
    anchors |= frozenset(str(root.get("data-asked") or "").split())  # by links on other pages
    renderer = Renderer(dialects.dialect(dialect), anchors - {""}, references=references)
    text = join(renderer.flow(root))
    if renderer.references:
        definitions = "\n".join(f"[{label}]: {target}" for target, label in renderer.references.items())
        text = f"{text}\n\n{definitions}"
    return text + "\n" if text else ""


def to_markdown(html: str, *, dialect: str = "gfm", references: bool = False) -> str:
    """Markdown for a piece of HTML, as a browser reads it. `dialect` is gfm, commonmark, goldmark or kramdown."""
    return tree_to_markdown(tree.parse(html), dialect=dialect, references=references)
