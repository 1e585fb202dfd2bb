"""A page read in this process, for tests of what comes out of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from converters.html import tree
from converters.importers.html import page, places
from converters.importers.html.read_page import PageContext, read_page
from converters.model import Entry, HtmlBody, Locator, Role, Status
from converters.model.notices import Log


class Read(NamedTuple):
    html: str
    words: str
    log: Log

    def said(self, code: str) -> list[str]:
        return [notice.what for notice in self.log.notices if notice.code == code]


def read(html: str, *, selector: str = "", shared: Collection[int] = frozenset()) -> Read:
    log = Log("a.html")
    entry = Entry("a.html", "page", Role.CONTENT, Status.PUBLISHED, title="", locator=Locator(0))
    links = places.PageLinks("", lambda _: None)
    context = PageContext("", "", None, selector, links, shared=shared)
    post = read_page(page.parse(html.encode(), "a.html", log), entry, context, log)
    assert isinstance(post.body, HtmlBody)
    words = " ".join(" ".join(str(text) for text in post.body.root.itertext()).split())
    return Read(tree.inner_html(post.body.root), words, log)
