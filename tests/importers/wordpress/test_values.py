"""What the text of an element of an export says."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

import pytest

from converters.importers.wordpress.values import plain, plain_name
from converters.old_site.uploads import folder_of
from pipelines.cli.run_summary import copies
from tests.support import convert
from tests.wxr import cdata, export, item


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Java's List<String> & co", "Java's List & co"),
        ("Using the <canvas> element", "Using the element"),
        ("Java's List&lt;String&gt;", "Java's List<String>"),
        ("I <3 it, 5 < 6", "I <3 it, 5 < 6"),
        ("a <b", "a <b"),
        ("One<br>Two<BR />three", "One Two three"),
        ("<em>With</em> <strong>Ma<sup>rk</sup></strong>", "With Mark"),
        ('A <a href="x">link</a>', "A link"),
        ('Smile <img class="emoji" alt="🙂" src="x">', "Smile 🙂"),
        ("Fish &amp; chips &lt;b&gt;", "Fish & chips <b>"),
        ("&amp;amp;", "&amp;"),
        ("Two\n  lines", "Two lines"),
    ],
)
def test_title_angle_brackets_of_html(value: str, shown: str) -> None:
    """A title in a CDATA section is HTML: a reader saw what a browser shows of it."""
    assert plain(value) == shown


@pytest.mark.parametrize("name", ["List<String>", "line one<br>line two", "<b>Bold</b>", "1 <3 2", "R&D"])
def test_names_of_terms_hold_no_tags(name: str) -> None:
    assert plain_name(escape(name, quote=False)) == name
    assert plain_name(name) == name


def test_tags_in_a_title_are_named(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, slug="a", title="Using <em>the</em> <canvas> element")))
    assert site.front("content/posts/a.md")["title"] == "Using the element"
    assert [notice["what"] for notice in site.notices("title.tags")] == ["<canvas>"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Java&#8217;s List&#60;String&#62; &#38; co", "Java’s List<String> & co"),
        ("Using the &lt;em&gt; element", "Using the <em> element"),
        ("One&lt;br /&gt;two", "One two"),
        ("\n  &lt;canvas&gt;\n  ", "<canvas>"),
        (cdata("<em>Slanted</em>"), "Slanted"),
    ],
)
def test_title_angle_brackets(tmp_path: Path, title: str, shown: str) -> None:
    one = item(1, slug="a").replace("<title><![CDATA[Title 1]]></title>", f"<title>{title}</title>")
    menu = item(2, type="nav_menu_item", terms=[("nav_menu", "top", "Top")], meta={
        "_menu_item_type": "post_type", "_menu_item_object": "post", "_menu_item_object_id": "1"}, title="")  # fmt: skip
    site = convert(tmp_path, export(one, menu))
    assert site.front("content/posts/a.md")["title"] == shown
    assert f'name = "{shown}"' in site.text("hugo.toml")


@pytest.mark.parametrize(
    ("password", "status", "hidden"),
    [
        ("\n", "publish", False),
        (cdata(" "), cdata(" publish "), False),
        (f"\n{cdata(' ')}\n", f"\n{cdata(' publish ')}\n", False),
        (cdata("  "), "publish", True),
        (cdata(" key "), cdata(" publish "), True),
    ],
)
def test_padded_cdata_is_no_password(tmp_path: Path, password: str, status: str, hidden: bool) -> None:
    text = item(1, slug="a").replace("<wp:status>publish<", f"<wp:status>{status}<")
    text = text.replace("<wp:post_password><![CDATA[]]><", f"<wp:post_password>{password}<")
    site = convert(tmp_path, export(text))
    assert site.front("content/posts/a.md").get("protected", False) is hidden


@pytest.mark.parametrize(
    ("url", "path", "folder"),
    [
        ("https://a.example/wp-content/uploads/2021/03/b.jpg", "2021/03/b.jpg", "https://a.example/wp-content/uploads"),
        ("https://a.example/wp-content/uploads/sites/2/b.jpg", "b.jpg", "https://a.example/wp-content/uploads/sites/2"),
        ("https://a.files.wordpress.com/2021/03/b.jpg?w=9", "2021/03/b.jpg", "https://a.files.wordpress.com"),
        ("https://a.example/files/2021/03/b%20c.jpg", "2021/03/b c.jpg", "https://a.example/files"),
        ("https://a.example/x/other.jpg", "2021/03/b.jpg", ""),
        ("/wp-content/uploads/b.jpg", "b.jpg", ""),
        ("https://a.example/b.jpg", "", ""),
    ],
)
def test_folder_of_uploads(url: str, path: str, folder: str) -> None:
    assert folder_of(url, path) == folder


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        (
            "https://a.example/blog/wp-content/uploads",
            "wp-content/uploads of the old site to static/wp-content/uploads",
        ),
        ("https://a.files.wordpress.com", "all folders of files (2021, 2022 …) of a.files.wordpress.com to static"),
        ("https://cdn.example/media", "media of cdn.example to static/media"),
    ],
)
def test_what_is_said_about_copying(folder: str, said: str) -> None:
    assert list(copies([folder], "static")) == [said]


def test_padded_fields(tmp_path: Path) -> None:
    """A browser that shows an export as a tree puts each value on a line of its own."""
    tight = export(item(1, slug="a", excerpt="Short", meta={"mood": "good", "_yoast_wpseo_metadesc": "Said"}))
    padded = re.sub(r"<(wp:[a-z_]+|dc:creator|link|title)>([^<>]+|<!\[CDATA\[.*?\]\]>)</", r"<\1>\n\t  \2\n\t</", tight)
    assert padded.count("\n\t  ") > 10
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = convert(tmp_path / "one", tight), convert(tmp_path / "two", padded)
    assert one.text("content/posts/a.md") == two.text("content/posts/a.md")
    assert two.front("content/posts/a.md")["params"] == {"mood": "good"}
