"""How a text looked: colours, fonts and their sizes. They were the old theme's, and stay with it; a notice names them.

<span style="color: #ff0000">, <p style="font-family: Georgia">        the classic editor, and what was pasted into it
<font color="red" face="Arial" size="5">                               older pages
<p class="has-vivid-red-color has-large-font-size">                    the block editor
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from lxml import etree

from converters.html import tree
from converters.model.notices import Log

_LOOKS = {
    "color": "color", "background-color": "background", "background": "background", "font-family": "font",
    "font-size": "font size", "font": "font", "text-shadow": "shadow", "text-transform": "capital letters",
    "font-variant": "small capitals", "font-variant-caps": "small capitals",
}  # fmt: skip
_NONE = frozenset(
    "inherit initial unset none normal transparent currentcolor auto medium black #000 #000000 windowtext white #fff "
    "#ffffff rgb(0,0,0) rgb(0,0,0)".split()
) | {"rgb(0, 0, 0)", "rgb(255, 255, 255)"}
"""Values with which text looks as it does anywhere."""
_SPOKEN = frozenset("p h1 h2 h3 h4 h5 h6 span a b strong em i u li td th mark div blockquote ul ol font".split())
_FONT = {"color": "color", "face": "font", "size": "font size"}
_CLASS = re.compile(r"(?:^|\s)has-(?:[\w-]+-)?(background|color|font-size|font-family)(?=\s|$)")
_CLASSES = {"background": "background", "color": "color", "font-size": "font size", "font-family": "font"}
_classed = etree.XPath("descendant::*[contains(@class, 'has-')]")


class Look:
    """What of a text's look is left out."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def style(self, element: etree._Element, said: Mapping[str, str]) -> None:
        """Note what a style says of the look of text."""
        if element.tag not in _SPOKEN:
            return
        self._names.update(
            name
            for prop, name in _LOOKS.items()
            if prop in said and said[prop] and said[prop] not in _NONE and "url(" not in said[prop]
        )

    def fonts(self, root: etree._Element) -> list[etree._Element]:
        """The elements that only say which font; what they say is noted."""
        for element in cast(list[etree._Element], _classed(root)):
            for kind in _CLASS.findall(str(element.get("class"))):
                self._names.add(_CLASSES[kind])
        found = list(root.iter("font", "basefont"))
        for font in found:
            if next(font.iterancestors("pre", "code"), None) is not None:  # these are the colors of code
                continue
            self._names.update(name for attribute, name in _FONT.items() if font.get(attribute))
        return [font for font in found if font.tag == "font" and tree.name(font)]

    def note(self, log: Log) -> None:
        """One notice, if there is anything to note."""
        if self._names:
            log("html.look", ", ".join(sorted(self._names)))
