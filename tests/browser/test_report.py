"""`report.html` in a real browser, on a telephone and a desk, in light and dark: of ordinary and hostile exports."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.browser import axe
from tests.browser.chromium import DESK, PHONE, Browser, Page, View
from tests.hostile.cases import case
from tests.limits import until
from tests.pipelines.report.pages import constructs, hostile, mixed
from tests.support import Site

MADE: dict[str, Callable[[Path], Site]] = {"ordinary": constructs, "mixed": mixed, "hostile": hostile}
_OPEN = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
_SOME = """() => {  // as much as is looked through in a few seconds
  for (const one of document.querySelectorAll("details.box")) one.open = true;
  const pairs = document.querySelectorAll("details.pair");
  for (const one of pairs) one.open = pairs.length < 30 || one.querySelector("table, blockquote, figure") !== null;
  if (pairs.length > 30) for (const one of document.querySelectorAll("details.page")) one.open = false;
}"""
_WIDE = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth ? ["the page"] : [];
  const scrolls = one => { for (; one; one = one.parentElement)
    if (["auto", "scroll"].includes(getComputedStyle(one).overflowX)) return true; return false; };
  for (const one of document.querySelectorAll("main *"))
    if (one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one.parentElement))
      wide.push(one.outerHTML.slice(0, 120));
  return wide.slice(0, 5);
}"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The address of a report, each made once."""

    @cache
    def make(name: str) -> str:
        return Path(MADE[name](tmp_path_factory.mktemp(name)).outcome.page).resolve().as_uri()

    return make


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=lambda view: str(view.name))
def tab(request: pytest.FixtureRequest, browser: Browser) -> Page:
    view: View = request.param
    return browser.page(view)


@case("report-html-runs-nothing", "attacks all over an export", "report.html runs none, asks no server, stays as wide")
@pytest.mark.parametrize("name", MADE)
def test_nothing_is_asked_for_and_nothing_is_too_wide(report: Callable[[str], str], tab: Page, name: str) -> None:
    assert tab.open(report(name)) == [], "requests, messages, exceptions"
    assert tab.run(_WIDE) == []
    tab.run(_OPEN)
    assert tab.run(_WIDE) == []
    assert tab.run("() => performance.getEntriesByType('resource').filter(one => !/^data:/.test(one.name)).length") == 0


@pytest.mark.skipif(not axe.SCRIPT.is_file(), reason="needs axe-core: npm install --prefix .axe axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", [pytest.param("ordinary", marks=pytest.mark.slow), "mixed", "hostile"])
def test_everybody_can_use_it(report: Callable[[str], str], tab: Page, name: str, scheme: str) -> None:
    tab.prefer(scheme)
    tab.open(report(name))
    tab.run(_SOME)
    assert axe.findings(tab) == []


def test_the_table_is_searched(report: Callable[[str], str], tab: Page) -> None:
    tab.open(report("ordinary"))
    shown = "() => [...document.querySelectorAll('.items tbody tr')].filter(one => one.checkVisibility()).length"
    every = tab.run(shown)
    search = """async (words, grade) => {
      q.value = words; g.value = grade;
      q.dispatchEvent(new Event("input"));
      await new Promise(done => setTimeout(done, 300));
      return document.getElementById("found").textContent;
    }"""
    assert tab.run(search, "Galleries by SHORTCODE", "") == "1 found"
    assert tab.run(shown) == 1
    assert tab.run(search, "", "lost") == f"{tab.run(shown)} found"
    assert tab.run(search, "", "") == ""
    assert tab.run(shown) == every == 97


def test_a_link_opens_what_it_leads_to(report: Callable[[str], str], tab: Page) -> None:
    tab.open(report("ordinary"))
    id = tab.run("() => document.querySelector('.pair').id")
    seen = """async id => {
      location.hash = id;
      await new Promise(done => setTimeout(done, 200));
      return document.getElementById(id).open;
    }"""
    assert tab.run(seen, id) is True


def test_rules_are_copied_or_selected(report: Callable[[str], str], tab: Page) -> None:
    tab.open(report("ordinary"))
    tab.run(_OPEN)
    press = """async () => {
      document.querySelector("pre.rule").previousElementSibling.click();
      await new Promise(done => setTimeout(done, 200));
      return document.querySelector("pre.rule").previousElementSibling.textContent;
    }"""
    assert tab.run(press) in ("Copied", "Selected: copy it")


def test_it_is_read_without_javascript(report: Callable[[str], str], tab: Page) -> None:
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.ask("Page.navigate", url=report("ordinary"))
        assert until(lambda: tab.run("() => document.readyState") == "complete")
        assert tab.run("() => document.getElementById('search').checkVisibility()") is False
        assert tab.run("() => document.querySelector('details.page tbody tr').checkVisibility()") is True
        tab.run("() => document.querySelector('.pair summary').click()")
        assert tab.run("() => document.querySelector('.pair .text').checkVisibility()") is True
    finally:
        tab.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_it_is_printed_light_and_with_its_causes(report: Callable[[str], str], tab: Page) -> None:
    tab.open(report("ordinary"))
    tab.prefer("dark")
    tab.ask("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    try:
        assert tab.run("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.run("() => document.querySelector('nav').checkVisibility()") is False
        assert tab.run("() => document.querySelector('#notices .todo').getBoundingClientRect().height > 0") is True
    finally:
        tab.ask("Emulation.setEmulatedMedia", media="", features=[])
