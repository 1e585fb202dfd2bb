"""Sites of several languages: every text in its own language, at its old address, with the way to its translations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html

from tests.folders import ROOT
from tests.support import Site, convert, convert_files, hugo
from tests.wxr import cdata, export, item

FIXTURES = ROOT / "fixtures" / "wordpress"
MARK = re.compile(r"\[:(?:[a-z]{2})?\]|<!--:|&lt;!--:|\{:(?:[a-z]{2})?\}")


class Page(NamedTuple):
    """A page of a built fixture: words that stand in it and words that do not, addresses of its translations."""

    name: str
    address: str
    language: str
    own: str
    others: str
    translations: tuple[str, ...] = ()


FERRY = ("/2021/03/first-crossing/", "/de/2021/03/erste-ueberfahrt/", "/fr/2021/03/premiere-traversee/")
PAGES = [
    Page("polylang", FERRY[0], "en", "at seven", "heures", FERRY[1:]),
    Page("polylang", FERRY[1], "de", "um sieben", "at seven", (FERRY[0], FERRY[2])),
    Page("polylang", FERRY[2], "fr", "sept heures", "at seven", FERRY[:2]),
    Page("polylang", "/2021/03/seals/", "en", "twelve seals", "phoques"),
    Page("polylang", "/2021/03/foghorn/", "en", "Nobody chose", "heures"),
    Page("polylang", "/fr/2021/03/phoques/", "fr", "douze phoques", "seals"),
    Page("polylang", "/about/", "en", "since 1931", "depuis", ("/fr/a-propos/",)),
    Page("polylang", "/fr/a-propos/", "fr", "depuis 1931", "since", ("/about/",)),
    Page("polylang", "/fr/a-propos/equipage/", "fr", "Quatre marins", "Four hands", ("/about/crew/",)),
    Page("polylang", "/contact/", "en", "Ring the bell", "Sonnez", ("/fr/contact/",)),
    Page("polylang", "/fr/category/traversees/", "fr", "Tous les", "Crossings", ("/category/crossings/",)),
    Page("polylang", "/de/category/winter-de/", "de", "Winter", "Traversées"),
    Page("polylang", "/fr/", "fr", "Première traversée", "First crossing", ("/", "/de/")),
    Page("qtranslate", FERRY[0], "en", "at seven", "heures", (f"/fr{FERRY[0]}",)),
    Page("qtranslate", f"/fr{FERRY[0]}", "fr", "sept heures", "at seven", (FERRY[0],)),
    Page("qtranslate", "/fr/2021/03/winter/", "fr", "Aucun le dimanche", "Sunday", ("/2021/03/winter/",)),
    Page("qtranslate", "/fr/2021/03/new-hull/", "fr", "Elle est verte", "green", ("/2021/03/new-hull/",)),
    Page("qtranslate", "/2021/03/rope/", "en", "forty fathoms", "phoques"),
    Page("qtranslate", "/fr/2021/03/phoques/", "fr", "Douze phoques", "seals"),
    Page("qtranslate", "/fr/a-propos/", "fr", "depuis 1931", "since", ("/about/",)),
    Page("qtranslate", "/fr/a-propos/crew/", "fr", "Quatre marins", "Four hands", ("/about/crew/",)),
    Page("qtranslate", "/fr/category/crossings/", "fr", "Tous les départs", "departures", ("/category/crossings/",)),
    Page("qtranslate", "/fr/tag/boats/", "fr", "bateaux", "First crossing", ("/tag/boats/",)),
    Page("qtranslate", "/fr/", "fr", "Le Bac", "The Ferry", ("/",)),
]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Site, Path]]:
    found = {}
    for name in ("polylang", "qtranslate"):
        site = convert_files(tmp_path_factory.mktemp(name), FIXTURES / f"{name}.xml")
        found[name] = (site, hugo(site.folder))
    return found


def page(built: Path, address: str) -> html.HtmlElement:
    return html.fromstring((built / address.strip("/") / "index.html").read_bytes())


@pytest.mark.hugo
@pytest.mark.parametrize("row", PAGES, ids=lambda row: row.name + row.address)
def test_each_page_speaks_its_language(sites: dict[str, tuple[Site, Path]], row: Page) -> None:
    built = page(sites[row.name][1], row.address)
    text = built.text_content()
    assert str(built.get("lang")).partition("-")[0] == row.language
    assert row.own in text
    assert row.others not in text
    assert sorted(built.xpath("//nav[@class='languages']//a/@href")) == sorted(row.translations)
    alternates = built.xpath("//link[@rel='alternate'][@hreflang]/@href")
    paths = (row.address, *row.translations) if row.translations else ()
    assert sorted(alternates) == sorted(f"https://ferry.example{path}" for path in paths)


@pytest.mark.hugo
@pytest.mark.parametrize(("name", "kept"), [("polylang", 0), ("qtranslate", 1)])
def test_no_marks_are_left(sites: dict[str, tuple[Site, Path]], name: str, kept: int) -> None:
    """Nothing of the plug-ins shows in the site. `x[:xq]`, which names no language, is text."""
    site, built = sites[name]
    files = [
        path
        for path in (*built.rglob("*"), *site.folder.glob("content/**/*.md"))
        if path.suffix in (".html", ".xml", ".md")
    ]
    assert len(files) > 30
    for path in (*files, site.folder / "hugo.toml"):
        text = path.read_text(encoding="utf-8")
        assert not MARK.search(text.replace("[:xq]", "")), path
        assert "pll_t" not in text or path.name.startswith("_index"), path
    assert len(site.notices("language.unknown")) == kept


@pytest.mark.parametrize(
    ("name", "items", "languages", "balance"),
    [
        ("polylang", 17, 0, "17 items = 12 carried + 5 menu entries"),
        ("qtranslate", 12, 5, "12 items + 5 further languages = 13 carried + 1 media file + 3 menu entries"),
    ],
)
def test_the_account_is_true(
    sites: dict[str, tuple[Site, Path]], name: str, items: int, languages: int, balance: str
) -> None:
    site, _ = sites[name]
    account = site.outcome.account
    assert (FIXTURES / f"{name}.xml").read_text(encoding="utf-8").count("<item>") == items == account.surveyed
    assert account.languages == languages
    assert account.balance == balance
    rows = {row["id"]: row for row in site.report["items"]}
    assert len(rows) == items + languages
    assert {row["origin"] for row in rows.values() if "@" in row["id"]} <= rows.keys()


def test_configuration(sites: dict[str, tuple[Site, Path]]) -> None:
    config = sites["polylang"][0].text("hugo.toml")
    assert 'defaultContentLanguage = "en"' in config
    assert "defaultContentLanguageInSubdir" not in config
    for line in ('label = "Français"', 'locale = "fr-FR"', "[languages.de]", "[languages.fr.menus"):
        assert line in config
    for line in ("language_terms", "post_translations", "pll_", "term_language"):
        assert line not in config
    config = sites["qtranslate"][0].text("hugo.toml")
    assert 'title = "Le Bac"' in config
    assert "[languages.de]" not in config, "a language with no page of its own"


def test_front_matter(sites: dict[str, tuple[Site, Path]]) -> None:
    polylang, joined = sites["polylang"][0], sites["qtranslate"][0]
    first = polylang.front("content/posts/first-crossing.md")
    assert first["translationKey"] == polylang.front("content/posts/premiere-traversee.fr.md")["translationKey"]
    assert polylang.front("content/posts/premiere-traversee.fr.md")["categories"] == ["Traversées", "News"]
    assert "translationKey" not in polylang.front("content/contact.fr.md"), "the names of the files say it"
    assert "params" not in first
    french = joined.front("content/posts/first-crossing.fr.md")
    assert french["title"] == "Première traversée"
    assert french["description"] == "Quand part le bac"
    assert french["summary"] == "À sept heures."
    assert french["featured_image"]["alt"] == "Un quai à marée basse"
    assert french["featured_image"]["caption"] == "Notre quai"
    assert french["params"] == {"mood": "calme"}
    assert french["categories"] == ["Traversées"]
    assert french["tags"] == ["bateaux"]
    body = joined.body("content/posts/first-crossing.fr.md")
    assert "[Qui nous sommes](/fr/a-propos/), [cordage](/2021/03/rope/)" in body
    assert "Un quai" in body
    assert "Le quai" in body
    assert [notice["what"] for notice in joined.notices("language.no-text")] == ["de"]


@pytest.mark.hugo
def test_menus(sites: dict[str, tuple[Site, Path]]) -> None:
    def menu(name: str, address: str) -> list[tuple[str, str]]:
        links = page(sites[name][1], address).xpath("//nav[@class='site-menu']//a")
        return [(str(link.text), str(link.get("href"))) for link in links]

    assert menu("polylang", "/") == [("About", "/about/"), ("Crossings", "/category/crossings/")]
    assert menu("polylang", "/fr/") == [("À propos", "/fr/a-propos/"), ("Bateaux", "/fr/tag/bateaux/")]
    assert menu("polylang", "/de/") == []
    assert menu("qtranslate", "/") == [
        ("Who we are", "/about/"),
        ("Crossings", "/category/crossings/"),
        ("Tides", "https://tides.example/"),
    ]
    assert menu("qtranslate", "/fr/") == [
        ("Qui nous sommes", "/fr/a-propos/"),
        ("Traversées", "/fr/category/crossings/"),
        ("Marées", "https://tides.example/"),
    ]
    assert len(sites["polylang"][0].notices("menu.languages")) == 1


@pytest.mark.hugo
@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("polylang", "/2021/03/crossing-one/", "/2021/03/first-crossing/"),
        ("polylang", "/fr/2021/03/traversee-une/", "/fr/2021/03/premiere-traversee/"),
        ("qtranslate", "/fr/2021/03/rope/", "/2021/03/rope/"),
    ],
)
def test_old_addresses_answer(sites: dict[str, tuple[Site, Path]], name: str, old: str, new: str) -> None:
    assert f'url=https://ferry.example{new}"' in (sites[name][1] / old.strip("/") / "index.html").read_text()


def term(id: int, taxonomy: str, slug: str, name: str, description: str = "") -> str:
    values = {"id": str(id), "taxonomy": taxonomy, "slug": slug, "name": name, "description": description}
    inside = "".join(f"<wp:term_{key}>{cdata(value)}</wp:term_{key}>" for key, value in values.items())
    return f"<wp:term>{inside}</wp:term>"


def links(built: Path, address: str) -> Sequence[str]:
    return [str(href) for href in page(built, address).xpath("//nav[@class='languages']//a/@href")]


@pytest.mark.hugo
def test_every_language_below_its_code(tmp_path: Path) -> None:
    """Polylang can put the default language below `/en/` too."""
    head = term(1, "language", "en", "English", 'a:1:{s:6:"locale";s:5:"en_US";}')
    head += term(2, "language", "nl", "Nederlands", "broken")
    head += term(3, "post_translations", "pll_1", "pll_1", 'a:2:{s:2:"en";i:1;s:2:"nl";i:2;}')
    items = [
        item(1, slug="boat", link="https://old.example/en/boat/", terms=[("language", "en", "English")]),
        item(2, slug="boot", link="https://old.example/nl/boot/", terms=[("language", "nl", "Nederlands")]),
    ]
    site = convert(tmp_path, export(*items, head=head))
    assert "defaultContentLanguageInSubdir = true" in site.text("hugo.toml")
    built = hugo(site.folder)
    assert links(built, "/en/boat/") == ["/nl/boot/"], "the group is known from the head"
    assert links(built, "/nl/boot/") == ["/en/boat/"]
    assert "url" not in site.front("content/posts/boot.nl.md")


@pytest.mark.hugo
def test_what_exports_of_wpml_hold(tmp_path: Path) -> None:
    def wpml(id: int, slug: str, link: str, **meta: str) -> str:
        text = f'<a href="https://old.example/?lang=fr">x</a> <a href="https://old.example/{slug}/?lang=fr">y</a>'
        return item(
            id, slug=slug, link=f"https://old.example{link}", content=text, meta={"_wpml_word_count": "9"} | meta
        )

    items = [
        wpml(1, "boat", "/boat/", language_code="en", trid="7"),
        wpml(2, "bateau", "/bateau/?lang=fr", trid="7"),
        wpml(3, "boot", "/de/boot/", _icl_lang_duplicate_of="1"),
        item(4, slug="plain", link="https://old.example/fr/plain/"),
        item(5, slug="odd", terms=[("language", "klingonese", "Klingonese")]),
        item(6, slug="rust", terms=[("lang", "rs", "Rust")]),
    ]
    site = convert(tmp_path, export(*items))
    assert site.files("content/posts/*.md") == [
        "content/posts/bateau.fr.md",
        "content/posts/boat.md",
        "content/posts/boot.de.md",
        "content/posts/odd.md",
        "content/posts/plain.md",
        "content/posts/rust.md",
    ]
    assert [notice["what"] for notice in site.notices("language.unknown")] == ["Klingonese"]
    assert site.front("content/posts/rust.md")["lang_terms"] == ["Rust"]
    assert "[y](/fr/bateau/)" in site.body("content/posts/bateau.fr.md")
    assert (
        "params" not in site.front("content/posts/boat.md")
        or "trid" not in site.front("content/posts/boat.md")["params"]
    )
    built = hugo(site.folder)
    assert "/fr/bateau/" in links(built, "/boat/")


@pytest.mark.hugo
def test_same_name_is_no_translation(tmp_path: Path) -> None:
    """Two posts of one slug in two languages that have nothing in common are not tied."""
    items = [
        item(1, slug="same", link="https://old.example/same/", terms=[("language", "en", "English")]),
        item(2, slug="same", link="https://old.example/fr/same/", terms=[("language", "fr", "Français")]),
    ]
    site = convert(tmp_path, export(*items))
    built = hugo(site.folder)
    assert links(built, "/same/") == links(built, "/fr/same/") == []
    assert site.files("content/posts/*.md") == ["content/posts/same-2.fr.md", "content/posts/same.md"]


@pytest.mark.hugo
def test_home_pages_and_private_languages(tmp_path: Path) -> None:
    items = [
        item(
            1,
            type="page",
            title="[:en]Home[:fr]Accueil[:]",
            slug="home",
            link="https://old.example/",
            content="[:en]Welcome.[:fr]Bienvenue.[:]",
        ),
        item(2, title="[:en]A[:fr]B[:]", status="private", content="[:en]secret[:fr]secrète[:]"),
    ]
    site = convert(tmp_path, export(*items))
    assert site.files() == [
        "content/_index.fr.md",
        "content/_index.md",
        "content/posts/post-2.fr.md",
        "content/posts/post-2.md",
    ]
    assert site.outcome.account.drafts == {"private": 2}
    built = hugo(site.folder)
    assert "Bienvenue" in page(built, "/fr/").text_content()
    assert not any("secr" in path.read_text() for path in built.rglob("*.html"))


@pytest.mark.hugo
def test_a_site_in_a_folder(tmp_path: Path) -> None:
    """Addresses of the old site have its folder; Hugo puts it before all of its own."""
    slug = {"_wp_old_slug": "old"}
    items = [
        item(
            1,
            title="[:en]A[:fr]B[:]",
            slug="a",
            link="https://old.example/blog/a/",
            content="[:en]x[:fr]y[:]",
            meta=slug,
        ),
        item(2, slug="d", link="https://old.example/blog/d/"),
        item(
            3,
            title="[:fr]C[:]",
            slug="c",
            link="https://old.example/blog/c/",
            content='[:fr]<a href="/blog/a/">a</a>[:]',
        ),
    ]
    text = export(*items)
    for name in ("wp:base_blog_url", "link"):
        text = text.replace(f"<{name}>https://old.example<", f"<{name}>https://old.example/blog<")
    site = convert(tmp_path, text)
    assert site.body("content/posts/c.fr.md") == "[a](/blog/fr/a/)"
    built = hugo(site.folder)
    for address in ("a", "fr/a", "d", "fr/c"):
        assert (built / address / "index.html").is_file()
    for old, new in {"old": "a", "fr/old": "fr/a", "fr/d": "d"}.items():
        assert f'url=https://old.example/blog/{new}/"' in (built / old / "index.html").read_text()


@pytest.mark.hugo
def test_a_former_address_outside_of_the_folder_of_the_language(tmp_path: Path) -> None:
    french = [("language", "fr", "Français")]
    items = [
        item(1, slug="a", terms=[("language", "en", "English")]),
        item(2, slug="b", link="https://old.example/fr/b/", terms=french),
        item(3, slug="c", link="https://old.example/fr/c/", terms=french),
        item(4, slug="d", link="https://old.example/deep/d/", terms=french, meta={"_wp_old_slug": "e"}),
    ]
    site = convert(tmp_path, export(*items))
    assert site.front("content/posts/d.fr.md")["url"] == "/deep/d/"
    built = hugo(site.folder)
    assert 'url=https://old.example/deep/d/"' in (built / "deep/e/index.html").read_text()


def test_marks_alone_do_not_make_a_site_multilingual(tmp_path: Path) -> None:
    text = "In Python, <code>copy = x[:id]</code> and <code>x[:]</code>; in Elixir <code>{:en}</code>."
    site = convert(tmp_path, export(item(1, content=text), item(2, terms=[("language", "fr", "Français")])))
    assert "`copy = x[:id]`" in site.body("content/posts/post-1.md")
    assert "`{:en}`" in site.body("content/posts/post-1.md")
    assert "languages" not in site.text("hugo.toml")
    assert "translationKey" not in site.text("content/posts/post-2.md")


@pytest.mark.slow
@pytest.mark.parametrize("text", ["[:en]" * 200_000, "[:en]a[:fr]" * 60_000], ids=["marks", "languages"])
def test_hostile_texts(tmp_path: Path, text: str) -> None:
    site = convert(tmp_path, export(item(1, title="[:en]A[:fr]B[:]", content=f"{text}end")))
    assert site.outcome.account.surveyed == 1
    assert not site.outcome.account.failed
