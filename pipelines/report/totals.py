"""Counts, item by item, what the report shows of all of them. Memory holds names and the few items that are listed."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from heapq import heappush, heappushpop

from converters import urls
from converters.model import Entry, Place, Role
from converters.model.notices import KINDS, Notice, Severity
from pipelines.report import comparison, redact
from pipelines.report.comparison import READ_BY_ALL, Limits
from pipelines.report.records import CodeTotal, Move, Named, Unknown, Unknowns
from pipelines.report.summary import Summary

_GRADE = dict(zip(Severity, ("whole", "changed", "lost", "failed"), strict=True))
_LISTED = 10
_NAMES = 1000
"""Different particulars a code, and unknown names, that are counted apart."""
_EXAMPLES = 200
_BLOCKS = ("block.empty", "block.site")
_FILES = ("featured.missing", "gallery.missing", "media.missing", "media.missing-file", "media.too-large")

Ranked = tuple[int, int, str, str]
"""How much, minus its number, id, title: of two with the same, the earlier counts as more."""


class Top:
    """The few with the most."""

    def __init__(self, size: int) -> None:
        self._size, self._heap = size, list[Ranked]()

    def add(self, value: int, number: int, id: str, title: str) -> None:
        (heappush if len(self._heap) < self._size else heappushpop)(self._heap, (value, -number, id, title))

    def named(self) -> list[Named]:
        return [Named(id, title, value) for value, _, id, title in sorted(self._heap, reverse=True)]

    def ids(self) -> list[tuple[int, str]]:
        """(number, id), those with the most first."""
        return [(-number, id) for _, number, id, _ in sorted(self._heap, reverse=True)]


class Totals:
    """What is counted of items that were converted, and of all notices."""

    def __init__(self, host: str, compared: Limits) -> None:
        self._host, self.limits = host, compared
        self.kinds: dict[str, Counter[str]] = defaultdict(Counter)
        self.fidelity = Counter[str]()
        self.years: dict[str, Counter[str]] = defaultdict(Counter)
        self.largest, self.changed = Top(_LISTED), Top(_LISTED)
        self._graver, self._others = Top(compared.graver), Top(compared.others)
        self.comparable = self.media = self.kept = self.moved = self.former = self._more = 0
        self.moves: list[Move] = []
        self._codes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self._particulars: dict[str, Counter[str]] = defaultdict(Counter)
        self._shortcodes, self._blocks = Counter[str](), Counter[str]()

    def notices(self, notices: list[Notice], *, of_item: bool = True) -> None:
        for notice in notices:
            self._codes[notice.code][0] += 1
            if notice.what:
                _count(self._particulars[notice.code], notice.what)
        for code in {notice.code for notice in notices} if of_item else ():
            self._codes[code][1] += 1
        shortcodes = {notice.what for notice in notices if notice.code == "shortcode.unknown"}
        blocks = {notice.what for notice in notices if notice.code in _BLOCKS and "/" in notice.what}
        for counts, names in ((self._blocks, blocks), (self._shortcodes, shortcodes)):
            self._more += sum(not _count(counts, name) for name in sorted(names))

    def item(self, number: int, entry: Entry, place: Place | None, outcome: str | None, notices: list[Notice]) -> str:
        """Count an item; returns its grade of fidelity, empty for what has no page of its own."""
        self.media += entry.role is Role.MEDIA
        if outcome != "carried":
            return "failed" if outcome == "failed" or entry.role is Role.FAILED else ""
        self.kinds[entry.kind][entry.status] += 1
        public = entry.status in READ_BY_ALL
        if entry.date is not None:
            self.years[f"{entry.date.year:04}"]["public" if public else "other"] += 1
        grade = _GRADE[max((notice.severity for notice in notices), default=Severity.INFO)]
        self.fidelity[grade] += 1
        weight = comparison.weight(notices)
        if weight:
            self.changed.add(weight, number, entry.id, redact.personal(entry.title))
        if public:
            self.comparable += 1
            top = self._graver if comparison.is_grave(weight) else self._others
            top.add(weight, number, entry.id, "")
            self._url(entry, place)
        return grade

    def _url(self, entry: Entry, place: Place | None) -> None:
        self.former += len(entry.former)
        own = urls.own(entry.permalink, self._host) if entry.permalink else None
        if own is None or place is None or not place.url:
            return
        old = urls.place_of(own)
        if urls.key(old) == urls.key(place.url):
            self.kept += 1
            return
        self.moved += 1
        if len(self.moves) < _EXAMPLES:
            self.moves.append(Move(entry.permalink, place.url))

    def compared(self) -> list[tuple[int, str]]:
        """(number, id) of public items that may be shown side by side, the gravest first."""
        return self._graver.ids() + self._others.ids()

    def codes(self, summary: Summary) -> dict[str, CodeTotal]:
        """What the codes of the report mean, with their counts."""
        found = {}
        for code, count in summary.notices.items():
            kind = KINDS[code]
            particulars = dict(_most(self._particulars[code])[:_LISTED])
            meaning = (kind.severity.name.lower(), kind.text, kind.remedy, kind.remedy or "Nothing to do.")
            found[code] = CodeTotal(*meaning, count, self._codes[code][1], particulars)
        return found

    def unknown(self) -> Unknowns:
        shortcodes = [Unknown(name, items, shortcode_rule(name)) for name, items in _most(self._shortcodes)]
        blocks = [Unknown(name, items, block_rule(name)) for name, items in _most(self._blocks)]
        return Unknowns(shortcodes, blocks, self._more)

    def missing(self) -> dict[str, int]:
        return {code: self._codes[code][0] for code in _FILES if code in self._codes}


def _count(names: Counter[str], name: str) -> bool:
    """False when there are too many different names already."""
    if name not in names and len(names) >= _NAMES:
        return False
    names[name] += 1
    return True


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def shortcode_rule(name: str) -> str:
    """A rule for an unknown shortcode, in the words of docs/rules.md, that can be used as it is; other ways stand
    beside it as comments."""
    return f"""[shortcodes.{_toml_key(name)}]
unwrap = true                      # what stands inside it, without the shortcode
# drop = true                      # nothing
# html = '<div>{{{{ inside }}}}</div>' # HTML of your own
"""


def block_rule(name: str) -> str:
    """The same for a block."""
    return f"""[blocks.{_toml_key(name)}]
unwrap = true                      # what was saved inside it
# drop = true                      # nothing, and no notice any more
# html = '<p>{{{{ title }}}}</p>'      # HTML of your own, with the block's attributes
"""


def rules_file(rules: list[str]) -> str:
    """All of them as one file."""
    return "\n".join(["# Save as rules.toml and run the same command again with --rules rules.toml.\n", *rules])


def _toml_key(name: str) -> str:
    """A key of TOML: bare where it may be. JSON's escapes are TOML's, but for DEL."""
    bare = name.isascii() and name.replace("-", "a").replace("_", "a").isalnum()
    return name if bare else json.dumps(name).replace("\x7f", "\\u007f")
