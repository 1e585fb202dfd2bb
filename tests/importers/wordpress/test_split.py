"""Cutting an export into items, on bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.importers.wordpress.split import PartKind, Splitter, sections
from converters.model.limits import Limits

ABOUT_RSS = "A feed has <item> in <channel>: <![CDATA[x]]> and </item> and </channel></rss>, ends with ]]> at times."


def cut(tmp_path: Path, data: bytes, **limits: int) -> list[tuple[PartKind, bytes]]:
    path = tmp_path / "export.xml"
    path.write_bytes(data)
    with Splitter(path, Limits(**limits)) as splitter:
        return [(part.kind, splitter.read(part.start, part.end)) for part in splitter.parts()]


def items(tmp_path: Path, data: bytes) -> list[bytes]:
    return [text for kind, text in cut(tmp_path, data) if kind is PartKind.ITEM]


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def test_parts_cover_the_file_without_gaps(tmp_path: Path) -> None:
    data = b"<rss><channel><title>x</title><item>1</item>\n<item>2</item></channel></rss>"
    parts = cut(tmp_path, data)
    assert b"".join(text for _, text in parts) == data
    assert [kind for kind, _ in parts if kind is PartKind.ITEM] == [PartKind.ITEM] * 2


def test_a_post_about_rss_is_one_item(tmp_path: Path) -> None:
    first = f"<item><content:encoded>{cdata(ABOUT_RSS)}</content:encoded></item>".encode()
    assert items(tmp_path, b"<channel>" + first + b"<item>2</item></channel>") == [first, b"<item>2</item>"]


@pytest.mark.parametrize(
    "content",
    [
        "raw ]]> in the text",
        "raw ]]> twice ]]> here",
        "a nested <![CDATA[ pair ]]> of a careless exporter",
        "code: if (a[b[0]]>c) { </item> }",
    ],
)
def test_a_raw_end_of_a_section_is_text(tmp_path: Path, content: str) -> None:
    first = f"<item><content:encoded><![CDATA[{content}]]></content:encoded><a><![CDATA[b]]></a></item>".encode()
    assert items(tmp_path, b"<channel>" + first + b"<item>2</item></channel>") == [first, b"<item>2</item>"]


def test_an_item_in_a_comment_or_a_section_between_items_is_none(tmp_path: Path) -> None:
    data = b"<channel><!-- <item>no</item> --><x><![CDATA[<item>no</item>]]></x><item>yes</item></channel>"
    assert items(tmp_path, data) == [b"<item>yes</item>"]


def test_an_item_without_an_end_is_cut(tmp_path: Path) -> None:
    parts = cut(tmp_path, b"<channel><item>1</item><item><a><![CDATA[half of it</item>")
    assert [kind for kind, _ in parts] == [PartKind.CHANNEL, PartKind.ITEM, PartKind.CUT]
    assert parts[-1][1] == b"<item><a><![CDATA[half of it</item>"


def test_an_item_over_the_limit_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    data = b"<channel><item>" + b"x" * 2000 + b"</item><item>2</item></channel>"
    kinds = [kind for kind, _ in cut(tmp_path, data, item_bytes=1000)]
    assert kinds == [PartKind.CHANNEL, PartKind.TOO_LARGE, PartKind.ITEM, PartKind.CHANNEL]


def test_tags_that_only_begin_like_item_do_not_count(tmp_path: Path) -> None:
    assert items(tmp_path, b"<channel><items><itemize/></items><item a='b'>1</item ></channel>") == [
        b"<item a='b'>1</item >"
    ]


def test_an_empty_file_has_no_parts(tmp_path: Path) -> None:
    assert cut(tmp_path, b"") == []


def test_sections_give_back_the_text() -> None:
    data = "<a>" + cdata(ABOUT_RSS) + "</a>"
    text = b"".join(piece for inside, piece in sections(data.encode()) if inside).decode()
    assert text == ABOUT_RSS
