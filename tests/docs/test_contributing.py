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
CONVERT = f"""#!/bin/sh
exec {sys.executable} -c 'from pipelines.cli.main import main; main()' "$@" -q --force
"""


def sh(command: str, folder: Path, text: str = "") -> None:
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PYTHONPATH": str(folder), "PATH": path, "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    done = children.run(
        ["sh", "-c", command], cwd=folder, env=environment, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{text}\n{done.stdout}{done.stderr}"


def test_the_changes_work(tmp_path: Path) -> None:
    for name in ("converters", "pipelines", "fixtures"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "convert").write_text(CONVERT)
    (tmp_path / "convert").chmod(0o755)
    for diff in DIFFS:
        sh("git apply -", tmp_path, diff)
    for command in COMMANDS:
        sh(command, tmp_path)

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
