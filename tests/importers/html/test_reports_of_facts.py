"""Constructs from public reports about the metadata of pages, each rebuilt as a small page of our own.

The names tell the project and the number of the report: `trafilatura_24` is issue 24 of adbar/trafilatura.
"""

from __future__ import annotations

import pytest

from tests.importers.html.test_page_facts import WORDS, day, post, read


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_trafilatura_24_all_authors_of_a_list() -> None:
    head = ld('{"@type":"NewsArticle","author":[{"name":"Ida Weir"},{"name":"Bo Moor"},{"name":"Ana Reed"}]}')
    assert post("", head).authors == ("Ida Weir", "Bo Moor", "Ana Reed")


def test_trafilatura_92_the_name_on_the_page_beats_the_account_that_published_it() -> None:
    head = ld('{"@type":"NewsArticle","author":{"@type":"Person","name":"Watermark feed"}}')
    assert post("<p>By Ida Weir</p>", head).authors == ("Ida Weir",)
    assert post("<p>By Ida Weir and the keepers</p>", head.replace("Watermark feed", "Ida M. Weir")).authors == (
        "Ida M. Weir",
    ), "the same person, with her whole name"


def test_trafilatura_362_a_name_in_parts() -> None:
    head = ld('{"@type":"Article","author":{"@type":"Person","givenName":"Ida","familyName":"Weir"}}')
    assert post("", head).authors == ("Ida Weir",)


def test_trafilatura_932_a_list_of_types() -> None:
    head = ld('{"@type":"Article","author":{"@type":["Person"],"name":"Ida Weir"}}')
    assert post("", head).authors == ("Ida Weir",)
    head = ld('{"@type":"Article","author":{"@type":["Organization"],"name":"The Weir"}}')
    assert post("<p>By Ida Weir</p>", head).authors == ("Ida Weir",)


@pytest.mark.parametrize(
    "mark", [" - ", " | ", " – ", " — ", " • ", " · ", " ‹ ", " › ", " « ", " » ", " > ", ": ", " ~ "]
)
def test_trafilatura_284_separators_before_the_name_of_the_site(mark: str) -> None:
    head = '<meta property="og:site_name" content="The Weir">'
    title = "&#8220;Eels&#8221; in the night"
    assert read(f"<title>{title}{mark}The Weir</title>{head}<p>x").title("") == "“Eels” in the night"


@pytest.mark.parametrize(
    "title", ["Superbugs: What They Are", "ARM : the next step", "Eels - an owner's guide | part 2"]
)
def test_readability_174_and_295_a_title_is_not_cut_at_a_mark_alone(title: str) -> None:
    head = '<meta property="og:site_name" content="The Weir">'
    assert read(f"<title>{title}</title>{head}<p>x").title("") == title


def test_newspaper_343_names_that_contain_by() -> None:
    assert post("<p>By ABBY GOODNIGHT, TOBY KEEN and ROBERT PEAR</p>").authors == (
        "ABBY GOODNIGHT", "TOBY KEEN", "ROBERT PEAR",
    )  # fmt: skip


def test_newspaper_619_a_byline_for_machines() -> None:
    assert post("", '<meta name="byl" content="By Ida Weir and Bo Moor-Lake">').authors == ("Ida Weir", "Bo Moor-Lake")


def test_newspaper_526_authors_of_other_posts_are_none_of_this_one() -> None:
    cards = "".join(
        f'<div class="recent-posts"><a href="/{n}">Post {n}</a> <span class="byline">{n} hours ago by <a rel="author">Other Name</a></span></div>'
        for n in "123"
    )
    html = f'<title>Eels</title><main><article><h1>Eels</h1><div class="byline">by <a rel="author" href="/ida">Ida Weir</a></div><p>{WORDS}</p></article></main>'
    assert read(html + cards).authors == ("Ida Weir",)


@pytest.mark.parametrize(
    ("shown", "expected", "changed"),
    [
        ('<time class="data" datetime="2017-11-27">27/11/2017</time>', "2017-11-27", ""),
        ('<div class="article-duration"><time datetime="Sat Nov 18 2017 15:21:41 GMT+0000">18 Nov</time></div>', "2017-11-18", ""),
        ('<span id="txtactualitzatel">27/11/2017 a les 10:19h</span>', "2017-11-27", ""),
        ('<time itemprop="dateModified" datetime="2017-11-28T19:20:45.000+01:00">27/11/2017 01:57 | Actualizado a 28/11/2017 19:20</time>', "2017-11-27", "2017-11-28"),
    ],
)  # fmt: skip
def test_newspaper_478_dates_of_papers(shown: str, expected: str, changed: str) -> None:
    meta = post(f"<div>{shown}</div>", lang="es")
    assert day(meta) == expected
    assert (meta.modified.date().isoformat() if meta.modified else "") == changed


def test_newspaper_967_a_date_for_machines_beats_those_of_the_text() -> None:
    head = '<meta name="dc.date" content="2023-01-02">'
    assert day(post("<p>Accepted for publication on 16 December 2022</p>", head)) in ("2023-01-02",)


def test_newspaper_935_a_russian_date_and_its_author() -> None:
    meta = post('<div class="meta"><a href="/author/ivan/">Иван Кузнецов</a>, <span>05.10.2021</span></div>', lang="ru")
    assert (day(meta), meta.authors) == ("2021-10-05", ("Иван Кузнецов",))


def test_defuddle_295_a_time_in_a_link_to_another_post() -> None:
    card = '<div><a href="/other/"><span>Otters in the mill race</span><time datetime="2026-03-05T00:00">Mar 5, 2026</time></a></div>'
    assert day(post(card)) == ""
    assert day(post("<p>May 22, 2026</p>" + card)) == "2026-05-22"


def test_unfluff_93_the_date_of_a_comment() -> None:
    comments = '<section id="comments"><div class="comment"><time datetime="2018-08-28">8 hours ago</time> Cold.</div></section>'
    assert day(post("")) == day(read(f"<title>Eels</title><main><h1>Eels</h1><p>{WORDS}</p>{comments}</main>")) == ""


def test_article_extractor_174_names_that_publishers_made_up() -> None:
    for name in ("publish-date", "published-date", "w-publish-date", "dc.date.published", "publication_time"):
        assert day(post("", f'<meta name="{name}" content="2021-06-04">')) == "2021-06-04", name
