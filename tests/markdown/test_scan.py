"""The scanner of Markdown finds addresses and nothing else, and changes nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.markdown.scan import spans
from tests.limits import budget


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in spans.spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('![a](/a.png "t") [b](<c d> (t))', [("image", "/a.png"), ("link", "c d")]),
        ("[a](x_(y).html)", [("link", "x_(y).html")]),
        ("[![a](/in.png)](/out)", [("image", "/in.png"), ("link", "/out")]),
        ("[a [b](/c) d](/e)", [("link", "/c")]),
        ("![a\nb](/two-lines.png)", [("image", "/two-lines.png")]),
        ("\\![a](/link) \\[b](/text) [c\\](/text)", [("link", "/link")]),
        ("![a] ![b][c]\n\n[a]: /a.png 't'\n[C]: </c d.png>\n[e]: /e", [("image", "/a.png"), ("image", "/c d.png"), ("link", "/e")]),
        ("(see https://a.example/x_(y)) or https://a.example/(%s))" % ("z" * 80), [("autolink", "https://a.example/x_(y)"), ("autolink", "https://a.example/(%s)" % ("z" * 80))]),
        ("https://a.example/" + ")" * 500, [("autolink", "https://a.example/")]),
        ("<https://a.example/x> https://b.example/y(z). www.c.example", [("autolink", "https://a.example/x"), ("autolink", "https://b.example/y(z)"), ("autolink", "www.c.example")]),
        ("<img alt='>' src=/a.png><A HREF='/b'>x</A>", [("attribute", "/a.png"), ("attribute", "/b")]),
        ("<div>\n![no](/n)\n<img src=\"/h.png\">\n</div>\n\n![yes](/y)", [("attribute", "/h.png"), ("image", "/y")]),
        ("<script>\nvar a = '<img src=/n>'\n</script>\n\n![y](/y)", [("image", "/y")]),
        ("`![n](/n)` ``a ` ![n](/n)`` ` ![y](/y)", [("image", "/y")]),
        ("```\n![n](/n)\n```\n~~~~\n![n](/n)\n~~~\n~~~~\n![y](/y)", [("image", "/y")]),
        ("    ![n](/n)\n\ttab ![n](/n)\n\n![y](/y)\n    ![y2](/y2)", [("image", "/y"), ("image", "/y2")]),
        ("- ![y](/y)\n\n      ![n](/n)\n\n  ![z](/z)\n\n  ```\n  ![n](/n)\n  ```\n- 1. ![w](/w)", [("image", "/y"), ("image", "/z"), ("image", "/w")]),
        ("> ![y](/y)\n> ```\n> ![n](/n)\n\n![z](/z)", [("image", "/y"), ("image", "/z")]),
        ("- a [b\n- c](/n)", []),
        ("# a [b\nc](/n)", []),
        ("<!-- ![n](/n)\n\n<img src=/n> --> \n\n![y](/y)", [("image", "/y")]),
        ('{{< figure src="/a.png" alt="x" link=/b >}} {{% y "http://c.example/d" %}}', [("argument", "/a.png"), ("argument", "/b"), ("argument", "http://c.example/d")]),
        ('{{</* figure src="/n" */>}} {{%/* x "/n" */%}} `{{< a "/n" >}}`', []),
        ("{{< highlight html >}}\n<img src=/n>\n\n![n](/n)\n{{< /highlight >}}\n![y](/y)", [("image", "/y")]),
        ('[a]({{< ref "b.md" >}}) ![c]({{< param "x" >}}/y.png)', []),
        ("[^1]: ![y](/y)\n\n![]()", [("image", "/y")]),
        ("a\r\n\r\n![y](/y)\r\n", [("image", "/y")]),
    ],
)  # fmt: skip
def test_addresses(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_only_what_changes_is_written_anew() -> None:
    text = "\ufeff![a](/a.png)\r\n\ttext  \n![b](/b.png 't') `![c](/c.png)`\0\n<img src='/a.png'>"
    changed = spans.rewrite(text, lambda span, url: "/new.png" if url == "/a.png" else None)
    assert changed == text.replace("(/a.png", "(/new.png").replace("'/a.png", "'/new.png")


MARKS = """[ ] ( ) ![ ]( < > `` ``` ~~~ ` " ' \\ - > # * 1. {{< >}} {{% %}} /* */ {{</* */>}} <!-- --> <a href= <img src="
http:// www. /a.png [a]: [a] a b = : ! highlight figure src= & ; <div> </div> <script> </script> <https: |""".split()
PIECES = st.sampled_from([*MARKS, "\n", "\n\n", "    ", "\t", " ", "\r\n", "\u2028", "é"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_spans_put_back_change_nothing(text: str) -> None:
    every = spans.spans(text)
    assert spans.rewrite(text, lambda span, url: url) == text
    assert all(0 <= span.start < span.end <= len(text) for span in every)
    assert all(before.end <= after.start for before, after in pairwise(every))


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_nothing_but_addresses_is_changed(text: str) -> None:
    every = spans.spans(text)
    rest = []
    position = 0
    for span in every:
        rest.append(text[position : span.start])
        position = span.end
    rest.append(text[position:])
    assert spans.rewrite(text, lambda span, url: "\ufffc") == "\ufffc".join(rest)


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "](", "[](x", "[](a (", "[a](b 'c", "```a ", "<a b=\"", "{{< a \"", "{{</* ", "<!-- ", "[a]: ", "> ", "1. ", "- ", "{{< highlight >}}"],
)  # fmt: skip
def test_hostile_texts_take_linear_time(piece: str) -> None:
    with budget():
        spans.spans(piece * 40_000)
