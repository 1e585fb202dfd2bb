"""HTML to Markdown and back is the same HTML, whatever the text: through cmark-gfm and through comrak."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from converters.markdown import to_markdown
from tests.markdown.judge import cmark, comrak_gfm, tokens, words
from tests.markdown.trees import DOCUMENT

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck), database=None)


def check(html: str) -> None:
    markdown = to_markdown(html, dialect="gfm")
    want = tokens(html)
    for render in (cmark, comrak_gfm):
        back = render(markdown)
        assert tokens(back) == want, f"{render.__name__}\n{html}\n{markdown}\n{back}"
    again = to_markdown(cmark(markdown), dialect="gfm")
    assert again == markdown, f"not stable\n{html}\n{markdown}\n{again}"


@given(DOCUMENT)
@QUICK
def test_the_way_there_and_back(html: str) -> None:
    check(html)


@pytest.mark.slow
@given(DOCUMENT)
@LONG
def test_the_way_there_and_back_twenty_thousand_times(html: str) -> None:
    check(html)


@pytest.mark.parametrize("dialect", ["gfm", "commonmark", "goldmark"])
@given(DOCUMENT)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_word_is_lost_in_any_dialect(dialect: str, html: str) -> None:
    assert words(cmark(to_markdown(html, dialect=dialect), gfm=dialect != "commonmark")) == words(html)
