"""The page on batches: its example runs, and it names every key and option."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

from pipelines.batch import cli
from pipelines.cli.options import OPTIONS
from tests.folders import ROOT
from tests.pipelines.batch.batches import batch, exports, jobs, states

PAGE = (ROOT / "docs/batch.md").read_text(encoding="utf-8")


def test_the_example_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    exports(tmp_path, "exports/a.xml", "exports/b.xml", "old/part1.xml")
    exports(tmp_path, "old/part2.xml")
    shutil.copytree(ROOT / "fixtures/hugo/islands", tmp_path / "islands")
    jobs(tmp_path, example)
    done = batch(tmp_path)
    assert done.returncode == 0, done.stderr
    assert states(tmp_path) == dict.fromkeys(["a-hugo", "b-hugo", "harbour", "islands-jekyll"], "carried")
    assert (tmp_path / "out/harbour/hugo.toml").is_file()
    assert (tmp_path / "islands-jekyll/_config.yml").is_file()


def test_every_key_is_named() -> None:
    assert [option.name for option in OPTIONS if not option.of_run and f"`{option.name}`" not in PAGE] == []


def test_every_option_is_named() -> None:
    names = [name for option in cli.batch.params if isinstance(option, click.Option) for name in option.opts]
    assert len(names) > 8
    assert [name for name in names if f"`{name}" not in PAGE] == []
