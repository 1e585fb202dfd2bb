"""Players and cards of other sites: the spellings of their shortcodes, links and files, and the embeds they become."""

from __future__ import annotations

import pytest

from converters.html import tree
from tests.importers.wordpress.test_content import convert

YOUTUBE = "http://www.youtube.com/watch?v=abcdefghi05"
LINK = f'<a href="{YOUTUBE}">{YOUTUBE}</a>'
GIST = "https://gist.github.com/tom/abc123def"


def embed(text: str) -> dict[str, str]:
    """The particulars of the only embed of a text, which holds nothing else."""
    html, notices = convert(text)
    (figure,) = tree.parse(html)
    assert figure.get("class") == "embed", html
    assert notices == []
    return {str(key).removeprefix("data-"): str(value) for key, value in figure.attrib.items() if key != "class"}


@pytest.mark.parametrize(
    "text",
    [
        f"[youtube {LINK}]",
        f"[youtube={LINK}]",
        f'[youtube="{LINK}"]',
        f"[youtube]{LINK}[/youtube]",
        f"[youtube url={LINK} width=400]",
        f"[youtube <a title='x' href='{YOUTUBE}' rel=\"nofollow\">{YOUTUBE}</a>]",
        f"[embed]{LINK}[/embed]",
        f"[embed width=400] {LINK} [/embed]",
        f"[lyte {LINK}]",
        f"[arve url={LINK}]",
    ],
)
def test_youtube_linked(text: str) -> None:
    """An editor made a link of the URL inside the shortcode."""
    assert embed(text) == {"provider": "youtube", "url": YOUTUBE, "id": "abcdefghi05"}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ('[vimeo <a href="http://vimeo.com/12345678">http://vimeo.com/12345678</a>]', "http://vimeo.com/12345678"),
        ('[soundcloud url="<a href="http://soundcloud.com/a/b">http://soundcloud.com/a/b</a>"]', "http://soundcloud.com/a/b"),
        ('[tweet <a href="https://twitter.com/t/status/12">https://twitter.com/t/status/12</a>]', "https://twitter.com/t/status/12"),
        ('[dailymotion <a href="https://dai.ly/x8oma9">https://dai.ly/x8oma9</a>]', "https://dai.ly/x8oma9"),
        ('[gist <a href="https://gist.github.com/abc12">https://gist.github.com/abc12</a>]', "https://gist.github.com/abc12"),
    ],
)  # fmt: skip
def test_linked_addresses_of_others(text: str, url: str) -> None:
    assert embed(text)["url"] == url


def test_linked_addresses_of_files_and_pages() -> None:
    assert (
        'src="http://a.example/b.mp3"'
        in convert('[audio <a href="http://a.example/b.mp3">http://a.example/b.mp3</a>]')[0]
    )
    map = '[googlemaps <a href="https://maps.google.com/maps?x=1">https://maps.google.com/maps?x=1</a>]'
    assert convert(map)[0].strip().startswith('<iframe src="https://maps.google.com/maps?x=1"')


def test_a_link_in_a_caption_stays() -> None:
    html, _ = convert(
        "[caption width=\"9\" caption=\"By <a href='https://a.example/'>https://a.example/</a>\"]<img src='/b.jpg'>[/caption]"
    )
    assert '<a href="https://a.example/">' in html


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("https://youtu.be/abcdefghi04?list=PLabcdef", {"id": "abcdefghi04", "list": "PLabcdef"}),
        ("https://www.youtube.com/watch?v=abcdefghi04&list=PLabcdef&index=2", {"id": "abcdefghi04", "list": "PLabcdef"}),
        ("https://www.youtube.com/playlist?list=PLabcdef", {"list": "PLabcdef"}),
        ("[youtube https://www.youtube.com/playlist?list=PLabcdef]", {"list": "PLabcdef"}),
        ("https://youtu.be/abcdefghi04?t=1m5s", {"id": "abcdefghi04", "start": "65"}),
        ("https://www.youtube.com/live/abcdefghi04?t=75", {"id": "abcdefghi04", "start": "75"}),
        ("https://www.youtube.com/shorts/abcdefghi04", {"id": "abcdefghi04"}),
        ('<iframe src="https://www.youtube-nocookie.com/embed/videoseries?list=PLabcdef"></iframe>', {"list": "PLabcdef"}),
        ('<iframe src="https://player.vimeo.com/video/12345678?h=abcdef0123&amp;title=0"></iframe>', {"id": "12345678", "url": "https://vimeo.com/12345678/abcdef0123"}),
        ("https://vimeo.com/12345678/abcdef0123", {"id": "12345678", "url": "https://vimeo.com/12345678/abcdef0123"}),
        ('[gist id="abc123def" file="a b.py"]', {"id": "abc123def", "file": "a b.py", "url": "https://gist.github.com/abc123def#file-a-b-py"}),
        (f"{GIST}#file-a_b-py", {"id": "tom/abc123def", "file": "a_b.py", "url": f"{GIST}#file-a_b-py"}),
        (f"[gist {GIST}#file-a-py]", {"file": "a.py"}),
        (f'<script src="{GIST}.js?file=a.py"></script>', {"file": "a.py", "url": f"{GIST}#file-a-py"}),
        (f'<script src="{GIST}.js"></script>', {"url": GIST}),
        ("[slideshare id=9308719&doc=web20&w=425]", {"id": "9308719"}),
    ],
)  # fmt: skip
def test_particulars(text: str, more: dict[str, str]) -> None:
    found = embed(text)
    assert {key: found.get(key) for key in more} == more


def test_timeline() -> None:
    assert convert("[twitter-timeline username=jack height=400]")[0].strip() == (
        '<p><a href="https://twitter.com/jack">Tweets by @jack</a></p>'
    )
    assert convert('[twitter-timeline id="12"]')[1] == ['shortcode.left-out [twitter-timeline id="12"]']
