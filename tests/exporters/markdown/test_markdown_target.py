"""A folder of plain Markdown: every item a file with front matter, drafts marked, nothing written over, read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from converters.exporters.base import find_target
from converters.exporters.markdown.exporter import MarkdownExporter
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import Site, convert, convert_files
from tests.wxr import export, item

FIXTURES = ROOT / "fixtures"


def written(tmp_path: Path, *items: str, **write: Any) -> Site:
    options = Options("wordpress", "markdown", write=WriteOptions(**{"media": "keep"} | write), verify=True)
    return convert(tmp_path, export(*items), options=options)


def files(site: Site) -> list[str]:
    return site.files("**/*.md")


def test_posts_pages_and_kinds_have_folders(tmp_path: Path) -> None:
    site = written(
        tmp_path,
        item(1, slug="first", link="https://old.example/2021/03/first/"),
        item(2, type="page", slug="about", link="https://old.example/about/"),
        item(3, type="page", slug="crew", parent=2, link="https://old.example/about/crew/"),
    )
    assert files(site) == ["about.md", "about/crew.md", "posts/first.md"]
    assert site.front("posts/first.md")["permalink"] == "/2021/03/first/"
    assert site.front("about/crew.md")["permalink"] == "/about/crew/"


def test_images_keep_their_urls(tmp_path: Path) -> None:
    image = "https://old.example/wp-content/uploads/2021/03/quay.jpg"
    site = written(tmp_path, item(1, slug="first", content=f'<p>A <b>quay</b>: <img src="{image}" alt="Q"></p>'))
    assert site.body("posts/first.md").strip() == f"A **quay**: ![Q]({image})"


@pytest.mark.parametrize("status", ["draft", "pending", "private"])
def test_what_was_not_public_is_marked(tmp_path: Path, status: str) -> None:
    site = written(tmp_path, item(1, slug="secret", status=status), item(2, slug="open"))
    assert site.front("posts/secret.md")["draft"] is True
    assert "draft" not in site.front("posts/open.md")


def test_same_names_are_kept_apart(tmp_path: Path) -> None:
    site = written(
        tmp_path,
        item(1, slug="same", link="https://old.example/a/"),
        item(2, slug="Same", link="https://old.example/b/"),
        item(3, type="page", slug="same", link="https://old.example/same/"),
        item(4, type="page", slug="same", link="https://old.example/c/"),
        item(5, type="page", slug="same-4", link="https://old.example/d/"),
    )
    assert len(files(site)) == len({path.casefold() for path in files(site)}) == 5
    assert len({site.front(path)["permalink"] for path in files(site)}) == 5
    assert site.notices("path.collision")


@pytest.mark.parametrize("slug", ["..", "con", ".htaccess", "a/../../b", "_redirects", "package.json", "x" * 300])
def test_names_are_harmless(tmp_path: Path, slug: str) -> None:
    site = written(tmp_path, item(1, slug=slug), item(2, type="page", slug=slug))
    assert len(files(site)) == 2
    for path in site.folder.rglob("*"):
        name = path.relative_to(site.folder).parts[0]
        assert path.resolve().is_relative_to(site.folder.resolve())
        assert name in (".postferry", "posts", "site.yaml") or name.endswith(".md"), name


@pytest.mark.parametrize("path", ["posts/.git/config.md", ".obsidian/app.json", "a.php", "Makefile", "_headers"])
def test_nothing_that_programs_run_is_written(path: str) -> None:
    assert MarkdownExporter(WriteOptions()).refuses(path, brought=True)


def test_the_site_as_a_whole(tmp_path: Path) -> None:
    head = "<wp:tag><wp:term_id>5</wp:term_id><wp:tag_slug>sea</wp:tag_slug><wp:tag_name>Sea</wp:tag_name></wp:tag>"
    items = (item(1, slug="first", terms=[("post_tag", "sea", "Sea")]), item(2, slug="hidden", status="private"))
    made = convert(tmp_path, export(*items, head=head), options=Options("wordpress", "markdown"))
    values = yaml.safe_load(made.text("site.yaml"))
    assert values["title"] == "Old Home"
    assert values["authors"] == [{"name": "Ada L."}]
    assert [row["name"] for row in values["terms"]] == ["Sea"]
    assert "hidden" not in made.text("site.yaml")
    assert made.front("posts/first.md")["tags"] == ["Sea"]


@pytest.mark.parametrize("name", ["wordpress/harbour.xml", "wordpress/qtranslate.xml", "hugo/islands", "html/site"])
def test_every_source_reads_back_the_same(tmp_path: Path, name: str) -> None:
    options = Options(name.partition("/")[0], "markdown", write=WriteOptions(media="keep"), verify=True)
    site = convert_files(tmp_path, FIXTURES / name, options=options)
    assert set(site.report["account"]["verification"]) <= {"identical", "changed"}
    assert site.report["account"]["verification"].get("changed", 0) <= 2


def test_the_record_says_what_it_is() -> None:
    target = find_target("markdown")
    assert (target.media, target.static_folder, target.takes_markdown) == ("keep", "", False)
