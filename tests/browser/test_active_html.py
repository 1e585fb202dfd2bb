"""The same pieces of HTML as in `tests/hostile/test_active_html.py`, in a real browser: nothing of them is run.

A hook in every document counts what they would do (`alert`); pages are looked at many at a time, in frames.
"""

from __future__ import annotations

import json
from collections.abc import Callable
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
from tests.hostile.test_active_html import BUILDERS, blocks, category, post
from tests.support import convert
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
MANY = 60


def ran(browser: Browser, built: Path) -> tuple[list[str], list[str]]:
    """(the pages on which something was run, attributes that would run something)"""
    pages = [f"/{quote(path.relative_to(built).as_posix())}" for path in sorted(built.rglob("*.html"))]
    pages = [page for page in pages if "/page/" not in page]
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
    return run, found


def site_of(folder: Path, to: str, raw_html: str = "", step: int = 1) -> Path:
    """A built site with every piece, or every one of `step`."""
    numbered = [(number, html) for number, (_, html) in enumerate(PAYLOADS[::step], 1)]
    items = [made for number, html in numbered for made in (post(number, html), blocks(number, html))]
    text = export(*items, head="".join(category(number, html) for number, html in numbered))
    made = convert(folder, text, options=Options("wordpress", to, write=WriteOptions(raw_html=raw_html)))
    build: Callable[[Path], Path] = BUILDERS[to]
    return build(made.folder)


@case(
    "html-in-a-browser",
    "well over a hundred pieces of HTML that try to run something, in texts, comments, captions and terms",
    "Chromium runs none of them, on no page, and finds no attribute that would",
)
@pytest.mark.parametrize(
    ("to", "step"),
    [
        pytest.param("hugo", 1, marks=pytest.mark.hugo),
        pytest.param("jekyll", 3, marks=[pytest.mark.system, real]),
        pytest.param("jekyll", 1, marks=[pytest.mark.system, real, pytest.mark.slow]),
    ],
)
def test_nothing_is_run(to: str, step: int, browser: Browser, tmp_path: Path) -> None:
    run, found = ran(browser, site_of(tmp_path, to, step=step))
    assert run == [], json.dumps(run)
    assert found == [], json.dumps(found)


@pytest.mark.hugo
def test_what_is_kept_is_run(browser: Browser, tmp_path: Path) -> None:
    """So that the browser would see it."""
    run, found = ran(browser, site_of(tmp_path, "hugo", raw_html="keep", step=3))
    assert len(set(run)) > 7
    assert len(found) > 17
