"""Players, formulas, footnotes and lazy pictures in built sites: what a page shows, and what its feed does."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.support import convert, hugo
from tests.wxr import export, item

VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
POSTS = (
    item(1, slug="video", content=f"Look:\n\n{VIDEO}\n\nEnd."),
    item(2, slug="list", content="https://www.youtube.com/playlist?list=PLabcdef"),
    item(3, slug="hidden", content="https://vimeo.com/12345678/abcdef0123"),
    item(4, slug="song", content="[soundcloud url='https://soundcloud.com/a/b']"),
    item(5, slug="gist", content='[gist id="abc123def" file="a.py"]'),
    item(6, slug="sum", content="Mean $latex \\frac{1}{n}\\sum x_i$, cost $5 and \\[x\\], no $latex \\frac{$."),
    item(7, slug="note", content="Word[ref]The <em>note</em>.[/ref] and more."),
    item(8, slug="lazy", content='<img src="data:image/gif;base64,R0" data-src="/a.jpg" alt="A">'),
)
FRAMES = {
    "video": "https://www.youtube-nocookie.com/embed/abcdefghijk",
    "list": "https://www.youtube-nocookie.com/embed/videoseries?list=PLabcdef",
    "hidden": "https://player.vimeo.com/video/12345678?",
    "song": "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb",
}

FILM = "http://www.youtube.com/watch?v=abcdefghi05"
BLOCK = (
    f'<!-- wp:embed {{"url":"{FILM}"}} --><figure class="wp-block-embed"><div>\n{FILM}\n</div></figure>'
    "<!-- /wp:embed -->"
)
PLAYER = "{{< youtube abcdefghi05 >}}"


def check(built: Path) -> None:
    """What every target's pages have in common."""
    pages = {
        slug: unescape(next(path for path in built.rglob("index.html") if path.parent.name == slug).read_text("utf-8"))
        for slug in (*FRAMES, "gist", "sum", "note", "lazy")
    }
    for slug, frame in FRAMES.items():
        assert f'src="{frame}' in pages[slug]
        assert not re.search(r"<a (?!hidden)[^>]*href=\"https://(?:www\.youtube|vimeo|soundcloud)\.com", pages[slug])
    assert "h=abcdef0123" in pages["hidden"]
    assert '<script src="https://gist.github.com/abc123def.js?file=a.py"' in pages["gist"]
    assert "$5" in pages["sum"]
    assert re.search(r'<sup id="fnref:1"[^>]*><a href="#fn:1"', pages["note"])
    assert "<p>The <em>note</em>." in pages["note"]
    assert 'src="/a.jpg"' in pages["lazy"]


@pytest.mark.hugo
def test_hugo(tmp_path: Path) -> None:
    built = hugo(convert(tmp_path, export(*POSTS)).folder)
    check(built)
    assert "<mfrac>" in next(built.rglob("sum/index.html")).read_text("utf-8")
    feed = unescape((built / "index.xml").read_text("utf-8"))
    assert f'<a href="{VIDEO}">{VIDEO}</a>' in unescape(feed)
    assert "<a hidden" not in unescape(feed)


@pytest.mark.system
@real
def test_jekyll(tmp_path: Path) -> None:
    built = jekyll(convert(tmp_path, export(*POSTS), options=Options("wordpress", "jekyll")).folder)
    check(built)
    feed = unescape((built / "feed.xml").read_text("utf-8"))
    assert f'<a href="{VIDEO}">{VIDEO}</a>' in feed
    assert "<a hidden" not in feed


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"Look:\n\n{FILM}\n\nEnd", f"Look:\n\n{PLAYER}\n\nEnd"),
        (BLOCK, PLAYER),
    ],
)
def test_embed_address_below(tmp_path: Path, text: str, body: str) -> None:
    assert convert(tmp_path, export(item(1, content=text))).body("content/posts/post-1.md") == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("[youtube abcdefghi05]", PLAYER),
        (f"[youtube {FILM}&hl=ko&fs=1&]", PLAYER),
        (f"{FILM}&list=PLabc_12", '{{< youtube id="abcdefghi05" list="PLabc_12" >}}'),
    ],
)
def test_player_address_visible(tmp_path: Path, text: str, body: str) -> None:
    assert convert(tmp_path, export(item(1, content=text))).body("content/posts/post-1.md") == body
