"""One path and one address for every item; nothing overwrites anything; old addresses answer."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.hostile.cases import case
from tests.support import Site, convert, hugo
from tests.wxr import export, item


def ids(site: Site) -> list[str]:
    return sorted(
        (str(site.front(path)["source_id"]) for path in site.files() if "source_id" in site.front(path)), key=int
    )


def assert_addresses_answer(site: Site, built: Path) -> None:
    """Every published item of the report is at its old address, or that address is an alias of its page."""
    for row in site.report["items"]:
        if row.get("status") != "published" or "?" in row["permalink"]:
            continue
        path = unquote(urlsplit(row["permalink"]).path)
        page = built / path.strip("/")
        found = page if page.is_file() else page / "index.html"
        assert found.is_file(), (row["id"], path)


@case("xml-broken-same-slug", "posts and a page of the same name", "each has its own file; addresses stay")
def test_same_slugs_are_kept_apart(tmp_path: Path) -> None:
    site = convert(
        tmp_path,
        export(
            item(1, slug="same", link="https://old.example/2021/03/same/"),
            item(2, slug="same", link="https://old.example/2021/04/same/", date="2021-04-04 00:00:00"),
            item(3, slug="Same", link="https://old.example/2021/05/Same/", date="2021-05-04 00:00:00"),
            item(4, slug="same", type="page"),
        ),
    )
    assert site.files() == [
        "content/posts/Same-3.md",
        "content/posts/same-2.md",
        "content/posts/same.md",
        "content/same.md",
    ]
    assert ids(site) == ["1", "2", "3", "4"]
    assert len(site.notices("path.collision")) == 2
    assert_addresses_answer(site, hugo(site.folder))


@pytest.mark.hugo
def test_names_that_mean_something_else(tmp_path: Path) -> None:
    slugs = [
        "index",
        "_index",
        "con",
        "aux",
        "",
        "日本語",
        "%e6%97%a5%e6%9c%ac",
        "%e6%9",
        "语" * 150,
        "a.b.c",
        "UPPER",
        "..",
        "x" * 300,
    ]
    posts = [item(n, slug=slug, link=f"https://old.example/{slug or f'?p={n}'}/") for n, slug in enumerate(slugs, 1)]
    pages = [
        item(100 + n, slug=slug, type="page", link=f"https://old.example/p/{slug or f'?p={n}'}/")
        for n, slug in enumerate(slugs, 1)
    ]
    site = convert(tmp_path, export(*posts, *pages))
    assert ids(site) == [str(n) for n in (*range(1, 14), *range(101, 114))]
    assert not any(Path(path).stem in ("index", "_index") for path in site.files())
    built = hugo(site.folder)
    assert sum('class="' in page.read_text() or True for page in built.rglob("index.html")) > len(slugs) * 2


@case("xml-parent-cycle", "pages that are each other's parents", "the circle is cut, and noted")
@pytest.mark.hugo
def test_page_trees(tmp_path: Path) -> None:
    pages = [
        item(3, type="page", slug="deep", parent=2, link="https://old.example/a/b/deep/"),
        item(1, type="page", slug="a", link="https://old.example/a/", content="Top text."),
        item(2, type="page", slug="b", parent=1, link="https://old.example/a/b/"),
        item(4, type="page", slug="posts", link="https://old.example/posts/", content="A page named posts."),
        item(5, type="page", slug="tags", link="https://old.example/tags/"),
        item(6, type="page", slug="home", link="https://old.example/", content="Welcome home."),
        item(7, type="page", slug="orphan", parent=999, link="https://old.example/gone/orphan/"),
        item(8, type="page", slug="round", parent=9, link="https://old.example/round/"),
        item(9, type="page", slug="about-turn", parent=8, link="https://old.example/round/about-turn/"),
        item(10, slug="hello", link="https://old.example/2021/03/hello/"),
        item(11, slug="tags", link="https://old.example/2021/03/tags/"),
    ]
    site = convert(tmp_path, export(*pages))
    assert site.files() == [
        "content/_index.md",
        "content/a/_index.md",
        "content/a/b/_index.md",
        "content/a/b/deep.md",
        "content/orphan.md",
        "content/posts/_index.md",
        "content/posts/hello.md",
        "content/posts/tags.md",
        "content/round/_index.md",
        "content/round/about-turn/_index.md",
        "content/tags/_index.md",
    ]
    assert [notice["item"] for notice in site.notices("item.parent-missing")] == ["7"]
    assert [notice["item"] for notice in site.notices("item.parent-cycle")] == ["8"]
    built = hugo(site.folder)
    assert_addresses_answer(site, built)
    assert "Top text." in (built / "a/index.html").read_text()
    assert "A page named posts." in (built / "posts/index.html").read_text()
    assert "Welcome home." in (built / "index.html").read_text()


@pytest.mark.hugo
@pytest.mark.parametrize(
    "structure",
    [
        "/{y}/{m}/{slug}/",
        "/{y}/{m}/{d}/{slug}/",
        "/{slug}/",
        "/archives/{id}",
        "/{y}/{m}/{slug}.html",
        "/blog/{slug}/",
        "/category/{slug}/",
        "/{y}/{m}/{slug}",
        "/index.php/{y}/{slug}/",
    ],
)
def test_every_permalink_structure_answers(tmp_path: Path, structure: str) -> None:
    posts = []
    for n in range(1, 7):
        link = structure.format(y="2021", m=f"{n:02}", d=f"{n + 10}", slug=f"post-{n}", id=n)
        local, universal = f"2021-{n:02}-{n + 10} 00:30:00", f"2021-{n:02}-{n + 9} 23:30:00"
        posts.append(item(n, link=f"https://old.example{link}", date=local, date_gmt=universal))
    site = convert(tmp_path, export(*posts, item(20, type="page", slug="blog", link="https://old.example/blog/")))
    assert_addresses_answer(site, hugo(site.folder))


@pytest.mark.hugo
def test_a_site_in_a_folder_of_its_host(tmp_path: Path) -> None:
    menu = {"_menu_item_type": "custom", "_menu_item_url": "https://old.example/blog/2021/03/a/"}
    text = export(
        item(1, slug="a", link="https://old.example/blog/2021/03/a/"),
        item(2, slug="b", link="https://old.example/blog/2021/03/b/", content='<a href="/blog/2021/03/a/">a</a>'),
        item(3, type="nav_menu_item", terms=[("nav_menu", "main", "Main")], meta=menu, title="A"),
    )
    text = text.replace("<wp:base_blog_url>https://old.example<", "<wp:base_blog_url>https://old.example/blog<")
    site = convert(tmp_path, text)
    assert 'baseURL = "https://old.example/blog/"' in site.text("hugo.toml")
    built = hugo(site.folder)
    assert (built / "2021/03/a/index.html").is_file()
    page = (built / "2021/03/b/index.html").read_text()
    assert page.count('href="/blog/2021/03/a/"') >= 2, "the link and the menu"


def test_permalinks_none_leaves_addresses_to_the_target(tmp_path: Path) -> None:
    options = Options("wordpress", "hugo", write=WriteOptions(permalinks="none"))
    site = convert(tmp_path, export(item(1, slug="Ünder", link="https://old.example/2021/Ünder/")), options=options)
    assert "url" not in site.front("content/posts/Ünder.md")
    assert "permalinks.page" not in site.text("hugo.toml")


@pytest.mark.hugo
def test_two_items_of_one_address(tmp_path: Path) -> None:
    site = convert(
        tmp_path,
        export(
            item(1, slug="a", link="https://old.example/same/", content="first"),
            item(2, slug="b", link="https://old.example/same/", content="second"),
        ),
    )
    assert [notice["item"] for notice in site.notices("url.collision")] == ["2"]
    built = hugo(site.folder)
    assert "first" in (built / "same/index.html").read_text()
    assert "second" in (built / "same-2/index.html").read_text()


def test_seventy_levels_of_pages_stay_in_the_limits(tmp_path: Path) -> None:
    pages = [item(n, type="page", slug="level-" + "x" * 40 + str(n), parent=n - 1) for n in range(1, 71)]
    site = convert(tmp_path, export(*pages))
    assert len(ids(site)) == 70
    assert max(len(path) for path in site.files()) < 1100
    assert site.notices("path.moved-up")
    assert not site.notices("item.parent-cycle")


@pytest.mark.hugo
def test_a_section_and_a_taxonomy_of_one_name(tmp_path: Path) -> None:
    term = "<wp:term_taxonomy>portfolio</wp:term_taxonomy><wp:term_slug>x</wp:term_slug><wp:term_name>X</wp:term_name>"
    site = convert(
        tmp_path,
        export(
            item(
                1,
                type="portfolio",
                slug="work",
                link="https://old.example/portfolio/work/",
                terms=[("portfolio", "x", "X")],
            ),
            item(2, type="page", slug="portfolio", link="https://old.example/portfolio/", content="My portfolio page."),
            head=f"<wp:term>{term}</wp:term>",
        ),
    )
    built = hugo(site.folder)
    assert_addresses_answer(site, built)
    assert "My portfolio page." in (built / "portfolio/index.html").read_text()
