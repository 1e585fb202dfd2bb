"""Notes that the text refers to stay with it, whatever the judge says of lists of links."""

from __future__ import annotations

import turbohtml

from converters.importers.html.main_text.blocks import Blocks, cut_up
from converters.importers.html.main_text.choose import choose

_MANY = "".join(f"<div>{number}</div>" for number in range(20))
_NOTES = '<ol><li id="n1"><a href="/x">A book</a></li><li id="n2">Ibid.</li><li>Uncited</li></ol>'


def page_of(html: str) -> Blocks:
    body = turbohtml.parse(html, positions=False).select_one("body")
    assert body is not None
    return cut_up(body)


def kept(html: str, *scores: float) -> list[str]:
    page = page_of(html + _MANY)
    choice = choose(page, [*scores, *[0.0] * (len(page.blocks) - len(scores))], None)
    return [block.text for block, stays in zip(page.blocks, choice.kept, strict=True) if stays]


def test_a_list_that_is_mostly_cited_stays_whole() -> None:
    text = '<p>Words<sup><a href="#n1">[1]</a></sup> and more<a href="https://a.example/page#n2"><sup>2</sup></a></p>'
    assert kept(text + _NOTES, 0.9) == ["Words[1] and more2", "A book", "Ibid.", "Uncited"]


def test_what_only_left_out_text_cites_goes() -> None:
    assert kept('<p>The text</p><p>A box <a href="#n1">[1]</a></p>' + _NOTES, 0.9) == ["The text"]


def test_a_link_in_words_is_no_reference() -> None:
    text = '<p>See <a href="#n1">what they say below</a></p>'
    assert kept(text + '<ul><li id="n1">A comment</li></ul>', 0.9) == ["See what they say below"]


def test_a_chapter_is_no_note() -> None:
    chapter = '<div id="n1">' + "<p>other words</p>" * 9 + "</div>"
    assert kept(f'<p>Part <a href="#n1">1</a></p>{chapter}', 0.9) == ["Part 1"]
