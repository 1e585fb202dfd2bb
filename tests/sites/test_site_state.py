"""What an export says of its site beside its posts: front page, list of posts, dates to come, language, menus."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.support import convert, hugo
from tests.wxr import export, item


def entry(id: int, menu: str, title: str, **meta: str) -> str:
    about = {"_menu_item_type": "custom", "_menu_item_object": "custom", **meta}
    return item(id, type="nav_menu_item", title=title, terms=[("nav_menu", menu, menu.title())], meta=about)


def german(*, scheduled: bool) -> str:
    made = export(
        item(1, type="page", slug="start", title="Willkommen", link="https://old.example/", content="Unsere Seite."),
        item(2, type="page", slug="aktuelles", title="Aktuelles", link="https://old.example/aktuelles/", content=""),
        item(3, slug="fest", link="https://old.example/2021/03/fest/", terms=[("category", "a", "Allerlei")],
             comments=[{"id": 5, "author": "Bo", "content": "Schön.", "approved": "1", "parent": 0}]),
        item(4, slug="oben", title="Oben", link="https://old.example/2021/02/oben/", sticky=True,
             date="2021-02-01 00:00:00"),
        item(6, slug="ankuendigung", title="Ankündigung", link="https://old.example/2099/03/ankuendigung/",
             date="2099-03-04 05:06:07"),
        *([item(7, slug="geheim", title="Geplant", status="future", date="2099-05-01 00:00:00")] if scheduled else []),
        entry(20, "footer", "Impressum", _menu_item_url="https://old.example/impressum/"),
        entry(21, "hauptmenue", "Start", _menu_item_url="https://old.example/"),
        entry(22, "hauptmenue", "", _menu_item_type="post_type", _menu_item_object="page", _menu_item_object_id="2"),
    )  # fmt: skip
    made = made.replace("<language>en-GB<", "<language>de-DE<")
    return made.replace("<channel>", "<channel><pubDate>Mon, 05 Apr 2021 00:00:00 +0000</pubDate>")


def main_of(page: Path) -> str:
    text = page.read_text("utf-8")
    return text[text.index("<main") : text.index("</main>")]


def order_of(page: Path, *words: str) -> list[str]:
    shown = main_of(page)
    return sorted((word for word in words if word in shown), key=shown.index)


@pytest.mark.hugo
def test_posts_page_and_language_in_hugo(tmp_path: Path) -> None:
    site = convert(tmp_path, german(scheduled=True))
    assert site.front("content/posts/_index.md")["url"] == "/aktuelles/"
    assert 'defaultContentLanguage = "de"' in site.text("hugo.toml")
    built = hugo(site.folder)
    assert order_of(built / "aktuelles/index.html", "Oben", "Ankündigung", "Title 3", "Geplant") == [
        "Oben", "Ankündigung", "Title 3",
    ]  # fmt: skip
    assert "Title 3" not in main_of(built / "index.html")
    assert not (built / "2099/05/geheim/index.html").exists()
    post = (built / "2021/03/fest/index.html").read_text("utf-8")
    assert "Zum Inhalt springen" in post
    assert "<h2>1 Kommentar</h2>" in post
    assert "4. März 2021" in post
    assert re.findall(r"<nav class=\"site-menu\".*?</nav>", post, re.DOTALL)[0].count("<li>") == 2
    assert "Impressum" not in post
    assert "<h1>Kategorien</h1>" in (built / "category/index.html").read_text("utf-8")


@real
def test_posts_page_and_language_in_jekyll(tmp_path: Path) -> None:
    site = convert(tmp_path, german(scheduled=False), options=Options("wordpress", "jekyll"))
    built = jekyll(site.folder)
    assert order_of(built / "aktuelles/index.html", "Oben", "Ankündigung", "Title 3") == [
        "Oben", "Ankündigung", "Title 3",
    ]  # fmt: skip
    assert "Title 3" not in main_of(built / "index.html")
    assert not (built / "posts/index.html").exists()
    post = (built / "2021/03/fest/index.html").read_text("utf-8")
    assert "Zum Inhalt springen" in post
    assert "<h2>1 Kommentar</h2>" in post
    assert "Impressum" not in post


def test_published_ahead_of_its_date_where_others_wait(tmp_path: Path) -> None:
    site = convert(tmp_path, german(scheduled=True), options=Options("wordpress", "jekyll"))
    assert "future: true" in site.text("_config.yml")
    assert site.front("_posts/2099-05-01-geheim.md")["published"] is False
    assert [notice["item"] for notice in site.notices("date.held")] == ["7"]


@pytest.mark.parametrize(
    ("language", "code", "words"),
    [
        ("en-GB", None, None),
        ("pt-BR", "pt-br", "Ir para o conteúdo"),
        ("nb_NO", "nb", "Hopp til innholdet"),
        ("zh-TW", "zh-tw", "跳至內容"),
        ("eo", "eo", None),
        ("not a language!", None, None),
    ],
)
def test_language_of_the_start_layouts(tmp_path: Path, language: str, code: Any, words: Any) -> None:
    data = export(item(1)).replace("<language>en-GB<", f"<language>{language}<")
    site = convert(tmp_path, data)
    assert (f'defaultContentLanguage = "{code}"' in site.text("hugo.toml")) is (code is not None)
    assert (site.folder / f"i18n/{code}.yaml").exists() is (words is not None)
    if words:
        assert f"skip: {words}" in site.text(f"i18n/{code}.yaml")
