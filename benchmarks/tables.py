"""What was measured, as a table and as a plot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

import msgspec

DOC_START, DOC_END = "<!-- measured -->", "<!-- /measured -->"


class Row(msgspec.Struct, frozen=True):
    """One program on one export. Without `seconds` it could not be measured, and `note` says why."""

    program: str
    posts: int
    seconds: float | None = None
    """median of the timed repetitions"""
    cpu: float | None = None
    """median of the seconds of all cores together"""
    repetitions: int = 0
    ratio: float | None = None
    """seconds over those of the floor in the same run"""
    cpu_ratio: float | None = None
    """the same of `cpu`; other work on the machine blurs it less"""
    peak: int | None = None
    """bytes of all processes together"""
    written: int = 0
    expected: int = 0
    note: str = ""

    @property
    def per_second(self) -> float | None:
        return self.posts / self.seconds if self.seconds else None


class Machine(msgspec.Struct, frozen=True):
    processor: str
    cores: int
    memory: int
    system: str
    python: str
    load: float
    """processes that wanted a core in the minute before the run: near 0 on a quiet machine"""
    memory_kind: str

    def __str__(self) -> str:
        return (
            f"{self.processor}, {self.cores} cores, {self.memory / 2**30:.0f} GB, {self.system}, "
            f"Python {self.python}; load before the run {self.load:.1f}"
        )


class Results(msgspec.Struct, frozen=True):
    machine: Machine
    exports: dict[str, int]
    """posts -> bytes"""
    rows: tuple[Row, ...]


def number(value: float | None, form: str = ",.0f") -> str:
    return "" if value is None else format(value, form)


def ratio(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f} x"


def checked(row: Row) -> str:
    return "all" if row.written == row.expected else f"{row.written:,} of {row.expected:,}"


def cells(row: Row) -> tuple[str, ...]:
    if row.seconds is None:
        return (f"{row.posts:,}", row.program, "", "", "", "", "", "", "", row.note)
    return (
        f"{row.posts:,}",
        row.program,
        number(row.seconds, ",.2f"),
        number(row.cpu, ",.2f"),
        number(row.per_second),
        ratio(row.ratio),
        ratio(row.cpu_ratio),
        number(row.peak / 1e6 if row.peak else None) + (" MB" if row.peak else ""),
        checked(row),
        row.note,
    )


def markdown(results: Results) -> str:
    """The table of all rows, with the machine above it."""
    kind = results.machine.memory_kind
    heads = (
        "posts",
        "program",
        "seconds",
        "CPU s",
        "posts/s",
        "to floor",
        "CPU to floor",
        f"peak {kind}".strip(),
        "files",
        "",
    )
    sizes = ", ".join(f"{int(posts):,} posts = {size / 1e6:,.1f} MB" for posts, size in results.exports.items())
    lines = [f"{results.machine}. Exports: {sizes}.", "", f"| {' | '.join(heads)} |"]
    lines.append("|" + "|".join("---:" if head not in ("program", "") else "---" for head in heads) + "|")
    lines += [f"| {' | '.join(cell.replace('|', '/') for cell in cells(row))} |" for row in results.rows]
    return "\n".join(lines) + "\n"


def into_document(text: str, table: str) -> str:
    """Put the table between the two marks of a document; raises ValueError when they are missing."""
    before, start, rest = text.partition(DOC_START)
    _, end, after = rest.partition(DOC_END)
    if not start or not end:
        raise ValueError(f"the document needs the marks {DOC_START} and {DOC_END}")
    return f"{before}{start}\n{table}{end}{after}"


WIDTH, LEFT, BAR, GAP, TOP = 860, 330, 18, 8, 44


def svg(rows: Sequence[Row]) -> str:
    """Posts a second as bars on a logarithmic scale, those of the largest export that each program was measured on."""
    largest = {row.program: row for row in sorted(rows, key=lambda row: row.posts) if row.per_second}
    bars = sorted(largest.values(), key=lambda row: -(row.per_second or 0))
    speeds = [row.per_second or 1 for row in bars] or [1]
    low = 10 ** math.floor(math.log10(min(speeds)))
    high = 10 ** math.ceil(math.log10(max(speeds) * 1.01))
    if low == high:
        low /= 10
    height = TOP + len(bars) * (BAR + GAP) + 30

    def place(speed: float) -> float:
        share = (math.log10(speed) - math.log10(low)) / (math.log10(high) - math.log10(low))
        return LEFT + share * (WIDTH - LEFT - 70)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        'font-family="sans-serif" font-size="13" role="img">',
        "<title>Posts a second, logarithmic scale</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="{LEFT}" y="18" fill="#333">posts a second (logarithmic)</text>',
    ]
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        x = place(10.0**power)
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - 26}" stroke="#ddd"/>')
        label = f"{10.0**power:,g}"
        parts.append(f'<text x="{x:.1f}" y="{height - 10}" text-anchor="middle" fill="#666">{label}</text>')
    for place_of, row in enumerate(bars):
        y, end = TOP + place_of * (BAR + GAP), place(row.per_second or low)
        colour = "#1b6e53" if row.program.startswith("postferry") else "#9aa5b1"
        parts += [
            f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end" fill="#222">{escape(row.program)}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{max(end - LEFT, 2):.1f}" height="{BAR}" fill="{colour}"/>',
            f'<text x="{end + 6:.1f}" y="{y + 13}" fill="#222">{number(row.per_second)}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"
