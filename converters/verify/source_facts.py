"""What the source holds besides its words, looked for in what the importer made of it (`--verify`).

Before the first pass, as later ones give URLs their places on the new site. Which facts a source has, its
`SourceText.facts` says. What a step left out and reported is not asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import unescape
from urllib.parse import unquote

from lxml import etree

from converters.html import tree
from converters.model import HtmlBody, Post
from converters.model.notices import Log
from converters.model.source_text import SourceText
from converters.verify.html_facts import BEHIND, KEEPING, KEPT
from converters.verify.html_source import letters
from converters.verify.page_source import PageSource
from converters.verify.verdict import Difference

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+\Z)|-scaled(?=\.\w+\Z)")
_STRUCK = ("del", "s", "strike")


def lost_facts(post: Post, log: Log) -> tuple[Difference, ...]:
    """The differences between a post that was just read and its source."""
    if post.source is None or not isinstance(post.body, HtmlBody):
        return ()
    if isinstance(post.source, PageSource):
        return tuple(post.source.lost_things(post, log))
    facts: dict[str, list[str]] = {}
    for kind, value in post.source.facts():
        facts.setdefault(kind, []).append(value)
    if not facts:
        return ()
    found = _Found(post.body.root)
    said = " ".join(f"{notice.what} {notice.old} {notice.where}" for notice in log.notices)
    said += " ".join(before for before, _ in log.left_out)
    gone = [
        (kind, value)
        for kind, values in facts.items()
        for value in found.missing(kind, values)
        if value not in said and unescape(value) not in unescape(said)
    ]
    excused = _not_shown(post.source, post.body.root, log) if gone else frozenset()
    return tuple(
        Difference(_NAMES.get(kind, kind), True, value) for kind, value in gone if (kind, value) not in excused
    )


_NAMES = {"url": "link", "bare link": "link", "shown text": "image text"}


_PRINTED = re.compile(r"[\s\"'\u2018-\u201f\u2032\u2033]+")
"""What of a tag may be another on a page."""


def _not_shown(source: SourceText, root: etree._Element, log: Log) -> frozenset[tuple[str, str]]:
    """The facts of what was left out on purpose, and of tags that stay the text they are, as in code."""
    shown = _PRINTED.sub("", tree.plain_text(root))
    texts = [*log.left_out, *((tag, "") for tag, _ in source.tags() if _PRINTED.sub("", tag) in shown)]
    gone: set[tuple[str, str]] = set()
    for before, after in texts:
        kept = {value for _, value in _facts_of(source, after)}
        gone |= {(kind, value) for kind, value in _facts_of(source, before) if kept.isdisjoint(_said(kind, value))}
    return frozenset(gone)


def _facts_of(source: SourceText, text: str) -> Iterable[tuple[str, str]]:
    part = source.part(text) if text else None
    return part.facts() if part is not None else ()


def _said(kind: str, value: str) -> tuple[str, ...]:
    return (value, value.partition(" ")[2]) if kind == "shown text" else (value,)


class Inventory:
    """The links, images, code and struck text that a post has when it is read, and what of them the passes lose."""

    def __init__(self, post: Post, log: Log) -> None:
        self._before, self._left_out = _counted(post), len(log.left_out)
        self._notices = len(log.notices)

    def lost(self, post: Post, log: Log) -> Iterator[Difference]:
        """What there are fewer of now, but for what was left out on purpose."""
        gone = self._before - _counted(post)
        for before, after in log.left_out[self._left_out :] if gone else ():
            gone -= _of_tree(tree.parse(before)) - _of_tree(tree.parse(after))
        noted = {notice.what.partition(" of <")[0] for notice in log.notices[self._notices :]}
        for kind in dict.fromkeys(kind for kind, _ in gone if kind not in noted):
            what = {value: count for (name, value), count in gone.items() if name == kind}
            yield Difference(kind, True, " ".join(what) if kind in _BY_SIGN else str(sum(what.values())))


_COUNTED = {
    "a": "link",
    "img": "image",
    "pre": "code",
    "code": "code",
    "del": "struck",
    "s": "struck",
    "strike": "struck",
}
_FOLLOWED = re.compile(r"\s*(?:(?:https?|mailto|tel|ftp):|(?!#)[^:\s]+(?:[/?#]|\Z))", re.I)
"""What of `href` leads somewhere, whatever a page may hold."""
_BY_SIGN = ("code", "struck")
"""Kinds of which each letter and each sign has to be there."""


def _counted(post: Post) -> Counter[tuple[str, str]]:
    return _of_tree(post.body.root) if isinstance(post.body, HtmlBody) else Counter()


def _of_tree(root: etree._Element) -> Counter[tuple[str, str]]:
    """(kind, what of it) -> how often."""
    found: Counter[tuple[str, str]] = Counter()
    for element in root.iter(*_COUNTED):
        kind = _COUNTED[str(element.tag)]
        if kind in _BY_SIGN:
            if not _is_inside(element, kind):
                found.update((kind, sign) for sign in "".join(tree.plain_text(element).split()))
        elif kind != "link" or (_FOLLOWED.match(str(element.get("href") or "")) and _shows(element)):
            found[kind, ""] += 1
            found["image text", ""] += kind == "image" and bool(element.get("alt"))
    for element in root.iter(*KEEPING):
        found.update((name, "") for name in KEPT if element.get(name))
    return found


def _shows(link: etree._Element) -> bool:
    """Is there anything to follow it by? Empty links go."""
    return (
        bool(tree.plain_text(link).strip())
        or next(link.iter("img", "video", "svg", "{*}svg", "picture"), None) is not None
    )


def _is_inside(element: etree._Element, kind: str) -> bool:
    """Is it inside of another element of its kind?"""
    return any(_COUNTED.get(str(around.tag)) == kind for around in element.iterancestors(*_COUNTED))


class _Found:
    """What is in the tree."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root

    def missing(self, kind: str, values: list[str]) -> Iterator[str]:
        if kind == "code":
            yield from self._code(values)
        elif kind == "struck":
            yield from _not_in("\n".join(letters(tree.plain_text(element)) for element in self._struck()), values)
        elif kind == "url":
            there = letters(tree.serialize(self._root))
            yield from (value for value in values if _key(value) not in there)
        elif kind == "link":
            yield from self._urls(values, self._links("a", "area", "figure", "iframe"))
        elif kind == "bare link":  # a player in its place would be another thing
            shown = (a for a in self._root.iter("a", "area") if next(a.iterancestors("figure"), None) is None)
            yield from self._urls(values, (str(a.get("href") or "") for a in shown))
        elif kind == "image text":
            there = "\n".join(letters(str(image.get("alt") or "")) for image in self._root.iter("img"))
            yield from _not_in(there, values)
        elif kind == "shown text":
            yield from self._shown_texts(values)
        elif kind in KEPT:
            there = "\n".join(letters(str(element.get(kind) or "")) for element in self._root.iter())
            yield from _not_in(there, values)
        elif kind == "image":
            yield from self._urls(values, self._images())
        else:
            yield from self._urls(values, self._links("audio", "video", "source", "a", "figure", "iframe"))

    def _struck(self) -> Iterator[etree._Element]:
        """The outermost of each."""
        inside: etree._Element | None = None
        for element in self._root.iter(*_STRUCK, "span"):
            if element.tag == "span" and "line-through" not in str(element.get("style")):
                continue
            if inside is None or inside not in element.iterancestors():
                yield element
                inside = element

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

    def _shown_texts(self, values: list[str]) -> Iterator[str]:
        """`URL text`, where the picture is there but not with this text, each as often as it is shown."""
        there: dict[str, list[str]] = {}
        for image in self._root.iter("img"):
            there.setdefault(_key(str(image.get("src") or "")), []).append(letters(str(image.get("alt") or "")))
        for value in values:
            url, _, text = value.partition(" ")
            shown = there.get(_key(url))
            if not shown:  # what is missing is the picture
                continue
            wanted = letters(text)
            match = next((one for one in shown if wanted in one), None)
            if match is None:
                yield text
            else:
                shown.remove(match)

    def _links(self, *tags: str) -> Iterator[str]:
        for element in self._root.iter(*tags):
            for name in ("href", "data-url", "src"):
                if value := element.get(name):
                    yield str(value)

    def _code(self, values: list[str]) -> Iterator[str]:
        code = (one for one in self._root.iter("pre", "code") if not _is_inside(one, "code"))
        there = Counter("".join(unescape(tree.plain_text(one)) for one in code))
        for value in values:
            wanted = Counter("".join(value.split()))
            if gone := wanted - there:
                yield _line(value, gone)
            there -= wanted


def _not_in(text: str, values: list[str]) -> Iterator[str]:
    """The values whose letters are not in the text, each as often as it is there. The longest has the first choice."""
    for value in sorted(filter(letters, values), key=len, reverse=True):
        before, found, after = text.partition(letters(value))
        if found:
            text = f"{before}\n{after}"
        else:
            yield value


def _line(code: str, gone: Counter[str]) -> str:
    """The line of code that has most of what is gone."""
    return max(code.split("\n"), key=lambda line: sum(gone[sign] for sign in line), default="").strip()


def _key(url: str) -> str:
    """The URL without what means nothing: scheme, `www.`, percent signs, the size of a resized copy."""
    bare = re.sub(r"\A(?:https?:)?//(?:i\d\.wp\.com/)?(?:www\.)?", "", url.strip().partition("#")[0].partition("?")[0])
    return letters(_SIZE.sub("", bare)) or letters(url)
