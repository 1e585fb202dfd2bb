"""Options of the test run."""

from __future__ import annotations

import os

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write golden files anew; read them before a commit")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for servers and for processes they began."""
    return (os.cpu_count() or 1) + 1
