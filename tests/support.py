"""What several tests need: a whole conversion in a folder, front matter read back, the real Hugo."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from pipelines.media.media_queue import MediaQueue
from pipelines.output.output_folder import OutputFolder
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.run.run_result import RunResult
from tests import children, loaded_command


class Site(NamedTuple):
    folder: Path
    outcome: RunResult

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def front(self, path: str) -> dict[str, Any]:
        head = self.text(path).split("---\n")[1]
        loaded = yaml.safe_load(head)
        assert isinstance(loaded, dict)
        return loaded

    def body(self, path: str) -> str:
        return self.text(path).split("---\n", 2)[2].strip("\n")

    def files(self, pattern: str = "content/**/*.md") -> list[str]:
        """Without the pages of authors, which every site has."""
        paths = (str(path.relative_to(self.folder)) for path in self.folder.glob(pattern))
        return sorted(path for path in paths if not path.startswith("content/authors/"))

    @property
    def report(self) -> dict[str, Any]:
        loaded = json.loads(Path(self.outcome.report).read_text(encoding="utf-8"))
        assert isinstance(loaded, dict)
        return loaded

    def notices(self, code: str) -> list[dict[str, Any]]:
        report = self.report
        every = report["source"] + [notice for item in report["items"] for notice in item.get("notices", ())]
        return [notice for notice in every if notice["code"] == code]


def convert(tmp_path: Path, data: str | bytes, *, name: str = "export.xml", **job: Any) -> Site:
    """Convert an export given as text or bytes, in this process."""
    source = tmp_path / name
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    return convert_files(tmp_path, source, **job)


def convert_files(tmp_path: Path, *sources: Path, options: Options | None = None, **job: Any) -> Site:
    folder = tmp_path / "site"
    options = options or Options("wordpress", "hugo")
    outcome = run(Job(tuple(map(str, sources)), str(folder), options, **job))
    return Site(folder, outcome)


def hugo(folder: Path, *arguments: str) -> Path:
    """Build strictly with the real Hugo; returns the folder with the built site."""
    built = folder / "public"
    command = [
        str(Path(sys.executable).with_name("hugo")),
        "--source",
        str(folder),
        "--panicOnWarning",
        "--printPathWarnings",
    ]
    done = children.run([*command, *arguments], capture_output=True, text=True, check=False)
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    assert "WARN" not in output, output
    assert "ERROR" not in output, output
    return built


def command(*arguments: str, cwd: Path | None = None, stdin: bytes | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as a user runs it."""
    done = loaded_command.run(arguments, cwd=cwd, stdin=stdin)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def queue_of(folder: Path) -> MediaQueue:
    """The list of files that came along to an output folder, made where there is none."""
    (folder / ".postferry").mkdir(parents=True, exist_ok=True)
    return MediaQueue(OutputFolder(folder), ".postferry/media.db")
