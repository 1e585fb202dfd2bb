"""What scripts of providers draw on a page, as embeds: one row a form, as the provider's documentation writes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from converters.html import tree
from converters.importers.html.semantic import to_semantic
from converters.model.notices import Log
from tests.importers.html.test_from_html import from_html, written

_YOUTUBE = "https://www.youtube.com/watch?v=wEirwEir123"
_PLAYER = "https://www.youtube.com/embed/wEirwEir123"


def semantic(text: str) -> etree._Element:
    root = tree.parse(text)
    to_semantic(root, Log())
    return root


@pytest.mark.parametrize(
    ("text", "page", "frame"),
    [
        (
            '<script src="https://gist.github.com/ada/0a1b2c3d4e.js"></script>',
            "https://gist.github.com/ada/0a1b2c3d4e",
            "",
        ),
        (
            '<p><script src="https://gist.github.com/ada/0a1b2c3d4e.js?file=eel.py"></script></p>',
            "https://gist.github.com/ada/0a1b2c3d4e#file-eel-py",
            "",
        ),
        ('<code data-gist-id="5457595"></code>', "https://gist.github.com/5457595", ""),
        (
            "<script"
            ' src="https://emgithub.com'
            '/embed-v2.js?target=https%3A%2F%2Fgithub.com%2Fada%2Feel%2Fblob%2Fmain%2Fa.py"></script>',
            "https://github.com/ada/eel/blob/main/a.py",
            "",
        ),
        (
            '<script async class="speakerdeck-embed" data-id="4e8e" src="//speakerdeck.com/assets/embed.js"></script>',
            "https://speakerdeck.com/player/4e8e",
            "https://speakerdeck.com/player/4e8e",
        ),
        (
            '<script id="asciicast-14" src="https://asciinema.org/a/14.js" async></script>',
            "https://asciinema.org/a/14",
            "https://asciinema.org/a/14/iframe",
        ),
        (
            '<script async src="//jsfiddle.net/ada/x1y2z3/4/embed/js,html/"></script>',
            "https://jsfiddle.net/ada/x1y2z3/",
            "https://jsfiddle.net/ada/x1y2z3/embedded/",
        ),
        (
            '<div id="datawrapper-vis-aB3dE"><script defer'
            ' src="https://datawrapper.dwcdn.net/aB3dE/embed.js"></script><noscript>'
            '<img src="https://datawrapper.dwcdn.net/aB3dE/full.png" alt=""></noscript></div>',
            "https://datawrapper.dwcdn.net/aB3dE/",
            "https://datawrapper.dwcdn.net/aB3dE/",
        ),
        (
            '<div class="infogram-embed" data-id="0f1e-aa" data-type="interactive" data-title="Eels"></div>',
            "https://infogram.com/0f1e-aa",
            "https://e.infogram.com/0f1e-aa",
        ),
        (
            '<script id="infogram_0_0f1e" src="//e.infogr.am/js/embed.js?x"></script>',
            "https://infogram.com/0f1e",
            "https://e.infogram.com/0f1e",
        ),
        (
            '<div class="flourish-embed flourish-chart" data-src="visualisation/123"><script'
            ' src="https://public.flourish.studio/resources/embed.js"></script></div>',
            "https://public.flourish.studio/visualisation/123/",
            "https://flo.uri.sh/visualisation/123/embed",
        ),
        (
            '<div data-tf-widget="moe6aa"></div><script src="//embed.typeform.com/next/embed.js"></script>',
            "https://form.typeform.com/to/moe6aa",
            "https://form.typeform.com/to/moe6aa",
        ),
        (
            '<div class="DC-embed"'
            ' id="DV-viewer-1"></div><script>DV.load("https://www.documentcloud.org/documents/1-x.js",'
            " {width: 600});</script>",
            "https://www.documentcloud.org/documents/1-x",
            "https://www.documentcloud.org/documents/1-x",
        ),
        (
            '<p class="codepen" data-slug-hash="QWaB" data-user="ada" data-pen-title="Boxes"><span>See the Pen <a'
            ' href="https://codepen.io/ada/pen/QWaB">Boxes</a>.</span></p>',
            "https://codepen.io/ada/pen/QWaB",
            "https://codepen.io/ada/embed/QWaB",
        ),
        (
            '<script src="https://www.buzzsprout.com/12/34-eels.js?container_id=x&amp;player=small"></script>',
            "https://www.buzzsprout.com/12/34-eels",
            "",
        ),
        (
            '<div class="wistia_embed wistia_async_abc123def4">&nbsp;</div>',
            "https://fast.wistia.net/embed/iframe/abc123def4",
            "https://fast.wistia.net/embed/iframe/abc123def4",
        ),
        (
            '<lite-youtube videoid="wEirwEir123"><a href="https://youtube.com/watch?v=wEirwEir123"'
            ' class="lty-playbtn"><span'
            ' class="lyt-visually-hidden">Play</span></a></lite-youtube>',
            _YOUTUBE,
            _PLAYER,
        ),
        (f'<youtube-video src="{_YOUTUBE}" controls></youtube-video>', _YOUTUBE, _PLAYER),
        (
            '<lite-vimeo videoid="364402896"></lite-vimeo>',
            "https://vimeo.com/364402896",
            "https://player.vimeo.com/video/364402896",
        ),
        (
            '<amp-youtube data-videoid="wEirwEir123" layout="responsive" width="480" height="270"></amp-youtube>',
            _YOUTUBE,
            _PLAYER,
        ),
        (
            '<amp-twitter width="375" data-tweetid="885634330868850689"><blockquote'
            " placeholder></blockquote></amp-twitter>",
            "https://twitter.com/i/web/status/885634330868850689",
            "",
        ),
        (
            '<amp-iframe src="https://maps.example/f" width="3" height="2"><amp-img placeholder'
            ' src="a.png"></amp-img>'
            "</amp-iframe>",
            "https://maps.example/f",
            "https://maps.example/f",
        ),
        (
            '<figure class="media"><oembed url="https://www.youtube.com/watch?v=wEirwEir123"></oembed></figure>',
            _YOUTUBE,
            "",
        ),
        (
            '<div class="embed-block-wrapper"><div class="sqs-video-wrapper" data-html="&lt;iframe'
            ' src=&quot;//www.youtube.com/embed/wEirwEir123&quot;&gt;&lt;/iframe&gt;"></div></div>',
            _YOUTUBE,
            "//www.youtube.com/embed/wEirwEir123",
        ),
        (
            '<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/wEirwEir123"'
            ' data-id="wEirwEir123"></div>'
            '<noscript><iframe src="https://www.youtube.com/embed/wEirwEir123?feature=oembed"></iframe></noscript>',
            _YOUTUBE,
            _PLAYER,
        ),
        (
            '<iframe src="about:blank" data-src-cmplz="https://www.youtube.com/embed/wEirwEir123"></iframe>',
            _YOUTUBE,
            _PLAYER,
        ),
        (
            '<iframe src="https://fen.example/@ada/114/embed" class="mastodon-embed" width="400"></iframe>',
            "https://fen.example/@ada/114",
            "https://fen.example/@ada/114/embed",
        ),
    ],
)
def test_things_that_a_script_draws(text: str, page: str, frame: str) -> None:
    root = semantic(text)
    (figure,) = root.iter("figure")
    assert figure.get("class") == "embed"
    assert figure.get("data-url") == page
    assert [one.get("src") for one in root.iter("iframe")] == ([frame] if frame else [])
    assert not list(root.iter("script", "noscript"))


@pytest.mark.parametrize(
    ("text", "page", "words"),
    [
        (
            '<blockquote class="twitter-tweet"><p lang="en">An eel</p>&mdash; Ada (@ada) <a'
            ' href="https://twitter.com/ada/status/123">May 1</a></blockquote> <script async'
            ' src="https://platform.twitter.com/widgets.js"></script>',
            "https://twitter.com/ada/status/123",
            "An eel— Ada (@ada) May 1",
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/AbC/"><a'
            ' href="https://www.instagram.com/p/AbC/">A post by Ada</a></blockquote>',
            "https://www.instagram.com/p/AbC/",
            "A post by Ada",
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@ada/video/12"><section>An'
            " eel</section></blockquote>",
            "https://www.tiktok.com/@ada/video/12",
            "An eel",
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:x/app.bsky.feed.post/3k"><p>An'
            " eel</p>&mdash; <a"
            ' href="https://bsky.app/profile/did:plc:x/post/3k">May 1</a></blockquote>',
            "https://bsky.app/profile/did:plc:x/post/3k",
            "An eel— May 1",
        ),
        (
            '<blockquote class="mastodon-embed" data-embed-url="https://fen.example/@ada/114/embed"><a'
            ' href="https://fen.example/@ada/114">Post by Ada</a></blockquote>',
            "https://fen.example/@ada/114",
            "Post by Ada",
        ),
        (
            '<blockquote class="reddit-embed-bq"><a'
            ' href="https://www.reddit.com/r/eels/comments/1a/x/">Eels</a></blockquote>',
            "https://www.reddit.com/r/eels/comments/1a/x/",
            "Eels",
        ),
        (
            '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container"'
            ' href="https://e.example/p"><div'
            ' class="kg-bookmark-content"><div class="kg-bookmark-title">Eels</div><div'
            ' class="kg-bookmark-description">All of'
            ' them.</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon"'
            ' src="https://e.example/i.png"><span'
            ' class="kg-bookmark-author">Fen</span></div></div></a></figure>',
            "https://e.example/p",
            "EelsAll of them.Fen",
        ),
    ],
)
def test_cards_keep_their_words(text: str, page: str, words: str) -> None:
    (figure,) = semantic(text).iter("figure")
    assert (figure.get("class"), figure.get("data-url")) == ("embed", page)
    (quotation,) = figure.iter("blockquote")
    assert tree.plain_text(quotation) == words


def test_readability_739_tweets_of_substack() -> None:
    (figure,) = semantic(
        '<div class="tweet" data-attrs="{&quot;url&quot;:&quot;https://twitter.com/ada/status/12&quot;,'
        '&quot;full_text&quot;:&quot;An eel&quot;}"><a href="https://twitter.com/ada/status/12"><div>Ada</div><div>An'
        " eel</div><div>12 Likes</div></a></div>"
    ).iter("figure")
    assert figure.get("data-url") == "https://twitter.com/ada/status/12"
    assert tree.plain_text(figure) == "An eel"


def test_readability_822_players_inside_frames_of_embedly() -> None:
    (figure,) = semantic(
        "<figure><div><iframe"
        ' src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2F'
        'wEirwEir123%3Ff%3D1&amp;url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DwEirwEir123"'
        ' width="854"></iframe></div>'
        "<figcaption>The eel</figcaption></figure>"
    ).iter("figure")
    assert figure.get("data-url") == _YOUTUBE
    assert tree.plain_text(figure) == "The eel"


def test_what_is_no_address_draws_nothing() -> None:
    root = semantic(
        '<div class="typeform-widget" data-url="javascript:alert(1)">a</div><amp-iframe'
        ' src="data:text/html,x"></amp-iframe>'
        '<p class="codepen" data-slug-hash="&quot;><script>" data-user="a">b</p><div data-oembed-url="//">c</div>'
    )
    assert not list(root.iter("figure", "iframe"))
    assert tree.plain_text(root) == "abc"


def test_scripts_never_go_along(tmp_path: Path) -> None:
    page = (
        "<!doctype html><title>Eels</title><article><h1>Eels</h1><p>Some words about eels, and a piece of code.</p>"
        '<script src="https://gist.github.com/ada/0a1b2c3d4e.js"></script><p class="codepen" data-slug-hash="QWaB"'
        ' data-user="ada">See the Pen.</p><lite-youtube videoid="wEirwEir123"></lite-youtube></article>'
    )
    site = from_html(tmp_path, written(tmp_path, {"eels.html": page}))
    body = site.body("content/eels.md")
    assert "https://gist.github.com/ada/0a1b2c3d4e" in body or 'gist "ada" "0a1b2c3d4e"' in body
    assert '{{< youtube "wEirwEir123" >}}' in body or "{{< youtube wEirwEir123 >}}" in body
    assert "codepen.io/ada" in body
    assert "<script" not in body
