"""The command as a user types it: help, usage errors, exit codes, files that are not ours."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests import children
from tests.hostile.cases import case
from tests.support import command
from tests.wxr import export, item


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_text(export(item(1), item(2, status="draft")))
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def visible(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in tree(folder).items() if not path.startswith(".postferry")}


def test_help_names_every_option() -> None:
    done = command("--help")
    assert done.returncode == 0
    for option in ("--from", "--to", "--output", "--media", "--report", "--strict", "Exit status", "Examples"):
        assert option in done.stdout


def test_version() -> None:
    assert command("--version").stdout.startswith("postferry, version 0.")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "hugoo", "export.xml"], "Did you mean 'hugo'?"),
        (["--from", "wordpres", "export.xml"], "Did you mean 'wordpress'?"),
        (["--timezone", "Europe/Berlni", "export.xml"], "Did you mean Europe/Berlin?"),
        (["--status", "drafts", "export.xml"], "Did you mean draft?"),
        (["--markdown-engine", "none", "export.xml"], "none of the markdown"),
        (["--front-matter", "xml", "export.xml"], "front-matter"),
        (["--redirects", "nginx,apach", "export.xml"], "Did you mean apache?"),
        (["--redirects", "netlify,cloudflare", "export.xml"], "read the same file"),
        (["--nonsense", "export.xml"], "--nonsense"),
        (["a.png", "-resize", "50%", "b.png"], "postferry"),
        (["photo.jpg", "photo.webp"], "postferry"),
        ([], "Usage"),
    ],
)
def test_usage_errors(source: Path, arguments: list[str], says: str) -> None:
    done = command(*arguments, cwd=source.parent)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_formats() -> None:
    done = command("formats")
    assert done.returncode == 0
    assert {"html", "wordpress"} <= set(re.findall(r"[\w-]+", done.stdout.splitlines()[0]))


def test_the_source_is_recognised_and_the_output_named_after_it(source: Path) -> None:
    done = command("export.xml", cwd=source.parent)
    assert done.returncode == 0, done.stderr
    assert (source.parent / "export-hugo/hugo.toml").is_file()
    assert done.stdout == ""
    assert "2 items = 2 carried" in done.stderr
    assert done.stderr.splitlines()[-1] == "Next: cd export-hugo && hugo server"


def test_quiet_is_quiet(source: Path) -> None:
    done = command("-q", "export.xml", cwd=source.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_dry_run_writes_nothing(source: Path) -> None:
    before = tree(source.parent)
    done = command("--dry-run", "export.xml", cwd=source.parent)
    assert done.returncode == 0
    assert tree(source.parent) == before


def test_strict_turns_changes_into_a_status(source: Path) -> None:
    source.write_text(export(item(1, content="a\x01b")))
    assert command("--strict", "export.xml", cwd=source.parent).returncode == 3
    source.write_text(export(item(1)))
    assert command("--strict", "export.xml", cwd=source.parent).returncode == 0


@case("path-not-ours", "an output folder that holds files of others", "exit 73, all left as it is, unless `--force`")
def test_a_folder_of_the_users_is_refused(source: Path) -> None:
    folder = source.parent / "mine"
    folder.mkdir()
    (folder / "diary.txt").write_text("dear diary")
    done = command("export.xml", "-o", "mine", cwd=source.parent)
    assert done.returncode == 73
    assert "--force" in done.stderr
    assert tree(folder) == {"diary.txt": b"dear diary"}


@case("path-edited", "a file of an earlier run that its owner has changed", "kept and named")
def test_running_again_gives_the_same_and_keeps_what_the_user_changed(source: Path) -> None:
    assert command("export.xml", cwd=source.parent).returncode == 0
    folder = source.parent / "export-hugo"
    first = visible(folder)
    stamp = (folder / "hugo.toml").stat().st_mtime_ns
    assert command("export.xml", cwd=source.parent).returncode == 0
    assert visible(folder) == first
    assert (folder / "hugo.toml").stat().st_mtime_ns == stamp
    (folder / "content/posts/post-1.md").write_text("edited by hand")
    source.write_text(export(item(1, content="other"), item(3)))
    done = command("export.xml", cwd=source.parent)
    assert done.returncode == 0
    assert "content/posts/post-1.md" in done.stderr
    assert (folder / "content/posts/post-1.md").read_text() == "edited by hand"
    assert not (folder / "content/posts/post-2.md").exists()
    assert (folder / "content/posts/post-3.md").is_file()


def test_a_link_out_of_the_folder_is_refused(source: Path) -> None:
    assert command("export.xml", cwd=source.parent).returncode == 0
    folder = source.parent / "export-hugo"
    elsewhere = source.parent / "elsewhere"
    (folder / "content/posts").rename(elsewhere)
    (folder / "content/posts").symlink_to(elsewhere)
    (elsewhere / "post-1.md").unlink()
    done = command("export.xml", cwd=source.parent)
    assert done.returncode == 73
    assert not (elsewhere / "post-1.md").exists()


def test_output_inside_a_source_folder_is_refused(source: Path) -> None:
    done = command(".", "--from", "wordpress", "-o", "out", cwd=source.parent)
    assert done.returncode == 73


def test_the_report_names_every_item(source: Path) -> None:
    assert command("export.xml", "--report", "r.json", cwd=source.parent).returncode == 0
    report = json.loads((source.parent / "r.json").read_text())
    assert [row["id"] for row in report["items"]] == ["1", "2"]
    assert report["account"]["carried"] == {"post": 2}


@case(
    "report-terminal-escapes",
    "escape sequences for terminals in titles, addresses, names of files",
    "none reaches the terminal",
)
def test_control_characters_of_the_source_do_not_reach_the_terminal(source: Path) -> None:
    text = export(item(1, title="\x9b31mred"), "<item><title>\x1b]0;evil\x07</title><wp:post_id>9</wp:post_id>")
    source.write_text(text)
    done = command("export.xml", cwd=source.parent)
    assert "\x1b" not in done.stderr
    assert "\x9b" not in done.stderr


def test_names_of_files_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1, slug="\u00fcber-\u6d77")), encoding="utf-8")
    names = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    script = Path(sys.executable).with_name("postferry")
    arguments = ["export.xml", "-q", "-o", "\u00f6"]
    for changed in ({}, names):
        done = children.run([script, *arguments], capture_output=True, cwd=tmp_path, env={**os.environ, **changed})
        assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "\u00f6/content/posts/\u00fcber-\u6d77.md").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.xml", "\u00f6"]
