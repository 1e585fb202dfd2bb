"""Front matter as all readers understand it: PyYAML, tomllib, json, and the Hugo binary, on hostile values."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from converters.frontmatter import write
from tests.support import hugo

HOSTILE = [
    "yes", "No", "ON", "~", "null", "Null", "true", "0123", "0x1F", "1e3", "12:30", "1_000", ".inf", ".NaN",
    "2020-01-01", "2020-01-01T00:00:00Z", "+1", "-", "- a", "? a", ": a", "a: b", "a:", "a #b", "#a", "&a", "*a",
    "!a", "!!python/name:os", "%a", "@a", "`a", "|", ">", "{a}", "[a]", "a, b", "'a", '"a', "a\\b", "\\", "a\nb",
    "a\r\nb", "\ta", " a", "a ", "---", "x\n---\nevil: 1", "+++", "\u0085", "a\u2028b", "a\u2029b", "\ufeffa",
    "\x7f", "\u00c1", "\x00", "\x1b[0m", "😀", "👩‍👩‍👧", "é", "e\u0301", "=", "<<", "y", "n", "", "{{ .Title }}",
    "{{< x >}}", "It's \"quoted\": yes & no # tricky", "1.0", "0o17", "1__0", "Infinity", "nan", "a\u00a0b",
    "\u200b", "\u202e", "\ufffe", "0b1", "12e03", "685.230_15e+03", "1:2:3",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
KEY = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=12))
DATE = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)).map(
    lambda date: date.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * (date.minute % 40 - 20))))
)
NUMBER = st.one_of(
    st.integers(-(2**53), 2**53), st.booleans(), st.floats(allow_nan=False, allow_infinity=False, width=32)
)
VALUE = st.recursive(
    st.one_of(TEXT, NUMBER, DATE),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEY, inner, max_size=4)),
    max_leaves=8,
)


def clean(value: Any) -> Any:
    """What UTF-8 cannot hold is replaced on the way."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().replace("?", "\ufffd") if not _encodable(value) else value
    if isinstance(value, list):
        return [clean(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): clean(item) for key, item in value.items()}
    return value


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


@given(st.dictionaries(KEY, VALUE, max_size=6))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_yaml_reads_back(values: dict[str, Any]) -> None:
    text = write.dumps(values)
    assert text.startswith("---\n")
    assert text.endswith("---\n")
    assert "\n---\n" not in text[3:-4]
    assert (yaml.safe_load(text[4:-4]) or {}) == clean(values)


@given(st.dictionaries(KEY, VALUE, max_size=6))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_toml_reads_back(values: dict[str, Any]) -> None:
    text = write.dumps(values, "toml")
    assert tomllib.loads(text[4:-4]) == clean(values)


@given(st.dictionaries(KEY, st.one_of(TEXT, NUMBER), max_size=6))
def test_json_reads_back(values: dict[str, Any]) -> None:
    assert json.loads(write.dumps(values, "json")) == clean(values)


@pytest.mark.hugo
@pytest.mark.parametrize("format", write.FORMATS)
@pytest.mark.parametrize("seed", range(2))
def test_hugo_reads_the_same_values(tmp_path: Path, format: str, seed: int) -> None:
    """One site, one page a case: Hugo prints what it read as JSON."""
    cases: list[dict[str, Any]] = [
        {"title": "t", "params": {"value": text, "list": [text, "x"], "map": {"inner": text}}} for text in HOSTILE
    ]
    cases += _generated(seed)
    content = tmp_path / "content"
    content.mkdir()
    for number, values in enumerate(cases):
        (content / f"p{number}.md").write_text(write.dumps(values, format) + "\nbody\n", encoding="utf-8", newline="")
    kinds = ["home", "section", "rss", "sitemap", "taxonomy", "term"]
    (tmp_path / "hugo.toml").write_text(f'baseURL = "https://x.example/"\ndisableKinds = {kinds}\n')
    layouts = tmp_path / "layouts/_default"
    layouts.mkdir(parents=True)
    dump = '{{ dict "title" .Title "value" .Params.value "list" .Params.list "map" .Params.map | jsonify | safeHTML }}'
    (layouts / "single.html").write_text(dump)
    built = hugo(tmp_path)
    for number, values in enumerate(cases):
        page = json.loads((built / f"p{number}/index.html").read_text(encoding="utf-8"))
        assert page["title"] == clean(values["title"])
        for name, value in values["params"].items():
            assert page[name] == clean(value), (values, page)


def _generated(seed: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    @given(TEXT, TEXT, st.lists(TEXT, min_size=1, max_size=3))
    @settings(max_examples=150, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
    def collect(title: str, value: str, items: list[str]) -> None:
        found.append({"title": title, "params": {"value": value + str(seed), "list": items, "map": {"inner": title}}})

    collect()
    return found


def test_dates_keep_their_offset() -> None:
    text = write.dumps(
        {
            "date": datetime(2021, 7, 1, 10, tzinfo=timezone(timedelta(hours=2))),
            "lastmod": datetime(2021, 7, 1, tzinfo=UTC),
        }
    )
    assert "date: 2021-07-01T10:00:00+02:00\n" in text
    assert yaml.safe_load(text[4:-4])["date"].utcoffset() == timedelta(hours=2)


def test_prose_stays_plain() -> None:
    assert (
        write.dumps({"title": "Grüße aus Łódź (2021), it's fine"})
        == "---\ntitle: Grüße aus Łódź (2021), it's fine\n---\n"
    )
