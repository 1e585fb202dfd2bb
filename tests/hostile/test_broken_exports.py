"""Exports as real sites have them: what is known to be broken in them, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.hostile.cases import case
from tests.support import convert
from tests.wxr import cdata, export, item

POST = "content/posts/post-1.md"


def changed(old: str, new: str, **fields: Any) -> str:
    """Item 1 with a piece of its XML changed by hand."""
    text = item(1, **fields)
    assert old in text
    return text.replace(old, new)


@case("xml-broken-control", "control characters in comments and fields of plug-ins", "removed and counted")
def test_control_characters_in_comments_and_fields(tmp_path: Path) -> None:
    comment = {"id": 1, "author": "A", "content": "hi \x11 there", "approved": 1}
    site = convert(tmp_path, export(item(1, comments=[comment], meta={"_publicize_failed_1": "x\0y", "z": "a\0b"})))
    assert site.front(POST)["params"] == {"z": "ab"}
    assert "hi  there" in site.text("data/comments/1.yaml")
    assert [notice["what"] for notice in site.notices("xml.control-characters")] == ["3"]


@case("xml-broken-cdata", "`]]>` in a text, as exporters other than WordPress leave it", "kept as text, noted")
def test_an_end_of_a_section_inside_it(tmp_path: Path) -> None:
    text = "<![CDATA[if (a[b[0]]>c) x ]]> tail]]>"
    site = convert(tmp_path, export(changed(cdata("Text of 1."), text), item(2)))
    assert site.body(POST).endswith("x ]]> tail")
    assert len(site.notices("xml.cdata-end")) == 1


@case("xml-broken-warning", "a warning of PHP between the items, before or behind them", "passed over and named")
@pytest.mark.parametrize("place", ["<item>", "<?xml ", "END"])
def test_warnings_of_php(tmp_path: Path, place: str) -> None:
    warning = "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/x/export.php</b> on line <b>3</b><br />\n"
    text = export(item(1), item(2)) + "END"
    site = convert(tmp_path, text.replace(place, warning + place, 1).removesuffix("END"))
    assert site.outcome.account.carried == {"post": 2}
    assert site.notices("source.junk")


def test_what_a_cache_signs_is_no_junk(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1)) + "\n<!--\nCached by a plug-in @ 2021\n-->\n<!-- 3 queries -->")
    assert not site.notices("source.junk")


@case("xml-broken-meta", "bare `&`, names HTML knows, an unclosed tag in a field", "repaired and noted")
def test_a_malformed_field(tmp_path: Path) -> None:
    value = "<wp:meta_value>Tom & Jerry &eacute; <b>x</wp:meta_value>"
    meta = f"<wp:postmeta><wp:meta_key>k</wp:meta_key>{value}</wp:postmeta>"
    site = convert(tmp_path, export(item(1, raw=meta), item(2)))
    assert site.front(POST)["params"] == {"k": "Tom & Jerry é <b>x"}
    assert len(site.notices("xml.entity")) == 2
    assert len(site.notices("xml.markup")) == 1


@case("xml-broken-serialised", "serialised values whose line ends or slashes changed on the way", "read all the same")
@pytest.mark.parametrize(
    ("value", "read"),
    [
        ('a:1:{s:4:"body";s:9:"a\nb\nc";}', {"body": "a\nb\nc"}),
        (r"a:1:{s:4:\"body\";s:1:\"c\";}", {"body": "c"}),
        ('a:1:{i:0;s:5:"na\u00efve";}', ["na\u00efve"]),
    ],
)
def test_serialised_values(tmp_path: Path, value: str, read: Any) -> None:
    assert convert(tmp_path, export(item(1, meta={"m": value}))).front(POST)["params"] == {"m": read}


@case(
    "xml-broken-dates", "dates of zeros, of years -1 and 10000, of no calendar", "no date, or noted; never a wrong one"
)
@pytest.mark.parametrize(
    ("date", "published", "noted"),
    [
        ("0000-00-00 00:00:00", "Wed, 30 Nov -0001 00:00:00 +0000", 0),
        ("-001-11-30 00:00:00", "", 1),
        ("9999-99-99 99:99:99", "", 1),
        ("10000-01-01 00:00:00", "", 1),
        ("2021-02-30 00:00:00", "Mon, 30 Feb 2021 00:00:00 +0000", 1),
        ("", "Thu, 04 Mar 99999 05:06:07 +9999", 0),
    ],
)
def test_dates(tmp_path: Path, date: str, published: str, noted: int) -> None:
    site = convert(tmp_path, export(item(1, date=date, pub_date=published)))
    assert "date" not in site.front(POST)
    assert len(site.notices("date.invalid")) == noted


@case("xml-broken-draft", "drafts without a name or a date, with an address such as `?p=3`", "named by title or id")
def test_drafts_without_names(tmp_path: Path) -> None:
    nothing = {"slug": "", "status": "draft", "date": "0000-00-00 00:00:00", "pub_date": ""}
    drafts = [item(n, title=title, link=f"https://old.example/?p={n}", **nothing) for n, title in enumerate(" -", 3)]
    site = convert(tmp_path, export(*drafts))
    names = [Path(path).stem for path in site.files()]
    assert len(names) == 2
    assert all(name.strip("-. ") for name in names)
    assert all(site.front(path)["draft"] is True for path in site.files())


@case("xml-broken-slug", "slugs of only `%`, or cut within an encoded character", "the item gets another name")
def test_slugs(tmp_path: Path) -> None:
    slugs = ["%", "%e6%9", "%E6%97%A5%e6%9", "%%%", "%zz", "%00", "%2f", "a%0d%0ab", "%25e6"]
    site = convert(tmp_path, export(*(item(n, slug=slug) for n, slug in enumerate(slugs, 1))))
    assert len(site.files()) == len(slugs)
    assert all(Path(path).stem.strip("-.%") for path in site.files())


@case("xml-broken-unknown", "a status or a kind of item that nothing here knows", "a draft; a section of its own")
def test_unknown_statuses_and_kinds(tmp_path: Path) -> None:
    site = convert(
        tmp_path, export(item(1, status="odd"), item(2, type="recipe"), item(3, type="attachment", status="x"))
    )
    assert site.front(POST)["draft"] is True
    assert [notice["item"] for notice in site.notices("status.unknown")] == ["1"]
    assert site.outcome.account.carried == {"post": 1, "recipe": 1}


@case("xml-broken-title", "entities in titles, line ends written as `&#13;`", "read once, on one line")
def test_titles(tmp_path: Path) -> None:
    title = "<title>Tom &amp;amp; &amp;#8220;Jerry&amp;#8221;&#13; again</title>"
    site = convert(tmp_path, export(changed(f"<title>{cdata('Title 1')}</title>", title)))
    assert site.front(POST)["title"] == "Tom & “Jerry” again"
