"""`convert` alone: questions on a real pseudo-terminal, none without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipelines.inspect.terminal import talk
from tests.support import command
from tests.wxr import export, item


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    upload = item(3, type="attachment", url="https://old.example/wp-content/uploads/a.jpg")
    (tmp_path / "export.xml").write_text(export(item(1), item(2, status="draft"), upload))
    return tmp_path


def test_five_questions_and_the_command_that_answers_them(folder: Path) -> None:
    status, shown = talk([], ["export.xml\n", "jekyll\n", "leave\n", "leave out\n", "out\n"], folder)
    assert status == 0, shown
    assert "What will need care" in shown
    assert "Running: convert export.xml --to jekyll --status published,future -o out" in shown
    assert len([line for line in shown.splitlines() if "]: " in line]) == 5
    assert shown.rstrip().endswith("Next: cd out && jekyll serve")
    assert len(list((folder / "out/_posts").glob("*.md"))) == 1
    assert not (folder / "out/_drafts").exists()


def test_enter_takes_what_is_usual(folder: Path) -> None:
    status, shown = talk([], ["\n"] * 5, folder)
    assert status == 0, shown
    assert "Running: convert export.xml --to hugo -o export-hugo" in shown
    assert (folder / "export-hugo/hugo.toml").is_file()


def test_questions_that_answer_themselves_are_not_asked(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1)))
    status, shown = talk([], ["\n"] * 3, tmp_path)
    assert status == 0, shown
    assert len([line for line in shown.splitlines() if "]: " in line]) == 3


def test_mistakes_are_said_and_asked_again(folder: Path) -> None:
    (folder / "mine").mkdir()
    (folder / "mine/diary.txt").write_text("mine")
    (folder / "uploads-copy").mkdir()
    answers = ["exprt.xml\n", "export.xml\n", "hugoo\n", "hugo\n", "uploads-cpy\n", "uploads-copy\n"]
    status, shown = talk([], [*answers, "keep\n", "mine\n", "fine\n"], folder)
    assert status in (0, 4), shown
    assert "Did you mean export.xml?" in shown
    assert "Did you mean hugo?" in shown
    assert "Did you mean uploads-copy?" in shown
    assert "mine holds files of others." in shown
    assert "Running: convert export.xml --to hugo --media copy:uploads-copy -o fine" in shown
    assert [path.name for path in (folder / "mine").iterdir()] == ["diary.txt"]


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_leaving_does_nothing(folder: Path, key: str) -> None:
    before = sorted(folder.rglob("*"))
    status, shown = talk([], ["\n", key], folder)
    assert status == 130, shown
    assert "Traceback" not in shown
    assert sorted(folder.rglob("*")) == before


def test_without_a_terminal_nothing_is_asked(folder: Path) -> None:
    done = command(cwd=folder, stdin=b"export.xml\n\n\n\n\n")
    assert done.returncode == 2
    assert "Usage" in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["export.xml"]
