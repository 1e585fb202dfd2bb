"""Sites carried in memory, each post with what it said before it was written and with its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from converters.model import Place, Post, Site
from converters.model.notices import Log
from converters.verify.check import Before, Check, File, ReadsBack
from converters.verify.verdict import Verdict
from pipelines.run.carry import Options
from pipelines.run.convert import in_memory
from pipelines.run.job import Job
from tests.folders import ROOT
from tests.pipelines.verify.damage import FRONT, KINDS, in_front

FIXTURES = sorted((ROOT / "fixtures/wordpress").glob("*.xml"))


class Carried(NamedTuple):
    check: Check
    id: str
    before: Before
    files: tuple[File, ...]
    place: Place
    verdict: Verdict

    @property
    def text(self) -> tuple[str, str]:
        """(front matter, text) of the post's file."""
        whole = next(file.data for file in self.files if file.path == self.place.path).decode()
        _, head, body = whole.split("---\n", 2)
        return head, body

    def judged(self, whole: str) -> Verdict:
        """The verdict where the post's file says this."""
        files = [replace(f, data=whole.encode()) if f.path == self.place.path else f for f in self.files]
        return self.check.judge(self.before, files, self.place)


class _Remembering(Check):
    """Keeps all it sees."""

    def __init__(self, reader: ReadsBack, site: Site) -> None:
        super().__init__(reader, site)
        self.seen: list[Carried] = []
        self._id = ""

    def before(self, post: Post, place: Place, log: Log, lost: Sequence[str] = ()) -> Before | Verdict:
        self._id = post.id
        return super().before(post, place, log, lost)

    def verdict(self, before: Before | Verdict, files: Sequence[File], place: Place) -> Verdict:
        verdict = super().verdict(before, files, place)
        assert isinstance(before, Before), before
        self.seen.append(Carried(self, self._id, before, tuple(files), place, verdict))
        return verdict


@cache
def carried(source: Path, importer: str, exporter: str) -> tuple[Carried, ...]:
    """Every post of a source, on its way to a target."""
    job = Job((str(source),), "unused", Options(importer, exporter), dry_run=True)
    with in_memory(job) as work:
        check = _Remembering(work.exporter.reader(), work.index.site)
        carrier = work.carrier(check=check)
        for entry, _ in work.index.work():
            result = carrier.carry(entry)
            assert result.outcome == "carried", result.notices
    return tuple(check.seen)


class Planted(NamedTuple):
    kind: str
    post: Carried
    whole: str
    names: frozenset[str]
    """What the check may call it."""


def damages(posts: tuple[Carried, ...], lot: Random, tries: int) -> Iterator[Planted]:
    """All kinds in all posts, each up to so many times."""
    for post in posts:
        head, body = post.text
        for kind, (plant, names) in KINDS.items():
            made = {plant(body, lot) for _ in range(tries)} - {None, body}
            for text in sorted(filter(None, made)):
                yield Planted(kind, post, f"---\n{head}---\n{text}", names)
        for key in FRONT:
            changed = in_front(head, key, lot)
            if changed is not None and changed != head:
                yield Planted(f"front matter: {key}", post, f"---\n{changed}---\n{body}", frozenset())
