"""Blogger's Atom: the feed of Google Takeout (`Takeout/Blogger/Blogs/NAME/feed.atom`) and the older export of its own.

Both are one feed of posts, pages, comments and settings. Takeout says what an entry is in elements of its own
(`blogger:type`, `blogger:status`, `blogger:filename`), the older export in a category (`…/kind#post`), in
`app:control/app:draft` and in the link `rel=alternate`. A comment names its post by id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from typing import IO, NamedTuple, cast

from lxml import etree

from converters import item_timeout, urls
from converters.html import tree
from converters.importers.html import metadata, semantic
from converters.importers.html.left_out import LeftOut
from converters.importers.html.metadata import Metadata
from converters.importers.html.read_page import PageContext, to_post
from converters.importers.shared.elements import attribute
from converters.model import PUBLIC, Comment, Entry, Locator, Post, Role, Seo, Status, Term
from converters.model.notices import Log
from converters.source_check import Digesting
from converters.verify.page_source import PageSource
from converters.verify.shown import of_tree

_ATOM = "{http://www.w3.org/2005/Atom}"
_BLOGGER = "{http://schemas.google.com/blogger/2018}"
_THREAD = "{http://purl.org/syndication/thread/1.0}"
_KIND = "http://schemas.google.com/g/2005#kind"
_STATUSES = {
    "LIVE": Status.PUBLISHED, "DRAFT": Status.DRAFT, "SCHEDULED": Status.FUTURE, "SOFT_TRASHED": Status.TRASH,
    "TRASHED": Status.TRASH, "": Status.PUBLISHED,
}  # fmt: skip
_CONTENT = {"post": "post", "page": "page"}


class _Item(NamedTuple):
    id: str
    kind: str
    """post, page, comment, or what the feed calls it."""
    element: etree._Element


class BloggerFeed:
    """A feed, whole in memory: its comments may stand anywhere in it."""

    def __init__(self, file: Path, zone: tzinfo | None) -> None:
        parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False, recover=True)
        with file.open("rb") as opened:
            read = Digesting(opened)
            self._root = etree.parse(cast(IO[bytes], read), parser).getroot()
            self.digest = read.digest()
        self._zone = zone
        self._items: dict[str, _Item] = {}
        self._comments: dict[str, list[_Item]] = {}
        for element in self._root.iterchildren(f"{_ATOM}entry"):
            item = _Item(
                _text(element, "id").rpartition("-")[2] or f"entry-{len(self._items)}", _kind(element), element
            )
            if item.kind == "comment":
                self._comments.setdefault(_answered(element), []).append(item)
            id = item.id if item.id not in self._items else f"{item.id}+{len(self._items)}"
            self._items[id] = item._replace(id=id)

    @property
    def title(self) -> str:
        return _text(self._root, "title")

    @property
    def base(self) -> str:
        """The address of the blog; Takeout does not say it."""
        return next(_links(self._root, "alternate"), "").rstrip("/")

    def entries(self, number: int) -> Iterator[tuple[Entry, Log, Metadata | None]]:
        """Every entry, each under the time limit of an item."""
        for item in self._items.values():
            made: list[tuple[Entry, Log, Metadata | None]] = []
            failure = item_timeout.failure(self._take, item, number, made)
            if failure is not None:
                log = Log(item.id)
                log(*failure)
                locator = Locator(number, path=item.id)
                entry = Entry(item.id, "", Role.FAILED, Status.DRAFT, reason=failure[1], locator=locator)
                made.append((entry, log, None))
            yield from made

    def _take(self, item: _Item, number: int, made: list[tuple[Entry, Log, Metadata | None]]) -> None:
        made.append(self._entry(item, number))

    def _entry(self, item: _Item, number: int) -> tuple[Entry, Log, Metadata | None]:
        log = Log(item.id)
        status = _status(item.element)
        role, reason = Role.EXCLUDED, "in the trash"
        if item.kind == "comment":
            post = self._items.get(_answered(item.element))
            reason = (
                "comment: stands with its post" if post and _public(item.element) else "comment that was not public"
            )
        elif item.kind not in _CONTENT:
            reason = f"{item.kind or 'entry'} of Blogger's own"
        elif status is not Status.TRASH:
            role, reason = Role.CONTENT, ""
        permalink = _permalink(item.element)
        name = permalink.rpartition("/")[2].removesuffix(".html")
        entry = Entry(
            item.id,
            _CONTENT.get(item.kind, item.kind or "entry"),
            role,
            status,
            slug=name or metadata.folded(_text(item.element, "title")).replace(" ", "-"),
            title=_text(item.element, "title"),
            permalink=permalink if status in PUBLIC else "",
            date=metadata.parse_date(_text(item.element, "published"), self._zone),
            reason=reason,
            locator=Locator(number, path=item.id),
        )
        return entry, log, self._metadata(item) if role is Role.CONTENT else None

    def _metadata(self, item: _Item) -> Metadata:
        names = (_text(author, "name") for author in item.element.iterchildren(f"{_ATOM}author"))
        categories = item.element.iterchildren(f"{_ATOM}category")
        labels = (str(one.get("term")) for one in categories if one.get("term") and one.get("scheme") != _KIND)
        return Metadata(
            titles=(),
            date=metadata.parse_date(_text(item.element, "published"), self._zone),
            modified=metadata.parse_date(_text(item.element, "updated"), self._zone),
            authors=tuple(dict.fromkeys(name for name in names if name)),
            terms=tuple(
                Term("post_tag", re.sub(r"[^\w]+", "-", label).strip("-"), label) for label in dict.fromkeys(labels)
            ),
            description=_text(item.element, f"{_BLOGGER}metaDescription"),
        )

    def post(self, entry: Entry, reading: PageContext, log: Log) -> Post:
        item = self._items[entry.locator.path]
        meta = self._metadata(item)
        root = tree.parse(_text(item.element, "content", strip=False), log)
        left = LeftOut(log)
        source = PageSource(of_tree(root), left.gone, left.comments)
        semantic.to_semantic(root, log, reading.classes)
        reading.links.apply(root, "", log)
        comments = [comment for comment in self._comments.get(item.id, ()) if _public(comment.element)]
        post = to_post(entry, root, meta)
        post.source = source
        post.guid, post.seo = _text(item.element, "id"), Seo(description=meta.description)
        post.comments = tuple(_comment(comment, self._zone) for comment in comments)
        return post


def _text(element: etree._Element, name: str, *, strip: bool = True) -> str:
    found = element.find(name if name.startswith("{") else _ATOM + name)
    text = "".join(str(part) for part in found.itertext()) if found is not None else ""
    return text.strip() if strip else text


def _links(element: etree._Element, rel: str) -> Iterator[str]:
    """The addresses of an element's links of one kind."""
    return (attribute(one, "href") for one in element.iterchildren(f"{_ATOM}link") if one.get("rel") == rel)


def _kind(element: etree._Element) -> str:
    if told := _text(element, f"{_BLOGGER}type"):
        return told.lower()
    for category in element.iterchildren(f"{_ATOM}category"):
        if category.get("scheme") == _KIND:
            return str(category.get("term")).rpartition("#")[2].lower()
    return ""


def _status(element: etree._Element) -> Status:
    if told := _text(element, f"{_BLOGGER}status"):
        return _STATUSES.get(told.upper(), Status.DRAFT)
    for draft in element.iter("{*}draft"):
        if (draft.text or "").strip() == "yes":
            return Status.DRAFT
    return Status.PUBLISHED


def _public(element: etree._Element) -> bool:
    return _status(element) is Status.PUBLISHED


def _answered(element: etree._Element) -> str:
    """The id of the post that a comment belongs to."""
    told = _text(element, f"{_BLOGGER}parent") or _text(element, f"{_BLOGGER}inReplyTo")
    reply = element.find(f"{_THREAD}in-reply-to")
    if reply is not None and not told:
        told = attribute(reply, "ref")
    return told.rpartition("-")[2]


def _permalink(element: etree._Element) -> str:
    if name := _text(element, f"{_BLOGGER}filename"):
        return name
    address = next((address for address in _links(element, "alternate") if address), "")
    parts = urls.split(address)
    return address if parts is not None and not parts.fragment else ""


def _comment(item: _Item, zone: tzinfo | None) -> Comment:
    author = item.element.find(f"{_ATOM}author")
    related = next(_links(item.element, "related"), "")
    parent = _text(item.element, f"{_BLOGGER}inReplyToComment").rpartition("-")[2]
    return Comment(
        id=item.id,
        parent=parent or related.rpartition("/")[2],
        kind="comment",
        author=_text(author, "name") if author is not None else "",
        url=_text(author, "uri") if author is not None else "",
        date=metadata.parse_date(_text(item.element, "published"), zone),
        body=_text(item.element, "content", strip=False),
    )
