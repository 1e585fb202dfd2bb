"""The table of the documentation says what the tests show."""

from __future__ import annotations

import sys

import pytest

from tests import children
from tests.folders import ROOT
from tests.hostile.cases import COLLECTED
from tests.hostile.table import table


def test_the_table_is_up_to_date(request: pytest.FixtureRequest) -> None:
    """Of the tests that this run has collected; where that is a part of them, all are collected for it, in a process of
    its own: a test run inside a test run would upset it."""
    cases = request.config.stash.get(COLLECTED, None)
    if cases is not None:
        made = table(cases)
    else:
        command = [sys.executable, "-m", "tests.hostile.table"]
        made = children.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs/hostile.md").read_text() == made, "python -m tests.hostile.table > docs/hostile.md"
    assert made.count("\n| ") > 100
