"""Names for files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.paths import Allocator, fold, safe_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hello-world", "hello-world"),
        ("%e6%97%a5%e6%9c%ac", "日本"),
        ("%25e6%2597%25a5", "日"),
        ("%e6%9", "e6-9"),
        ("100%", "100"),
        ("../../etc/passwd", "etc-passwd"),
        ("..%2f..%2fx", "x"),
        ("%252e%252e%252fx", "x"),
        ("C:\\x", "C-x"),
        ("CON", "CON_"),
        ("aux.txt", "aux_.txt"),
        ("LPT¹", "LPT¹_"),
        ("a b\tc", "a-b-c"),
        ("e\u0301", "é"),
        ("---", ""),
        ("%", ""),
        ("", ""),
        (".git", "git"),
        ("x\u202egpj", "x-gpj"),
    ],
)
def test_safe_names(name: str, expected: str) -> None:
    assert safe_name(name, limit=200) == expected


def test_long_names_are_cut_at_a_character_and_stay_different() -> None:
    one, two = safe_name("語" * 150, limit=200), safe_name("語" * 151, limit=200)
    assert len(one.encode()) <= 200
    assert one != two
    assert one.startswith("語語")


@given(st.text())
def test_every_name_is_one_harmless_path_segment(name: str) -> None:
    found = safe_name(name, limit=200)
    assert "/" not in found
    assert "\\" not in found
    assert found not in (".", "..")
    assert len(found.encode()) <= 201
    assert safe_name(found, limit=200) in (found, found + "_")


def test_the_allocator_sees_through_case_and_unicode_form() -> None:
    names = Allocator()
    assert names.claim("Foo")
    assert not names.claim("foo")
    assert names.claim("é")
    assert not names.claim("e\u0301")
    assert names.claim("ß")
    assert not names.claim("ss")
    assert fold("STRASSE") == fold("straße")
