"""What of a page counts, what does not, and how a difference is called."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from converters.html import tree
from converters.verify.compare import compare
from converters.verify.facts import read
from converters.verify.front import moment
from converters.verify.verdict import MOST, Difference, Verdict, Word, verdict
from tests.limits import budget


def differences(before: str, after: str) -> list[Difference]:
    return list(compare(read(tree.parse(before), "blog.example"), read(tree.parse(after), "blog.example")))


SAME = (
    ("<p>One <b>two</b></p>", "<p>One\n<strong>two</strong></p>"),
    ("<ul><li>one</li></ul>", "<ul>\n<li><p>one</p></li>\n</ul>"),
    ("<p><a href='https://blog.example/a/'>x</a></p>", "<p><a href='/a/'>x</a></p>"),
    ("<p><a href='/a%20b/'>x</a></p>", "<p><a href='/a b/'>x</a></p>"),
    ("<a href='/a/'><h2>One</h2><p>two</p></a>", "<h2><a href='/a/'>One</a></h2><p><a href='/a/'>two</a></p>"),
    ("<p>see www.a.example now</p>", "<p>see <a href='http://www.a.example'>www.a.example</a> now</p>"),
    ("<figure><img src='a.jpg' alt=''></figure>", "<p><img src='a.jpg' alt=''></p>"),
    ("<pre>a  b\n</pre>", "<pre><code>a  b\n</code></pre>"),
    ("<p>a</p><p></p><p>b</p>", "<p>a</p><!-- c --><p>b</p>"),
    ("<p class='x' style='color: red'>a</p>", "<p>a</p>"),
    ("<p>a<br>b</p>", "<p>a</p><p>b</p>"),
    (
        "<figure class='embed' data-list='L'><a href='/l'>/l</a></figure>",
        "<figure class='embed' data-list='L'><iframe src='/p?list=L'></iframe><a href='/l'>/l</a></figure>",
    ),
    (
        "<figure class='embed' data-url='https://blog.example/a/'><a href='/a/'>https://blog.example/a/</a></figure>",
        "<figure class='embed' data-url='https://blog.example/a/'><a href='/a/'>/a/</a></figure>",
    ),
    ("<p><del>a</del> <s>b</s></p>", "<p><s>a</s> <del>b</del></p>"),
)


@pytest.mark.parametrize(("before", "after"), SAME)
def test_what_a_reader_sees_alike_is_the_same(before: str, after: str) -> None:
    assert differences(before, after) == []


OTHER = (
    ("<p>one two</p>", "<p>one</p>", [("words", True)]),
    ("<p>one two</p>", "<p>one two three</p>", [("words", False)]),
    ("<p>one two three</p>", "<p>one three two</p>", [("order", False)]),
    ("<p>one</p><p>two</p>", "<p>one two</p>", [("lines", False)]),
    ("<p>a <img src='x.png' alt=''> b</p>", "<p>a b <img src='x.png' alt=''></p>", [("order", False)]),
    ("<h2>One</h2>", "<h3>One</h3>", [("heading", False)]),
    ("<p><a href='/a/'>x</a></p>", "<p><a href='/b/'>x</a></p>", [("link", True)]),
    ("<p><a href='/a/'>x</a></p>", "<p>x</p>", [("link", True)]),
    ("<p><a href='/a/'>x</a> y</p>", "<p><a href='/a/'>x y</a></p>", [("link", False)]),
    ("<p><a href='#n'>x</a></p><p id='n'>y</p>", "<p><a href='#n'>x</a></p><p>y</p>", [("place", True)]),
    ("<p><img src='a.png' alt='A'></p>", "<p><img src='a.png' alt=''></p>", [("image text", True)]),
    ("<p><img src='a.png' alt='A'></p>", "<p><img src='b.png' alt='A'></p>", [("image", True)]),
    ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li>a</li><li>b</li></ul>", [("list", False)]),
    ("<ol start='3'><li>a</li></ol>", "<ol><li>a</li></ol>", [("list", False)]),
    ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>", [("list", False)]),
    ("<pre><code>a\n b</code></pre>", "<pre><code>a\nb</code></pre>", [("code", True)]),
    ("<p><code>a</code></p>", "<p>a</p>", [("code", True)]),
    ("<p><em>a</em></p>", "<p>a</p>", [("emphasis", False)]),
    ("<blockquote><p>a</p></blockquote>", "<p>a</p>", [("quote", False)]),
    ("<video src='a.mp4'></video>", "<video src='b.mp4'></video>", [("media", True)]),
    ("<iframe src='https://a.example/'></iframe>", "<p></p>", [("words", True), ("embed", True)]),
    ("<dl><dt>a</dt><dd>b</dd></dl>", "<p>a</p><p>b</p>", [("definition", False), ("definition", False)]),
    (
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td>a b</td></tr></table>",
        [("lines", False), ("table", False)],
    ),
)


@pytest.mark.parametrize(("before", "after", "named"), OTHER)
def test_what_differs_is_named(before: str, after: str, named: list[tuple[str, bool]]) -> None:
    assert [(found.kind, found.lost) for found in differences(before, after)] == named


def test_verdicts() -> None:
    lost, changed = Difference("words", True, "a"), Difference("heading", False, "h2", "h3")
    assert verdict([]) == Verdict(Word.IDENTICAL)
    assert verdict([changed]).verdict is Word.CHANGED
    assert verdict([changed, lost]).verdict is Word.LOST
    assert verdict([lost], edited=True).verdict is Word.EDITED
    assert verdict([], edited=True).verdict is Word.IDENTICAL
    many = verdict([changed] * 99 + [lost])
    assert (len(many.differences), many.more, many.differences[0]) == (MOST, 100 - MOST, lost)
    assert len(verdict([Difference("code", True, "x" * 9_000)]).differences[0].old) == 200


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>" + "one two " * 60_000, "<p>" + "two one " * 60_000),
        ("<ul><li>x" * 400 + "y" * 100_000, "<p>z</p>"),
        ("<b><i>" * 200 + "x " * 100_000, "<p>y</p>"),
        ("<table><tr><td>" * 80 + "x " * 100_000, "<p>y</p>"),
        ("<p><img src=a alt=b>" * 20_000, "<p><img src=a alt=c>" * 20_000),
        ("<p><a href=/a/>b</a>" * 20_000, "<p><a href=/c/>d</a>" * 20_000),
    ],
    ids=["words", "lists", "marks", "tables", "pictures", "links"],
)
def test_time_grows_with_length_alone(before: str, after: str) -> None:
    with budget():
        assert differences(before, after)


@pytest.mark.parametrize("text", ["2021-03-04T05:06:07Z", "2021-03-04T05:06:07+00:00"])
def test_a_date_is_the_same_however_it_is_written(text: str) -> None:
    assert moment(text) == moment(datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC))
    assert moment("2021-99-04T05:06:07Z") == "2021-99-04T05:06:07Z"
