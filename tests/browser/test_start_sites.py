"""The start layouts in a real browser: a blog from an export, built by Hugo and by Jekyll, on a telephone and a desk.

Each page is looked at with the eyes of `checks.js`; `test_checks.py` shows that these see.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.browser.blog import ANSWERS, ARCHIVE, MISSING, POST, convert_blog, served
from tests.browser.chromium import DESK, PHONE, Browser, Page, View
from tests.browser.eyes import faults
from tests.exporters.jekyll.test_jekyll import jekyll
from tests.support import hugo

BUILDERS: dict[str, Callable[[Path], Path]] = {"hugo": hugo, "jekyll": jekyll}
PAGES = {"home": "/", "post": POST, "archive": ARCHIVE, "missing": MISSING}
SITES = [
    pytest.param("hugo", marks=pytest.mark.hugo),
    pytest.param("jekyll", marks=pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll")),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The built site of a target, each built once."""

    @cache
    def build(target: str) -> Path:
        return BUILDERS[target](convert_blog(tmp_path_factory.mktemp(target), target).folder)

    return build


@pytest.fixture(scope="module", params=SITES)
def address(request: pytest.FixtureRequest, built: Callable[[str], Path]) -> Iterator[str]:
    """Where the site is served."""
    with served(built(request.param)) as found:
        yield found


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=lambda view: str(view.name))
def tab(request: pytest.FixtureRequest, browser: Browser) -> Page:
    view: View = request.param
    return browser.page(view)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_a_reader_wants_it(address: str, tab: Page, name: str) -> None:
    assert faults(tab, address + PAGES[name], ANSWERS if name == "post" else ()) == []


def test_the_post_shows_what_it_is_made_of(address: str, tab: Page) -> None:
    """So that nothing above is fine only because it is not there."""
    tab.open(address + POST)
    things = (
        "figure.featured img",
        "figure.gallery img",
        "pre code span",
        "table td",
        ".thread li",
        ".site-menu li li",
    )
    assert tab.run("selectors => selectors.map(one => document.querySelectorAll(one).length > 0)", things) == [True] * 6
    assert tab.run("() => document.querySelectorAll('h1').length") == 1
    scroll = "one => { const box = document.querySelector(one); return box.scrollWidth > box.clientWidth; }"
    assert tab.run(scroll, "pre"), "code that is wider than its box"
    assert tab.run(scroll, "table") is tab.view.mobile, "a table that is wider than its box on a telephone only"


def test_the_scheme_of_colours_follows_the_reader(address: str, tab: Page) -> None:
    tab.open(address)
    ground = "() => getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).reduce((a, b) => a + Number(b), 0)"
    tab.prefer("dark")
    assert tab.run(ground) < 3 * 40
    tab.prefer("light")
    assert tab.run(ground) > 3 * 215
