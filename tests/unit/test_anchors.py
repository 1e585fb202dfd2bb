"""Ids of headings that links on the same page ask for."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.passes.anchors import assign_anchor_ids


@pytest.mark.parametrize(
    ("html", "ids"),
    [
        ('<a href="#The_old_quay">x</a><h2>The old quay</h2>', ["The_old_quay"]),
        ('<a href="#the-old-quay">x</a><h2>The <em>old</em> quay!</h2>', ["the-old-quay"]),
        ('<a href="#h-the-old-quay">x</a><h2>The old quay</h2>', ["h-the-old-quay"]),
        ('<a href="#F%C3%A4hre">x</a><h3>Fähre</h3>', ["Fähre"]),
        ('<a href="#quay">x</a><h2>Quay</h2><h2>Quay</h2>', ["quay", None]),
        ('<a href="#quay">x</a><a href="#Quay">y</a><h2>Quay</h2>', ["quay"]),
        ('<a href="#quay">x</a><h2 id="mine">Quay</h2>', ["mine"]),
        ('<a href="#quay">x</a><p id="quay">here</p><h2>Quay</h2>', [None]),
        ('<a href="#quay">x</a><a name="quay"></a><h2>Quay</h2>', [None]),
        ('<a href="#">x</a><a href="/a/#quay">x</a><h2>Quay</h2>', [None]),
        ('<a href="#---">x</a><h2>---</h2>', [None]),
        ("<h2>Quay</h2>", [None]),
    ],
)
def test_ids(html: str, ids: list[str | None]) -> None:
    root = tree.parse(html)
    assign_anchor_ids(root)
    assert [heading.get("id") for heading in root.iter("h2", "h3")] == ids
