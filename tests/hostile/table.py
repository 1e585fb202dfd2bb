"""The table of hostile cases (docs/hostile.md), made from the tests that show them.

usage: python -m tests.hostile.table > docs/hostile.md
"""

from __future__ import annotations

import sys

import pytest

from tests.hostile.cases import Cases, cases_of

AREAS = {
    "xml": "Exports (XML)",
    "html": "Pages (HTML)",
    "matter": "Front matter",
    "markdown": "Markdown and templates",
    "json": "JSON",
    "path": "Names and paths",
    "network": "Network",
    "process": "Processes, disks, signals",
    "report": "Report and console",
    "privacy": "What was not public",
}
INTRODUCTION = """\
# Hostile and broken input

What the program does with input that is broken, or made to break it. Each row is shown by the test it names; the table
is made from the tests (`python -m tests.hostile.table`).
"""


class Collector:
    """Notes the cases of every collected test; a plug-in of pytest."""

    def __init__(self) -> None:
        self.cases: Cases = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self.cases = cases_of(items)


def table(cases: Cases) -> str:
    """The page of the docs for these cases, an area after the other, sorted by name."""
    parts = [INTRODUCTION]
    for area, title in AREAS.items():
        rows = sorted((case, tests) for case, tests in cases.items() if case[0].split("-")[0] == area)
        if not rows:
            continue
        parts.append(f"\n## {title}\n\n| case | input | what happens | test |\n|---|---|---|---|\n")
        for (name, given, then), tests in rows:
            shown = ", ".join(f"`{test}`" for test in sorted(tests))
            parts.append(f"| {name} | {cell(given)} | {cell(then)} | {shown} |\n")
    return "".join(parts)


def cell(text: str) -> str:
    """Text that cannot end its cell."""
    return text.replace("|", "\\|")


def collect() -> Cases:
    """The cases of the whole test suite; no test is run."""
    collector = Collector()
    options = ["--collect-only", "-o", "addopts=", "-p", "no:terminal", "-p", "no:cacheprovider", "tests"]
    if pytest.main(options, plugins=[collector]) != 0:
        raise SystemExit("the tests could not be collected")
    return collector.cases


if __name__ == "__main__":
    sys.stdout.write(table(collect()))
