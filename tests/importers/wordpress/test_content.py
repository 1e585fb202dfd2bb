"""WordPress's dialect of HTML: each construct in the forms seen in the wild."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from converters.html import tree
from converters.importers.wordpress.content import Context, to_tree
from converters.importers.wordpress.content.autop import autop
from converters.importers.wordpress.content.shortcodes import Expander, Shortcode, parse_attributes
from converters.model import Asset, Entry, Place, Site
from converters.model.notices import Log
from converters.plugin import SourceFile
from tests.hostile.cases import case

BOAT = Asset(
    "1", "https://old.example/wp-content/uploads/a.jpg", "a.jpg", alt="A boat", caption="The <em>boat</em>", parent="9"
)
QUAY = Asset(
    "2", "https://old.example/wp-content/uploads/b.jpg", "b.jpg", title="Quay", width=30, height=20, parent="9"
)
SONG = Asset("3", "https://old.example/wp-content/uploads/c.mp3", "c.mp3", title="Song", parent="9")


class Lookup:
    """A site of three files."""

    site = Site()
    sources: Sequence[SourceFile] = ()

    def asset(self, id: str) -> Asset | None:
        return {"1": BOAT, "2": QUAY, "3": SONG}.get(id)

    def fragments(self, url: str) -> Sequence[str]:
        return []

    def related(self, name: str) -> Sequence[str]:
        return []

    def assets_of(self, id: str) -> Sequence[Asset]:
        return [BOAT, QUAY, SONG] if id == "9" else []

    def asset_at(self, path: str) -> Asset | None:
        return None

    def entry(self, id: str) -> Entry | None:
        return None

    def entries(self) -> Iterator[Entry]:
        return iter(())

    def meant(self, id: str, kind: str) -> str:
        return id

    def has_children(self, id: str, kind: str) -> bool:
        return False

    def translations(self, id: str) -> dict[str, str]:
        return {}

    def place(self, id: str) -> Place | None:
        return None

    def address(self, path: str) -> str | None:
        return None


BLOCKS = {"5": "<!-- wp:paragraph --><p>Shared.</p><!-- /wp:paragraph -->", "6": '<!-- wp:block {"ref":6} /-->'}


def convert(text: str, *, footnotes: str = "") -> tuple[str, list[str]]:
    log = Log("9")
    root = to_tree(text, Context("9", Lookup(), log, BLOCKS.get, footnotes=footnotes))
    return tree.inner_html(root).strip(), [f"{notice.code} {notice.what}".strip() for notice in log.notices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb\n\nc", "<p>a<br />\nb</p>\n<p>c</p>\n"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul>\n<li>a</li>\n</ul>\n"),
        ("<h2>h</h2>\ntext", "<h2>h</h2>\n<p>text</p>\n"),
        ("<blockquote>a\n\nb</blockquote>", "<blockquote><p>a</p>\n<p>b</p></blockquote>\n"),
        ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>\n"),
        ("<div>a</div>", "<div>a</div>\n"),
        ("a<br />\nb", "<p>a<br />\nb</p>\n"),
        ("<p>a\nb</p>", "<p>a<br />\nb</p>\n"),
        ("a\n<!--more-->\nb", "<p>a<br />\n<!--more--><br />\nb</p>\n"),
        ('<a\nhref="x">a</a>', '<p><a\nhref="x">a</a></p>\n'),
        ("", ""),
        ("  \n ", ""),
    ],
)
def test_paragraphs_of_the_classic_editor(text: str, expected: str) -> None:
    assert autop(text) == expected


@pytest.mark.parametrize(
    ("text", "named", "positional"),
    [
        ("a=\"1\" b='2' c=3 d", {"a": "1", "b": "2", "c": "3"}, ("d",)),
        ('Caption="It\'s"', {"caption": "It's"}, ()),
        (" https://x.example/?a=b ", {}, ("https://x.example/?a=b",)),
        ('"quoted words" x', {}, ("quoted words", "x")),
        ("", {}, ()),
    ],
)
def test_attributes(text: str, named: dict[str, str], positional: tuple[str, ...]) -> None:
    assert parse_attributes(text) == (named, positional)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x]", "<x:>"),
        ("[x /] [x]in[/x]", "<x:> <x:in>"),
        ("[[x]] [y] a[0]", "[x] [y] a[0]"),
        ("[x]one[/x] [x]two[/x]", "<x:one> <x:two>"),
        ("[x][x]a[/x]", "<x:[x]a>"),
        ("[xy]", "[xy]"),
        ('[x a="]"]', '<x:>"]'),
    ],
)
def test_shortcode_grammar(text: str, expected: str) -> None:
    def handler(code: Shortcode, context: Context) -> str:
        return f"<{code.name}:{code.inside or ''}>"

    context = Context("9", Lookup(), Log(), BLOCKS.get)
    assert Expander({"x": handler}).expand(text, context) == expected


def test_unknown_shortcodes_stay_and_are_named() -> None:
    html, notices = convert("[harbour-form id=1] [[gallery]] [note] a[0] [hbox]in[/hbox] [hbox]again[/hbox]")
    assert html == "<p>[harbour-form id=1] [gallery] [note] a[0] [hbox]in[/hbox] [hbox]again[/hbox]</p>"
    assert notices == ["shortcode.unknown harbour-form", "shortcode.unknown hbox"]


def test_a_gallery_of_all_attached_pictures() -> None:
    html, _ = convert("[gallery]")
    assert html.count("<img") == 2
    html, notices = convert('[gallery ids="1,77"]')
    assert html.count("<img") == 1
    assert notices == ["gallery.missing 77"]


@case("xml-block-cycle", "a reusable block that contains itself", "cut, and noted")
def test_a_block_inside_itself() -> None:
    assert convert('<!-- wp:block {"ref":6} /-->') == ("", ["block.reusable-cycle 6"])


def test_embed_and_gallery_blocks() -> None:
    html, _ = convert(
        '<!-- wp:embed {"url":"https://youtu.be/abcdefghijk"} --><figure class="wp-block-embed is-provider-youtube"><div>\n'
        "https://youtu.be/abcdefghijk\n</div><figcaption>A song</figcaption></figure><!-- /wp:embed -->"
    )
    assert html.startswith('<figure class="embed" data-provider="youtube"')
    assert "<figcaption>A song</figcaption>" in html
    new, _ = convert(
        '<!-- wp:gallery --><figure class="wp-block-gallery has-nested-images columns-2"><!-- wp:image --><figure '
        'class="wp-block-image"><img src="a.jpg"/><figcaption>x</figcaption></figure><!-- /wp:image -->'
        "<figcaption>All</figcaption></figure><!-- /wp:gallery -->"
    )
    assert new == (
        '<figure class="gallery" data-columns="2"><figure><img src="a.jpg" alt=""/><figcaption>x</figcaption></figure>'
        "<figcaption>All</figcaption></figure>"
    )


def test_a_gallery_block_with_a_picture_that_has_no_figure() -> None:
    html, _ = convert(
        '<!-- wp:gallery --><figure class="wp-block-gallery"><img src="a.jpg"></figure><!-- /wp:gallery -->'
    )
    assert html == '<figure class="gallery" data-columns="3"><figure><img src="a.jpg" alt=""/></figure></figure>'


def test_footnotes() -> None:
    text = '<!-- wp:paragraph --><p>a<sup data-fn="i"><a href="#i" id="i-link">1</a></sup></p><!-- /wp:paragraph --><!-- wp:footnotes /-->'
    html, notices = convert(text, footnotes='[{"id":"i","content":"The <em>note</em>"}]')
    assert '<ol><li id="i">The <em>note</em> <a href="#i-link">' in html
    assert notices == []
    assert convert(text)[1] == ["block.empty footnotes"]


def test_a_hundred_thousand_brackets_take_no_time_to_speak_of() -> None:
    html, _ = convert("[" * 100_000 + "[gallery" * 20_000)
    assert html.count("[") == 120_000


@pytest.mark.parametrize("text", ["a\n\n<!--nextpage-->\n\nb", "a\n\n<!-- nextpage -->\n\nb"])
def test_page_breaks_go(text: str) -> None:
    assert convert(text)[0] == "<p>a</p>\n<p>b</p>"


def test_many_backgrounds_take_no_time() -> None:
    """Linear in what strangers write."""
    assert convert('<p style="' + "url(" * 100_000 + '">W</p>')[0] == "<p>W</p>"
    assert convert('<p style="' + "a:url('(" * 100_000 + '">W</p>')[0] == "<p>W</p>"
    assert convert('<p style="' + "url(#a)" * 100_000 + '">W</p>')[0] == "<p>W</p>"
