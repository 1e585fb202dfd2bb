"""What a page shows that is no word, looked for in the post: links, images and their texts, code, players, headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from converters.model import Post
from converters.model.notices import Log
from converters.verify.html_facts import BEHIND
from converters.verify.html_source import letters
from converters.verify.shown import Shown, Thing, key_of, of_tree
from converters.verify.urls_told import told
from converters.verify.verdict import Difference

_Key = str | tuple[str, ...]
_MOST = 200
"""Things of a page that are named as lost."""


def lost_things(
    page: Shown, left_out: Iterable[Shown], post: Post, root: etree._Element, log: Log
) -> Iterator[Difference]:
    """`left_out`: what is gone by name, `root`: the text of the post."""
    text = of_tree(root)
    found = _Found(text, left_out, post, root)
    said = " ".join(f"{notice.what} {notice.old} {notice.where}" for notice in log.notices)
    open_ones = [thing for thing in page.things if not found.has_same(thing)]
    number = 0
    for thing in open_ones:  # only now, so that none takes what is the pair of another
        if number >= _MOST or found.has(thing) or thing.value[:80] in said:
            continue
        number += 1
        yield Difference(thing.kind, thing.kind != "heading", thing.value)


class _Found:
    """What there is, each thing once."""

    def __init__(self, text: Shown, left_out: Iterable[Shown], post: Post, root: etree._Element) -> None:
        self._things: list[Thing] = list(text.things)
        for part in left_out:
            self._things += part.things
        self._by_key: dict[tuple[str, _Key], list[int]] = {}
        for number, thing in enumerate(self._things):
            keys: tuple[_Key, ...] = (thing.keys, *thing.keys)
            for key in keys:
                self._by_key.setdefault((thing.kind, key), []).append(number)
        self._used: set[int] = set()
        self._lines = {key_of(line.text) for line in text.lines}
        self._elsewhere = set(_urls(root)) | set(_of_fields(post))
        self._links = {told(str(one.get("href"))) for one in root.iter("a", "figure") if one.get("href")}

    def has_same(self, thing: Thing) -> bool:
        """Is there the same, under all of its keys?"""
        return self._take(thing.kind, thing.keys)

    def has(self, thing: Thing) -> bool:
        """Is there something that it may have become?"""
        if thing.kind == "image text":
            return self._has_text(thing)
        if any(self._take(thing.kind, key) for key in self._keys(thing)):
            return True
        if thing.kind == "heading":  # of one whose words are gone, the words are named
            return thing.keys[0] not in self._lines or thing.keys[0] in self._elsewhere
        if thing.kind == "code":
            return False
        return any(key in self._elsewhere for key in thing.keys) or (
            thing.kind == "embed" and any(key in self._links for key in thing.keys)
        )

    @staticmethod
    def _keys(thing: Thing) -> Iterator[str]:
        yield from thing.keys
        if thing.kind == "code":  # behind its number
            line = thing.keys[0].lstrip()
            yield line[len(line) - len(line.lstrip("0123456789")) :].lstrip()

    def _take(self, kind: str, key: _Key) -> bool:
        numbers = self._by_key.get((kind, key), [])
        while numbers:
            number = numbers.pop()
            if number not in self._used:
                self._used.add(number)
                return True
        return False

    def _has_text(self, thing: Thing) -> bool:
        """The text of an image that is there; of one that is not, the image is what is lost."""
        words, *urls = thing.keys
        if self._take(thing.kind, thing.keys) or self._take(thing.kind, words) or words in self._elsewhere:
            return True
        return not any(("image", url) in self._by_key for url in urls)


def _urls(root: etree._Element) -> Iterator[str]:
    """Keys of what the text shows in other ways than by an element of its own."""
    for element in root.iter(
        "figure", "video", "audio", "source", "iframe", "td", "th", "div", "section", "blockquote"
    ):
        for name in ("data-src", "data-url", "poster", "src", "data-id"):
            if value := str(element.get(name) or ""):
                yield told(value)
                yield from (
                    letters(part.partition("=")[2]) for part in value.partition("?")[2].split("&") if "=" in part
                )
        if "url(" in (style := str(element.get("style") or "")):
            yield from map(told, BEHIND.findall(style))


def _of_fields(post: Post) -> Iterator[str]:
    """Keys of the image that is in front matter, and of its text."""
    if post.featured is not None:
        yield told(post.featured.url)
        yield key_of(post.featured.alt)
