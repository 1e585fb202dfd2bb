"""Pages that Evernote, Confluence and Tumblr export: what these programs know of a page is said as pages say it.

    <meta name="exporter-version" content="Evernote Mac 9.0"> <meta name="created" content="2020-01-02 …">    Evernote
   <div class="page-metadata">Created by <span class="author">Jo</span></div><div id="main-content">         Confluence
    <div id="footer"><span id="timestamp">January 5th, 2019 3:04pm</span> <span class="tag">weir</span></div>  Tumblr

Evernote and Confluence do not say that anybody has published a page; what Tumblr exports had been on a blog.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converters.importers.html.saved.dates import spoken
from converters.importers.html.saved.page import Maker, Saved, remove, say
from converters.model.notices import Log

if TYPE_CHECKING:
    from turbohtml import Document

_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z")


def _evernote(document: Document, path: str, log: Log) -> Saved | None:
    if document.select_one("meta[name='exporter-version'][content*=Evernote i], en-note") is None:
        return None
    for name, property in (("created", "article:published_time"), ("updated", "article:modified_time")):
        found = document.select_one(f"meta[name={name}][content], meta[itemprop={name}][content]")
        if found is not None:
            compact = _COMPACT.fullmatch(str(found.attr("content")).strip())
            date = "{}-{}-{}T{}:{}:{}Z".format(*compact.groups()) if compact else str(found.attr("content"))
            say(document, property, date)
    tags = [str(one.attr("content")) for one in document.select("meta[itemprop=tag][content]")[:200]]
    told = document.select_one("meta[name=keywords][content]")
    tags += [one.strip() for one in str(told.attr("content")).split(",")] if told is not None else []
    say(document, "article:tag", *tags)
    say(document, "og:type", "article")
    return Saved(document="Evernote", private=True)


def _confluence(document: Document, path: str, log: Log) -> Saved | None:
    body = document.select_one("#main-content.wiki-content, .wiki-content")
    if body is None or document.select_one("#title-text, #title-heading") is None:
        return None
    body.attrs["itemprop"] = "articleBody"
    heading, name = document.select_one("#title-text"), document.select_one("title")
    said = " ".join(heading.text.split()) if heading is not None else ""
    if heading is not None and " : " in said:
        heading.set_text(said.partition(" : ")[2])
        if name is not None:
            name.set_text(heading.text)
    author = document.select_one(".page-metadata .author")
    say(document, "author", " ".join(author.text.split()) if author is not None else "")
    told = document.select_one(".page-metadata")
    say(document, "article:modified_time", spoken(told.text.rpartition(" on ")[2]) if told is not None else "")
    remove(document, "#breadcrumb-section, .page-metadata, #footer .footer-body")
    for code in document.select("pre[data-syntaxhighlighter-params]"):
        found = re.search(r"brush:\s*([\w+#-]{1,30})", str(code.attr("data-syntaxhighlighter-params")))
        if found:
            code.attrs["data-lang"] = found[1].lower()
    for note in document.select("div.confluence-information-macro"):
        note.tag = "blockquote"
    if document.select_one("meta[name^='ajs-']") is not None:  # a page of a wiki as readers see it
        return Saved()
    return Saved(document="Confluence", private=True)


def _tumblr(document: Document, path: str, log: Log) -> Saved | None:
    told = document.select_one("#footer #timestamp")
    if told is None or not spoken(told.text):
        return None
    body = document.select_one("body")
    footer = told.closest("#footer")
    say(document, "article:published_time", spoken(told.text))
    say(document, "article:tag", *(" ".join(one.text.split()) for one in document.select("#footer .tag")[:200]))
    say(document, "og:type", "article")
    if footer is not None:
        footer.extract()
    if body is not None:
        body.attrs["itemprop"] = "articleBody"
    return Saved()


MAKERS = (
    Maker((b"exporter-version", b"en-note"), _evernote),
    Maker((b"wiki-content",), _confluence),
    Maker((b'id="timestamp"', b"id='timestamp'"), _tumblr),
)
