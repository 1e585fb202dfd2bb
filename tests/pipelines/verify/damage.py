"""Damage, planted into files for Hugo and Jekyll as a broken writer would do it: one thing at a time, by lot.

Each kind is a function that returns the damaged text, or None where a text has nothing of the kind. What it takes is
visible to a reader in every case; nothing of the check itself is used to find it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from random import Random

_HIDDEN = re.compile(
    r"^(?P<f>`{3,}).*?^(?P=f)$|<(?P<t>script|style|noscript|svg|iframe|textarea)\b.*?</(?P=t)>|<!--.*?-->|<[^<>]*>"
    r"|!\[[^\]\n]*\](?:\([^()\n]*\))?|\{\{.*?\}\}|\{[:#][^}]*\}|\]\([^()\n]*\)|`[^`\n]+`|\[[ x]\]|&\w+;|&#\w+;|https?://[^\s<]+|\\.",
    re.S | re.M,
)
"""What is no prose: code, tags, calls, addresses."""
_WORD = re.compile(r"(?<![\w.@/'’-])[A-Za-z]{4,}(?![\w.@/'’-])")
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]*[^\[\]\n\\])\]\((<[^<>\n]*>|[^()\s]+)((?: \"[^\"\n]*\")?)\)")
_IMAGE = re.compile(r"(?<!\\)!\[([^\[\]\n]*(?<!\\))\]\((<[^<>\n]*>|[^()\s]+)((?: \"[^\"\n]*\")?)\)")
_TAG_IMAGE = re.compile(r"<img\b[^<>]*>")
_FIGURE = re.compile(r"\{\{< figure src=(\"[^\"]*\"|`[^`]*`)[^{}]*>\}\}")
_FENCED = re.compile(r"^([ >]*)(`{3,})[^`\n]*\n(.*?)^\1\2$", re.S | re.M)
_ITEM = re.compile(r"^([ ]*)(?:[-*]|\d+[.)]) +\S.*\n?", re.M)
_NESTED = re.compile(r"^ {2,}((?:[-*]|\d+[.)]) +\w.*)$", re.M)
_HEADING = re.compile(r"^(#{1,6}) (?=\S)", re.M)
_CALL = re.compile(r"\{\{< (?:youtube|vimeo|embed)\b[^{}]*>\}\}")
_FRAME = re.compile(r"<iframe\b[^<>]*></iframe>")
_STRONG = re.compile(r"(?<![\\*\w])\*\*([A-Za-z][^*\n]*)\*\*(?!\*)")
_MEDIA = re.compile(r'<(?:audio|video|source)\b[^<>]*?src="([^"]+)"')

Damage = Callable[[str, Random], str | None]


def _chosen(pattern: re.Pattern[str], text: str, lot: Random) -> re.Match[str] | None:
    """One match by lot, outside of code and, of those that are no prose themselves, in them."""
    code = [found.span() for found in _FENCED.finditer(text)]
    code += [found.span() for found in re.finditer(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)", text)]
    code += [found.span() for found in re.finditer(r"<pre\b.*?</pre>|<!--.*?-->", text, re.S)]
    inside = [found for found in pattern.finditer(text) if not any(a <= found.start() < b for a, b in code)]
    return lot.choice(inside) if inside else None


def _words(text: str) -> list[re.Match[str]]:
    prose = _HIDDEN.sub(lambda found: "\x00" * len(found[0]), text)
    return list(_WORD.finditer(prose))


def _put(text: str, start: int, end: int, new: str = "") -> str:
    return text[:start] + new + text[end:]


def word_dropped(text: str, lot: Random) -> str | None:
    found = _words(text)
    return _put(text, *lot.choice(found).span()) if found else None


def word_changed(text: str, lot: Random) -> str | None:
    found = _words(text)
    return _put(text, *lot.choice(found).span(), "zwgrblx") if found else None


def word_moved(text: str, lot: Random) -> str | None:
    words = _words(text)
    pairs = [(a, b) for a, b in pairwise(words) if a[0] != b[0] and "\n\n" not in text[a.end() : b.start()]]
    if not pairs:
        return None
    a, b = lot.choice(pairs)
    return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]


def link_changed(text: str, lot: Random) -> str | None:
    found = _chosen(_LINK, text, lot)
    return _put(text, *found.span(2), "/elsewhere/") if found else None


def link_dropped(text: str, lot: Random) -> str | None:
    found = _chosen(_LINK, text, lot)
    return _put(text, *found.span(), found[1]) if found and not found[2].endswith(found[1]) else None


def image_dropped(text: str, lot: Random) -> str | None:
    pattern = lot.choice((_IMAGE, _TAG_IMAGE, _FIGURE))
    found = _chosen(pattern, text, lot)
    return _put(text, *found.span()) if found else None


def image_changed(text: str, lot: Random) -> str | None:
    pattern, group = lot.choice(((_IMAGE, 2), (_FIGURE, 1)))
    found = _chosen(pattern, text, lot)
    return _put(text, *found.span(group), '"/other.jpg"' if group == 1 else "/other.jpg") if found else None


def image_text_changed(text: str, lot: Random) -> str | None:
    found = _chosen(_IMAGE, text, lot)
    return _put(text, *found.span(1), "" if found[1] and lot.random() < 0.5 else "zwgrblx") if found else None


def heading_changed(text: str, lot: Random) -> str | None:
    found = _chosen(_HEADING, text, lot)
    level = len(found[1]) if found else 0
    return _put(text, *found.span(1), "#" * (level - 1 if level > 1 else 2)) if found else None


def heading_dropped(text: str, lot: Random) -> str | None:
    found = _chosen(_HEADING, text, lot)
    return _put(text, *found.span()) if found else None


def list_flattened(text: str, lot: Random) -> str | None:
    found = _chosen(_NESTED, text, lot)
    return _put(text, *found.span(), found[1]) if found else None


def item_dropped(text: str, lot: Random) -> str | None:
    found = _chosen(_ITEM, text, lot)
    return _put(text, *found.span()) if found else None


def _rows(text: str) -> list[re.Match[str]]:
    """Rows of the bodies of tables: neither heads nor the rules below them."""
    heads = {found.end() for found in re.finditer(r"^\| .* \|$(?=\n\|[ :-]*-[ :|-]*\|$)", text, re.M)}
    found = re.finditer(r"^\| .*\w.* \|$", text, re.M)
    return [row for row in found if row.end() not in heads]


def row_dropped(text: str, lot: Random) -> str | None:
    rows = _rows(text)
    if not rows:
        return None
    found = lot.choice(rows)
    return _put(text, found.start(), found.end() + 1)


def cell_dropped(text: str, lot: Random) -> str | None:
    cells = [
        (row.start() + cell.start(1), row.start() + cell.end(1))
        for row in _rows(text)
        for cell in re.finditer(r"(?<=\| )([^|\\]*\w[^|\\]*)(?= \|)", row[0])
    ]
    return _put(text, *lot.choice(cells)) if cells else None


def _code_lines(text: str) -> list[tuple[int, int]]:
    found = []
    for block in _FENCED.finditer(text):
        for line in re.finditer(r"^.*\S.*\n", block[3], re.M):
            found.append((block.start(3) + line.start(), block.start(3) + line.end()))
    return found


def code_line_dropped(text: str, lot: Random) -> str | None:
    lines = _code_lines(text)
    return _put(text, *lot.choice(lines)) if lines else None


def code_line_changed(text: str, lot: Random) -> str | None:
    lines = [(start, end) for start, end in _code_lines(text) if text[start:end].strip(" >\n")]
    if not lines:
        return None
    _, end = lot.choice(lines)
    return _put(text, end - 1, end - 1, lot.choice((";", " ", "  # note")))


def embed_dropped(text: str, lot: Random) -> str | None:
    found = _chosen(lot.choice((_CALL, _FRAME)), text, lot)
    return _put(text, *found.span()) if found else None


def media_changed(text: str, lot: Random) -> str | None:
    found = _chosen(_MEDIA, text, lot)
    return _put(text, *found.span(1), "/other.mp3") if found else None


def paragraph_dropped(text: str, lot: Random) -> str | None:
    found = list(re.finditer(r"(?:(?<=\n\n)|\A\n?)[A-Za-z][^\n]*\w[^\n]*\n(?=\n|\Z)", text))
    return _put(text, *lot.choice(found).span()) if found else None


def emphasis_dropped(text: str, lot: Random) -> str | None:
    found = _chosen(_STRONG, text, lot)
    return _put(text, *found.span(), found[1]) if found else None


def cut_off(text: str, lot: Random) -> str | None:
    """The end is missing, from some word on."""
    words = _words(text)
    return text[: lot.choice(words).start()] if words else None


KINDS: dict[str, tuple[Damage, frozenset[str]]] = {
    "word dropped": (word_dropped, frozenset({"words"})),
    "word changed": (word_changed, frozenset({"words"})),
    "word moved": (word_moved, frozenset({"order", "words"})),
    "link target changed": (link_changed, frozenset({"link"})),
    "link dropped": (link_dropped, frozenset({"link"})),
    "image dropped": (image_dropped, frozenset({"image"})),
    "image changed": (image_changed, frozenset({"image"})),
    "image text changed": (image_text_changed, frozenset({"image text"})),
    "heading level changed": (heading_changed, frozenset({"heading"})),
    "heading made a paragraph": (heading_dropped, frozenset({"heading"})),
    "list level flattened": (list_flattened, frozenset({"list"})),
    "list item dropped": (item_dropped, frozenset({"list", "definition", "words"})),
    "table row dropped": (row_dropped, frozenset({"table"})),
    "table cell emptied": (cell_dropped, frozenset({"table"})),
    "code line dropped": (code_line_dropped, frozenset({"code"})),
    "code line changed": (code_line_changed, frozenset({"code"})),
    "embed dropped": (embed_dropped, frozenset({"embed"})),
    "media changed": (media_changed, frozenset({"media"})),
    "paragraph dropped": (paragraph_dropped, frozenset({"words"})),
    "emphasis dropped": (emphasis_dropped, frozenset({"emphasis"})),
    "text cut off": (cut_off, frozenset({"words"})),
}
"""kind -> (how it is planted, how the check may call it)"""


def in_front(head: str, key: str, lot: Random) -> str | None:
    """Front matter with a value that is another, or without a name of a list."""
    lines = head.splitlines(keepends=True)
    at = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if at is None:
        return None
    if lines[at].rstrip() == f"{key}:":
        del lines[at + 1]
        if at + 1 >= len(lines) or not lines[at + 1].startswith((" ", "-")):
            del lines[at]
    elif key == "date":
        lines[at] = re.sub(r"\d(?=T| |$)", lambda digit: str((int(digit[0]) + 1) % 10), lines[at], count=1)
    elif key in ("draft", "published"):
        del lines[at]
    else:
        lines[at] = f'{key}: "/zwgrblx/"\n'
    return "".join(lines)


FRONT = ("title", "date", "categories", "tags", "draft", "published", "url", "permalink")
