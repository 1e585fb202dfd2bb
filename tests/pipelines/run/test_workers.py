"""The number of processes that carry changes nothing in what is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import convert_files

FIXTURES = ROOT / "fixtures"
SOURCES = {
    "wordpress": FIXTURES / "wordpress/constructs.xml",
    "hugo": FIXTURES / "hugo/islands",
    "html": FIXTURES / "html/site",
}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file written, the report among them; the state knows when it was saved."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "state.db")
    return {str(path.relative_to(folder)): path.read_bytes().replace(str(folder).encode(), b"OUT") for path in files}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_one_and_three_processes_write_the_same(tmp_path: Path, source: str, target: str) -> None:
    options = Options(source, target)
    alone = convert_files(tmp_path / "alone", SOURCES[source], options=options, workers=1)
    together = convert_files(tmp_path / "together", SOURCES[source], options=options, workers=3)
    one, three = tree(alone.folder), tree(together.folder)
    assert len(one) >= 3
    assert one.keys() == three.keys()
    assert [path for path in one if one[path] != three[path]] == []
