"""Page builders and themes: layout goes, words, headings, pictures, links and players stay."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from converters.importers.wordpress.content.builders import HANDLERS
from tests.importers.wordpress.test_content import convert
from tests.limits import budget

A = "https://old.example/wp-content/uploads/a.jpg"
RAW = base64.b64encode(quote("<p>Raw</p>").encode()).decode()
FRAME = "#E-8_" + base64.b64encode(quote('<iframe src="https://maps.example/"></iframe>').encode()).decode()


def flat(html: str) -> str:
    """Without the lines and boxes that layout leaves."""
    return "".join(html.replace("<div>", "").replace("</div>", "").splitlines())


WPBAKERY = [
    ("[vc_row][vc_column][vc_column_text]a <em>b</em>[/vc_column_text][/vc_column][/vc_row]", "a <em>b</em>"),
    ('[vc_custom_heading text="A ``q`` `{`x`}`" font_container="tag:h3|a:b"]', '<h3>A "q" [x]</h3>'),
    ('[vc_single_image image="1"]', f'<img src="{A}" alt="A boat"/>'),
    (
        '[vc_single_image image="1" caption="c"]',
        f'<figure><img src="{A}" alt="A boat"/><figcaption>c</figcaption></figure>',
    ),
    (
        '[vc_single_image source="external_link" custom_src="https://x.example/a.jpg"]',
        '<img src="https://x.example/a.jpg" alt=""/>',
    ),
    (
        '[vc_btn title="Go" link="url:https%3A%2F%2Fgo.example%2Fx|title:T|target:_blank"]',
        '<a href="https://go.example/x">Go</a>',
    ),
    (
        '[vc_cta h2="Head" btn_title="Go" btn_link="url:https%3A%2F%2Fgo.example|"]<p>In</p>[/vc_cta]',
        '<h4>Head</h4><p>In</p><p><a href="https://go.example">Go</a></p>',
    ),
    (f"[vc_raw_html]{RAW}[/vc_raw_html]", "<p>Raw</p>"),
    ("[vc_raw_html]no <b>code</b>[/vc_raw_html]", "no <b>code</b>"),
    (f'[vc_gmaps link="{FRAME}"]', '<iframe src="https://maps.example/"></iframe>'),
    ('[vc_progress_bar values="90|Dev,80|Design" units="%"]', "<p>Dev 90%</p><p>Design 80%</p>"),
    (
        '[vc_progress_bar values="%5B%7B%22label%22%3A%22Dev%22%2C%22value%22%3A%2290%22%7D%5D"]',
        "<p>Dev 90</p>",
    ),
    ('[vc_toggle title="Q?"]A.[/vc_toggle]', "<h3>Q?</h3>A."),
    ('[vc_tta_section title="Q?" tab_id="1"]A.[/vc_tta_section]', "<h3>Q?</h3>A."),
    ("[vc_separator]", "<hr/>"),
    ('[vc_text_separator title="Sep"]', "<h4>Sep</h4>"),
    ('[vc_empty_space height="32px"]', ""),
]
DIVI = [
    (
        "[et_pb_section][et_pb_row][et_pb_column][et_pb_text]a[/et_pb_text][/et_pb_column][/et_pb_row][/et_pb_section]",
        "a",
    ),
    (
        '[et_pb_image src="https://x.example/a.jpg" alt="A" url="https://l.example"][/et_pb_image]',
        '<a href="https://l.example"><img src="https://x.example/a.jpg" alt="A"/></a>',
    ),
    (
        '[et_pb_blurb title="T" url="https://b.example" image="https://x.example/a.jpg" alt="A"]<p>x</p>[/et_pb_blurb]',
        '<img src="https://x.example/a.jpg" alt="A"/><h4><a href="https://b.example">T</a></h4><p>x</p>',
    ),
    (
        '[et_pb_button button_url="https://b.example" button_text="Push %22it%22"][/et_pb_button]',
        '<a href="https://b.example">Push "it"</a>',
    ),
    (
        '[et_pb_testimonial author="Ann" job_title="Captain" company_name="Co"]<p>said</p>[/et_pb_testimonial]',
        "<blockquote><p>said</p><cite>Ann, Captain, Co</cite></blockquote>",
    ),
    ('[et_pb_toggle title="T"]<p>x</p>[/et_pb_toggle]', "<h3>T</h3><p>x</p>"),
    ("[et_pb_code]<p>x</p>[/et_pb_code]", "<p>x</p>"),
    ('[et_pb_counters][et_pb_counter percent="80"]Label[/et_pb_counter][/et_pb_counters]', "<p>Label 80%</p>"),
    ('[et_pb_divider show_divider="off"][/et_pb_divider]', ""),
    (
        '[et_pb_fullwidth_header title="Big" subhead="Sub" button_one_text="1" button_one_url="https://1.example"]',
        "<h4>Big</h4><p>Sub</p>",
    ),
    (
        '[et_pb_audio audio="https://x.example/a.mp3" title="Song"][/et_pb_audio]',
        '<h3>Song</h3><figure><audio controls="" src="https://x.example/a.mp3"></audio></figure>',
    ),
    (
        '[et_pb_map][et_pb_map_pin title="Here" pin_address="Quay 2"][/et_pb_map_pin][/et_pb_map]',
        '<h4>Here</h4><p><a href="https://www.google.com/maps/search/?api=1&amp;query=Quay+2">Quay 2</a></p>',
    ),
    (
        '[et_pb_social_media_follow_network social_network="x" url="https://f.example"]x[/et_pb_social_media_follow_network]',
        '<a href="https://f.example">x</a>',
    ),
]
AVADA = [
    ("[fusion_builder_container][fusion_text]<p>t</p>[/fusion_text][/fusion_builder_container]", "<p>t</p>"),
    ('[fusion_title size="2"]T[/fusion_title]', "<h2>T</h2>"),
    (
        '[fusion_imageframe image_id="1|full" alt="x"]https://x.example/i.jpg[/fusion_imageframe]',
        f'<img src="{A}" alt="x"/>',
    ),
    (
        "[fusion_imageframe]https://x.example/i.jpg[/fusion_imageframe]",
        '<img src="https://x.example/i.jpg" alt=""/>',
    ),
    ("[fusion_code]PGI+eDwvYj4=[/fusion_code]", "<b>x</b>"),
    (
        "[fusion_checklist][fusion_li_item]one[/fusion_li_item][fusion_li_item]two[/fusion_li_item][/fusion_checklist]",
        "<ul><li>one</li><li>two</li></ul>",
    ),
    ('[fusion_accordion][fusion_toggle title="T"]i[/fusion_toggle][/fusion_accordion]', "<h3>T</h3>i"),
    ('[fusion_button link="https://b.example"]Go[/fusion_button]', '<a href="https://b.example">Go</a>'),
]
OTHERS = [
    ("[av_heading heading='H' tag='h3']sub[/av_heading]", "<h3>H</h3><p>sub</p>", "Enfold"),
    ("[av_button label='L' link='manually,https://b.example']", '<a href="https://b.example">L</a>', "Enfold"),
    ("[av_toggle title='T']x[/av_toggle]", "<h3>T</h3>x", "Enfold"),
    ('[x_custom_headline level="h2"]Head[/x_custom_headline]', "<h2>Head</h2>", "Cornerstone"),
    ('[x_blockquote cite="C"]q[/x_blockquote]', "<blockquote><p>q</p><cite>C</cite></blockquote>", "Cornerstone"),
    (
        '[cs_content][cs_element_text _id="2"][/cs_content][cs_content_seo]The text[/cs_content_seo]',
        "The text",
        "Cornerstone",
    ),
    ('[ux_image id="1"]', f'<img src="{A}" alt="A boat"/>', "UX Builder"),
    ('[nectar_btn text="N" url="https://n.example"]', '<a href="https://n.example">N</a>', "Salient"),
    ("[mk_fancy_title]T[/mk_fancy_title]", "<h2>T</h2>", "Jupiter"),
]
CASES = [
    *((text, html, "WPBakery") for text, html in WPBAKERY),
    *((text, html, "Divi") for text, html in DIVI),
    *((text, html, "Avada") for text, html in AVADA),
    *OTHERS,
]


@pytest.mark.parametrize(("text", "expected", "builder"), CASES)
def test_builders(text: str, expected: str, builder: str) -> None:
    html, notices = convert(text)
    assert flat(html) in (expected, f"<p>{expected}</p>")
    assert notices == [f"builder.found {builder}"]


@pytest.mark.parametrize(
    ("text", "words", "notices"),
    [
        ("[vc_thing a='1']kept[/vc_thing]", "kept", ["shortcode.unwrapped vc_thing"]),
        ("[vc_thing title='Said']", "Said", ["shortcode.unwrapped vc_thing"]),
        ("[vc_thing]", "", ["shortcode.left-out vc_thing"]),
        ("[vc_basic_grid post_type='post']", "", ["shortcode.left-out vc_basic_grid"]),
        ("[vc_single_image image='77']", "", ["media.missing 77"]),
    ],
)
def test_what_is_unknown_or_lost_is_named(text: str, words: str, notices: list[str]) -> None:
    html, found = convert(text)
    assert words in html
    assert "[" not in html
    assert [one for one in found if not one.startswith("builder.found")] == notices


def test_a_builders_form_is_named() -> None:
    _, notices = convert("[et_pb_contact_form title='F'][/et_pb_contact_form]")
    assert "shortcode.form et_pb_contact_form F" in notices


def test_a_builder_is_named_once() -> None:
    assert convert("[vc_row]a[/vc_row][vc_row]b[/vc_row]")[1] == ["builder.found WPBakery"]


def test_words_inside_a_shortcode_live_on() -> None:
    """Whatever the builder: what stands between opening and end is kept, or something says that it is not."""
    silent = []
    for name in sorted(name for name in HANDLERS if not name.endswith("*")):
        html, notices = convert(f"[{name} a='1']The words[/{name}]")
        if "The words" not in html and not [one for one in notices if not one.startswith("builder.found")]:
            silent.append(name)
    assert silent == []


@pytest.mark.parametrize(
    "unit", ["[vc_row]", "[su_note]<p> </p>", "[vc_btn title='", "[vc_row][/vc_row]", "[x_", "[note]"]
)
def test_hostile_lengths(unit: str) -> None:
    with budget():
        assert convert(unit * 5_000 + "]")


def test_too_many_shortcodes_inside_each_other_end_in_text() -> None:
    names = [f"vc_{number}" for number in range(300)]
    text = "".join(f"[{name}]" for name in names) + "deep" + "".join(f"[/{name}]" for name in reversed(names))
    assert "deep" in convert(text)[0]
