"""The same pieces of HTML as in `tests/hostile/test_active_html.py`, in a real browser: nothing of them is run.

A hook in every document counts what they would do (`alert`); pages are looked at many at a time, in frames.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.browser.blog import served
from tests.browser.chromium import DESK, Browser
from tests.exporters.jekyll.test_jekyll import real
from tests.hostile.active_payloads import PAYLOADS
from tests.hostile.cases import case
from tests.hostile.test_active_html import blocks, built_posts, category, post
from tests.shared_builds import copy_of
from tests.support import convert, hugo
from tests.wxr import export

HOOK = """for (const name of ["alert", "prompt", "confirm"])
  window[name] = () => { window.top.ran = (window.top.ran || []).concat(location.pathname); };"""
READ = """() => [...document.querySelectorAll("iframe")].map(frame => {
  const found = [];
  for (const element of frame.contentDocument.querySelectorAll("*"))
    for (const name of Element.prototype.getAttributeNames.call(element)) {
      const value = Element.prototype.getAttribute.call(element, name);
      if (/^on|^srcdoc$|^formaction$/i.test(name) || /^[\\s\\x00-\\x20]*(javascript|vbscript|data:text)/i.test(value))
        found.push(`${frame.contentDocument.location.pathname}: ${name}=${value}`);
    }
  return found;
}).flat()"""
MANY = 20


def spread(pages: list[str], step: int) -> list[str]:
    """One of `step` pages of each kind, each time those of other pieces: where there are as many kinds (texts of both
    editors, terms, authors), each piece is on one of them. Pages of no piece are all there."""
    kinds: dict[str, int] = {}
    found = []
    for page in pages:
        named = re.search("([a-z])([0-9]+)[./]", page)
        if named is None or (int(named[2]) + kinds.setdefault(named[1], len(kinds))) % step == 0:
            found.append(page)
    return found


def ran(browser: Browser, built: Path, step: int = 1) -> tuple[list[str], list[str]]:
    """(the pages on which something was run, attributes that would run something), of one of `step` pages."""
    pages = [f"/{quote(path.relative_to(built).as_posix())}" for path in sorted(built.rglob("*.html"))]
    pages = spread([page for page in pages if "/page/" not in page], step)
    for number in range(0, len(pages), MANY):
        frames = "".join(f'<iframe src="{escape(page)}"></iframe>' for page in pages[number : number + MANY])
        (built / f"many-{number}.html").write_text(f"<!doctype html><title>t</title>{frames}", encoding="utf-8")
    page = browser.page(DESK)
    hook = page.ask("Page.addScriptToEvaluateOnNewDocument", source=HOOK)["identifier"]
    run, found = [], []
    try:
        with served(built) as address:
            for number in range(0, len(pages), MANY):
                page.open(f"{address}/many-{number}.html")
                run += page.run("() => window.top.ran || []")
                found += page.run(READ)
    finally:
        page.ask("Page.removeScriptToEvaluateOnNewDocument", identifier=hook)
        page.open(
            "about:blank"
        )  # what moves or loads itself anew in these pages would do so for as long as they are open
    return run, found


def kept(folder: Path, step: int) -> Path:
    """A site that Hugo builds with one of `step` pieces, as they are."""
    numbered = [(number, html) for number, (_, html) in enumerate(PAYLOADS[::step], 1)]
    items = [made for number, html in numbered for made in (post(number, html), blocks(number, html))]
    text = export(*items, head="".join(category(number, html) for number, html in numbered))
    return hugo(convert(folder, text, options=Options("wordpress", "hugo", write=WriteOptions(raw_html="keep"))).folder)


@case(
    "html-in-a-browser",
    "well over a hundred pieces of HTML that try to run something, in texts, comments, captions and terms",
    "Chromium runs none of them, on no page, and finds no attribute that would",
)
@pytest.mark.parametrize(
    ("to", "step"),
    [
        pytest.param("hugo", 4, marks=pytest.mark.hugo),
        pytest.param("jekyll", 4, marks=[pytest.mark.system, real]),
        pytest.param("hugo", 1, marks=[pytest.mark.hugo, pytest.mark.slow]),
        pytest.param("jekyll", 1, marks=[pytest.mark.system, real, pytest.mark.slow]),
    ],
)
def test_nothing_is_run(
    to: str, step: int, browser: Browser, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    run, found = ran(browser, copy_of(built_posts(tmp_path_factory, to), tmp_path), step)
    assert run == [], json.dumps(run)
    assert found == [], json.dumps(found)


@pytest.mark.hugo
def test_what_is_kept_is_run(browser: Browser, tmp_path: Path) -> None:
    """So that the browser would see it."""
    run, found = ran(browser, kept(tmp_path, step=6))
    assert len(set(run)) > 7
    assert len(found) > 17
