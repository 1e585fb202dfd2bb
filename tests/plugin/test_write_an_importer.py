"""The examples of docs/write-an-importer.md: installed as a package, run, their sites built by the real Hugo."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT
from tests.support import hugo

PAGE = (ROOT / "docs/write-an-importer.md").read_text(encoding="utf-8")


def block(language: str, holds: str = "") -> str:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    return next(text for text in found if holds in text)


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages that holds the example's."""
    folder = tmp_path_factory.mktemp("example")
    (folder / "notes_importer.py").write_text(block("python", "class NotesImporter"))
    (folder / "short_notes.py").write_text(block("python", "class ShortNotes"))
    project = block("toml", "entry-points").replace('dependencies = ["postferry"]\n', "")
    more = project.replace("\n[build-system]", 'short = "short_notes:ShortNotes"\n\n[build-system]')
    more += '\n[tool.hatch.build.targets.wheel]\ninclude = ["*.py"]\n'
    (folder / "pyproject.toml").write_text(more)
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
    code = json.loads((tmp_path / "site/.postferry/report.json").read_text())["codes"]["notes.no-note"]
    assert (code["severity"], code["text"]) == ("lost", "A line is not a note.")
    assert code["particulars"] == {"Buy more tea.": 1}
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


@pytest.mark.hugo
def test_the_short_example_runs_as_it_is_there(packages: Path, tmp_path: Path) -> None:
    """In one process and in several: posts are read back from the file of the run."""
    (tmp_path / "blog.notes").write_text(block("", "NOTES Tea"))
    for workers in "1", "2":
        done = run(packages, tmp_path, "--from", "short", "blog.notes", "-o", f"site{workers}", "--workers", workers)
        assert "3 items = 3 carried" in done.stderr, done.stderr
    tea = tmp_path / "site1/content/posts/tea.md"
    assert "Warm the **pot**. See also" in tea.read_text()
    assert "draft: true" in (tmp_path / "site1/content/posts/secrets.md").read_text()
    assert tea.read_bytes() == (tmp_path / "site2/content/posts/tea.md").read_bytes()
    assert (hugo(tmp_path / "site1") / "posts/soup/index.html").is_file()


def test_the_short_example_has_few_lines() -> None:
    assert len([line for line in block("python", "class ShortNotes").splitlines() if line]) <= 15


def test_an_option_of_its_own(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "blog.notes").write_text("NOTES Tea\n2024-05-01 ?Tea: Hot.\n2024-06-12 !Soup: Salt.\n")
    done = run(packages, tmp_path, "blog.notes", "-o", "site", "--option", "notes.draft-mark=?")
    assert done.returncode == 0, done.stderr
    assert "draft: true" in (tmp_path / "site/content/posts/tea.md").read_text()
    assert "draft: true" not in (tmp_path / "site/content/posts/soup.md").read_text()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("notes.draft-mrak=?", "Did you mean notes.draft-mark?"),
        ("hugo.draft-mark=?", "There is no option 'hugo.draft-mark': notes.draft-mark."),
        ("notes.draft-mark", "--option is NAME.KEY=VALUE"),
    ],
)
def test_an_option_that_it_has_not(packages: Path, tmp_path: Path, given: str, says: str) -> None:
    (tmp_path / "blog.notes").write_text("NOTES Tea\n2024-05-01 Tea: Hot.\n")
    done = run(packages, tmp_path, "blog.notes", "-o", "site", "--option", given)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (tmp_path / "site").exists()


def test_help_shows_its_options(packages: Path, tmp_path: Path) -> None:
    shown = run(packages, tmp_path, "--from", "notes", "--help").stdout
    assert "Of notes:" in shown
    assert "--option notes.draft-mark=VALUE" in shown
    assert "--option notes" not in run(packages, tmp_path, "--help").stdout


def test_options_in_a_file_of_jobs(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "blog.notes").write_text("NOTES Tea\n2024-05-01 ?Tea: Hot.\n")
    (tmp_path / "jobs.toml").write_text(
        '[[site]]\nsource = "blog.notes"\noutput = "out"\nfrom = "notes"\noption = ["notes.draft-mark=?"]\n'
    )
    done = run(packages, tmp_path, "batch", "jobs.toml", "--executor", "inline")
    assert done.returncode == 0, done.stderr
    assert "draft: true" in (tmp_path / "out/content/posts/tea.md").read_text()
