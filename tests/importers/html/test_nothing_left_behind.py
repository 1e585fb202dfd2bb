"""Texts that used to come out empty, failed or torn: what is around a text or under its pictures is no reason to lose it."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.html.angle_brackets import keep_text
from converters.importers.html import page
from converters.importers.html.chrome import cut
from converters.importers.html.comments import read as read_comments
from converters.importers.html.figures import galleries
from converters.importers.html.left_out import LeftOut
from converters.importers.html.semantic import to_semantic
from converters.model.notices import Log
from tests.importers.html.reading import read

LINE = "The keeper rows out at dusk and lights the lamp before the fog comes in over the bay, as his father did. "
PROSE = f"<p>{LINE * 2}</p>"
MENU = "<nav>" + " ".join(f'<a href="/p{number}">Page {number} of it</a>' for number in range(30)) + "</nav>"


def test_a_thread_for_readers_without_scripts_is_the_text() -> None:
    """Discourse and Flarum draw the page by a script, and send its words in `noscript`."""
    found = read(f"<body><div id=app>Loading</div><noscript><div role=main>{PROSE * 3}</div></noscript></body>")
    assert found.words.count("keeper") == 6


def test_a_twin_in_noscript_is_no_text() -> None:
    found = read(f"<body>{PROSE * 3}<noscript><p>Please turn on scripts. {LINE}</p></noscript></body>")
    assert found.words.count("keeper") == 6


def test_a_mark_on_an_inline_element_is_a_mark() -> None:
    found = read(f"<body>{MENU}<div>Beside<br><span id=story>{LINE}<b>now</b></span></div></body>", selector="#story")
    assert found.words == f"{LINE}now"


def test_a_mark_in_what_no_reader_sees_is_none() -> None:
    found = read(f"<body>{PROSE * 3}<noscript><article><p>Twelve words that stand in here.</article></noscript></body>")
    assert found.words.count("keeper") == 6


def cut_out(html: str) -> str:
    root = tree.parse(html)
    cut(root, LeftOut(Log("1")))
    return tree.inner_html(root)


def test_a_form_around_a_whole_page_is_unwrapped() -> None:
    """ASP.NET puts every page into one form, forums their threads."""
    assert cut_out(f"<form><p>{LINE * 4}</p><input name=a><select><option>x</option></select></form>").count(LINE) == 4


def test_a_form_to_fill_in_goes() -> None:
    row = "<p><label>Your name</label> so that we know who you are and can write back <input name=a></p>"
    assert "name" not in cut_out(f"<p>Text</p><form>{row * 12}</form>")


NOTES = (
    '<div class="footnotes"><ol><li id="fn1"><a href="https://a.example/x">A book</a></li><li id="fn2">There.</li></ol>'
    "</div>",
    '<div class="refs"><p id="fn1"><a href="https://a.example/x">A book</a></p><p id="fn2">There.</p></div>',
    '<ul><li><a name="fn1"></a><a href="https://a.example/x">A book</a></li><li><a name="fn2">2</a> There.</li></ul>',
)


@pytest.mark.parametrize("notes", NOTES)
@pytest.mark.parametrize("where", ["inside", "behind"])
def test_notes_stay_where_their_marks_do(notes: str, where: str) -> None:
    """Of links alone, as sources are, and behind the article, as some themes put them."""
    marks = '<p>Oil is dear<sup><a href="#fn1">1</a></sup> and light<sup><a href="#fn2">2</a></sup> is not.</p>'
    text = f"<h1>Lamps</h1>{PROSE * 4}{marks}{PROSE}"
    body = f"<article>{text}{notes}</article>" if where == "inside" else f"<article>{text}</article>{notes}"
    found = read(f"<title>Lamps</title><body>{MENU}{body}<div>{MENU}</div></body>")
    assert 'href="https://a.example/x"' in found.html
    assert "There." in found.words
    assert "Page 7" not in found.words


def test_links_from_a_text_to_a_menu_keep_no_menu() -> None:
    found = read(
        f'<body>{MENU}<article><h1>A</h1>{PROSE * 4}<p><a href="#m">To the menu</a></p></article><div id=m>{MENU}'
    )
    assert "Page 7" not in found.words


def gallery(html: str) -> str:
    root = tree.parse(html)
    galleries(root)
    return tree.inner_html(root)


def test_mediawiki_galleries_keep_their_captions() -> None:
    """Each in a box of its own beside the box of the picture, and one for all."""
    item = (
        '<li class="gallerybox"><div><div class="thumb"><div><a href="/f{0}"><img src="{0}.jpg"></a></div></div>'
        '<div class="gallerytext"><p>The <i>quay</i> {0}</p></div></div></li>'
    )
    made = gallery(f'<ul class="gallery"><li class="gallerycaption">Quays</li>{item.format(1)}{item.format(2)}</ul>')
    assert '<img src="2.jpg"/></a><figcaption>The <i>quay</i> 2</figcaption></figure>' in made
    assert "Quays</figcaption></figure>" in made


def test_a_caption_beside_its_picture_in_one_box_stays() -> None:
    made = gallery('<div class="gallery"><div><img src="1.jpg"> One</div><div><img src="2.jpg"><b>Two</b></div></div>')
    assert "<figcaption> One</figcaption>" in made
    assert "<figcaption><b>Two</b></figcaption>" in made
    assert made.count("<img") == 2


def test_words_between_the_pictures_of_a_gallery_stay() -> None:
    img = '<div><img src="1.jpg"></div>'
    made = gallery(f'<div class="gallery">{img}<p>Between</p>{img}<p>Behind</p></div>')
    assert "Between" in made
    assert "Behind" in made


def test_docutils_headings_lead_nowhere() -> None:
    """They link back to a table of contents, which is cut out."""
    root = tree.parse('<h2><a class="toc-backref" href="#id1">Oil</a></h2>')
    to_semantic(root, Log("1"))
    assert tree.inner_html(root) == "<h2>Oil</h2>"


def test_linked_headings_are_kept() -> None:
    part = f'<h2><a class="toc-backref" href="#id1">Oil and light</a></h2>{PROSE * 2}'
    found = read(f"<title>Lamps</title><body>{MENU}<div><h1>Lamps</h1>{part * 3}</div></body>")
    assert found.words.count("Oil and light") == 3


def test_authors_of_comments_of_a_plug_in() -> None:
    """Epoch puts its name before the classes of WordPress."""
    item = (
        '<div id="comment-{0}"><article class="epoch-comment-body"><footer class="epoch-comment-meta">'
        '<div class="epoch-comment-author"><a href="https://a.example/">Ana {0}</a></div></footer>'
        '<div class="epoch-comment-content"><p>Yes {0}</p></div></article></div>'
    )
    parsed = page.parse(f'<div class="comments-area">{item.format(1)}{item.format(2)}</div>'.encode(), "a", Log("1"))
    box = parsed.one(".comments-area")
    assert box is not None
    found = [(comment.author, comment.body) for comment in read_comments(box, None)]
    assert found == [("Ana 1", "<p>Yes 1</p>"), ("Ana 2", "<p>Yes 2</p>")]


TAGS = (
    '<time pubdate datetime="2025-12-18">December 18</time>',
    '<section nonsense foo="x">a</section>',
    "<time pubdate>December 18</time>",
)


@pytest.mark.parametrize("html", TAGS)
def test_tags_with_attributes_of_drafts_of_html_are_tags(html: str) -> None:
    """Twenty Eleven writes `pubdate`, which HTML has no more."""
    assert keep_text(html, written_by_programs=True) == html


def test_a_sign_before_words_is_a_sign() -> None:
    assert "&lt;b and" in keep_text("<p>if a <b and c> d</p>", written_by_programs=True)
