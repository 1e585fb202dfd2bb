"""Exports as they really are: cut off, concatenated, in odd encodings; and what is no export at all."""

from __future__ import annotations

import codecs
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from converters.errors import MissingSourceError, SourceError
from tests.hostile.cases import case
from tests.support import command, convert, convert_files
from tests.wxr import export, item

TEXT = "Grüße aus Łódź, 日本 and <item> in a ]]> text."


@case("xml-utf-16", "UTF-16 or UTF-32, with a byte order mark or without", "read, and noted")
@case("xml-encoding-wrong", "UTF-8 that declares ISO-8859-1", "read as the UTF-8 it is")
@case(
    "xml-broken-start", "a byte order mark, blank lines or a comment before the declaration", "passed over, and noted"
)
@pytest.mark.parametrize(
    ("encode", "code"),
    [
        (lambda text: text.encode(), None),
        (lambda text: codecs.BOM_UTF8 + text.encode(), None),
        (lambda text: b"\n\n  <!-- a plugin said hello -->\n" + text.encode(), "source.junk"),
        (lambda text: text.encode("utf-16"), "source.encoding"),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), "source.encoding"),
        (lambda text: text.encode("utf-16-le"), "source.encoding"),
        (lambda text: text.encode("utf-32"), "source.encoding"),
        (lambda text: text.replace("UTF-8", "ISO-8859-1").encode(), None),
        (lambda text: text.replace(' encoding="UTF-8"', "").encode(), None),
    ],
    ids=["utf-8", "bom", "lines before", "utf-16", "utf-16-be", "utf-16-le without mark", "utf-32", "wrong", "none"],
)
def test_encodings(tmp_path: Path, encode: object, code: str | None) -> None:
    assert callable(encode)
    site = convert(tmp_path, encode(export(item(1, title=TEXT, content=TEXT))))
    assert site.front("content/posts/post-1.md")["title"].startswith("Grüße aus Łódź, 日本 and")
    assert "Łódź, 日本" in site.body("content/posts/post-1.md")
    assert [notice["code"] for notice in site.report["source"]] == ([code] if code else [])


def test_latin_1_that_says_so(tmp_path: Path) -> None:
    text = export(item(1, title="Grüße", content="Käse"), declaration="ISO-8859-1")
    site = convert(tmp_path, text.encode("latin-1"))
    assert site.front("content/posts/post-1.md")["title"] == "Grüße"
    assert site.body("content/posts/post-1.md") == "Käse"


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_versions(tmp_path: Path, version: str) -> None:
    text = export(item(1, terms=[("category", "a", "A"), ("tag", "b", "B")]), version=version)
    if version == "1.0":
        text = text.replace("<wp:author>", "<!--").replace("</wp:author>", "-->")
    site = convert(tmp_path, text)
    front = site.front("content/posts/post-1.md")
    assert (front["categories"], front["tags"]) == (["A"], ["B"])
    assert front["authors"] == (["ada"] if version == "1.0" else ["Ada L."])


def test_no_name_spaces_at_all(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, title="Bare"), spaces=False))
    assert site.front("content/posts/post-1.md")["title"] == "Bare"


@case("xml-concatenated", "two exports in one file, with an item in both", "both are carried, the item once")
def test_two_exports_one_after_the_other(tmp_path: Path) -> None:
    both = export(item(1), item(2)) + export(item(2), item(3))
    site = convert(tmp_path, both)
    assert site.files() == ["content/posts/post-1.md", "content/posts/post-2.md", "content/posts/post-3.md"]
    assert site.outcome.account.left_out == {"same item twice": 1}


@case("xml-duplicate-id", "two different items of one id", "both are carried, and noted")
def test_one_id_two_items(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, content="one", slug="x"), item(1, content="two", slug="y")))
    assert [site.body(path) for path in site.files()] == ["one", "two"]
    assert len(site.notices("item.duplicate-id")) == 1


@case(
    "xml-truncated",
    "an export that breaks off inside a text",
    "whole items are carried, the last is named; exit status 4",
)
def test_a_truncated_export_is_carried_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = export(item(1), item(2), item(3, content="cut " * 100))
    path = tmp_path / "export.xml"
    path.write_text(whole[: whole.index("cut cut") + 20])
    done = command("--from", "wordpress", "--to", "hugo", str(path), "-o", str(tmp_path / "site"))
    assert done.returncode == 4
    assert "breaks off" in done.stderr
    assert "bytes after byte" in done.stderr
    assert "3 items = 2 carried + 1 NOT CARRIED" in done.stderr
    assert sorted(file.name for file in (tmp_path / "site/content/posts").iterdir()) == ["post-1.md", "post-2.md"]


@case("xml-php-error", "a fatal error of PHP at the end", "the same, and the message is shown")
def test_an_error_of_the_server_inside_the_export(tmp_path: Path) -> None:
    whole = export(item(1), item(2))
    message = "<br />\n<b>Fatal error</b>:  Allowed memory size of 134217728 bytes exhausted in <b>/x/export.php</b>"
    path = tmp_path / "export.xml"
    path.write_text(whole[: whole.rindex("</channel>")] + message)
    done = command(str(path), "-o", str(tmp_path / "site"))
    assert done.returncode == 4
    assert "Allowed memory size of 134217728 bytes exhausted" in done.stderr


def test_an_item_that_cannot_be_read_is_named_and_the_rest_carried(tmp_path: Path) -> None:
    broken = "<item><title>Lost one</title><" + "</".join("x" * 9) + "</item>"
    path = tmp_path / "export.xml"
    path.write_text(export(item(1), broken, item(2)))
    done = command(str(path), "-o", str(tmp_path / "site"))
    assert "3 items" in done.stderr
    assert (tmp_path / "site/content/posts/post-2.md").is_file()


@case(
    "xml-not-an-export",
    "a login page, an empty file, a feed, other XML, a picture",
    "exit status 65, one line that says what it looks like",
)
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("login.xml", b"<!DOCTYPE html><html><body>Log in</body></html>", "HTML page"),
        ("empty.xml", b"", "empty"),
        ("feed.xml", b"<?xml version='1.0'?><rss><channel><item><title>x</title></item></channel></rss>", "news feed"),
        ("other.xml", b"<?xml version='1.0'?><kml/>", "XML of another kind"),
        ("photo.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100, "does not look like XML"),
    ],
)
def test_what_is_no_export_is_named(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    done = command("--from", "wordpress", "--to", "hugo", name, "-o", "site", cwd=tmp_path)
    assert done.returncode == 65
    assert says in done.stderr
    assert "Tools > Export" in done.stderr
    said = [line for line in done.stderr.splitlines() if line != "starting"]  # which a busy machine has time to say
    assert len(said) == 1
    assert not (tmp_path / "site").exists()


def test_a_zip_of_pictures_a_folder_and_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pictures.zip", "w") as archive:
        archive.writestr("a.png", b"\x89PNG")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/notes.txt").write_text("hi")
    for source, status, says in (("pictures.zip", 65, ".png"), ("folder", 65, ".txt"), ("gone.xml", 66, "no file")):
        done = command("--from", "wordpress", source, "-o", "site", cwd=tmp_path)
        assert (done.returncode, says in done.stderr) == (status, True), done.stderr
        assert not (tmp_path / "site").exists()


@case("xml-broken-parts", "an export split into parts, in zip, tar and gzip", "one site")
def test_parts_in_archives_and_folders_are_one_site(tmp_path: Path) -> None:
    parts = [export(item(n)).encode() for n in (1, 2, 3)]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../part1.xml", parts[0])
        archive.writestr("readme.txt", b"no export")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as packed:
        info = tarfile.TarInfo("/etc/part2.xml")
        info.size = len(parts[1])
        packed.addfile(info, io.BytesIO(parts[1]))
    (tmp_path / "c.xml.gz").write_bytes(gzip.compress(parts[2]))
    site = convert_files(tmp_path, tmp_path / "a.zip", tmp_path / "b.tar.gz", tmp_path / "c.xml.gz")
    assert site.files() == ["content/posts/post-1.md", "content/posts/post-2.md", "content/posts/post-3.md"]
    assert not (tmp_path.parent / "part1.xml").exists()


def test_standard_input(tmp_path: Path) -> None:
    done = command("-", "--from", "wordpress", "-o", "site", cwd=tmp_path, stdin=export(item(1)).encode())
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site/content/posts/post-1.md").is_file()


def test_errors_are_ours(tmp_path: Path) -> None:
    with pytest.raises(MissingSourceError):
        convert_files(tmp_path, tmp_path / "none.xml")
    with pytest.raises(SourceError, match="empty"):
        convert(tmp_path, b"")


def test_a_long_head_of_comments_without_a_root_takes_no_time(tmp_path: Path) -> None:
    text = export(item(1)).replace("<rss", "<!-- a -->" * 2000 + "<rs s").replace("<channel>", "")
    site = convert(tmp_path, text)
    assert site.files() == ["content/posts/post-1.md"]
