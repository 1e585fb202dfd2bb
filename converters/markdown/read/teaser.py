"""Where the teaser of a text ends: `<!--more-->`, the one comment that says something.

https://gohugo.io/content-management/summaries/: spelled just so.
"""

from __future__ import annotations

from lxml import etree

from converters.html import more_tag, tree


def end_of_teaser(root: etree._Element) -> None:
    """The mark moves between the blocks; other comments mean nothing to a reader."""
    comments = (node for node in root.iter() if tree.is_comment(node))
    mark = next((comment for comment in comments if comment.text == "more"), None)
    tree.strip_comments(root, [] if mark is None else [mark])
    if mark is not None:
        more_tag.lift(root, mark)
