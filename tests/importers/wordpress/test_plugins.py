"""Shortcodes of plug-ins: what each shows, and what is named where nothing can be shown."""

from __future__ import annotations

import pytest

from tests.importers.wordpress.test_content import convert


@pytest.mark.parametrize(
    ("text", "provider", "id"),
    [
        ("[youtube https://www.youtube.com/watch?v=abcdefghijk]", "youtube", "abcdefghijk"),
        ("[youtube=https://www.youtube.com/watch?v=abcdefghijk&w=320&h=240]", "youtube", "abcdefghijk"),
        ("[youtube=https://www.youtube.com/watch?v=abcdefghijk&amp;w=320]", "youtube", "abcdefghijk"),
        ('[youtube id="abcdefghijk"]', "youtube", "abcdefghijk"),
        ("[youtube]abcdefghijk[/youtube]", "youtube", "abcdefghijk"),
        ("[youtube]\nhttps://youtu.be/abcdefghijk\n[/youtube]", "youtube", "abcdefghijk"),
        ("[embedyt] https://www.youtube.com/watch?v=abcdefghijk[/embedyt]", "youtube", "abcdefghijk"),
        ('[youtube_sc url="https://youtu.be/abcdefghijk"]', "youtube", "abcdefghijk"),
        ('[lyte id="abcdefghijk" /]', "youtube", "abcdefghijk"),
        ("[yt]abcdefghijk[/yt]", "youtube", "abcdefghijk"),
        ('[su_youtube url="https://youtu.be/abcdefghijk"]', "youtube", "abcdefghijk"),
        ('[arve url="https://vimeo.com/123456"]', "vimeo", "123456"),
        ("[vimeo 123456]", "vimeo", "123456"),
        ("[vimeo https://vimeo.com/123456 w=500&h=300]", "vimeo", "123456"),
        ('[vimeo clip_id="123456"]', "vimeo", "123456"),
        ("[dailymotion x8abc&related=0]", "dailymotion", "x8abc"),
        ("[ted id=1539 lang=fr]", "ted", "1539"),
        ("[tweet https://twitter.com/quay/status/555666777]", "x", "555666777"),
        ("[tweet 555666777]", "x", "555666777"),
        ("[blackbirdpie id='555666777']", "x", "555666777"),
        ("[instagram url=https://www.instagram.com/p/abc123/]", "instagram", "abc123"),
        ("[gist https://gist.github.com/quay/aaaabbbb1111]", "gist", "quay/aaaabbbb1111"),
        ('[gist id="aaaabbbb1111" file="tide.py"]', "gist", "aaaabbbb1111"),
        ('[soundcloud url="https://api.soundcloud.com/tracks/987" params="" /]', "soundcloud", "tracks/987"),
        ("[spotify spotify:track:4bz7uB4edi]", "spotify", "track/4bz7uB4edi"),
        ('[spotify id="spotify:playlist:abc123"]', "spotify", "playlist/abc123"),
        ("[spotify https://open.spotify.com/album/abc123]", "spotify", "album/abc123"),
        ("[slideshare id=5342235&doc=camp-110813]", "slideshare", "5342235"),
        ("[wpvideo OO4thna5 w=400]", "videopress", "OO4thna5"),
        ("[videopress OO4thna5]", "videopress", "OO4thna5"),
        ("[scribd id=39027960 key=key-abc mode=list]", "scribd", "39027960"),
        ("[polldaddy poll=12345]", "crowdsignal", "12345"),
        ("[archiveorg Wonderfu1958 width=640]", "archive", "Wonderfu1958"),
        ("[mixcloud https://www.mixcloud.com/quay/tides/ width=660]", "mixcloud", "quay/tides"),
        ("[facebook url='https://www.facebook.com/quay/posts/1']", "facebook", "quay/posts/1"),
        ('[codepen_embed slug_hash="abc" user="me"]See[/codepen_embed]', "codepen", "me/abc"),
        ("[bandcamp album=42 size=large]", "bandcamp", "EmbeddedPlayer/album=42"),
        ("[vine url='https://vine.co/v/abc']", "vine", "abc"),
    ],
)
def test_services(text: str, provider: str, id: str) -> None:
    html, notices = convert(text)
    assert f'data-provider="{provider}"' in html
    assert f'data-id="{id}' in html
    assert html.startswith("<figure")
    assert html.endswith("</figure>")
    assert notices == []


def test_where_a_player_starts_and_the_file_of_a_gist() -> None:
    assert 'data-start="75"' in convert('[youtube_sc url="https://youtu.be/abcdefghijk" start="75"]')[0]
    assert "#file-tide-py" in convert('[gist id="aaaabbbb1111" file="tide.py"]')[0]


@pytest.mark.parametrize(
    "text",
    [
        '[foogallery attachment_ids="1,2"]',
        '[justified_image_grid ids="1,2"]',
        '[envira-gallery id="9"]',
        "[slideshow]",
        '[su_slider source="media: 1,2"]',
        '[vc_gallery images="1,2"]',
        '[et_pb_gallery gallery_ids="1,2"][/et_pb_gallery]',
        '[av_gallery ids="1,2"]',
    ],
)
def test_galleries(text: str) -> None:
    html, notices = convert(text)
    assert html.startswith('<figure class="gallery"')
    assert html.count("<img") == 2
    assert [one for one in notices if not one.startswith("builder.found")] == []


@pytest.mark.parametrize(
    "text",
    [
        "a [table] and [note], [quote], [list], [box], [tab]",
        "[ted talks] [row 5] [text] [icon] [title] [button] [col] [vine] [recipe] [latex]",
        "x[x_i] + y[cs_1] + z[mk_2]",
    ],
)
def test_words_in_brackets_stay(text: str) -> None:
    html, notices = convert(text)
    assert html == f"<p>{text}</p>"
    assert [one for one in notices if not one.startswith("shortcode.unknown")] == []


@pytest.mark.parametrize("name", ["ref", "footnote", "efn_note", "mfn", "fn"])
def test_footnotes(name: str) -> None:
    html, notices = convert(f"One[{name}]A <em>note</em>[/{name}] two.[{name}]B[/{name}]")
    assert html == (
        '<p>One<sup><a href="#note-1" id="note-1-mark">1</a></sup> two.'
        '<sup><a href="#note-2" id="note-2-mark">2</a></sup></p>\n'
        '<ol><li id="note-1">A <em>note</em> <a href="#note-1-mark">\u21a9\ufe0e</a></li>'
        '<li id="note-2">B <a href="#note-2-mark">\u21a9\ufe0e</a></li></ol>'
    )
    assert notices == []


def test_a_footnote_of_two_paragraphs_and_one_inside_another() -> None:
    html, _ = convert("One[ref]A\n\nB[/ref] and[footnote]C[ref]D[/ref][/footnote].")
    assert html.count("<li") == 2
    assert html.count("<sup") == 2
    assert "".join(html.split()).find("A<br/>B") > 0
    assert "CD" in html
