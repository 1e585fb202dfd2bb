"""Inputs of the kind that reports of other programs tell of: what is text stays text, whatever it is called."""

from __future__ import annotations

import pytest

from converters.importers.html import content, page
from converters.model.notices import Log
from tests.importers.html.reading import read

_P = "We went out early, before the sun was up, and caught three mackerel, which we fried at once in the cabin."
_MENU = "<nav><ul>" + "".join(f"<li><a href=/{name}>{name}</a></li>" for name in "abcdefghijklmnop") + "</ul></nav>"


def how(html: str) -> tuple[str, list[str]]:
    """How a page marks its text, and the texts that it marks."""
    found = content.marked(page.parse(html.encode(), "a.html", Log()), "")
    assert found is not None
    return found.how, [" ".join(element.text.split()) for element in found.elements]


_IDS = """assign-terms related-work comments navigation share-buttons sidebar tags categories author date footer
    breadcrumbs
    post-meta table-of-contents subscribe-to-events byline pagination recommended newsletter social menu print likes
    reading-time""".split()


@pytest.mark.parametrize("around", ["article", "main", "div"])
def test_readability_337_ids_of_headings_are_words_of_the_author(around: str) -> None:
    parts = "".join(f'<h2 id="{id}">Part {id}</h2><p>{_P} Of {id}.</p>' for id in _IDS)
    result = read(f"<title>Ids</title>{_MENU}<{around}><h1>Ids</h1><p>{_P}</p>{parts}</{around}>")
    assert [id for id in _IDS if f"Part {id}" not in result.words or f"Of {id}." not in result.words] == []


_CLASSES = """tags-explained comments-on-code related-note menu-of-dishes author-quote social sidebar share footer-text
    meta-analysis nav-table author-box-inner subscribe newsletter promo advert pullquote byline date reading print-only
    terms comment post-tags gdpr-paragraph cover-wrap legends remark supplemental""".split()


@pytest.mark.parametrize("tag", ["p", "div", "section", "blockquote", "aside", "footer", "ul", "pre"])
def test_readability_807_classes_and_ids_are_no_reason_to_cut(tag: str) -> None:
    pieces = [f'<{tag} class="{name}" id="{name}">{_P} In {name}.</{tag}>' for name in _CLASSES]
    if tag == "ul":
        pieces = [piece.replace('">', '"><li>', 1) for piece in pieces]
    result = read(f"<title>Classes</title><article><h1>Classes</h1><p>{_P}</p>{''.join(pieces)}</article>")
    assert [name for name in _CLASSES if f"In {name}." not in result.words] == []


def test_readability_388_paragraphs_that_word_calls_headers() -> None:
    html = "".join(f'<p class="MsoHeader" style="margin-top:0">{_P} {number}.</p>' for number in range(6))
    result = read(f"<title>Films</title><body>{_MENU}{html}<p>The end.</p>")
    assert all(f" {number}." in result.words for number in range(6))


def test_readability_524_a_text_in_a_box_that_is_called_social() -> None:
    result = read(f'<title>Trello</title>{_MENU}<div class="social-rel"><h1>Trello</h1>{f"<p>{_P}</p>" * 8}</div>')
    assert result.words.count(_P) == 8


def test_readability_928_headings_with_header_in_their_class() -> None:
    parts = "".join(
        f'<h2 class="header-anchor-post">{number}. Word of mouth<div class="pencraft header-anchor-widget">'
        f'<button aria-label="Link"></button></div></h2><p>{_P} {number}</p>'
        for number in range(5)
    )
    result = read(f'<title>Growth</title>{_MENU}<article><div class="available-content">{parts}</div></article>')
    assert all(f"{number}. Word of mouth" in result.words for number in range(5))


def test_trafilatura_569_a_text_in_an_aside() -> None:
    cookies = "<div><p>We use cookies so that this site works as you expect of it. You may refuse them.</p></div>"
    result = read(
        f"<title>Country</title>{_MENU}<div><aside><h1>Country</h1>{f'<p>{_P}</p>' * 8}</aside></div>{cookies}"
    )
    assert result.words.count(_P) == 8
    assert "cookies" not in result.words


def test_trafilatura_431_items_of_a_list_in_spans() -> None:
    items = "".join(
        f'<li><span class="h7" tabindex="0">You have the right number {at} of those.</span></li>' for at in range(9)
    )
    result = read(f"<title>Rights</title>{_MENU}<main><h1>Rights</h1><p>{_P}</p><ul>{items}</ul><p>{_P}</p></main>")
    assert result.words.count("You have the right number") == 9


def test_defuddle_258_a_table_of_contents_is_not_all_of_a_page() -> None:
    contents = "".join(f'<li><a href="#p{at}">Chapter {at} of the long story</a></li>' for at in range(40))
    parts = "".join(f'<h2 id="p{at}">Chapter {at}</h2><p>{_P} {_P}</p>' for at in range(40))
    result = read(f"<title>Sleep</title><body><h1>Sleep</h1><ul>{contents}</ul>{parts}")
    assert result.words.count(_P) == 80


_NOTE = "<p><strong>Note:</strong> mind the gap, an author's note.</p>"


def test_asides_and_footers_in_an_article_are_the_authors() -> None:
    result = read(
        f"<title>Asides</title><nav>menu <a href=/>home</a></nav><main><article><h1>Asides</h1><p>{_P}</p>"
        f"<aside class=note>{_NOTE}</aside><aside><p>A plain aside.</p></aside>"
        "<nav class=toc><ul><li><a href=#a>A</a></li></ul>"
        "</nav><h2 id=a>Part</h2><div class=comment>A remark in a div called comment.</div>"
        "<footer><p>Written in Bergen.</p></footer></article></main>"
    )
    for words in ("mind the gap", "A plain aside.", "A remark in a div", "Written in Bergen."):
        assert words in result.words
    assert result.said("html.chrome") == ["nav (menu home)", "nav.toc (A)"]


def test_chapters_that_are_articles_are_one_text() -> None:
    chapters = "".join(f"<article><h2>Part {number}</h2><p>{_P}</p></article>" for number in (1, 2, 3))
    html = f"<title>Chapters</title><main><h1>Chapters</h1>{chapters}</main>"
    assert how(html) == ("articles", [f"Part {number}{_P}" for number in (1, 2, 3)])
    result = read(html)
    assert result.words.count(_P) == 3
    assert "Chapters" not in result.words, "the title"


@pytest.mark.parametrize(
    "more",
    [
        "<article class=teaser><h3><a href=/x>Next story</a></h3><p>Teaser words</p></article>",
        "<div id=more><article><h3>Read on</h3><p>Other words of another story, more than a few.</p></article></div>",
        "<section><h2>Thoughts</h2><article><p>Nice one, I was there and saw you go.</p></article></section>",
        "<a href=/x><article><h3>Next story</h3><p>Words of a teaser that is a link as a whole.</p></article></a>",
    ],
    ids=["linked heading", "elsewhere", "bare comment", "inside a link"],
)
def test_a_second_article_is_not_the_text(more: str) -> None:
    name, texts = how(f"<title>Story</title><main><article><h1>Story</h1><p>{_P}</p><p>{_P}</p></article>{more}</main>")
    assert (name, len(texts)) == ("article", 1)
    assert texts[0].count(_P) == 2
