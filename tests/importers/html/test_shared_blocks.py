"""What pages of one site share is counted over the site, and known where a page is read, in every process."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from converters.importers.html import page, shared_blocks
from converters.importers.html.shared_blocks import SharedBlocks, digest_of_text
from converters.model.notices import Log
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run

FRAME = "<html><body><div class=x><p>Read our <b>letter</b></p><p>every week</p></div>{}</body></html>"


def parsed(html: str) -> page.HtmlPage:
    return page.parse(html.encode(), "a.html", Log())


def digests(*texts: str) -> set[int]:
    return {digest_of_text(text) for text in texts}


def test_a_digest_is_of_words_alone() -> None:
    assert digest_of_text(" Read  our\nLETTER ") == digest_of_text("read our letter")
    assert digest_of_text("read our letters") != digest_of_text("read our letter")
    assert digest_of_text("read our letter") == 0x3065737B6D7174CC, "the same in every process and on every machine"


def test_a_block_holds_no_other() -> None:
    html = "<div>loose<ul><li>One <i>word</i></li><li><p>Two</p></li></ul><table><tr><td>Three</table></div><p> </p>"
    assert [(element.tag, words) for element, words in shared_blocks.blocks(parsed(html).document)] == [
        ("li", "One word"),
        ("p", "Two"),
        ("td", "Three"),
    ]


def test_what_is_on_many_pages_is_shared_and_what_is_text_is_not() -> None:
    counted = SharedBlocks(10)
    for number in range(10):
        text = f"<article itemprop=articleBody><h2>See also</h2><p>{number}</p></article><p>Two of {number // 2}</p>"
        counted.see(parsed(FRAME.format(text)))
    assert set(counted.found()) == digests("Read our letter", "every week")


def test_few_words_are_the_sites_among_its_own_only() -> None:
    shared = digests("Home", "Media", "About us and our boats")
    texts = ["Home", "Media", "A text.", "media", "Another.", "About us and our boats", "The end."]
    assert shared_blocks.of_the_site(texts, shared) == [True, True, False, False, False, True, False]
    assert shared_blocks.of_the_site(texts, ()) == [False] * len(texts)


def test_two_pages_share_nothing() -> None:
    counted = SharedBlocks(2)
    for _ in range(2):
        counted.see(parsed(FRAME.format("")))
    assert counted.found() == []


def test_a_large_site_costs_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_blocks, "_KEPT", 50)
    monkeypatch.setattr(shared_blocks, "_PAGES", 100)
    counted = SharedBlocks(1_000)
    for number in range(1_000):
        counted.see(parsed(FRAME.format("".join(f"<p>{number}.{each}</p>" for each in range(20)))))
        assert len(counted._counts) <= 50
    assert counted._pages == 100
    assert set(counted.found()) == digests("Read our letter", "every week")


TELLING = """
from converters.importers.html.importer import HtmlImporter

class Telling(HtmlImporter):
    def read(self, entry, lookup, log):
        post = super().read(entry, lookup, log)
        post.params = {"shared": sorted(f"{digest:x}" for digest in self._reading(lookup).shared)}
        return post
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_whoever_reads_a_page_knows_what_is_shared(workers: int, tmp_path: Path) -> None:
    (tmp_path / "telling.py").write_text(TELLING)
    (tmp_path / "in").mkdir()
    for number in range(4):
        text = FRAME.format(f"<p>{number} of four pages of the site, with words of its own</p>")
        (tmp_path / f"in/{number}.html").write_text(text)
    options = Options(f"{tmp_path}/telling.py:Telling", "hugo")
    run(Job((str(tmp_path / "in"),), str(tmp_path / "out"), options, workers=workers))
    (one, *_, last) = sorted((tmp_path / "out/content").glob("?.md"))
    for file in (one, last):
        told = yaml.safe_load(file.read_text().split("---\n")[1])["params"]["shared"]
        assert {int(digest, 16) for digest in told} == digests("Read our letter", "every week")
