"""The checks see: a page with one fault planted in it is reported for that fault, and for no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.blog import png, served
from tests.browser.chromium import DESK, PHONE, Browser, View
from tests.browser.eyes import faults

_COMMENTS = '<ol class="thread"><li id="comment-1"><p>One</p>{}</li></ol>'
_ANSWER = '<ol class="thread" style="padding: 0 0 0 {}px; list-style: none"><li id="comment-2"><p>Two</p></li></ol>'
SOUND = f"""
<header><nav><a style="display: inline-block; padding: 4px 0" href="/">Home</a></nav></header>
<main><h1>A page</h1>
<div class="text"><p style="max-width: 30em">Words of no consequence, and enough of them to fill a line of
the page on any screen that is not wider than a house.</p>
<div style="overflow-x: auto"><p style="width: 3000px">Wide, in a box that scrolls.</p></div></div>
<figure class="gallery"><img width="140" src="/a.png" alt="a"> <img width="140" src="/a.png" alt="b"></figure>
{_COMMENTS.format(_ANSWER.format(16))}
</main>
"""
SHIFT = """<script>
requestAnimationFrame(() => requestAnimationFrame(() => document.body.prepend(
  Object.assign(document.createElement("div"), {style: "height: 400px"}))));
</script>"""

PLANTED = [
    ("picture", PHONE, '<img src="/text.png" alt="no picture">'),
    ("picture", DESK, '<img src="data:image/png;base64,AAAA" alt="broken">'),
    ("request", PHONE, '<img src="/missing.png" alt="not there">'),
    ("request", PHONE, '<link rel="stylesheet" href="/missing.css">'),
    ("elsewhere", PHONE, '<link rel="stylesheet" href="https://elsewhere.example/a.css">'),
    ("console", PHONE, "<script>console.warn('careful')</script>"),
    ("exception", PHONE, "<script>throw new Error('broken')</script>"),
    ("overflow", PHONE, '<p style="width: 600px">Wide</p>'),
    ("wide", DESK, '<div style="overflow: hidden"><p style="width: 1400px">Cut off</p></div>'),
    ("wide", PHONE, '<p style="margin-left: -20px">Half of it left of the page</p>'),
    ("small", PHONE, '<p style="font-size: 15px">Small</p>'),
    ("small", PHONE, '<p class="meta" style="font-size: 11px">Very small</p>'),
    ("contrast", PHONE, '<p style="color: #888">Pale</p>'),
    ("contrast", PHONE, '<div style="background: #222"><p style="color: #000">Black on black</p></div>'),
    ("contrast", DESK, '<div style="background: rgb(0 0 0 / .6)"><p>More than half of a black</p></div>'),
    ("contrast", PHONE, '<p style="color: #444">Dark on dark</p>'),
    ("target", PHONE, '<nav><a href="/">Menu</a></nav>'),
    ("measure", DESK, f'<div class="text"><p>{"Words without an end to their line. " * 9}</p></div>'),
    ("gallery", DESK, '<figure class="gallery"><img src="/a.png" alt="a"><br><img src="/a.png" alt="b"></figure>'),
    ("shift", PHONE, SHIFT),
]


def reported(browser: Browser, folder: Path, view: View, body: str) -> set[str]:
    page = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    page += f'<meta name="viewport" content="width=device-width"><title>A page</title></head><body>{body}</body></html>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "a.png").write_bytes(png(200, 100))
    (folder / "text.png").write_text("no picture", encoding="utf-8")
    with served(folder) as address:
        found = faults(browser.page(view), f"{address}/", [("1", "2")])
    return {fault.partition(":")[0] for fault in found}


@pytest.mark.parametrize("view", [PHONE, DESK], ids=lambda view: str(view.name))
def test_a_sound_page(browser: Browser, tmp_path: Path, view: View) -> None:
    assert reported(browser, tmp_path, view, SOUND) == set()


@pytest.mark.parametrize(("check", "view", "fault"), PLANTED, ids=[check for check, _, _ in PLANTED])
def test_a_planted_fault_is_reported(browser: Browser, tmp_path: Path, check: str, view: View, fault: str) -> None:
    found = reported(browser, tmp_path, view, SOUND + fault)
    comes_along = {"overflow": {"wide"}, "request": {"picture"}, "elsewhere": {"request"}}.get(check, set())
    assert check in found
    assert found <= {check} | comes_along


@pytest.mark.parametrize("answer", [_ANSWER.format(0), ""], ids=["as far in", "not there"])
def test_an_answer_that_does_not_stand_below_its_comment(browser: Browser, tmp_path: Path, answer: str) -> None:
    body = SOUND.partition('<ol class="thread">')[0] + _COMMENTS.format(answer)
    assert reported(browser, tmp_path, PHONE, body) == {"answer"}
