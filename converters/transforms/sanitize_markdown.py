"""Active content taken out of a text that stays Markdown: only where there is some is anything written anew.

A block of HTML that holds some is parsed and cleaned as `sanitize` does it; one that breaks off inside a tag, which the
HTML around it would finish, becomes text. Tags inside a line lose what runs, addresses that run something become `#`.
Shortcodes stay: what they write is the site's own.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from html import unescape

from converters import tree
from converters.markdown import shortcodes, spans
from converters.markdown.regions import HTML, Region, regions
from converters.markdown.spans import Span
from converters.notices import Log
from converters.transforms.sanitize import runs, sanitize

_TAG = re.compile(r"<[A-Za-z][^<>\"']*+(?:(?:\"[^\"]*+\"|'[^']*+')[^<>\"']*+)*+>")
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_CODE = re.compile(r"(?<!`)(`++)(?!`)")


def sanitize_markdown(text: str, log: Log, *, html: bool = False) -> str:
    """The text without active content. `html`: all of it is HTML."""
    whole = [Region(HTML, 0, len(text))] if html else list(regions(text))
    parts, position = [], 0
    for region in whole:
        piece = text[region.start : region.end]
        clean = _block(piece, log) if region.kind == HTML else _prose(piece, log)
        parts += [text[position : region.start], clean]
        position = region.end
    parts.append(text[position:])

    def address(span: Span, url: str) -> str | None:
        if not runs(re.sub(r"\\(.)", r"\1", unescape(url))):
            return None
        log("html.active", f"address of a {span.kind}", old=url[:80])
        return "#"

    return spans.rewrite("".join(parts), address)


def _block(piece: str, log: Log) -> str:
    if not _MARKUP.search(piece):
        return piece
    mark = f"postferry{secrets.token_hex(6)}z"
    calls = list(shortcodes.calls(piece))
    plain, position = [], 0
    for number, call in enumerate(calls):
        plain += [piece[position : call.start], f"{mark}{number}z"]
        position = call.end
    plain.append(piece[position:])
    text = "".join(plain)
    root = tree.parse(f"{text}<i class={mark}></i>")
    end = next((element for element in root.iter("i") if element.get("class") == mark), None)
    if end is None:
        log("html.active", "a tag without an end", old=piece[:80])
        return piece.replace("<", "&lt;") if not calls else _put_back(text.replace("<", "&lt;"), mark, piece, calls)
    tree.remove(end)
    own = Log(log.item)
    sanitize(root, own)
    for notice in own.notices:
        log.take(notice)
    if not own.notices:
        return piece
    ending = piece[len(piece.rstrip("\r\n")) :]
    return _put_back(re.sub(r"\n\s*\n", "\n", tree.inner_html(root)).rstrip("\r\n") + ending, mark, piece, calls)


def _put_back(text: str, mark: str, piece: str, calls: list[shortcodes.Call]) -> str:
    return re.sub(f"{mark}(\\d+)z", lambda found: piece[calls[int(found[1])].start : calls[int(found[1])].end], text)


def _prose(piece: str, log: Log) -> str:
    """Tags inside lines, one at a time; those in code are text."""
    if not _MARKUP.search(piece):
        return piece
    code = list(_code(piece))
    parts, position, next_code = [], 0, 0
    for found in _TAG.finditer(piece):
        while next_code < len(code) and code[next_code][1] <= found.start():
            next_code += 1
        inside = next_code < len(code) and code[next_code][0] <= found.start()
        if found.start() < position or inside:
            continue
        clean = _tag(found[0], log)
        if clean is not None:
            parts += [piece[position : found.start()], clean]
            position = found.end()
    return "".join(parts) + piece[position:]


def _tag(tag: str, log: Log) -> str | None:
    """The tag without what runs; None for one that is fine."""
    root = tree.parse(tag)
    own = Log(log.item)
    sanitize(root, own)
    if not own.notices:
        return None
    for notice in own.notices:
        log.take(notice)
    html = tree.inner_html(root)
    return re.sub(r"</[\w:-]+>\Z", "", html)


def _code(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of code spans, in order."""
    runs_of = list(_CODE.finditer(text))
    later: dict[int, list[int]] = {}
    for number, run in enumerate(runs_of):
        later.setdefault(len(run[1]), []).append(number)
    place = {number: order for numbers in later.values() for order, number in enumerate(numbers)}
    number = 0
    while number < len(runs_of):
        same = later[len(runs_of[number][1])]
        order = place[number]
        escaped = runs_of[number].start() > 0 and text[runs_of[number].start() - 1] == "\\"
        if not escaped and order + 1 < len(same):
            yield runs_of[number].start(), runs_of[same[order + 1]].end()
            number = same[order + 1]
        number += 1
