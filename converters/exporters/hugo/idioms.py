"""Semantic HTML in Hugo's own terms: pictures, galleries, embeds, the summary's end. Changes a tree in place."""

from __future__ import annotations

from lxml import etree

from converters.exporters.hugo import embeds, figures
from converters.exporters.hugo.figures import Phrases
from converters.html import tree
from converters.model.notices import Log


def apply(root: etree._Element, phrases: Phrases, log: Log) -> None:
    """All idioms, over the whole tree. `phrases` makes Markdown of a caption."""
    for element in list(root.iterdescendants("figure", etree.Comment, etree.ProcessingInstruction)):
        if element.getparent() is None or not _is_in(element, root):
            continue
        if tree.is_comment(element):
            _comment(element)
        elif element.tag == "figure":
            _figure(element, phrases, log)


def _is_in(element: etree._Element, root: etree._Element) -> bool:
    """Not part of a figure that was taken out by now."""
    return element.tag != "figure" or next(reversed([*element.iterancestors()])) is root


def _comment(element: etree._Element) -> None:
    """`<!--more-->` ends the summary (https://gohugo.io/content-management/summaries/); others mean nothing."""
    if (element.text or "").strip() == "more":
        parent = element.getparent()
        if parent is not None and parent.tag == "div" and parent.getparent() is None:
            tree.replace(element, tree.raw("<!--more-->"))
            return
    tree.remove(element)


def _figure(element: etree._Element, phrases: Phrases, log: Log) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        embeds.embed(element, phrases, log)
    elif "gallery" in kinds:
        figures.gallery(element, phrases)
    else:
        figures.figure(element, phrases)
