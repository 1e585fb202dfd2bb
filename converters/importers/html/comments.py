"""Comments as pages show them: who, when, what, and in answer to whom.

    <li id="comment-2"><p class="meta"><b>Ana</b> · <time datetime>                       this program's Hugo layouts
    <li class="comment"><article class="comment-body">… <b class="fn">, <div class="comment-content">     WordPress
    <div class="h-cite u-comment"><a class="p-author h-card">, <time class="dt-published">, <p class="e-content">
    <div itemprop="comment" itemscope itemtype="https://schema.org/Comment">               schema.org
    <dt class="comment-author" id="c1">, <dd class="comment-body">, <dd class="comment-footer">           Blogger

The tables below hold the classes of WordPress's older themes, Blogger, Movable Type, TypePad, Squarespace, Substack,
Drupal, Isso, Commento, Remark42, Waline and of Staticman's comments in themes of Jekyll. What has no words of its own
in one of these forms is no comment; it is counted among what was left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.html import content, metadata
from converters.importers.shared.elements import attribute, classes
from converters.model import Comment

if TYPE_CHECKING:
    from turbohtml import Element

_ITEM_ID = re.compile(r"(?:li-)?(?:comment|webmention|div-comment|isso|c)-?_?(\d+)", re.I)
_ITEM_KINDS = frozenset(
    """comment h-cite u-comment p-comment pingback trackback comment-item isso-comment commento-card wl-card-item
    comment-list-item""".split()
)
_AUTHOR = """fn p-author comment-author comment__author comment_author comment-author-name commenter-name commenter
    isso-author commento-name comment__username wl-nick username user author vcard""".split()
_WORDS = """comment-content e-content comment-text comment_content comment-body-text p-content comment__content
    comment__text comment__body isso-text commento-body wl-content field-name-comment-body comment-body""".split()
_DATES = """dt-published published comment-timestamp comment-date comment__date comment__time comment_date
    commentmetadata comment-metadata comment-meta datetime date-stamp date isso-permalink commento-timeago wl-time
    submitted comment-footer time""".split()
"""Best first."""
_HEADS = frozenset(
    """meta comment-meta comment-metadata commentmetadata comment-author comment__author comment-header comment-footer
    comment__date comment-timestamp reply comment-reply vcard isso-comment-header isso-comment-footer commento-header
    avatar comment__avatar-wrapper submitted comment-actions permalink""".split()
)
_PARENTS = ("data-parent-id", "data-parentid", "data-parent", "data-comment-parent")
_POSTED_BY = re.compile(r"^(?:posted|submitted|comment|written)\s+by:?\s+", re.I)
_SAYS = re.compile(r"\s*(?:said|says|writes|wrote)?\s*(?:\.{3}|…|:)", re.I)
_SAID = re.compile(r"\s*(?:said|says|writes|wrote)?\s*(?:\.{3}|…|:)?\s*$", re.I)
_MANY = 20_000
_LINE = 120
"""Characters of a line that may hold a date."""


def read(box: Element, zone: tzinfo | None) -> list[Comment]:
    """The comments in the box of them, in the order of the page."""
    root = tree.parse(str(box.inner_html))
    for listed in list(root.iter("dl"))[:_MANY]:
        _as_items(listed)
    items = [element for element in root.iter("li", "article", "div", "section") if _is_item(element)][:_MANY]
    known = {item: str(number + 1) for number, item in enumerate(items)}
    ids = {item: (found[1] if (found := _ITEM_ID.fullmatch(attribute(item, "id"))) else known[item]) for item in items}
    if len(set(ids.values())) < len(ids):
        ids = known
    named = set(ids.values())
    read_items = []
    for item in reversed(items):  # inner ones first: what stands in an answer is not in what it answers
        parent = next((ids[above] for above in item.iterancestors() if above in ids), "")
        parent = parent or next(
            (said for name in _PARENTS if (said := attribute(item, name)) in named and said != ids[item]), ""
        )
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
    date = _date(item, zone)
    body = _body(item)
    if not body and not author:
        return None
    return Comment(
        id=id,
        parent=parent,
        kind="pingback" if mention else "comment",
        author=author,
        url=url,
        date=date,
        body=body,
    )


def _as_items(listed: etree._Element) -> None:
    """Blogger's list of terms, each with what was said as its definitions: a box for each comment."""
    box = None
    for element in list(listed):
        if element.tag == "dt" and (
            _ITEM_ID.fullmatch(attribute(element, "id")) or "comment-author" in classes(element)
        ):
            box = etree.Element("div", {"class": "comment", "id": attribute(element, "id")})
            element.addprevious(box)
            element.attrib.pop("id", "")
        if box is not None and element.tag in ("dt", "dd"):
            box.append(element)
            element.tag = "div"


def _date(item: etree._Element, zone: tzinfo | None) -> datetime | None:
    """When it was written: told to machines, else in a box that is named after a date."""
    for element in item.iter("time", "abbr"):
        for name in ("datetime", "title"):
            if date := metadata.parse_date(attribute(element, name), zone):
                return date
    found = _part(item, _DATES, ("datePublished", "dateCreated", "commentTime"))
    if found is None:
        return None
    told = (attribute(found, "datetime"), attribute(found, "content"), attribute(found, "title"))
    words = " ".join(tree.plain_text(found).split())
    dates = (metadata.parse_date(value, zone) for value in (*told, words if len(words) < _LINE else ""))
    return next((date for date in dates if date), None)


def _author(item: etree._Element) -> tuple[str, str]:
    holder = _part(item, _AUTHOR, ("author", "creator"))
    holder = next(item.iter("b", "strong", "cite"), None) if holder is None else holder
    if holder is None:
        return "", ""
    fine = next((element for element in holder.iter("*") if {"fn", "p-name"} & set(classes(element))), holder)
    links = (link for link in [fine, *fine.iter("a"), *fine.iterancestors("a")] if link.tag == "a")
    link = next((link for link in links if link.get("href")), None)
    address = attribute(link, "href") if link is not None else ""
    parts = urls.split(address)
    said = link if link is not None and fine is holder else fine
    name = " ".join(tree.plain_text(said).split()) or " ".join(tree.plain_text(fine).split())
    name = _SAID.sub("", _POSTED_BY.sub("", name))
    return name[:200], address if parts is not None and parts.scheme in ("http", "https") else ""


def _part(item: etree._Element, kinds: Sequence[str], properties: Sequence[str]) -> etree._Element | None:
    """The part of a comment with the first of these classes, else with one of these properties."""
    ranks = {kind: number for number, kind in enumerate(kinds)}
    best, found = 2 * len(ranks) + 1, None
    for element in item.iter("*"):
        rank = _rank(element, ranks, properties) if element is not item else best
        if rank < best:
            best, found = rank, element
    return found


def _rank(element: etree._Element, ranks: dict[str, int], properties: Sequence[str]) -> int:
    """How surely it is the part, lower is better: by a class, by its property, by a class behind the name of a plug-in
    (`epoch-comment-author`)."""
    named = classes(element)
    own = [ranks[kind] for kind in named if kind in ranks]
    if own or element.get("itemprop") in properties:
        return min(own, default=len(ranks))
    tails = (tail for kind in named if "-" in (tail := kind.partition("-")[2]))
    return min((ranks[tail] + len(ranks) + 1 for tail in tails if tail in ranks), default=2 * len(ranks) + 1)


def _heads(item: etree._Element) -> list[etree._Element]:
    tags = ("header", "footer")
    return [element for element in item.iter("*") if _HEADS & set(classes(element)) or element.tag in tags]


def _without_cite(item: etree._Element) -> None:
    """`<cite>Ida</cite> Says:<br>` of old themes is no part of what she says."""
    cite = next(item.iter("cite"), None)
    if cite is None or _part(item, _AUTHOR, ("author", "creator")) is not None:
        return
    if found := _SAYS.match(cite.tail or ""):
        cite.tail = (cite.tail or "")[found.end() :]
        following = cite.getnext()
        if following is not None and following.tag == "br" and not cite.tail.strip():
            tree.remove(following)
        tree.remove(cite)


def _body(item: etree._Element) -> str:
    words = _part(item, _WORDS, ("text", "commentText"))
    words = item if words is None else words
    if words is item:
        _without_cite(item)
    if words is item or "comment-body" in classes(words):
        for head in [*_heads(words), *words.iter("time", "button", "form", "script", "style")]:
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
