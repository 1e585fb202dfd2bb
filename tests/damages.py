"""Damage planted into conversions, and how much of it the check finds.

usage: python -m tests.damages [NUMBER [SEED]] [EXPORT.xml …]

Half of it is planted into written files (`tests/pipelines/verify/damage.py`), half into the importer: one of its steps,
or a pass, loses a word, an image or its text, a link, a line of code, a formula, the mark of struck text or an
attribute.
What is found is found by the verdict of `--verify`, and without it by the guard where it is a word. By default the
exports are those of `fixtures/wordpress`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from converters.verify.verdict import Word
from tests.pipelines.verify.lossy import LOSSES, lossy
from tests.pipelines.verify.planted import FIXTURES, carried, damages


def planted_in_files(number: int, lot: Random, sources: Sequence[Path]) -> tuple[Counter[str], list[str]]:
    """(how many of each kind, those that were not found)."""
    everything = [
        damage
        for target in ("hugo", "jekyll")
        for source in sources
        for damage in damages(carried(source, "wordpress", target), lot, 2)
    ]
    counts, missed = Counter[str](), []
    for damage in lot.sample(everything, min(number, len(everything))):
        counts[damage.kind] += 1
        verdict = damage.post.judged(damage.whole)
        if verdict.verdict not in (Word.LOST, Word.CHANGED):
            missed.append(f"{damage.kind}: {damage.post.id}")
    return counts, missed


def planted_in_steps(number: int, lot: Random, sources: Sequence[Path]) -> tuple[Counter[str], list[str]]:
    """The same for the importer."""
    counts, missed = Counter[str](), []
    for loss in lossy(number, lot, sources):
        counts[f"{loss.kind} in {loss.step}"] += 1
        if not loss.found:
            missed.append(f"{loss.kind} in {loss.step}: {loss.post}: {loss.what}")
    return counts, missed


def main(count: str = "1000", seed: str = "20261", *exports: str) -> int:
    number, lot = int(count), Random(int(seed))
    sources = [Path(export) for export in exports] or FIXTURES
    written, unfound = planted_in_files(number // 2, lot, sources)
    read, unnoticed = planted_in_steps(number - written.total(), lot, sources)
    for where, counts, missed in (("written files", written, unfound), ("importer", read, unnoticed)):
        sys.stdout.write(f"{where}: {counts.total()} planted, {counts.total() - len(missed)} found\n")
        for kind, many in sorted(counts.items()):
            sys.stdout.write(f"  {many:5} {kind}\n")
        for line in missed:
            sys.stdout.write(f"  NOT FOUND {line}\n")
    assert {loss.partition(" in ")[0] for loss in read} <= LOSSES.keys()
    return 1 if unfound or unnoticed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
