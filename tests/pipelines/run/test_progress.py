"""What a run tells while it goes on: figures, lines, the bar of a terminal, JSON for machines."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import sys
import termios
import threading
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import terminal
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.run.progress import Meter, clock, fitting
from tests import children
from tests.folders import ROOT
from tests.limits import until
from tests.support import command
from tests.wxr import export, item

DOCS = ROOT / "docs/progress.md"
FIGURES = ["64 of 1,000", "32 a second", "0:29 left", "1 notice"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_text(export(*(item(id, content="a\x01b") for id in range(1, 101))))
    return path


def events(stderr: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stderr.splitlines()]


@pytest.mark.parametrize(
    ("told", "after", "line"),
    [
        (("reading", 0, 0, None), 1.0, "reading"),
        (("reading", 1200, 0, None), 2.0, "reading: 1,200, 600 a second"),
        (("converting", 64, 1000, 0), 0.1, "converting: 64 of 1,000"),  # too early for a pace
        (("converting", 64, 1000, 1), 2.0, "converting: 64 of 1,000, 32 a second, 0:29 left, 1 notice"),
        (("downloading", 2, 10, 1234), 60.0, "downloading: 2 of 10, 30 s each, 4:00 left, 1,234 notices"),
        (("converting", 12, 10, 0), 3.0, "converting: 12 of 10, 4 a second, 0:00 left"),
    ],
)
def test_figures(told: tuple[str, int, int, int | None], after: float, line: str) -> None:
    moment = 0.0
    meter = Meter(lambda: moment)
    meter(told[0], 0, 0)
    meter(*told)
    moment = after
    assert meter.reached().line == line


def test_a_stage_that_begins_anew_has_a_pace_of_its_own() -> None:
    moment = 0.0
    meter = Meter(lambda: moment)
    meter("copying", 100, 100, 5)
    moment = 100.0
    meter("copying", 1, 3)
    assert meter.reached().rate is None
    moment = 102.0
    meter("copying", 2, 3)
    reached = meter.reached()
    assert (reached.rate, reached.seconds_left, reached.notices, reached.seconds) == (1.0, 1.0, 5, 102.0)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (7.4, "0:07"), (59.6, "1:00"), (750, "12:30"), (3723, "1:02:03")]
)
def test_clock(seconds: float, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (60, "64 of 1,000, 32 a second, 0:29 left, 1 notice"),
        (44, "64 of 1,000, 32 a second, 0:29 left"),
        (24, "64 of 1,000, 32 a second"),
        (23, "64 of 1,000"),
        (5, ""),
        (-3, ""),
    ],
)
def test_the_most_important_figures_that_fit(columns: int, text: str) -> None:
    assert fitting(FIGURES, columns) == text


def test_every_stage_is_told_and_every_notice_counted(source: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int, int | None]] = []
    files = tmp_path / "files"
    files.mkdir()
    job = Job(
        (str(source),),
        str(tmp_path / "site"),
        Options("wordpress", "hugo"),
        media=Settings("copy", str(files)),
        workers=1,
    )
    outcome = run(job, lambda stage, done, total, notices=None: told.append((stage, done, total, notices)))
    stages = list(dict.fromkeys(stage for stage, *_ in told))
    assert stages == ["opening", "reading", "planning", "looking for files", "converting", "finishing", "reporting"]
    documented = re.findall(r"`([a-z ]+)`", DOCS.read_text().partition("## For machines")[0])
    assert set(stages) < set(documented)
    for stage in ("planning", "looking for files", "converting"):
        assert [row[:3] for row in told if row[0] == stage][-1] == (stage, 100, 100)
    assert [row[3] for row in told if row[0] == "converting"][-1] == sum(outcome.account.notices.values()) == 100


def test_a_line_comes_also_when_nothing_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_EVERY", 0.02)
    before = threading.active_count()
    with terminal.progress(quiet=False) as tell:
        tell("planning", 3, 10)
        heard = []

        def again() -> bool:
            heard.append(capsys.readouterr().err)
            return "".join(heard).count("planning: 3 of 10") >= 2

        assert until(again)
    assert until(lambda: threading.active_count() == before), "nothing is there that could tell more"


def test_what_is_no_terminal_gets_plain_lines(source: Path) -> None:
    done = command("export.xml", cwd=source.parent)
    assert done.returncode == 0
    assert not re.search(r"[^\n -~]", done.stderr)


def test_json_is_all_that_is_said_and_its_keys_are_documented(source: Path) -> None:
    done = command("export.xml", "--log-format", "json", cwd=source.parent)
    assert done.returncode == 0
    told = events(done.stderr)
    keys: dict[str, list[str]] = {}
    event = ""
    for row in re.findall(r"^\| (?:`(\w+)`)? ?\| (?:`(\w+)`)? ?\|", DOCS.read_text(), re.MULTILINE):
        event = row[0] or event
        keys.setdefault(event, ["event"]).extend(name for name in row[1:] if name)
    assert [each["event"] for each in told[:-1]] == ["progress"] * (len(told) - 1)
    for each in told:
        assert list(each) == keys[each["event"]]
    summary = told[-1]
    assert summary["carried"] == {"post": 100}
    assert sum(summary["notices"].values()) == 100
    assert summary["files"]["written"] > 100
    assert summary["next"] == "cd export-hugo && hugo server"


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["none.xml"], 66, "There is no file none.xml. Give the path of the export you downloaded."),
        (["export.xml", "--to", "hugoo"], 2, "Did you mean 'hugo'?"),
        (["export.xml", "--nonsense"], 2, "--nonsense"),
    ],
)
def test_errors_in_json(source: Path, arguments: list[str], status: int, says: str) -> None:
    done = command(*arguments, "--log-format=json", "--from", "wordpress", cwd=source.parent)
    assert done.returncode == status
    last = events(done.stderr)[-1]
    assert list(last) == ["event", "status", "message"]
    assert (last["event"], last["status"]) == ("error", status)
    assert says in last["message"]


def test_quiet_json_says_what_failed_and_nothing_else(source: Path) -> None:
    arguments = ["export.xml", "-q", "--log-format", "json"]
    assert command(*arguments, cwd=source.parent).stderr == ""
    failed = command(*arguments, "--strict", cwd=source.parent)
    assert [(each["event"], each["status"]) for each in events(failed.stderr)] == [("summary", 3)]


def in_terminal(columns: int, *arguments: str, cwd: Path, **environment: str) -> tuple[int, str]:
    """Exit status and output of the command on a terminal of that many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    script = Path(sys.executable).with_name("postferry")
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    env = {**plain, "TERM": "xterm", "PYTHONIOENCODING": "utf-8", **environment}
    process = children.start([str(script), *arguments], cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    heard = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # Linux, when the other end is closed
            break
        if not data:
            break
        heard += data
    os.close(ours)
    return process.wait(), heard.decode()


@pytest.mark.parametrize("columns", [16, 40, 100])
def test_the_bar_stays_on_its_line_and_vanishes(source: Path, columns: int) -> None:
    status, heard = in_terminal(columns, "export.xml", cwd=source.parent)
    assert status == 0
    shown, _, summary = heard.rpartition("\x1b[?25h")  # the cursor is seen again
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    frames = [frame for frame in re.split(r"[\r\n]+", plain) if frame]
    assert any("converting" in frame for frame in frames)
    assert max(len(frame) for frame in frames) <= columns
    assert "\x1b[2K" in summary
    assert "Next: cd export-hugo && hugo server" in summary


def test_no_color(source: Path) -> None:
    colour = re.compile(r"\x1b\[[0-9;]*[1-9][0-9;]*m")
    assert colour.search(in_terminal(100, "export.xml", "-o", "a", cwd=source.parent)[1])
    assert not colour.search(in_terminal(100, "export.xml", "-o", "b", cwd=source.parent, NO_COLOR="1")[1])


def test_a_dumb_terminal_gets_plain_lines(source: Path) -> None:
    _, heard = in_terminal(80, "export.xml", cwd=source.parent, TERM="dumb")
    assert "\x1b" not in heard
    assert "Next: cd export-hugo && hugo server" in heard


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom pipelines.cli.main import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n"
        "    print([name for name in ('rich', 'lxml', 'msgspec', 'sqlite3', 'multiprocessing', 'asyncio', 'json')"
        " if name in sys.modules], file=sys.stderr)"
    )
    done = children.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert "--log-format" in done.stdout
