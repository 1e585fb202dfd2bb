"""What refers to a file or a page, wherever it stands: it leads to the new place, and the file comes along."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.pipelines.media.test_copy import OLD, copied, folder_of, png
from tests.support import Site, convert
from tests.wxr import cdata, export, item

BASE = "https://old.example"
BACKED = f'{{"style":{{"background":{{"backgroundImage":{{"url":"{OLD}/a.png"}}}}}}}}'
QUAY = item(10, slug="quay", link=f"{BASE}/2021/quay/")


def texts(page: str, picture: str, gone: str) -> str:
    return f'See <a href="{page}">it</a>, <img src="{picture}" alt=""> and <a href="{gone}">that</a>.'


def head(description: str) -> str:
    return (
        "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>boats</wp:category_nicename><wp:category_parent/>"
        f"<wp:cat_name>{cdata('Boats')}</wp:cat_name>"
        f"<wp:category_description>{cdata(description)}</wp:category_description></wp:category>"
    )


def convert_with(
    folder: Path, *items: str, description: str = "", to: str = "hugo", way: str = "copy", workers: int = 1
) -> Site:
    folder_of(folder, a_png=png())
    taken = Settings("copy", str(folder / "uploads")) if way == "copy" else Settings()
    options = Options("wordpress", to, write=WriteOptions(media=way))
    data = export(QUAY, *items, head=head(description))
    return convert(folder, data, options=options, media=taken, workers=workers)


@pytest.mark.parametrize(
    ("to", "way"),
    [("hugo", "copy"), ("hugo", "rewrite"), ("jekyll", "copy"), ("jekyll", "rewrite"), ("json", "rewrite")],
)
def test_descriptions_and_biographies(to: str, way: str, tmp_path: Path) -> None:
    term = texts(f"{BASE}/?p=10", f"{OLD}/a.png", f"{BASE}/gone-term/")
    bio = texts("http://www.old.example/2021/quay/#deck", "/wp-content/uploads/a.png", "/gone-bio/")
    guest = item(40, type="guest-author", slug="guest", title="Guest", meta={"cap-description": bio})
    used = item(11, terms=[("category", "boats", "Boats"), ("author", "guest", "Guest")])
    site = convert_with(tmp_path, guest, used, description=term, to=to, way=way)
    every = {
        str(path.relative_to(site.folder)): path.read_text().replace('\\"', '"')
        for path in site.folder.rglob("*")
        if path.suffix in (".md", ".html", ".yml", ".yaml", ".json") and ".postferry" not in path.parts
    }
    of_term = next(text for text in every.values() if "gone-term" in text)
    of_bio = next(text for text in every.values() if "gone-bio" in text)
    in_markdown = to == "hugo"
    assert ("[it](/2021/quay/)" if in_markdown else '<a href="/2021/quay/">it</a>') in of_term
    assert ("![](/wp-content/uploads/a.png)" if in_markdown else '<img src="/wp-content/uploads/a.png"') in of_term
    assert ("[it](/2021/quay/#deck)" if in_markdown else '<a href="/2021/quay/#deck">it</a>') in of_bio
    assert not any(f'href="{BASE}/?p=10' in text or f"{OLD}/a.png" in text for text in every.values())
    gone = {notice["what"]: notice["item"] for notice in site.notices("link.missing")}
    assert gone == {f"{BASE}/gone-term/": "", "/gone-bio/": ""}
    if way == "copy":
        below = "static/wp-content/uploads" if to == "hugo" else "wp-content/uploads"
        assert copied(site, below) == {"a.png": png()}


def test_a_file_of_a_description_that_is_not_there_is_named_once(tmp_path: Path) -> None:
    site = convert_with(tmp_path, description=f'<img src="{OLD}/gone.png">')
    assert [notice["what"] for notice in site.notices("media.missing-file")] == [f"{OLD}/gone.png"]
    assert f"![]({OLD}/gone.png)" in site.text("content/categories/boats/_index.md")


def test_a_description_without_addresses_stays_byte_for_byte(tmp_path: Path) -> None:
    said = "Boats &amp; <b>more<br>of them</b>"
    options = Options("wordpress", "json")
    first = convert(tmp_path, export(QUAY, head=head(said)), options=options)
    assert said in first.text("site.json").replace('\\"', '"')


def test_custom_fields_that_hold_the_address_of_a_file(tmp_path: Path) -> None:
    meta = {
        "hero": f"{OLD}/a.png",
        "page": f"{BASE}/2021/quay/",
        "words": f"See {OLD}/a.png",
        "other": "https://x.y/a.png",
    }
    site = convert_with(tmp_path, item(1, meta=meta))
    assert copied(site) == {"a.png": png()}
    assert site.front("content/posts/post-1.md")["params"] == {**meta, "hero": "/wp-content/uploads/a.png"}
    kept = convert_with(tmp_path, item(1, meta=meta), way="keep")
    assert kept.front("content/posts/post-1.md")["params"] == meta


@pytest.mark.parametrize(
    "content",
    [  # a way a line
        f'<table background="{OLD}/a.png"><tr><td rowspan="2">x</td><td>y</td></tr></table>',
        f'<table><tr><td background="{OLD}/a.png" rowspan="2">x</td><td>y</td></tr></table>',
        f'<div style="background-image:url({OLD}/a.png)"><p>x</p></div>',
        f'<!-- wp:cover {{"url":"{OLD}/a.png"}} --><p style="background:url({OLD}/a.png)">x</p><!-- /wp:cover -->',
        f'<!-- wp:group {BACKED} --><div><p>x</p></div><!-- /wp:group -->',
        f'<object data="{OLD}/a.png" type="image/png">x</object>',
        f'<picture><source srcset="{OLD}/a.png 2x"><img src="{OLD}/a.png" alt=""></picture>',
        f'<audio src="{OLD}/a.png"></audio>',
        f'<video controls><source src="{OLD}/a.png"><track src="{OLD}/a.png"></video>',
        f'<a href="{OLD}/a.png"><img src="{OLD}/a-300x200.png" alt=""></a>',
        f'<img src="{OLD}/a-150x150.png" alt="">',
        '<img src="https://i2.wp.com/old.example/wp-content/uploads/a.png?fit=9%2C9" alt="">',
        f'<!-- wp:file {{"href":"{OLD}/a.png"}} --><div><a href="{OLD}/a.png">f</a></div><!-- /wp:file -->',
    ],
)  # fmt: skip
def test_more_ways_to_refer_to_a_file(content: str, tmp_path: Path) -> None:
    site = convert_with(tmp_path, item(1, content=content))
    text = site.text("content/posts/post-1.md")
    assert "/wp-content/uploads/a.png" in text
    assert OLD not in text
    assert "wp.com" not in text
    assert copied(site) == {"a.png": png()}


def test_links_in_excerpts_and_of_those_who_comment(tmp_path: Path) -> None:
    comment = {"id": 5, "approved": 1, "author": "Bo", "author_url": f"{BASE}/?p=10", "content": "x"}
    excerpt = f'<a href="http://old.example/?p=10#deck">more</a> <a href="{BASE}/gone/">gone</a>'
    site = convert_with(tmp_path, item(1, excerpt=excerpt, comments=[comment]))
    options = Options("wordpress", "json", write=WriteOptions(media="rewrite"))
    (tmp_path / "json").mkdir()
    data = convert(tmp_path / "json", export(QUAY, item(1, excerpt=excerpt)), options=options)
    assert '<a href=\\"/2021/quay/#deck\\">more</a>' in next(data.folder.glob("*.json")).read_text()
    assert 'url: "/2021/quay/"' in site.text("data/comments/1.yaml").replace("url: /2021/quay/", 'url: "/2021/quay/"')
    assert [(notice["what"], notice["item"]) for notice in site.notices("link.missing")] == [(f"{BASE}/gone/", "1")]


@pytest.mark.parametrize("to", ["hugo", "jekyll", "json"])
def test_menus(to: str, tmp_path: Path) -> None:
    """Where an entry leads, in whatever form it says so, and the words below it."""
    addresses = {
        31: f"{BASE}/?p=10#deck",
        32: "http://www.old.example/2021/quay#pier",
        33: "/#top",
        34: f"{BASE}/?cat=3",
    }
    words = f'Words <a href="{BASE}/?p=10">W</a> <img src="{OLD}/a.png">'
    entries = [
        item(
            id,
            type="nav_menu_item",
            title=f"E{id}",
            order=id,
            content=words if id == 31 else "",
            terms=[("nav_menu", "main", "Main")],
            meta={"_menu_item_type": "custom", "_menu_item_url": address},
        )
        for id, address in addresses.items()
    ]
    site = convert_with(tmp_path, *entries, to=to, way="rewrite")
    text = site.text({"hugo": "hugo.toml", "jekyll": "_data/menus.yml", "json": "site.json"}[to]).replace('\\"', '"')
    assert 'Words <a href="/2021/quay/">W</a> <img src="/wp-content/uploads/a.png"' in text
    if to != "json":
        found = [line.split()[-1].strip('"') for line in text.splitlines() if line.strip(" -").startswith("url")]
        assert found == ["/2021/quay/#deck", "/2021/quay/#pier", "/#top", "/category/boats/"]
