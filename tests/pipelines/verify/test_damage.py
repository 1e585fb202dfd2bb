"""The check finds what a broken writer would do: damage of every kind, planted by lot, and nothing where none is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from converters.verify.verdict import Verdict, Word
from tests.pipelines.verify.damage import FRONT, KINDS
from tests.pipelines.verify.planted import FIXTURES, Planted, carried, damages

SOURCES = [("wordpress", path) for path in FIXTURES]
SOURCES += [("hugo", path) for path in sorted((FIXTURES[0].parents[1] / "hugo").iterdir()) if path.is_dir()]
SOURCES += [("html", path) for path in sorted((FIXTURES[0].parents[1] / "html").iterdir()) if path.is_dir()]
NUMBER = 700
SEED = 20_231
MISSING = {Word.LOST, Word.CHANGED}


def is_found(planted: Planted, verdict: Verdict) -> bool:
    """Named as what it is: under one of the names of its kind, or as front matter."""
    if planted.kind.startswith("front matter"):
        return verdict.verdict in MISSING and any(kind.startswith("front matter") for kind in verdict.kinds)
    return verdict.verdict in MISSING and not planted.names.isdisjoint(verdict.kinds)


def planted_by_lot(tries: int) -> list[Planted]:
    lot = Random(SEED)
    return [
        damage
        for target in ("hugo", "jekyll")
        for source in FIXTURES
        for damage in damages(carried(source, "wordpress", target), lot, tries)
    ]


def check(planted: list[Planted]) -> None:
    there, found = Counter[str](), Counter[str]()
    missed = []
    for damage in planted:
        verdict = damage.post.judged(damage.whole)
        there[damage.kind] += 1
        if is_found(damage, verdict):
            found[damage.kind] += 1
        else:
            missed.append((damage.kind, damage.post.id, verdict))
    assert not missed, missed[:5]
    assert there == found
    assert not there.keys() ^ {*KINDS, *(f"front matter: {key}" for key in FRONT)}


def test_every_planted_damage_is_found() -> None:
    """Some of every kind: 700, drawn from all that can be planted into the fixtures."""
    everything = planted_by_lot(1)
    by_kind: dict[str, list[Planted]] = {}
    for damage in everything:
        by_kind.setdefault(damage.kind, []).append(damage)
    lot = Random(SEED)
    share = NUMBER // len(by_kind)
    chosen = [damage for rows in by_kind.values() for damage in lot.sample(rows, min(share, len(rows)))]
    rest = [damage for damage in everything if damage not in chosen]
    chosen += lot.sample(rest, NUMBER - len(chosen))
    assert len(chosen) == NUMBER
    check(chosen)


@pytest.mark.slow
def test_every_damage_that_can_be_planted_is_found() -> None:
    planted = planted_by_lot(6)
    assert len(planted) > 5_000
    check(planted)


def test_a_file_that_is_gone_or_empty_is_lost() -> None:
    for target in ("hugo", "jekyll"):
        for post in carried(FIXTURES[1], "wordpress", target):
            others = [file for file in post.files if file.path != post.place.path]
            for files in ((), others):
                verdict = post.check.judge(post.before, files, post.place)
                assert (verdict.verdict, verdict.kinds) == (Word.LOST, ("file",))
            assert post.judged("").verdict is Word.LOST
            assert post.judged("\n").verdict is Word.LOST


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
@pytest.mark.parametrize(("importer", "source"), SOURCES, ids=[path.stem for _, path in SOURCES])
def test_nothing_is_found_where_nothing_is_wrong(importer: str, source: Path, target: str) -> None:
    posts = carried(source, importer, target)
    assert posts
    assert [(post.id, post.verdict) for post in posts if post.verdict.verdict is not Word.IDENTICAL] == []
