"""What a run did, counted: the sum that must balance, and the sentences it is reported in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

import msgspec

from converters.errors import PostferryError
from converters.model import Entry, Role, Status
from converters.model.notices import EMPTY, KINDS, Log, Notice, Severity
from converters.model.options import NOT_CHOSEN
from converters.passes.rules import LEFT_OUT
from pipelines.report.parts import Parts, Sums
from pipelines.report.redact import personal
from pipelines.run.index import Index

_DRAFTS = (Status.DRAFT, Status.PENDING, Status.PRIVATE, Status.PROTECTED)


class Summary(msgspec.Struct, frozen=True):
    """Every item of the source in exactly one column."""

    surveyed: int
    carried: dict[str, int]
    """kind -> items written"""
    drafts: dict[str, int]
    """status -> items written as drafts, of those carried"""
    used: dict[str, int]
    """media, menu entries, reusable blocks and parts of other pages, which have no page of their own"""
    left_out: dict[str, int]
    """reason -> items left out by design"""
    failed: tuple[str, ...]
    """one line for each item that could not be carried"""
    notices: dict[str, int]
    """code -> how often"""
    incomplete: tuple[str, ...]
    """why the source itself is not whole"""
    unknown: dict[str, int] = {}
    """unknown shortcode -> items it is in, the most frequent first"""
    languages: int = 0
    """further languages of items that hold several at once: items of their own, not counted among those surveyed"""
    withheld: dict[str, int] = {}
    """post type -> items that are drafts since nothing shows that everybody could see them"""
    records: dict[str, int] = {}
    """post type -> items left out since its name means records about people"""
    verification: dict[str, int] = {}
    """verdict -> items, where what was written was read back and compared"""
    parts: Sums = {}
    """comments, terms, authors, media descriptions -> `source`, `written`, reasons for what is left out -> how many"""

    @classmethod
    def of(
        cls, index: Index, log: Log, written: Mapping[str, int] | None = None, counting: Set[str] = frozenset()
    ) -> Summary:
        """Count the index. `written`: what the files hold, of the kinds in `counting`; the log notes what of those is
        missing (`sum.missing`). Raises PostferryError when an item is in no column: that would be a silent loss."""
        carried, drafts, used, left_out = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        parts = Parts()
        parts.notices(log.notices)
        withheld, records = Counter[str](), Counter[str]()
        codes, public = Counter[str](), Counter[str]()
        failed, surveyed, languages, lost, unknown = [], 0, 0, [], Counter[str]()
        for entry, _, outcome, notices in index.report_rows():
            parts.item(entry, outcome)
            parts.notices(notices)
            surveyed += not entry.origin
            languages += bool(entry.origin)
            codes.update(notice.code for notice in notices)
            unknown.update(notice.what for notice in notices if notice.code == "shortcode.unknown")
            if outcome == "carried":
                carried[entry.kind] += 1
                public[_EMPTY] += any(notice.code == EMPTY for notice in notices)
                withheld[entry.kind] += entry.withheld
                if entry.status in _DRAFTS:
                    drafts[entry.status] += 1
            elif outcome == "failed" or entry.role is Role.FAILED:
                failed.append(failure(entry, notices))
            elif entry.role is Role.EXCLUDED:
                left_out[entry.reason] += 1
                public[entry.reason] += entry.status is Status.PUBLISHED and entry.reason not in _CHOSEN
                records.update(notice.what for notice in notices if notice.code == "type.left-out")
            elif entry.role in (Role.MEDIA, Role.MENU, Role.INLINE, Role.PART):
                used[entry.role] += 1
            else:
                lost.append(entry.id)
        if lost:
            raise PostferryError(
                f"{len(lost)} items were lost on the way, the first with id {lost[0]}. Please report this."
            )
        sums = parts.sums(index.site, written or {}, counting)
        if not failed and public[_EMPTY] == carried.total():
            _note_nothing(+public, log)
        _note_missing(sums, log)
        codes.update(notice.code for notice in log.notices)
        incomplete = tuple(sentence(notice) for notice in log.notices if notice.severity is Severity.FAILED)
        return cls(
            surveyed,
            dict(carried),
            dict(drafts),
            dict(used),
            dict(left_out),
            tuple(failed),
            dict(sorted(codes.items())),
            incomplete,
            dict(sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))),
            languages,
            dict(+withheld),
            dict(records),
            index.verification(),
            sums,
        )

    @property
    def balance(self) -> str:
        """The sum that must come out."""
        parts = [
            f"{sum(self.carried.values())} carried",
            *(f"{count} {role_name(role, count)}" for role, count in self.used.items()),
            *(f"{count} left out ({reason})" for reason, count in sorted(self.left_out.items())),
            *([f"{len(self.failed)} NOT CARRIED"] if self.failed else []),
        ]
        further = f" + {self.languages} further language{'s' * (self.languages != 1)}" if self.languages else ""
        return f"{self.surveyed} items{further} = {' + '.join(parts) or '0'}"

    def worst(self) -> Severity:
        return max((KINDS[code].severity for code in self.notices), default=Severity.INFO)


_CHOSEN = frozenset({NOT_CHOSEN, LEFT_OUT})
"""Reasons for which users leave out what everybody could see."""
_EMPTY = "without a text"


def _note_nothing(public: Mapping[str, int], log: Log) -> None:
    """Note that nothing of what everybody could see is left. An export may hold none of that."""
    if public:
        log("sum.nothing", ", ".join(f"{count} {reason}" for reason, count in sorted(public.items())))


def _note_missing(sums: Sums, log: Log) -> None:
    for kind, counts in sums.items():
        if missing := counts.get("missing"):
            log("sum.missing", f"{kind}: {missing} of {counts['source']}")


_USED = {  # role -> (one, several)
    "media": ("media file", "media files"),
    "menu": ("menu entry", "menu entries"),
    "inline": ("reusable block", "reusable blocks"),
    "part": ("part of another page", "parts of other pages"),
}


def role_name(role: str, count: int) -> str:
    """Items of a role that have no page of their own: `media file`, `menu entries`."""
    one, several = _USED[role]
    return one if count == 1 else several


def failure(entry: Entry, notices: list[Notice]) -> str:
    why = next((sentence(notice) for notice in notices if notice.severity is Severity.FAILED), entry.reason)
    titled = entry.title if entry.status is Status.PUBLISHED else ""  # this line is printed and logged
    return personal(f"{entry.kind or 'item'} {entry.id}{f' ({titled})' if titled else ''}: {why}")


def sentence(notice: Notice) -> str:
    """The notice in words, with its particular."""
    kind = KINDS[notice.code]
    what = f" [{notice.what}]" if notice.what else ""
    return f"{kind.text}{what}{' ' + kind.remedy if kind.remedy else ''}"
