"""Damage planted into conversions, and how much of it the check finds.

usage: python -m tests.damages [NUMBER [SEED]] [EXPORT.xml … | PAGE.html …]

Half of it is planted into written files (`tests/pipelines/verify/damage.py`), half into the importer: one of its steps,
or a pass, loses a word, an image or its text, a link, a line of code, a formula, the mark of struck text or an
attribute.
What is found is found by the verdict of `--verify`, and without it by the guard where it is a word. By default the
exports are those of `fixtures/wordpress`. With pages of HTML all of it goes into the importer of pages
(`tests/importers/html/planted_cuts.py`), which loses whole elements as well.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from converters.verify.verdict import Word
from tests.importers.html import planted_cuts
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


def planted_in_pages(number: int, lot: Random, pages: Sequence[Path]) -> tuple[Counter[str], list[str]]:
    """The same for the importer of pages, of which each is converted by itself."""
    counts, missed = Counter[str](), []
    for cut in planted_cuts.cuts(pages, lot, number):
        counts[f"{cut.kind} in {cut.step}"] += 1
        if not cut.found:
            missed.append(f"{cut.kind} in {cut.step}: {cut.page}: {cut.what[:200]}")
    return counts, missed


def main(count: str = "1000", seed: str = "20261", *exports: str) -> int:
    number, lot = int(count), Random(int(seed))
    given = [Path(export) for export in exports]
    pages = [file for file in given if file.suffix in (".html", ".htm")]
    if pages:
        return _told([("importer of pages", *planted_in_pages(number, lot, pages))])
    sources = given or FIXTURES
    written, unfound = planted_in_files(number // 2, lot, sources)
    read, unnoticed = planted_in_steps(number - written.total(), lot, sources)
    assert {loss.partition(" in ")[0] for loss in read} <= LOSSES.keys()
    return _told([("written files", written, unfound), ("importer", read, unnoticed)])


def _told(planted: Sequence[tuple[str, Counter[str], list[str]]]) -> int:
    """Print what was planted where, and what was not found; the exit status."""
    for where, counts, missed in planted:
        sys.stdout.write(f"{where}: {counts.total()} planted, {counts.total() - len(missed)} found\n")
        for kind, many in sorted(counts.items()):
            sys.stdout.write(f"  {many:5} {kind}\n")
        for line in missed:
            sys.stdout.write(f"  NOT FOUND {line}\n")
    return 1 if any(missed for _, _, missed in planted) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
