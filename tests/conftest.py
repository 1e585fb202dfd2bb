"""Options of the test run."""

from __future__ import annotations

import codecs
import os
import sys
from collections import Counter
from collections.abc import Generator
from locale import getpreferredencoding as getencoding

import pytest
from hypothesis import HealthCheck, settings

from tests import children, golden_cases
from tests.folders import ROOT
from tests.golden_cases import Golden
from tests.hostile.cases import COLLECTED, are_all, cases_of

_FAST = (
    "tests/exporters/site",
    "tests/importers/wordpress",
    "tests/markdown",
    "tests/test_architecture.py",
    "tests/test_house_of_tests.py",
    "tests/unit",
)
"""What is quick for what it shows: the tests of single modules, and the golden cases."""
_LONG = tuple(
    ROOT / "tests" / name
    for name in (
        "browser/test_active_html.py",
        "pipelines/run/test_cluster.py",
        "hostile/test_active_html.py",
        "hostile/test_phases.py",
        "pipelines/media/test_download.py",
        "hostile/test_disk.py",
        "docs/test_contributing.py",
    )
)
"""Files that take long, by few tests: begun last, each would be waited for alone, with nothing else to do."""
_NOT_FAST = ("slow", "hugo", "system", "browser", "remote")
"""Marks of tests that are left out of the fast lane wherever they are: they need more than Python."""

_STRAY = (
    "NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE COLUMNS LINES PYTHONWARNINGS PYTHONSTARTUP PYTHONOPTIMIZE "
    "HUGO_ENVIRONMENT HUGO_BASEURL JEKYLL_ENV"
).split() + [
    name
    for proxy in ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")
    for name in (proxy, proxy.upper())
]
"""What somebody may have set for programs of their own, and what would change those that are tested. Tests that are
about one of these set it themselves."""

# A busy machine is no fault of a test: limits on time are those of tests/limits.py.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """The same for every run: in a terminal, in the background of a script, on a server."""
    if codecs.lookup(sys.getfilesystemencoding()).name != "utf-8" or codecs.lookup(getencoding()).name != "utf-8":
        raise pytest.UsageError("The tests read and write UTF-8, and this locale does not: set PYTHONUTF8=1.")
    children.default_signals()
    for name in _STRAY:
        os.environ.pop(name, None)
    os.umask(0o022)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Compiled tests are kept also where Python is told to keep nothing compiled: each process of each run would
    compile all of them anew, which takes more than half of what collecting them takes."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, False
    try:
        return (yield)
    finally:
        sys.dont_write_bytecode = before


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks the fast lane and puts its files first, so that a plain fault shows early; then the files that take long,
    then those of many tests.

    Of each group, too: a worker of xdist takes a whole file, in the order of the files here.
    """
    if are_all(items):  # before some are left out for their marks
        config.stash[COLLECTED] = cases_of(items)
    places = tuple(ROOT / place for place in _FAST)
    quick = {
        path: any(place == path or place in path.parents for place in places) for path in {item.path for item in items}
    }
    for item in items:
        if quick[item.path] and not any(item.get_closest_marker(mark) for mark in _NOT_FAST):
            item.add_marker("fast")
    fast = {item.path for item in items if item.get_closest_marker("fast")}
    count = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in fast, item.path not in _LONG, -count[item.path], item.path))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write golden files anew; read them before a commit")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for servers and for processes they began."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a golden case with what it comes to; with `--update-goldens` it writes that into the case's file."""
    return golden_cases.update_golden if request.config.getoption("--update-goldens") else golden_cases.check_golden
