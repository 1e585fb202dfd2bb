"""The last look, at the text that a browser will get: is each tag in it one that may be there, however it is read?

A browser reads tags before it knows where an element will stand. If every `<` of a text is the start of a tag on the
lists, whole with all of its attributes, then no rule of reading (scripts on or off, the old `<select>` or the new one,
SVG or not) can find a tag in it that was not looked at.
https://html.spec.whatwg.org/multipage/parsing.html#tokenization
"""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from converters.html import tree
from converters.html.elements import VOID
from converters.html.sanitize.lists import ELEMENTS, MATHML, READ_APART, SVG

_SPACE = r"[ \t\n\r\f]"
_ATTRIBUTE = rf"{_SPACE}+(?!on)[A-Za-z_][\w:.-]*(?:=(?:\"[^\"]*\"|'[^']*'|[\w./:?%#&;=+~,-]+(?=[ \t\n\r\f/>])))?"
_TAG = re.compile(rf"</([a-z][\w:-]*){_SPACE}*>|<([a-z][\w:-]*)(?:{_ATTRIBUTE})*+{_SPACE}*/?>|<!--more-->", re.I | re.A)
_NAME = re.compile(rf"{_SPACE}([A-Za-z_][\w:.-]*)(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?", re.A)
_NO_TAG = frozenset(" \t\n=0123456789")
"""Behind a `<` of a text: `1 < 2`."""
_NAMES = frozenset(str(tag).rpartition("}")[2].lower() for tag in ELEMENTS)
_READ_ALIKE = frozenset(str(tag) for tag in ELEMENTS if "}" not in str(tag)) - READ_APART
_ENDS_BY_ITSELF = VOID | frozenset("p li dt dd tr td th thead tbody tfoot option optgroup rp rt colgroup".split())


def objection(root: etree._Element) -> etree._Element | None:
    """None where the tree, as it will be written, holds nothing but tags that may be there; else what becomes of it.

    One with SVG, MathML or a form must also be the same tree again when it is read: what a browser moves out of the
    first two it reads by other rules, and of two forms in one another it drops one.
    """
    text = html(root)
    if _tags(text) is None:
        return tree.parse(text)
    if next(root.iter(f"{SVG}*", f"{MATHML}*", "form"), None) is None:
        return None
    again = tree.parse(text)
    return None if html(again) == text else again


def is_whole(text: str) -> bool:
    """May the text stay as somebody wrote it? It opens nothing that it does not close, and closes nothing else."""
    tags = _tags(text, once=True) if "\x00" not in text else None
    if tags is None:
        return False
    open_tags: list[str] = []
    for tag in tags:
        if not tag.startswith("/"):
            open_tags.append(tag)
            continue
        while open_tags and open_tags[-1] != tag[1:] and open_tags[-1] in _ENDS_BY_ITSELF:
            open_tags.pop()
        if not open_tags or open_tags.pop() != tag[1:]:
            return False
    return _ENDS_BY_ITSELF.issuperset(open_tags)


def is_plain(text: str) -> bool:
    """Does the text hold no tags but those of elements that are read like any other? They need not be balanced."""
    tags = _tags(text, once=True) if "\x00" not in text else None
    return tags is not None and _READ_ALIKE.issuperset(tag.removeprefix("/") for tag in tags)


def html(root: etree._Element) -> str:
    """What is inside, as it will be written; without what the user's own rules wrote."""
    if next(root.iter(tree.RAW), None) is not None:
        root = deepcopy(root)
        etree.strip_elements(root, tree.RAW, with_tail=False)
    if not len(root):
        return tree.inner_html(root)
    text = tree.serialize(root)  # as a whole, which is much faster than child by child
    start = _TAG.match(text)
    return text[start.end() : text.rindex("</")] if start is not None else tree.inner_html(root)


def _twice(tag: str) -> bool:
    names = [name.lower() for name in _NAME.findall(tag)]
    return len(names) > len(set(names))


def _tags(text: str, *, once: bool = False) -> list[str] | None:
    """The names of all tags, those of end tags behind a `/`; None where one is not on the lists, or is no whole tag.

    `once`: no tag has an attribute twice, of which readers take one or the other.
    """
    names, position = [], text.find("<")
    while position >= 0:
        found = _TAG.match(text, position)
        if found is None and text[position + 1 : position + 2] in _NO_TAG:
            position = text.find("<", position + 1)
            continue
        if found is None or (once and _twice(found[0])):
            return None
        name = (found[1] or found[2] or "").lower()
        if name and name not in _NAMES:
            return None
        if name:
            names.append("/" + name if found[1] else name)
        position = text.find("<", found.end())
    return names
