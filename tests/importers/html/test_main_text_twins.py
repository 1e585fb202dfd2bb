"""Marks that are copies, and marks that the judge knows nothing of."""

from __future__ import annotations

import turbohtml

from converters.importers.html.main_text.blocks import Blocks, cut_up
from converters.importers.html.main_text.choose import Mark, choose
from tests.importers.html.reading import read

_MANY = "".join(f"<div>{number}</div>" for number in range(20))
_PARAGRAPHS = [" ".join(f"{name}{number}" for number in range(40)) for name in ("river", "weir", "path", "night")]


def page_of(html: str) -> Blocks:
    body = turbohtml.parse(html, positions=False).select_one("body")
    assert body is not None
    return cut_up(body)


def kept(html: str, tag: str, scores: dict[str, float]) -> list[str]:
    page = page_of(html)
    mark = Mark([box.element for box in page.boxes if box.tag == tag])
    choice = choose(page, [scores.get(block.text[:5], 0.0) for block in page.blocks], mark)
    return [block.text for block, stays in zip(page.blocks, choice.kept, strict=True) if stays]


def test_the_text_with_its_structure_comes_before_a_copy_in_one_run() -> None:
    shown = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
    page = f"<section>{' '.join(_PARAGRAPHS)}</section><div>{shown}</div>{_MANY}"
    found = kept(page, "section", {text[:5]: 0.5 for text in _PARAGRAPHS})
    assert found == _PARAGRAPHS


def test_a_mark_beside_other_text_is_no_copy() -> None:
    page = f"<section>{' '.join(_PARAGRAPHS)}</section><div><p>{_PARAGRAPHS[0]}</p></div>{_MANY}"
    assert kept(page, "section", {"river": 0.7}) == [" ".join(_PARAGRAPHS)]


def test_a_long_marked_text_is_not_lost_to_the_judge() -> None:
    shown = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
    page = f"<article>{shown}<div>share</div></article><p>Other words of a teaser</p>{_MANY}"
    scores = {text[:5]: 0.3 for text in _PARAGRAPHS} | {"share": 0.02, "Other": 0.9}
    assert kept(page, "article", scores) == _PARAGRAPHS


def test_a_first_paragraph_stays_though_it_is_the_description() -> None:
    first, *others = (f"{text.capitalize()}." for text in _PARAGRAPHS)
    head = f'<title>T</title><meta name="description" content="{first}">'
    body = "".join(f"<p>{text}</p>" for text in (first, *others))
    out = read(f"{head}<body><nav><a href=/a>a</a></nav><div>{body}</div>")
    assert first in out.words
