"""What a page held and did not show: left out and named. What a click showed, and words of custom elements, stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.html import tree
from converters.importers.html import chrome, page, page_styles, semantic
from converters.importers.html.left_out import LeftOut
from converters.model.notices import Log
from tests.importers.html.test_from_html import from_html, written


def read(text: str) -> tuple[str, list[str]]:
    """The text as a page's goes: prepared, cut, made semantic."""
    root, log = tree.parse(text), Log()
    semantic.prepare(root, log)
    chrome.cut(root, LeftOut(log))
    semantic.to_semantic(root, log, prepared=True)
    return tree.inner_html(root), [f"{notice.code} {notice.what}" for notice in log.notices]


@pytest.mark.parametrize(
    ("text", "shown", "named"),
    [
        ("<p>a</p><p hidden>secret</p>", "<p>a</p>", ["html.hidden secret"]),
        ('<p>a</p><div style="display:none">secret</div>', "<p>a</p>", ["html.hidden secret"]),
        ('<p>a</p><div hidden="until-found">found</div>', "<p>a</p><div>found</div>", ["html.unfolded found"]),
        ("<p>a</p><dialog>closed</dialog>", "<p>a</p>", ["html.hidden closed"]),
        ("<p>a</p><dialog open>open</dialog>", "<p>a</p><div>open</div>", []),
        ("<p>a</p><template><p>for scripts</p></template>", "<p>a</p>", ["html.hidden for scripts"]),
        ("<details><summary>S</summary><p>in</p></details>", "<details><summary>S</summary><p>in</p></details>", []),
        ('<p>a <i class="material-icons" aria-hidden="true">favorite</i>b</p>', "<p>a b</p>", []),
        ('<p>a <span class="material-symbols-outlined">home</span></p>', "<p>a </p>", []),
        (
            '<p>a <span class="visually-hidden">b</span><span class="u-visually-hidden">c</span></p>',
            '<p>a <span class="screen-reader-text">b</span><span class="screen-reader-text">c</span></p>',
            [],
        ),
        ('<p><a name="x"></a>a<a href="#"></a><span></span></p>', "<p>a</p>", []),
    ],
)
def test_hidden_elements(text: str, shown: str, named: list[str]) -> None:
    assert read(text) == (shown, named)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('<my-callout type="note"><p>words</p></my-callout>', '<div type="note"><p>words</p></div>'),
        ("<p>x <my-term>term</my-term> y</p>", "<p>x term y</p>"),
        ("<my-note>only <b>words</b></my-note><p>a</p>", "<div>only <b>words</b></div><p>a</p>"),
        ("<x-card><slot>default</slot></x-card>", "<div>default</div>"),
        (
            '<x-card><template shadowrootmode="open"><p>before <slot></slot></p></template>light</x-card>',
            "<div><p>before light</p></div>",
        ),
        (
            '<x-card><template shadowrootmode="open"><h2><slot name="t">none</slot></h2><slot></slot></template><span'
            ' slot="t">Title</span><p>words</p></x-card>',
            "<div><h2>Title</h2><p>words</p></div>",
        ),
        (
            '<x-card><template shadowrootmode="open"><p>shadow</p></template><p>no slot</p></x-card>',
            "<div><p>shadow</p><p>no slot</p></div>",
        ),
    ],
)
def test_custom_elements_keep_their_words(text: str, shown: str) -> None:
    assert read(text) == (shown, [])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            '<div class="tabbed-set"><input id="t1" name="t" type="radio"><input id="t2" name="t" type="radio"><div'
            ' class="tabbed-labels"><label for="t1">One</label><label for="t2">Two</label></div><div'
            ' class="tabbed-content"><div class="tabbed-block"><p>first</p></div><div'
            ' class="tabbed-block"><p>second</p></div></div></div>',
            id="Material for MkDocs",
        ),
        pytest.param(
            '<div class="sd-tab-set"><input checked id="s0" name="s" type="radio"><label class="sd-tab-label"'
            ' for="s0">One'
            '</label><div class="sd-tab-content"><p>first</p></div><input id="s1" name="s" type="radio"><label'
            ' class="sd-tab-label" for="s1">Two</label><div class="sd-tab-content"><p>second</p></div></div>',
            id="Sphinx Design",
        ),
        pytest.param(
            '<div class="sphinx-tabs"><div role="tablist"><button aria-controls="p0" class="sphinx-tabs-tab"'
            ' role="tab">One'
            '</button><button aria-controls="p1" class="sphinx-tabs-tab" role="tab">Two</button></div><div'
            ' class="sphinx-tabs-panel" id="p0" role="tabpanel"><p>first</p></div><div class="sphinx-tabs-panel"'
            ' hidden="true" id="p1" role="tabpanel"><p>second</p></div></div>',
            id="sphinx-tabs",
        ),
        pytest.param(
            '<div class="tabs-container"><ul role="tablist"><li role="tab">One</li><li'
            ' role="tab">Two</li></ul><div><div'
            ' role="tabpanel"><p>first</p></div><div role="tabpanel" hidden><p>second</p></div></div></div>',
            id="Docusaurus",
        ),
    ],
)
def test_tabs_are_open_below_their_titles(text: str) -> None:
    root = tree.parse(read(text)[0])
    assert [(one.tag, one.text) for one in root.iter("h3", "p")] == [
        ("h3", "One"), ("p", "first"), ("h3", "Two"), ("p", "second"),
    ]  # fmt: skip
    assert not list(root.iter("input", "details"))


def test_defuddle_162_a_text_hidden_from_reading_aids_was_seen() -> None:
    text = '<div class="overlay" aria-hidden="true"><p>Hello, all.</p></div>'
    assert read(text) == ("<div><p>Hello, all.</p></div>", [])


def test_termdom_10_choices_of_a_field_were_not_seen() -> None:
    assert read("<p>a</p><datalist><option>sugg</option></datalist>") == ("<p>a</p>", ["html.hidden sugg"])


def test_single_file_1526_several_children_in_one_slot() -> None:
    shown, _ = read(
        '<x-people><span>Default</span><span slot="person">Mr. Apple</span><span slot="person">Ms.'
        " Cindy</span><template"
        ' shadowrootmode="open"><p><slot>none</slot></p><p><slot name="person">none</slot></p></template></x-people>'
    )
    assert shown == "<div><p>Default</p><p>Mr. AppleMs. Cindy</p></div>"


def hidden_by(sheet: str) -> set[str]:
    parsed = page.parse(f"<title>x</title><style>{sheet}</style><p>a</p>".encode(), "x.html", Log())
    return set(page_styles.hidden_names(parsed.one("p"), "a b c d x"))


@pytest.mark.parametrize(
    ("sheet", "names"),
    [
        (".a{display:none}", {".a"}),
        ("#x, p.b { color: red; DISPLAY : none !important }", {"#x", ".b"}),
        ("/* .c{display:none} */ .a{display:none;}", {".a"}),
        ("@media print{.a{display:none}}", set()),
        ("@media screen{.a{display:none}}", {".a"}),
        (".a .b{display:none} .a>.c{display:none} .d:not(.e){display:none}", set()),
        (".a{display:none} .a.open{display:block}", set()),
        (".a{display:none} .a{display:flex}", set()),
        ("@charset 'utf-8'; .a{display:none}", {".a"}),
        ("}{.a{display:none", set()),
        (".a{x-display:none}", set()),
    ],
)
def test_names_that_the_page_hides(sheet: str, names: set[str]) -> None:
    assert hidden_by(sheet) == names


def test_a_style_sheet_in_the_page_hides(tmp_path: Path) -> None:
    site = from_html(
        tmp_path,
        written(
            tmp_path,
            {
                "a.html": "<!doctype html><title>A</title><style>.note{display:none} .tab-pane{display:none}</style>"
                "<article><p>Words that readers saw, enough of them.</p><p class='note'>For search engines.</p>"
                "<h3 class='tab-toggle'>More</h3><div class='tab-pane'><p>Below a title to click.</p></div></article>"
            },
        ),
    )
    body = site.body("content/a.md")
    assert "For search engines." not in body
    assert "Below a title to click." in body
    assert [notice["what"] for notice in site.notices("html.hidden")] == ["For search engines."]


def test_long_and_broken_style_sheets() -> None:
    sheet = ".a{color:red}" * 20_000 + ".b{display:none}" + "{" * 50_000
    assert hidden_by(sheet) == {".b"}
