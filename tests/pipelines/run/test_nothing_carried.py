"""A run that carries nothing of what it was given is no success: it ends with a status and a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.errors import SourceError
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.support import Site, convert_files
from tests.wxr import export, item

LIST = "<html><title>Notes</title><body>" + "".join(
    f'<article><h2><a href="/{n}/">Note {n}</a></h2><p>A first line of note {n}.</p></article>' for n in range(3)
)
STATUS = {
    "a list": (LIST, 0),
    "an empty page": ("<html><title>Nothing</title><body><p> </p></body></html>", 4),
    "a page": ("<html><title>One</title><body><main><h1>One</h1><p>A text of a page.</p></main>", 0),
}


def of_pages(folder: Path, **pages: str) -> Site:
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return convert_files(folder, *sorted(folder.glob("*.html")), options=Options("html", "json"))


@pytest.mark.parametrize("name", STATUS)
def test_a_page_that_is_named_gives_something_or_a_reason(tmp_path: Path, name: str) -> None:
    html, status = STATUS[name]
    site = of_pages(tmp_path, page=html)
    assert site.outcome.status() == status
    assert len(site.outcome.account.incomplete) == (status > 0)
    assert [notice["code"] for notice in site.notices("sum.nothing")] == ["sum.nothing"] * (status > 0)


def test_a_page_that_only_sends_on_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"page\.html \(redirect\)"):
        of_pages(tmp_path, page='<html><meta http-equiv="refresh" content="0; url=https://a.example/">')


def test_the_reason_says_how_many_and_what_to_do(tmp_path: Path) -> None:
    empty = STATUS["an empty page"][0]
    (line,) = of_pages(tmp_path, a=empty, b=empty).outcome.account.incomplete
    assert "2 without a text" in line
    assert "--content-selector" in line


def test_one_page_among_lists_is_enough(tmp_path: Path) -> None:
    assert of_pages(tmp_path, a=LIST, b=STATUS["a page"][0]).outcome.status() == 0


@pytest.mark.parametrize("items", ["", item(1, status="trash")])
def test_an_export_without_posts_is_whole(tmp_path: Path, items: str) -> None:
    source = tmp_path / "export.xml"
    source.write_text(export(items), encoding="utf-8")
    site = convert_files(tmp_path, source, options=Options("wordpress", "json"))
    assert not site.outcome.account.carried
    assert site.outcome.status() == 0


def test_who_asks_for_other_items_gets_none(tmp_path: Path) -> None:
    source = tmp_path / "export.xml"
    source.write_text(export(item(1)), encoding="utf-8")
    asked = Options("wordpress", "json", read=ReadOptions(types=("page",)))
    assert convert_files(tmp_path, source, options=asked).outcome.status() == 0
