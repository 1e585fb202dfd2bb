"""Whatever stands in an export, the page shows it as text: nothing runs, nothing is loaded, nothing breaks out."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest

from converters.html import tree
from converters.importers.wordpress.content.typography import titled
from pipelines.report.comparison import Markup
from tests.hostile.cases import case
from tests.pipelines.report.pages import EVIL, Page, hostile, page_of
from tests.support import Site

LOADS = ("src", "srcset", "poster", "data", "background", "action", "formaction", "ping", "style", "srcdoc")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def page(site: Site) -> Page:
    return page_of(site)


@case("report-html-escapes", "markup and scripts in titles, texts and names", "report.html shows them as text")
def test_nothing_of_the_export_is_markup(page: Page) -> None:
    assert len(page.all("script")) == len(page.all("style")) == len(page.all("title")) == 1
    assert {each.tag for each in page.root.iter() if isinstance(each.tag, str)} & {
        "img", "iframe", "object", "embed", "form", "video", "audio", "base", "math"
    } == set()  # fmt: skip
    for element in page.root.iter():
        for key, value in element.attrib.items():
            assert not key.lower().startswith("on"), (element.tag, key)
            assert key not in LOADS, (element.tag, key, value)
            if key == "href":
                assert re.match(r"https?://|#|\.\./|\./|data:,$", value), value


@case("report-html-escapes", "markup and scripts in titles, texts and names", "report.html shows them as text")
def test_titles_are_there_as_text(page: Page) -> None:
    shown = {"".join(each.itertext()) for each in page.all("bdi")}
    assert {titled(title) for title in EVIL} <= shown  # dashes as WordPress shows them


def test_the_page_keeps_its_parts(page: Page) -> None:
    """A post cannot close the box it is shown in, nor take the id of something else."""
    (main,) = page.all("main")
    assert [child.get("id") for child in main if child.tag == "section"][-2:] == ["items", "pairs"]
    ids = [each.get("id") for each in page.root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    pairs = page.by_id("pairs")
    assert [child.tag for child in pairs if child.tag != "details"] == ["h2", "p"]
    for each in pairs.iter("details"):
        assert [child.tag for child in each] == ["summary", "div", "p"]


def test_the_policy_allows_its_own_script_and_style_only(page: Page) -> None:
    (policy,) = (each.get("content") for each in page.all("meta", **{"http-equiv": "Content-Security-Policy"}))
    for tag in ("script", "style"):
        (element,) = page.all(tag)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<p onclick=x style=y id=z class=k>a &lt; b</p>", "<p>a &lt; b</p>"),
        ("<h2>Head</h2>", "<div class=h2>Head</div>"),
        ('<a href="javascript:x">a</a>', "<u>a</u>"),
        ('<a href="https://a.example/"></a>', '<a href="https://a.example/" rel="noopener noreferrer">'
         "https://a.example/</a>"),
        ('<img src="/a.png" alt="A &quot;b&quot;">', '<span class="sign">Picture: A &quot;b&quot; <code>/a.png</code>'
         "</span>"),
        ("<ul>x<p>y</p><li>z</li></ul>", "<ul><li>x</li><li><p>y</p></li><li>z</li></ul>"),
        ("<script>x</script>", '<span class="sign">script</span>'),
        ("<pre>a\n  b</pre>", "<pre>a&#10;  b</pre>"),
        ("<unheard-of>a</unheard-of>", "a"),
        ("<p>ada@mail.example</p>", "<p>[e-mail]</p>"),
    ],
)  # fmt: skip
def test_markup(html: str, markup: str) -> None:
    assert Markup(1000).of(tree.parse(html)) == markup


def test_markup_is_cut_and_stays_well_nested() -> None:
    for inside in ("<div><b>" * 200 + "x" * 900, "<p>word </p>" * 400, "&lt;" * 2000):
        found = Markup(500).of(tree.parse(f"<section>{inside}</section>"))
        assert len(found) < 4000
        assert found.endswith("</strong>")
        assert all(found.count(f"<{tag}>") == found.count(f"</{tag}>") for tag in ("div", "b", "p"))


def test_a_broken_post_does_not_cost_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.report import comparison

    def broken(_: str) -> str:
        raise ValueError("<b>")

    monkeypatch.setattr(comparison, "html_of", broken)
    assert "Cannot be shown: ValueError." in page_of(hostile(tmp_path)).text
