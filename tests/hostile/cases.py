"""Cases of hostile and broken input: each test names the one it shows, and the table of the docs is made from them.

    @case("xml-entity-file", "an external entity that names a file", "its text stays as written; no file is opened")
    def test_external_entity(...): ...

One test may show several cases, and several tests one case. `python -m tests.hostile.table` prints the table.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.folders import ROOT

Cases = dict[tuple[str, str, str], list[str]]
"""(name, given, then) -> the tests that show it."""
COLLECTED = pytest.StashKey[Cases]()
"""The cases of a run that has collected all tests."""


def case(name: str, given: str, then: str) -> pytest.MarkDecorator:
    """Mark a test as the one that shows a hostile case.

    name: `area-short-name` in lower case; the area is one of `xml`, `html`, `matter`, `markdown`, `json`, `path`,
    `network`, `process`, `report`, `privacy`; given: the input, in a few words; then: what the program does with it.
    """
    return pytest.mark.case(name, given, then)


def cases_of(items: Iterable[pytest.Item]) -> Cases:
    """The cases that these tests show."""
    cases: Cases = {}
    for item in items:
        test = item.nodeid.split("[")[0]
        for mark in item.iter_markers("case"):
            name, given, then = mark.args
            tests = cases.setdefault((name, given, then), [])
            if test not in tests:
                tests.append(test)
    return cases


def are_all(items: Iterable[pytest.Item]) -> bool:
    """Are tests of every file of tests among them?"""
    files = set((ROOT / "tests").rglob("test_*.py"))
    return files <= {item.path for item in items}
