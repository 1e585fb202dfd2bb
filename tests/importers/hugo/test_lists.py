"""Lists that Hugo makes by itself, and their URLs: terms, taxonomies, sections, in every language."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from converters.importers.hugo.addresses import PagePath, address, term_address, term_slug
from converters.importers.hugo.config import Config
from converters.importers.hugo.lists import headline
from converters.importers.hugo.pagination import Cut, cut_by, further
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll as build
from tests.exporters.jekyll.test_jekyll import real
from tests.support import Site, convert_files

TO_JEKYLL = Options("hugo", "jekyll")
LANGUAGES = {
    "languages": {"en": {}, "de": {"disableKinds": ["taxonomy"]}, "fr": {"taxonomies": {"tag": "etiquettes"}}},
    "permalinks": {"term": {"etiquettes": "/e/:slug/"}},
}


def source(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / "quay" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder / "quay"


def page(body: str = "", **front: Any) -> str:
    return json.dumps({"title": "T", "date": "2024-03-02", **front}) + f"\n\n{body}\n"


def jekyll(tmp_path: Path, files: dict[str, str]) -> Site:
    return convert_files(tmp_path, source(tmp_path, files), options=TO_JEKYLL)


def permalinks(site: Site) -> set[str]:
    found = set()
    for file in (site.folder / "_terms").rglob("*.html"):
        if match := re.search(r'^permalink: "?([^"\n]+)', file.read_text("utf-8"), re.M):
            found.add(match[1])
    return found


# Each as Hugo 0.168 writes it.
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ferry", "ferry"),
        ("Low Tide", "low-tide"),
        ("low  tide", "low--tide"),
        ("C#", "c#"),
        ("C++", "c++"),
        ("a/b", "a/b"),
        ("R&D", "rd"),
        ("Node.js", "node.js"),
        ("it's", "its"),
        ("50% off", "50-off"),
        ("Été au port", "été-au-port"),
        ("日本語 タグ", "日本語-タグ"),
        ("emoji 🚢", "emoji-"),
        ("İstanbul", "istanbul"),
        ("ärm%20x", "ärm%20x"),
        ("_under", "_under"),
        ("..", ""),
        ("!!", ""),
    ],
)
def test_a_term_is_known_by_its_path(name: str, slug: str) -> None:
    assert term_slug(name, Config({})) == slug


def test_settings_for_paths() -> None:
    assert term_slug("A--B  C", Config({"disablePathToLower": True})) == "A--B-C"
    assert term_slug("Été", Config({"removePathAccents": True})) == "ete"


@pytest.mark.parametrize(
    ("settings", "language", "tags", "ferry"),
    [
        ({}, "", "/tags/", "/tags/ferry/"),
        ({"uglyURLs": True}, "", "/tags/", "/tags/ferry.html"),
        ({"uglyURLs": {"posts": True}}, "", "/tags/", "/tags/ferry/"),
        ({"permalinks": {"term": {"tags": "/t/:slug/"}}}, "", "/tags/", "/t/ferry/"),
        ({"permalinks": {"tags": "/t/:slug/"}}, "", "/tags/", "/t/ferry/"),
        ({"permalinks": {"taxonomy": {"tags": "/all/"}}}, "", "/all/", "/tags/ferry/"),
        ({"permalinks": {"page": {"tags": "/t/:slug/"}}}, "", "/tags/", "/tags/ferry/"),
        ({"disableKinds": ["taxonomy"]}, "", "", "/tags/ferry/"),
        ({"disableKinds": ["taxonomy", "term"]}, "", "", ""),
        ({"disableKinds": ["taxonomyTerm"]}, "", "", "/tags/ferry/"),
        (LANGUAGES, "en", "/tags/", "/tags/ferry/"),
        (LANGUAGES, "de", "", "/de/tags/ferry/"),
        ({**LANGUAGES, "defaultContentLanguageInSubdir": True}, "en", "/en/tags/", "/en/tags/ferry/"),
    ],
)
def test_addresses_of_terms(settings: dict[str, Any], language: str, tags: str, ferry: str) -> None:
    config = Config(settings)
    assert (term_address("", "tags", language, config), term_address("Ferry", "tags", language, config)) == (
        tags,
        ferry,
    )


ABOVE = ("docs", "deep", "er")


# Each as Hugo 0.168 writes it.
@pytest.mark.parametrize(
    ("pattern", "front", "path"),
    [
        ("/:sections/:slug/", {}, "/docs/deep/t/"),
        ("/:sections[1:]/x/", {}, "/deep/x/"),
        ("/:sections[2:]/x/", {}, "/x/"),
        ("/:sections[:last]/x/", {}, "/docs/x/"),
        ("/:sections[last]/x/", {}, "/deep/x/"),
        ("/:sections[0]/x-:sections[5]/", {}, "/docs/x-/"),
        ("/:sections[one]/x/", {}, "/x/"),
        ("/:slug/", {"slug": "A/b c"}, "/a/b-c/"),
        ("/:title/", {"title": "A/B #c \\d"}, "/a-b-#c-d/"),
        ("/:slug/", {"title": "X#"}, "/x/"),
        ("/:slug.html", {}, "/t.html/"),
        ("/:unknown/", {}, ""),
    ],
)
def test_tokens_of_patterns(pattern: str, front: dict[str, Any], path: str) -> None:
    page = PagePath(ABOVE, "t", False, "", front.get("title", "T"), None, {"title": "T", **front}, ABOVE[:2])
    assert address(page, Config({"permalinks": {"page": {"docs": pattern}}})) == path


def test_patterns_of_lists() -> None:
    """Sections inside of others follow the pattern of the one at the top; a slash in the name of a term stays one."""
    settings = {
        "section": {"docs": "/book/:title/"},
        "term": {"tags": "/t/:slug/"},
        "taxonomy": {"tags": "/:slug/all/"},
    }
    config = Config({"permalinks": settings, "uglyURLs": True})
    inner = PagePath(("docs",), "deep", True, "", "Deep End", None, {"title": "Deep End"})
    assert address(inner, config) == "/book/deep-end/"
    assert term_address("C/D", "tags", "", config) == "/t/c/d.html"
    assert term_address("", "tags", "", config, "Tags") == "/tags/all/"
    own = PagePath(("docs",), "x", False, "", "T", None, {"url": "/own/place"})
    assert address(own, config) == "/own/place/", "an address of its own is no file by itself"


def test_one_language_below_its_code() -> None:
    config = Config({"defaultContentLanguage": "nl", "defaultContentLanguageInSubdir": True})
    assert [language.code for language in config.languages] == ["nl"]
    assert term_address("Boot", "tags", "nl", config) == "/nl/tags/boot/"
    own = PagePath((), "x", False, "nl", "T", datetime(2024, 3, 2), {"url": ":year/x"})
    assert address(own, config) == "/nl/2024/x/"


@pytest.mark.parametrize(
    ("settings", "path", "count", "cut", "pages"),
    [
        ({}, "/tags/x/", 10, Cut.ALWAYS, ("/tags/x/page/1/",)),
        ({}, "/tags/x/", 10, Cut.PERHAPS, ()),
        ({}, "/tags/x/", 11, Cut.PERHAPS, ("/tags/x/page/1/", "/tags/x/page/2/")),
        ({}, "/tags/x/", 99, Cut.NEVER, ()),
        ({}, "", 99, Cut.ALWAYS, ()),
        ({}, "/", 11, Cut.ALWAYS, ("/page/1/", "/page/2/")),
        ({"paginate": 20}, "/", 11, Cut.ALWAYS, ("/page/1/",)),
        (
            {"pagination": {"pagerSize": 6, "disableAliases": True, "path": "p"}},
            "/t.html",
            11,
            Cut.ALWAYS,
            ("/t/p/2.html",),
        ),
    ],
)
def test_further_pages(settings: dict[str, Any], path: str, count: int, cut: Cut, pages: tuple[str, ...]) -> None:
    assert further(path, count, cut, Config(settings)) == pages


def test_templates_say_whether_lists_are_cut(tmp_path: Path) -> None:
    assert cut_by(tmp_path, complete=True) is Cut.PERHAPS
    theme = source(tmp_path, {"themes/a/layouts/list.html": "{{ range .Pages }}{{ end }}"})
    assert (cut_by(theme, complete=True), cut_by(theme, complete=False)) == (Cut.NEVER, Cut.PERHAPS)
    source(tmp_path, {"layouts/list.html": "{{ range .Paginator.Pages }}{{ end }}"})
    assert cut_by(theme, complete=True) is Cut.ALWAYS


def test_a_language_has_taxonomies_of_its_own() -> None:
    config = Config(LANGUAGES)
    assert config.taxonomies_in("fr") == {"etiquettes": "etiquettes"}
    assert config.taxonomies_in("de") == {"categories": "category", "tags": "post_tag"}
    assert term_address("Bateau", "etiquettes", "fr", config) == "/fr/e/bateau/"


@pytest.mark.parametrize(
    ("slug", "path"), [("en/guests", "/en/guests/"), ("Big Boat", "/big-boat/"), ("", "/a--b/"), ("/", "/a--b/")]
)
def test_slugs_of_pages(slug: str, path: str) -> None:
    assert address(PagePath((), "a  b", False, "", "T", None, {"slug": slug}), Config({})) == path


@pytest.mark.parametrize(
    ("settings", "title"),
    [
        ({}, "End of the Line"),
        ({"titleCaseStyle": "go"}, "End Of The Line"),
        ({"titleCaseStyle": "firstupper"}, "End of the line"),
        ({"capitalizeListTitles": False}, "end of the line"),
    ],
)
def test_titles_of_lists(settings: dict[str, Any], title: str) -> None:
    assert headline("end of the line", Config(settings)) == title


def test_term_addresses(tmp_path: Path) -> None:
    """Term pages, the lists of terms and of the section stay where Hugo had them, and links to them are no notices."""
    text = (
        "[a](/tags/boats/) [b](/tags/high-water/) [c](/categories/pier-news/) [d](/tags/) [e](/was/two/) [f](/posts/)"
    )
    site = jekyll(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://pier.example/"\ntitle = "Pier"\n',
            "content/posts/one.md": page(text, tags=["Boats", "High Water"], categories=["Pier News"]),
            "content/posts/two.md": page("x", tags=["boats"], aliases=["/was/two/"]),
        },
    )
    expected = {"/tags/", "/tags/boats/", "/tags/high-water/", "/categories/", "/categories/pier-news/", "/posts/"}
    assert permalinks(site) == expected
    assert site.notices("link.missing") == []
    one, two = (site.text(f"_posts/2024-03-02-{name}.md") for name in ("one", "two"))
    assert "[e](/posts/two/)" in one
    assert "- Boats\n" in two, "names of one term are one name"


def test_language_terms(tmp_path: Path) -> None:
    site = jekyll(
        tmp_path,
        {
            "hugo.yaml": (
                "baseURL: https://pier.example/\ndefaultContentLanguage: en\nlanguages:\n  en: {weight: 1}\n"
                "  de: {weight: 2}\n  fa: {weight: 3, taxonomies: {tag: FAtags}}\n"
            ),
            "content/posts/a.en.md": page(tags=["Boat", "english"]),
            "content/posts/a.de.md": page(tags=["Boat", "deutsch"]),
            "content/posts/a.fa.md": page(FAtags=["قایق"]),
        },
    )
    assert permalinks(site) >= {
        *("/tags/", "/tags/boat/", "/tags/english/", "/de/tags/", "/de/tags/boat/", "/de/tags/deutsch/"),
        *("/fa/fatags/", "/fa/fatags/قایق/", "/de/posts/"),
    }
    assert "/tags/deutsch/" not in permalinks(site)
    assert "fatags:\n  - قایق" in site.text("_posts/fa/2024-03-02-a.md")


def test_pages_of_lists_list(tmp_path: Path) -> None:
    """An `_index` file is the page of its list: with its own text and address, and what is listed."""
    site = jekyll(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://pier.example/"\n[taxonomies]\ntag = "tags"\nseries = "series"\n',
            "content/posts/_index.md": page("All of them", title="Log"),
            "content/posts/one.md": page("x", tags=["Low Tide"], series=["Ropes"]),
            "content/tags/_index.md": page("Words", title="Words"),
            "content/tags/low-tide/_index.md": page("Dry", title="When it is dry", slug="ebb"),
            "content/series/ropes/_index.md": page("Knots", title="Ropes", url="/knots/"),
        },
    )
    pages = {
        name: site.front(name) for name in site.files("**/*.md") if name.endswith(".md") and not name.startswith("_")
    }
    found = {(at.get("permalink"), at.get("lists"), at.get("term"), at.get("terms_of")) for at in pages.values()}
    assert {row[1:] for row in found} == {
        ("posts", None, None),
        (None, "Low Tide", None),
        (None, "Ropes", None),
        (None, None, "tags"),
    }
    assert {at["layout"] for at in pages.values()} == {"archive"}
    data = site.text("_data/terms.yml")
    assert '"/tags/ebb/"' in data and '"/knots/"' in data
    assert permalinks(site) == {"/series/"}


def test_a_hidden_page_hides_its_list(tmp_path: Path) -> None:
    """As in Hugo 0.168: `draft: true` in an `_index.md` takes the list away, although public pages are in it."""
    shown = {"tide/_index.md": page(title="Tide"), "tags/open/_index.md": page(title="Open")}
    hidden = {name: page(title="Hid", draft=True) for name in ("sec/_index.md", "tags/hid/_index.md")}
    posts = {f"{name}/a.md": page(tags=["hid", "open", "free"]) for name in ("posts", "sec", "tide")}
    files = {f"content/{name}": text for name, text in (shown | hidden | posts).items()}
    site = jekyll(tmp_path, {"hugo.toml": 'baseURL = "https://old.example/"\n', **files})
    assert not permalinks(site) & {"/sec/", "/tags/hid/", "/tags/open/"}
    assert permalinks(site) >= {"/posts/", "/tags/", "/tags/free/"}
    feeds = {str(file.relative_to(site.folder / "_terms")) for file in (site.folder / "_terms").rglob("*.xml")}
    assert {"tide.xml", "tags/open.xml", "tags/free.xml"} <= feeds
    assert not feeds & {"sec.xml", "tags/hid.xml"}
    assert set(yaml.safe_load(site.text("_data/terms.yml"))["tags"]) == {"open", "free"}


@real
def test_lists_in_a_built_site(tmp_path: Path) -> None:
    site = jekyll(
        tmp_path,
        {
            "hugo.toml": 'baseURL = "https://pier.example/sub/"\n',
            "content/notes/_index.md": page("All notes"),
            "content/notes/a.md": page("[t](/sub/tags/boat/)", title="First note", tags=["Boat"]),
            "content/draft/a.md": page("x", draft=True),
        },
    )
    built = build(site.folder)
    assert "First note" in (built / "notes/index.html").read_text("utf-8")
    assert "First note" in (built / "tags/boat/index.html").read_text("utf-8")
    assert 'href="/sub/tags/boat/"' in (built / "tags/index.html").read_text("utf-8")
    assert not (built / "draft/index.html").exists()
