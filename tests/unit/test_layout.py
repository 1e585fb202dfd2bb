"""Boxes go, their texts stay; what lays out text comes to stand around it."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.passes.layout import strip_layout


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><div><p>a</p></div><div><p>b</p></div></div>", "<p>a</p><p>b</p>"),
        ("x<div>a <b>b</b></div>y", "x<p>a <b>b</b></p>y"),
        ("<div>a<p>b</p>c <i>d</i><ul><li>e</li></ul></div>", "<p>a</p><p>b</p><p>c <i>d</i></p><ul><li>e</li></ul>"),
        ("<div> <div></div> </div>", ""),
        ('<div id="gtx-trans"><div></div></div>', ""),
        ('<div id="scid:9D7513F9-C04C:17961bd0-036b"><pre>a</pre></div>', "<pre>a</pre>"),
        ('<a href="/h/"><figure class="a"><img src="b" alt=""/></figure></a>',
         '<figure class="a"><a href="/h/"><img src="b" alt=""/></a></figure>'),
        ('<a href="/h/">x<figure><img src="b" alt=""/><figcaption>c</figcaption></figure>y</a>',
         '<a href="/h/">x</a><figure><a href="/h/"><img src="b" alt=""/></a>'
         '<figcaption><a href="/h/">c</a></figcaption></figure><a href="/h/">y</a>'),
        ('<a href="/h/"><div><h3>T</h3><figure><figure><img src="b" alt=""/></figure></figure></div></a>',
         '<h3><a href="/h/">T</a></h3><figure><figure><a href="/h/"><img src="b" alt=""/></a></figure></figure>'),
        ('<div><img src="a" alt=""/></div>', '<p><img src="a" alt=""/></p>'),
        ("<ul><li><div>a</div></li></ul>", "<ul><li>a</li></ul>"),
        ('<section role="x" data-y="z"><h2>a</h2></section>', "<h2>a</h2>"),
        ('<div id="a"><p>b</p></div>', '<div id="a"><p>b</p></div>'),
        ("<aside><p>a</p></aside>", "<aside><p>a</p></aside>"),
        ('<p style="text-align: center">a</p>\n<p style="text-align: center">b</p><p>c</p>',
         '<div style="text-align: center"><p>a</p><p>b</p></div><p>c</p>'),
        ('<h2 style="text-align: right">a</h2><p style="text-align: left">b</p>',
         '<div style="text-align: right"><h2>a</h2></div><p>b</p>'),
        ('<blockquote lang="de"><p dir="rtl">a</p></blockquote>',
         '<div lang="de"><blockquote><div dir="rtl"><p>a</p></div></blockquote></div>'),
        ('<table><tr><td><p style="text-align: center">a</p></td></tr></table>',
         '<table><tbody><tr><td><p style="text-align: center">a</p></td></tr></tbody></table>'),
    ],
)  # fmt: skip
def test_layout(html: str, expected: str) -> None:
    root = tree.parse(html)
    strip_layout(root)
    assert tree.inner_html(root) == expected


def test_a_player_beside_words_parts_the_paragraph() -> None:
    root = tree.parse("<p>a</p>")
    figure = tree.parse('<figure class="embed"><a href="b">b</a></figure>')[0]
    figure.tail = " c"
    root[0].append(figure)
    strip_layout(root)
    assert tree.inner_html(root) == '<p>a</p><figure class="embed"><a href="b">b</a></figure><p> c</p>'


def test_hundred_thousand_boxes() -> None:
    root = tree.parse("<div>" * 300 + "a" + "</div>" * 300 + "<div><p>b</p></div>" * 20_000)
    strip_layout(root)
    assert len(root) == 20_001
