"""Slugs of titles, as WordPress makes them."""

from __future__ import annotations

import pytest

from converters.old_site.archives import nicename
from converters.old_site.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("My great draft about boats", "my-great-draft-about-boats"),
        ("Titel mit Ümlaut & more", "titel-mit-umlaut-more"),
        ("C++", "c"),
        ("a/b.c — d–e\u00a0f", "a-b-c-d-e-f"),
        ("It’s “quoted”… really™", "its-quoted-really"),
        ("  -- edges -- ", "edges"),
        ("under_score", "under_score"),
        ("8×10", "8x10"),
        ("50 % off", "50-off"),
        ("Straße, Œuvre, Łódź, Đ", "strase-oeuvre-lodz-d"),
        ("Tiếng Việt", "tieng-viet"),
        ("e\u0301te\u0301", "ete"),
        ("Привет, Мир!", "привет-мир"),
        ("日本語のタイトル（後編）", "日本語のタイトル（後編）"),
        ("ガギグ", "ガギグ"),
        ("한국어 제목", "한국어-제목"),
        ("!!!", ""),
        ("x" * 300, "x" * 200),
        ("я" * 60, "я" * 33),
    ],
)
def test_slug_of(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@pytest.mark.parametrize(
    ("language", "title", "slug"),
    [
        ("de-DE", "Übergröße", "uebergroesse"),
        ("da-DK", "Ærø Å", "aeroe-aa"),
        ("ca", "l·l", "ll"),
        ("sr-RS", "Đ", "dj"),
        ("fr-FR", "Übergröße", "ubergrose"),
    ],
)
def test_languages_have_letters_of_their_own(language: str, title: str, slug: str) -> None:
    assert slug_of(title, language) == slug


def test_nicename() -> None:
    assert [nicename(login) for login in ("Ann Lee", "ann.lee@x.example", "Zoë", "n" * 70)] == [
        "ann-lee",
        "ann-leex-example",
        "zoe",
        "n" * 50,
    ]
