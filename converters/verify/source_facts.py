"""What the source holds besides its words, looked for in what the importer made of it (`--verify`).

Before the first pass, as later ones give URLs their places on the new site. Which facts a source has, its
`SourceText.facts` says. What a step left out and reported is not asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from lxml import etree

from converters.html import tree
from converters.model import HtmlBody, Post
from converters.model.notices import Log, Severity
from converters.verify.html_facts import BEHIND
from converters.verify.html_source import letters
from converters.verify.verdict import Difference

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+\Z)|-scaled(?=\.\w+\Z)")
_STRUCK = ("del", "s", "strike")


def lost_facts(post: Post, log: Log) -> tuple[Difference, ...]:
    """The differences between a post that was just read and its source."""
    if post.source is None or not isinstance(post.body, HtmlBody):
        return ()
    facts: dict[str, list[str]] = {}
    for kind, value in post.source.facts():
        facts.setdefault(kind, []).append(value)
    if not facts:
        return ()
    found = _Found(post.body.root)
    said = " ".join(f"{notice.what} {notice.old} {notice.where}" for notice in log.notices)
    said += " ".join(before for before, _ in log.left_out)
    return tuple(
        Difference("link" if kind == "url" else kind, True, value)
        for kind, values in facts.items()
        for value in found.missing(kind, values)
        if value not in said and unescape(value) not in unescape(said)
    )


class Inventory:
    """How many links, images and the like a post has when it is read, and what of them the passes lose."""

    def __init__(self, post: Post, log: Log) -> None:
        self._before, self._notices = _counted(post), len(log.notices)

    def lost(self, post: Post, log: Log) -> Iterator[Difference]:
        """What there are fewer of now, where no notice says that any was left out."""
        added = log.notices[self._notices :]
        if any(notice.code not in _STAYING for notice in added if notice.severity >= Severity.CHANGED):
            return
        now = _counted(post)
        for kind, count in self._before.items():
            if now[kind] < count:
                yield Difference(kind, True, f"{count} before the passes", f"{now[kind]} after")


_STAYING = frozenset(
    {"html.element", "link.missing", "media.missing-file", "media.too-large", "reference.missing", "media.not-public"}
)
"""Notices of passes about things that stay: links that lead nowhere, what was inside of an unknown element."""
_COUNTED = {"a": "link", "img": "image", "pre": "code", "del": "struck", "s": "struck", "strike": "struck"}


def _counted(post: Post) -> Counter[str]:
    if not isinstance(post.body, HtmlBody):
        return Counter()
    found = post.body.root.iter(*_COUNTED)
    return Counter(_COUNTED[str(e.tag)] for e in found if e.tag != "a" or e.get("href"))


class _Found:
    """What is in the tree."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    def missing(self, kind: str, values: list[str]) -> Iterator[str]:
        if kind == "code":
            yield from self._code(values)
        elif kind == "struck":
            there = letters("".join(map(tree.plain_text, self._struck())))
            yield from (value for value in values if value and letters(value) not in there)
        elif kind == "url":
            there = letters(tree.serialize(self._root))
            yield from (value for value in values if _key(value) not in there)
        else:
            yield from self._urls(values, self._images() if kind == "image" else self._links())

    def _struck(self) -> Iterator[etree._Element]:
        yield from self._root.iter(*_STRUCK)
        yield from (element for element in self._root.iter("span") if "line-through" in str(element.get("style")))

    def _urls(self, values: list[str], urls: Iterator[str]) -> Iterator[str]:
        there = Counter(map(_key, urls))
        for value in values:
            key = _key(value)
            if there[key] > 0:
                there[key] -= 1
            elif not self._is_code(value):
                yield value

    def _is_code(self, url: str) -> bool:
        """Is it shown as a part of code? A tag in code is text."""
        bare = url.removeprefix("mailto:")
        return bool(self._shown_code) and any(one in self._shown_code for one in (_key(bare), letters(unquote(bare))))

    @cached_property
    def _shown_code(self) -> str:
        return letters("\n".join(unescape(tree.plain_text(code)) for code in self._root.iter("pre", "code")))

    def _images(self) -> Iterator[str]:
        for element in self._root.iter("img", "video", "source", "figure"):
            for name in ("src", "poster", "data-src"):
                if value := element.get(name):
                    yield str(value)
        for cell in self._root.iter("td", "th"):
            if "url(" in (style := str(cell.get("style") or "")):
                yield from BEHIND.findall(style)

    def _links(self) -> Iterator[str]:
        for element in self._root.iter("a", "figure", "iframe", "area", "audio", "video", "source"):
            for name in ("href", "data-url", "src"):
                if value := element.get(name):
                    yield str(value)

    def _code(self, values: list[str]) -> Iterator[str]:
        there = Counter("".join(unescape(tree.plain_text(code)) for code in self._root.iter("pre", "code")))
        for value in values:
            wanted = Counter("".join(value.split()))
            if gone := wanted - there:
                yield _line(value, gone)
            there -= wanted


def _line(code: str, gone: Counter[str]) -> str:
    """The line of code that has most of what is gone."""
    return max(code.split("\n"), key=lambda line: sum(gone[sign] for sign in line), default="").strip()


def _key(url: str) -> str:
    """The URL without what means nothing: scheme, `www.`, percent signs, the size of a resized copy."""
    bare = re.sub(r"\A(?:https?:)?//(?:i\d\.wp\.com/)?(?:www\.)?", "", url.strip().partition("#")[0].partition("?")[0])
    return letters(_SIZE.sub("", bare)) or letters(url)
