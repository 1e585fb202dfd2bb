"""Comments as pages show them: who, when, what, and in answer to whom.

    <li id="comment-2"><p class="meta"><b>Ana</b> · <time datetime>                       this program's Hugo layouts
    <li class="comment"><article class="comment-body">… <b class="fn">, <div class="comment-content">     WordPress
    <div class="h-cite u-comment"><a class="p-author h-card">, <time class="dt-published">, <p class="e-content">
    <div itemprop="comment" itemscope itemtype="https://schema.org/Comment">               schema.org

What has no words of its own in one of these forms is no comment; it is counted among what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.html import content, metadata
from converters.importers.shared.elements import attribute, classes
from converters.model import Comment

if TYPE_CHECKING:
    from turbohtml import Element

_ITEM_ID = re.compile(r"(?:li-)?(?:comment|webmention|div-comment|c)-?_?(\d+)", re.I)
_ITEM_KINDS = frozenset("comment h-cite u-comment p-comment pingback trackback comment-item".split())
_AUTHOR = "fn p-author comment-author comment_author commenter author".split()
_WORDS = """comment-content e-content comment-text comment_content comment-body-text p-content
    comment__content""".split()
_HEADS = frozenset("meta comment-meta comment-metadata comment-author reply comment-reply vcard".split())
_MANY = 20_000


def read(box: Element, zone: tzinfo | None) -> list[Comment]:
    """The comments in the box of them, in the order of the page."""
    root = tree.parse(str(box.inner_html))
    items = [element for element in root.iter("li", "article", "div", "section") if _is_item(element)][:_MANY]
    known = {item: str(number + 1) for number, item in enumerate(items)}
    ids = {item: (found[1] if (found := _ITEM_ID.fullmatch(attribute(item, "id"))) else known[item]) for item in items}
    if len(set(ids.values())) < len(ids):
        ids = known
    read_items = []
    for item in reversed(items):  # inner ones first: what stands in an answer is not in what it answers
        parent = next((ids[above] for above in item.iterancestors() if above in ids), "")
        comment = _comment(item, ids[item], parent, zone)
        tree.remove(item)
        if comment is not None:
            read_items.append(comment)
    return read_items[::-1]


def _is_item(element: etree._Element) -> bool:
    kinds = set(classes(element))
    if element.get("itemtype", "").endswith(("schema.org/Comment", "schema.org/UserComments")):
        return True
    if element.tag == "article" and "comment-body" in kinds:
        return not any(_ITEM_ID.fullmatch(attribute(above, "id")) for above in element.iterancestors("li", "div"))
    named = bool(_ITEM_ID.fullmatch(attribute(element, "id"))) and "div-comment" not in str(element.get("id"))
    return named or bool(kinds & _ITEM_KINDS and element.tag != "section" and kinds.isdisjoint({"comments"}))


def _comment(item: etree._Element, id: str, parent: str, zone: tzinfo | None) -> Comment | None:
    kinds = classes(item)
    mentions = any("mentions" in classes(above) for above in item.iterancestors("ul", "ol"))
    mention = "pingback" in kinds or "trackback" in kinds or mentions
    author, url = _author(item)
    time = next((time for time in item.iter("time") if time.get("datetime")), None)
    body = _body(item)
    if not body and not author:
        return None
    return Comment(
        id=id,
        parent=parent,
        kind="pingback" if mention else "comment",
        author=author,
        url=url,
        date=metadata.parse_date(str(time.get("datetime")), zone) if time is not None else None,
        body=body,
    )


def _author(item: etree._Element) -> tuple[str, str]:
    holder = _part(item, _AUTHOR, ("author", "creator"))
    holder = next(item.iter("b", "strong", "cite"), None) if holder is None else holder
    if holder is None:
        return "", ""
    fine = next((element for element in holder.iter("*") if {"fn", "p-name"} & set(classes(element))), holder)
    link = next((link for link in [fine, *fine.iter("a"), *fine.iterancestors("a")] if link.tag == "a"), None)
    address = attribute(link, "href") if link is not None else ""
    parts = urls.split(address)
    name = " ".join(tree.plain_text(fine).split()).removesuffix("says:").strip()
    return name[:200], address if parts is not None and parts.scheme in ("http", "https") else ""


def _part(item: etree._Element, kinds: Sequence[str], properties: Sequence[str]) -> etree._Element | None:
    """The part of a comment with the first of these classes, else with one of these properties."""
    found = next((element for kind in kinds for element in item.iter("*") if kind in classes(element)), None)
    if found is None:
        found = next((element for element in item.iter("*") if element.get("itemprop") in properties), None)
    return found


def _heads(item: etree._Element) -> list[etree._Element]:
    tags = ("header", "footer")
    return [element for element in item.iter("*") if _HEADS & set(classes(element)) or element.tag in tags]


def _body(item: etree._Element) -> str:
    words = _part(item, _WORDS, ("text", "commentText"))
    if words is None:
        words = item
        for head in [*_heads(item), *item.iter("time", "button", "form", "script", "style")]:
            tree.remove(head)
    for element in words.iter("*"):
        for name in [name for name in element.attrib if str(name) not in ("href", "src", "alt", "title", "cite")]:
            del element.attrib[name]
    for empty in [element for element in words.iter("ol", "ul") if not tree.plain_text(element).strip()]:
        tree.remove(empty)
    return tree.inner_html(words).strip()


def count(box: Element) -> int:
    """How many comments a box seems to hold."""
    items = box.select("li, article, .comment, .h-cite")
    return sum("comment" in content.names(item) or item.tag == "article" for item in items)
