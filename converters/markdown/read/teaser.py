"""Where the teaser of a text ends: `<!--more-->`, the one comment that says something."""

from __future__ import annotations

from lxml import etree

from converters.html import tree


def end_of_teaser(root: etree._Element) -> None:
    """The mark moves between the blocks; other comments mean nothing to a reader."""
    comments = (node for node in root.iter() if tree.is_comment(node))
    mark = next((comment for comment in comments if (comment.text or "").strip() == "more"), None)
    tree.strip_comments(root, [] if mark is None else [mark])
    if mark is None:
        return
    mark.text = "more"
    if mark.getparent() is not root:
        block = [mark, *mark.iterancestors()][-2]
        tree.remove(mark)
        if (block.tail or "").strip():  # text without a paragraph is behind the teaser
            mark.tail, block.tail = block.tail, None
        block.addnext(mark)
