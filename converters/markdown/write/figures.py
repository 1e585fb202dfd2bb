"""Figures that Markdown has a form for: one step for every target that writes Markdown."""

from __future__ import annotations

from lxml import etree

from converters.html import tree

_WITH_FORM = ("table", "pre", "blockquote")


def without_figure(element: etree._Element) -> bool:
    """Say a figure without its tag where Markdown can; False, and nothing changed, where it cannot.

    A picture alone is a paragraph. Tables, code and quotations keep their own form, a caption becomes a paragraph.
    """
    caption = element.find("figcaption")
    if any(element.find(f".//{tag}") is not None for tag in _WITH_FORM):
        if caption is not None:
            caption.tag = "p"
        tree.unwrap(element)
        return True
    plays = next(element.iter("audio", "video", "iframe"), None) is not None
    if caption is None and not element.get("class") and not plays and element.find(".//img") is not None:
        element.tag = "p"
        element.attrib.clear()
        return True
    return False
