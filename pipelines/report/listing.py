"""The table of all items, in pages of 200 that open without JavaScript; and the pairs of renderings."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from converters.verify.verdict import Verdict
from pipelines.report.elements import esc, grade, link, name, size
from pipelines.report.records import Row

if TYPE_CHECKING:
    from pipelines.report.sides import Pair

PAGE = 200
PAIR = '<details class="pair"'
"""How the line of a pair begins, and no other line of the page."""


class Links(NamedTuple):
    """What rows lead to."""

    output: str
    """The site's folder as an address relative to the page, with a slash at its end; empty where there is none."""
    compared: Container[str]
    """Ids of items whose renderings stand side by side."""


def pages(rows: Iterator[tuple[int, Row]], total: int, links: Links) -> Iterator[str]:
    """Page by page."""
    batch: list[str] = []
    first = 1
    for number, row in rows:
        batch.append(_row(number, row, links))
        if len(batch) == PAGE:
            yield _page(first, batch, total)
            first, batch = number + 1, []
    if batch:
        yield _page(first, batch, total)


def _page(first: int, rows: list[str], total: int) -> str:
    last = first + len(rows) - 1
    opened = " open" if total <= PAGE else ""
    return (
        f'<details class="page"{opened}><summary>Items {first:,} to {last:,}</summary>\n'
        f'<table class="items"><thead><tr><th scope="col">Item</th><th scope="col">Outcome</th></tr></thead><tbody>\n'
        + "\n".join(rows)
        + "\n</tbody></table></details>\n"
    )


def _row(number: int, row: Row, links: Links) -> str:
    facts = [esc(row.kind), esc(row.status), esc(row.date), esc(row.language), _file(row, links)]
    facts += [size(row.bytes) if row.bytes else "", link(row.permalink, "old page"), f"id {esc(row.id)}"]
    codes = dict.fromkeys(notice.code for notice in row.notices)
    led = ", ".join(f'<a href="#n-{esc(code)}">{esc(code)}</a>' for code in codes)
    said = f"<small>{' · '.join(filter(None, facts))}</small>" + (f"<small>{led}</small>" if led else "")
    outcome = [grade(row.fidelity) if row.fidelity else esc(row.outcome)]
    if row.outcome == "left out":
        outcome.append(f"<small>{esc(row.reason)}</small>")
    if row.verification is not None:
        outcome.append(f"<small>{verified(row.verification)}</small>")
    if row.id in links.compared:
        outcome.append(f'<small><a href="#c{number}">side by side</a></small>')
    return f'<tr id="i{number}"><td>{name(row.title)}{said}</td><td>{"".join(outcome)}</td></tr>'


def _file(row: Row, links: Links) -> str:
    if not row.path:
        return ""
    if not links.output or row.outcome != "carried":
        return esc(row.path)
    file = row.path.partition("#")[0] if not row.bytes else row.path
    return f'<a href="{esc(links.output + quote(file, errors="replace"))}">{esc(row.path)}</a>'


def verified(found: Verdict) -> str:
    """What a check said, in a few words."""
    kinds = f": {esc(', '.join(found.kinds))}" if found.kinds else ""
    return f"checked: {esc(found.verdict)}{kinds}"


def pair(number: int, title: str, sides: Pair) -> str:
    """The two renderings of a post, in one line."""
    words = sides.words
    told = "no words" if not words.source else f"{words.found:,} of {words.source:,} words"
    both = "".join(
        f'<div class="side"><p class="label">{label}</p><div class="text" role="group" tabindex="0" dir="auto" '
        f'aria-label="{label}">{markup or "<p class=none>Nothing.</p>"}</div></div>'
        for label, markup in (("Source", sides.source), ("Result", sides.result))
    )
    return (
        f'{PAIR} id="c{number}"><summary>{name(title)} <span>{told}</span></summary>'
        f'<div class="both">{both}</div><p><a href="#i{number}">In the table</a></p></details>'
    )
