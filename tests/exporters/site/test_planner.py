"""What all targets have in common when they plan: names that are taken, parents that come later, languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import Site, convert, convert_files
from tests.wxr import export, item

FIXTURES = ROOT / "fixtures"
TARGETS = ("hugo", "jekyll", "markdown")


def texts(site: Site) -> list[str]:
    """The files of items."""
    paths = (path for path in site.files("**/*.md") if "source_id" in site.front(path))
    return sorted(path.removeprefix("content/") for path in paths)


@pytest.mark.parametrize("target", TARGETS)
def test_a_second_collision_takes_no_path_that_is_written(tmp_path: Path, target: str) -> None:
    pages = (
        item(4, type="page", slug="about", link="https://old.example/a/"),
        item(5, type="page", slug="about", link="https://old.example/b/"),
        item(6, type="page", slug="about-5", link="https://old.example/c/"),
    )
    site = convert(tmp_path, export(*pages), options=Options("wordpress", target))
    assert texts(site) == ["about-5-6.md", "about-5.md", "about.md"]
    assert sorted(
        site.front(path)["source_id"] for path in site.files("**/*.md") if "source_id" in site.front(path)
    ) == [4, 5, 6]


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_noted_of_a_parent_is_kept_whoever_comes_first(tmp_path: Path, target: str) -> None:
    pages = (
        item(3, type="page", slug="crew", parent=5, link="https://old.example/about/crew/"),
        item(4, type="page", slug="about", link="https://old.example/about/"),
        item(5, type="page", slug="About", link="https://old.example/About/"),
    )
    site = convert(tmp_path, export(*pages), options=Options("wordpress", target))
    assert len(site.notices("path.collision")) == 1


@pytest.mark.parametrize("target", TARGETS)
def test_a_page_lies_below_its_parent_in_the_same_language(tmp_path: Path, target: str) -> None:
    site = convert_files(tmp_path, FIXTURES / "wordpress/qtranslate.xml", options=Options("wordpress", target))
    wanted = "a-propos/crew.fr.md" if target == "hugo" else "fr/a-propos/crew.md"
    assert wanted in texts(site)
