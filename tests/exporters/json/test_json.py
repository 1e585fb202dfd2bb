"""The JSON exporter: all layouts hold the same posts, every file keeps to the schema, and nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from converters.errors import UsageError
from converters.exporters.json.records import FILE, schema
from converters.exporters.json.text import plain_text
from converters.html import tree
from converters.model.options import ReadOptions, WriteOptions
from converters.output import OutJoin, OutPart
from pipelines.output.output_folder import OutputFolder
from pipelines.output.sink import Parts, Sink
from pipelines.run.carry import Options
from tests.fidelity import Loss, compare
from tests.folders import ROOT
from tests.sites.test_truth import AS_HTML, CLOSED, FURNITURE, POSTS, html_of
from tests.support import Site, command, convert, convert_files
from tests.wxr import export, item

FIXTURES = ROOT / "fixtures/wordpress"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.xml"))
LAYOUTS = ("feed", "lines", "files")
SCHEMA = json.loads(FILE.read_bytes())
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")

Items = list[dict[str, Any]]


def options(layout: str = "feed", read: ReadOptions | None = None, **write: Any) -> Options:
    return Options(
        "wordpress", "json", read or ReadOptions(), write=WriteOptions(json_layout=layout, **{"media": "keep"} | write)
    )


def valid(value: Any, record: str) -> Any:
    """The value, which keeps to the shipped schema."""
    jsonschema.Draft202012Validator({"$ref": f"#/$defs/{record}", "$defs": SCHEMA["$defs"]}).validate(value)
    return value


def read(folder: Path, layout: str, *, public: bool = True) -> Items:
    """The items of a site written in `layout`: those that were public, or the others."""
    name = {"feed": "feed.json", "lines": "posts.jsonl", "files": "index.json"}[layout]
    path = folder / (name if public else "not-public.json" + "l" * (layout == "lines"))
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    if layout == "lines":
        return [valid(json.loads(line), "Item") for line in text.splitlines()]
    whole = valid(json.loads(text), "Feed" if layout == "feed" else "FileIndex")
    items: Items = whole["items"]
    if layout == "files":
        items = [json.loads((folder / row["file"]).read_text(encoding="utf-8")) for row in items]
    return [valid(item, "Item") for item in items]


def every(site: Site, layout: str = "feed") -> dict[str, dict[str, Any]]:
    """All items by id."""
    items = read(site.folder, layout) + read(site.folder, layout, public=False)
    return {item["id"]: item for item in items}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Site]:
    """Every fixture in every layout."""
    return {
        (name, layout): convert_files(
            tmp_path_factory.mktemp(name), FIXTURES / f"{name}.xml", options=options(layout, AS_HTML)
        )
        for name in NAMES
        for layout in LAYOUTS
    }


def test_the_shipped_schema_is_the_one_the_records_make() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert FILE.read_bytes() == schema(), "run: python -m converters.exporters.json.records"


@pytest.mark.parametrize("record", ("Item", "Details", "SiteFile"))
def test_every_field_is_documented(record: str) -> None:
    page = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    fields = set(SCHEMA["$defs"][record]["properties"])
    assert len(fields) > 10
    assert {name for name in fields if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("name", NAMES)
def test_all_layouts_hold_the_same_valid_posts(sites: dict[tuple[str, str], Site], name: str) -> None:
    for public in (True, False):
        feed, lines, files = (read(sites[name, layout].folder, layout, public=public) for layout in LAYOUTS)
        assert feed == lines == files
    account = sites[name, "feed"].outcome.account
    assert len(every(sites[name, "feed"])) == sum(account.carried.values()) > 0
    described = [valid(json.loads(sites[name, layout].text("site.json")), "SiteFile") for layout in LAYOUTS]
    assert described[0] == described[1] == described[2]
    assert len(described[0]["assets"]) == account.used.get("media", 0)


@pytest.mark.parametrize("name", NAMES)
def test_the_report_says_where_every_item_is(sites: dict[tuple[str, str], Site], name: str) -> None:
    for layout in LAYOUTS:
        site = sites[name, layout]
        rows = [row for row in site.report["items"] if row["outcome"] == "carried"]
        assert len({row["path"] for row in rows}) == len(rows)
        public = {item["id"] for item in read(site.folder, layout)}
        for row in rows:
            file, _, id = row["path"].partition("#")
            assert (site.folder / file).is_file()
            assert id in ("", row["id"])
            assert file.startswith("not-public") == (row["id"] not in public) == (row["status"] != "published")


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_json_feed(sites: dict[tuple[str, str], Site], name: str) -> None:
    """The rules of https://www.jsonfeed.org/version/1.1/ that a schema of ours does not say."""
    feed = json.loads(sites[name, "feed"].text("feed.json"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == feed["home_page_url"] + "feed.json"
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    allowed = set(
        """id url external_url title content_html content_text summary image banner_image date_published
        date_modified authors tags language attachments _postferry""".split()
    )
    for found in feed["items"]:
        assert set(found) <= allowed
        assert isinstance(found["content_html"], str)
        assert not re.search(r"</?\w", found.get("summary", ""))
        for key in ("date_published", "date_modified"):
            assert key not in found or RFC_3339.fullmatch(found[key])
        for key in ("url", "external_url", "image"):
            assert found.get(key, "https://").startswith(("https://", "http://"))
        assert all(author["name"] for author in found["authors"])
        assert all(set(file) >= {"url", "mime_type"} for file in found.get("attachments", ()))


@pytest.mark.parametrize(("name", "key"), POSTS)
def test_the_html_shows_what_a_reader_saw(sites: dict[tuple[str, str], Site], name: str, key: str) -> None:
    found = every(sites[name, "feed"])[key]
    losses = [
        loss
        for loss in compare(html_of(name, key), found["content_html"])
        if not (loss.kind == "link" and loss.what.startswith("../"))  # it is absolute now
        and loss != Loss("words", "‿")  # the field of a form, which no feed can send
    ]
    assert not [loss for loss in losses if loss not in FURNITURE.get(key, ())]


@pytest.mark.parametrize(("name", "key"), CLOSED)
def test_what_was_closed_is_in_no_public_file(sites: dict[tuple[str, str], Site], name: str, key: str) -> None:
    for layout in LAYOUTS:
        site = sites[name, layout]
        assert key not in {item["id"] for item in read(site.folder, layout)}
        hidden = {item["id"]: item for item in read(site.folder, layout, public=False)}
        words = json.dumps(hidden[key]["content_html"])[1:50]
        public = [path for path in site.folder.rglob("*.json*") if "not-public" not in str(path)]
        assert len(public) >= 2
        assert all(words not in path.read_text(encoding="utf-8") for path in public if ".postferry" not in path.parts)


def test_a_post_has_all_it_had(sites: dict[tuple[str, str], Site]) -> None:
    found = every(sites["harbour", "feed"])
    post, details = found["101"], found["101"]["_postferry"]
    assert post["url"] == details["permalink"] == "https://blog.example/2022/03/first-crossing/"
    assert details["path"] == "/2022/03/first-crossing/"
    assert (details["kind"], details["status"], details["slug"]) == ("post", "published", "first-crossing")
    assert {term["taxonomy"] for term in details["terms"]} == {"category", "post_tag"}
    assert set(post["tags"]) == {term["name"] for term in details["terms"]}
    assert details["content_markdown"].endswith("\n")
    answers = {comment["id"]: comment.get("parent") for comment in details["comments"]}
    assert any(parent in answers for parent in answers.values())
    assert not re.search(r"\w@\w", json.dumps(details["comments"]))


@pytest.mark.parametrize("name", NAMES)
def test_public_items_keep_their_addresses(sites: dict[tuple[str, str], Site], name: str) -> None:
    for found in read(sites[name, "feed"].folder, "feed"):
        if not found["_postferry"].get("translations"):
            assert found["url"] == found["_postferry"]["permalink"]


def test_the_same_bytes_again(tmp_path: Path, sites: dict[tuple[str, str], Site]) -> None:
    for layout in LAYOUTS:
        before = sites["harbour", layout].folder
        again = convert_files(tmp_path / layout, FIXTURES / "harbour.xml", options=options(layout)).folder
        files = [path.relative_to(before) for path in before.rglob("*.json*") if ".postferry" not in path.parts]
        assert files
        assert all((before / path).read_bytes() == (again / path).read_bytes() for path in files)


TEXTS = (
    ("a <b>b</b><i>c</i> <p>d<br>e</p>", "a bc\n\nd\ne"),
    ("<h2>One</h2><p>Two  \n three</p>", "One\n\nTwo three"),
    ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", "- a\n- b\n\n  c"),
    ('<ol start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>d', "3. a\n  - b\n4. c\n\nd"),
    ('<ol start="x"><li>a</li></ol>', "1. a"),
    ("<pre>a\n  b</pre><p>c</p>", "a\n  b\n\nc"),
    ("<table><tr><th></th><th>a</th></tr><tr><td><p>b</p><p>c</p></td><td>d</td></tr></table>", "\ta\nb c\td"),
    ('<p>A<img src="x" alt="quay">B</p>', "A quay B"),
    ('<figure class="embed" data-url="https://x.example/1"><figcaption>c</figcaption></figure>', "https://x.example/1\nc"),
    ('<figure class="embed" data-url="https://x.example/1"><a href="#">https://x.example/1</a></figure>', "https://x.example/1"),
    ("a<script>b</script><!--c--><style>d</style>e<audio>f</audio>g", "ae\n\ng"),
    ("<div>" * 600 + "deep", "deep"),
    ("", ""),
)  # fmt: skip


@pytest.mark.parametrize(("html", "text"), TEXTS)
def test_plain_text(html: str, text: str) -> None:
    assert plain_text(tree.parse(html)) == text


def test_addresses_of_two_items_and_of_short_links(tmp_path: Path) -> None:
    site = convert(
        tmp_path,
        export(
            item(1, link="https://old.example/a/b.c/"),
            item(2, link="https://old.example/A/b-c/"),
            item(3, link="https://old.example/a/b.c/"),
            item(4, link="https://old.example/?p=4", slug="d"),
            item(5, link="https://old.example/?p=5", slug="", status="draft"),
            item(6, link="https://old.example/", slug="home", type="page"),
            item(7, link="https://old.example/../../etc/x/"),
            item(8, link=f"https://old.example/{'/'.join(['long' * 30] * 9)}/", slug="short"),
            head="<wp:base_blog_url>https://old.example</wp:base_blog_url>",
        ),
        options=options("files"),
    )
    found = every(site, "files")
    assert {id: item.get("url") for id, item in found.items()} == {
        "1": "https://old.example/a/b.c/",
        "2": "https://old.example/A/b-c/",
        "3": "https://old.example/a/b.c-3/",
        "4": "https://old.example/?p=4",
        "5": None,
        "6": "https://old.example/",
        "7": "https://old.example/../../etc/x/",
        "8": found["8"]["_postferry"]["permalink"],
    }
    paths = {row["id"]: row["path"] for row in site.report["items"]}
    assert paths == {
        "1": "posts/a/b-c.json",
        "2": "posts/A/b-c-2.json",
        "3": "posts/a/b-c-3.json",
        "4": "posts/d.json",
        "5": "not-public/title-5.json",
        "6": "posts/index.json",
        "7": "posts/etc/x.json",
        "8": "posts/short.json",
    }
    assert [notice["item"] for notice in site.notices("url.collision")] == ["3"]
    assert [notice["item"] for notice in site.notices("path.collision")] == ["2", "3"]
    assert [notice["item"] for notice in site.notices("path.moved-up")] == ["8"]


UPLOAD = "https://old.example/wp-content/uploads/a.mp3"
HEAD = "<wp:base_blog_url>https://old.example</wp:base_blog_url>"


@pytest.mark.parametrize(
    ("media", "page", "sound"),
    (("keep", "https://old.example/post-2/", UPLOAD), ("rewrite", "/post-2/", "/wp-content/uploads/a.mp3")),
)
def test_addresses_in_texts(tmp_path: Path, media: str, page: str, sound: str) -> None:
    text = f'<a href="https://old.example/?p=2">two</a> [audio src="{UPLOAD}"]'
    files = item(3, type="attachment", url=UPLOAD, title="A", meta={"_wp_attached_file": "a.mp3"})
    site = convert(tmp_path, export(item(1, content=text), item(2), files, head=HEAD), options=options(media=media))
    found = every(site)["1"]
    assert f'href="{page}"' in found["content_html"]
    assert f"]({page})" in found["_postferry"]["content_markdown"]
    assert [file["url"] for file in found["attachments"]] == [sound]
    assert found["attachments"][0]["mime_type"] == "audio/mpeg"
    assert [asset["url"] for asset in found["_postferry"]["assets"]] == [UPLOAD]


def test_root_relative_addresses_become_absolute(tmp_path: Path) -> None:
    text = '<img src="/a.jpg"> <a href="//x.example/">x</a>'
    home = HEAD.replace("old.example", "old.example/blog")
    html = every(convert(tmp_path, export(item(1, content=text), head=home), options=options()))["1"]["content_html"]
    assert 'src="https://old.example/a.jpg"' in html
    assert 'href="https://x.example/"' in html


def test_a_post_of_the_format_link_names_its_goal(tmp_path: Path) -> None:
    text = '<a href="https://old.example/x/">own</a> <a href="https://far.example/">far</a>'
    link = ("post_format", "post-format-link", "Link")
    site = convert(tmp_path, export(item(1, content=text, terms=[link]), item(2, content=text)), options=options())
    assert [found.get("external_url") for found in every(site).values()] == ["https://far.example/", None]


def test_comments_can_be_left_out_and_are_counted(tmp_path: Path) -> None:
    comments = [{"id": 1, "author": "Bo", "content": "Yes", "approved": 1, "date": "2021-03-05 05:06:07", "type": ""}]
    data = export(item(1, comments=comments))
    whole = convert(tmp_path, data, options=options())
    assert [comment["body"] for comment in every(whole)["1"]["_postferry"]["comments"]] == ["<p>Yes</p>"]
    without = convert(tmp_path, data, options=options(comments="none"))
    assert "comments" not in every(without)["1"]["_postferry"]
    assert [notice["what"] for notice in without.notices("comments.skipped")] == ["1"]


def test_fields_nobody_knows_are_there(tmp_path: Path) -> None:
    meta = {"depth": 'a:2:{i:7;s:1:"x";s:1:"a";d:1.5;}', "_hidden_thing": "kept"}
    site = convert(tmp_path, export(item(1, meta=meta), item(2, meta=meta, status="draft")), options=options())
    for row in every(site).values():
        assert row["_postferry"]["params"] == {"depth": {"7": "x", "a": 1.5}}
    assert "_hidden_thing" not in site.text("feed.json")
    assert json.loads(site.text("not-public-fields.jsonl")) == {"id": "1", "extra": {"_hidden_thing": "kept"}}
    assert every(site)["2"]["_postferry"]["extra"] == {"_hidden_thing": "kept"}


def test_a_site_without_items_and_what_is_changed_by_hand(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, type="attachment", url=UPLOAD)), options=options())
    assert json.loads(site.text("feed.json"))["items"] == []
    assert not (site.folder / "not-public.json").exists()
    assert not (site.folder / ".postferry/parts").exists()
    (site.folder / "feed.json").write_text("mine", encoding="utf-8")
    again = convert(tmp_path, export(item(1)), options=options())
    assert again.outcome.kept == ("feed.json",)
    assert site.text("feed.json") == "mine"


def test_pieces_are_joined_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/9").write_text("of a run that was killed", encoding="utf-8")
    parts = Parts(OutputFolder(tmp_path), "parts")
    for path, data in (("a", b"1"), ("b", b"2"), ("a", b"3")):
        parts.add(OutPart(path, data, b","))
    assert b"".join(parts.joined(OutJoin("a", b"[", b"]"))) == b"[1,3]"
    assert b"".join(parts.joined(OutJoin("b"))) == b"2"
    assert b"".join(parts.joined(OutJoin("c", b"[", b"]"))) == b"[]"
    parts.close()
    assert not (tmp_path / "parts").exists()


def test_a_sink_writes_joined_files_once(tmp_path: Path) -> None:
    for expected in ((1, 0), (0, 1)):
        sink = Sink(tmp_path / "out")
        sink.write([OutPart("x/a", b"1"), OutPart("x/a", b"2"), OutJoin("x/a"), OutJoin("none", if_any=True)])
        sink.finish()
        sink.save()
        sink.close()
        assert (sink.written, sink.unchanged) == expected
    assert (tmp_path / "out/x/a").read_bytes() == b"12"
    assert not (tmp_path / "out/none").exists()


def test_the_command(tmp_path: Path) -> None:
    source = tmp_path / "e.xml"
    source.write_text(export(item(1, content=f'<img src="{UPLOAD}">'), head=HEAD), encoding="utf-8")
    done = command("--from", "wordpress", "--to", "json", "--json-layout", "lines", str(source), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "e-json/posts.jsonl").read_text(encoding="utf-8").splitlines()
    assert UPLOAD in json.loads(line)["content_html"]
    assert command("--to", "json", "--json-layout", "tree", str(source), cwd=tmp_path).returncode == 2


def test_an_unknown_layout_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'tree' is no layout of JSON: feed, lines, files"):
        convert(tmp_path, export(item(1)), options=options("tree"))
