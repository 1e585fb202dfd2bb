"""Source code in the forms of all highlighters: the exact text, the language, the title."""

from __future__ import annotations

import pytest

from converters.importers.wordpress.content.code_text import shield
from tests.importers.wordpress.test_content import convert
from tests.limits import budget


def test_tabs_stay() -> None:
    assert convert("[code]\ttab\n    four[/code]") == ("<pre><code>\ttab\n    four</code></pre>", [])


def test_a_block_is_not_swallowed_by_marks_of_code_in_two_paragraphs() -> None:
    text = "<!-- wp:paragraph -->\n<p>[code]</p>\n<!-- /wp:paragraph -->\n<!-- wp:paragraph -->\n<p>[/code]</p>"
    assert "<p>[code]</p>" in convert(text)[0]


@pytest.mark.parametrize(
    "unit",
    ["[code]", "<pre", "<pre>", "[cc ", '[cc lang="', "[code lang='", "[crayon [", "[code ", "[[code]", "[code]<pre>"],
)
def test_marks_without_an_end_cost_little(unit: str) -> None:
    """Quadratic time would be minutes here."""
    text = "[/ <pre" + unit * 200_000 + "]"
    with budget():
        assert shield(text).count("<pre>") == text.count("<pre>")
