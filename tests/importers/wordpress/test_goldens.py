"""WordPress's constructs in the forms seen in the wild, and the semantic HTML they become: `goldens/wordpress`."""

from __future__ import annotations

import pytest

from tests.golden_cases import Golden, GoldenCase, golden_cases
from tests.importers.wordpress.test_content import convert


@pytest.mark.parametrize("case", golden_cases("wordpress"))
def test_constructs(case: GoldenCase, golden: Golden) -> None:
    golden(case, *convert(case.text))
