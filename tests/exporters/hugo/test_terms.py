"""Pages of terms: whatever a term is called, its old address shows what is filed under it, built by the real Hugo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import convert, hugo
from tests.wxr import cdata, export, item

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
    ("ellipsis", "..."),
    ("slashes", "/both/"),
    ("web", "https://web.example/x"),
    ("city", "İstanbul"),
    ("greek", "ΝΈΑ ΤΗΣ ΠΌΛΗΣ"),
    ("news", "News"),
    ("news-2", "NEWS"),
    ("news-3", "News"),
    ("index", "index"),
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


@pytest.mark.hugo
def test_lists_of_the_terms_below_and_their_addresses(tmp_path: Path) -> None:
    """A term lists the posts of those below it, in its feed as well; a list answers where it may have stood."""
    head = "".join(
        f"<wp:term><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy><wp:term_slug>{slug}</wp:term_slug>"
        f"<wp:term_parent>{parent}</wp:term_parent><wp:term_name>{cdata(name)}</wp:term_name></wp:term>"
        for taxonomy in ("category", "genre", "product_cat")
        for slug, parent, name in (("a", "", "A: top?"), ("b", "a", "B"), ("c", "b", "C"), ("b-2", "c", "B"))
    )
    slugs = ("b", "c", "b-2")
    items = [
        item(number, title=f"Post {number}", slug=f"p{number}", terms=[(taxonomy, slug, slug[0].upper())])
        for number, (taxonomy, slug) in enumerate(
            [(taxonomy, slug) for taxonomy in ("category", "genre", "product_cat") for slug in slugs], 1
        )
    ]
    index = item(20, slug="index", title="At index", link="https://old.example/2021/03/index/")
    dated = [item(n, slug=f"d{n}", link=f"https://old.example/2021/03/d{n}/") for n in (21, 22)]
    built = hugo(convert(tmp_path, export(*items, index, *dated, head=head)).folder)

    def shown(path: str) -> set[int]:
        page = (built / path).read_text(encoding="utf-8")
        return {number for number in range(1, 10) if f"Post {number}<" in page}

    assert shown("category/a/index.html") == shown("category/a/index.xml") == {1, 2, 3}
    assert shown("category/a/b/index.html") == {1, 2, 3}
    assert shown("category/a/b/c/index.html") == {2, 3}
    assert shown("category/a/b/c/b-2/index.html") == {3}
    assert shown("genre/a/index.html") == shown("genre/b/index.html") == {4, 5, 6}
    assert shown("genre/b-2/index.html") == {6}
    assert "/genre/b/" in (built / "genre/a/b/index.html").read_text(encoding="utf-8")
    assert shown("product-category/a/b/index.html") == {7, 8, 9}
    assert "/product-category/a/b/" in (built / "product-category/b/index.html").read_text(encoding="utf-8")
    assert "At index" in (built / "2021/03/index/index.html").read_text(encoding="utf-8")


@pytest.mark.hugo
def test_authors_of_like_logins_have_lists_of_their_own(tmp_path: Path) -> None:
    logins = {"a&b": "ab", "a<b": "ab-2", "ab": "ab-3"}
    people = "".join(
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(login)}</wp:author_login>"
        "<wp:author_display_name>Ann</wp:author_display_name></wp:author>"
        for number, login in enumerate(logins, 2)
    )
    items = [item(id=number, title=f"By {login}", author=login) for number, login in enumerate(logins, 1)]
    site = convert(tmp_path, export(*items, head=people))
    built = hugo(site.folder, "--printPathWarnings")
    for number, slug in enumerate(logins.values(), 1):
        page = (built / "author" / slug / "index.html").read_text(encoding="utf-8")
        assert [id for id in (1, 2, 3) if f"/post-{id}/" in page] == [number], slug
