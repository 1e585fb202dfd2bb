"""The documentation as a site, and the pages of it that are made from the program."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    """Pages that no list names, links that lead nowhere, pictures that are not there: all are warnings."""
    words = ["-m", "sphinx", "-W", "--keep-going", "-n", "-q", "-d", str(tmp_path / "doctrees")]
    done = children.run(
        [sys.executable, *words, str(ROOT / "docs"), str(tmp_path / "site")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "nothing on the way" in (tmp_path / "site/index.html").read_text()


@pytest.mark.parametrize("name", ["front_matter", "notices", "options"])
def test_pages_made_from_the_program_are_up_to_date(name: str) -> None:
    script, page = f"docs/make_{name}.py", f"docs/{name.replace('_', '-')}.md"
    made = runpy.run_path(str(ROOT / script))["page"]()
    assert (ROOT / page).read_text(encoding="utf-8") == made, f"python {script} > {page}"
