"""Pages whose text somebody marked by hand, as blocks with a label each.

WCXB, the Web Content eXtraction Benchmark
(https://github.com/Murrough-Foley/web-content-extraction-benchmark, CC BY 4.0):
2,008 pages of seven kinds with their main content as plain text; `dev/` and `test/` with `html/NNNN.html.gz` and
`ground-truth/NNNN.json`. A folder of `PAGE.html.gz` with a `truth.json` of {PAGE: {url, text}} is read as well.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from converters.importers.html import page as html_page
from converters.importers.html.main_text.blocks import Block, cut_up
from converters.importers.html.main_text.evidence import gather
from converters.importers.html.main_text.told import said_of
from converters.model.notices import Log

_RUN = 4
_MOST_BLOCKS = 6_000


class Labelled(NamedTuple):
    """A page: evidence, words and label of every block."""

    name: str
    kind: str
    truth: str
    texts: list[str]
    words: list[int]
    rows: list[list[float]]
    labels: list[float]
    """The share of a block's words that stand in the marked text."""


def wcxb(folder: Path) -> Iterator[tuple[str, str, bytes, str]]:
    """(name, kind of page, page, its text)"""
    for path in sorted(folder.glob("*/html/*.html.gz")):
        told = json.loads((path.parents[1] / "ground-truth" / f"{path.name[:4]}.json").read_text())
        truth = told["ground_truth"].get("main_content") or ""
        yield path.name[:4], told["_internal"]["page_type"]["primary"], gzip.decompress(path.read_bytes()), truth


def articles(folder: Path) -> Iterator[tuple[str, str, bytes, str]]:
    """The same of a folder with a truth.json."""
    for name, told in json.loads((folder / "truth.json").read_text()).items():
        yield name, "article", gzip.decompress((folder / f"{name}.html.gz").read_bytes()), told["text"]


def labelled(name: str, kind: str, data: bytes, truth: str) -> Labelled | None:
    """None for a page that shows no text, or more than anyone learns from."""
    page = html_page.parse(data, "page.html", Log(name))
    body = page.one("body")
    if body is None:
        return None
    cut = cut_up(body)
    if not 0 < len(cut.blocks) <= _MOST_BLOCKS:
        return None
    rows = gather(cut, said_of(page))
    texts, words = [block.text for block in cut.blocks], [block.words for block in cut.blocks]
    return Labelled(name, kind, truth, texts, words, rows, labels(cut.blocks, truth))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def labels(blocks: list[Block], truth: str) -> list[float]:
    """What share of each block's words is in the truth, as a part of a run of four words that also runs over the bounds
    of blocks, so that short ones are told by their neighbours. Of copies only as many count as the truth has, those
    that stand among most other text."""
    wanted = words_of(truth)
    runs = {tuple(wanted[at : at + _RUN]) for at in range(len(wanted) - _RUN + 1)}
    said: list[tuple[str, int]] = [
        (word, number) for number, block in enumerate(blocks) for word in words_of(block.text)
    ]
    covered = [False] * len(said)
    for at in range(len(said) - _RUN + 1):
        if tuple(word for word, _ in said[at : at + _RUN]) in runs:
            covered[at : at + _RUN] = [True] * _RUN
    total = Counter(number for _, number in said)
    found = Counter(number for (_, number), is_covered in zip(said, covered, strict=True) if is_covered)
    shares = [found[number] / total[number] if total[number] else 0.0 for number in range(len(blocks))]
    return _without_copies(blocks, shares, total, " ".join(wanted))


def _without_copies(blocks: list[Block], shares: list[float], total: Counter[int], truth: str) -> list[float]:
    same: dict[str, list[int]] = {}
    for number, block in enumerate(blocks):
        same.setdefault(block.text, []).append(number)
    found = list(shares)
    for text, numbers in same.items():
        if len(numbers) < 2 or shares[numbers[0]] <= 0.5 or total[numbers[0]] < _RUN:
            continue
        numbers.sort(key=lambda number: -_around(blocks, shares, number))
        for number in numbers[max(1, truth.count(" ".join(words_of(text)))) :]:
            found[number] = 0.0
    return found


def _around(blocks: list[Block], shares: list[float], number: int) -> float:
    near = [
        at for at in range(max(0, number - 6), min(len(blocks), number + 7)) if blocks[at].text != blocks[number].text
    ]
    return sum(shares[at] * blocks[at].words for at in near) / (sum(blocks[at].words for at in near) or 1)


def score(truth: str, text: str) -> tuple[float, float]:
    """Precision and recall of runs of four words."""
    wanted, got = _counted(truth), _counted(text)
    both = sum((wanted & got).values())
    return both / (sum(got.values()) or 1), both / (sum(wanted.values()) or 1)


def _counted(text: str) -> Counter[tuple[str, ...]]:
    words = words_of(text)
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else Counter()
