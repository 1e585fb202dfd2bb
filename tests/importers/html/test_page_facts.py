"""Title, date, authors and terms of a page, from every place that says them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from converters.importers.html import dates, metadata, page
from converters.importers.html.metadata import Metadata
from converters.model.notices import Log
from tests.limits import budget

WORDS = "The eels came up the weir in the night, and the keeper counted them by the light of a lamp. " * 4


def read(html: str, path: str = "a.html") -> Metadata:
    return metadata.read(page.parse(html.encode(), path, Log()), None)


def post(inside: str, head: str = "", lang: str = "en") -> Metadata:
    """Of an article with something between its heading and its text."""
    return read(
        f"<html lang={lang}><head><title>Eels</title>{head}</head><body><main><h1>Eels</h1>{inside}<p>{WORDS}</p></main>"
    )


def day(meta: Metadata) -> str:
    return meta.date.date().isoformat() if meta.date else ""


# dates


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("Publié le 3 mars 2019 à 10h30", "fr", "2019-03-03T10:30:00+00:00"),
        ("2 févr. 2020", "", "2020-02-02T00:00:00+00:00"),
        ("3. März 2019, 14:05 Uhr", "de", "2019-03-03T14:05:00+00:00"),
        ("2019年3月3日", "ja", "2019-03-03T00:00:00+00:00"),
        ("2019년 3월 3일", "ko", "2019-03-03T00:00:00+00:00"),
        ("March 3rd, 2019 at 5:30 pm EST", "en", "2019-03-03T17:30:00-05:00"),
        ("Sept. 9, 2019", "", "2019-09-09T00:00:00+00:00"),
        ("3 de marzo de 2019", "es", "2019-03-03T00:00:00+00:00"),
        ("3 d’abril de 2019", "ca", "2019-04-03T00:00:00+00:00"),
        ("20 listopada 2019", "pl", "2019-11-20T00:00:00+00:00"),
        ("20 listopada 2019", "hr", "2019-10-20T00:00:00+00:00"),
        ("3 марта 2019, 10:15", "ru", "2019-03-03T10:15:00+00:00"),
        ("5 Νοεμβρίου 2020", "el", "2020-11-05T00:00:00+00:00"),
        ("2019. március 3.", "hu", "2019-03-03T00:00:00+00:00"),
        ("2019 m. kovo 3 d.", "lt", "2019-03-03T00:00:00+00:00"),
        ("3 มีนาคม 2562", "th", "2019-03-03T00:00:00+00:00"),
        ("3 tháng 3, 2019", "vi", "2019-03-03T00:00:00+00:00"),
        ("03.04.2019", "", "2019-04-03T00:00:00+00:00"),
        ("3/4/2019", "en-GB", "2019-04-03T00:00:00+00:00"),
        ("3/4/2019", "en-US", "2019-03-04T00:00:00+00:00"),
        ("25/12/2019", "en-US", "2019-12-25T00:00:00+00:00"),
        ("Sun Mar 03 2019 10:00:00 GMT+0200 (EET)", "", "2019-03-03T10:00:00+02:00"),
        ("20190303T101500Z", "", "2019-03-03T10:15:00+00:00"),
        ("1551607200000", "", "2019-03-03T10:00:00+00:00"),
    ],
)
def test_dates_as_people_and_machines_write_them(written: str, language: str, expected: str) -> None:
    found = dates.parse_date(written, None, language)
    assert found is not None
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01T00:00:00",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "1970-01-01T00:00:00Z",
        "May 2019",
        "1 May 1880",
        "31 June 2019",
        "v3.4.2019.1",
        "",
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert dates.parse_date(written) is None


@pytest.mark.parametrize(
    ("inside", "source"),
    [
        ('<p class="x">By Ida Weir | March 3, 2019 | 5 min read</p>', "beside the title"),
        ("<div>Posted on 3 March 2019 by <b>Ida</b></div>", "beside the title"),
        ('<div class="a"><time>Mar 3, 2019</time></div>', "time beside the text"),
        ('<p class="post-meta">Written in May. <time datetime="2019-03-03">Sunday</time></p>', "main time[datetime]"),
        ('<h3>Published</h3><p><time datetime="2019-03-03">Sunday</time></p>', "main time[datetime]"),
        ('<span itemprop="datePublished" content="2019-03-03">Sunday</span>', "[itemprop~=datePublished]"),
        ('<abbr class="published" title="2019-03-03T10:00:00">Sunday</abbr>', "abbr.published[title]"),
        (f'<p>{WORDS}</p><p>3. März 2019</p>', "beside the title"),
        (f'<p>{WORDS}</p><p>{WORDS}</p><div class="entry-date">March 3, 2019</div>', "box of a date"),
    ],
)  # fmt: skip
def test_a_date_that_the_page_shows(inside: str, source: str) -> None:
    meta = post(inside)
    assert (day(meta), meta.date_source) == ("2019-03-03", source)


@pytest.mark.parametrize(
    "inside",
    [
        '<p>The quay was opened on <time datetime="2015-05-01">1 May 2015</time> by the mayor, with music.</p>',
        '<p>It was mended in <time datetime="2015-02-01">February</time>.</p><p>And <time datetime="2016-02-01">again</time>.</p>',
        "<p>It was mended on 1 February 2015.</p>",
        "<h2>The flood of 1 February 2015 and what it took</h2>",
        '<aside class="related-posts"><time datetime="2015-02-01">1 February 2015</time></aside>',
        '<div><a href="/other/">Otters at night <time datetime="2015-02-01">1 February 2015</time></a></div>',
        '<ul class="comments"><li class="comment"><time datetime="2015-02-01">x</time> Cold.</li></ul>',
        "<p>Last updated: 1 Feb</p>",
    ],
)
def test_a_date_of_something_else_is_none_of_the_page(inside: str) -> None:
    assert day(post(inside)) == ""


def test_a_change_is_no_publication() -> None:
    meta = post("<p>Published 3 March 2019 · Updated 4 May 2020</p>")
    assert (day(meta), meta.modified) == ("2019-03-03", datetime(2020, 5, 4, tzinfo=UTC))
    alone = post("<p>Last updated on May 4, 2020</p>")
    assert (day(alone), alone.date_source) == ("2020-05-04", "last change")


def test_a_page_that_moved_shows_when_it_was_written() -> None:
    head = '<meta property="article:published_time" content="2024-08-07T12:00:00Z">'
    assert day(post("<p>Dec 30, 2013</p>", head)) == "2013-12-30"
    assert post("<p>Aug 6, 2024</p>", head).date == datetime(2024, 8, 7, 12, tzinfo=UTC), "of another time zone"


def test_the_time_of_a_day_comes_from_the_line_that_shows_it() -> None:
    html = f"<title>Eels</title><main><h1>Eels</h1><p>March 3, 2019 at 5:30 pm</p><p>{WORDS}</p></main>"
    meta = read(html, "2019/03/03/eels/index.html")
    assert meta.date == datetime(2019, 3, 3, 17, 30, tzinfo=UTC)


# titles


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Eels | The Weir</title><meta property=og:site_name content='The Weir'>", "", "Eels"),
        ("<title>The Weir: Eels</title><meta property=og:site_name content='the weir'>", "", "Eels"),
        ("<title>The Weir » Eels</title><meta property=og:site_name content='The Weir'>", "", "Eels"),
        ("<title>Eels – Weir Log</title><link rel=canonical href='https://www.weirlog.example/eels'>", "", "Eels"),
        ("<title>Eels - at night</title><meta property=og:site_name content='The Weir'>", "", "Eels - at night"),
        ("<title>Eels | The Weir</title>", "<header><h1>The Weir</h1></header><main><h1>Eels</h1></main>", "Eels"),
        ("<title>Eels | The Weir</title>", "<h1>The Weir</h1><article><h2>Eels at night</h2></article>", "Eels | The Weir"),
        ("<title>Eels of the night - W</title>", "<article><h2>Eels of the night</h2></article>", "Eels of the night"),
        ("<title>Eels, a search engine's words | W</title>", "<main><h1>Eels in words for readers</h1></main>", "Eels in words for readers"),
        ("<title>Eels</title>", "<main><h1>Subscribe now</h1></main>", "Eels"),
        ('<script type="application/ld+json">{"@type":"Article","headline":"Eels &amp;#8211; caught"}</script>', "", "Eels – caught"),
        ("<title>Weekend Eels</title>", "<main><h1>Weekend<br>Eels</h1></main>", "Weekend Eels"),
    ],
)  # fmt: skip
def test_titles_without_the_name_of_the_site(head: str, body: str, title: str) -> None:
    assert read(f"<html><head>{head}</head><body>{body}<p>{WORDS}</p>").title("") == title


# authors


@pytest.mark.parametrize(
    ("inside", "names"),
    [
        ("<p>By Ida Weir and Bo Moor</p>", ("Ida Weir", "Bo Moor")),
        ("<p>Von Ida Weir | 3. März 2019</p>", ("Ida Weir",)),
        ("<p>Par Ida Weir, le 3 mars 2019</p>", ("Ida Weir",)),
        ("<p>Posted by ida on March 3, 2019 in Days</p>", ("ida",)),
        ("<p>Written by</p><p>Ida Weir</p>", ("Ida Weir",)),
        ("<p>By Ida Weir, PhD, and J. R. Moor</p>", ("Ida Weir, PhD", "J. R. Moor")),
        ('<a href="/author/ida/"><span>Ida Weir</span></a>', ("Ida Weir",)),
        ('<div class="author"><img alt="x"><a href="/ida">Ida Weir</a><span>Keeper of the weir</span></div>', ("Ida Weir",)),
        ('<span itemprop="author" itemscope><span itemprop="name">Ida Weir</span></span>', ("Ida Weir",)),
        ('<a rel="author" href="/about">Ida Weir</a>', ("Ida Weir",)),
        ('<p>By <a href="https://twitter.com/ida">@ida</a></p>', ()),
        ("<p>Made by hand in the yard behind the old mill.</p>", ()),
        ('<aside class="related"><span class="author">Somebody Else</span></aside>', ()),
    ],
)  # fmt: skip
def test_authors_that_the_page_shows(inside: str, names: tuple[str, ...]) -> None:
    assert post(inside).authors == names


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"Ida Weir"', ("Ida Weir",)),
        ('["Ida Weir", {"@type": "Person", "name": "Bo Moor"}]', ("Ida Weir", "Bo Moor")),
        ('{"@type": "Organization", "name": "Weir & Sons"}', ("Weir & Sons",)),
        ('{"@id": "#p"}', ("Ida Weir",)),
        ('{"name": "https://weir.example/ida"}', ()),
    ],
)
def test_authors_that_machines_are_told(author: str, names: tuple[str, ...]) -> None:
    graph = f'[{{"@type": "BlogPosting", "author": {author}}}, {{"@type": "Person", "@id": "#p", "name": "Ida Weir"}}]'
    head = f'<script type="application/ld+json">{{"@graph": {graph}}}</script>'
    assert post("", head).authors == names


def test_a_publisher_gives_way_to_a_person() -> None:
    head = '<script type="application/ld+json">{"@type":"Article","author":{"@type":"Organization","name":"Weir"}}</script>'
    assert post("<p>By Ida Weir</p>", head).authors == ("Ida Weir",)
    assert post("", head).authors == ("Weir",)


def test_an_account_is_an_author_where_no_other_is_told() -> None:
    assert post("", '<meta name="author" content="admin">').authors == ("admin",)
    assert post("<p>By Ida Weir</p>", '<meta name="author" content="admin">').authors == ("Ida Weir",)


# terms

THEMES = {
    "hexo": ('<div class="article-category"><a class="article-category-link" href="/categories/Days/">Days</a></div>'
             '<ul class="article-tag-list"><li><a class="article-tag-list-link" rel="tag" href="/tags/fish/">fish</a></li></ul>'),
    "ghost": '<section class="article-tags"><a href="/days/">fish</a></section><p><a href="/category/days/">Days</a></p>',
    "squarespace": ('<a class="blog-item-category" href="/blog/category/Days">Days</a>'
                    '<span class="blog-item-tag-wrapper"><a class="blog-item-tag" href="/blog/tag/fish">fish</a></span>'),
    "tumblr": '<div class="tags"><a href="https://weir.example/tagged/fish">#fish</a></div><p><a href="/category/days">Days</a></p>',
    "blogger": ('<span class="post-labels">Labels: <a href="/search/label/fish" rel="tag">fish</a></span>'
                '<meta property="article:section" content="Days">'),
    "docusaurus": ('<div class="theme-doc-footer-tags-row"><b>Tags:</b><ul class="tags_XVD"><li class="tag_QGV">'
                   '<a class="tag_zVe" href="/blog/tags/fish">fish</a></li></ul></div><meta property="article:section" content="Days">'),
    "ablog": ('<ul><li><i class="fa fa-folder"></i> <a href="../blog/category/days.html">Days</a></li>'
              '<li><i class="fa fa-tags"></i> <a href="../blog/tag/fish.html">fish</a></li></ul>'),
    "pelican": '<footer class="post-info"><p>In <a href="/category/days.html">Days</a>.</p><p>tags: <a href="/tag/fish.html">fish</a></p></footer>',
    "mkdocs-material": ('<nav class="md-tags"><a class="md-tag" href="../tags/#tag:fish">fish</a></nav>'
                        '<li class="md-nav__item"><a class="md-nav__link" href="../category/days/">Days</a></li>'),
    "eleventy": '<ul><li><a class="post-tag" href="/tags/fish/">fish</a></li></ul><p><a href="/categories/days/">Days</a></p>',
    "minimal-mistakes": ('<p class="page__taxonomy"><a class="page__taxonomy-item" rel="tag" href="/tags/#fish">fish</a></p>'
                         '<p class="page__taxonomy"><a class="page__taxonomy-item" href="/categories/#days">Days</a></p>'),
    "chirpy": ('<div class="post-meta mb-3"><i class="far fa-folder-open"></i> <a href="/categories/days/">Days</a></div>'
               '<div class="post-tags"><i class="fa fa-tags"></i><a class="post-tag" href="/tags/fish/">fish</a></div>'),
    "papermod": '<ul class="post-tags"><li><a href="https://weir.example/tags/fish/">Fish</a></li></ul><p><a href="/categories/days/">Days</a></p>',
    "stack": ('<header class="article-category"><a href="/categories/days/">Days</a></header>'
              '<section class="article-tags"><a href="/tags/fish/">Fish</a></section>'),
    "ananke": '<ul class="pa0"><li class="list di"><a href="/tags/fish/" class="link">Fish</a></li></ul><p><a href="/categories/days/">Days</a></p>',
    "substack": '<div class="post-label"><a href="https://weir.example/t/fish">Fish</a></div><meta property="article:section" content="Days">',
    "movable-type": ('<div class="entry-categories"><ul><li><a href="/days/" rel="tag">fish</a></li></ul></div>'
                     '<span class="entry-category"><a href="/category/days/">Days</a></span>'),
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_terms_as_generators_and_themes_mark_them(theme: str) -> None:
    html = f"<title>Eels</title><main><article><h1>Eels</h1><p>{WORDS}</p>{THEMES[theme]}</article></main>"
    found = {(term.taxonomy, term.name.lower()) for term in read(html).terms}
    assert found == {("category", "days"), ("post_tag", "fish")}


@pytest.mark.parametrize(
    "inside",
    [
        f'<p>{WORDS} See <a href="/tag/fish/">what I wrote of fish</a> in other years.</p>',
        '<aside><a href="/tag/fish/">Fish</a></aside>',
        '<aside><a rel="tag" href="/tag/fish/">Fish</a></aside>',
        '<div class="tag-cloud"><a href="/tag/fish/">Fish</a></div>',
        '<nav><a href="/category/days/">Days</a></nav>',
        '<div class="sidebar"><ul class="categories"><li><a href="/category/days/">Days</a></li></ul></div>',
    ],
)
def test_links_to_terms_elsewhere_are_none_of_the_page(inside: str) -> None:
    assert post(inside).terms == ()


def test_keywords_are_tags_where_nothing_better_names_them() -> None:
    head = '<script type="application/ld+json">{"@type":"Article","articleSection":["Days"],"keywords":"fish, night"}</script>'
    assert [(term.taxonomy, term.name) for term in post("", head).terms] == [
        ("category", "Days"), ("post_tag", "fish"), ("post_tag", "night"),
    ]  # fmt: skip
    tagged = post('<a rel="tag" href="/tag/eels/">eels</a>', head).terms
    assert [(term.taxonomy, term.name) for term in tagged] == [("post_tag", "eels"), ("category", "Days")]


# languages


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ('<html lang="de-AT">', "de-AT"),
        ('<html xml:lang="nl">', "nl"),
        ('<meta http-equiv="Content-Language" content="fr, en">', "fr"),
        ('<meta property="og:locale" content="pt_BR">', "pt-BR"),
        ('<script type="application/ld+json">{"@type":"Article","inLanguage":"es"}</script>', "es"),
    ],
)
def test_languages(html: str, language: str) -> None:
    assert read(html).language == language


# hostile pages


@pytest.mark.parametrize(
    "html",
    [
        '<h1>Eels</h1><p><time datetime="2015-01-01">x</time></p>',
        '<h1>Eels</h1><p><a href="/tag/x/">x</a>',
        '<div class="tags">',
        '<div class="date author related"><h1>Eels</h1><time>1 May 2019</time><span class="author">Ida Weir</span>',
        '<meta name="published-date" content="x">',
        "<h1>a<br>",
        "1 May 2019 by Ida Weir, ",
    ],
)
def test_the_work_does_not_grow_faster_than_the_page(html: str) -> None:
    parsed = page.parse(("<title>Eels | Weir</title>" + html * 10_000).encode(), "a.html", Log())
    with budget(20):
        metadata.read(parsed, None)
