"""Folders with exports and a file of jobs, and what a batch made of them."""

from __future__ import annotations

import io
import json
import subprocess
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli.main import main
from tests.wxr import export, item


def exports(folder: Path, *names: str, items: int = 2) -> None:
    """Small exports, all different."""
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            export(
                *(item(number, title=f"{name} {number}", content=f"<p>{name}.</p>") for number in range(1, items + 1))
            )
        )


def jobs(folder: Path, text: str) -> Path:
    file = folder / "jobs.toml"
    file.write_text(text)
    return file


def batch(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`convert batch jobs.toml` in the folder, in one process unless told: called, which is faster than to start it."""
    workers = () if "--workers" in arguments else ("--workers", "1")
    given = ["batch", "jobs.toml", *workers, *arguments]
    out, err = io.StringIO(), io.StringIO()
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(given)
    assert isinstance(ended.value.code, int)
    return subprocess.CompletedProcess(given, ended.value.code, out.getvalue(), err.getvalue())


def report(folder: Path, name: str = "jobs-report.json") -> dict[str, Any]:
    loaded = json.loads((folder / name).read_text())
    assert isinstance(loaded, dict)
    return loaded


def states(folder: Path) -> dict[str, str]:
    """Name -> state, in the order of the report."""
    return {row["name"]: row["state"] for row in report(folder)["sites"]}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of an output, reports among them; the state knows when it was saved."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("state.db"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
