"""A WordPress importer that loses something, in one of its steps, of one post: what does the check say?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest import mock

from lxml import etree

from converters.html import tree
from converters.importers.wordpress import content
from converters.model import Entry
from converters.passes import layout, sanitize
from converters.verify.verdict import Word
from pipelines.run.carry import Carrier, Options
from pipelines.run.convert import in_memory
from pipelines.run.job import Job

Lose = Callable[[str, Random], tuple[str, str] | None]
"""(the text without something, what that is); None where there is nothing of the kind."""

_NO_TEXT = re.compile(
    r"<!--.*?-->|<(script|style|iframe|noscript|textarea|title|form|select|object)\b.*?</\1\s*>|<[^>]*>|\[[^\]]*\]|&\w*;?"
    r"|(?:https?:)?//[^\s<>\"]+|\$latex[^$]*\$|\b\w[\w.+-]*@[\w.-]+|%\w\w",
    re.S | re.I,
)
_WORD = re.compile(r"(?<![\w\u00ad\x00-\x08])[^\W\d_]{1,40}(?![\w\u00ad\x00-\x08])")
_PATTERNS = {
    "image": re.compile(r"<img\s[^<>]*\bsrc=\"(?!data:)[^<>\"]+\"[^<>]*>"),
    "link": re.compile(r"<a\s[^<>]*href=\"https?://[^<>]*>(?=[^<])"),
    "formula": re.compile(r"\$latex [^$<>\[]{3,}\$"),
    "struck": re.compile(r"<(?:del|s|strike)>(?=\w)"),
}
_ATTRIBUTES = {
    "image text": re.compile(r"<img\s[^<>]*?( alt=\"[^<>\"]*\w[^<>\"]*\")"),
    "cite": re.compile(r"<(?:del|q|blockquote)\s[^<>]*?( ?cite=\"[^<>\"]+\")"),
    "datetime": re.compile(r"<(?:del|time)\s[^<>]*?( ?datetime=\"[^<>\"]+\")"),
    "title": re.compile(r"<(?:a|abbr|acronym)\s[^<>]*?( ?title=\"[^<>\"]+\")"),
}
_CODE_LINE = re.compile(r"(?<=\n)[^\n<>&\[\]]*[\w;{}()][^\n<>&\[\]]*\n")
_PRE = re.compile(r"<pre\b[^<>]*>(?:(?!</pre).)*</pre>", re.S)


def _word(text: str, lot: Random) -> tuple[str, str] | None:
    masked = _NO_TEXT.sub(lambda found: "\x00" * len(found[0]), text)
    words = list(_WORD.finditer(masked))
    return _without(text, lot.choice(words)) if words else None


def _sentence(text: str, lot: Random) -> tuple[str, str] | None:
    masked = _NO_TEXT.sub(lambda found: "\x00" * len(found[0]), text)
    found = list(re.finditer(r"[A-Za-z][\w ,'-]{12,}[.!?]", masked))
    return _without(text, lot.choice(found)) if found else None


def _matched(kind: str) -> Lose:
    def lose(text: str, lot: Random) -> tuple[str, str] | None:
        found = list(_PATTERNS[kind].finditer(text))
        return _without(text, lot.choice(found)) if found else None

    return lose


def _attribute(kind: str) -> Lose:
    def lose(text: str, lot: Random) -> tuple[str, str] | None:
        found = list(_ATTRIBUTES[kind].finditer(text))
        if not found:
            return None
        start, end = lot.choice(found).span(1)
        return text[:start] + " " + text[end:], text[start:end]

    return lose


def _code_line(text: str, lot: Random) -> tuple[str, str] | None:
    lines = [(pre, line) for pre in _PRE.finditer(text) for line in _CODE_LINE.finditer(pre[0])]
    if not lines:
        return None
    pre, line = lot.choice(lines)
    start = pre.start()
    return text[: start + line.start()] + text[start + line.end() :], line[0]


def _without(text: str, found: re.Match[str]) -> tuple[str, str]:
    return text[: found.start()] + text[found.end() :], text[found.start() : found.end()]


LOSSES: dict[str, Lose] = {
    "word": _word,
    "sentence": _sentence,
    "code line": _code_line,
    **{kind: _matched(kind) for kind in _PATTERNS},
    **{kind: _attribute(kind) for kind in _ATTRIBUTES},
}

STEPS: dict[str, tuple[object, str]] = {
    "cutting out what is code": (content.code_text, "shield"),
    "blocks": (content.blocks, "flatten"),
    "embeds": (content, "_embeds"),
    "paragraphs": (content, "autop"),
    "shortcodes": (content, "_expand"),
    "parsing": (tree, "parse"),
    "footnotes": (content.footnotes, "gather"),
    "backgrounds": (content.backgrounds, "lift"),
    "normalizing": (content, "normalize"),
    "the end of the teaser": (content, "lift_more_tag"),
    "sanitizing": (sanitize, "clean"),
    "layout": (layout, "strip_layout"),
}
"""Step -> the function that does it: of a text, which returns one, or of a tree, in place."""


class Loss(NamedTuple):
    kind: str
    step: str
    post: str
    what: str
    found: bool


class _Lossy:
    """A step that loses something once."""

    def __init__(self, step: Callable[..., Any], lose: Lose, lot: Random) -> None:
        self._step, self._lose, self._lot = step, lose, lot
        self.lost = ""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        made = self._step(*arguments, **named)
        if self.lost:
            return made
        if isinstance(made, str):
            return self._of_text(made)
        root = made if made is not None else _root(arguments[0])
        if root is not None:
            self._of_tree(root)
        return made

    def _of_text(self, text: str) -> str:
        damaged = self._lose(text, self._lot)
        if damaged is None:
            return text
        self.lost = damaged[1]
        return damaged[0]

    def _of_tree(self, root: etree._Element) -> None:
        html = tree.inner_html(root)
        damaged = self._of_text(html)
        if damaged != html:
            new = _PARSE(damaged)
            for child in list(root):
                root.remove(child)
            root.text = new.text
            root.extend(list(new))


_PARSE = tree.parse


def _root(given: Any) -> etree._Element | None:
    """The tree that a step changes: its argument, or the body of what passes work on."""
    if isinstance(given, etree._Element):
        return given
    body = getattr(given, "body", None) or (given if getattr(given, "is_body", False) else None)
    return body.root if body is not None else None


def lossy(number: int, lot: Random, sources: Sequence[Path], target: str = "hugo") -> Iterator[Loss]:
    """That many losses, as evenly as possible over steps, kinds and posts, and whether each is found."""
    wanted = [(step, kind) for step in STEPS for kind in LOSSES]
    for source, share in zip(sources, _shares(number, len(sources)), strict=True):
        job = Job((str(source),), "unused", Options("wordpress", target, verify=True), dry_run=True)
        with in_memory(job) as work:
            carrier, entries = work.carrier(), [entry for entry, _ in work.index.work()]
            plain = {entry.id: carrier.carry(entry) for entry in entries}
            texts = {
                entry.id: source.read_bytes()[entry.locator.start : entry.locator.end].decode() for entry in entries
            }
            lose = _Loser(carrier, entries, plain, texts, lot)
            for step, kind in islice(cycle(wanted), share * 30):
                if (loss := lose(step, kind)) is not None:
                    share -= 1
                    yield loss
                if share <= 0:
                    break


def _shares(number: int, parts: int) -> list[int]:
    return [number // parts + (part < number % parts) for part in range(parts)]


class _Loser(NamedTuple):
    """Converts posts of one site, each with a step that loses something."""

    carrier: Carrier
    entries: Sequence[Entry]
    plain: dict[str, Any]
    texts: dict[str, str]
    """As they are in the source."""
    lot: Random

    def __call__(self, step: str, kind: str) -> Loss | None:
        """None where the post drawn has nothing of the kind, or is written as it is without it."""
        entry, (place, name) = self.lot.choice(self.entries), STEPS[step]
        planted = _Lossy(getattr(place, name), LOSSES[kind], self.lot)
        with mock.patch.object(place, name, planted):
            result = self.carrier.carry(entry)
        plain = self.plain[entry.id]
        if not planted.lost.strip() or not result.files or result.files[0] == plain.files[0]:
            return None
        url = re.search(r"(?:href|src)=\"([^\"]+)\"", planted.lost)
        if url is not None and result.files[0].data.count(url[1].encode()) >= max(
            self.texts[entry.id].count(url[1]), 1
        ):
            return None  # one that the importer makes twice of what is there once
        return Loss(kind, step, entry.id, planted.lost, _is_found(result, plain))


def _is_found(result: Any, plain: Any) -> bool:
    """Is it lost, and does the check say more than of the post as it is?"""
    return result.verdict.verdict is Word.LOST and result.verdict != plain.verdict
