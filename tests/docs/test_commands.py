"""Every command that the documentation and the README show is run here, or by the tests that the table names."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import ROOT
from tests.support import command

PAGES = sorted([ROOT / "README.md", ROOT / "SECURITY.md", *(ROOT / "docs").glob("*.md")])
ELSEWHERE = {
    "s3://": "tests/pipelines/remote/test_outputs.py",
    "https://": "tests/pipelines/remote/test_sources.py",
    "tcp://": "tests/pipelines/run/test_cluster.py",
    "batch": "tests/pipelines/batch/test_docs.py",
    "blog.notes": "tests/plugin/test_write_an_importer.py",
    "eleventy_exporter": "tests/plugin/test_write_an_exporter.py",
    "--pass ": "tests/plugin/test_write_a_pass.py",
    "--media download": "tests/pipelines/media/test_download.py",
    "[OPTIONS]": "not a command but the form of all",
    ".venv/bin": "the set-up, which a fresh clone runs",
}
"""What a command holds that is run by other tests."""
_FENCED = re.compile(r"^```(?!toml|yaml|json|html|text)[^\n]*\n(.*?)^```", re.S | re.M)


def commands(page: Path) -> Iterator[str]:
    """The commands in the blocks of code of a page, without those that other tests run."""
    text = page.read_text(encoding="utf-8")
    lines = [line[4:] for line in text.splitlines() if line.startswith("    ")]
    lines += [line for block in _FENCED.findall(text) for line in block.splitlines()]
    for line in lines:
        if re.match(r"(?:\$ )?convert ", line) and not any(mark in line for mark in ELSEWHERE):
            yield line.removeprefix("$ ").partition("  #")[0].strip()


SHOWN = {page.name: found for page in PAGES if page.exists() and (found := list(commands(page)))}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder that holds whatever the pages talk about."""
    fixtures = ROOT / "fixtures"
    for name in ("export.xml", "2019.xml", "part1.xml"):
        shutil.copy(fixtures / "wordpress/harbour.xml", tmp_path / name)
    for name in ("2020.xml", "part2.xml"):
        shutil.copy(fixtures / "wordpress/qtranslate.xml", tmp_path / name)
    (tmp_path / "backup/wp-content/uploads").mkdir(parents=True)
    (tmp_path / "rules.toml").write_text('[shortcodes.su_note]\nhtml = "<b>{{ inside }}</b>"\n')
    page = "<!DOCTYPE html><title>A page</title><article id=story><h1>A page</h1><p>Words of it.</p></article>"
    (tmp_path / "public").mkdir()
    for name in ("public/index.html", "public/one.html", "page.html", "other.html"):
        (tmp_path / name).write_text(page)
    shutil.make_archive(str(tmp_path / "saved-site"), "zip", tmp_path / "public")
    (tmp_path / "post.md").write_text("---\ntitle: A post\n---\n\nWords.\n")
    (tmp_path / "my-site/content/posts").mkdir(parents=True)
    (tmp_path / "my-site/hugo.toml").write_text('title = "A site"\nbaseURL = "https://a.example/"\n')
    shutil.copy(tmp_path / "post.md", tmp_path / "my-site/content/posts/post.md")
    return tmp_path


@pytest.mark.parametrize("page", SHOWN)
def test_the_commands_of_a_page(desk: Path, page: str) -> None:
    """One after the other, as somebody would who reads it; what needs a site has one."""
    if any("my-blog" in line and "--against" in line for line in SHOWN[page]):
        assert command("export.xml", "-o", "my-blog", cwd=desk).returncode == 0
    for line in SHOWN[page]:
        words = shlex.split(line)[1:]
        done = command(*words, *_elsewhere(words), cwd=desk)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def _elsewhere(words: list[str]) -> list[str]:
    """Two commands of a page may write into one folder for different targets: its reader would add `--force`."""
    return ["--force"] if "-o" in words and "--against" not in words else []


def test_there_are_commands() -> None:
    assert sum(map(len, SHOWN.values())) > 20
    assert all((ROOT / place).exists() for place in ELSEWHERE.values() if place.startswith("tests/"))
