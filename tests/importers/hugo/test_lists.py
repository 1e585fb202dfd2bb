"""Lists that Hugo makes by itself, and their URLs: terms, taxonomies, sections, in every language."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from converters.importers.hugo.addresses import PagePath, address, term_address, term_slug
from converters.importers.hugo.config import Config
from converters.importers.hugo.lists import headline
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
