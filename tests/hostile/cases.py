"""Cases of hostile and broken input: each test names the one it shows, and the table of the docs is made from them.

    @case("xml-entity-file", "an external entity that names a file", "its text stays as written; no file is opened")
    def test_external_entity(...): ...

One test may show several cases, and several tests one case. `python -m tests.hostile.table` prints the table.
"""

from __future__ import annotations

import pytest


def case(name: str, given: str, then: str) -> pytest.MarkDecorator:
    """Mark a test as the one that shows a hostile case.

    name: `area-short-name` in lower case; the area is one of `xml`, `html`, `matter`, `markdown`, `json`, `path`,
    `network`, `process`, `report`, `privacy`; given: the input, in a few words; then: what the program does with it.
    """
    return pytest.mark.case(name, given, then)
