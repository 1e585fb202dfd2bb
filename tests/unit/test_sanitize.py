"""Active content: what goes, what stays, and that it is named."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.html.sanitize import sanitize
from converters.model.notices import Log


def cleaned(html: str) -> tuple[str, int]:
    root, log = tree.parse(html), Log("1")
    sanitize(root, log)
    return tree.inner_html(root), len(log.notices)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("a<script>alert(1)</script>b", "ab"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<a href='javascript:x()'>a</a>", "<a>a</a>"),
        ("<a href=' java\tscript&#10;:x()'>a</a>", "<a>a</a>"),
        ("<a href='&#1;JaVaScRiPt:x()'>a</a>", "<a>a</a>"),
        ("<a href='vbscript:x'>a</a>", "<a>a</a>"),
        ("<a href='data:text/html;base64,PHN'>a</a>", "<a>a</a>"),
        ("<img src='data:image/svg+xml,<svg>'>", "<img/>"),
        ("<iframe srcdoc='<script>'></iframe>", "<iframe></iframe>"),
        ("<svg><a xlink:href='javascript:x'>t</a></svg>", '<svg xmlns="http://www.w3.org/2000/svg"><a>t</a></svg>'),
        (
            "<form action='javascript:x'><button formaction='javascript:y'>b</button></form>",
            "<form><button>b</button></form>",
        ),
        ("<object data='x.swf'><param name=a>fallback</object>t", "fallbackt"),
    ],
)
def test_what_runs_goes_and_is_named(html: str, expected: str) -> None:
    text, notices = cleaned(html)
    assert text.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "") == expected
    assert notices >= 1


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://x.example/?q=javascript:1">a</a>',
        '<a href="mailto:a@b.example">a</a>',
        '<img src="data:image/png;base64,iVBO" alt=""/>',
        '<iframe src="https://player.vimeo.com/video/1"></iframe>',
        '<p class="one" title="onclick">javascript: as a word</p>',
    ],
)
def test_what_only_shows_stays(html: str) -> None:
    assert cleaned(html) == (html, 0)


def test_a_window_of_its_own_name_is_no_loss() -> None:
    root, log = tree.parse("<a href='/a/' target='blank'>a</a>"), Log("1")
    sanitize(root, log)
    assert tree.inner_html(root) == '<a href="/a/">a</a>'
    assert [notice.code for notice in log.notices] == ["html.attribute"]


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        ('<meta charset="utf-8"><meta name="viewport" content="width=device-width"><p>a</p>', []),
        ('<meta http-equiv="refresh" content="0;url=/b/"><p>a</p>', ["html.active"]),
    ],
)
def test_only_what_a_browser_does_is_active(html: str, codes: list[str]) -> None:
    root, log = tree.parse(html), Log("1")
    sanitize(root, log)
    assert (tree.inner_html(root), [notice.code for notice in log.notices]) == ("<p>a</p>", codes)
