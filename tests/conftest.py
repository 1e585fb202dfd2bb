"""Options of the test run."""

from __future__ import annotations

import codecs
import os
import sys
from locale import getpreferredencoding as getencoding

import pytest

from tests import children

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


def pytest_configure(config: pytest.Config) -> None:
    """The same for every run: in a terminal, in the background of a script, on a server."""
    if codecs.lookup(sys.getfilesystemencoding()).name != "utf-8" or codecs.lookup(getencoding()).name != "utf-8":
        raise pytest.UsageError("The tests read and write UTF-8, and this locale does not: set PYTHONUTF8=1.")
    children.default_signals()
    for name in _STRAY:
        os.environ.pop(name, None)
    os.umask(0o022)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write golden files anew; read them before a commit")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: many tests wait for servers and for processes they began."""
    return (os.cpu_count() or 1) + 1
