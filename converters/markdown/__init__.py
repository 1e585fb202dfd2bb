"""Semantic HTML to Markdown that renders back to the same HTML; other engines are in `write/engines.py`.

`docs/markdown.md` says what is promised and how that is measured.
"""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.html.elements import RENDERED_INLINES, TAGGED_INLINES, UNWRAPPED
from converters.markdown.write import dialects, inlines, prepare
from converters.markdown.write.blocks import Renderer
from converters.markdown.write.dialects import InlineContext
from converters.markdown.write.lists import join
from converters.model.notices import Log

_PHRASES = RENDERED_INLINES | TAGGED_INLINES | UNWRAPPED


class PostferryEngine:
    """The default engine."""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        return tree_to_markdown(root, dialect=dialect, log=log)


def tree_to_markdown(
    root: etree._Element, *, dialect: str = "gfm", references: bool = False, log: Log | None = None
) -> str:
    """Markdown for what is inside `root`; ends in a newline unless empty. The tree may be changed.

    `references`: link targets at the end of the document instead of inside the text.
    """
    phrases = _holds_phrases(root)
    if not phrases:
        prepare.unwrap_nested_pre(root)
        prepare.split_inlines(root, log)
    targets = (str(link.get("href") or "") for link in root.iter("a"))
    anchors = frozenset(target[1:] for target in targets if target.startswith("#"))
    anchors |= frozenset(str(root.get("data-asked") or "").split())  # by links on other pages
    labels: dict[str, str] = {}
    context = InlineContext(
        dialects.dialect(dialect), anchors=anchors - {""}, references=labels if references else None
    )
    text = inlines.render(root, context) if phrases else join(Renderer(context).flow(root))
    if labels:
        definitions = "\n".join(f"[{label}]: {target}" for target, label in labels.items())
        text = f"{text}\n\n{definitions}"
    return text + "\n" if text else ""


def _holds_phrases(root: etree._Element) -> bool:
    """Whether the content is text with inline elements in it, as in a caption: one run, which needs no preparation."""
    if not (root.text or "").strip():
        return False
    return all(
        inner.tag in _PHRASES or (inner.tag == tree.RAW and not tree.is_block(inner))
        for inner in root.iterdescendants()
    )


def to_markdown(html: str, *, dialect: str = "gfm", references: bool = False) -> str:
    """Markdown for a piece of HTML, as a browser reads it. `dialect` is gfm, commonmark, goldmark or kramdown."""
    return tree_to_markdown(tree.parse(html), dialect=dialect, references=references)
