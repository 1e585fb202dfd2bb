"""What was seen, for people: aligned, at most `WIDTH` columns wide, the command to type last. And for machines."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from pipelines.inspect.gather import Look
from pipelines.inspect.warnings import InspectWarning, listed, permalinks, roles, unknown_shortcodes, warnings

WIDTH = 100
_LEFT = 14
_YEARS = 12
_MARKS = ("·", "!", "‼")

Paint = Callable[[str, str], str]
"""(text, colour) -> the text as it is shown."""


def plain(text: str, colour: str) -> str:
    """For where there are no colours."""
    return text


def page(look: Look, command: str, paint: Paint = plain) -> Iterator[str]:
    """The lines, without what could command a terminal; the last one is the command, where there is one."""
    for name, value in _rows(look):
        yield from _row(name, value, paint)
    found = warnings(look)
    yield ""
    yield paint("What will need care" if found else "Nothing was found that needs care.", "bold")
    for warning in found:
        yield from _warning(warning, paint)
    if command:
        yield ""
        yield f"Next: {command}"


def _rows(look: Look) -> Iterator[tuple[str, str]]:
    findings, site, counts = look.findings, look.site, look.counts
    files = f"{look.files:,} file{'s' * (look.files != 1)}, {size(look.bytes)}"
    yield "Source", f"{look.reads.title or look.importer}{f', {findings.what}' if findings.what else ''}; {files}"
    yield "Site", " · ".join(part for part in (site.title, site.base_url, site.language, site.time_zone) if part)
    yield "Items", _items(look)
    for kind, statuses in sorted(counts.content.items(), key=lambda row: (-row[1].total(), row[0])):
        yield f"  {kind}", f"{statuses.total():>7,}   {listed(statuses, 9)}"
    yield "Years", _years(counts.years, counts.undated)
    yield "Authors", listed(findings.authors, 8)
    yield "Languages", ", ".join(f"{each.name} ({each.code})" for each in site.languages)
    yield "Terms", listed(Counter(term.taxonomy for term in site.terms), 8)
    yield "Addresses", permalinks(look)
    yield "Editors", listed(findings.editors)
    yield "Markup", listed(findings.markups)
    yield "Builders", listed(findings.builders)
    yield "Plug-ins", listed(findings.plugins, 10)
    yield "Blocks", listed({name: seen.uses for name, seen in findings.blocks.items()}, 10)
    yield "Shortcodes", listed({name: seen.uses for name, seen in findings.shortcodes.items()}, 10)
    yield "Files shown", listed({host or "the site's own": count for host, count in findings.hosts.items()}, 6)
    yield "Media", _media(look)
    yield "Comments", f"{findings.comments:,}" if findings.comments else ""


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


_USED = {"media": "of media", "menu": "of menus", "inline": "reusable blocks", "part": "parts of other pages"}


def _media(look: Look) -> str:
    findings, media = look.findings, look.counts.media
    if not media:
        return ""
    if not findings.media_sized:
        return f"{media:,} files; their size is not said"
    part = "" if findings.media_sized >= media else f" (as far as {findings.media_sized:,} of them say)"
    return f"{media:,} files, {size(findings.media_bytes)}{part}"


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


def _warning(warning: InspectWarning, paint: Paint) -> Iterator[str]:
    first = f"  {_MARKS[warning.worth]} "
    lines = textwrap.wrap(_clean(warning.text), WIDTH - 4)
    yield paint(first + lines[0], ("", "yellow", "red")[warning.worth])
    yield from (" " * 4 + line for line in lines[1:])
    advice = " ".join(part for part in (warning.help, f"({warning.doc})") if part)
    yield from (" " * 6 + line for line in textwrap.wrap(_clean(advice), WIDTH - 6))


def _clean(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def record(look: Look, names: list[str], command: str, words: list[str], rules: str) -> dict[str, Any]:
    """The same for machines, complete. `docs/inspect.md` says what stands where."""
    findings, site, counts = look.findings, look.site, look.counts
    return {
        "source": {
            "names": names,
            "importer": look.importer,
            "what": findings.what,
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
        "authors": _sorted(findings.authors),
        "item_languages": _sorted(counts.languages),
        "terms": _sorted(Counter(term.taxonomy for term in site.terms)),
        "permalinks": _sorted(counts.addresses),
        "texts_read": look.read,
        "editors": _sorted(findings.editors),
        "markups": _sorted(findings.markups),
        "builders": _sorted(findings.builders),
        "plugins": _sorted(findings.plugins),
        "blocks": _seen(findings.blocks),
        "shortcodes": _seen(findings.shortcodes),
        "media": {
            "library": counts.media,
            "bytes": findings.media_bytes,
            "sized": findings.media_sized,
            "hosts": _sorted(findings.hosts),
            "missing": findings.media_missing.total(),
        },
        "comments": {"public": findings.comments, "held": findings.comments_held},
        "notices": _sorted(counts.notices),
        "care": [msgspec.structs.asdict(warning) for warning in warnings(look)],
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
