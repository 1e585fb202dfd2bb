"""What subscribers and visitors find again: feeds with their guids and episodes, authors, menus."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from converters.importers.wordpress.enclosures import is_enclosure, read_enclosures
from converters.model import Enclosure
from tests.support import convert, hugo
from tests.wxr import cdata, export, item

pytestmark = pytest.mark.hugo
EPISODE = "https://old.example/wp-content/uploads/2021/03/one.mp3"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}duration"
POWERPRESS = 'a:2:{s:8:"duration";s:8:"00:41:07";s:6:"author";s:3:"Ada";}'


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ([("enclosure", f"{EPISODE}\n1234\naudio/mpeg")], (Enclosure(EPISODE, 1234, "audio/mpeg"),)),
        ([("enclosure", f"{EPISODE}\r\n1234\r\naudio/mpeg\r\n")], (Enclosure(EPISODE, 1234, "audio/mpeg"),)),
        (
            [("enclosure", f"{EPISODE}\n1234\naudio/mpeg\n{POWERPRESS}")],
            (Enclosure(EPISODE, 1234, "audio/mpeg", "00:41:07"),),
        ),
        ([("enclosure", f"{EPISODE}\n12\naudio/mpeg\na:1:{{broken")], (Enclosure(EPISODE, 12, "audio/mpeg"),)),
        ([("enclosure", EPISODE)], (Enclosure(EPISODE),)),
        ([("enclosure", f"{EPISODE}\nmany\n")], (Enclosure(EPISODE),)),
        ([("enclosure", "no address")], ()),
        ([("enclosure", "")], ()),
        (
            [("_film:enclosure", "https://a.example/b.mp4\n5\nvideo/mp4"), ("enclosure", f"{EPISODE}\n1\naudio/mpeg")],
            (Enclosure(EPISODE, 1, "audio/mpeg"), Enclosure("https://a.example/b.mp4", 5, "video/mp4")),
        ),
        (
            [("audio_file", EPISODE), ("filesize_raw", "99"), ("duration", "12:30"), ("enclosure", EPISODE)],
            (Enclosure(EPISODE, 99, "", "12:30"),),
        ),
        ([("filesize_raw", "99"), ("duration", "12:30")], ()),
    ],
)
def test_forms_of_enclosures(meta: list[tuple[str, str]], expected: tuple[Enclosure, ...]) -> None:
    assert read_enclosures(meta) == expected


def test_a_field_that_is_no_enclosure_is_kept() -> None:
    assert is_enclosure("enclosure", f"{EPISODE}\n1\naudio/mpeg", {})
    assert not is_enclosure("enclosure", "no address", {})
    assert not is_enclosure("filesize_raw", "99", {})
    assert is_enclosure("filesize_raw", "99", {"audio_file": EPISODE})


def test_a_podcast(tmp_path: Path) -> None:
    """The episode stands in the front matter and in the feed, under the guid that readers know."""
    meta = {"enclosure": f"{EPISODE}\n123456789\naudio/mpeg\n{POWERPRESS}", "mood": "calm"}
    site = convert(tmp_path, export(item(5, slug="one", title="One & all", meta=meta), item(6, slug="two")))
    front = site.front("content/posts/one.md")
    path = "/wp-content/uploads/2021/03/one.mp3"
    assert front["enclosures"] == [{"url": path, "length": 123456789, "type": "audio/mpeg", "duration": "00:41:07"}]
    assert front["params"] == {"mood": "calm"}
    built = hugo(site.folder)
    channel = ElementTree.parse(built / "index.xml").getroot()
    entries = {entry.findtext("title"): entry for entry in channel.iter("item")}
    episode = entries["One & all"]
    enclosure = episode.find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib == {"url": EPISODE, "length": "123456789", "type": "audio/mpeg"}
    assert episode.findtext(ITUNES) == "00:41:07"
    guid = episode.find("guid")
    assert guid is not None
    assert guid.text == "https://old.example/?p=5"
    assert guid.attrib == {"isPermaLink": "false"}
    assert entries["Title 6"].find("enclosure") is None


def author(login: str, name: str, id: int) -> str:
    return (
        f"<wp:author><wp:author_id>{id}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        f"<wp:author_display_name>{cdata(name)}</wp:author_display_name></wp:author>"
    )


def test_authors_have_a_page_at_their_old_address(tmp_path: Path) -> None:
    guest = item(
        70, type="guest-author", title="Bo Guest", slug="bo-guest", meta={"cap-description": "Rows. <b>Fast.</b>"}
    )
    posts = [
        item(1, slug="first", author="Grace.H", link="https://old.example/first/"),
        item(2, slug="second", author="grace.h", link="https://old.example/second/"),
        item(3, slug="third", terms=[("author", "cap-bo-guest", "bo-guest")], link="https://old.example/third/"),
    ]
    head = author("Grace.H", "Grace Hopper", 2) + author("grace2", "Grace Hopper", 3) + author("@", "Nobody", 4)
    site = convert(tmp_path, export(*posts, guest, head=head))
    built = hugo(site.folder)
    grace = (built / "author/grace-h/index.html").read_text(encoding="utf-8")
    assert "Title 1" in grace
    assert "Title 2" in grace, "whatever the case of the login"
    assert "Title 3" not in grace
    other = (built / "author/grace2/index.html").read_text(encoding="utf-8")
    assert "<h1>Grace Hopper</h1>" in other and "Title 1" not in other, "one name, two people"
    bo = (built / "author/bo-guest/index.html").read_text(encoding="utf-8")
    assert "Rows. <strong>Fast.</strong>" in bo
    assert "Title 3" in bo
    post = (built / "first/index.html").read_text(encoding="utf-8")
    assert '<a rel="author" href="/author/grace-h/">Grace Hopper</a>' in post
    assert "bio: Rows. <b>Fast.</b>" in site.text("data/authors.yaml").replace('"', "")
    assert "@" not in site.text("data/authors.yaml").replace("old.example", "")


def test_nested_menus_lead_to_new_addresses(tmp_path: Path) -> None:
    def entry(id: int, url: str, parent: int = 0) -> str:
        meta = {"_menu_item_type": "custom", "_menu_item_menu_item_parent": str(parent), "_menu_item_url": url}
        terms = [("nav_menu", "main", "Main")]
        return item(id, type="nav_menu_item", title=f"E{id}", order=id, meta=meta, terms=terms)

    entries = [
        entry(101, "http://www.old.example/?p=1"),
        entry(102, "https://old.example/old-first/#crew", 101),
        entry(103, "/?p=1#crew", 102),
        entry(104, "https://elsewhere.example/"),
    ]
    first = item(1, slug="first", link="https://old.example/first/", meta={"_wp_old_slug": "old-first"})
    site = convert(tmp_path, export(first, *entries))
    home = (hugo(site.folder) / "index.html").read_text(encoding="utf-8")
    menu = home[home.index("<nav") : home.index("</nav>")]
    assert '<a href="/first/">E101</a>' in menu
    assert '<a href="/first/#crew">E102</a>' in menu
    assert '<a href="/first/#crew">E103</a>' in menu
    assert menu.count("<ul>") == 3
