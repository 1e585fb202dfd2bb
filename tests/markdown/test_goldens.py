"""HTML and its Markdown in each dialect, which renders back to the same text: `goldens/markdown`."""

from __future__ import annotations

import pytest

from converters.markdown import to_markdown
from tests.golden_cases import Golden, GoldenCase, golden_cases
from tests.markdown.judge import cmark, words


@pytest.mark.parametrize("case", golden_cases("markdown"))
def test_elements(case: GoldenCase, golden: Golden, request: pytest.FixtureRequest) -> None:
    dialect = request.node.callspec.id.partition(":")[0]
    markdown = to_markdown(case.text, dialect=dialect)
    golden(case, markdown.strip(), [])
    if dialect in ("gfm", "commonmark"):
        assert words(cmark(markdown, gfm=dialect == "gfm")) == words(case.text)
