"""One item as XML: what is repaired, what is noted, what stays."""

from __future__ import annotations

import pytest

from converters.importers.wordpress.rawitem import RawItem
from converters.importers.wordpress.repair import ItemParser, Prolog, read_prolog
from converters.model.notices import Log
from tests.hostile.cases import case


def parse(item: bytes, *, encoding: str = "utf-8", root: bytes | None = None) -> tuple[RawItem | None, list[str]]:
    log = Log("1")
    prolog = read_prolog(b"") if root is None else read_prolog(root)
    element = ItemParser(Prolog(prolog.root, encoding)).parse(item, log)
    return (None if element is None else RawItem(element)), [notice.code for notice in log.notices]


def content(item: bytes, *, encoding: str = "utf-8") -> tuple[str, list[str]]:
    raw, codes = parse(
        b"<item><content:encoded>" + item + b"</content:encoded><wp:post_id>1</wp:post_id></item>", encoding=encoding
    )
    assert raw is not None
    assert raw["wp:post_id"] == "1"
    return raw["content:encoded"], codes


@case("xml-cesu-8", "characters written as two surrogates (CESU-8)", "read as the characters they are")
@case("xml-broken-encoding", "stray bytes of Windows-1252 in UTF-8", "read as what they are, and noted")
@pytest.mark.parametrize(
    ("item", "expected", "code"),
    [
        (b"<![CDATA[a\x00b\x11c\x1cd]]>", "abcd", "xml.control-characters"),
        (b"a&#x8;b&#0;c", "abc", "xml.control-characters"),
        (b"<![CDATA[a]]>b]]>", "a]]>b", "xml.cdata-end"),
        (b"a&nbsp;b&hellip;", "a\u00a0b\u2026", "xml.entity"),
        (b"Fish & chips &bogus; &amp;", "Fish & chips &bogus; &", "xml.entity"),
        (b"<![CDATA[caf\xe9 \x93x\x94]]>", "café “x”", "xml.encoding"),
        (b"<![CDATA[\xc3\xa9 \xed\xa0\xbd\xed\xb8\x80]]>", "é 😀", "xml.encoding"),
        (b"<![CDATA[valid \xc3\xa9 and stray \xe9]]>", "valid é and stray é", "xml.encoding"),
        (b"a <b>bold & x</i>", "a <b>bold & x</i>", "xml.markup"),
    ],
)
def test_a_repair_keeps_the_text_and_is_noted(item: bytes, expected: str, code: str) -> None:
    text, codes = content(item)
    assert text == expected
    assert code in codes


def test_a_declared_encoding_counts_only_where_utf8_does_not_fit() -> None:
    assert content("<![CDATA[größe]]>".encode(), encoding="iso-8859-1") == ("größe", [])
    text, codes = content("<![CDATA[привет]]>".encode("koi8-r"), encoding="koi8-r")
    assert text == "привет"
    assert codes == ["xml.encoding"]


def test_entities_in_sections_are_text() -> None:
    assert content(b"<![CDATA[&nbsp; &amp; &#0;]]>") == ("&nbsp; &amp; &#0;", [])


@case("xml-broken-prefix", "prefixes nobody declared", "declared, and noted")
def test_undeclared_prefixes_are_declared() -> None:
    raw, codes = parse(b'<item><media:x y:z="1">t</media:x><wp:post_id>7</wp:post_id></item>')
    assert raw is not None
    assert raw["wp:post_id"] == "7"
    assert codes == ["xml.namespace"]


@case("xml-broken-attribute", "a slug with quotation marks in an attribute", "repaired, and noted")
def test_a_term_slug_with_a_quotation_mark() -> None:
    raw, codes = parse(b'<item><wp:post_id>1</wp:post_id><category domain="x" nicename="a"b&c">N</category></item>')
    assert raw is not None
    assert raw.categories == [("x", 'a"b&c', "N")]
    assert "xml.markup" in codes


def test_name_spaces_are_told_by_family() -> None:
    root = b"""<rss xmlns:w="https://wordpress.org/export/9.9/" xmlns:e='http://wordpress.org/export/1.0/excerpt/'>"""
    raw, codes = parse(b"<item><w:post_id>3</w:post_id><e:encoded>x</e:encoded></item>", root=root)
    assert raw is not None
    assert (raw["wp:post_id"], raw["excerpt:encoded"], codes) == ("3", "x", [])


def test_entities_of_a_document_type_stay_text_and_no_file_is_read() -> None:
    head = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss>'
    raw, codes = parse(b"<item><title>a &x; b</title><wp:post_id>1</wp:post_id></item>", root=head)
    assert raw is not None
    assert raw["title"] == "a &x; b"
    assert codes == ["xml.entity"]


def test_deep_nesting_in_one_field_costs_that_item_at_most() -> None:
    item = b"<item><title>" + b"<b>" * 100_000 + b"</title><wp:post_id>1</wp:post_id></item>"
    raw, codes = parse(item)
    assert raw is None or raw["wp:post_id"] == "1"
    assert codes


def test_twelve_megabytes_in_one_section_stay_whole() -> None:
    text, codes = content(b"<![CDATA[" + b"word " * 2_500_000 + b"]]>")
    assert len(text) == 12_500_000
    assert codes == []
