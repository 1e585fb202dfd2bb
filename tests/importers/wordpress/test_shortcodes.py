"""Shortcodes: what is one, what its handler is given, and what is said of those nobody knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from converters.html import tree
from converters.importers.wordpress.content import Context, shortcodes
from converters.importers.wordpress.content.shortcodes import Expander, Handler, Shortcode, parse_attributes
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup, convert
from tests.limits import budget


def shown(code: Shortcode, context: Context) -> str:
    given = [*(f"{name}={value}" for name, value in code.attributes.items()), *code.positional]
    return f"<{':'.join((code.name, *given))}{'' if code.inside is None else '>' + code.inside}>"


def context() -> Context:
    return Context("9", Lookup(), Log("9"), lambda ref: None)


def expanded(text: str) -> str:
    return Expander(dict.fromkeys(("x", "y", "xy", "x-y", "x_*", "ключ"), shown)).expand(text, context())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x][x]a[/x]b[/x]", "<x>[x]a>b[/x]"),
        ("[x]a[y]b[/x]c[/y]", "<x>a[y]b>c[/y]"),
        ("[x/] [x /]a[/x]", "<x> <x>a[/x]"),
        ("[x / ]a[/x]", "<x:/>a>"),
        ("[x a=b/]", "<x:a=b>"),
        ("[xy] [x-y] [x_1] [x_] [xz] [x-z]", "<xy> <x-y> <x_1> <x_> [xz] [x-z]"),
        ("[ключи] [X]", "[ключи] [X]"),
        ("[ключ] [ключи]", "<ключ> <ключ:и>"),  # WordPress: letters beyond ASCII end a name the text has elsewhere
        ("[x", "[x"),
        ("[/x] x]", "[/x] x]"),
        ('[x="1"]', '<x:="1">'),
        ("[x\na=1\n]", "<x:a=1>"),
        ('[x a="]"]', '<x:a=">"]'),
        ('[x]<b title="[/x]">[/x]', '<x><b title="[/x]">>'),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert expanded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[x]]", "[x]"),
        ("[[x a=1]b[/x]]", "[x a=1]b[/x]"),
        ("[[x]", "[<x>"),
        ("[x]]", "<x>]"),
        ("[[[x]]]", "[[x]]"),
        ("[[x]] a [/x]", "[<x>] a >"),
        ("[[z]]", "[[z]]"),
    ],
)
def test_escaped_forms(text: str, expected: str) -> None:
    assert expanded(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="[x]">', '<a href="&lt;x&gt;">'),
        ("<img alt='a & [x a=1]'/>", "<img alt='a &amp; &lt;x:a=1&gt;'/>"),
        ("<a rel=[x]>", "<a rel=<x>>"),
        ("<a [x] [z]>", "<a <x> [z]>"),
        ("<[x]>", "<<x>>"),
        ('<a onclick="[x]">', '<a onclick="[x]">'),
        ('<iframe src="[x]">', '<iframe src="[x]">'),
        ('<b style="[x]" title="[y]">', '<b style="[x]" title="&lt;y&gt;">'),
        ('<b style="width:[x]">', '<b style="width:&lt;x&gt;">'),
        ("</a [x]>", "</a [x]>"),
        ("<!-- [x] --> [x]", "<!-- [x] --> <x>"),
        ("<!-- [x]", "<!-- [x]"),
        ("<script>[x]</script>", "<script><x></script>"),
        ("a < b [x]", "a < b <x>"),
        ("1 < 2, [x]", "1 < 2, [x]"),
        ("[x b=\"<i title='[y]'>\"]", "<x:b=<i title='&lt;y&gt;'>>"),
        ("[x] &#91;x&#93;", "<x> &#91;x&#93;"),
    ],
)
def test_in_tags(text: str, expected: str) -> None:
    assert expanded(text) == expected


@pytest.mark.parametrize(
    ("text", "named", "positional"),
    [
        ("A=1 a=2 b", {"a": "2"}, ("b",)),
        ("a = 'x y' b-c=1", {"a": "x y", "b-c": "1"}, ()),
        ('a="1"b="2"', {}, ('a="1"b="2"',)),
        ("a=1\u00a0b\u200bc", {"a": "1"}, ("b", "c")),
        ("a=“x y”", {"a": "“x"}, ("y”",)),
        ("a=&quot;b&quot;", {"a": "&quot;b&quot;"}, ()),
        ("x/y /", {}, ("x/y", "/")),
        ("a='<b>' c='<b' d", {"a": "<b>", "c": ""}, ("d",)),
        ("'' \"\" a=''", {"a": ""}, ()),
        (r"a='\x41\102\n\q\0' \\", {"a": "AB\nq"}, ("\\",)),
        ("a=\\xc3\\xa9 b\\", {"a": "é"}, ("b\\",)),
        ("é=1", {}, ("é=1",)),
    ],
)
def test_attributes(text: str, named: dict[str, str], positional: tuple[str, ...]) -> None:
    assert parse_attributes(text) == (named, positional)


def test_a_refused_shortcode_stays_and_its_inside_is_read() -> None:
    handlers: dict[str, Handler] = {"x": lambda code, context: None, "y": shown}
    assert Expander(handlers).expand("[x a=1]b[y][/x] [[x]]", context()) == "[x a=1]b<y>[/x] [x]"


def test_refusing_is_bounded() -> None:
    given = context()
    text = "[x]" * 2_000 + "[/x]"
    asked: list[int] = []

    def refuse(code: Shortcode, context: Context) -> None:
        asked.append(len(code.inside or ""))

    assert Expander({"x": refuse}).expand(text, given) == text
    assert sum(asked) <= (DEFAULT.content_depth + 1) * len(text)
    assert [notice.code for notice in given.log.notices] == ["shortcode.depth"]


def test_nesting_has_a_limit() -> None:
    names = [f"vc_n{number}" for number in range(500)]
    text = "".join(f"[{name} a=1]" for name in names) + "words" + "".join(f"[/{name}]" for name in reversed(names))
    html, notices = convert(text)
    assert "words" in html and "[vc_n499 a=1]words[/vc_n499]" in html
    assert "shortcode.depth" in notices


OPEN_UNITS = ["[x", "[x]", "[[x]", '[x a="', "<a [x", "<[x", "[x,", "<!--[x]", "[x <"]
"""What a later sign could end; the others are at their end whatever follows."""


@pytest.mark.parametrize(
    ("unit", "tail"),
    [
        *((unit, tail) for unit in OPEN_UNITS for tail in ("", "]", "[/x]", '">')),
        *((unit, "") for unit in ("[/x]", "[[x]]", "[x]a[/x]", "[x][y]")),
    ],
)
def test_hostile_repetition(unit: str, tail: str) -> None:
    with budget():
        for handler in (shown, lambda code, context: None):
            handlers: dict[str, Callable[[Shortcode, Context], str | None]] = dict.fromkeys(("x", "y"), handler)
            text = unit * 20_000 + tail
            assert Expander(handlers).expand(text, context())


def noted(html: str) -> list[str]:
    log = Log("9")
    shortcodes.note_unknown(tree.parse(html), {"gallery"}, log)
    return [notice.what for notice in log.notices if notice.code == "shortcode.unknown"]


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ('[form id="1"] [form id="2"] [map lat=1 lng=2]', ["form", "map"]),
        ("[box]in[/box] [b]bold[/b]", ["box", "b"]),
        ("<p>[box title]</p><ul><li>a</li></ul><p>[/box]</p>", ["box"]),
        ('[button red size="big"] [line /] [line2 wide /]', ["button", "line", "line2"]),
        ("[form id=&quot;1&quot;] [map lat=”1”]", ["form", "map"]),
        ("<p>[contact-form]</p><p> <b>[my_list]</b><br>[wpforms]</p>", ["contact-form", "my_list", "wpforms"]),
        ("[форма id=1]", ["форма"]),
        ("<p>see [contact-form] and [my_list]</p>", []),
        ("[sic] [1] [note] [John Smith] [a=b] [f x = 2] [Foo 2003] [Foo 2003, p. 4] [...] [x == y]", []),
        ("<p>[note]</p><p>[link]</p><p>[Editor's note: all of a=b]</p>", []),
        ("[text](https://x.example/) [my-text](x) [/quote] [text a=1](x)", []),
        ("[[form id=1]] [gallery ids=1]", []),
        ('<pre>[form id=1]</pre><code>[a]b[/a]</code><style>[x id="1"]</style><script>[x id="1"]</script>', []),
        ('<a title="[form id=1]">a</a><!-- [form id=1] -->', []),
        ("<p>[my-list]<code>x</code></p>", []),
    ],
)
def test_unknown_shortcodes_are_named_once(html: str, names: list[str]) -> None:
    assert noted(html) == names


@pytest.mark.parametrize(
    "unit", ["[a_b] ", "[x", "[x a=1", "[x]", "[/x]", "[x" + " " * 50, "<b>[x_y]", "[x a= b=", "<p>[x_y]"]
)
def test_looking_for_unknown_ones_is_linear(unit: str) -> None:
    root = tree.parse("<p>" + unit * 20_000 + "]</p>")
    with budget():
        shortcodes.note_unknown(root, {"gallery"}, Log("9"))
