"""Custom fields: which ones people keep, and which ones are tags of old plug-ins."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from converters.importers.wordpress.custom_fields import read_fields
from converters.importers.wordpress.plugin_tags import tag_names
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from tests.support import convert
from tests.wxr import export, item

_OBJECTS = 'a:2:{i:0;O:8:"stdClass":1:{s:3:"tag";s:6:"Garden";}i:1;O:8:"stdClass":1:{s:3:"tag";s:4:"Soup";}}'


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("vcv-pageContent", "%7B%22elements%22%3A%7B%7D%7D"),
        ("vcv-globalElementsCssData", 'a:1:{s:3:"tag";s:6:"column";}'),
        ("panels_data", "a:1:{s:7:\"widgets\";a:0:{}}"),
        ("fusion_builder_status", "active"),
        ("elementor_test", "x"),
        ("ct_builder_shortcodes", "[ct_section ct_options='{}'][/ct_section]"),
        ("wpb_post_custom_css", ".a{color:red}"),
        ("fl_builder_data", "O:8:\"stdClass\":0:{}"),
        ("brizy_post_uid", "abc"),
        ("brizy", "a:0:{}"),
        ("page_css", "body{margin:0}"),
        ("gutentor_css_info", 'a:1:{s:7:"version";s:5:"3.2.0";}'),
        ("supermag_sidebar_layout", "default-sidebar"),
        ("pyre_page_title", "yes"),
        ("tweetcount", "1"),
        ("tweetbackscheck", "1200000000"),
        ("shorturls", 'a:1:{s:9:"permalink";s:1:"x";}'),
        ("post_views_count", "1204"),
        ("views", "12"),
        ("pvc_views", "12"),
        ("likes", "3"),
        ("ratings_average", "4.5"),
        ("dsq_thread_id", "123456789"),
        ("reddit", 'a:2:{s:5:"count";i:0;s:4:"time";i:1;}'),
        ("email_notification", "1253012541"),
        ("essb_cached_image", "https://old.example/a.jpg"),
        ("ao_post_optimize", 'a:1:{s:16:"ao_post_optimize";s:2:"on";}'),
        ("timeline_notification", "1523868172"),
        ("tagazine-media", 'a:1:{s:7:"primary";s:1:"x";}'),
        ("fakerpress_flag", "1"),
        ("quiet_page_layout", "right_sidebar"),
        ("sidebar_position", "none"),
        ("hide_page_title", 'a:1:{i:0;s:1:"1";}'),
        ("total_sales", "12"),
    ],
)  # fmt: skip
def test_front_matter_plugin_data(key: str, value: str) -> None:
    log = Log()
    found = read_fields([(key, value), ("subtitle", "Words")], log)
    assert found.public == {"subtitle": "Words"}
    assert list(found.hidden) == [key]
    assert not log.notices


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("subtitle", "Words of the owner"),
        ("mood", "happy"),
        ("source_url", "https://other.example/"),
        ("views", "from the hill"),
        ("likes", "cats"),
        ("oxygen_level", "21"),
        ("lj_current_mood", "tired"),
        ("price", "0"),
        ("ocean_depth", "300"),
        ("cache_of_the_day", "under the old bridge"),
        ("newspack_article_subtitle", "More"),
        ("via", "Anna"),
        ("geo_latitude", "51.5"),
        ("isbn", "978-3-16-148410-0"),
        ("page_layout", "set in two columns by hand"),
        ("spaces_left", "3"),
    ],
)
def test_fields_of_people_stay(key: str, value: str) -> None:
    assert read_fields([(key, value)], Log()) == ({key: value}, {})


def test_fields_that_their_author_defined_stay_whatever_their_name() -> None:
    meta = [("views", "12"), ("_views", "field_5c1"), ("keywords", "a, b"), ("_keywords", "field_5c2")]
    assert read_fields(meta, Log()) == ({"views": "12", "keywords": "a, b"}, {})


@pytest.mark.parametrize("value", ["", "  \n", "a:0:{}", 's:0:"";', "N;"])
def test_empty_fields_are_left_out_and_counted(value: str) -> None:
    log = Log()
    assert read_fields([("theme_meta_color", value)], log) == ({}, {})
    assert [(one.code, one.what) for one in log.notices] == [("field.skipped", "theme_meta_color")]


def test_a_field_too_large_for_front_matter_is_named() -> None:
    log = Log()
    found = read_fields([("transcript", "x" * (DEFAULT.field_characters + 1))], log)
    assert found.public == {}
    assert list(found.hidden) == ["transcript"]
    assert [(one.code, one.what) for one in log.notices] == [("field.too-large", "transcript")]


def test_only_a_value_that_stays_is_said_to_be_unreadable() -> None:
    log, broken = Log(), 'a:1:{i:0;C:3:"Foo":2:{xx}}'
    read_fields([("_hidden", broken), ("tweetcount", broken)], log)
    assert not log.notices
    assert read_fields([("map", broken)], log).public == {"map": broken}
    assert [one.code for one in log.notices] == ["php.invalid"]


@pytest.mark.parametrize(
    ("key", "value", "tags"),
    [
        ("_utw_tags_0", _OBJECTS, ["Garden", "Soup"]),
        ("_utw_tags_1", 'a:1:{i:0;a:1:{s:3:"tag";s:4:"Soup";}}', ["Soup"]),
        ("_utw_tags_0", "a:0:{}", []),
        ("_utw_tags_0", 'a:1:{i:0;C:3:"Foo":2:{xx}}', []),
        ("keywords", "garden, pea soup , garden,", ["garden", "pea soup"]),
        ("_jkeywords", "garden,soup", ["garden", "soup"]),
        ("tags", "garden pea+soup old_town", ["garden", "pea soup", "old town"]),
        ("tags", "garden, pea soup", ["garden", "pea soup"]),
        ("technorati_tags", "garden soup", ["garden", "soup"]),
        ("tags", 'a:2:{i:0;s:6:"garden";i:1;s:4:"soup";}', ["garden", "soup"]),
        ("keywords", "Fish &amp; chips", ["Fish & chips"]),
        ("keywords", "<b>x</b>, y", []),
        ("tags", "https://technorati.com/tag/soup", []),
        ("keywords", "x" * 500, []),
        ("subtitle", "a, b", []),
        ("_tags", "field_64fe1d5f00381", []),
    ],
)  # fmt: skip
def test_ultimate_tag_warrior_and_its_time(key: str, value: str, tags: list[str]) -> None:
    assert list(tag_names([(key, value)])) == tags


def test_ultimate_tag_warrior(tmp_path: Path) -> None:
    first = item(1, slug="a", meta={"_utw_tags_0": _OBJECTS}, terms=[("post_tag", "soup", "soup")])
    second = item(2, slug="b", meta={"keywords": "Garden, New York"})
    site = convert(tmp_path, export(first, second))
    assert site.front("content/posts/a.md")["tags"] == ["soup", "Garden"]
    assert site.front("content/posts/b.md")["tags"] == ["Garden", "New York"]
    assert not [code for code in _codes(site.report) if code.startswith(("php.", "field."))]
    assert "params" not in site.front("content/posts/b.md")


def _codes(report: dict[str, Any]) -> list[str]:
    return [notice["code"] for row in report["items"] for notice in row.get("notices", ())]
