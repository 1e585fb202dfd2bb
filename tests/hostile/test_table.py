"""The table of the documentation says what the tests show."""

from __future__ import annotations

import sys

from tests import children
from tests.folders import ROOT


def test_the_table_is_up_to_date() -> None:
    """In a process of its own: a test run inside a test run would upset it."""
    made = children.run(
        [sys.executable, "-m", "tests.hostile.table"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (ROOT / "docs/hostile.md").read_text() == made, "python -m tests.hostile.table > docs/hostile.md"
    assert made.count("\n| ") > 100
