"""`--verify` compares with the page as it came: whatever a step takes out of it and does not name is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from converters.verify.verdict import Verdict, Word
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.importers.html.planted_cuts import LOSSES, STEPS, Page, planted, surveyed
from tests.support import convert_files

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Mending a sail – Harbour Notes</title>
<meta property="og:site_name" content="Harbour Notes"><meta name="author" content="Ines Duarte"></head><body>
<header class="site-header"><a href="/">Harbour Notes</a>
<nav><a href="/about/">About</a> <a href="/log/">Log</a></nav></header>
<main><article><header><h1>Mending a sail</h1><p class="byline">By Ines Duarte</p></header>
<p>A torn sail is <strong>rarely lost</strong>: most tears run along a seam, as <a href="https://lofts.example/seams/">the
loft explains</a>, and can be closed at sea.</p>
<h2 id="tools">Tools on board</h2>
<ul><li>A palm and three needles</li><li>Waxed thread, two metres<ul><li>white for the jib</li></ul></li></ul>
<table><tr><th>Cloth</th><th>Needle</th></tr><tr><td>Dacron, light</td><td>number 14</td></tr>
<tr><td>Canvas</td><td>number 16</td></tr></table>
<figure><img src="/img/palm-800x600.jpg" alt="A sailmaker's palm">
<figcaption>The palm protects the hand.</figcaption></figure>
<h3>Counting stitches</h3>
<div class="highlight"><pre><code class="language-python">def stitches(length):
    per_metre = 120
    return length * per_metre
</code></pre></div>
<blockquote><p>Wax twice, sew once.</p></blockquote>
<p>Two rows of stitches hold <em>for years</em>.</p>
<p><img src="img/seam.png" alt=""> Then leave it to dry; see <a href="https://lofts.example/drying/">drying</a>.</p>
</article></main>
<aside class="sidebar"><h2>Older notes</h2><ul><li><a href="/log/anchor/">The anchor</a></li></ul></aside>
<footer class="site-footer">© Harbour Notes</footer></body></html>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    file = tmp_path_factory.mktemp("page") / "mending-a-sail.html"
    file.write_text(PAGE, encoding="utf-8")
    with surveyed(file) as found:
        yield found


def test_the_page_as_it_is(page: Page) -> None:
    assert page.plain.verdict == Verdict(Word.IDENTICAL)


@pytest.mark.parametrize("kind", LOSSES)
def test_what_a_step_loses_is_found(page: Page, kind: str) -> None:
    cuts = [planted(page, step, kind, Random(number)) for number, step in enumerate(STEPS)]
    found = [cut for cut in cuts if cut is not None]
    assert len(found) > len(STEPS) // 2, "planted nothing"
    assert not [cut for cut in found if not cut.found]


@pytest.mark.parametrize("kind", ["paragraph", "heading", "cell", "list item", "caption", "quote", "sentence"])
def test_lost_words_are_named_without_verify_too(page: Page, kind: str) -> None:
    cut = planted(page, "cutting out what is around", kind, Random(2))
    assert cut is not None
    assert cut.by_guard


@pytest.mark.parametrize("name", ["site", "saved", "medium", "substack", "blogger"])
def test_pages_of_the_fixtures_are_whole(name: str, tmp_path: Path) -> None:
    """No false alarm on whole sites, with comments, lists, galleries, and exports."""
    options = Options("html", "hugo", verify=True)
    site = convert_files(tmp_path, ROOT / "fixtures/html" / name, options=options)
    assert set(site.outcome.account.verification) == {Word.IDENTICAL}
    assert not site.notices("words.lost")
