"""The text around the constructs: the end of the teaser, page breaks, characters that WordPress would dress up."""

from __future__ import annotations

import pytest

from tests.content.test_content import convert


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n<!--more-->\n\nb", "<p>a</p><!--more--><p>b</p>"),
        ("a\n<!--more-->\nb", "<p>a</p><!--more--><p>b</p>"),
        ("a <em>b<!--more Read on-->c</em> d", "<p>a <em>bc</em> d</p><!--more-->"),
        ("a<!--more-->\n\nb<!--more-->", "<p>a</p><!--more--><p>b</p>"),
        ("<pre>x</pre>\n<!--more-->\nb", "<pre>x</pre><!--more--><p>b</p>"),
        ("<!-- a remark --><p>a<!-- one --></p>", "<p>a</p>"),
        ('<!-- wp:more {"customText":"On"} -->\n<!--more On-->\n<!-- /wp:more -->', "<!--more-->"),
    ],
)
def test_the_end_of_the_teaser(text: str, expected: str) -> None:
    html, notices = convert(text)
    assert html.replace("\n", "") == expected
    assert notices == []


@pytest.mark.parametrize("text", ["a\n\n<!--nextpage-->\n\nb", "a\n\n<!-- nextpage -->\n\nb"])
def test_page_breaks_go(text: str) -> None:
    assert convert(text)[0] == "<p>a</p>\n<p>b</p>"


@pytest.mark.parametrize(
    "text",
    ['"straight" -- it\'s', "1/2 (c) (tm) ... 3x4", "caf\u00e9 &amp;amp; &amp;lt;b&amp;gt;", "a &lt;b&gt; c", "``a''", "{{ .Title }} {% x %}"],
)  # fmt: skip
def test_smart_things_are_left_alone(text: str) -> None:
    assert convert(text)[0] == f"<p>{text}</p>"
