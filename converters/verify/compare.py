"""What one page shows and another does not, named.

Facts are matched by what they say, wherever they stand: one of a kind that is gone beside one of the same kind that is
new are one fact that changed. Words are matched line by line, so that time grows with the length of the texts and not
with its square: lines in common are paired first, then the words of those that are left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import chain, zip_longest
from typing import TypeVar

from converters.verify.facts import Fact, Page
from converters.verify.verdict import Difference

Row = TypeVar("Row", str, list[str])
_KINDS = {  # kind of fact -> (how it is called, is one that became another a loss?)
    "alternative text": ("image text", True),
    "code": ("code", True),
    "code in a line": ("code", True),
    "definition": ("definition", False),
    "embed": ("embed", True),
    "field": ("form", True),
    "first number": ("list", False),
    "frame": ("embed", True),
    "gallery": ("gallery", False),
    "heading": ("heading", False),
    "image": ("image", True),
    "list item": ("list", False),
    "media": ("media", True),
    "poster": ("media", True),
    "row": ("table", False),
    "rule": ("rule", False),
    "script": ("embed", True),
    "task": ("list", True),
    "term": ("definition", False),
}
"""Where a fact is about words, the words themselves are compared besides: a heading that lost its form is a change, one
that lost its words a loss of words."""
_MARKED = {"blockquote": "quote"}
_MOST_STEPS = 400_000
"""Product of two numbers of words up to which their longest common row is looked for; beyond, they are counted."""


def compare(wanted: Page, found: Page) -> Iterator[Difference]:
    """Everything that differs; nothing where the pages show a reader the same."""
    if wanted.lines != found.lines:
        yield from _words(wanted.lines, found.lines)
    if wanted.facts != found.facts:
        yield from _facts(wanted.facts, found.facts)
    for kind in dict.fromkeys((*wanted.marks, *found.marks)):
        old, new = wanted.marks.get(kind, ""), found.marks.get(kind, "")
        if old != new:
            was, now = _middle(old, new)
            yield Difference(_MARKED.get(kind, "emphasis"), False, f"{kind}: {was}", now)
    if wanted.links != found.links:
        yield from _links(wanted.links, found.links)
    for name in sorted(wanted.wanted - found.places):
        yield Difference("place", True, f"#{name}")


def _middle(old: Row, new: Row) -> tuple[Row, Row]:
    """Both texts, or lists of words, without what they begin and end with in common."""
    start = _common(old, new)
    old, new = old[start:], new[start:]
    end = _common(old[::-1], new[::-1])
    return old[: len(old) - end], new[: len(new) - end]


def _common(old: Row, new: Row) -> int:
    """How many characters, or words, both begin with in common."""
    return next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _links(wanted: dict[str, str], found: dict[str, str]) -> Iterator[Difference]:
    """By URL; white space means nothing, since an engine may split a link over blocks. Where one is gone and another
    has its text, the link leads elsewhere."""
    gone = {goal: words for goal, words in wanted.items() if goal not in found}
    new = {goal: words for goal, words in found.items() if goal not in wanted}
    led = {_tight(words): goal for goal, words in new.items()}
    for goal, words in gone.items():
        elsewhere = led.get(_tight(words), "")
        new.pop(elsewhere, "")
        yield Difference("link", True, f"{goal} | {_shown([words])}", elsewhere)
    for goal, words in wanted.items():
        old, now = _tight(words), _tight(found.get(goal, words))
        if old != now:
            was, came = _middle(old, now)
            yield Difference("link", len(now) < len(old), f"{goal} | {was}", came)
    for goal, words in new.items():
        if not _is_bare_url(goal, words):
            yield Difference("link", False, "", f"{goal} | {_shown([words])}")


def _tight(words: str) -> str:
    return words.replace(" ", "")


def _is_bare_url(goal: str, words: str) -> bool:
    """Is the text the URL itself, which renderers may make a link of?"""
    bare = goal.removeprefix("mailto:").rpartition("://")[2]
    return all(word.endswith(bare) for word in set(words.split()))


def _facts(wanted: list[Fact], found: list[Fact]) -> Iterator[Difference]:
    gone, new = Counter(wanted), Counter(found)
    gone, new = gone - new, new - gone
    if not gone and not new:
        kinds = dict.fromkeys(old[0] for old, now in zip(wanted, found, strict=True) if old != now)
        kind = next(iter(kinds))
        yield Difference("order", False, f"{len(wanted)} things", f"another order from: {kind}")
        return
    for kind in dict.fromkeys(fact[0] for fact in (*gone, *new)):
        lost, came = ([fact for fact in facts.elements() if fact[0] == kind] for facts in (gone, new))
        yield from _of_kind(*_KINDS[kind], lost, came)


def _of_kind(name: str, loss: bool, gone: list[Fact], new: list[Fact]) -> Iterator[Difference]:
    """Those that share the most are pairs: the same image with another text, the same row with a cell less."""
    for old, now in _pairs(gone, new):
        if old and now and old[0] == "image" and old[1] == now[1]:
            yield Difference("image text", bool(old[2]), old[2], now[2])
        elif old and now and old[0] == "code" and old[1] == now[1]:
            yield Difference("code", False, _joined(old[2:]), _joined(now[2:]))
        elif old and now and old[0] == "code":
            yield from _lines(old[1], now[1])
        else:
            yield Difference(name, loss and bool(old), _joined(old[1:]), _joined(now[1:]))


def _pairs(gone: list[Fact], new: list[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """In the order of the text, those that have a part in common first."""
    left = dict(enumerate(new))
    by_part: dict[str, list[int]] = {}
    for place, fact in left.items():
        for part in set(fact[1:]):
            by_part.setdefault(part, []).append(place)
    alone: list[Fact] = []
    for fact in gone:
        candidates = (place for part in dict.fromkeys(fact[1:]) for place in by_part.get(part, ())[:8])
        partner = next((place for place in candidates if place in left), -1)
        if partner < 0:
            alone.append(fact)
        else:
            yield fact, left.pop(partner)
    yield from zip_longest(alone, left.values(), fillvalue=())


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(parts)


def _lines(old: str, new: str) -> Iterator[Difference]:
    """What differs in code, line by line."""
    gone, now = old.split("\n"), new.split("\n")
    for a, b in _changes(gone, now):
        yield Difference("code", bool(a), "\n".join(a), "\n".join(b))


def _words(wanted: list[list[str]], found: list[list[str]]) -> Iterator[Difference]:
    """Words that are gone, new or elsewhere; where all are there in their order, lines that were joined or split."""
    old, new = list(chain.from_iterable(wanted)), list(chain.from_iterable(found))
    if old == new:
        yield from _joints(wanted, found)
        return
    gone, added = Counter(old), Counter(new)
    gone, added = gone - added, added - gone
    a, b = _middle(old, new)
    if not gone and not added:
        yield Difference("order", False, _shown(a), _shown(b))
        return
    for lost, came in _changes(a, b):
        yield Difference("words", any(word in gone for word in lost), _shown(lost), _shown(came))


def _joints(wanted: list[list[str]], found: list[list[str]]) -> Iterator[Difference]:
    for lost, came in _changes([" ".join(line) for line in wanted], [" ".join(line) for line in found]):
        kind = "joined" if len(came) < len(lost) else "split"
        yield Difference("lines", False, " ¶ ".join(lost), f"{kind}: {' ¶ '.join(came)}")


def _shown(words: Iterable[str]) -> str:
    return " ".join(words).replace("\x01", "▢")


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """(gone, come in its place), in order. Long rows that differ everywhere are one change."""
    a, b = _middle(old, new)
    if len(a) * len(b) > _MOST_STEPS:
        left, right = Counter(a) - Counter(b), Counter(b) - Counter(a)
        yield list(left.elements()) or a[:50], list(right.elements())
        return
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            yield a[i:j], b[k:m]
