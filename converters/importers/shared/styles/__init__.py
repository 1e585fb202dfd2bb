"""What inline styles, and classes that say the same, mean to a reader; in the tree of a text, before they go.

A style is dropped with the old theme. Some of it is meaning: words that are struck or underlined, letters that number a
list, text that is hidden. `resolve` says that in HTML's own elements and attributes, which every target knows; the rest
is how the text looked, and is named once a text.
"""

from __future__ import annotations

from typing import cast

from lxml import etree

from converters.html import tree
from converters.importers.shared import accordions
from converters.importers.shared.styles import hidden, lists, look, marks, pasted
from converters.importers.shared.styles.declarations import declarations
from converters.model.notices import Log

_saying = etree.XPath("boolean(descendant::*[@style or @hidden or @class or @dir or self::font])")
_styled = etree.XPath("descendant::*[@style or @hidden]")


def resolve(root: etree._Element, log: Log, *, right_to_left: bool = False) -> None:
    """Change the tree in place. What was hidden, and how the text looked, is noted.

    `right_to_left`: whether the site around it is written so.
    """
    if not _saying(root):
        return
    pasted.unwrap(root, right_to_left=right_to_left)
    seen = look.Look()
    found = cast(list[etree._Element], _styled(root))
    accordions.drop_signs(root)
    if found:
        hidden.take_out(root, found, log)
        applied = marks.Marks(root)
        for element in found:
            if element is root or element.getparent() is None:
                continue
            said = declarations(str(element.get("style") or ""))
            lists.number(element, said)
            if next(element.iterancestors("pre", "code"), None) is None:  # these are the colors of code
                seen.style(element, said)
                applied.apply(element, said)
        applied.finish()
    tree.unwrap_all(root, seen.fonts(root))
    seen.note(log)
