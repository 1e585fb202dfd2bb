"""Typed dashes and quotes: what WordPress showed is what the built sites show, whatever their renderers make of signs.

Hugo draws quotation marks as WordPress does; for Jekyll they are drawn in the text.
"""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests import oracle
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.support import convert, hugo
from tests.wxr import export, item

SHOWN = {
    "---": "—",
    "-----": "—–",
    "----": "—-",
    "------": "——",
    "--": "—",
    "-": "–",
    "--- and a last line": "— and a last line",
    "-- Ann": "— Ann",
    "- one item": "– one item",
    "+ one - two": "+ one – two",
    '"a" -- b': "“a” — b",
    "a - b": "a – b",
    "a--b": "a–b",
    "use --force now": "use –force now",
    "a -- b -- c": "a — b — c",
    "a ---- b": "a —- b",
    "1914--1918": "1914–1918",
    "2010-05-04 well-known": "2010-05-04 well-known",
    "xn--abc": "xn--abc",
    "a --> b <-- c": "a –> b <– c",
    "well...": "well…",
    "(c) 2010, (r), +/-": "(c) 2010, (r), +/-",
    "a (tm) b": "a ™ b",
    "<< x >>": "<< x >>",
    "a<<b>>c": "a<<b>>c",
    "x << 2": "x << 2",
    '6" wide': "6″ wide",
    "9' tall": "9′ tall",
    "``quoted''": "“quoted”",
    "2x4 and 10x20 cm": "2×4 and 10×20 cm",
    "it's 'single' and \"double\"": "it’s ‘single’ and “double”",
    "the '90s": "the ’90s",
    '"1" and "2", ("a")': "“1” and “2”, (“a”)",
    "dogs' tails": "dogs’ tails",
    'She said: "yes," he "no."': "She said: “yes,” he “no.”",
    "– already — so": "– already — so",
    "===": "===",
    "***": "***",
    "___": "___",
}
TEXT = "\n\n".join(escape(text, quote=False) for text in SHOWN)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)


def paragraphs(built: Path) -> list[str]:
    page = next(path for path in built.rglob("index.html") if path.parent.name == "signs")
    found = [unescape(text) for text in _PARAGRAPH.findall(page.read_text(encoding="utf-8"))]
    start = next(number for number, text in enumerate(found) if text == "—")
    return found[start : start + len(SHOWN)]


@pytest.mark.system
@pytest.mark.skipif(not oracle.AVAILABLE, reason="php and WordPress's files are not installed")
def test_the_table_is_what_wordpress_shows() -> None:
    shown = oracle.call("wptexturize", [[escape(text, quote=False)] for text in SHOWN])
    assert dict(zip(SHOWN, map(unescape, shown), strict=True)) == SHOWN


@pytest.mark.hugo
def test_hugo_shows_what_wordpress_showed(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1, slug="signs", content=TEXT)))
    assert paragraphs(hugo(site.folder)) == list(SHOWN.values())


@pytest.mark.system
@real
def test_jekyll_shows_what_wordpress_showed(tmp_path: Path) -> None:
    excerpt = """It's "one" <em title="'n'">'two'</em>... <code>"c"</code>"""
    content = item(1, slug="signs", content=TEXT, excerpt=excerpt)
    site = convert(tmp_path, export(content), options=Options("wordpress", "jekyll"))
    assert [site.front(name)["excerpt"] for name in site.files("_posts/*")] == ['It’s “one” ‘two’… "c"']
    assert paragraphs(jekyll(site.folder)) == list(SHOWN.values())
