"""Front matter of all kinds, good and bad: nothing of a file is lost over it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.frontmatter import dates, read, write
from converters.model.notices import Log


def taken_apart(source: str) -> tuple[read.Matter, list[str]]:
    log = Log()
    return read.read(source, log), [notice.code for notice in log.notices]


BOMB = "---\na: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("source", "values", "text"),
    [
        ('---\ntitle: "A #1\n  @b"\n---\n\ntext\n', {"title": "A #1 @b"}, "\ntext\n"),
        ("\ufeff---  \r\ntitle: x\r\n---\r\ntext\r\n", {"title": "x"}, "text\r\n"),
        ("\n\n---\na: 1\n---\ntext", {"a": 1}, "text"),
        ("---\na: 1\n--- \ntext", {"a": 1}, " \ntext"),
        ('+++\na = "x"\nt = 10:20:30\n[params]\nb = 2\n+++\ntext', {"a": "x", "t": "10:20:30", "params": {"b": 2}}, "text"),
        ('{"a": {"b": "}"}, "c": ["{"]}\ntext', {"a": {"b": "}"}, "c": ["{"]}, "text"),
        ("#+title: T\n#+tags[]: a b\n#+date: <2021-03-04 Thu>\n\ntext", {"title": "T", "tags": ["a", "b"], "date": "2021-03-04"}, "\ntext"),
        ("---\n---\ntext", {}, "text"),
        ("a: |\n  b\n", {}, "a: |\n  b\n"),
        ("{{< figure src=x >}}", {}, "{{< figure src=x >}}"),
        ("----\nrule\n---\n", {}, "----\nrule\n---\n"),
        ("", {}, ""),
    ],
)  # fmt: skip
def test_forms(source: str, values: dict[str, Any], text: str) -> None:
    matter, codes = taken_apart(source)
    assert (matter.values, matter.text, matter.broken, codes) == (values, text, False, [])


@pytest.mark.parametrize(
    ("source", "values", "text", "code"),
    [
        ('---\na: !!python/object/apply:os.system ["x"]\n---\nt', {"a": ["x"]}, "t", "frontmatter.tag"),
        ("---\na: !vault 12\n---\nt", {"a": "12"}, "t", "frontmatter.tag"),
        ("---\na: 1\nb: 2\na: 3\n---\nt", {"b": 2, "a": 3}, "t", "frontmatter.duplicate"),
        ('{"a": 1, "a": 2}\nt', {"a": 2}, "t", "frontmatter.duplicate"),
        ("---\ntitle: no end\ntext", {}, "---\ntitle: no end\ntext", "frontmatter.unclosed"),
        ('{"title": "no end"\ntext', {}, '{"title": "no end"\ntext', "frontmatter.unclosed"),
        ("---\n\nprose\n\n---\nmore", {}, "---\n\nprose\n\n---\nmore", "frontmatter.unreadable"),
        ("---\ntitle: Boats: a list\nby: @ines\ndraft: true\n---\nt", {"title": "Boats: a list", "by": "@ines", "draft": True}, "t", "frontmatter.repaired"),
        ('+++\na = "x"\nb = oops\n[c]\nd = 1\n+++\nt', {"a": "x", "b": "oops", "c": {"d": 1}}, "t", "frontmatter.repaired"),
        ('+++\na = "x"\na = "y"\n+++\nt', {"a": "y"}, "t", "frontmatter.duplicate frontmatter.repaired"),
        ("{\"a\": 'x'}\nt", {}, "{\"a\": 'x'}\nt", ""),
        ("---\nx: " + "[" * 100_000 + "\n---\nt", {"x": "[" * 100_000}, "t", "frontmatter.repaired"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_wrong_is_noted_and_kept(source: str, values: dict[str, Any], text: str, code: str) -> None:
    matter, codes = taken_apart(source)
    if not code:
        assert "x" in str(matter.values)
        assert (matter.text, matter.broken, codes) == ("t", True, ["frontmatter.unreadable"])
        return
    assert (matter.values, matter.text, codes) == (values, text, code.split())


def test_aliases_do_not_grow() -> None:
    matter, codes = taken_apart(BOMB + "title: T\n---\ntext")
    assert codes == ["frontmatter.repaired"]
    assert matter.values["title"] == "T"
    assert len(write.dumps(matter.values)) < 4_000


@pytest.mark.parametrize(
    "word",
    ["yes", "0123", "1e400", "12:30", "0o9", "2021-13-45", "0000-00-00", "1_000", "99999999999999999999", "=", "."],
)
def test_words_that_stay_words(word: str) -> None:
    matter, _ = taken_apart(f"---\na: {word}\n---\n")
    assert matter.values == {"a": word}
    assert taken_apart(write.dumps(matter.values))[0].values == {"a": word}


def test_words_that_mean_something() -> None:
    source = "---\na: ~\nb: True\nc: -1\nd: 1e3\ne: 2021-03-04\nf: 2021-03-04T05:06:07Z\ng: 0x1F\nh: <<\n---\n"
    values = taken_apart(source)[0].values
    assert values["f"] == datetime.fromisoformat("2021-03-04T05:06:07+00:00")
    del values["f"]
    assert values == {"a": None, "b": True, "c": -1, "d": 1000.0, "e": date(2021, 3, 4), "g": 31, "h": "<<"}


def test_merged_keys_and_odd_ones() -> None:
    source = (
        '---\nbase: &b {p: 1, q: 1}\nuse:\n  <<: *b\n  q: 2\n"a:b": 1\n"k\\nx": 2\n__proto__: 3\ncontent: 4\n'
        "? [x, y]\n: 5\n---\n"
    )
    values = taken_apart(source)[0].values
    assert values["use"] == {"p": 1, "q": 2}
    assert [*values] == ["base", "use", "a:b", "k\nx", "__proto__", "content", "['x', 'y']"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2021-03-04", "2021-03-04T00:00:00+01:00"),
        (date(2021, 3, 4), "2021-03-04T00:00:00+01:00"),
        ("2021-07-04 05:06", "2021-07-04T05:06:00+02:00"),
        ("2021-03-04T05:06:07Z", "2021-03-04T05:06:07+00:00"),
        ("2021-03-04 05:06:07 -0700", "2021-03-04T05:06:07-07:00"),
        ("2021-03-04 05:06:07 +0200 CEST", "2021-03-04T05:06:07+02:00"),
        ("2021-03-04T05:06:07.123456789+02:00", "2021-03-04T05:06:07.123456+02:00"),
        ("Thu, 04 Mar 2021 05:06:07 GMT", "2021-03-04T05:06:07+00:00"),
        ("Thu, 04 Mar 2021 05:06:07 +0100", "2021-03-04T05:06:07+01:00"),
        ("Thursday, 04-Mar-21 05:06:07 UTC", "2021-03-04T05:06:07+00:00"),
        ("Thu Mar  4 05:06:07 2021", "2021-03-04T05:06:07+01:00"),
        ("Thu Mar 04 05:06:07 -0700 2021", "2021-03-04T05:06:07-07:00"),
        ("04 Mar 21 05:06 UTC", "2021-03-04T05:06:00+00:00"),
        ("04 Mar 2021", "2021-03-04T00:00:00+01:00"),
        (1614834367, "2021-03-04T05:06:07+00:00"),
        ("0000-00-00", None),
        ("10000-01-01", None),
        ("next week", None),
        (True, None),
        (10**30, None),
        (["2021"], None),
    ],
)
def test_dates(value: object, expected: str | None) -> None:
    found = dates.parse(value, ZoneInfo("Europe/Berlin"))
    assert (found.isoformat() if found else None) == expected


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4), TEXTS, st.sampled_from(["yaml", "json"]))
def test_what_we_write_we_read(values: dict[str, Any], text: str, format: str) -> None:
    matter, _ = taken_apart(write.dumps(values, format) + "\n" + text)
    assert (matter.values, matter.text, matter.broken) == (values, "\n" + text, False)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="-+{}\"':[]&*!a1 \n\t#=<@", max_size=80))
def test_no_text_is_lost(text: str) -> None:
    """Whatever the file is: every letter and digit of it is in the text or in the values."""
    source = f"---\n{text}\n---\nend"
    matter, codes = taken_apart(source)
    assert matter.text.endswith("end")
    kept = matter.text + str(matter.values)
    if "frontmatter.duplicate" not in codes and "#" not in text and "&" not in text and "!" not in text:
        assert kept.count("a") >= min(1, text.count("a"))
