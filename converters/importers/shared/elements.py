"""Attributes of elements as text, and what an element is inside of."""

from __future__ import annotations

from typing import cast

from lxml import etree

_said = etree.XPath("descendant::*/@class", smart_strings=False)
ALIGNMENTS = frozenset({"alignleft", "alignright", "aligncenter"})
"""Classes of images that stand beside the text or in its middle."""


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute; empty for one that is not there."""
    return str(element.get(name) or "")


def classes(element: etree._Element) -> list[str]:
    """The names in the attribute `class`."""
    return attribute(element, "class").split()


def with_paragraph(element: etree._Element) -> etree._Element:
    """The paragraph that holds the element and nothing else, which no block can be in; else the element."""
    parent = element.getparent()
    if parent is None or parent.tag != "p" or len(parent) != 1:
        return element
    return element if ((parent.text or "") + (element.tail or "")).strip() else parent


def is_inside(element: etree._Element, *tags: str) -> bool:
    """Is the element inside of one with such a tag?"""
    return next(element.iterancestors(*tags), None) is not None


def all_classes(root: etree._Element) -> str:
    """The attributes `class` of all elements below, in one string: what is not in it, no element has."""
    return "\n".join(cast(list[str], _said(root)))
