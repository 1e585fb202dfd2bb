"""Files read back: what only Hugo means, and what only kramdown means."""

from __future__ import annotations

import pytest

from converters.exporters.hugo import render_back as hugo
from converters.exporters.jekyll import render_back as jekyll
from converters.model import Place
from converters.output import OutFile
from converters.verify.facts import Page, read
from converters.verify.front import Front


def facts(page: Page) -> list[tuple[str, ...]]:
    return page.facts


HUGO = (
    ('{{< figure src="/a.jpg" alt="A" caption="*b*" >}}', [("image", "/a.jpg", "A")]),
    ('{{< figure src="/a.jpg" caption="b" >}}', [("image", "/a.jpg", "")]),
    ("{{< youtube dQw4w9WgXcQ >}}", [("embed", "youtube", "dQw4w9WgXcQ", "", "")]),
    ('{{< youtube id="dQw4w9WgXcQ" start="42" >}}', [("embed", "youtube", "dQw4w9WgXcQ", "42", "")]),
    ("{{< vimeo 135798642 >}}", [("embed", "vimeo", "135798642", "", "")]),
    ("```\n{{</* x */>}}\n```", [("code", "{{< x >}}")]),
    ("## One {#two}", [("heading", "h2", "One")]),
    ("- [x] one", [("task", "done"), ("list item", "ul", "1", "one")]),
    ("One\n: two", [("term", "One"), ("definition", "two")]),
    (
        '{{< gallery columns="2" >}}\n{{< figure src="/a.jpg" >}}\n{{< figure src="/b.jpg" >}}\n{{< /gallery >}}',
        [("gallery", "2"), ("image", "/a.jpg", ""), ("image", "/b.jpg", "")],
    ),
)


@pytest.mark.parametrize(("text", "said"), HUGO)
def test_what_hugo_reads(text: str, said: list[tuple[str, ...]]) -> None:
    assert facts(read(hugo.tree_back(text))) == said


KRAMDOWN: tuple[tuple[str, list[tuple[str, ...]], str], ...] = (
    ('![A](/a.jpg){: width="3" height="4"} b', [("image", "/a.jpg", "A")], "\x01 b"),
    ('3. one\n4. two\n{: start="3"}', [("first number", "3"), *(("list item", "ol", "1", w) for w in ("one", "two"))],
     "one two"),
    ("3. one", [("list item", "ol", "1", "one")], "one"),
    ("- one\n\n^\n\n- two", [("list item", "ul", "1", "one"), ("list item", "ul", "1", "two")], "one two"),
    ("## One {#two}", [("heading", "h2", "One")], "One"),
    (r"## One \{#two}", [("heading", "h2", "One {#two}")], "One {#two}"),
    ('`{{ "{{" }} x }}`', [("code in a line", "{{ x }}")], "{{ x }}"),
    ("<cite>  \n*a*</cite>", [], "a"),
    ("see https://a.example/", [], "see https://a.example/"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "said", "words"), KRAMDOWN)
def test_what_kramdown_reads(text: str, said: list[tuple[str, ...]], words: str) -> None:
    page = read(jekyll.tree_back(text))
    assert facts(page) == said
    assert " ".join(word for line in page.lines for word in line) == words


def test_backslashes_in_urls_of_kramdown() -> None:
    link, code = jekyll.tree_back(r"[\\\S](//\\S\b) `[a](\\b)`")[0]
    assert (link.get("href"), link.text, code.text) == ("//%5C%5CS%5Cb", r"\\S", r"[a](\\b)")


def test_a_figure_without_its_player_is_none() -> None:
    figure = '<figure class="embed" data-provider="youtube" data-url="u" data-id="dQw4w9WgXcQ">{}</figure>'
    whole = figure.format('<iframe src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"></iframe>')
    assert facts(read(jekyll.tree_back(whole))) == [("embed", "youtube", "dQw4w9WgXcQ", "", "")]
    assert facts(read(jekyll.tree_back(figure.format("")))) == [("embed", "", "dQw4w9WgXcQ", "", "")]


def test_pictures_in_the_folder_of_their_post_are_those_they_were_made_of() -> None:
    files = (
        OutFile("content/posts/a/quay.jpg", b"", twin="static/wp-content/uploads/2021/quay.jpg"),
        OutFile("content/posts/a/index.md", b"---\ntitle: One\n---\n\n![Q](quay.jpg)\n"),
    )
    back = hugo.HugoReader().render_back(files, Place("content/posts/a/index.md", "/a/"))
    assert back is not None
    assert facts(read(back.root())) == [("image", "/wp-content/uploads/2021/quay.jpg", "Q")]


FRONT = b"""---
title: One
date: 2021-03-04T05:06:07+01:00
%s
categories:
  - b
  - a
tags: [t]
---

x
"""
SAID = Front("One", "2021-03-04T05:06:07+01:00", ("a", "b"), ("t",), True, "/one/")


def test_front_matter_of_hugo() -> None:
    place = Place("content/posts/a.md", "/one/", explicit=True)
    back = hugo.HugoReader().render_back([OutFile(place.path, FRONT % b"draft: true\nurl: /one/")], place)
    assert back is not None
    assert back.front == SAID


@pytest.mark.parametrize(("path", "hidden"), [("_posts/2021-03-04-a.md", b"published: false"), ("_drafts/a.md", b"")])
def test_front_matter_of_jekyll(path: str, hidden: bytes) -> None:
    place = Place(path, "/one/", explicit=True)
    back = jekyll.JekyllReader().render_back([OutFile(path, FRONT % (hidden + b"\npermalink: /one/"))], place)
    assert back is not None
    assert back.front == SAID
