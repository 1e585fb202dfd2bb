"""The documentation as a site, and the pages of it that are made from the program."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

from tests import children

ROOT = Path(__file__).parents[2]


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


def test_the_page_of_options_is_up_to_date() -> None:
    made = runpy.run_path(str(ROOT / "docs/make_options.py"))["page"]()
    assert (ROOT / "docs/options.md").read_text() == made, "python docs/make_options.py > docs/options.md"
