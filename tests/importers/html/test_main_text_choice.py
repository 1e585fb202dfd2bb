"""From scores to the text: what stays, what is cut, and that every piece that is cut is named."""

from __future__ import annotations

import turbohtml

from converters.importers.html.main_text.blocks import Blocks, cut_up
from converters.importers.html.main_text.choose import Choice, Mark, choose, densest, foreign
from converters.importers.html.shared_blocks import digest_of_text
from tests.importers.html.reading import read

_LONG = "The river rose in the night and took the lower path, and nobody saw it go but the keeper of the weir."


def page_of(html: str) -> Blocks:
    body = turbohtml.parse(html, positions=False).select_one("body")
    assert body is not None
    return cut_up(body)


def texts(page: Blocks, choice: Choice) -> list[str]:
    return [block.text for block, stays in zip(page.blocks, choice.kept, strict=True) if stays]


def marked(page: Blocks, tag: str, *, exact: bool = False, whole: bool = False) -> Mark:
    return Mark([box.element for box in page.boxes if box.tag == tag], exact, whole)


_MANY = "".join(f"<div>{number}</div>" for number in range(20))


def test_a_mark_is_believed_more_than_what_stands_beside_it() -> None:
    page = page_of(f"<article><p>in</p></article><p>beside</p>{_MANY}")
    scores = [0.65, 0.65, *[0.0] * 20]
    assert texts(page, choose(page, scores, marked(page, "article"))) == ["in"]
    assert texts(page, choose(page, [0.35, 0.6, *[0.0] * 20], marked(page, "article", exact=True))) == ["in"]


def test_a_mark_is_no_law() -> None:
    page = page_of(f"<article><p>a teaser</p></article><p>the text</p>{_MANY}")
    assert texts(page, choose(page, [0.1, 0.9, *[0.0] * 20], marked(page, "article"))) == ["the text"]


def test_nothing_is_judged_in_what_a_person_named() -> None:
    page = page_of(f"<article><p>a</p><p>b</p></article>{_MANY}")
    assert texts(page, choose(page, [0.0] * 22, marked(page, "article", whole=True))) == ["a", "b"]


def test_something_stays_where_nothing_is_sure() -> None:
    page = page_of("<p>a</p><p>b</p><p>c</p>")
    assert texts(page, choose(page, [0.1, 0.3, 0.29], None)) == ["b", "c"]


def test_code_and_lists_of_definitions_stay_as_one() -> None:
    page = page_of(f"<pre>a<div>b</div>c</pre><dl><dt>d<dd>e</dl>{_MANY}")
    kept = texts(page, choose(page, [0.9, 0.1, 0.2, 0.1, 0.8, *[0.0] * 20], None))
    assert kept == ["a", "b", "c", "d", "e"]


def test_a_heading_stays_with_what_it_heads() -> None:
    page = page_of(f"<article><h2>Head</h2><p>words</p></article>{_MANY}")
    assert texts(page, choose(page, [0.1, 0.9, *[0.0] * 20], marked(page, "article"))) == ["Head", "words"]


def test_what_other_pages_have_too_is_no_text_beside_the_mark() -> None:
    page = page_of(f"<article><p>own words</p></article><p>a motto that every page has</p>{_MANY}")
    scores = [0.2, 0.9, *[0.0] * 20]
    choice = choose(page, scores, marked(page, "article"), {digest_of_text("a motto that every page has")})
    assert texts(page, choice) == ["own words"], "in a mark, what is not shared is of the page"


def test_a_picture_stays_where_most_words_around_it_do() -> None:
    page = page_of(
        "<div><p>a b c d</p><figure><img><figcaption>cap</figcaption></figure></div><div><img><p>x</p></div>"
    )
    kept = [True, False, False]
    named = [page.boxes[number].tag for number in foreign(page, Choice(kept, 1))]
    assert named == ["div"]
    assert kept == [True, True, False], "with its caption"


def test_the_densest_box() -> None:
    page = page_of("<div><p>a</p></div><div><p>a b c</p><p>d e f</p></div>")
    assert [block.text for block in page.blocks[page.boxes[densest(page)].first :]] == ["a b c", "d e f"]


def test_every_piece_that_is_left_out_is_named() -> None:
    """None of them behind an eighth, none behind a number of characters."""
    asides = "".join(f"<div><p>Aside number {number} says some words of its own.</p></div>" for number in range(150))
    result = read(f"<title>A</title><div id=story><p>{_LONG}</p></div>{asides}", selector="#story")
    assert result.words == _LONG
    said = "\n".join(result.said("html.beside"))
    assert all(f"Aside number {number} says" in said for number in range(150))
    assert len(result.said("html.beside")) == 101, "a notice each, and one for all behind the hundredth"


def test_navigation_is_told_from_prose_by_what_it_says() -> None:
    result = read(
        f"<title>A</title><div class=sidebar><p>I keep the weir, and write of it at night.</p></div>"
        f"<main><p>{_LONG}</p></main>"
        "<div class=prose><a href=/a>All of the older posts here</a> <a href=/b>About</a></div>"
    )
    assert result.words == _LONG
    assert result.said("html.beside") == ["div.sidebar: I keep the weir, and write of it at night."]
    assert result.said("html.chrome") == ["div.prose (All of the older posts here About)"]


def test_facts_that_go_along_anyway_are_not_lost() -> None:
    result = read(
        '<title>Tides</title><meta name=author content="Ida Weir"><main><h1>Tides</h1><p>By Ida Weir on '
        f"<time datetime=2020-05-09>9 May</time></p><p>{_LONG}</p></main>"
    )
    assert result.words == _LONG
    assert not result.said("html.beside")


def test_a_page_that_shows_a_word_gives_it() -> None:
    assert read("<title>A</title><body>One").words == "One"
    assert read("<title>A</title><nav><a href=/>Only a link</a></nav>").words == "Only a link"
    assert read("<title>A</title><body>").said("html.empty") == [""]


def test_links_that_share_the_page_and_lead_on_are_cut_by_where_they_lead() -> None:
    result = read(
        f"<title>A</title><main><p>{_LONG}</p><ul class=x><li><a href='https://twitter.com/intent/tweet?u=1'>Tweet</a></ul>"
        "<p class=y><a rel=prev href=/a>Older</a> <a rel=next href=/b>Newer</a></p>"
        "<p><a href='https://example.org/share-prices'>Prices</a></p></main>"
    )
    assert result.words == f"{_LONG} Prices"
    assert result.said("html.chrome") == ["ul.x (Tweet), p.y (Older Newer)"]


def test_code_in_a_mark_with_text_is_never_cut() -> None:
    page = page_of(f"<article><p>words</p><pre>make all</pre></article><pre>beside</pre>{_MANY}")
    choice = choose(page, [0.9, 0.01, 0.2, *[0.0] * 20], marked(page, "article"))
    assert texts(page, choice) == ["words", "make all"]
