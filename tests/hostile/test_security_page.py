"""SECURITY.md names tests and figures that are there."""

from __future__ import annotations

import re

import pytest

from converters.model.limits import DEFAULT
from pipelines.cli.options import OPTIONS
from pipelines.media.retry_policy import RetryPolicy
from pipelines.remote.patience import PATIENCE
from tests.folders import ROOT

PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


def test_every_test_it_names_is_there() -> None:
    for path, name in NAMED:
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.M), f"{path}::{name}"


def test_every_promise_has_its_tests() -> None:
    promises = [part for part in PAGE.partition("## Limits")[0].split("\n\n") if part.startswith("**")]
    assert len(promises) >= 8
    assert [promise[:60] for promise in promises if "`tests/" not in promise] == []
    assert PAGE.count("`tests/") == len(NAMED)


def test_every_option_it_names_is_there() -> None:
    named = set(re.findall(r"`--([a-z-]+)", PAGE))
    assert {"max-file-size", "item-timeout", "raw-html"} <= named
    assert named - {option.name for option in OPTIONS} == set()


MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("what", "limit"),
    [
        ("one item of an export", f"{DEFAULT.item_bytes // MIB} MiB"),
        ("one item, time", f"{next(row.default for row in OPTIONS if row.name == 'item-timeout')} s"),
        ("an image, audio or video file", f"{DEFAULT.file_bytes // MIB} MiB"),
        ("redirects of a download; silence of a server", f"{RetryPolicy().redirects}; {RetryPolicy().idle:.0f} s"),
        (
            "a download: head of a response; bytes; a file",
            f"{RetryPolicy().answer:.0f} s; {RetryPolicy().least_bytes:,} bytes in {RetryPolicy().window:.0f} s; "
            f"{RetryPolicy().file_time / 60:.0f} minutes, or at {RetryPolicy().file_rate:,.0f} bytes a second, "
            f"at most {RetryPolicy().longest_time / 3600:.0f} hours",
        ),
        (
            "a host that is slow",
            f"{RetryPolicy().slow_in_a_row} attempts in a row, {RetryPolicy().host_time / 60:.0f} minutes in all",
        ),
        (
            "a remote source: first byte; bytes; a file",
            f"{PATIENCE.begin:.0f} s; {PATIENCE.least_bytes:,} bytes in {PATIENCE.window:.0f} s; "
            f"{PATIENCE.transfer / 60:.0f} minutes, or at {PATIENCE.rate:,.0f} bytes a second, "
            f"at most {PATIENCE.longest / 3600:.0f} hours",
        ),
        ("remote sources", f"{DEFAULT.fetched_bytes // MIB // 1024} GiB, {DEFAULT.fetched_files:,} files"),
        ("a page of HTML", f"{DEFAULT.page_tags:,} tags"),
        ("attributes of an element; prefixes of names", f"{DEFAULT.attributes}; {DEFAULT.prefixes} in a text"),
        ("nested elements", f"{DEFAULT.html_depth}"),
        ("nested shortcodes and blocks", f"{DEFAULT.content_depth}"),
        ("values of PHP", f"{DEFAULT.php_depth} deep, {DEFAULT.php_nodes:,} values"),
        ("front matter", f"{DEFAULT.front_matter_bytes // MIB} MiB, {DEFAULT.front_matter_depth} deep"),
        ("what rules of your own write into one text", f"{DEFAULT.rules_output // MIB} MiB"),
        (
            "what reusable blocks, galleries and the like add to one text",
            f"{DEFAULT.content_added // MIB} MiB, {DEFAULT.content_inclusions:,} blocks",
        ),
        (
            "Markdown read into a tree",
            f"{DEFAULT.markdown_cells:,} empty cells of tables, and one a character;"
            f" {DEFAULT.markdown_definitions:,} definitions of terms",
        ),
        ("names and paths of files", f"{DEFAULT.file_name_bytes} and {DEFAULT.path_bytes:,} bytes"),
        (
            "archives",
            f"{DEFAULT.archive_entries:,} files, {DEFAULT.archive_bytes // MIB // 1024} GiB, {DEFAULT.archive_ratio}"
            " times"
            f" their size beyond {DEFAULT.archive_free // MIB} MiB, nested {DEFAULT.archive_depth} deep",
        ),
    ],
)
def test_limits_are_those_of_the_program(what: str, limit: str) -> None:
    assert f"| {what} | {limit} |" in PAGE


def test_it_is_linked_to() -> None:
    assert "(SECURITY.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(security.md)" in (ROOT / "docs/sources.md").read_text(encoding="utf-8")
