"""A feed is one for every reader: absolute URLs, what JSON Feed 1.1 asks for, and nothing that only a page can do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from converters.errors import UsageError
from converters.exporters.json.attachments import seconds
from converters.exporters.json.records import FILE
from converters.html import tree
from converters.html.absolute import absolute, absolute_html
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import Site, convert, convert_files
from tests.wxr import export, item, php

SPECIFIED = json.loads(Path(__file__).with_name("jsonfeed-1.1.schema.json").read_bytes())
OURS = json.loads(FILE.read_bytes())
SOURCES = {
    "wordpress/harbour.xml": "wordpress",
    "wordpress/constructs.xml": "wordpress",
    "wordpress/polylang.xml": "wordpress",
    "wordpress/qtranslate.xml": "wordpress",
    "hugo/islands": "hugo",
    "html/site": "html",
    "html/medium": "html",
    "html/substack": "html",
    "html/blogger": "html",
}
BASE = "https://old.example/2021/03/rel/"


def options(source: str = "wordpress", **write: Any) -> Options:
    return Options(source, "json", write=WriteOptions(**{"media": "keep"} | write))


def feed_of(site: Site, file: str = "feed.json") -> dict[str, Any]:
    loaded = json.loads(site.text(file))
    assert isinstance(loaded, dict)
    return loaded


def items_of(site: Site, file: str = "feed.json") -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in feed_of(site, file)["items"]}


def shape(record: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{record}", "$defs": OURS["$defs"]}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    return {
        path: convert_files(tmp_path_factory.mktemp("feed"), ROOT / "fixtures" / path, options=options(source))
        for path, source in SOURCES.items()
    }


@pytest.mark.parametrize("path", SOURCES)
def test_every_fixture_keeps_to_both_schemas(sites: dict[str, Site], path: str) -> None:
    """Of JSON Feed 1.1, as its words have it, and of this program."""
    feed = feed_of(sites[path])
    without_base = "home_page_url" not in feed
    for found in feed["items"] if without_base else ():  # a site that nobody knows the URL of
        for field in ("url", "image", "external_url"):
            found.pop(field, None)
        for name in ("attachments",):
            found.pop(name, None)
    jsonschema.Draft202012Validator(SPECIFIED).validate(feed)
    assert feed["items"]
    assert without_base == bool(sites[path].notices("json.no-home"))
    jsonschema.Draft202012Validator(shape("Feed")).validate(feed_of(sites[path]))
    jsonschema.Draft202012Validator(shape("SiteFile")).validate(feed_of(sites[path], "site.json"))


_URL = re.compile(r"(?:[a-z][a-z0-9+.-]*:|#|\Z)", re.I)
_NO_PATH = re.compile(r"\[\w|\{[{%]")
"""A shortcode or a template that was to write the URL."""


def relative(html: str) -> list[str]:
    """The URLs of a text that are seen from somewhere."""
    found = []
    for element in tree.parse(html).iter("*"):
        for name in ("href", "src", "poster", "data", "srcset", "action"):
            url = str(element.get(name) or "")
            if not _URL.match(url) and not _NO_PATH.match(url):
                found.append(url)
    return found


@pytest.mark.parametrize("path", SOURCES)
def test_json_relative_every_url_is_absolute(sites: dict[str, Site], path: str) -> None:
    """Texts, excerpts, comments, pictures, files and cards; where the site's URL is known."""
    feed, site = feed_of(sites[path]), feed_of(sites[path], "site.json")
    if not site.get("base_url"):
        assert sites[path].notices("json.no-home")
        return
    for found in feed["items"]:
        details = found["_postferry"]
        texts = [found["content_html"], details.get("excerpt", ""), details.get("whole_html", "")]
        texts += [comment["body"] for comment in details.get("comments", ())]
        assert [url for text in texts for url in relative(text)] == []
        files = [*details.get("assets", ()), *filter(None, [details.get("featured")])]
        urls = [file["url"] for file in (*files, *details.get("enclosures", ()), *found.get("attachments", ()))]
        urls += [found[name] for name in ("url", "image", "external_url") if name in found]
        assert [url for url in urls if not url.startswith(("https://", "http://"))] == []
    assert [asset["url"] for asset in site["assets"] if "://" not in asset["url"]] == []


def test_files_beside_a_page_are_at_its_url(sites: dict[str, Site]) -> None:
    picnic = items_of(sites["hugo/islands"])["posts/picnic/index.md"]
    basket = "https://islands.example/2021/06/picnic/pics/basket.svg"
    assert f'src="{basket}"' in picnic["content_html"]
    assert picnic["image"] == picnic["_postferry"]["featured"]["url"] == basket
    assert basket in [asset["url"] for asset in picnic["_postferry"]["assets"]]
    below = feed_of(sites["html/site"], "site.json")["assets"][0]["url"]
    assert below.startswith("https://weir.example/log/"), "the site is below the root of its host"


def test_json_relative_forms(tmp_path: Path) -> None:
    text = (
        '<p><a href="/about/">a</a> <a href="../x/">b</a> <a href="#f">c</a> <a href="?p=777">d</a>'
        '<img src="//cdn.example/p.jpg"> <img src="pics/a b.jpg"> <a href="mailto:a@b.example">m</a></p>'
        '<video poster="still.jpg" src="/film.mp4"></video>'
    )
    fields = {"excerpt": '<a href="../y/">y</a>', "link": BASE, "slug": "rel"}
    comment = {"id": 1, "author": "Bo", "content": '<a href="/z/">z</a>', "approved": 1, "date": "2021-03-05 05:06:07"}
    site = convert(tmp_path, export(item(113, content=text, comments=[comment], **fields)), options=options())
    found = items_of(site)["113"]
    assert relative(found["content_html"]) == []
    urls = re.findall(r'(?:href|src|poster)="([^"]*)"', found["content_html"])
    assert urls == [
        "https://old.example/about/", "https://old.example/2021/03/x/", "#f", f"{BASE}?p=777",
        "https://cdn.example/p.jpg", f"{BASE}pics/a b.jpg", "mailto:a@b.example",
        f"{BASE}still.jpg", "https://old.example/film.mp4",
    ]  # fmt: skip
    assert found["_postferry"]["excerpt"] == '<a href="https://old.example/2021/03/y/">y</a>'
    assert "https://old.example/z/" in found["_postferry"]["comments"][0]["body"]
    assert found["attachments"] == [{"url": "https://old.example/film.mp4", "mime_type": "video/mp4"}]


@pytest.mark.parametrize(
    ("html", "expected"),
    (
        ('<img srcset="/a.jpg 1x, b,c.jpg 300w,d.jpg">',
         '<img srcset="https://h.example/a.jpg 1x, https://h.example/x/b,c.jpg 300w,https://h.example/x/d.jpg"/>'),
        ('<p style="background:url(\'i.png\')">t</p>', '<p style="background:url(\'https://h.example/x/i.png\')">t</p>'),
        ('<a href="[shop_url]">t</a>', '<a href="[shop_url]">t</a>'),
        ('<del cite="my own words">t</del>', '<del cite="my own words">t</del>'),
        ('<blockquote cite="/q">t</blockquote>', '<blockquote cite="https://h.example/q">t</blockquote>'),
        ("<p>no  url</p  >", "<p>no  url</p  >"),
    ),
)  # fmt: skip
def test_absolute_html(html: str, expected: str) -> None:
    assert absolute_html(html, "https://h.example/x/y") == expected


def test_absolute_without_a_base_and_what_is_no_url() -> None:
    assert absolute("/x", "") == "/x"
    assert absolute("//h.example/x", "") == "https://h.example/x"
    assert absolute("http://[", "https://h.example/") == "http://["
    assert absolute("//[", "https://h.example/") == "https://["
    assert absolute("../../../x", "http://h.example/a/") == "http://h.example/x"


def test_a_feed_has_a_title_and_claims_no_url_of_others(sites: dict[str, Site]) -> None:
    medium, substack = feed_of(sites["html/medium"]), feed_of(sites["html/substack"])
    assert medium["title"] == "Rook Hale", "the only author"
    assert substack["title"] == "Untitled"
    for name in ("html/medium", "html/substack"):
        assert sites[name].notices("json.no-title")
        assert {"home_page_url", "feed_url"}.isdisjoint(feed_of(sites[name]))
    assert all(found["url"].startswith("https://medium.com/@rook/") for found in medium["items"])


def test_a_source_without_a_url_of_its_own_gets_none(tmp_path: Path) -> None:
    page = tmp_path / "notes/content/a.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A\n---\nSee [b](/b/) and ![](pics/c.png)\n", encoding="utf-8")
    (tmp_path / "notes/hugo.toml").write_text('title = "Notes"\n', encoding="utf-8")
    site = convert_files(tmp_path, tmp_path / "notes", options=options("hugo"))
    assert "example.org" not in site.text("feed.json").replace('"permalink":"https://example.org', "")
    assert site.notices("json.no-home")
    assert items_of(site)["a.md"].get("url") is None


SOUND = "https://old.example/wp-content/uploads/ep.mp3"


def test_json_sizes_durations_and_escaped_line_ends(tmp_path: Path) -> None:
    """The episodes and the separators of lines of the report `json`."""
    enclosure = "https://cdn.example/ep1.mp3\n12345678\naudio/mpeg\n" + php({"duration": "00:31:05"})
    library = {"_wp_attached_file": "ep.mp3", "_wp_attachment_metadata": php({"filesize": 999, "length": 61})}
    player = f'<figure><audio controls src="{SOUND}"></audio></figure>'
    site = convert(
        tmp_path,
        export(
            item(1, meta={"enclosure": enclosure}),
            item(2, content=player),
            item(3, type="attachment", url=SOUND, meta=library, title="Ep"),
            item(4, title="a\u2028b", content="c\u2029d"),
        ),
        options=options(),
    )
    found = items_of(site)
    assert found["1"]["attachments"] == [
        {"url": "https://cdn.example/ep1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12345678,
         "duration_in_seconds": 1865}
    ]  # fmt: skip
    assert found["2"]["attachments"] == [
        {"url": SOUND, "mime_type": "audio/mpeg", "title": "Ep", "size_in_bytes": 999, "duration_in_seconds": 61}
    ]
    assert found["4"]["title"] == "a\u2028b"
    raw = site.text("feed.json")
    assert "\u2028" not in raw and "\u2029" not in raw
    assert "\\u2028" in raw and "\\u2029" in raw


@pytest.mark.parametrize(
    ("text", "expected"),
    (
        ("1:02:03", 3723),
        ("31:05", 1865),
        ("1865", 1865),
        ("1865.5", 1865),
        ("", 0),
        ("half an hour", 0),
        ("1:2:3:4", 0),
    ),
)
def test_seconds(text: str, expected: int) -> None:
    assert seconds(text) == expected


def test_json_no_machinery_in_content_html(tmp_path: Path) -> None:
    form = (
        '<p>Before</p><form action="https://mail.example/"><fieldset><legend>Join</legend><label for="m">Mail</label>'
        '<input id="m" name="m"><select><option>Daily</option><option>Weekly</option></select><button>Go</button>'
        "</fieldset></form><style>p { color: red }</style><p>After</p>"
        "<ul><li><input type='checkbox' checked disabled> done</li></ul>"
    )
    site = convert(tmp_path, export(item(1, content=form), item(2, content="<p>Plain</p>")), options=options())
    found = items_of(site)
    html = found["1"]["content_html"]
    assert not re.search(r"<(?:form|style|link|script|fieldset|select|button)\b", html)
    assert [word in html for word in ("Before", "Join", "Mail", "Daily", "Weekly", "Go", "After", "done")] == [True] * 8
    assert 'type="checkbox"' in html, "a list of tasks is no form"
    assert "color: red" not in found["1"]["content_text"] + html
    assert '<form action="https://mail.example/">' in found["1"]["_postferry"]["whole_html"]
    assert [notice["item"] for notice in site.notices("json.form")] == ["1"]
    assert "whole_html" not in found["2"]["_postferry"]
    assert "<form" not in found["1"]["_postferry"]["content_markdown"]


@pytest.mark.parametrize("media", ("keep", "rewrite"))
def test_what_is_written_is_verified(tmp_path: Path, media: str) -> None:
    """Absolute URLs are what the relative ones were, and the text of a form is in `whole_html`."""
    text = '<p><a href="../x/">x</a> <img src="pics/a.png"> <img src="/b.png"></p><form><input name="q">Find</form>'
    job = options(media=media)
    site = convert(tmp_path, export(item(1, content=text)), options=msgspec.structs.replace(job, verify=True))
    assert [site.notices(code) for code in ("verify.lost", "verify.changed", "verify.unread")] == [[], [], []]
    assert ("https://old.example/x/" in items_of(site)["1"]["content_html"]) == (media == "keep")


def dated(id: int, day: str, **fields: Any) -> str:
    return item(id, date=f"{day} 05:06:07", link=f"https://old.example/{id}/", slug=str(id), **fields)


def test_pages_of_a_feed(tmp_path: Path) -> None:
    """`next_url` leads from page to page; the newest items are on the first, each is on one."""
    days = ("2021-01-01", "2023-01-01", "2022-01-01", "2024-01-01", "2020-01-01")
    posts = [dated(number, day) for number, day in enumerate(days, 1)]
    hidden = dated(9, "2019-01-01", status="private")
    site = convert(tmp_path, export(*posts, hidden), options=options(feed_page_size=2))
    pages = {name: feed_of(site, name) for name in ("feed.json", "feed-2.json", "feed-3.json")}
    assert [[found["id"] for found in page["items"]] for page in pages.values()] == [["2", "4"], ["1", "3"], ["5"]]
    assert [page.get("next_url") for page in pages.values()] == [
        "https://old.example/feed-2.json", "https://old.example/feed-3.json", None,
    ]  # fmt: skip
    for name, page in pages.items():
        jsonschema.Draft202012Validator(SPECIFIED).validate(page)
        assert page["feed_url"] == f"https://old.example/{name}"
    assert list(items_of(site, "not-public.json")) == ["9"]
    assert not (site.folder / "feed-4.json").exists()
    again = convert(tmp_path, export(*posts), options=options(feed_page_size=10))
    assert len(items_of(again)) == 5
    assert not (site.folder / "feed-2.json").exists(), "pages of an earlier run are gone"


def test_pages_are_for_feeds(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--feed-page-size is for --json-layout feed"):
        convert(tmp_path, export(item(1)), options=options(feed_page_size=2, json_layout="lines"))


REBUILD_HEAD = (
    "<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>top</wp:category_nicename>"
    "<wp:cat_name>Top</wp:cat_name><wp:category_description>DESC</wp:category_description><wp:termmeta>"
    "<wp:meta_key>color</wp:meta_key><wp:meta_value>TERMMETA</wp:meta_value></wp:termmeta></wp:category>"
    "<wp:category><wp:term_id>8</wp:term_id><wp:category_nicename>news</wp:category_nicename>"
    "<wp:category_parent>top</wp:category_parent><wp:cat_name>News</wp:cat_name></wp:category>"
    "<wp:category><wp:term_id>9</wp:term_id><wp:category_nicename>news-2</wp:category_nicename>"
    "<wp:cat_name>News</wp:cat_name></wp:category>"
    "<wp:term><wp:term_id>20</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy>"
    "<wp:term_slug>main</wp:term_slug><wp:term_name>Main</wp:term_name></wp:term>"
)
BODY = '<!-- wp:paragraph {"RAW":1} --><p class="has-red-color">Text</p><!-- /wp:paragraph -->[unknown a="SHORT"]'


def entry(id: int, title: str, order: int, **meta: str) -> str:
    known = {f"_menu_item_{name}": value for name, value in meta.items()}
    own = {"excerpt": "TIP" if title else "", "order": order, "title": title, "type": "nav_menu_item", "slug": str(id)}
    return item(id, terms=[("nav_menu", "main", "Main")], meta=known, status="publish", **own)


def test_json_rebuild(tmp_path: Path) -> None:
    """What another program needs to rebuild the blog of the report `json-rebuild`."""
    home = {"type": "custom", "object": "custom", "url": "https://old.example/", "target": "_blank", "xfn": "me"}
    data = export(
        item(50, content=BODY, terms=[("category", "news", "News"), ("category", "news-2", "News")],
             raw="<wp:ping_status>closed</wp:ping_status><wp:comment_status>open</wp:comment_status>"),
        item(80, type="page", title="Front"),
        item(81, type="page", title="Secret", status="private"),
        entry(70, "Home", 1, classes=php(["bold"]), **home),
        entry(71, "", 2, type="taxonomy", object="category", object_id="8"),
        entry(72, "", 3, type="post_type", object="page", object_id="80", menu_item_parent="71"),
        entry(73, "", 4, type="post_type", object="page", object_id="81"),
        head=REBUILD_HEAD,
    )  # fmt: skip
    site = convert(tmp_path, data, options=options(json_source=True))
    whole, post = feed_of(site, "site.json"), items_of(site)["50"]["_postferry"]
    assert whole["terms"][0]["meta"] == {"color": "TERMMETA"}
    assert [(term["slug"], term["name"]) for term in post["terms"]] == [("news", "News"), ("news-2", "News")]
    assert post["pings_open"] is False
    assert "comments_open" not in post
    assert post["source"] == BODY
    (menu,) = whole["menus"]
    rows = {row["id"]: row for row in menu["items"]}
    assert [row["order"] for row in menu["items"]] == [1, 2, 3, 4]
    assert {name: rows["70"][name] for name in ("classes", "relation", "tip", "new_window")} == {
        "classes": "bold", "relation": "me", "tip": "TIP", "new_window": True,
    }  # fmt: skip
    assert [rows[id]["title"] for id in ("71", "72", "73")] == ["News", "Front", ""], "a hidden page stays unnamed"
    assert (rows["72"]["parent"], rows["72"]["target"]) == ("71", "80")
    assert "Secret" not in site.text("site.json")
    for record, file in (("Feed", "feed.json"), ("SiteFile", "site.json")):
        jsonschema.Draft202012Validator(shape(record)).validate(feed_of(site, file))
    again = convert(tmp_path, data, options=options())
    assert "SHORT" in again.text("feed.json")
    assert "wp:paragraph" not in again.text("feed.json"), "the raw text is there on request only"


def test_the_raw_text_of_markdown_and_of_json(tmp_path: Path) -> None:
    page = tmp_path / "notes/content/a.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: A\n---\n*Tea*, `{{< x >}}`\n", encoding="utf-8")
    raw = "*Tea*, `{{< x >}}`\n"
    site = convert_files(tmp_path, page.parent, options=options("hugo", json_source=True))
    assert items_of(site)["a.md"]["_postferry"]["source"] == raw
    again = convert_files(tmp_path / "again", site.folder, options=options("json", json_source=True))
    assert [found["_postferry"]["source"] for found in items_of(again).values()] == [raw]


def test_the_schema_says_types_of_what_is_new() -> None:
    details = OURS["$defs"]["Details"]["properties"]
    assert details["pings_open"]["type"] == "boolean"
    assert details["source"]["type"] == "string"
    assert OURS["$defs"]["Attachment"]["properties"]["size_in_bytes"]["type"] == "integer"
