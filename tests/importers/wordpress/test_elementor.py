"""Elementor's JSON tree: each widget, when the tree is read and when the content, and trees that are none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from converters.importers.wordpress.content.elementor import content
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup

IMAGE = {"url": "https://x.example/a.jpg", "id": 1}
FIGURE = '<img src="https://x.example/a.jpg" alt="A boat">'


def widget(name: str, **settings: Any) -> dict[str, Any]:
    return {"elType": "widget", "widgetType": name, "settings": settings}


def read(written: str, *elements: Any, meta: dict[str, str] | None = None) -> tuple[str, list[str]]:
    """(HTML on one line without boxes, notices but for the builder's name)"""
    log = Log("9")
    data = json.dumps([{"elType": "section", "elements": [{"elType": "column", "elements": elements}]}])
    html = content(written, meta or {"_elementor_data": data}, Lookup().asset, log)
    for mark in ("<!-- wp:html -->", "<!-- /wp:html -->", "<div>", "</div>", "\n"):
        html = html.replace(mark, "")
    return html, [f"{one.code} {one.what}".strip() for one in log.notices if one.what != "Elementor"]


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        (widget("heading", title="A <em>b</em>"), "<h2>A <em>b</em></h2>"),
        (
            widget("heading", title="A", header_size="h4", link={"url": "https://l.example/"}),
            '<h4><a href="https://l.example/">A</a></h4>',
        ),
        (widget("text-editor", editor="<p>Words</p>[gallery]"), "<p>Words</p>[gallery]"),
        (widget("image", image=IMAGE), f"<p>{FIGURE}</p>"),
        (widget("image", image=IMAGE, caption="c"), f"<figure>{FIGURE}<figcaption>c</figcaption></figure>"),
        (
            widget("image-box", image=IMAGE, title_text="T", description_text="D"),
            f"<p>{FIGURE}</p><h3>T</h3><p>D</p>",
        ),
        (
            widget("icon-list", icon_list=[{"text": "1", "link": {"url": "https://l.example"}}, {"text": "2"}]),
            '<ul><li><a href="https://l.example">1</a></li><li>2</li></ul>',
        ),
        (
            widget("video", video_type="hosted", hosted_url={"url": "https://x.example/a.mp4"}),
            '<figure><video controls src="https://x.example/a.mp4"></video></figure>',
        ),
        (widget("button", text="Go", link={"url": "https://g.example"}), '<p><a href="https://g.example">Go</a></p>'),
        (widget("html", html="<b>x</b>"), "<b>x</b>"),
        (widget("shortcode", shortcode="[gallery]"), "[gallery]"),
        (
            widget("image-gallery", wp_gallery=[IMAGE]),
            f'<figure class="gallery" data-columns="3"><figure>{FIGURE}</figure></figure>',
        ),
        (
            widget("testimonial", testimonial_content="Said", testimonial_name="N", testimonial_job="J"),
            "<blockquote><p>Said</p><cite>N, J</cite></blockquote>",
        ),
        (widget("tabs", tabs=[{"tab_title": "T", "tab_content": "<p>c</p>"}]), "<h3>T</h3><p>c</p>"),
        (widget("toggle", tabs=[{"tab_title": "T", "tab_content": "c"}]), "<h3>T</h3><p>c</p>"),
        (widget("divider"), "<hr>"),
        (widget("alert", alert_title="T", alert_description="D"), "<h4>T</h4><p>D</p>"),
        (widget("counter", ending_number=5, suffix="%", title="done"), "<p>5% done</p>"),
        (widget("progress", title="Dev", percent={"unit": "%", "size": 80}), "<p>Dev 80%</p>"),
        (
            widget(
                "social-icons", social_icon_list=[{"social_icon": {"value": "fab fa-x"}, "link": {"url": "https://x"}}]
            ),
            '<ul><li><a href="https://x">X</a></li></ul>',
        ),
        (
            widget("google_maps", address="Quay 1"),
            '<p><a href="https://www.google.com/maps/search/?api=1&amp;query=Quay+1">Quay 1</a></p>',
        ),
        (widget("another-plugins", title="T", content="<p>c</p>"), "<h3>T</h3><p>c</p>"),
        (
            widget("nested-tabs", tabs=[{"tab_title": "T"}])
            | {"elements": [{"elType": "container", "elements": [widget("heading", title="in")]}]},
            "<h3>T</h3><h2>in</h2>",
        ),
        (widget("spacer"), ""),
    ],
)
def test_widgets(element: dict[str, Any], expected: str) -> None:
    assert read("", element) == (expected, [])


def test_films_are_embeds() -> None:
    html, _ = read("", widget("video", youtube_url="https://www.youtube.com/watch?v=abcdefghijk"))
    assert 'data-provider="youtube"' in html


@pytest.mark.parametrize(
    ("element", "notice"),
    [
        (widget("posts"), "builder.widget posts"),
        (widget("form", form_name="Contact"), "shortcode.form Contact"),
        ({"elType": "widget", "widgetType": "global", "settings": []}, "builder.widget global"),
    ],
)
def test_what_cannot_be_carried_is_named(element: dict[str, Any], notice: str) -> None:
    assert read("", element) == ("", [notice])


def test_the_content_is_used_as_long_as_it_says_as_much() -> None:
    element = widget("text-editor", editor="<p>one two three four five six</p>")
    assert read("<p>one two three</p>", element) == ("<p>one two three</p>", [])
    assert read("<p>one two</p>", element) == ("<p>one two three four five six</p>", [])
    assert read(" \n", element)[0].startswith("<p>one")
    assert read("<p>one two three</p>", widget("posts")) == ("<p>one two three</p>", [])


@pytest.mark.parametrize(
    "data",
    ["[{", "null", "{}", '"x"', "[" * 100_000, '[{"elType":"widget"', "[\\", "\\"],
)
def test_broken_trees(data: str) -> None:
    html, notices = read("<p>kept</p>", meta={"_elementor_data": data})
    assert html == "<p>kept</p>"
    assert notices == ["builder.invalid _elementor_data"]


@pytest.mark.parametrize(
    "data",
    [
        '[1, null, "x", {"elType": 3, "elements": {"a": 1}}]',
        '[{"elType": "widget", "widgetType": "tabs", "settings": {"tabs": [1, {"tab_title": {}}]}}]',
        '[{"elType": "widget", "widgetType": "image", "settings": {"image": [1], "caption": {}}}]',
        '[{"elType": "widget", "widgetType": ["x"], "settings": {"url": {"url": []}}}]',
    ],
)
def test_odd_trees(data: str) -> None:
    assert read("<p>kept</p>", meta={"_elementor_data": data})[0] == "<p>kept</p>"


def test_a_tree_with_slashes_too_many() -> None:
    data = json.dumps([widget("heading", title='A "b"')])
    slashed = data.replace("\\", "\\\\").replace('"', '\\"')
    assert read("", meta={"_elementor_data": slashed}) == ('<h2>A "b"</h2>', [])


def test_a_tree_nested_too_deeply_is_cut_and_named() -> None:
    tree: list[Any] = [widget("heading", title="deep")]
    for _ in range(80):
        tree = [{"elType": "container", "elements": [widget("heading", title="x"), *tree]}]
    html, notices = read("", meta={"_elementor_data": json.dumps(tree)})
    assert html.count("<h2>x") == 50
    assert notices == ["builder.invalid _elementor_data: nested too deeply"]


@pytest.mark.parametrize(
    ("meta", "written", "notices"),
    [
        ({"_fl_builder_enabled": "1"}, "<p>x</p>", ["builder.found Beaver Builder"]),
        ({"_fl_builder_enabled": ""}, "<p>x</p>", []),
        ({"_bricks_page_content_2": "a:1:{}"}, "", ["builder.found Bricks", "builder.content-missing Bricks"]),
        ({"_elementor_data": "[]"}, "", []),
        ({"_elementor_data": "[1]", "_elementor_edit_mode": ""}, "<p>x</p>", []),
    ],
)
def test_builders_found_in_meta_fields(meta: dict[str, str], written: str, notices: list[str]) -> None:
    assert read(written, meta=meta) == (written, notices)
