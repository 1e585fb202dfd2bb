"""Hostile XML: entities, sizes, depths, broken bytes. The item concerned is repaired or named, others are carried."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from converters.importers.wordpress import split
from converters.importers.wordpress.repair import ItemParser, read_prolog
from converters.model.notices import Log
from tests import children
from tests.hostile.cases import case
from tests.hostile.children import measured
from tests.limits import budget
from tests.support import Site, command, convert, convert_files
from tests.wxr import cdata, export, item

OTHER = "content/posts/post-2.md"
TITLE = f"<title>{cdata('Title 1')}</title>"


def titled(title: str, **fields: Any) -> str:
    """Item 1 with a title put in as it is."""
    return item(1, **fields).replace(TITLE, f"<title>{title}</title>")


def with_type(subset: str, *items: str) -> str:
    """An export with a document type of its own."""
    return export(*items).replace("<rss ", f"<!DOCTYPE rss {subset}>\n<rss ", 1)


def carried_beside(site: Site) -> bool:
    return site.body(OTHER) == "Text of 2." and not site.outcome.account.failed


OPENED: list[str] = []
WATCHING: list[bool] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if WATCHING and event in ("open", "socket.connect", "socket.getaddrinfo"):
        OPENED.append(str(arguments[0]) if event == "open" else event)


@pytest.fixture()
def opened() -> Any:
    """Files that are opened and hosts that are asked while the test runs."""
    if not hasattr(sys, "_postferry_watched"):
        sys.addaudithook(_watch)
        sys._postferry_watched = True  # type: ignore[attr-defined]
    OPENED.clear()
    WATCHING.append(True)
    yield OPENED
    WATCHING.clear()


@case("xml-entity-file", "an external entity that names a file", "its name stays as text; no such file is opened")
@case("xml-entity-parameter", "a parameter entity that names a file", "the document type is not read")
@pytest.mark.parametrize(
    "subset", ['[<!ENTITY x SYSTEM "file:///etc/hostname">]', '[<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]']
)
def test_entities_that_name_a_file(tmp_path: Path, subset: str, opened: list[str]) -> None:
    site = convert(tmp_path, with_type(subset, titled("a &x; b"), item(2)))
    assert any(name.endswith("export.xml") for name in opened)
    assert not [name for name in opened if "hostname" in name]
    assert site.front("content/posts/post-1.md")["title"] == "a &x; b"
    assert [notice["what"] for notice in site.notices("xml.entity")] == ["&x;"]
    assert carried_beside(site)


@case("xml-dtd-remote", "a document type at an address", "nothing is fetched")
def test_a_document_type_elsewhere(tmp_path: Path, opened: list[str]) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        address = f'SYSTEM "http://127.0.0.1:{server.getsockname()[1]}/x.dtd"'
        site = convert(tmp_path, with_type(address, item(1), item(2)))
        with pytest.raises(TimeoutError):
            server.accept()
    assert not [name for name in opened if name.startswith("socket")]
    assert carried_beside(site)


@case("xml-entity-laughs", "entities of entities (billion laughs)", "they stay names; memory stays small")
@case("xml-entity-quadratic", "one large entity, named 100,000 times", "it stays a name; memory stays small")
@pytest.mark.parametrize(
    ("subset", "title"),
    [
        ('<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 11)), "&l10;"),
        (f'<!ENTITY l10 "{"a" * 100_000}">', "&l10;" * 100_000),
    ],
    ids=["laughs", "quadratic"],
)
def test_entities_that_grow(tmp_path: Path, subset: str, title: str) -> None:
    (tmp_path / "export.xml").write_text(with_type(f"[{subset}]", titled(title), item(2)))
    cost = measured("--from", "wordpress", "export.xml", "-o", "site", cwd=tmp_path)
    assert (cost.status, cost.megabytes < 150) == (0, True), cost
    assert "l10;" in (tmp_path / "site/content/posts/post-1.md").read_text()
    assert (tmp_path / "site" / OTHER).is_file()


@case("xml-cdata-large", "12 MB in one section", "carried whole")
@case("html-text-large", "a single text of 12 MB", "carried whole")
def test_a_text_of_twelve_megabytes(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, content="word " * 2_500_000 + "end"), item(2)))
    body = site.body("content/posts/post-1.md")
    assert (len(body), body[-8:]) == (12_500_003, "word end")
    assert carried_beside(site)


def too_large(tmp_path: Path, size: int) -> None:
    """An export with an item of `size` bytes in one section, most of it a hole in the file."""
    front, _, back = export(item(1, content="HERE"), item(2)).partition("HERE")
    with (tmp_path / "export.xml").open("wb") as file:
        file.write(front.encode())
        file.truncate(size)
        file.seek(size)
        file.write(back.encode())
    cost = measured("export.xml", "-o", "site", cwd=tmp_path)
    assert cost.status == 4
    assert "larger than the limit" in cost.said
    assert cost.megabytes < 300
    assert [path.name for path in (tmp_path / "site/content/posts").iterdir()] == ["post-2.md"]


@case("xml-item-too-large", "an item of 1 GiB", "named and left out, with exit status 4; memory stays below 300 MB")
@pytest.mark.parametrize("size", [80 << 20, pytest.param(1 << 30, marks=pytest.mark.slow)])
def test_an_item_over_the_limit(tmp_path: Path, size: int) -> None:
    too_large(tmp_path, size)


@case("xml-item-too-large", "marks that lie across two windows of the search", "found all the same")
@pytest.mark.parametrize("window", range(130, 150))
def test_windows(tmp_path: Path, window: int, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "export.xml").write_text(export(item(1, content="raw ]]> and </item> in it " * 20), item(2), item(3)))
    with split.Splitter(tmp_path / "export.xml") as splitter:
        whole = list(splitter.parts())
        monkeypatch.setattr(split, "_WINDOW", window)
        assert list(splitter.parts()) == whole
    assert len(whole) == 7


@case("xml-depth", "100,000 elements inside each other in a title", "the words stay, the tags go, which is noted")
@pytest.mark.parametrize("closed", [True, False])
def test_a_deep_title(tmp_path: Path, closed: bool) -> None:
    title = "<b>" * 100_000 + "deep" + "</b>" * 100_000 * closed
    site = convert(tmp_path, export(titled(title), item(2)))
    assert site.front("content/posts/post-1.md")["title"] == "deep"
    assert len(site.notices("xml.markup")) == 1
    assert carried_beside(site)


def parse(data: str) -> tuple[str, Log]:
    log = Log("1")
    element = ItemParser(read_prolog(b"")).parse(data.encode(), log)
    assert element is not None
    return str(element.findtext("title")), log


@case("xml-attributes", "100,000 attributes, also with as many prefixes nobody declared", "read in linear time")
@pytest.mark.parametrize("name", ["a{}", "p{}:a"])
def test_many_attributes(name: str) -> None:
    def make(count: int) -> str:
        attributes = " ".join(f'{name.format(number)}="v"' for number in range(count))
        return f"<item {attributes}><title>Here &bogus;</title></item>"

    with budget():
        title, log = parse(make(100_000))
    assert title == "Here &bogus;"
    assert all(len(notice.what) < 2_000 for notice in log.notices)


@case("xml-control-characters", "control characters in texts, fields and comments", "removed and counted")
@case("xml-control-references", "references to control characters, surrogates and numbers without end", "removed")
@pytest.mark.parametrize(
    ("title", "expected", "codes"),
    [
        ("a\x00b\x01c\x10d\x11e\x1cf\x1dg", "abcdefg", ["6"]),
        ("a&#x8;b&#0;c&#55357;d", "abcd", ["&#x8;", "&#0;", "&#55357;"]),
        ("a&#" + "9" * 5_000 + ";b&#x" + "F" * 5_000 + ";c", "abc", ["&#" + "9" * 78, "&#x" + "F" * 77]),
        ("a&#8;&#x" + "0" * 5_000 + "41;", "aA", ["&#8;"]),
    ],
)
def test_control_characters(tmp_path: Path, title: str, expected: str, codes: list[str]) -> None:
    site = convert(tmp_path, export(titled(title), item(2)))
    assert site.front("content/posts/post-1.md")["title"] == expected
    assert [notice["what"] for notice in site.notices("xml.control-characters")] == codes
    assert carried_beside(site)


@case("xml-encoding-odd", "a declared encoding that is none of characters, or not this file's", "not used")
@pytest.mark.parametrize("declared", ["punycode", "UTF-16", "undefined", "zlib", "no-such", "unicode_escape", "idna"])
def test_odd_encodings(tmp_path: Path, declared: str) -> None:
    site = convert(tmp_path, export(item(1, content="größer \\u0041"), declaration=declared).encode("latin-1"))
    assert site.body("content/posts/post-1.md") == "größer \\u0041"
    assert [notice["what"] for notice in site.notices("xml.encoding")] == ["windows-1252"]


@case(
    "xml-id",
    "ids that are paths, numbers without end, or none",
    "the item gets one of ours; nothing is written outside",
)
def test_ids_that_are_none(tmp_path: Path) -> None:
    comments = [{"id": 1, "author": "A", "content": "hello", "approved": 1}]
    ids = ["../../evil", "9" * 5_000, "-1", "a/b", "..", "byte-0-900", ""]
    items = [item(id, slug=f"s{number}", comments=comments) for number, id in enumerate(ids)]
    site = convert(tmp_path, export(*items, item(2)))
    assert site.outcome.account.carried == {"post": 8}
    assert carried_beside(site)
    assert not [path for path in tmp_path.rglob("*") if "evil" in path.name and tmp_path / "site" not in path.parents]
    names = [path.name for path in (site.folder / "data/comments").iterdir()]
    assert (len(names), all(name.startswith("byte-0-") for name in names)) == (7, True)


@case("xml-numbers", "numbers of 5,000 digits where a parent, an order or a picture belongs", "passed over")
def test_numbers_without_end(tmp_path: Path) -> None:
    many = "9" * 5_000
    site = convert(tmp_path, export(item(1, order=many, parent=many, meta={"_thumbnail_id": many}), item(2)))
    assert "weight" not in site.front("content/posts/post-1.md")
    assert carried_beside(site)


@case("xml-truncated-parts", "two parts that break off at the same byte", "each is named by itself")
def test_two_truncated_parts(tmp_path: Path) -> None:
    whole = export(item(1), item(3, content="cut " * 100))
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(whole[: whole.index("cut cut") + 20])
    site = convert_files(tmp_path, tmp_path / "a.xml", tmp_path / "b.xml")
    assert len(site.notices("source.truncated")) == 2
    assert len(site.outcome.account.failed) == 2


@case("xml-terms-many", "20,000 terms on one post", "all stay, in linear time")
def test_many_terms_on_one_post() -> None:
    from converters.frontmatter.keys import term_names
    from converters.frontmatter.labels import PLAIN
    from converters.html.tree import parse as html
    from converters.model import HtmlBody, Post, Status, Term
    from converters.model import Site as Model

    terms = tuple(Term("post_tag", f"t{number}", f"T {number}") for number in range(200_000))
    post = Post(id="1", kind="post", status=Status.PUBLISHED, title="", body=HtmlBody(html("")), terms=terms)
    found = term_names(PLAIN.terms(post, Model(terms=terms)), {"post_tag": "tags"})
    assert len(found["tags"]) == 200_000  # by the square it would take half an hour


@case("xml-terms-chain", "a chain of 3,000 categories, each in the one before", "50 levels stay in an address")
def test_a_chain_of_terms() -> None:
    from converters.model import Site as Model
    from converters.model import Term
    from converters.old_site.archives import Archives

    terms = tuple(Term("category", f"c{n}", f"C{n}", parent=f"c{n - 1}" if n else "") for n in range(3_000))
    archives = Archives(Model(title="", terms=terms))
    paths = [archives.term_path(term) for term in terms]
    assert paths[2] == "/category/c0/c1/c2/"
    assert max(path.count("/") for path in paths) == 52


@case("xml-comments-many", "so many comments on one post that it is over the limit", "named; memory stays bounded")
@pytest.mark.slow
def test_a_million_comments(tmp_path: Path) -> None:
    front, _, back = export(item(1, raw="HERE"), item(2)).partition("HERE")
    with (tmp_path / "export.xml").open("w") as file:
        file.write(front)
        for number in range(1_000_000):
            file.write(
                f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_content>words</wp:comment_content>"
            )
            file.write("<wp:comment_approved>1</wp:comment_approved></wp:comment>\n")
        file.write(back)
    cost = measured("export.xml", "-o", "site", cwd=tmp_path)
    assert (cost.status, "larger than the limit" in cost.said, cost.megabytes < 300) == (4, True, True), cost
    assert (tmp_path / "site" / OTHER).is_file()


@case("xml-comments-many", "10,000 comments on one post", "all are carried")
def test_many_comments(tmp_path: Path) -> None:
    comments = [{"id": n, "author": "A", "content": f"word {n}", "approved": 1} for n in range(10_000)]
    site = convert(tmp_path, export(item(1, comments=comments), item(2)))
    assert site.text("data/comments/1.yaml").count("word ") == 10_000
    assert carried_beside(site)


@case("xml-php-nodes", "PHP values that claim or nest more than they hold", "refused in linear time, kept as text")
def test_php_values(tmp_path: Path) -> None:
    meta = {
        "a": "a:999999999:{}", "b": "a:1:{i:0;" * 100_000 + "}" * 100_000, "c": "i:" + "9" * 5_000 + ";",
        "d": 'O:8:"stdClass":1:{s:1:"x";i:1;}', "e": "a:1:{i:0;O:3:\"Foo\":0:{}}",
        "f": "a:2:{i:0;a:1:{i:0;R:2;}i:1;R:1;}",
    }  # fmt: skip
    site = convert(tmp_path, export(item(1, meta=meta), item(2)))
    read = {"d": {"x": 1}, "e": [{"__PHP_Incomplete_Class_Name": "Foo"}]}
    assert site.front("content/posts/post-1.md")["params"] == {key: meta[key] for key in "acf"} | read
    assert {notice["where"] for notice in site.notices("php.invalid")} == {"a", "c", "f"}
    assert [notice["what"] for notice in site.notices("field.too-large")] == ["b"]
    assert carried_beside(site)


@case("xml-pipe", "a pipe as source, one without a writer, a device", "read like a file; none is waited for")
@pytest.mark.skipif(sys.platform == "win32", reason="pipes have no names there")
@pytest.mark.slow
def test_pipes_and_devices(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    empty = command("--from", "wordpress", "pipe.xml", "-o", "none", cwd=tmp_path)
    assert (empty.returncode, "empty" in empty.stderr) == (65, True), empty.stderr
    device = command("--from", "wordpress", "/dev/zero", "-o", "none", cwd=tmp_path)
    assert (device.returncode, "neither a file nor a folder" in device.stderr) == (65, True), device.stderr
    with children.start(["/bin/echo", export(item(1))], stdout=subprocess.PIPE) as writer:
        script = str(Path(sys.executable).with_name("postferry"))
        fed = [script, "--from", "wordpress", "/dev/stdin", "-o", "site", "-q"]
        children.run(fed, stdin=writer.stdout, cwd=tmp_path, check=True)
    assert (tmp_path / "site/content/posts/post-1.md").is_file()
