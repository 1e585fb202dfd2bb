"""What was seen, for people: aligned, at most `WIDTH` columns wide, the command to type last. And for machines."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipelines.inspect.care import Care, cares, listed, permalinks, roles, unknown_shortcodes
from pipelines.inspect.gather import Look

WIDTH = 100
_LEFT = 14
_YEARS = 12
_MARKS = ("·", "!", "‼")
_BAR = 20

Paint = Callable[[str, str], str]
"""(text, colour) -> the text as it is shown."""


def plain(text: str, colour: str) -> str:
    """For where there are no colours."""
    return text


def page(look: Look, command: str, paint: Paint = plain) -> Iterator[str]:
    """The lines, without what could command a terminal; the last one is the command, where there is one."""
    for name, value in _rows(look):
        yield from _row(name, value, paint)
    found = cares(look)
    yield ""
    yield paint("What will need care" if found else "Nothing was found that needs care.", "bold")
    for care in found:
        yield from _care(care, paint)
    if command:
        yield ""
        yield f"Next: {command}"


def _rows(look: Look) -> Iterator[tuple[str, str]]:
    traces, site, counts = look.traces, look.site, look.counts
    what = {"wordpress": "WordPress export", "hugo": "Hugo site", "html": "HTML"}.get(look.importer, look.importer)
    files = f"{look.files:,} file{'s' * (look.files != 1)}, {size(look.bytes)}"
    yield "Source", f"{what}{f', {traces.what}' if traces.what else ''}; {files}"
    yield "Site", " · ".join(part for part in (site.title, site.base_url, site.language, site.time_zone) if part)
    yield "Items", _items(look)
    for kind, statuses in sorted(counts.content.items(), key=lambda row: (-row[1].total(), row[0])):
        yield f"  {kind}", f"{statuses.total():>7,}   {listed(statuses, 9)}"
    yield "Years", _years(counts.years, counts.undated)
    yield "Authors", listed(traces.authors, 8)
    yield "Languages", ", ".join(f"{each.name} ({each.code})" for each in site.languages)
    yield "Terms", listed(Counter(term.taxonomy for term in site.terms), 8)
    yield "Addresses", permalinks(look)
    yield "Editors", listed(traces.editors)
    yield "Builders", listed(traces.builders)
    yield "Plug-ins", listed(traces.plugins, 10)
    yield "Blocks", listed({name: seen.uses for name, seen in traces.blocks.items()}, 10)
    yield "Shortcodes", listed({name: seen.uses for name, seen in traces.shortcodes.items()}, 10)
    yield "Files shown", listed({host or "the site's own": count for host, count in traces.hosts.items()}, 6)
    yield "Media", _media(look)
    yield "Comments", f"{traces.comments:,}" if traces.comments else ""


def _items(look: Look) -> str:
    counts = look.counts
    used = ", ".join(f"{count:,} {_USED.get(role, role)}" for role, count in roles(look).items())
    left = ", ".join(f"{count:,} {reason}" for reason, count in sorted(counts.left_out.items()))
    return "; ".join(
        part
        for part in (
            f"{counts.items:,}",
            used,
            f"left out by design: {left}" if left else "",
            f"cannot be read: {counts.failures:,}" if counts.failures else "",
        )
        if part
    )


_USED = {"media": "of media", "menu": "of menus", "inline": "reusable blocks"}


def _media(look: Look) -> str:
    traces, media = look.traces, look.counts.media
    if not media:
        return ""
    if not traces.media_sized:
        return f"{media:,} files; their size is not said"
    part = "" if traces.media_sized >= media else f" (as far as {traces.media_sized:,} of them say)"
    return f"{media:,} files, {size(traces.media_bytes)}{part}"


def _years(years: Mapping[int, int], undated: int) -> str:
    """A year and its items; where there are many years, as spans."""
    rows = sorted(years.items())
    step = -(-len(rows) // _YEARS) or 1
    parts = []
    for start in range(0, len(rows), step):
        span = rows[start : start + step]
        first, last = span[0][0], span[-1][0]
        name = f"{first:04}" if first == last else f"{first:04}–{last:04}"
        parts.append(f"{name} {sum(count for _, count in span):,}")
    return ", ".join(parts + ([f"no date {undated:,}"] if undated else []))


def size(count: int) -> str:
    """`1.2 GB`, in thousands."""
    amount = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:,.1f} {unit}" if unit != "bytes" else f"{count} bytes"
        amount /= 1000
    return f"{amount:,.1f} TB"


def _row(name: str, value: str, paint: Paint) -> Iterator[str]:
    if not value.strip():
        return
    label = _clean(name)
    label = label if len(label) < _LEFT else f"{label[: _LEFT - 2]}…"
    lines = textwrap.wrap(_clean(value), WIDTH - _LEFT)
    yield paint(f"{label:{_LEFT}}", "cyan") + lines[0]
    yield from (" " * _LEFT + line for line in lines[1:])


def _care(care: Care, paint: Paint) -> Iterator[str]:
    first = f"  {_MARKS[care.worth]} "
    lines = textwrap.wrap(_clean(care.text), WIDTH - 4)
    yield paint(first + lines[0], ("", "yellow", "red")[care.worth])
    yield from (" " * 4 + line for line in lines[1:])
    advice = " ".join(part for part in (care.help, f"({care.doc})") if part)
    yield from (" " * 6 + line for line in textwrap.wrap(_clean(advice), WIDTH - 6))


def _clean(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def record(look: Look, names: list[str], command: str, words: list[str], rules: str) -> dict[str, Any]:
    """The same for machines, complete. `docs/inspect.md` says what stands where."""
    traces, site, counts = look.traces, look.site, look.counts
    return {
        "source": {
            "names": names,
            "importer": look.importer,
            "what": traces.what,
            "files": look.files,
            "bytes": look.bytes,
        },
        "site": {
            "title": site.title,
            "url": site.base_url,
            "language": site.language,
            "languages": [language.code for language in site.languages],
            "time_zone": site.time_zone,
        },
        "items": counts.items,
        "content": {kind: dict(statuses) for kind, statuses in sorted(counts.content.items())},
        "others": roles(look),
        "left_out": dict(sorted(counts.left_out.items())),
        "failed": counts.failures,
        "years": {str(year): count for year, count in sorted(counts.years.items())},
        "undated": counts.undated,
        "first": counts.first,
        "last": counts.last,
        "authors": _sorted(traces.authors),
        "item_languages": _sorted(counts.languages),
        "terms": _sorted(Counter(term.taxonomy for term in site.terms)),
        "permalinks": _sorted(counts.addresses),
        "texts_read": look.read,
        "editors": _sorted(traces.editors),
        "builders": _sorted(traces.builders),
        "plugins": _sorted(traces.plugins),
        "blocks": _seen(traces.blocks),
        "shortcodes": _seen(traces.shortcodes),
        "media": {
            "library": counts.media,
            "bytes": traces.media_bytes,
            "sized": traces.media_sized,
            "hosts": _sorted(traces.hosts),
            "missing": traces.media_missing.total(),
        },
        "comments": {"public": traces.comments, "held": traces.comments_held},
        "notices": _sorted(counts.notices),
        "care": [
            {"code": care.code, "worth": care.worth, "text": care.text, "help": care.help, "doc": care.doc}
            for care in cares(look)
        ],
        "rules": rules if unknown_shortcodes(look) else "",
        "arguments": words,
        "command": command,
    }


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _seen(group: Mapping[str, Any]) -> dict[str, Any]:
    rows = sorted(group.items(), key=lambda row: (-row[1].items, row[0]))
    return {
        name: {"items": seen.items, "uses": seen.uses, "known": seen.known, "example": seen.example}
        for name, seen in rows
    }
