"""200 posts, terms and menus with hostile names: the real generators build them, and each name is on its own page."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.html import tree
from converters.importers.wordpress.content.typography import titled
from converters.importers.wordpress.values import plain, plain_name
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.named_site import NAMES, main
from tests.support import convert, hugo

POSTS, RECIPE = 200, 4
"""Every fifth is a recipe, which nothing in the export says to be public."""
SIGNS = str.maketrans("\u201c\u201d\u2018\u2019\u2033\u2032\u2026", "\"\"''\"'\u2026")


def built(tmp_path: Path, target: str) -> Path:
    """The site, converted and built."""
    site = convert(tmp_path, main(3), options=Options("wordpress", target))
    assert sum(site.outcome.account.carried.values()) == POSTS
    return hugo(site.folder) if target == "hugo" else jekyll(site.folder)


def heading(page: Path) -> str:
    """The text of a page's first heading, with straight quotes."""
    root = tree.parse(page.read_text(encoding="utf-8"))
    found = next(root.iter("h1"))
    return " ".join("".join(str(part) for part in found.itertext()).translate(SIGNS).split())


def shown(name: str) -> str:
    return " ".join(name.translate(SIGNS).split())


@pytest.mark.hugo
@pytest.mark.parametrize("target", ["hugo", pytest.param("jekyll", marks=[real, pytest.mark.slow])])
def test_each_name_has_its_page(tmp_path: Path, target: str) -> None:
    site = built(tmp_path, target)
    tags = {f"t{number}": name for number, name in enumerate(NAMES) if (site / f"tag/t{number}/index.html").exists()}
    assert len(tags) > len(NAMES) / 2
    assert {slug: heading(site / f"tag/{slug}/index.html") for slug in tags} == {
        slug: shown(plain_name(name)) for slug, name in tags.items()
    }
    titles = {heading(page) for page in site.rglob("*.html") if b"Body of number" in page.read_bytes()}
    of_posts = {shown(titled(plain(name))) for number, name in enumerate(NAMES) if number % 5 != RECIPE}
    assert of_posts - {""} <= titles
