"""WordPress to JSON to Hugo is WordPress to Hugo: the files are compared, and what differs has a reason here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converters.model.options import ReadOptions, WriteOptions
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import convert, convert_files
from tests.wxr import export, item

ABSOLUTE = "a relative URL that leads to nothing of the site: a feed has it as an absolute one"
FIXTURES = ROOT / "fixtures/wordpress"
REASONS = {
    "harbour": {"content/posts/its-late.md": ABSOLUTE},
    "constructs": {
        "content/posts/anchors-and-links-inside-the-page.md": ABSOLUTE,
        "content/posts/buttons-with-and-without-links.md": ABSOLUTE,
        "content/posts/text-of-templates-title-and-raw.md": ABSOLUTE,
    },
    "polylang": {},
    "qtranslate": {},
}
"""fixture -> file that differs -> why"""
_ADDRESS = re.compile(r'(?<=\]\()[^\s()]+|(?<=(?:href|.src|cite)=")[^"]+')


def written(folder: Path) -> dict[str, bytes]:
    """Every file of a site but for what the program keeps for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".postferry" not in path.parts
    }


def by_way_of_json(folder: Path, source: Path, **write: object) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """(files of WordPress to Hugo, files of WordPress to JSON to Hugo)"""
    straight = convert_files(folder / "straight", source)
    json = Options("wordpress", "json", write=WriteOptions(media="keep", **write))  # type: ignore[arg-type]
    feed = convert_files(folder / "json", source, options=json).folder
    round = convert_files(folder / "round", feed, options=Options("json", "hugo"))
    assert round.notices("json.field") == round.notices("json.unreadable") == []
    return written(straight.folder), written(round.folder)


@pytest.mark.parametrize("name", REASONS)
def test_by_way_of_json_is_the_same_as_straight(tmp_path: Path, name: str) -> None:
    straight, round = by_way_of_json(tmp_path, FIXTURES / f"{name}.xml")
    assert straight.keys() == round.keys()
    assert len(straight) > 15
    differing = {path for path in straight if straight[path] != round[path]}
    assert differing == REASONS[name].keys()
    for path in differing:
        one, two = (_ADDRESS.sub("URL", files[path].decode()) for files in (straight, round))
        assert one == two, f"{path} differs in more than URLs"


@pytest.mark.parametrize("target", ("jekyll", "markdown"))
def test_every_target_is_the_same_as_straight(tmp_path: Path, target: str) -> None:
    """What is built of the one is what is built of the other."""
    source = FIXTURES / "harbour.xml"
    straight = written(convert_files(tmp_path / "straight", source, options=Options("wordpress", target)).folder)
    to_json = Options("wordpress", "json", write=WriteOptions(media="keep"))
    feed = convert_files(tmp_path / "json", source, options=to_json).folder
    round = written(convert_files(tmp_path / "round", feed, options=Options("json", target)).folder)
    differing = [path for path in straight.keys() | round.keys() if straight.get(path) != round.get(path)]
    assert [Path(path).stem.removeprefix("2022-08-01-") for path in differing] == ["its-late"]


@pytest.mark.parametrize("write", ({"json_layout": "lines"}, {"json_layout": "files"}, {"feed_page_size": 7}))
def test_every_layout_can_be_read(tmp_path: Path, write: dict[str, object]) -> None:
    straight, round = by_way_of_json(tmp_path, FIXTURES / "polylang.xml", **write)
    assert straight == round


LINKS = '<h2>Old quay</h2><a href="/post-2/#the-new-quay">x</a> <a href="/post-2/#spot">s</a>'
PLACES = '<h2>The new quay</h2><p id="spot">T</p><a href="https://old.example/post-1/#old-quay">y</a>'
FORM = '<form action="https://mail.example/"><label>Mail <input name="m"></label></form><style>p { color: red }</style>'


def test_what_differs_between_the_two_forms_of_a_text_is_not_lost(tmp_path: Path) -> None:
    """Forms and styles, links to places in other pages, hidden fields, comments of files, a second item of an id."""
    source = tmp_path / "e.xml"
    source.write_text(
        export(
            item(1, content=FORM + LINKS, meta={"_hidden": "h"}),
            item(2, content=PLACES),
            item(2, content="another of that id", slug="other"),
            item(3, type="boat", status="publish", link="https://old.example/?boat=3"),
            item(4, status="draft", content='<a href="https://old.example/?p=1">z</a>'),
            item(5, type="attachment", url="https://old.example/wp-content/uploads/a.jpg", content="Described",
                 comments=[{"id": 1, "author": "Bo", "content": "Seen", "approved": 1}]),
        ),
        encoding="utf-8",
    )  # fmt: skip
    straight, round = by_way_of_json(tmp_path, source)
    assert straight == round
    assert any(b"<form" in data for data in straight.values())
    assert "data/comments/5.yaml" in round


def test_an_item_whose_url_was_taken_is_found_at_its_new_one(tmp_path: Path) -> None:
    link = "https://old.example/same/"
    data = export(item(1, link=link), item(2, link=link), item(3, content='<a href="https://old.example/?p=2">two</a>'))
    feed = convert(tmp_path, data, options=Options("wordpress", "json", write=WriteOptions(media="keep")))
    (tmp_path / "round").mkdir()
    round = convert_files(tmp_path / "round", feed.folder, options=Options("json", "hugo"))
    two = next(row for row in round.report["items"] if row["id"] == "2")
    assert f"[two]({two['url']})" in round.text("content/posts/post-3.md")


@pytest.mark.slow
@pytest.mark.parametrize("name", ("harbour", "constructs"))
def test_by_way_of_json_to_json(tmp_path: Path, name: str) -> None:
    """JSON to JSON changes nothing."""
    to_json = WriteOptions(media="keep")
    first = convert_files(tmp_path / "a", FIXTURES / f"{name}.xml", options=Options("wordpress", "json", write=to_json))
    again = convert_files(tmp_path / "b", first.folder, options=Options("json", "json", ReadOptions(), to_json))
    assert written(again.folder) == written(first.folder)
