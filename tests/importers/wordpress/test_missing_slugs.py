"""Items whose export names no slug are called after their titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.support import convert
from tests.wxr import export, item

OLD = "https://old.example/2021/03"


@pytest.mark.parametrize(
    ("target", "files"),
    [
        ("hugo", ["content/posts/a-great-draft.md", "content/posts/titel-mit-umlaut.md"]),
        ("jekyll", ["_drafts/a-great-draft.md", "_posts/2021-03-04-titel-mit-umlaut.md"]),
        ("markdown", ["posts/a-great-draft.md", "posts/titel-mit-umlaut.md"]),
    ],
)
def test_names_without_slug(tmp_path: Path, target: str, files: list[str]) -> None:
    site = convert(
        tmp_path,
        export(
            item(1, slug="", title="A great draft", status="draft", link=f"{OLD}//"),
            item(2, slug="", title="Titel mit Ümlaut", link=f"{OLD}//"),
        ),
        options=Options("wordpress", target),
    )
    assert [path for path in files if not (site.folder / path).is_file()] == []
    assert "aliases" not in site.front(files[0]) and "redirect_from" not in site.front(files[0])
    assert site.report["account"]["notices"] == {}


CASES = [  # (title, link, what it is called, its URL)
    ("日本語のタイトル", "https://old.example/?p=1", "日本語のタイトル", ""),
    ("Same", "https://old.example/2019/01/other-name/", "same", "/2019/01/other-name/"),
    ("", "https://old.example/2019/01/from-the-link.html", "from-the-link", "/2019/01/from-the-link.html"),
    ("", "https://old.example/?p=1", "post-1", ""),
    ("!!!", "https://old.example/2019/01/05/", "post-1", ""),
    ("1.0.2 released", f"{OLD}//", "1-0-2-released", "/2021/03/1-0-2-released/"),
]


@pytest.mark.parametrize(("title", "link", "name", "url"), CASES)
def test_names(tmp_path: Path, title: str, link: str, name: str, url: str) -> None:
    site = convert(tmp_path, export(item(1, slug="", title=title, link=link)))
    assert site.files() == [f"content/posts/{name}.md"]
    if url:
        (row,) = site.report["items"]
        assert row["url"] == url


def test_two_of_one_title(tmp_path: Path) -> None:
    twins = [item(number, slug="", title="Untitled", link="https://old.example/?p=1") for number in (1, 2, 3)]
    drafts = [item(number, slug="", title="Untitled", status="draft") for number in (4, 5)]
    site = convert(tmp_path, export(*twins, *drafts))
    names = {path.removeprefix("content/posts/").removesuffix(".md") for path in site.files()}
    assert names == {"untitled", "untitled-2", "untitled-3", "untitled-4", "untitled-5"}
    assert site.report["account"]["notices"] == {}
