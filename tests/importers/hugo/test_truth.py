"""What WordPress showed, carried to Hugo and from there to JSON: the Hugo importer reads what the exporter wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.run.carry import Options
from tests.fidelity import Loss, compare
from tests.sites.test_truth import AS_HTML, FIXTURES, FURNITURE, POSTS, html_of
from tests.support import convert_files

PLACES = {"1206": {"link"}}
"""The address of the feed, which each target has at a place of its own."""
NOT_IN_JSON = {"2024": (Loss("words", "‿"),)}
"""The field of a form, which no feed can send."""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """By fixture and id, the HTML of every item after two conversions."""
    found: dict[str, dict[str, str]] = {}
    for name in dict(POSTS):
        folder = tmp_path_factory.mktemp(name)
        first = convert_files(folder, FIXTURES / f"{name}.xml", options=Options("wordpress", "hugo", AS_HTML))
        again = folder / "again"
        again.mkdir()
        second = convert_files(again, first.folder, options=Options("hugo", "json"))
        html = {item["id"]: str(item["content_html"]) for item in items(second.folder)}
        paths = {row["id"]: row["path"] for row in first.report["items"] if row.get("path")}
        found[name] = {id: html[path.removeprefix("content/")] for id, path in paths.items()}
    return found


def items(folder: Path) -> list[dict[str, Any]]:
    files = (folder / "feed.json", folder / "not-public.json")
    return [item for file in files if file.exists() for item in json.loads(file.read_text("utf-8"))["items"]]


@pytest.mark.parametrize(("name", "key"), POSTS)
def test_a_reader_sees_the_same(twice: dict[str, dict[str, str]], name: str, key: str) -> None:
    losses = compare(html_of(name, key), twice[name][key])
    known: tuple[Loss, ...] = FURNITURE.get(key, ()) + NOT_IN_JSON.get(key, ())
    assert not [loss for loss in losses if loss not in known and loss.kind not in PLACES.get(key, ())]
