"""What will need care: a table of findings, each with what is so, what helps, and where that is written.

The rows below ask what was counted and what traces were left; what the survey noted of single items follows, in the
words of the table of notices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from converters.importers.shared.traces import FINDINGS
from converters.model import Role, Status
from converters.model.notices import KINDS, Severity
from pipelines.inspect.counts import PLAIN
from pipelines.inspect.gather import Look

_SHOWN = 5
"""Names that a finding lists."""


class Care(msgspec.Struct, frozen=True):
    """A finding."""

    code: str
    worth: int
    """0: good to know; 1: look at it; 2: something would be missing or wrong."""
    text: str
    help: str
    doc: str


def cares(look: Look) -> list[Care]:
    """All findings, the gravest first."""
    found = []
    for code, row in FINDINGS.items():
        asked = _ASK.get(code)
        what = asked(look) if asked is not None else "; ".join(look.traces.notes.get(code, ()))
        if what:
            found.append(Care(code, row.worth, row.text.format(what=what), row.help, row.doc))
    found += _noted(look)
    return sorted(found, key=lambda care: -care.worth)  # a stable sort: the order of the table within


def _noted(look: Look) -> Iterable[Care]:
    for code, count in look.counts.worth_a_look():
        if code in _SAID:
            continue
        kind = KINDS[code]
        examples = look.counts.examples.get(code, ())
        what = f" ({', '.join(examples)})" if examples else ""
        worth = {Severity.FAILED: 2, Severity.LOST: 1}.get(kind.severity, 0)
        yield Care(code, worth, f"{count:,} × {kind.text.rstrip('.')}{what}.", kind.advice, "docs/notices.md")


_SAID = frozenset(
    """source.truncated source.php-error item.unreadable item.too-large item.failed shortcode.unknown builder.found
    featured.missing type.not-public type.looks-personal type.gated type.left-out""".split()
)
"""Notices that a row of the table tells already."""


def listed(counts: Mapping[str, int], most: int = _SHOWN) -> str:
    """`Elementor 12, Divi 3`, the most frequent first; how many names more there are."""
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return ", ".join(f"{name} {count:,}" for name, count in rows[:most]) + more


def unknown_shortcodes(look: Look) -> dict[str, int]:
    """name -> items"""
    return {name: seen.items for name, seen in look.traces.shortcodes.items() if not seen.known}


def _examples(*codes: str) -> Callable[[Look], str]:
    def ask(look: Look) -> str:
        found = [code for code in codes if look.counts.notices[code]]
        return "; ".join(example for code in found for example in look.counts.examples.get(code) or ["see the report"])

    return ask


def _unreadable(look: Look) -> str:
    counts = look.counts
    if counts.notices["source.truncated"] >= counts.failures:  # the last item, broken off, is said above
        return ""
    more = ", …" if counts.failures > len(counts.failed) else ""
    return f"{counts.failures:,} ({', '.join(counts.failed)}{more})" if counts.failures else ""


def _blocks(look: Look) -> str:
    empty = {name: seen.items for name, seen in look.traces.blocks.items() if not seen.known and not seen.encloses}
    return listed(empty) if empty else ""


def _own_files(look: Look) -> int:
    return look.traces.hosts[""]


def _no_library(look: Look) -> str:
    own = _own_files(look)
    return f"{own:,} files of the site" if own and not look.counts.media and look.importer == "wordpress" else ""


def _missing(look: Look) -> str:
    missing = look.traces.media_missing.total()
    return f"{missing:,}" if missing and look.counts.media else ""


def _elsewhere(look: Look) -> str:
    other = {host: count for host, count in look.traces.hosts.items() if host}
    return listed(other) if other else ""


def _on_the_old_site(look: Look) -> str:
    return f"{look.counts.media:,}" if look.counts.media and look.importer == "wordpress" else ""


def _protected(look: Look) -> str:
    count = look.counts.not_public[Status.PROTECTED]
    return f"{count:,}" if count else ""


def _drafts(look: Look) -> str:
    closed = Counter(look.counts.not_public)
    closed.pop(Status.PROTECTED, None)
    return ", ".join(f"{count:,} {status}" for status, count in sorted(closed.items()))


def _comments(look: Look) -> str:
    traces = look.traces
    held = f", {traces.comments_held:,} not public" if traces.comments_held else ""
    return f"{traces.comments:,} public{held}" if traces.comments or traces.comments_held else ""


def _kinds(look: Look) -> str:
    others = {kind: statuses.total() for kind, statuses in look.counts.content.items() if kind not in ("post", "page")}
    return listed(others) if others and look.importer == "wordpress" else ""


def _types_hidden(look: Look) -> str:
    found = +look.counts.not_public_types
    return listed(found, 10) if found else ""


def _languages(look: Look) -> str:
    names = [f"{language.code} {look.counts.languages[language.code]:,}" for language in look.site.languages]
    joined = " in the same items" if look.site.joined_languages else ""
    return f"{', '.join(names)}{joined}" if len(names) > 1 else ""


def _plain(look: Look) -> str:
    count, total = look.counts.addresses[PLAIN], look.counts.addresses.total()
    return f"{count:,} of {total:,} posts" if count * 2 > total else ""


_ASK: dict[str, Callable[[Look], str]] = {
    "truncated": _examples("source.truncated"),
    "php-error": _examples("source.php-error"),
    "unreadable": _unreadable,
    "builder": lambda look: listed(look.traces.builders),
    "shortcodes-unknown": lambda look: listed(unknown_shortcodes(look)),
    "blocks-empty": _blocks,
    "media-none": _no_library,
    "media-missing": _missing,
    "media-elsewhere": _elsewhere,
    "media-old-site": _on_the_old_site,
    "protected": _protected,
    "drafts": _drafts,
    "comments": _comments,
    "kinds": _kinds,
    "types-hidden": _types_hidden,
    "languages": _languages,
    "addresses-plain": _plain,
}
"""What stands in place of `{what}`; nothing where there is nothing to say. Other rows are noted by importers."""


def permalinks(look: Look) -> str:
    """The structure that most published posts follow, and how many do; empty where none is found."""
    votes = look.counts.addresses
    if not votes:
        return ""
    pattern, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    return f"{pattern} ({count:,} of {votes.total():,} posts)" if pattern and count * 2 > votes.total() else ""


def roles(look: Look) -> dict[str, Any]:
    """What is no content, by what becomes of it."""
    counts = look.counts
    found = {Role.MEDIA: counts.media, Role.MENU: counts.menu_entries, Role.INLINE: counts.inline}
    return {str(role): count for role, count in found.items() if count}
