"""Pages of terms: whatever a term is called, its old address shows what is filed under it, built by the real Hugo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import convert, hugo
from tests.wxr import export, item

NAMES = [
    ("rock-roll", "Rock & Roll"),
    ("whats-new", "What's new?"),
    ("how-to-hugo", "How-to: Hugo"),
    ("c", "C++"),
    ("tom", 'Tom "Old" O\'Hara'),
    ("two-spaces", "Two  spaces"),
    ("a-b", "a/b"),
    ("50", "50 % off"),
    ("umlaut", "Ä, ö und ß"),
    ("net", ".NET"),
    ("hash", "#ferry"),
    ("dots", "and so on..."),
]


@pytest.mark.hugo
@pytest.mark.parametrize(("taxonomy", "base"), [("category", "category"), ("post_tag", "tag"), ("genre", "genre")])
def test_the_old_address_lists_the_posts(tmp_path: Path, taxonomy: str, base: str) -> None:
    items = [
        item(id=number, title=f"Post {number}", terms=[(taxonomy, slug, name)])
        for number, (slug, name) in enumerate(NAMES, 1)
    ]
    site = convert(tmp_path, export(*items))
    built = hugo(site.folder, "--printPathWarnings")
    for number, (slug, name) in enumerate(NAMES, 1):
        page = built / base / slug / "index.html"
        assert page.is_file(), name
        assert f"Post {number}<" in page.read_text(encoding="utf-8"), name
