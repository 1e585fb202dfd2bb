"""What a page holds and shows nobody by its element alone, and icons that are letters of a font.

<dialog>, <template>, <datalist>                            closed, and what only scripts read: left out, and named
<dialog open>                                                   shown
<span class="material-icons">favorite</span>                    a drawing; its name is no word of the text
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import classes
from converters.importers.shared.styles import hidden
from converters.model.notices import Log

_ICONS = re.compile(r"material-(?:icons|symbols)(?:-\w+)*|google-symbols|icon-ligature")
_LIGATURE = re.compile(r"[a-z0-9_]{1,40}")


def take_out(root: etree._Element, log: Log) -> None:
    """Change the tree in place."""
    for dialog in list(root.iter("dialog")):
        if dialog.get("open") is not None:
            dialog.tag = "div"
            dialog.attrib.pop("open")
    hidden.leave_out(root, list(root.iter("dialog", "template", "datalist")), log)
    icons = [
        icon
        for icon in root.iter("i", "span", "em")
        if icon.get("class")
        and any(map(_ICONS.fullmatch, classes(icon)))
        and _LIGATURE.fullmatch(tree.plain_text(icon).strip())
    ]
    tree.remove_all(root, icons)
