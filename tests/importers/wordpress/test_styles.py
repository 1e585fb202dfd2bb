"""What a style means stays, what was hidden stays hidden, and what editors leave behind goes: on the way to both sites.

The forms in which each is written are in `goldens/wordpress/styles.txt`.
"""

from __future__ import annotations

from copy import deepcopy

import pytest

from converters.exporters.hugo.exporter import HugoExporter
from converters.exporters.jekyll.exporter import JekyllExporter
from converters.html import tree
from converters.html.generated_ids import is_generated
from converters.html.sanitize import sanitize
from converters.importers.wordpress.content import Context, to_tree
from converters.importers.wordpress.content.typography import texturize
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.passes.anchors import assign_anchor_ids
from converters.passes.layout import strip_layout
from tests.importers.wordpress.test_content import Lookup
from tests.limits import budget

HUGO, JEKYLL = HugoExporter(WriteOptions()), JekyllExporter(WriteOptions())


def written(text: str) -> tuple[str, str, list[str]]:
    """A post's text as Markdown for Hugo and for Jekyll, and the codes of its notices."""
    log = Log("9")
    root = to_tree(text, Context("9", Lookup(), log, lambda ref: None))
    sanitize(root, log)
    assign_anchor_ids(root)
    strip_layout(root)
    return HUGO.markdown(deepcopy(root), log), JEKYLL.markdown(root, log), [notice.code for notice in log.notices]


def test_align_pullquote_verse() -> None:
    hugo, jekyll, notices = written(
        '<!-- wp:pullquote {"textAlign":"right"} --><figure class="wp-block-pullquote has-text-align-right"><blockquote>'
        "<p>Mind the tide</p><cite>Tom</cite></blockquote></figure><!-- /wp:pullquote -->\n\n"
        '<!-- wp:verse {"textAlign":"center"} --><pre class="wp-block-verse has-text-align-center">ebb\nflow</pre>'
        "<!-- /wp:verse -->"
    )
    quote = "> Mind the tide\n>\n> <cite>Tom</cite>\n\n</div>\n\n"
    verse = '<pre class="verse" style="text-align: center">\nebb\nflow</pre>\n'
    assert hugo == f'<div style="text-align: right">\n\n{quote}{verse}'
    assert jekyll == f'<div style="text-align: right" markdown="1">\n\n{quote}{verse}'
    assert not notices


def test_block_file_cover_table() -> None:
    hugo, jekyll, _ = written(
        '<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td class="has-text-align-right" '
        'data-align="right">9</td><td>Tea</td></tr></tbody></table><figcaption>Prices</figcaption></figure>'
        '<!-- /wp:table --><!-- wp:file --><div class="wp-block-file"><a id="wp-block-file--media-7d67" href="/a.pdf">'
        'Tides</a><a href="/a.pdf" class="wp-block-file__button" download aria-describedby="wp-block-file--media-7d67">'
        'Save</a></div><!-- /wp:file --><!-- wp:cover --><div class="wp-block-cover aligncenter"><span aria-hidden="true" '
        'class="wp-block-cover__background"></span><img class="wp-block-cover__image-background" alt="" src="/q.jpg" '
        'data-object-fit="cover"/><div class="wp-block-cover__inner-container"><p class="has-text-align-center">Ahoy</p>'
        "</div></div><!-- /wp:cover -->"
    )
    table = (
        '<figure><table>\n<tbody>\n<tr>\n<td style="text-align: right">9</td>\n<td>Tea</td>\n</tr>\n</tbody>\n</table>'
    )
    assert hugo == (
        f"{table}<figcaption>Prices</figcaption></figure>\n\n"
        '[Tides](/a.pdf)<a href="/a.pdf" download="" style="margin-left: 1em">Save</a>\n\n'
        '![](/q.jpg)\n\n<div style="text-align: center">\n\nAhoy\n\n</div>\n'
    )
    assert jekyll == hugo.replace('center">', 'center" markdown="1">')


def test_a_table_with_a_head_is_markdown() -> None:
    hugo, _, _ = written(
        '<figure class="wp-block-table"><table><thead><tr><th class="has-text-align-right" data-align="right">a</th></tr>'
        '</thead><tbody><tr><td class="has-text-align-right" data-align="right">1</td></tr></tbody></table></figure>'
    )
    assert hugo == "| a |\n| --: |\n| 1 |\n"


def test_span_styles() -> None:
    hugo, jekyll, notices = written(
        '<p>Tea: <span style="text-decoration: line-through;">9</span> 8. <span style="text-decoration: underline;">Now'
        '</span>, <span style="font-weight: bold;">hot</span>, <span style="font-style: italic;">strong</span>, '
        '10<span style="vertical-align: super;">3</span> <span style="color:red">cups</span>.</p>'
        '<ol style="list-style-type: upper-roman;"><li>one</li></ol>'
    )
    assert hugo == (
        'Tea: ~~9~~ 8. <u>Now</u>, **hot**, *strong*, 10<sup>3</sup> cups.\n\n<ol type="I">\n<li>one</li>\n</ol>\n'
    )
    assert jekyll == hugo
    assert notices == ["html.look"]


def test_hidden_made_visible() -> None:
    hugo, jekyll, notices = written(
        'Seen.\n<div id="_mcePaste" style="position: absolute; left: -10000px; width: 1px;"><h1>Paste</h1>bin</div>\n\n'
        '<div style="display:none">Not</div>\n\n<span style="display: none;">nor</span> End. <b hidden>x</b>'
    )
    assert hugo == jekyll == "Seen.\n\nEnd.\n"
    assert notices == ["html.hidden"] * 4


def test_a_paste_bin_that_was_seen_is_text() -> None:
    assert written('<div id="_mcePaste">Seen.</div>') == ("Seen.\n", "Seen.\n", [])


def test_accordion_button() -> None:
    hugo, jekyll, notices = written(
        '<!-- wp:accordion --><div role="group" class="wp-block-accordion"><!-- wp:accordion-item --><div '
        'class="wp-block-accordion-item"><!-- wp:accordion-heading --><h3 class="wp-block-accordion-heading"><button '
        'type="button"><span class="wp-block-accordion-heading__toggle-title">When?</span><span '
        'class="wp-block-accordion-heading__toggle-icon" aria-hidden="true">+</span></button></h3>'
        '<!-- /wp:accordion-heading --><div role="region"><p>Now.</p></div></div><!-- /wp:accordion-item --></div>'
        '<!-- /wp:accordion --><!-- wp:kadence/pane --><div class="kt-accordion-pane"><div class="kt-accordion-header-wrap">'
        '<button class="kt-blocks-accordion-header" type="button"><span class="kt-blocks-accordion-title">Where?</span>'
        '<span class="kt-blocks-accordion-icon-trigger"></span></button></div><div class="kt-accordion-panel"><p>Here.</p>'
        "</div></div><!-- /wp:kadence/pane -->"
    )
    assert hugo == jekyll == "### When?\n\nNow.\n\n### Where?\n\nHere.\n"
    assert not notices


def test_dash_line() -> None:
    hugo, jekyll, _ = written("Above\n\n---\n\nBelow\n\n-----\n\nSigned:\n--\nAnn\n--- the last")
    assert hugo == "Above\n\n\u2014\n\nBelow\n\n\u2014\u2013\n\nSigned:\\\n\u2014\\\nAnn\\\n\u2014 the last\n"
    assert jekyll == hugo.replace("\\\n", "  \n")


def test_builder_leftovers() -> None:
    hugo, jekyll, notices = written(
        '<!--vcv no format--><div class="vce-row-container"><div id="el-0a0b0c0d" class="vce-row" '
        'data-vce-do-apply="all el-0a0b0c0d"><div class="vce-col"><p>Words<code></code> and <a href="#"></a> more.</p>'
        '</div></div></div><div id="kt-layout-id_0a0b0c-17"><figure class="wp-block-image"><img src="/a.jpg" alt="" '
        'width="9" height="6" data-full-image="/a.jpg" data-light-image="/a.jpg"/></figure></div>'
    )
    assert hugo == "Words and more.\n\n![](/a.jpg)\n"
    assert jekyll == 'Words and more.\n\n![](/a.jpg){: width="9" height="6"}\n'
    assert notices == ["builder.found"]


def test_an_id_that_a_link_leads_to_stays() -> None:
    hugo, _, _ = written('<a href="#el-0a0b0c0d">Down</a><div id="el-0a0b0c0d"><p>Words.</p></div>')
    assert 'id="el-0a0b0c0d"' in hugo


@pytest.mark.parametrize(
    "id", "el-0a0b0c0d kt-layout-id_0a0b0c-17 _mcePaste block-1f0c9a7e-1b2c yui_3_17_2_1_14".split()
)
def test_ids_of_programs(id: str) -> None:
    assert is_generated(id)


@pytest.mark.parametrize(
    "id", "winter prices row-of-houses section-two id-cards block-party item-list a1 h-fares".split()
)
def test_ids_of_authors(id: str) -> None:
    assert not is_generated(id)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://x.example/a--b a--b", "https://x.example/a--b a\u2013b"),
        ("<code>a -- b</code> <kbd>--x</kbd>", "<code>a -- b</code> <kbd>--x</kbd>"),
        ("[form id='5' a--b]", "[form id='5' a--b]"),
        ("xn--abc", "xn--abc"),
    ],
)
def test_code_and_urls_keep_their_signs(text: str, shown: str) -> None:
    root = tree.parse(text)
    texturize(root)
    assert tree.inner_html(root) == shown


@pytest.mark.parametrize(
    "text",
    [
        '<b><span style="font-weight:normal">a</span>b' * 500,
        '<div style="font-weight:bold">' * 60 + "<p>a</p>" * 300,
        '<p><span style="display:none">a</span>b</p>' * 1000,
        '<button class="accordion">a</button>' * 1000,
        '<ul role="tablist">' + "<li role=tab>a</li>" * 800 + "</ul>" + "<div role=tabpanel>b</div>" * 800,
        '<table align="right"><tr align="right"><td>' * 60 + "a",
        "<i>" * 3000 + "<span></span>" * 3000,
        '<div class="tab-list kt-tabs-title-list">' * 60 + "<p>a</p>" * 300,
        "-" * 5_000 + "``" * 5_000 + "9'" * 5_000 + "1x" * 5_000,
        "[a " * 5_000,
    ],
)
def test_hostile_text_takes_no_time(text: str) -> None:
    with budget(seconds=5):
        written(text)
