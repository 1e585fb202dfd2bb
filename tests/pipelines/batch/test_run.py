"""What a batch does: states, exit codes, what is done again and what is not, in any number of processes."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from pipelines.batch.run import state_files
from pipelines.batch.work import Batch
from tests.pipelines.batch.batches import batch, exports, jobs, report, states, tree
from tests.support import command
from tests.wxr import export, item

EACH = '[[site]]\nsource = "in/*.xml"\noutput = "out/{stem}"\n'
BROKEN = '[[site]]\nsource = "none.xml"\noutput = "out/none"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    exports(tmp_path, "in/a.xml", "in/b.xml", "in/c.xml")
    jobs(tmp_path, EACH)
    return tmp_path


def test_a_site_of_a_batch_is_what_the_command_makes(folder: Path) -> None:
    jobs(folder, "[defaults]\ntimezone = 'Europe/Berlin'\n" + EACH + "redirects = ['nginx']\nfront-matter = 'toml'\n")
    done = batch(folder)
    assert done.returncode == 0, done.stderr
    options = ("--timezone", "Europe/Berlin", "--redirects", "nginx", "--front-matter", "toml")
    assert command("in/a.xml", "-o", "alone", *options, cwd=folder).returncode == 0
    assert tree(folder / "out/a") == tree(folder / "alone")
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["a", "b", "c"]


def test_a_failing_site_does_not_stop_the_others(folder: Path) -> None:
    text = export(item(1), item(2))
    (folder / "half.xml").write_text(text[: text.rindex("<item>") + 20])
    (folder / "text.xml").write_text("no export")
    (folder / "mine").mkdir()
    (folder / "mine/diary.txt").write_text("dear diary")
    others = "".join(f'[[site]]\nfrom = "wordpress"\nsource = "{name}.xml"\n' for name in ("text", "half"))
    foreign = '[[site]]\nsource = "in/a.xml"\noutput = "mine"\n'
    jobs(folder, BROKEN + others + foreign + EACH)
    done = batch(folder)
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
    rows = {row["name"]: row for row in report(folder)["sites"]}
    failed = {name: row["status"] for name, row in rows.items() if row["state"] == "failed"}
    assert failed == {"none": 66, "text-hugo": 65, "half-hugo": 4, "mine": 73}
    assert {name for name, row in rows.items() if row["state"] == "carried"} == {"a", "b", "c"}
    assert "There is no file" in rows["none"]["why"]
    assert all(rows[name]["why"] in done.stderr for name in failed)
    assert list(tree(folder / "mine")) == ["diary.txt"]
    assert not (folder / "out/none").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_fail_fast_begins_no_other_site(folder: Path, workers: int) -> None:
    exports(folder, *(f"in/{number:02}.xml" for number in range(10)))
    jobs(folder, BROKEN.replace("none.xml", "in/../none.xml") + EACH)
    done = batch(folder, "--fail-fast", "--workers", str(workers))
    assert done.returncode == 4
    found = list(states(folder).values())
    assert found.count("failed") == 1
    assert found.count("not begun") >= (13 if workers == 1 else 0)
    assert batch(folder).returncode == 4
    assert "not begun" not in states(folder).values()


def test_only(folder: Path) -> None:
    assert batch(folder, "--only", "a, [c-z]").returncode == 0
    assert states(folder) == {"a": "carried", "c": "carried"}
    assert not (folder / "out/b").exists()
    done = batch(folder, "--only", "a,harbuor")
    assert done.returncode == 2
    assert "no site is called 'harbuor'" in done.stderr


def test_dry_run_writes_nothing(folder: Path) -> None:
    before = tree(folder)
    done = batch(folder, "--dry-run")
    assert done.returncode == 0
    assert "Nothing was written" in done.stderr
    assert (tree(folder), (folder / ".postferry").exists()) == (before, False)
    assert batch(folder).returncode == 0
    exports(folder, "in/b.xml", items=3)
    before = tree(folder / "out")
    done = batch(folder, "--dry-run")
    assert [line.split()[-1] for line in done.stderr.splitlines()[1:4]] == ["unchanged", "carried", "unchanged"]
    assert tree(folder / "out") == before


def test_what_is_unchanged_is_not_done_again(folder: Path) -> None:
    assert batch(folder).returncode == 0
    first = report(folder)
    stamps = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*") if path.is_file()}
    assert batch(folder).returncode == 0
    assert set(states(folder).values()) == {"unchanged"}
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    second = report(folder)
    assert [row | {"state": ""} for row in second["sites"]] == [row | {"state": ""} for row in first["sites"]]


def _source(folder: Path) -> None:
    exports(folder, "in/b.xml", items=3)


def _gone(folder: Path) -> None:
    (folder / "out/b/hugo.toml").unlink()


def _all_gone(folder: Path) -> None:
    shutil.rmtree(folder / "out/b")


def _other_run(folder: Path) -> None:
    assert command("in/b.xml", "-o", "out/b", "--front-matter", "json", cwd=folder).returncode == 0


def _killed_run(folder: Path) -> None:
    """A run that had begun to write takes its number before its first file."""
    with sqlite3.connect(folder / "out/b/.postferry/state.db") as db:
        db.execute("INSERT INTO runs (number) VALUES (2)")
    db.close()


def _rules(folder: Path) -> None:
    (folder / "rules.toml").write_text("[shortcodes.x]\ndrop = true\n")


@pytest.mark.parametrize("change", [_source, _gone, _all_gone, _other_run, _killed_run])
def test_what_is_changed_is_done_again_and_nothing_else(folder: Path, change: object) -> None:
    assert batch(folder).returncode == 0
    assert callable(change)
    change(folder)
    assert batch(folder).returncode == 0
    assert states(folder) == {"a": "unchanged", "b": "carried", "c": "unchanged"}
    assert command("in/b.xml", "-o", "alone", cwd=folder).returncode == 0
    assert tree(folder / "out/b") == tree(folder / "alone")


def test_other_options_are_a_change(folder: Path) -> None:
    (folder / "rules.toml").write_text("")
    jobs(folder, EACH + "rules = 'rules.toml'\n")
    assert batch(folder).returncode == 0
    _rules(folder)
    assert batch(folder).returncode == 0
    assert set(states(folder).values()) == {"carried"}
    jobs(folder, EACH + "rules = 'rules.toml'\nfront-matter = 'toml'\n")
    assert batch(folder).returncode == 0
    assert set(states(folder).values()) == {"carried"}
    assert batch(folder).returncode == 0
    assert set(states(folder).values()) == {"unchanged"}


def test_a_folder_is_its_files_and_their_names(folder: Path) -> None:
    jobs(folder, '[[site]]\nsource = "in"\noutput = "out"\n')
    found: list[str] = []

    def run() -> None:
        assert batch(folder).returncode == 0
        found.extend(states(folder).values())

    run()
    run()
    (folder / "in/c.xml").rename(folder / "in/d.xml")
    run()
    exports(folder, "in/e/f.xml")
    run()
    run()
    assert found == ["carried", "unchanged", "carried", "carried", "unchanged"]


def test_redo_does_all_again(folder: Path) -> None:
    assert batch(folder).returncode == 0
    before = tree(folder / "out")
    assert batch(folder, "--redo").returncode == 0
    assert set(states(folder).values()) == {"carried"}
    assert tree(folder / "out") == before


def test_what_failed_is_done_again(folder: Path) -> None:
    jobs(folder, EACH + BROKEN)
    assert batch(folder).returncode == 4
    exports(folder, "none.xml")
    assert batch(folder).returncode == 0
    assert states(folder) == {"a": "unchanged", "b": "unchanged", "c": "unchanged", "none": "carried"}


def test_force_writes_into_folders_of_others(folder: Path) -> None:
    (folder / "out/a").mkdir(parents=True)
    (folder / "out/a/diary.txt").write_text("dear diary")
    assert batch(folder, "--only", "a").returncode == 4
    assert batch(folder, "--only", "a", "--force").returncode == 0
    assert (folder / "out/a/diary.txt").read_text() == "dear diary"


def test_strict_is_of_a_site(folder: Path) -> None:
    (folder / "in/b.xml").write_text(export(item(1, content="a\x01b")))
    jobs(folder, "[defaults]\nstrict = true\n" + EACH)
    assert batch(folder).returncode == 4
    assert {row["name"]: row["status"] for row in report(folder)["sites"]} == {"a": 0, "b": 3, "c": 0}


def test_the_report_and_the_state_go_where_they_are_told(folder: Path) -> None:
    assert batch(folder, "--report", "r/all.json", "--state", "kept").returncode == 0
    assert [row["name"] for row in report(folder, "r/all.json")["sites"]] == ["a", "b", "c"]
    assert not (folder / ".postferry").exists()
    assert [path.suffix for path in (folder / "kept").iterdir()] == [".db"]
    assert batch(folder, "--state", "kept").returncode == 0
    assert set(states(folder).values()) == {"unchanged"}


def test_the_report_differs_in_nothing_but_times(folder: Path) -> None:
    reports = []
    for _ in range(2):
        assert batch(folder, "--redo").returncode == 0
        reports.append(report(folder))
    assert [set(one.pop("seconds")) for one in reports] == [{"a", "b", "c"}] * 2
    assert reports[0] == reports[1]
    assert reports[0]["total"]["items"] == 6


def test_quiet_names_only_what_failed(folder: Path) -> None:
    done = batch(folder, "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    jobs(folder, EACH + BROKEN)
    done = batch(folder, "-q")
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith("none ")


def test_paths_are_those_of_the_file_wherever_it_is_called_from(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert command("batch", str(folder / "jobs.toml"), "--workers", "1", cwd=elsewhere).returncode == 0
    assert list(elsewhere.iterdir()) == []
    assert batch(folder).returncode == 0
    assert set(states(folder).values()) == {"unchanged"}


def test_a_moved_folder_is_still_unchanged(folder: Path) -> None:
    assert batch(folder).returncode == 0
    moved = folder.with_name("moved")
    folder.rename(moved)
    assert batch(moved).returncode == 0
    assert set(states(moved).values()) == {"unchanged"}


def test_the_number_of_processes_changes_nothing(folder: Path) -> None:
    exports(folder, "in/large.xml", items=60)
    jobs(folder, BROKEN + EACH)
    seen = []
    for workers in ("1", "2", "7"):
        assert batch(folder, "--workers", workers, "--redo", "--report", "r.json").returncode == 4
        found = report(folder, "r.json")
        found.pop("seconds")
        seen.append((tree(folder / "out"), found))
        shutil.rmtree(folder / "out")
    assert seen[0] == seen[1] == seen[2]


def test_a_damaged_ledger_costs_a_run(folder: Path) -> None:
    for expected in ("carried", "unchanged"):
        assert batch(folder).returncode == 0
        assert set(states(folder).values()) == {expected}
    state_files(Batch(folder / "jobs.toml")).state.write_bytes(b"no database" * 1000)
    for expected in ("carried", "unchanged"):
        assert batch(folder).returncode == 0
        assert set(states(folder).values()) == {expected}


def test_a_ledger_that_is_a_folder_is_named(folder: Path) -> None:
    state_files(Batch(folder / "jobs.toml")).state.mkdir(parents=True)
    done = batch(folder)
    assert done.returncode == 73
    assert ".db is no plain file" in done.stderr


def test_help_shows_three_ways() -> None:
    done = command("batch", "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: convert batch [OPTIONS] JOBS.toml")
    assert done.stdout.count("  convert batch jobs.toml") == 3
    for option in ("--only", "--dry-run", "--fail-fast", "--workers", "--report", "--quiet", "--force", "--redo"):
        assert option in done.stdout
