"""Formats of third parties: from a file, from an installed package, and what is said of broken ones."""

from __future__ import annotations

import subprocess
import sys
from copy import copy
from pathlib import Path

import pytest

from converters.errors import PluginError
from converters.model import notices
from converters.model.notices import Kind, Notice, Severity, register
from tests import children
from tests.support import command

NOTES = '''
from pathlib import Path
from converters.html import tree
from converters.importers.base import Importer
from converters.model import Entry, HtmlBody, Locator, Post, Role, Site, Status

class Notes(Importer):
    """A text file: a line a note, its title before the first colon."""
    @classmethod
    def recognizes(cls, path, head): return head.startswith(b"NOTES")
    def survey(self, sources, sink):
        for number, line in enumerate(Path(sources[0].path).read_text().splitlines()[1:], 1):
            title = line.partition(":")[0]
            sink.entry(Entry(str(number), "post", Role.CONTENT, Status.PUBLISHED, slug=title.lower(), title=title,
                             locator=Locator(path=sources[0].path, start=number)))
        return Site(title="Notes", kinds=("post",)), sources
    def read(self, entry, lookup, log):
        text = Path(entry.locator.path).read_text().splitlines()[entry.locator.start].partition(":")[2]
        body = HtmlBody(tree.parse(f"<p>{text}</p>"))
        return Post(entry.id, "post", entry.status, entry.title, body, slug=entry.slug)
'''


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.py").write_text(NOTES)
    (tmp_path / "a.notes").write_text("NOTES\nTea: Warm the <b>pot</b>.\nSoup: Salt.\n")
    return tmp_path


def test_an_importer_in_a_file(folder: Path) -> None:
    done = command("--from", "./mine.py:Notes", "a.notes", "-o", "site", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "2 items = 2 carried" in done.stderr
    assert (folder / "site/content/posts/tea.md").read_text().endswith("---\n\nWarm the **pot**.\n")


def test_a_code_that_is_not_registered_is_shown_as_a_loss(folder: Path) -> None:
    text = NOTES.replace("        body = ", '        log("mine.odd", "a note")\n        body = ')
    (folder / "mine.py").write_text(text)
    done = command("--from", "./mine.py:Notes", "a.notes", "-v", "-o", "site", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "2 lost" in done.stderr and "mine.odd" in done.stderr


def test_notices_of_a_plug_in_stay_under_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "KINDS", copy(notices.KINDS))
    kinds = {"odd": Kind(Severity.INFO, "An odd note.")}
    register("mine", kinds)
    register("mine", kinds)  # the same module, loaded again
    assert Notice("mine.odd").severity is Severity.INFO
    with pytest.raises(PluginError, match="item"):
        register("item", kinds)
    with pytest.raises(PluginError, match="mine"):
        register("mine", {})


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("import nothing_of_that_name", "./mine.py:Notes", "cannot be loaded"),
        ("", "./mine.py:Notes", "cannot be loaded"),
        ("", "./gone.py:Notes", "no such file"),
        ("class Notes: pass", "./mine.py:Notes", "no subclass of converters.importers.base.Importer"),
    ],
)
def test_a_broken_one_is_named(folder: Path, text: str, name: str, says: str) -> None:
    (folder / "mine.py").write_text(text)
    done = command("--from", name, "a.notes", cwd=folder)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_installed_package_is_found_by_its_entry_point(folder: Path) -> None:
    """Hand-made metadata on the path, as an installer leaves it."""
    info = folder / "notes_importer-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: notes-importer\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[postferry.importers]\nnotes = mine:Notes\n")
    run = "import sys; sys.path.insert(0, '.'); from pipelines.cli.main import main; main(sys.argv[1:])"

    def installed(*arguments: str) -> subprocess.CompletedProcess[str]:
        return children.run(
            [sys.executable, "-c", run, *arguments], cwd=folder, capture_output=True, text=True, check=False
        )

    assert "notes, wordpress" in installed("formats").stdout
    done = installed("a.notes", "-o", "site")
    assert done.returncode == 0, done.stderr
    assert (folder / "site/content/posts/soup.md").is_file()
    other = folder / "other-2.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 2.0\n")
    (other / "entry_points.txt").write_text("[postferry.importers]\nnotes = mine:Notes\n")
    twice = installed("--from", "notes", "a.notes", "-o", "again")
    assert twice.returncode == 2
    assert "notes-importer and other" in twice.stderr
