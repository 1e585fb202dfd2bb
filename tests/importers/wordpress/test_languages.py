"""Texts of several languages in one field, and what plug-ins say about languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from converters.importers.shared.languages import name_of
from converters.importers.wordpress.languages import code_of, is_code, states_language
from converters.importers.wordpress.qtranslate import (
    JoinedLanguages,
    is_blank,
    languages_of,
    marked_languages,
    pick,
    pieces,
    unknown_marks,
)
from converters.importers.wordpress.rawitem import RawItem
from converters.model import Entry, Role, Status
from tests.limits import budget

MARKS = re.compile(r"\[:[a-z]{0,2}\]|<!--:[a-z]{0,2}-->|\{:[a-z]{0,2}\}")


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("[:en]Ferry[:fr]Bac[:]", "Ferry", "Bac"),
        ("[:en]Ferry[:fr]Bac", "Ferry", "Bac"),
        ("<!--:en-->Ferry<!--:--><!--:fr-->Bac<!--:-->", "Ferry", "Bac"),
        ("{:en}Ferry{:}{:fr}Bac{:}", "Ferry", "Bac"),
        ("No. 7: [:en]Ferry[:fr]Bac[:] (1931)", "No. 7: Ferry (1931)", "No. 7: Bac (1931)"),
        ("<p>[:en]A[:fr]B[:]</p><p>[:en]C[:fr]D[:]</p>", "<p>A</p><p>C</p>", "<p>B</p><p>D</p>"),
        ("[:fr]Bac[:en]Ferry[:]", "Ferry", "Bac"),
        ("[:en]A[:][:en]B[:]", "AB", ""),
        ("[:en]x[:zq] y[:]", "x[:zq] y", ""),
        ("[:pt_BR]Balsa[:en]Ferry[:]", "Ferry", ""),
        ("a[:] b", "a b", "a b"),
        (
            "No marks: a[1:2], {x}, <!-- en -->",
            "No marks: a[1:2], {x}, <!-- en -->",
            "No marks: a[1:2], {x}, <!-- en -->",
        ),
        ("", "", ""),
    ],
)
def test_pick(text: str, english: str, french: str) -> None:
    assert (pick(text, "en"), pick(text, "fr")) == (english, french)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[:en]Ferry[:fr][:de] Fähre[:]", "Ferry"),
        ("[:de]Fähre[:fr]Bac[:]", "Fähre"),
        ("[:fr] [:]", ""),
        ("plain", "plain"),
    ],
)
def test_a_name_without_words_shows_those_of_another_language(text: str, found: str) -> None:
    assert pick(text, "es", instead=("en",)).strip() == found


def test_languages_of() -> None:
    assert languages_of("[:en]A[:fr] <p>&nbsp;</p> [:de]C[:]") == ["en", "de"]
    assert languages_of("[:pt_BR]A[:]") == ["pt-br"]
    assert languages_of("x[:zq]") == []
    assert unknown_marks("[:en]a[:zq]b[:zq]{:qq}") == ["[:zq]", "{:qq}"]
    assert is_blank("<!-- wp:paragraph -->\n<p></p>\n<!-- /wp:paragraph -->")
    assert not is_blank("<img>")


parts = st.lists(
    st.one_of(
        st.sampled_from(
            ["[:en]", "[:fr]", "[:]", "<!--:en-->", "<!--:-->", "{:de}", "{:}", "[:zq]", "[", ":en]", "{:"]
        ),
        st.text(alphabet="ab [:]{}<>!-\n", max_size=8),
    ),
    max_size=20,
).map("".join)


@given(parts)
@example("{:aa}")
def test_nothing_outside_marks_is_lost(text: str) -> None:
    found = pieces(text)
    assert "".join(piece.mark + piece.text for piece in found) == text
    languages = {"en", "fr", "de"} | {piece.language for piece in found if piece.language}
    shown = {code: pick(text, code) for code in languages}
    for piece in found:
        for code in (piece.language,) if piece.language else shown:
            assert piece.text in shown[code]
    assert sum(len(piece.text) for piece in found if piece.language) == sum(
        len(text) - sum(len(piece.text) for piece in found if not piece.language) for text in shown.values()
    )


@given(
    st.dictionaries(st.sampled_from(["en", "fr", "de", "nl"]), st.text(alphabet="abé <p>/\n", min_size=1), min_size=1)
)
def test_joining_and_splitting(texts: dict[str, str]) -> None:
    joined = {
        "brackets": "".join(f"[:{code}]{text}" for code, text in texts.items()) + "[:]",
        "comments": "".join(f"<!--:{code}-->{text}<!--:-->" for code, text in texts.items()),
        "braces": "".join(f"{{:{code}}}{text}{{:}}" for code, text in texts.items()),
    }
    for text in joined.values():
        assert {code: pick(text, code) for code in texts} == texts
        assert not MARKS.search(pick(text, "en", instead=()))


@pytest.mark.parametrize(
    "text",
    [
        "[:en]" * 200_000,
        "[:en" * 200_000,
        "{:en}{:}" * 100_000,
        "<!--:" * 200_000,
        "[:en]" + "<p> " * 200_000,
        "[:en]\n" * 200_000,
    ],
    ids=["marks", "halves", "braces", "comments", "paragraphs", "lines"],
)
def test_hostile_texts_take_linear_time(text: str) -> None:
    with budget():
        pick(text, "fr", instead=("de",))
        languages_of(text)
        unknown_marks(text)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("<title>[:en]A[:fr]B[:]</title>", ["en", "fr"]),
        ("<title><![CDATA[[:de]A]]></title>", ["de"]),
        ("<content:encoded><![CDATA[<!-- wp:paragraph -->\n<p>{:fr}A{:}</p>", ["fr"]),
        ("<wp:cat_name><![CDATA[<!--:nl-->A<!--:-->", ["nl"]),
        ("<content:encoded><![CDATA[In Python, x[:id] copies and x[:] too.", []),
        ("<title>[:zq]</title>", []),
        ("<title>x[:en]</title>", []),
        ("<title>" + " " * 500_000 + "[:en]", []),
        ("x" * 5_000_000 + "<title>[:en]A[:]", ["en"]),
    ],
    ids=["title", "cdata", "block", "term", "program", "unknown", "inside", "spaces", "late"],
)
def test_which_exports_hold_all_languages_at_once(tmp_path: Path, data: str, found: list[str]) -> None:
    file = tmp_path / "export.xml"
    file.write_text(data, encoding="utf-8")
    assert marked_languages(file) == found


def test_a_field_that_begins_where_two_reads_meet(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    for before in range(4 * 1024 * 1024 - 40, 4 * 1024 * 1024 + 2, 7):
        file.write_text("x" * before + "<title><![CDATA[[:en]A[:]]]></title>", encoding="utf-8")
        assert marked_languages(file) == ["en"], before


@pytest.mark.parametrize(
    ("url", "language", "slug", "found"),
    [
        ("https://x.example/b/boat/", "fr", "", "https://x.example/b/fr/boat/"),
        ("http://www.x.example/b/boat/", "fr", "", "http://www.x.example/b/fr/boat/"),
        ("https://x.example/b/boat/", "en", "", "https://x.example/b/boat/"),
        ("https://x.example/b/en/boat/", "fr", "", "https://x.example/b/fr/boat/"),
        ("https://x.example/b/en/boat/", "en", "", "https://x.example/b/en/boat/"),
        ("https://x.example/b/2021/boat/", "fr", "bac", "https://x.example/b/fr/2021/bac/"),
        ("https://x.example/b/", "fr", "", "https://x.example/b/fr/"),
        ("https://x.example/b/?p=3", "fr", "", "https://x.example/b/?p=3"),
        ("https://x.example/b/boat/?lang=de", "fr", "", "https://x.example/b/boat/?lang=fr"),
        ("https://x.example/b/boat/?lang=de", "en", "", "https://x.example/b/boat/"),
    ],
)
def test_address_in_a_language(url: str, language: str, slug: str, found: str) -> None:
    entry = Entry("1", "post", Role.CONTENT, Status.PUBLISHED, slug="boat", permalink=url)
    item = RawItem(etree.fromstring("<item/>")).changed({}, [], [(f"_qts_slug_{language}", slug)], [])
    read = JoinedLanguages("en", "https://x.example/b/").entry(entry, item, language)
    assert read.permalink == found
    assert read.slug == (slug or "boat")
    assert read.language == language


def test_a_page_that_is_called_like_a_language() -> None:
    entry = Entry("1", "page", Role.CONTENT, Status.PUBLISHED, slug="it", permalink="https://x.example/it/")
    item = RawItem(etree.fromstring("<item/>"))
    assert JoinedLanguages("en", "https://x.example").entry(entry, item, "fr").permalink == "https://x.example/fr/it/"


def test_codes() -> None:
    assert code_of(" pt_BR ") == "pt-br"
    assert is_code("pt_BR")
    assert is_code("fr")
    assert not is_code("french")
    assert not is_code("zq")
    assert name_of("pt-br") == "Português"
    assert name_of("vi") == "Tiếng Việt"
    assert states_language("lang", "fr", "Français")
    assert not states_language("lang", "rs", "Rust")
