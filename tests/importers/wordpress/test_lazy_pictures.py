"""Pictures that scripts of plug-ins would have loaded, in every spelling; once each."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.importers.shared import lazy
from tests.importers.wordpress.test_content import convert

GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
SVG = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%3E%3C/svg%3E"
BOAT = "https://b.example/boat.jpg"
COPY = f'<noscript><img src="{BOAT}" alt="Boat"></noscript>'


@pytest.mark.parametrize(
    "html",
    [
        f"<img class='lazyload' src='{GIF}' data-src='{BOAT}' alt='Boat'>{COPY}",
        f"<img data-lazyloaded='1' src='{GIF}' data-src='{BOAT}' data-srcset='{BOAT} 1x' alt='Boat'>{COPY}",
        f'<img src="{SVG}" data-lazy-src="{BOAT}" data-lazy-srcset="{BOAT} 9w" alt="Boat">{COPY}',
        f'{COPY}<img class="lazyload" src="{SVG}" data-src="{BOAT}" alt="Boat">',
        f'<img src="//b.example/wp-content/plugins/a3-lazy-load/assets/images/lazy_placeholder.gif" data-lazy-type="image" data-src="{BOAT}" alt="Boat">{COPY}',
        f'<img class="lazy lazy-hidden" src="/wp-content/plugins/bj-lazy-load/img/placeholder.gif" data-lazy-type="image" data-src="{BOAT}" alt="Boat">{COPY}',
        f'<img src="/wp-content/plugins/lazy-load/images/1x1.trans.gif" data-lazy-src="{BOAT}" alt="Boat">',
        f'<img data-original="{BOAT}" alt="Boat">',
        f'<img src="/img/grey.gif" data-original="{BOAT}" alt="Boat">',
        f'<img src="{BOAT}?is-pending-load=1" data-lazy-src="{BOAT}?is-pending-load=1" srcset="{GIF}" alt="Boat">',
        f'<img data-srcset="https://b.example/boat-300x200.jpg 300w, {BOAT} 900w" alt="Boat">',
        f'<img src="{GIF}" data-srcset="https://b.example/boat-300x200.jpg 300w, {BOAT} 900w" alt="Boat">',
        f'<img data-orig-file="{BOAT}" alt="Boat">',
        f'<img src="{GIF}" alt="">{COPY}',
        f'<img src="{BOAT}" data-src="https://b.example/full.jpg" alt="Boat" class="zoom">',
        f'<picture><source data-srcset="/boat.webp" type="image/webp"><img src="{GIF}" data-src="{BOAT}" alt="Boat"></picture>',
        f'<picture><source srcset="/boat.webp" type="image/webp"><img src="{BOAT}" alt="Boat"></picture>',
        f'<amp-img src="{BOAT}" alt="Boat" width="9" height="9" layout="responsive"></amp-img>',
        COPY,
    ],
)  # fmt: skip
def test_lazyload_img(html: str) -> None:
    root = tree.parse(convert(f"<p>{html}</p>")[0])
    assert [(image.get("src"), image.get("alt")) for image in root.iter("img")] == [(BOAT, "Boat")]
    assert not list(root.iter("noscript"))


def test_in_captions_and_blocks() -> None:
    picture = f'<img src="{GIF}" data-src="{BOAT}" alt="Boat">{COPY}'
    shown = f'<img src="{BOAT}" alt="Boat"/><figcaption>At sea</figcaption></figure>'
    assert shown in convert(f'[caption width="9"]{picture} At sea[/caption]')[0]
    block = f'<figure class="wp-block-image">{picture}<figcaption>At sea</figcaption></figure>'
    assert shown in convert(f"<!-- wp:image -->{block}<!-- /wp:image -->")[0]


def test_frames_and_films() -> None:
    frame = '<iframe src="about:blank" data-lazy-src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    copy = '<noscript><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe></noscript>'
    html, notices = convert(frame + copy)
    assert html.count('<iframe src="https://www.youtube.com/embed/abcdefghijk"') == 1
    assert "noscript" not in html
    assert notices == []
    for player in (
        '<lite-youtube videoid="abcdefghijk"></lite-youtube>',
        '<amp-youtube data-videoid="abcdefghijk"></amp-youtube>',
    ):
        assert '<iframe src="https://www.youtube.com/embed/abcdefghijk"' in convert(player)[0]
    film = convert('<video controls data-poster="/a.jpg"><source data-src="/a.mp4"></video>')[0]
    assert '<video controls="" poster="/a.jpg"><source src="/a.mp4"/></video>' in film


def test_a_picture_behind_words() -> None:
    html, _ = convert('<div class="lazyload" data-bg="https://b.example/boat.jpg"><p>Words</p></div>')
    assert html.index('src="https://b.example/boat.jpg"') < html.index("Words")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<img src="data:image/png;base64,iVBORw0KGgo=">', '<img src="data:image/png;base64,iVBORw0KGgo="/>'),
        ('<img src="/a.gif" data-src="{url}">', '<img src="/a.gif"/>'),
        ('a<noscript><img width="1" height="1" src="https://count.example/1"></noscript>', "a"),
        ("<noscript>No scripts <img src='/a.gif'></noscript>", '<noscript>No scripts <img src="/a.gif"/></noscript>'),
    ],
)  # fmt: skip
def test_what_stays(html: str, shown: str) -> None:
    root = tree.parse(html)
    lazy.load(root)
    assert tree.inner_html(root) == shown
