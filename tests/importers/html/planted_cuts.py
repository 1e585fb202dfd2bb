"""A reader of pages that loses something of one page, silently, in one of its steps: what does the check say?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from unittest import mock

from lxml import etree

from converters.html import tree
from converters.importers.html import chrome, code, figures, read_page, semantic
from converters.importers.shared import accordions, leftovers, styles
from converters.passes import layout, sanitize
from converters.verify.verdict import Word
from pipelines.run.carry import Options, Result
from pipelines.run.convert import in_memory
from pipelines.run.job import Job

STEPS: dict[str, tuple[object, str]] = {
    "cutting out what is around": (chrome, "cut"),
    "code": (code, "normalize"),
    "late images": (figures, "lazy"),
    "styles": (styles, "resolve"),
    "accordions": (accordions, "open_all"),
    "galleries": (figures, "galleries"),
    "empty elements": (leftovers, "drop_empty"),
    "the whole of it": (semantic, "to_semantic"),
    "the title": (read_page, "without_title"),
    "sanitizing": (sanitize, "clean"),
    "layout": (layout, "strip_layout"),
}
"""Step -> the function that does it, in place, to the tree that is its first argument, or in it."""

_ELEMENTS = {
    "paragraph": ("p",),
    "heading": ("h2", "h3", "h4"),
    "table": ("table",),
    "row": ("tr",),
    "cell": ("td", "th"),
    "list": ("ul", "ol"),
    "list item": ("li",),
    "quote": ("blockquote",),
    "image": ("img",),
    "caption": ("figcaption",),
    "code": ("pre",),
    "emphasis with its words": ("strong", "em"),
}


def _element(*tags: str) -> Callable[[etree._Element, Random], str]:
    def lose(root: etree._Element, lot: Random) -> str:
        found = [one for one in root.iter(*tags) if one is not root and _says(one)]
        if not found:
            return ""
        chosen = lot.choice(found)
        what = " ".join(tree.plain_text(chosen).split()) or str(chosen.get("src") or "")
        tree.remove(chosen)
        return what

    return lose


def _says(element: etree._Element) -> bool:
    return any(letter.isalnum() for letter in tree.plain_text(element)) or next(element.iter("img"), None) is not None


def _link(root: etree._Element, lot: Random) -> str:
    """The words of a link stay, and lead nowhere."""
    found = [one for one in root.iter("a") if str(one.get("href") or "").startswith("http") and _says(one)]
    if not found:
        return ""
    chosen = lot.choice(found)
    tree.unwrap(chosen)
    return str(chosen.get("href"))


def _alternative_text(root: etree._Element, lot: Random) -> str:
    found = [image for image in root.iter("img") if image.get("alt")]
    if not found:
        return ""
    image = lot.choice(found)
    text = str(image.get("alt"))
    image.set("alt", "")
    return text


def _sentence(root: etree._Element, lot: Random) -> str:
    """The text at the start of an element, its first word, or all but that."""
    found = [one for one in root.iter("p", "li", "td") if len((one.text or "").split()) > 2]
    if not found:
        return ""
    chosen = lot.choice(found)
    first, *others = (chosen.text or "").split()
    if lot.random() < 0.5:
        chosen.text = first + " "
        return " ".join(others)
    chosen.text = " ".join(others) + " "
    return first


def _line_of_code(root: etree._Element, lot: Random) -> str:
    texts = [one for one in root.iter("pre", "code") if len((one.text or "").strip().split("\n")) > 2]
    if not texts:
        return ""
    chosen = lot.choice(texts)
    lines = (chosen.text or "").split("\n")
    full = [number for number, line in enumerate(lines) if any(sign.isalnum() for sign in line)]
    return lines.pop(lot.choice(full)) if _put(chosen, lines, full, lot) else ""


def _put(element: etree._Element, lines: list[str], full: list[int], lot: Random) -> bool:
    """Take one of the full lines out of an element's text, by its place."""
    if not full:
        return False
    at = lot.choice(full)
    element.text = "\n".join(lines[:at] + lines[at + 1 :])
    return True


LOSSES: dict[str, Callable[[etree._Element, Random], str]] = {
    **{kind: _element(*tags) for kind, tags in _ELEMENTS.items()},
    "link": _link,
    "image text": _alternative_text,
    "sentence": _sentence,
    "line of code": _line_of_code,
}
"""Kind -> takes one out of a tree and says what that was; empty where there is none."""


class Cut(NamedTuple):
    kind: str
    step: str
    page: str
    what: str
    found: bool
    by_guard: bool
    """Did the run without `--verify` say so, too?"""


class _Lossy:
    """A step that loses something once."""

    def __init__(self, step: Callable[..., Any], lose: Callable[[etree._Element, Random], str], lot: Random) -> None:
        self._step, self._lose, self._lot, self.lost = step, lose, lot, ""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        made = self._step(*arguments, **named)
        given = arguments[0]
        body = getattr(given, "body", None) or (given if getattr(given, "is_body", False) else None)
        root = given if isinstance(given, etree._Element) else body.root if body is not None else None
        if root is not None and not self.lost:
            self.lost = self._lose(root, self._lot)
        return made


class Page(NamedTuple):
    """A page by itself, surveyed, and how it is converted with the check."""

    name: str
    carry: Callable[[], Result]
    plain: Result


@contextmanager
def surveyed(page: Path) -> Iterator[Page]:
    job = Job((str(page),), "unused", Options("html", "hugo", verify=True), dry_run=True)
    with in_memory(job) as work:
        carrier = work.carrier()
        (entry,) = (entry for entry, _ in work.index.work())
        yield Page(page.name, lambda: carrier.carry(entry), carrier.carry(entry))


def cuts(pages: Sequence[Path], lot: Random, number: int) -> Iterator[Cut]:
    """That many, as evenly as possible over pages, steps and kinds."""
    wanted = [(step, kind) for step in STEPS for kind in LOSSES]
    for place, file in enumerate(pages):
        share = number // len(pages) + (place < number % len(pages))
        with surveyed(file) as page:
            lot.shuffle(wanted)
            made = (planted(page, step, kind, lot) for step, kind in islice(cycle(wanted), share * 20))
            yield from islice((cut for cut in made if cut is not None), share)


def planted(page: Page, step: str, kind: str, lot: Random) -> Cut | None:
    """None where the page has nothing of the kind in that step, or is written as it is without it."""
    place, name = STEPS[step]
    lossy = _Lossy(getattr(place, name), LOSSES[kind], lot)
    with mock.patch.object(place, name, lossy):
        result = page.carry()
    if not lossy.lost.strip() or not result.files or result.files[0] == page.plain.files[0]:
        return None
    verdict = result.verdict
    assert verdict is not None, result.notices
    codes = {notice.code for notice in result.notices} - {notice.code for notice in page.plain.notices}
    found = verdict.verdict is Word.LOST and verdict != page.plain.verdict
    return Cut(kind, step, page.name, lossy.lost, found, "words.lost" in codes)
