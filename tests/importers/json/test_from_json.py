"""`--from json`: feeds of other programs, files that are broken or hostile, and what is told of them."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from converters.errors import ChangedSourceError, SourceError
from converters.importers.json.items import as_html, id_of, own_asset
from converters.importers.json.records import decode
from converters.importers.json.scan import BrokenOffError, Scanner, read_span
from converters.importers.json.survey import Survey
from converters.model import Asset, Entry, Role, Status
from converters.model.notices import Log
from converters.model.options import ReadOptions, WriteOptions
from converters.plugin import SourceFile
from pipelines.run.carry import Options
from pipelines.run.index import Index, IndexWriter
from pipelines.sources.guess import guess_importer
from tests.folders import ROOT
from tests.hostile.cases import case
from tests.support import Site, convert_files
from tests.wxr import export, item

FROM_JSON = Options("json", "hugo")
VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: Any, **more: Any) -> str:
    return json.dumps({"version": VERSION, "title": "Tea", **more, "items": items}, indent=2)


def converted(folder: Path, text: str | bytes, *, name: str = "feed.json", options: Options = FROM_JSON) -> Site:
    source = folder / "in" / name
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    return convert_files(folder, source, options=options)


def own(id: str = "1", **details: Any) -> dict[str, Any]:
    """An item as `--to json` writes it."""
    known = {"kind": "post", "status": "published", "slug": f"post-{id}", "permalink": f"https://tea.example/p/{id}/"}
    more = {"content_html": f"<p>Text {id}</p>", "content_text": "", "date_published": "2024-05-01T08:00:00+02:00"}
    return {"id": id, "title": f"Post {id}", **more, "_postferry": {**known, **details}}


def test_a_feed_of_another_program(tmp_path: Path) -> None:
    site = converted(
        tmp_path,
        feed(
            {
                "id": "https://tea.example/2024/pot",
                "url": "https://tea.example/2024/pot",
                "title": "The <pot>",
                "content_html": '<p>Warm it. <img src="pot.jpg"> <a href="/about">me</a></p>',
                "summary": "Warm & wet",
                "image": "https://tea.example/pot-large.jpg",
                "date_published": "2024-05-01T08:00:00+02:00",
                "date_modified": "2024-05-02T08:00:00Z",
                "authors": [{"name": "Ida Leaf", "url": "https://ida.example/"}],
                "tags": ["Pots & pans", "tea", "tea"],
                "attachments": [
                    {"url": "https://tea.example/pot.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 120,
                     "duration_in_seconds": 61.4}
                ],
            },
            {"id": 2, "url": "https://tea.example/note", "content_text": "A <note>\nof two lines\n\nand more"},
            {"id": 2.5, "content_text": "again", "external_url": "https://far.example/x"},
            home_page_url="https://tea.example/",
            language="en-GB",
            user_comment="ignored",
        ),
    )  # fmt: skip
    front = site.front("content/posts/pot.md")
    assert front["title"] == "The <pot>"
    assert front["summary"] == "Warm & wet"
    assert front["date"].isoformat() == "2024-05-01T08:00:00+02:00"
    assert front["tags"] == ["Pots & pans", "tea"]
    assert front["authors"] == ["Ida Leaf"]
    assert front["enclosures"] == [{"url": "/pot.mp3", "length": 120, "type": "audio/mpeg", "duration": "61"}]
    assert front["featured_image"] == {"src": "/pot-large.jpg"}
    assert front["guid"] == "https://tea.example/2024/pot"
    assert site.body("content/posts/pot.md") == "Warm it. ![](/2024/pot.jpg) [me](https://tea.example/about)"
    assert site.body("content/posts/note.md") == "A \\<note>\\\nof two lines\n\nand more"
    assert 'title = "Tea"' in site.text("hugo.toml")
    assert site.outcome.account.carried == {"post": 3}
    assert site.notices("json.more") == []


def test_a_feed_of_version_1(tmp_path: Path) -> None:
    items = [{"id": id, "content_text": "T", "title": id.upper()} for id in "ab"]
    text = feed({**items[0], "author": {"name": "Bo"}}, items[1], author={"name": "Cy"})
    site = converted(tmp_path, text.replace("1.1", "1"))
    assert site.front("content/posts/a.md")["authors"] == ["Bo"]
    assert site.front("content/posts/b.md")["authors"] == ["Cy"], "of the feed, where the item names nobody"


def test_without_site_json_the_loss_is_named(tmp_path: Path) -> None:
    text = feed(own(terms=[{"taxonomy": "category", "slug": "green", "name": "Green"}]), _postferry={"version": 1})
    site = converted(tmp_path, text)
    assert site.front("content/posts/post-1.md")["categories"] == ["Green"]
    assert len(site.notices("json.site-missing")) == 1


def test_what_is_in_a_hidden_file_stays_hidden(tmp_path: Path) -> None:
    """Whatever the items say themselves; and an unknown status is a draft's."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "feed.json").write_text(feed(own("1"), own("2", status="secret"), _postferry={}), "utf-8")
    (folder / "not-public.json").write_text(feed(own("3"), own("4", status="private"), _postferry={}), "utf-8")
    (folder / "site.json").write_text('{"version":1,"title":"Tea","base_url":"https://tea.example","assets":[]}')
    for source in (folder, folder / "feed.json"):
        site = convert_files(tmp_path, source, options=FROM_JSON)
        drafts = {name: site.front(f"content/posts/post-{name}.md").get("draft", False) for name in "1234"}
        assert drafts == {"1": False, "2": True, "3": True, "4": True}
        assert [notice["item"] for notice in site.notices("json.hidden")] == ["3"]
        assert [notice["what"] for notice in site.notices("status.unknown")] == ["secret"]


def test_what_no_list_named_stays_unlisted(tmp_path: Path) -> None:
    """It is beside what was not public, and whoever knows its URL may see it."""
    text = feed(own("1", unlisted=True, since="2024-05-03T00:00:00Z", until="2124-01-01T00:00:00Z"))
    site = converted(tmp_path, text, name="not-public.json", options=Options("json", "json"))
    assert site.notices("json.hidden") == []
    details = json.loads(site.text("not-public.json"))["items"][0]["_postferry"]
    assert (details["status"], details["unlisted"]) == ("published", True)
    assert (details["since"], details["until"]) == ("2024-05-03T00:00:00Z", "2124-01-01T00:00:00Z")


def test_pages_of_a_feed_that_are_not_there_are_named(tmp_path: Path) -> None:
    for number, url in enumerate(("https://tea.example/feed.json?page=2", "https://tea.example/feed-2.json")):
        folder = tmp_path / str(number)
        folder.mkdir()
        site = converted(folder, feed(own(), next_url=url))
        assert [notice["what"] for notice in site.notices("json.more")] == [url]


WRONG: dict[str, Any] = {
    "title": 7, "tags": "tea", "authors": [{"name": "Bo"}, 3], "image": ["x"], "language": {}, "attachments": [1],
    "date_published": [], "summary": None,
}  # fmt: skip
WRONG_DETAILS: dict[str, Any] = {
    "order": "first", "terms": [{"taxonomy": "category", "slug": "a", "name": "A"}, {"name": 1}, None],
    "comments": [{"id": "1", "parent": "", "kind": "comment", "author": "Bo", "url": "", "date": None, "body": "Yes"},
                 5],
    "params": [], "former": ["/old/", 3], "featured": "x.jpg", "translations": {"en": 1}, "seo": [],
}  # fmt: skip


@case("json-types", "fields of an item of a JSON Feed have other types than their own",
      "each is left out and named; the item and its other fields are converted")  # fmt: skip
def test_fields_of_wrong_types(tmp_path: Path) -> None:
    site = converted(tmp_path, feed({**own(**WRONG_DETAILS), **WRONG}, own("2")))
    assert site.outcome.account.carried == {"post": 2}
    named = {notice["what"] for notice in site.notices("json.field")}
    assert named >= {"title", "tags", "authors[1]", "image", "language", "attachments[0]"}
    assert named >= {
        f"_postferry.{name}" for name in ("order", "terms[1]", "comments[1]", "params", "former[1]", "seo")
    }
    front = site.front("content/posts/post-1.md")
    assert front["categories"] == ["A"]
    assert site.text("data/comments/1.yaml").count("body:") == 1
    assert site.notices("date.invalid")


@pytest.mark.parametrize(
    ("text", "words"),
    (
        (b"", "it is empty"),
        (b"<!doctype html><p>Log in", "HTML page"),
        (b"<rss><channel/></rss>", "RSS or Atom"),
        (b'[{"id": 1}]', "it is a list"),
        (b"hello", "does not begin with {"),
    ),
)
def test_what_is_no_feed_is_refused(tmp_path: Path, text: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words):
        converted(tmp_path, text)


@pytest.mark.parametrize("text", ('{"a": 1}', '{"version": 3, "title": "x"}', "{}"))
def test_an_object_without_items_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match="There is no feed in"):
        converted(tmp_path, text)


@case("json-broken", "a JSON Feed that breaks off, and items that are no JSON",
      "whole items are converted; what is left is named as not converted")  # fmt: skip
def test_a_feed_that_breaks_off(tmp_path: Path) -> None:
    whole = feed(own("1"), own("2"), own("3"))
    site = converted(tmp_path, whole[: whole.index('"post-3"')])
    assert sorted(path.name for path in (site.folder / "content/posts").glob("post-*")) == ["post-1.md", "post-2.md"]
    assert len(site.notices("source.truncated")) == 1
    (tmp_path / "b").mkdir()
    broken = whole.replace('"title": "Post 2"', '"title": Post 2')
    site = converted(tmp_path / "b", broken)
    assert site.outcome.account.carried == {"post": 2}
    assert len(site.notices("json.unreadable")) == 1


@case("json-characters", "half of a character of two halves, control characters, bytes that are no UTF-8",
      "they are replaced, and the item is converted")  # fmt: skip
def test_characters_no_page_may_have(tmp_path: Path) -> None:
    text = feed(own("1"), own("2"), own("3")).replace("Text 1", "T\\ud83d\\u0000\\u0007x")
    data = text.encode().replace(b"Text 2", b"caf\xe9").replace(b"Text 3", b"a\x01b")
    site = converted(tmp_path, data)
    assert site.body("content/posts/post-1.md") == "Tx"
    assert site.body("content/posts/post-2.md") == "caf\ufffd"
    assert site.body("content/posts/post-3.md") == "ab"


def test_decode_mends_and_refuses() -> None:
    log = Log()
    assert decode(b'{"a": "b"}', log) == {"a": "b"}
    assert log.notices == []
    assert decode(b'{"a": NaN, "b": "\\ud800"}', log) == {"a": None, "b": ""}
    assert [notice.code for notice in log.notices] == ["json.repaired"]
    for text in (b"[" * 200 + b"]" * 200, b"[" * 100_000 + b"]" * 100_000, b"{'a': 1}", b"nothing"):
        with pytest.raises(ValueError, match=r".+"):
            decode(text, log)


@case("json-paths", "a JSON Feed whose ids, kinds, slugs, paths of files and links name files of this machine",
      "nothing is read but the feed's own files, nothing is written outside of the output")  # fmt: skip
def test_no_text_of_a_feed_names_a_file_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    up = "../" * 12
    asset = {"id": "9", "url": "/../../secret.txt", "path": f"{up}{secret}", "file": str(secret)}
    hostile = own("../../../../evil", kind="../../evil", slug="../../evil", parent="/etc", template="../../evil",
                  featured=asset, assets=[asset], translations={"../../x": "../../y"}, permalink=f"file://{secret}",
                  terms=[{"taxonomy": "../../evil", "slug": "../../evil", "name": "../../evil"}],
                  comments=[{"id": "../../c", "parent": "", "kind": "comment", "author": "x", "url": "", "date": None,
                             "body": "c"}])  # fmt: skip
    whole = {"version": 1, "base_url": "https://tea.example", "menus": [{"slug": "../../m", "name": "m"}],
             "kinds": ["../../evil"], "authors": [{"id": "1", "login": "../../evil", "name": "../../evil"}],
             "time_zone": "../../../etc/passwd", "assets": [asset]}  # fmt: skip
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "feed.json").write_text(feed(hostile, _postferry={}), "utf-8")
    (folder / "site.json").write_text(json.dumps(whole), "utf-8")
    (folder / "not-public.json").symlink_to(secret)
    before = set(tmp_path.rglob("*"))
    for target in ("hugo", "jekyll", "json", "markdown"):
        site = convert_files(tmp_path, folder, options=Options("json", target), force=True)
        assert site.outcome.account.carried == {"post": 1}
        made = [path for path in tmp_path.rglob("*") if path not in before]
        assert all(path.is_relative_to(site.folder) for path in made)
        texts = [path.read_bytes() for path in made if path.is_file() and ".postferry" not in path.parts]
        assert not any(b"the secret" in text for text in texts)
        assert [notice["what"] for notice in site.notices("source.skipped")] == ["not-public.json"]


@case("json-active", "a JSON Feed with scripts in its texts, comments and URLs", "they are taken out as of any source")
def test_active_content(tmp_path: Path) -> None:
    bad = '<script>alert(1)</script><img src=x onerror="alert(2)"><a href="javascript:alert(3)">x</a>'
    comment = {"id": "1", "parent": "", "kind": "comment", "author": "x", "url": "javascript:alert(4)", "date": None,
               "body": bad}  # fmt: skip
    item = {**own(comments=[comment], excerpt=bad), "content_html": bad}
    site = converted(tmp_path, feed(item, {"id": "f", "title": "F", "content_html": bad, "url": "javascript:alert(5)"}))
    written = [p for p in site.folder.rglob("*") if p.is_file() and p.suffix in (".md", ".yaml", ".toml")]
    assert len(written) > 3
    assert not any("alert(" in p.read_text("utf-8") for p in written if ".postferry" not in p.parts)


def test_private_data_of_comments_is_read_on_request_only(tmp_path: Path) -> None:
    comment = {"id": "1", "parent": "", "kind": "comment", "author": "Bo", "url": "", "date": None, "body": "Yes",
               "email": "bo@post.example", "ip": "192.0.2.7"}  # fmt: skip
    site = converted(tmp_path, feed(own(comments=[comment])))
    assert "bo@post" not in site.text("data/comments/1.yaml")
    options = Options("json", "hugo", ReadOptions(comments_private=True))
    site = converted(tmp_path, feed(own(comments=[comment])), options=options)
    assert "bo@post.example" in site.text("data/comments/1.yaml")
    assert "192.0.2.7" in site.text("data/comments/1.yaml")


def test_an_asset_has_no_file_of_this_machine() -> None:
    found = own_asset(Asset("../x", "https://tea.example/a.jpg", file="/etc/passwd", parent="../y"))
    assert found.file == ""
    assert "/" not in found.id + found.parent


def test_ids() -> None:
    assert id_of("12@fr") == "12@fr"
    assert id_of(7) == "7"
    assert id_of(None) == id_of(True) == id_of([]) == id_of("") == ""
    assert len({id_of("https://a.example/1"), id_of("https://a.example/2"), id_of("../x"), id_of("..")}) == 4
    assert all("/" not in id_of(text) and id_of(text).strip(".") for text in ("a/b", "..", ".", "../x"))


def test_two_items_of_one_id(tmp_path: Path) -> None:
    site = converted(tmp_path, feed(own("1"), own("1", slug="other"), own("1", slug="third")))
    assert len(site.files()) == 3
    assert len(site.notices("item.duplicate-id")) == 2


@pytest.mark.parametrize(
    ("text", "html"),
    (("a\nb\n\n\n c<d", "<p>a<br>b</p><p> c&lt;d</p>"), ("", ""), ("\r\na\r\n\r\nb", "<p>a</p><p>b</p>")),
)
def test_plain_text_as_html(text: str, html: str) -> None:
    assert as_html(text) == html


def test_auto_finds_feeds(tmp_path: Path) -> None:
    """By what they hold; a feed beside the pages of a site belongs to the site."""
    written = tmp_path / "e.xml"
    written.write_text(export(item(1), item(2, status="draft", meta={"_h": "x"})), encoding="utf-8")
    for layout in ("feed", "lines", "files"):
        options = Options("wordpress", "json", write=WriteOptions(json_layout=layout))
        (tmp_path / layout).mkdir()
        folder = convert_files(tmp_path / layout, written, options=options).folder
        assert guess_importer([str(folder)]) == "json"
        for file in folder.glob("*.json*"):
            assert guess_importer([str(file)]) == "json", file
    (tmp_path / "feed.json").write_text(feed({"id": "1", "content_text": "x"}), "utf-8")
    assert guess_importer([str(tmp_path / "feed.json")]) == "json"
    (tmp_path / "web").mkdir()
    (tmp_path / "web/feed.json").write_text(feed({"id": "1", "content_text": "x"}), "utf-8")
    (tmp_path / "web/index.html").write_text("<!doctype html><title>T</title><p>Text", "utf-8")
    assert guess_importer([str(tmp_path / "web")]) == "html"
    assert guess_importer([str(ROOT / "fixtures/wordpress/harbour.xml")]) == "wordpress"


def test_a_feed_that_changes_while_it_is_read(tmp_path: Path) -> None:
    source = tmp_path / "feed.json"
    source.write_text(feed(own("1")), "utf-8")
    files = [SourceFile(str(source), "feed.json")]
    from converters.importers.json.importer import JsonImporter

    importer, writer = JsonImporter(ReadOptions()), IndexWriter(tmp_path / "index.db")
    writer.finish_survey(*importer.survey(files, writer))
    index = Index(tmp_path / "index.db")
    source.write_text(feed(own("2")), "utf-8")
    with pytest.raises(ChangedSourceError, match=r"feed\.json changed"):
        importer.read(next(index.entries()), index, Log())
    writer.close()


class Counting:
    """A sink that forgets."""

    log = Log()

    def __init__(self, folder: Path) -> None:
        self.folder, self.met = folder, 0

    def entry(self, entry: Entry, notices: Any = ()) -> None:
        assert (entry.role, entry.status) == (Role.CONTENT, Status.PUBLISHED)
        self.met += 1

    def asset(self, *given: Any) -> None: ...

    settle = recast = relate = link = asset


def peak(file: Path) -> tuple[int, int]:
    """(items, bytes of memory at most)"""
    sink = Counting(file.parent)
    tracemalloc.start()
    try:
        Survey(sink, ReadOptions(), None).run([SourceFile(str(file), file.name)])
        return sink.met, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("indent", (None, 2))
def test_memory_does_not_grow_with_the_feed(tmp_path: Path, indent: int | None) -> None:
    """Items are read one after the other, in any formatting."""
    file = tmp_path / "feed.json"
    rows = [{**own(str(number)), "content_html": "<p>" + 'word "x" ' * 6_000} for number in range(400)]
    file.write_text(json.dumps({"version": VERSION, "items": rows, "title": "T"}, indent=indent), "utf-8")
    met, most = peak(file)
    assert met == 400
    assert file.stat().st_size > 5 * most


SCANNED: tuple[tuple[str, dict[str, Any]], ...] = (
    ('{"a": [1, {"b": "]},"}, "x,y"], "c": {"d": [2]}}', {"a": ["1", '{"b": "]},"}', '"x,y"'], "c": '{"d": [2]}'}),
    ('{ "a" : [ ] , "c" : null }', {"a": [""], "c": "null"}),
    ('{"a":["\\"\\\\", "\\\\\\""],"c":"\\u007d"}', {"a": ['"\\"\\\\"', '"\\\\\\""'], "c": '"\\u007d"'}),
    ("{}", {}),
)


@pytest.mark.parametrize("chunk", (1, 2, 7, 1024))
@pytest.mark.parametrize(("text", "expected"), SCANNED)
def test_the_scanner_finds_values(
    text: str, expected: dict[str, Any], chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converters.importers.json.scan._CHUNK", chunk)
    scanner, again, found = Scanner(io.BytesIO(text.encode())), io.BytesIO(text.encode()), dict[str, Any]()
    for key in scanner.members():
        if key == "a":
            found[key] = [read_span(again, span).decode().strip() for span in scanner.rows()]
        else:
            found[key] = read_span(again, scanner.value()).decode().strip()
    assert found == expected


@pytest.mark.parametrize(
    "text", ("", "{", '{"a"', '{"a": [1', '{"a": [{"b": 1', '{"a": "x', "[1]", '{"a": ]}', '{"a": {}')
)
def test_the_scanner_sees_what_breaks_off(text: str) -> None:
    scanner = Scanner(io.BytesIO(text.encode()))
    with pytest.raises(BrokenOffError):
        for key in scanner.members():
            _ = list(scanner.rows()) if key == "a" and "[" in text else scanner.value()


def test_the_scanner_finds_lines() -> None:
    text = b'{"a": "}"}\n\n {"b": [{}]}{"c": 1}\n'
    found = [text[span.start : span.end] for span in Scanner(io.BytesIO(text)).documents()]
    assert found == [b'{"a": "}"}', b'{"b": [{}]}', b'{"c": 1}']
    with pytest.raises(BrokenOffError):
        list(Scanner(io.BytesIO(b'{"a": 1}\nfalse, "x"\n')).documents())
