"""Comments as the programs that make them write them: who, when, what, and in answer to whom."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
import turbohtml

from converters.importers.html import comments
from converters.model import Comment

BLOGGER = """<dl id="comments-block"><dt class="comment-author blogger-comment-icon" id="c101"><a name="c101"></a>
<a href="https://ida.example/">Ida</a> said...</dt><dd class="comment-body" id="Blog1_cmt-101"><p>Cold
<b>water</b>.</p></dd>
<dd class="comment-footer"><span class="comment-timestamp"><a href="/x#c101">May 5, 2019 at 10:30 AM</a></span></dd>
<dt class="comment-author" id="c102">Bo said...</dt><dd class="comment-body"><p>Colder.</p></dd>
<dd class="comment-footer"><span class="comment-timestamp"><a href="/x#c102">May 6, 2019 at 9:00
PM</a></span></dd></dl>"""
BLOGGER_NEW = """<ol><li class="comment" id="c201"><div class="comment-block"><div class="comment-header"><cite
class="user">
<a href="https://ida.example/" rel="nofollow">Ida</a></cite><span class="datetime secondary-text"><a href="#c201">5
May 2019
at 10:30</a></span></div><p class="comment-content">Cold <b>water</b>.</p><span
class="comment-actions"><a>Reply</a></span></div>
<div class="comment-replies"><ol><li class="comment" id="c202"><div class="comment-block"><div class="comment-header">
<cite class="user">Bo</cite><span class="datetime"><a>6 May 2019 at 21:00</a></span></div><p
class="comment-content">Colder.</p>
</div></li></ol></div></li></ol>"""
WORDPRESS_OLD = """<ol class="commentlist"><li class="alt" id="comment-7"><cite><a href="https://ida.example/"
rel="external">Ida</a>
</cite> Says:<br /><small class="commentmetadata"><a href="#comment-7">May 5th, 2019 at 10:30 am</a></small>
<p>Cold <b>water</b>.</p></li><li id="comment-8"><cite>Bo</cite> Says:<br />
<small class="commentmetadata"><a href="#comment-8">May 6th, 2019 at 9:00 pm</a></small><p>Colder.</p></li></ol>"""
WORDPRESS_2_7 = """<ol class="commentlist"><li class="comment" id="comment-7"><div id="div-comment-7"
class="comment-body">
<div class="comment-author vcard"><img class="avatar"><cite class="fn"><a href="https://ida.example/">Ida</a></cite>
<span class="says">says:</span></div><div class="comment-meta commentmetadata"><a href="#c">May 5, 2019 at 10:30
am</a></div>
<p>Cold <b>water</b>.</p><div class="reply"><a href="#">Reply</a></div></div><ul class="children"><li class="comment"
id="comment-8">
<div id="div-comment-8" class="comment-body"><div class="comment-author vcard"><cite class="fn">Bo</cite></div>
<div class="comment-meta commentmetadata"><a href="#d">May 6, 2019 at 9:00
pm</a></div><p>Colder.</p></div></li></ul></li></ol>"""
MOVABLE_TYPE = """<div class="comments-content"><div class="comment" id="comment-7"><div class="inner"><div
class="comment-header">
<div class="asset-meta"><span class="byline"><span class="vcard author"><a href="https://ida.example/">Ida</a></span>
|
<a href="#comment-7"><abbr class="published" title="2019-05-05T10:30:00+00:00">May 5, 2019 10:30
AM</abbr></a></span></div></div>
<div class="comment-content"><p>Cold <b>water</b>.</p></div></div></div><div class="comment" id="comment-8"><div
class="inner">
<div class="comment-header"><span class="vcard author">Bo</span> | <abbr class="published"
title="2019-05-06T21:00:00+00:00">x</abbr>
</div><div class="comment-content"><p>Colder.</p></div></div></div></div>"""
TYPEPAD = """<div class="comment"><div class="comment-content"><p>Cold <b>water</b>.</p></div><p
class="comment-footer">Posted by:
<span class="comment-author"><a href="https://ida.example/">Ida</a></span> | <span class="comment-date">May 5, 2019
at 10:30 AM</span></p></div>
<div class="comment"><div class="comment-content"><p>Colder.</p></div><p class="comment-footer">Posted by:
<span class="comment-author">Bo</span> | <span class="comment-date">May 6, 2019 at 9:00 PM</span></p></div>"""
STATICMAN = """<article id="comment1" class="js-comment comment"><div class="comment__avatar-wrapper"><img
class="comment__avatar"></div>
<div class="comment__content-wrapper"><h3 class="comment__author"><a rel="external nofollow"
href="https://ida.example/">Ida</a></h3>
<p class="comment__date"><a href="#comment1"><time datetime="2019-05-05T10:30:00+00:00">May 5, 2019</time></a></p>
<div itemprop="text"><p>Cold <b>water</b>.</p></div></div></article><article id="comment2" class="js-comment
comment"><h3
class="comment__author">Bo</h3><p class="comment__date"><time datetime="2019-05-06T21:00:00Z">x</time></p><div
itemprop="text">
<p>Colder.</p></div></article>"""
ISSO = """<div id="isso-root"><div class="isso-comment" id="isso-7"><div class="isso-text-wrapper"><div
class="isso-comment-header">
<span class="isso-author"><a href="https://ida.example/">Ida</a></span><a class="isso-permalink"><time
datetime="2019-05-05T10:30:00Z">6 years ago</time></a></div><div class="isso-text"><p>Cold <b>water</b>.</p></div>
<div class="isso-comment-footer"><a class="isso-reply">Reply</a></div></div><div class="isso-follow-up"><div
class="isso-comment"
id="isso-8"><div class="isso-text-wrapper"><div class="isso-comment-header"><span class="isso-author">Bo</span>
<time datetime="2019-05-06T21:00:00Z">x</time></div><div
class="isso-text"><p>Colder.</p></div></div></div></div></div></div>"""
COMMENTO = """<div class="commento-card" id="commento-comment-card-a"><div class="commento-header"><a
class="commento-name"
href="https://ida.example/">Ida</a><div class="commento-timeago" title="Sun May 05 2019 10:30:00 GMT+0000">6 years
ago</div></div>
<div class="commento-body"><p>Cold <b>water</b>.</p></div><div class="commento-card" id="commento-comment-card-b"><div
class="commento-header"><div class="commento-name">Bo</div><div class="commento-timeago"
title="Mon May 06 2019 21:00:00 GMT+0000">x</div></div><div class="commento-body"><p>Colder.</p></div></div></div>"""
SQUARESPACE = """<div class="comment-list"><div class="comment" id="comment-5ccf"><div class="comment-header"><span
class="author-name">
<a class="author" href="https://ida.example/">Ida</a></span><span class="date-stamp">May 5, 2019 10:30am</span></div>
<div class="comment-body"><p>Cold <b>water</b>.</p></div></div><div class="comment" id="comment-5cd0"><div
class="comment-header">
<span class="author">Bo</span><span class="date-stamp">May 6, 2019 9:00pm</span></div><div
class="comment-body"><p>Colder.</p></div></div></div>"""
REMARK42 = """<article class="comment" id="remark42__comment-a"><span class="comment__username">Ida</span><a
class="comment__time"
href="#">05/05/2019 at 10:30</a><div class="comment__text"><p>Cold <b>water</b>.</p></div></article><article
class="comment"
id="remark42__comment-b"><span class="comment__username">Bo</span><a class="comment__time">05/06/2019 at 21:00</a>
<div class="comment__text"><p>Colder.</p></div></article>"""

MAKERS = {
    "blogger": (BLOGGER, False), "blogger-threads": (BLOGGER_NEW, True), "wordpress-old": (WORDPRESS_OLD, False),
    "wordpress-2.7": (WORDPRESS_2_7, True), "movable-type": (MOVABLE_TYPE, False), "typepad": (TYPEPAD, False),
    "staticman": (STATICMAN, False), "isso": (ISSO, True), "commento": (COMMENTO, True),
    "squarespace": (SQUARESPACE, False), "remark42": (REMARK42, False),
}  # fmt: skip


def read(html: str) -> list[Comment]:
    box = turbohtml.parse(f'<body><div id="comments">{html}</div>').select_one("#comments")
    assert box is not None
    return comments.read(box, None)


@pytest.mark.parametrize("maker", MAKERS)
def test_comments_of_a_maker(maker: str) -> None:
    html, nested = MAKERS[maker]
    first, second = read(html)
    assert (first.author, second.author) == ("Ida", "Bo")
    bodies = [re.sub(r"</?p>|\s+", " ", comment.body).strip() for comment in (first, second)]
    assert bodies == ["Cold <b>water</b>.", "Colder."]
    assert first.date == datetime(2019, 5, 5, 10, 30, tzinfo=UTC)
    assert second.date == datetime(2019, 5, 6, 21, 0, tzinfo=UTC)
    assert second.parent == (first.id if nested else "")
    assert first.url == ("https://ida.example/" if maker != "remark42" else "")


def test_an_answer_that_names_what_it_answers() -> None:
    html = (
        '<div class="comment" id="comment-1"><b class="fn">Ida</b><p>Cold.</p></div>'
        '<div class="comment" id="comment-2" data-parent-id="1"><b class="fn">Bo</b><p>Colder.</p></div>'
    )
    assert [(comment.id, comment.parent) for comment in read(html)] == [("1", ""), ("2", "1")]


def test_a_list_without_comments_has_none() -> None:
    assert (
        read('<ul><li>No comments yet</li></ul><dl><dt>Term</dt><dd>Meaning</dd></dl><p class="date">May 5, 2019</p>')
        == []
    )
