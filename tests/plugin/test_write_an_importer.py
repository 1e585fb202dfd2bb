"""The example of docs/write-an-importer.md: installed as a package, run, its site built by the real Hugo."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import children
from tests.support import hugo

PAGE = (Path(__file__).parents[2] / "docs/write-an-importer.md").read_text(encoding="utf-8")


def block(language: str, holds: str = "") -> str:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return next(text for text in found if holds in text)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages that holds the example's."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "notes_importer.py").write_text(block("python", "class NotesImporter"))
    (folder / "pyproject.toml").write_text(block("toml", "entry-points").replace('dependencies = ["postferry"]\n', ""))
    target = folder / "installed"
    done = children.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(target), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return target


def run(packages: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = f"import sys; sys.path.insert(0, {str(packages)!r}); from pipelines.cli.main import main; main(sys.argv[1:])"
    return children.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.hugo
def test_the_example_runs_as_it_stands_there(packages: Path, tmp_path: Path) -> None:
    assert "notes" in run(packages, tmp_path, "formats").stdout
    (tmp_path / "blog.notes").write_text(block("", "NOTES Tea"))
    done = run(packages, tmp_path, "blog.notes", "-o", "site")
    assert "3 items = 3 carried" in done.stderr, done.stderr
    tea = (tmp_path / "site/content/posts/tea.md").read_text()
    assert "Warm the **pot**. See also [Soup](/notes/soup/)." in tea
    built = hugo(tmp_path / "site")
    assert (built / "notes/soup/index.html").is_file()
    assert not (built / "notes/secrets").exists()


def test_a_source_that_is_none_is_refused(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "blog.notes").write_text("Tea")
    done = run(packages, tmp_path, "--from", "notes", "blog.notes", "-o", "site")
    assert "does not begin with NOTES" in done.stderr
    assert not (tmp_path / "site").exists()
