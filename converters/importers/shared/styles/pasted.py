"""What Word and Google Docs leave in a text that was copied out of them, and what says nothing to a reader.

    <p class="MsoNormal"><o:p>&nbsp;</o:p></p>                  Word: room between two paragraphs
    <span lang="EN-US" style="mso-ansi-language:EN-US">         Word: the language of its spelling
    <p dir="ltr">                                               Google Docs, where everything is left to right

Its other wrappers say nothing to the tree: `<o:p>` is no element of HTML, `<![if !supportLists]>` and
`<!--[if gte mso 9]>` are comments to a browser. Google Docs writes a `<b style="font-weight:normal">` around
everything, which `marks.py` takes away.
"""

from __future__ import annotations

from typing import cast

from lxml import etree

from converters.html import tree

_BLANK = " \t\r\n\xa0"
_of_word = etree.XPath("descendant::p[starts-with(@class, 'Mso')]")
_spelled = etree.XPath("descendant::*[@lang and (contains(@style, 'mso-') or contains(@class, 'Mso'))]")
_directed = etree.XPath("descendant::*[@dir]")
RIGHT_TO_LEFT = frozenset("ar arc azb ckb dv fa ha he iw ks ku ps sd ug ur yi".split())
"""Languages that are written from right to left."""


def unwrap(root: etree._Element, *, right_to_left: bool = False) -> None:
    """Change the tree in place."""
    directed = cast(list[etree._Element], _directed(root))
    if directed and not right_to_left and all(str(one.get("dir")).lower() == "ltr" for one in directed):
        for one in directed:
            del one.attrib["dir"]
    for one in cast(list[etree._Element], _spelled(root)):
        del one.attrib["lang"]
    found = cast(list[etree._Element], _of_word(root))
    tree.remove_all(root, [one for one in found if not len(one) and not (one.text or "").strip(_BLANK)])
