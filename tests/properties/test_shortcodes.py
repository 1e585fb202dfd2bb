"""WordPress's `do_shortcode` and `shortcode_parse_atts` and ours, on texts put together by chance: equal on all."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from converters.importers.wordpress.content import Context
from converters.importers.wordpress.content.shortcodes import Expander, Shortcode, parse_attributes
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup
from tests.oracle import AVAILABLE, call

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not AVAILABLE, reason="php and WordPress's files are not installed"),
]
NAMES = ["x-y", "x_y", "xy", "xé", "x", "y", "галерея"]
TAGS = """[x] [x] [/x] [/x] [y] [/y] [xy] [/xy] [x-y] [x_y] [xé] [/xé] [галерея] [/галерея] [z] [/z] [x/] [[x]] [[y]]
[[x] [x]] [/x]] [[ ]] [ ] [x= [x, [X] [x [y [x- [/x [/ /] [] [x[y]] [xa] [xб]""".split()
INSIDE = [
    "[x a=1]", '[x a="b c" d]', "[x 'a' \"b\"]", '[y a="]"]', "[x a=b/]", "[x /]", "[x\u00a0a]", "[y\u200ba=1]",
    '[x="1"]', "[x <b>]", '[x a="<b>"]', '[x a="<"]', "[y a=&quot;b&quot;]", "[x a=“b c”]", "[x\na=1\n]", "[x a=1",
]  # fmt: skip
HTML = [
    "<", ">", "<b>", "</b>", '<a title="', '">', "<a title='", "'>", '<a href="[x]">', "<p [x]>", "<a [y][x]>", "<[x]>",
    "<[[y]]>", "</p [x]>", "<!--", "-->", "<!-- [x] -->", "<![CDATA[", "]]>", "<script>", "</script>",
    '<img alt="', "/>", '<input value="[x]">', '<td data-a="[x]" onclick="[x]" [y]>', "<a rel=[x]>",
    '<i title = "[x] &amp; &" ', "<h1 ", " class=", " b='1'", "<x-y>", "<?php [x] ?>",
]  # fmt: skip
WORDS = [
    "a",
    " ",
    "\n",
    "a b",
    "é",
    '"',
    "'",
    "=",
    "/",
    '\\"',
    "\\\\",
    "&",
    "&#91;",
    "&lt;",
    "-",
    "_",
    "\u00a0",
    ".",
    ",",
]
PIECES = 3 * TAGS + INSIDE + HTML + WORDS
ATTRIBUTES = [
    "a", "b", "c-d", "E_f", "a=", "b =", "=", '"', "'", '""', "''", " ", " ", " ", "\n", "\t", "\u00a0", "\u200b",
    "\u2003", "/", "<", ">", "<b>", "\\", "\\n", "\\x41", "\\101", "&quot;", "“", "”", "x/y", "é",
    "https://a.example/?b=c&d",
    "-", ".", '="a b"', "='c'", "=d", "<!--", "\u2028", "(", "]", "[",
]  # fmt: skip


def by_chance(pieces: list[str], count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    lengths = [draw.choice((4, 10, 30)) for _ in range(count)]
    return ["".join(draw.choice(pieces) for _ in range(draw.randint(1, length))) for length in lengths]


def arguments(named: dict[str, str], positional: tuple[str, ...]) -> list[object]:
    """Attributes, however they are mixed: PHP's JSON writes a list where none has a name."""
    return [sorted(named.items()), list(positional)]


def theirs_as_arguments(found: Any) -> list[object]:
    """The same of what PHP returned, without control characters, which no value has here."""
    items = found.items() if isinstance(found, dict) else [("0", value) for value in found or ()]
    values = [(key, re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", value)) for key, value in items]
    return [sorted(each for each in values if not each[0].isdigit()), [v for k, v in values if k.isdigit()]]


def show(code: Shortcode, context: Context) -> str:
    """As the function of this name in `tests/oracle/functions.php`."""
    given: object = list(code.positional)
    if code.attributes:
        given = code.attributes | {str(number): value for number, value in enumerate(code.positional)}
    shown = json.dumps([code.name, given, code.inside or ""], ensure_ascii=False, separators=(",", ":"))
    return "{" + shown + "}"


def ours(text: str) -> str:
    return Expander(dict.fromkeys(NAMES, show)).expand(text, Context("9", Lookup(), Log("9"), lambda ref: None))


def same(text: str) -> str:
    """The text with its brackets written in one way."""
    return re.sub("&#0?9([13]);", lambda match: "[" if match[1] == "1" else "]", text)


def test_shortcodes_of_texts_put_together_by_chance() -> None:
    texts = by_chance(PIECES, 20_000, seed=1)
    theirs = call("do_shortcode", [[text, NAMES] for text in texts])
    assert [(text, same(ours(text))) for text in texts] == [
        (text, same(found)) for text, found in zip(texts, theirs, strict=True)
    ]


def test_attributes_put_together_by_chance() -> None:
    texts = by_chance(ATTRIBUTES, 20_000, seed=2)
    theirs = call("shortcode_parse_atts", [[text] for text in texts])
    assert [(text, arguments(*parse_attributes(text))) for text in texts] == [
        (text, theirs_as_arguments(found)) for text, found in zip(texts, theirs, strict=True)
    ]
