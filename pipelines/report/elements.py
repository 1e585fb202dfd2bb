"""Small pieces of the page's HTML. Every text goes through `esc`, which also takes out what no page may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def esc(text: object) -> str:
    """Text as it may stand between tags and in quotation marks, in one line."""
    cleaned = _UNFIT.sub("\ufffd", str(text)).replace("\r", " ").replace("\n", " ")
    return escape(cleaned)


def name(text: str, empty: str = "(no title)") -> str:
    """A title, kept apart from the direction of the text around it."""
    return f"<bdi>{esc(text)}</bdi>" if text.strip() else f'<bdi class="none">{empty}</bdi>'


def code(text: str) -> str:
    return f"<code>{esc(text)}</code>"


def count(number: int, one: str, several: str = "") -> str:
    """`1 post`, `2,304 posts`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def size(number: int) -> str:
    """Bytes as people say them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= factor:
            return f"{number / factor:,.1f} {unit}"
    return count(number, "byte")


def link(address: str, words: str) -> str:
    """To the web, and to nothing else; `words` are HTML."""
    if not address.lower().startswith(("http://", "https://")):
        return words
    return f'<a href="{esc(address)}" rel="noopener noreferrer">{words}</a>'


def section(id: str, title: str, body: Iterable[str]) -> str:
    inside = "\n".join(part for part in body if part)
    return f'<section id="{id}" aria-labelledby="{id}-h">\n<h2 id="{id}-h">{esc(title)}</h2>\n{inside}\n</section>\n'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], figures: int = 0) -> str:
    """Cells are HTML. The last `figures` columns hold numbers. It may be scrolled where it is too wide."""
    numbers = len(head) - figures
    titles = "".join(f'<th scope="col"{_number(at >= numbers)}>{cell}</th>' for at, cell in enumerate(head))
    lines = "\n".join(
        "<tr>"
        + f'<th scope="row">{row[0]}</th>'
        + "".join(f"<td{_number(at >= numbers)}>{cell}</td>" for at, cell in enumerate(row[1:], 1))
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="wide" role="region" tabindex="0" aria-label="{esc(caption)}"><table>'
        f"<thead><tr>{titles}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>"
    )


def grade(word: str) -> str:
    """A word of judgement, with a colour that says the same."""
    return f'<span class="grade {esc(word)}">{esc(word)}</span>'


def _number(is_one: bool) -> str:
    return ' class="n"' if is_one else ""
