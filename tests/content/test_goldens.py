"""WordPress's constructs in the forms seen in the wild, and the semantic HTML they become: `goldens/wordpress`."""

from __future__ import annotations

import pytest

from tests.content.test_content import convert
from tests.golden_cases import GoldenCase, golden_cases


@pytest.mark.parametrize("case", golden_cases("wordpress"))
def test_constructs(case: GoldenCase) -> None:
    assert convert(case.text) == (case.expected, case.notices)
