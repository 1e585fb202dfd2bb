"""The changes that CONTRIBUTING.md shows: made to a copy of the program, one after the other, and run."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from tests import children

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DIFFS = re.findall(r"^```diff\n(.*?)^```$", PAGE, re.S | re.M)
COMMANDS = re.findall(r"^    ((?:printf .* && )?convert .*)$", PAGE, re.M)
RUN_ALL = """
import os, shlex, subprocess, sys
from pipelines.cli import main, run_summary
from pipelines.run import convert

for command in sys.stdin.read().splitlines():
    before, _, arguments = command.rpartition("convert ")
    subprocess.run(["sh", "-c", before.strip().removesuffix("&&")], check=True)
    child = os.fork()
    if not child:
        sys.argv = ["convert", *shlex.split(arguments), "-q", "--force"]
        main.main()
    assert os.waitpid(child, 0)[1] == 0, command
"""
"""Runs the commands one after the other, each in a process of its own that need not load the program again."""


def run(command: list[str], folder: Path, text: str) -> None:
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPATH": str(folder),
        "GIT_CEILING_DIRECTORIES": str(folder.parent),
    }
    done = children.run(command, cwd=folder, env=environment, input=text, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"


def test_the_changes_work(tmp_path: Path) -> None:
    for name in ("converters", "pipelines", "fixtures"):
        shutil.copytree(ROOT / name, tmp_path / name)  # with what is compiled: copies are as old as what they are of
    for diff in DIFFS:
        run(["git", "apply", "-"], tmp_path, diff)
    run([sys.executable, "-c", RUN_ALL], tmp_path, "\n".join(COMMANDS))

    def written(folder: str) -> str:
        return "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / folder).rglob("*.md")))

    assert "title: The first crossing" in written("harbour-eleventy/content/posts")
    assert "Warm the **pot**." in written("my.diary-hugo/content/posts")
    assert "\ncomment_count: 4\n" in written("harbour-hugo/content/posts")
    assert "redir /" in (tmp_path / "harbour-hugo/redirects/Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"^date: .*Z$", written("harbour-utc/content"), re.M)
    assert "draft: true" in written("harbour-hugo/content")
    assert "draft: true" not in written("harbour-public/content")
    assert ' size="medium" >}}' in written("constructs-hugo/content")
    assert len(DIFFS) == 10
    assert len(COMMANDS) == 8
