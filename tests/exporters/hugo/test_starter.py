"""The start layouts, built strictly by the real Hugo: what stands in the pages of small sites written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from converters.exporters.hugo.theme import starter_theme
from tests.support import hugo

pytestmark = pytest.mark.hugo

CONFIG = """\
baseURL = "https://blog.example/"
title = "The Harbour Log"
locale = "en-US"
[taxonomies]
category = "categories"
tag = "tags"
[params]
description = "Notes from a small ferry"
icon = "/wp-content/uploads/anchor.png"
[pagination]
pagerSize = 10
"""
MENU = """
[[menus.second]]
name = "Not shown"
url = "/second/"
[[menus.first]]
identifier = "1"
name = "About"
url = "/about/"
[[menus.first]]
identifier = "2"
name = "Team"
url = "/about/team/"
parent = "1"
[[menus.first]]
identifier = "3"
name = "Cook"
url = "/about/team/#cook"
parent = "2"
"""
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def build(folder: Path, files: dict[str, str], config: str = CONFIG) -> Path:
    """A site of these files and the start layouts; returns the folder with the built site."""
    (folder / "hugo.toml").write_text(config, encoding="utf-8")
    everything = {**dict(starter_theme()), **{path: text.encode() for path, text in files.items()}}
    for path, data in everything.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return hugo(folder)


def page(body: str = "", **front: object) -> str:
    head = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{head}---\n\n{body}\n"


def posts(count: int) -> dict[str, str]:
    dates = {number: f"2022-01-{number:02}T08:00:00+01:00" for number in range(1, count + 1)}
    return {
        f"content/posts/trip-{number}.md": page(f"Seals: {number}.", title=f"Trip {number}", date=date)
        for number, date in dates.items()
    }


def comment(id: str, parent: str = "", kind: str = "comment", url: str = "", text: str = "") -> str:
    body = text or f"text-{id}"
    return (
        f'- {{id: "{id}", parent: "{parent}", kind: {kind}, author: "By {id}", url: "{url}", body: "<p>{body}</p>"}}\n'
    )


def read(built: Path, path: str = "index.html") -> str:
    return (built / path).read_text(encoding="utf-8")


def titles(html: str) -> list[str]:
    found = re.findall(r'<h2[^>]*>(?:<span class="pin">\w+</span> )?<a [^>]*>\s*(.*?)</a></h2>', html, re.DOTALL)
    return [re.sub("<.*?>", "", title).strip() for title in found]


def depth_of(html: str, text: str) -> int:
    before = html[: html.index(text)]
    return before.count('<ol class="thread">') - before.count("</ol>")


def test_files_are_sorted_and_nothing_but_the_site() -> None:
    paths = [path for path, _ in starter_theme()]
    assert "layouts/_default/single.html" in paths
    assert paths == sorted(paths)
    assert all(path.startswith(("layouts/", "static/")) for path in paths)


def test_no_script_and_no_request_elsewhere() -> None:
    for path, data in starter_theme():
        text = data.decode()
        assert "<script" not in text, path
        assert "@import" not in text, path
        assert not re.search(r'(?:src|href)="https?://', text), path


def test_home_is_paginated_newest_first_and_pinned_ones_before(tmp_path: Path) -> None:
    files = posts(24)
    files["content/posts/old.md"] = page("Old.", title="Old", date="2001-01-01", sticky="true")
    built = build(tmp_path, files)
    home = read(built)
    assert titles(home) == ["Old", *(f"Trip {number}" for number in range(24, 15, -1))]
    assert home.count("Pinned") == 1
    assert "Page 1 of 3" in home
    assert 'rel="next" href="/page/2/"' in home
    last = read(built, "page/3/index.html")
    assert titles(last) == ["Trip 5", "Trip 4", "Trip 3", "Trip 2", "Trip 1"]
    assert 'rel="prev" href="/page/2/"' in last
    assert 'rel="next"' not in last
    assert titles(read(built, "posts/index.html"))[:2] == ["Trip 24", "Trip 23"], "no pinned ones in the section's list"


@pytest.mark.parametrize("files", [{}, {"content/posts/_index.md": page(title="Posts")}], ids=["empty", "section only"])
def test_no_posts(tmp_path: Path, files: dict[str, str]) -> None:
    built = build(tmp_path, files)
    assert "<h1" in read(built)
    assert ElementTree.fromstring(read(built, "index.xml")).findall("channel/item") == []
    if files:
        assert '<a href="/posts/">Posts</a>' in read(built), "no dead end"
        assert "Nothing here yet." in read(built, "posts/index.html")
    else:
        assert "Nothing here yet." in read(built)


def test_the_home_page_has_a_text_of_its_own(tmp_path: Path) -> None:
    home = read(build(tmp_path, {"content/_index.md": page("Welcome **aboard**."), **posts(1)}))
    assert home.index("Welcome <strong>aboard</strong>") < home.index("Trip 1")


def test_without_title_or_date(tmp_path: Path) -> None:
    built = build(
        tmp_path,
        {
            "content/posts/dated.md": page("Fog again.", title='""', date="2022-03-06", post_format="status"),
            "content/posts/dateless.md": page("Only words[^1].\n\n[^1]: Note.", title='""'),
            "content/posts/nothing.md": page(title='" "'),
        },
    )
    home = read(built)
    assert sorted(titles(home)) == ["March 6, 2022", "Only words.", "Untitled"]
    assert titles(home)[0] == "March 6, 2022", "what has no date comes last"
    dated = read(built, "posts/dated/index.html")
    assert re.search(r'<h1 class="untitled"><time datetime="2022-03-06T00:00:00Z">March 6, 2022</time></h1>', dated)
    assert "<title>Fog again. · The Harbour Log</title>" in dated
    assert 'class="post format-status"' in dated
    assert "<h1" not in read(built, "posts/dateless/index.html")
    assert "0001" not in "".join(read(built, name) for name in ("index.html", "index.xml", "posts/dateless/index.html"))
    items = ElementTree.fromstring(read(built, "index.xml")).findall("channel/item")
    assert {item.findtext("title") for item in items} == {"Fog again.", "Only words.", "Untitled"}
    assert [item.find("pubDate") is None for item in items] == [False, True, True]


def test_a_page_with_pages_below_shows_its_text_then_them(tmp_path: Path) -> None:
    below = {
        "content/about/team.md": page("Mira.", title="Team", type="page", source_id=202),
        "content/about/anchors.md": page("Two.", title="Anchors", type="page"),
        "content/about/first.md": page("One.", title="Zero is first", type="page", weight=-1),
        "content/about/boat/_index.md": page("Gull.", title="The boat", weight=3),
    }
    built = build(tmp_path, {"content/about/_index.md": page("Who we are.", title="About", source_id=201), **below})
    about = read(built, "about/index.html")
    links = re.findall(r'<li><a href="(/about/[^"]+)">', about)
    assert sorted(links) == ["/about/anchors/", "/about/boat/", "/about/first/", "/about/team/"]
    assert links.index("/about/anchors/") < links.index("/about/team/") < links.index("/about/boat/")
    assert about.index("Who we are.") < about.index(links[0])
    assert titles(about) == []
    assert 'rel="next"' not in read(built, "about/team/index.html")


def test_a_page_in_the_place_of_the_list_of_posts(tmp_path: Path) -> None:
    """A page called `posts`, as WordPress allows: its text, then the posts, still page by page."""
    built = build(tmp_path, {**posts(15), "content/posts/_index.md": page("Oak.", title="Posts", source_id=205)})
    listed = read(built, "posts/index.html")
    assert listed.index("Oak.") < listed.index("Trip 15")
    assert len(titles(listed)) == 10
    assert "Page 1 of 2" in listed


def test_menu_is_nested_and_the_first_by_name(tmp_path: Path) -> None:
    home = read(build(tmp_path, posts(1), CONFIG + MENU))
    menu = re.sub(r"\s+", "", home[home.index('<nav class="site-menu"') : home.index("</nav>")])
    assert menu.endswith(
        '<ul><li><ahref="/about/">About</a>'
        '<ul><li><ahref="/about/team/">Team</a>'
        '<ul><li><ahref="/about/team/#cook">Cook</a></li></ul></li></ul></li></ul>'
    )
    assert "Not shown" not in home


def test_menu_main_comes_before_others(tmp_path: Path) -> None:
    main = MENU + '[[menus.main]]\nname = "Chief"\nurl = "/chief/"\n'
    home = read(build(tmp_path, posts(1), CONFIG + main))
    assert re.findall(r"<li><a [^>]*>(\w+)", home) == ["Chief"]


def test_comments_are_threaded(tmp_path: Path) -> None:
    rows = comment("2") + comment("3", "2") + comment("4", "3") + comment("5") + comment("6", kind="pingback")
    files = {**posts(1), "content/posts/a.md": page("Text.", title="A", source_id=101), "data/comments/101.yaml": rows}
    built = build(tmp_path, files)
    talk = read(built, "posts/a/index.html")
    assert "4 comments" in talk
    assert [depth_of(talk, f"<p>text-{id}") for id in "2345"] == [1, 2, 3, 1]
    assert talk.index("text-4") < talk.index("Mentioned elsewhere") < talk.index("text-6")
    assert 'id="comment-4"' in talk
    assert "text-" not in read(built, "posts/trip-1/index.html")


def test_no_comment_is_lost(tmp_path: Path) -> None:
    """Answers to comments that are not there, to themselves, in a circle, to a pingback, and very deep ones."""
    odd = [comment("2", "99"), comment("3", "3"), comment("4", "5"), comment("5", "4"), comment("6", kind="trackback")]
    deep = [comment(str(number), str(number - 1)) for number in range(100, 300)]
    built = build(
        tmp_path,
        {
            "content/posts/a.md": page("Text.", title="A", source_id=7),
            "data/comments/7.yaml": "".join([*odd, comment("7", "6"), *deep]),
        },
    )
    talk = read(built, "posts/a/index.html")
    expected = [*"234567", *map(str, range(100, 300))]
    assert sorted(re.findall(r"<p>text-(\d+)", talk)) == sorted(expected)
    assert depth_of(talk, "<p>text-299") == 200
    assert not re.search(r'<ol class="thread">\s*</ol>', talk)


def test_addresses_of_commenters(tmp_path: Path) -> None:
    rows = comment("1", url="https://ana.example") + comment("2", url="javascript:alert(1)")
    files = {"content/posts/a.md": page(title="A", source_id="x-1"), "data/comments/x-1.yaml": rows}
    talk = read(build(tmp_path, files), "posts/a/index.html")
    assert '<a rel="nofollow ugc" href="https://ana.example">By 1</a>' in talk
    assert "<b>By 2</b>" in talk
    assert "javascript" not in talk


def test_large_ids_in_json_front_matter_find_their_comments(tmp_path: Path) -> None:
    front = '{"title": "A", "source_id": 12345678}\n\nText.\n'
    built = build(tmp_path, {"content/posts/a.md": front, "data/comments/12345678.yaml": comment("1")})
    assert "text-1" in read(built, "posts/a/index.html")


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("ar", '<html lang="ar" dir="rtl">'),
        ("he-IL", '<html lang="he-IL" dir="rtl">'),
        ("fa_IR", '<html lang="fa-IR" dir="rtl">'),
        ("az-Arab", '<html lang="az-Arab" dir="rtl">'),
        ("ja", '<html lang="ja">'),
        ("de-DE-formal", '<html lang="de-DE-formal">'),
    ],
)
def test_language_and_direction(tmp_path: Path, locale: str, expected: str) -> None:
    built = build(tmp_path, posts(1), CONFIG.replace("en-US", locale))
    assert expected in read(built)
    language = "<language>" + expected.split('"')[1] + "</language>"
    assert language in read(built, "index.xml")


def test_one_post(tmp_path: Path) -> None:
    picture = '{src: /wp-content/a.jpg, alt: "A \\"boat\\"", caption: Before & after, width: 600, height: 400}'
    front: dict[str, object] = {
        "title": '"Its \\"late\\": why? <b> #3"',
        "date": "2022-01-02T23:30:00+01:00",
        "lastmod": "2022-04-01",
        "authors": "[Mira Sund, Tom O'Hara]",
        "categories": "[Crossings]",
        "tags": '["2022"]',
        "description": "How it went",
        "featured_image": picture,
        "canonical": "https://other.example/late/",
        "noindex": "true",
    }
    built = build(tmp_path, {**posts(3), "content/posts/late.md": page("Text.", **front)})
    late = read(built, "posts/late/index.html")
    assert "<h1>Its &#34;late&#34;: why? &lt;b&gt; #3</h1>" in late
    assert "January 2, 2022" in late
    assert "changed <time" in late
    assert "by Mira Sund, Tom O&#39;Hara" in late
    assert '<a rel="tag" href="/categories/crossings/">Crossings</a>' in late
    assert '<a rel="tag" href="/tags/2022/">2022</a>' in late
    assert '<img src="/wp-content/a.jpg" alt="A &#34;boat&#34;" width="600" height="400">' in late
    assert "<figcaption>Before &amp; after</figcaption>" in late
    assert '<meta property="og:image" content="https://blog.example/wp-content/a.jpg">' in late
    assert '<meta name="description" content="How it went">' in late
    assert '<link rel="canonical" href="https://other.example/late/">' in late
    assert '<meta name="robots" content="noindex">' in late
    assert '<link rel="icon" href="/wp-content/uploads/anchor.png">' in late
    assert 'rel="prev" href="/posts/trip-2/"' in late
    assert 'rel="next" href="/posts/trip-3/"' in late
    assert 'rel="next"' not in read(built, "posts/trip-3/index.html"), "the newest"
    assert "noindex" not in read(built, "posts/trip-3/index.html")
    assert "Crossings" in read(built, "categories/index.html")
    assert "late" in read(built, "categories/crossings/index.html")


def test_the_feed(tmp_path: Path) -> None:
    body = 'A [link](/about/), `href="/x"` and ![](/wp-content/a.jpg)\n\n<!--more-->\n\nThe end & more.\n\n\x0b'
    guid = '"https://blog.example/?p=1&x=2"'
    files = posts(2) | {"content/posts/a.md": page(body, title="A & B", date="2023-05-01T06:07:08+02:00", guid=guid)}
    files["content/about.md"] = page("A page.", title="About")
    built = build(tmp_path, files)
    text = read(built, "index.xml")
    items = ElementTree.fromstring(text).findall("channel/item")
    assert [item.findtext("title") for item in items] == ["A & B", "Trip 2", "Trip 1"]
    assert "<pubDate>Mon, 01 May 2023 06:07:08 +0200</pubDate>" in text
    first, second = items[0].find("guid"), items[1].find("guid")
    assert first is not None and second is not None
    assert (first.text, first.get("isPermaLink")) == ("https://blog.example/?p=1&x=2", "false")
    assert (second.text, second.get("isPermaLink")) == ("https://blog.example/posts/trip-2/", "true")
    content = items[0].findtext(CONTENT) or ""
    assert "The end &amp; more." in content, "all of it, not the summary"
    assert 'href="https://blog.example/about/"' in content
    assert 'src="https://blog.example/wp-content/a.jpg"' in content
    assert "<code>href=&quot;/x&quot;</code>" in content
    assert '<link rel="alternate" type="application/rss' in read(built, "posts/a/index.html")


@pytest.mark.parametrize("image", ["/wp-content/a.jpg", "/blog/wp-content/a.jpg", "wp-content/a.jpg"])
def test_below_a_folder_of_the_host(tmp_path: Path, image: str) -> None:
    files = {**posts(12), "content/posts/a.md": page("Text.", title="A", date="2023-01-01", featured_image=image)}
    built = build(tmp_path, files, CONFIG.replace("blog.example/", "host.example/blog/") + MENU)
    html = read(built) + read(built, "posts/a/index.html") + read(built, "404.html")
    own = [address for address in re.findall(r'(?:href|src)="([^"]*)"', html) if address.startswith("/")]
    assert own
    assert outside(own, "/blog/") == []
    assert 'src="/blog/wp-content/a.jpg"' in html
    assert 'content="https://host.example/blog/wp-content/a.jpg"' in html


def outside(addresses: Iterable[str], folder: str) -> list[str]:
    return [address for address in addresses if not address.startswith(folder) or address.startswith(folder * 2)]


def test_nothing_configured(tmp_path: Path) -> None:
    built = build(tmp_path, posts(1), "")
    assert '<html lang="en">' in read(built)
    assert titles(read(built)) == ["Trip 1"]


def test_words_without_end_do_not_break_the_page(tmp_path: Path) -> None:
    word = "Donaudampfschiff" * 20
    built = build(tmp_path, {"content/posts/a.md": page("x", title=word, date="2022-01-01")})
    assert titles(read(built)) == [word]
    assert "overflow-wrap: anywhere" in read(built, "start.css")
