"""The sums beside that of the items: comments, terms, authors and descriptions of media, as many out as in.

The survey counts what the source holds, exporters state what each file holds (`OutFile.holds`), and what is left out by
design has a notice with its number. What is in none of the three is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set

from converters.model import Entry, Role, Site
from converters.model.notices import Notice

Sums = dict[str, dict[str, int]]
"""kind -> `source`, `written`, a reason for what is left out, `missing` -> how many"""
COMMENTS, DESCRIPTIONS = "comments", "media descriptions"
_OF_SITE = ("terms", "authors", DESCRIPTIONS)


class Parts:
    """Counts while the items of a run are gone through."""

    def __init__(self) -> None:
        self._comments = Counter[str]()
        self._noted = Counter[str]()

    def item(self, entry: Entry, outcome: str | None) -> None:
        if not (entry.comments or entry.held):
            return
        self._comments["source"] += entry.comments + entry.held
        if outcome == "carried" or entry.role is Role.MEDIA:
            self._comments["not public"] += entry.held
        else:
            self._comments["of items not converted"] += entry.comments + entry.held

    def notices(self, notices: Iterable[Notice]) -> None:
        """Those of an item or of the site that say how much was left out."""
        for notice in notices:
            if notice.code == "comments.skipped" and notice.where:
                self._noted[notice.where] += _number(notice.what)
            elif notice.code == "media.texts-hidden":
                self._noted[DESCRIPTIONS] += _number(notice.what)

    def sums(self, site: Site, written: Mapping[str, int], counting: Set[str]) -> Sums:
        """`counting`: the kinds whose numbers the exporter states."""
        found: Sums = {}
        if not site.counted:
            return found
        if self._comments["source"] and COMMENTS in counting:
            left_out = {name: count for name, count in self._noted.items() if name != DESCRIPTIONS}
            found[COMMENTS] = _balanced(Counter(self._comments) + Counter(left_out), written.get(COMMENTS, 0))
        for kind in _OF_SITE:
            if kind in counting and (count := site.counted.get(kind, 0)):
                hidden = self._noted[kind] if kind == DESCRIPTIONS else 0
                found[kind] = _balanced({"source": count, "not public": hidden}, written.get(kind, 0))
        return found


def _balanced(counts: Mapping[str, int], written: int) -> dict[str, int]:
    left_out = {name: count for name, count in sorted(counts.items()) if name != "source" and count}
    missing = counts["source"] - written - sum(left_out.values())
    found = {"source": counts["source"], "written": written, **left_out}
    return found | ({"missing": missing} if missing > 0 else {})


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def sentence(sums: Sums) -> str:
    """`2 comments = 1 written + 1 left out (not public); 3 terms = 3 written`"""
    return "; ".join(_sum(kind, counts) for kind, counts in sums.items())


def _sum(kind: str, counts: Mapping[str, int]) -> str:
    parts = [f"{counts['written']} written"]
    for name, count in counts.items():
        if name == "missing":
            parts.append(f"{count} MISSING")
        elif name not in ("source", "written"):
            parts.append(f"{count} left out ({name})")
    return f"{counts['source']} {kind if counts['source'] != 1 else kind.removesuffix('s')} = {' + '.join(parts)}"
