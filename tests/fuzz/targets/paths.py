"""Paths and addresses that exporters give the items of a site (`paths.py` of each)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from converters.exporters.hugo.paths import HugoPlanner
from converters.exporters.jekyll.paths import JekyllPlanner
from converters.exporters.json.layouts import FilesLayout
from converters.exporters.json.paths import JsonPlanner
from converters.exporters.site.planner import Planner
from converters.model import Asset, Entry, Place, Role, Site, Status
from converters.paths import fold
from converters.plugin import SourceFile
from tests.fuzz.draw import Draw
from tests.fuzz.targets import names

DICTIONARY = names.DICTIONARY
_KINDS = ("post", "page", "post", "page", "note", "CON", "a/b", "portfolio")
_STATUS = (Status.PUBLISHED, Status.PUBLISHED, Status.DRAFT, Status.PRIVATE, Status.FUTURE, Status.PENDING)
_SLUGS = (
    "a",
    "A",
    "a-1",
    "a-2",
    "",
    "index",
    "e\u0301",
    "é",
    "x" * 250,
    "a-3",
    "a_",
    "..",
    "CON",
    "posts",
    "tags",
    "a.b",
)


class _Lookup:
    """A site of a few items."""

    sources: Sequence[SourceFile] = ()

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self.site = Site(base_url="http://old.example", kinds=tuple(dict.fromkeys(entry.kind for entry in entries)))

    def entry(self, id: str) -> Entry | None:
        return self._entries.get(id)

    def entries(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def meant(self, id: str, kind: str) -> str:
        return id

    def has_children(self, id: str, kind: str) -> bool:
        return any(entry.parent == id and entry.kind == kind for entry in self._entries.values())

    def translations(self, id: str) -> dict[str, str]:
        return {}

    def place(self, id: str) -> Place | None:
        return None

    def address(self, path: str) -> str | None:
        return None

    def asset(self, id: str) -> Asset | None:
        return None

    def asset_at(self, path: str) -> Asset | None:
        return None

    def assets_of(self, id: str) -> Sequence[Asset]:
        return []

    def related(self, name: str) -> Sequence[str]:
        return []

    def fragments(self, url: str) -> Sequence[str]:
        return []


def _entries(draw: Draw) -> list[Entry]:
    found: list[Entry] = []
    for number in range(1, 2 + draw.below(5)):
        slug = draw.of(_SLUGS) if draw.below(3) else draw.text().encode("utf-8", "replace").decode()
        link = ("", f"http://old.example/{slug}/", f"http://old.example/2021/01/{slug}", f"/{slug}.html")[draw.below(4)]
        parent = str(draw.below(6)) if draw.below(2) else ""
        date = datetime(2021, 1, 1, tzinfo=UTC) if draw.below(2) else None
        found.append(
            Entry(
                str(number), draw.of(_KINDS), Role.CONTENT, draw.of(_STATUS), slug, "t", link, parent=parent, date=date
            )
        )
    return found


def run(data: bytes) -> None:
    """Every item of a site gets a path and, where it is public, an address; they are different from each other even
    where case and the form of Unicode do not count; paths are below the output folder, and legal on every system.
    """
    draw = Draw(data)
    which, keep = draw.below(4), bool(draw.below(2))
    lookup = _Lookup(_entries(draw))
    planners: Sequence[Planner] = (
        HugoPlanner(lookup, keep_permalinks=keep),
        HugoPlanner(lookup, keep_permalinks=keep, bundles=True),
        JsonPlanner(lookup, FilesLayout(), keep_permalinks=keep),
        JekyllPlanner(lookup, keep_permalinks=keep),
    )
    places = [place for _, place, _ in planners[which].plan()]
    paths = [place.path for place in places]
    urls = [place.url for place in places]
    folded = [fold(path) for path in paths]
    assert len(set(folded)) == len(paths) == len(list(lookup.entries())), f"two items at one path: {paths}"
    known = [url for url in urls if url]
    assert len(set(known)) == len(known), f"two items at one address: {known}"
    for path in paths:
        assert len(path.encode()) <= 1_300
        for segment in path.split("/"):
            assert segment, f"an empty segment: {path}"
            names.segment(segment, 255)
