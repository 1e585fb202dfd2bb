"""Running again into the same folder: only what changed is written, what vanished goes, what the user edited stays."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.run.fingerprint import run_fingerprint
from pipelines.run.run_result import Written
from tests.hostile.cases import case
from tests.support import Site, command
from tests.wxr import export, item

ONE, TWO = "content/posts/post-1.md", "content/posts/post-2.md"
EDITED = "edited by hand"


class Home:
    """An output folder, and the source that is carried there again and again."""

    def __init__(self, folder: Path, target: str = "hugo") -> None:
        self.source, self.folder = folder / "export.xml", folder / "site"
        self.job = Job((str(self.source),), str(self.folder), Options("wordpress", target), workers=1)
        self.stamps: dict[str, int] = {}

    def carry(self, *items: str, **job: Any) -> Site:
        """Carry these items, in a run that does whatever there is to do."""
        self.source.write_text(export(*items))
        return Site(self.folder, run(msgspec.structs.replace(self.job, **job)))

    def look(self) -> set[str]:
        """The files that were touched or are new since the last look; what is gone is among them, with a `-`."""
        now = {
            str(path.relative_to(self.folder)): path.stat().st_mtime_ns
            for path in self.folder.rglob("*")
            if path.is_file() and ".postferry" not in path.parts
        }
        before, self.stamps = self.stamps, now
        changed = {path for path, stamp in now.items() if before.get(path) != stamp}
        return changed | {f"-{path}" for path in before if path not in now}

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def edit(self, path: str, text: str = EDITED) -> None:
        (self.folder / path).write_text(text)
        self.look()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.carry(item(1), item(2))
    home.look()
    return home


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_the_same_again_touches_nothing(tmp_path: Path, target: str) -> None:
    home = Home(tmp_path, target)
    items = item(1, terms=[("category", "c", "C")]), item(2, type="page"), item(3, status="draft")
    first = home.carry(*items).outcome.written
    home.look()
    again = home.carry(*items).outcome
    assert home.look() == set()
    assert again.written == Written(0, first.new + first.unchanged, 0)
    assert again.kept == ()


def test_a_changed_post_alone_is_written(home: Home) -> None:
    outcome = home.carry(item(1, content="Another text."), item(2)).outcome
    assert home.look() == {ONE}
    assert (outcome.written.new, outcome.written.removed) == (1, 0)
    assert "Another text." in home.text(ONE)


def test_a_new_post_alone_is_written(home: Home) -> None:
    home.carry(item(1), item(2), item(3))
    assert home.look() == {"content/posts/post-3.md"}


def test_a_post_that_is_gone_is_removed_with_its_folder(home: Home) -> None:
    home.carry(item(1), item(2), item(3, type="recipe"))
    assert "content/recipe/recipe-3.md" in home.look()
    outcome = home.carry(item(1), item(2)).outcome
    assert "-content/recipe/recipe-3.md" in home.look()
    assert not (home.folder / "content/recipe").exists()
    assert outcome.written.removed == 1


def test_a_new_slug_moves_the_file(home: Home) -> None:
    home.carry(item(1), item(2, slug="second"))
    assert home.look() == {"content/posts/second.md", f"-{TWO}"}


def test_a_draft_that_is_published_changes_in_its_place(home: Home) -> None:
    home.carry(item(1, status="draft"), item(2))
    assert ONE in home.look()
    home.carry(item(1), item(2))
    assert ONE in home.look()
    assert "draft: true" not in home.text(ONE)


@pytest.mark.parametrize("changed", [False, True])
def test_an_edited_post_is_left_alone_and_named_each_time(home: Home, changed: bool) -> None:
    home.edit(ONE)
    for _ in range(2):
        site = home.carry(item(1, content="Another text." if changed else "Text of 1."), item(2))
        assert home.look() == set()
        assert site.outcome.kept == (ONE,)
        assert site.report["kept"] == [ONE]
    assert home.text(ONE) == EDITED


def test_an_edit_that_is_taken_back_is_ours_again(home: Home) -> None:
    ours = home.text(ONE)
    home.edit(ONE)
    home.carry(item(1), item(2))
    home.edit(ONE, ours)
    assert home.carry(item(1), item(2)).outcome.kept == ()
    assert home.carry(item(1, content="Another text."), item(2)).outcome.kept == ()
    assert "Another text." in home.text(ONE)


def test_the_user_s_edit_that_comes_true_is_ours_again(home: Home) -> None:
    home.edit(ONE, home.text(ONE).replace("Text of 1.", "Another text."))
    assert home.carry(item(1, content="Another text."), item(2)).outcome.kept == ()
    assert home.look() == set()


def test_an_edited_post_whose_item_is_gone_stays_and_is_the_user_s(home: Home) -> None:
    home.edit(ONE)
    assert home.carry(item(2)).outcome.kept == (ONE,)
    assert home.carry(item(2)).outcome.kept == ()
    assert home.text(ONE) == EDITED
    assert home.carry(item(1), item(2)).outcome.kept == (ONE,)


def test_force_writes_over_what_was_edited(home: Home) -> None:
    home.edit(ONE)
    assert home.carry(item(1), item(2), force=True).outcome.kept == ()
    assert "Text of 1." in home.text(ONE)


def test_a_deleted_file_is_written_again(home: Home) -> None:
    (home.folder / ONE).unlink()
    home.look()
    outcome = home.carry(item(1), item(2)).outcome
    assert home.look() == {ONE}
    assert outcome.written.new == 1


def test_an_edited_and_then_deleted_file_is_written_again(home: Home) -> None:
    home.edit(ONE)
    home.carry(item(1), item(2))
    (home.folder / ONE).unlink()
    home.look()
    assert home.carry(item(1), item(2)).outcome.kept == ()
    assert home.look() == {ONE}


def test_files_of_the_user_s_own_stay(home: Home) -> None:
    mine = home.folder / "content/posts/mine.md"
    mine.write_text("mine")
    home.look()
    assert home.carry(item(1)).outcome.kept == ()
    assert home.look() >= {f"-{TWO}"}
    assert mine.read_text() == "mine"
    assert home.carry(item(1), item(3, slug="mine")).outcome.kept == ("content/posts/mine.md",)
    assert mine.read_text() == "mine"


def test_a_picture_that_is_gone_from_the_texts_goes(tmp_path: Path) -> None:
    home = Home(tmp_path)
    uploads = tmp_path / "wp-content/uploads/2021"
    uploads.mkdir(parents=True)
    (uploads / "a.gif").write_bytes(b"GIF89a\1\0\1\0\0\0\0;")
    options = Options("wordpress", "hugo", write=WriteOptions(media="copy"))
    how = {"options": options, "media": Settings("copy", str(tmp_path / "wp-content"))}
    shown = item(1, content='<img src="https://old.example/wp-content/uploads/2021/a.gif" alt="">')
    picture = "static/wp-content/uploads/2021/a.gif"
    home.carry(shown, **how)
    assert picture in home.look()
    home.carry(shown, **how)
    assert home.look() == set()
    home.carry(item(1), **how)
    assert home.look() == {f"-{picture}", ONE}


def test_another_option_changes_what_it_changes(home: Home) -> None:
    options = Options("wordpress", "hugo", write=WriteOptions(front_matter="toml"))
    home.carry(item(1), item(2), options=options)
    assert {ONE, TWO} <= home.look()
    home.carry(item(1), item(2))
    assert home.text(ONE).startswith("---\n")


# Folders of older versions


def altered(home: Home, *statements: str) -> None:
    with closing(sqlite3.connect(home.folder / ".postferry/state.db", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def without(table: str, columns: str) -> tuple[str, ...]:
    """The table as a version left it that knew only these columns."""
    return (
        f"CREATE TABLE older AS SELECT {columns} FROM {table}",
        f"DROP TABLE {table}",
        f"CREATE TABLE {table} ({columns.replace('path', 'path TEXT PRIMARY KEY', 1)}) WITHOUT ROWID",
        f"INSERT INTO {table} SELECT {columns} FROM older",
        "DROP TABLE older",
    )


@case(
    "process-state-version",
    "a state that an older or a newer version wrote",
    "taken over; files of the user's are still known for theirs",
)
@pytest.mark.parametrize(
    "statements",
    [
        ("DROP TABLE begun",),
        ("DROP TABLE last",),
        ("DROP TABLE runs",),
        ("DROP TABLE runs", "DROP TABLE begun", "DROP TABLE last", *without("files", "path, digest")),
        ("ALTER TABLE files ADD COLUMN later TEXT", "ALTER TABLE runs ADD COLUMN later TEXT"),
    ],
)
def test_a_folder_of_another_version_is_taken_over(home: Home, statements: tuple[str, ...]) -> None:
    home.carry(item(1), item(2), item(3))
    home.edit(ONE)
    altered(home, *statements)
    outcome = home.carry(item(1), item(3, content="Another text.")).outcome
    assert outcome.kept == (ONE,)
    assert home.look() == {"content/posts/post-3.md", f"-{TWO}"}
    home.carry(item(1), item(3, content="Another text."))
    assert home.look() == set()


@case(
    "process-state-damaged",
    "a state that is no database, or one cut off",
    "begun anew and named; files that are as they would be written are ours, what was edited is left alone",
)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"no database" * 100),
        lambda file: file.write_bytes(bytes(file.stat().st_size)),
        lambda file: file.write_bytes(file.read_bytes()[:4096]),
        *(lambda file, size=size: os.truncate(file, size) for size in (0, 1, 2048, 5000, 8192)),
    ],
)
def test_a_state_that_cannot_be_read_costs_no_edit(home: Home, spoil: Callable[[Path], None]) -> None:
    home.edit(ONE)
    spoil(home.folder / ".postferry/state.db")
    site = home.carry(item(1), item(2))
    assert site.outcome.kept == (ONE,)
    assert home.look() == set()
    assert len(site.notices("output.state-damaged")) == 1
    assert site.notices("output.state-damaged")[0]["where"] == ".postferry/state.db"
    again = home.carry(item(1, content="Another text."), item(2, content="Another text."))
    assert again.outcome.kept == (ONE,)
    assert home.look() == {TWO}
    assert again.notices("output.state-damaged") == []


# Nothing to do


@pytest.fixture
def done(home: Home) -> Home:
    """A home whose last run is remembered."""
    again(home)
    home.look()
    return home


def again(home: Home, **job: Any) -> bool:
    """Run as the command does; True when nothing had to be done."""
    asked = msgspec.structs.replace(home.job, **job)
    return run(msgspec.structs.replace(asked, fingerprint=run_fingerprint(asked))).repeated


def test_nothing_is_done_when_nothing_changed(done: Home) -> None:
    assert again(done)
    assert done.look() == set()
    assert again(done, workers=2)


def test_what_is_said_is_what_the_last_run_said(done: Home) -> None:
    mark = run_fingerprint(done.job)
    full = run(done.job)
    run(msgspec.structs.replace(done.job, fingerprint=mark))
    short = run(msgspec.structs.replace(done.job, fingerprint=mark))
    assert (short.account, short.report, short.kept) == (full.account, full.report, full.kept)
    assert short.status(strict=True) == full.status(strict=True)


def touch(file: Path) -> None:
    stamp = file.stat().st_mtime_ns + 10**9
    os.utime(file, ns=(stamp, stamp))


@pytest.mark.parametrize(
    "change",
    [
        lambda home: home.source.write_text(export(item(1), item(2, content="Another text."))),
        lambda home: home.source.write_text(export(item(1))),
        lambda home: home.edit(ONE),
        lambda home: home.edit(ONE, home.text(ONE).replace("Text", "text")),  # as long as before
        lambda home: (home.folder / ONE).unlink(),
        lambda home: (home.folder / ".postferry/report.json").unlink(),
        lambda home: altered(home, "INSERT INTO runs (number) VALUES (99)"),  # a run that was broken off
        lambda home: altered(home, "UPDATE last SET outcome = '{}'"),  # of another version
    ],
)
def test_whatever_changed_makes_it_a_run(done: Home, change: Callable[[Home], object]) -> None:
    change(done)
    assert not again(done)


def test_what_only_looks_changed_does_not(done: Home) -> None:
    touch(done.source)
    touch(done.folder / ONE)
    assert again(done)


@pytest.mark.parametrize(
    "job",
    [
        {"options": Options("wordpress", "hugo", write=WriteOptions(front_matter="json"))},
        {"options": Options("wordpress", "jekyll")},
        {"report": "report.json"},
        {"force": True},
    ],
)
def test_other_options_make_it_a_run(done: Home, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(done.folder.parent)
    assert not again(done, **job)


def test_another_program_makes_it_a_run(done: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.run.fingerprint._program", lambda: "another")
    assert not again(done)


def test_an_edited_file_is_named_each_time(done: Home) -> None:
    done.edit(ONE)
    for _ in range(3):
        assert not again(done)


@pytest.mark.parametrize(
    "job",
    [
        {"sources": ("-",)},
        {"sources": ("s3://bucket/export.xml",)},
        {"dry_run": True},
        {"options": Options("./mine.py:Mine", "hugo")},
        {"media": Settings("copy", "uploads")},
    ],
)
def test_what_cannot_be_told_is_not_told(home: Home, job: dict[str, Any]) -> None:
    assert run_fingerprint(msgspec.structs.replace(home.job, **job)) == ""


def test_what_a_link_in_the_source_leads_to_counts(home: Home) -> None:
    folder, elsewhere = home.source.parent / "exports", home.source.parent / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "linked").symlink_to(elsewhere)
    job = msgspec.structs.replace(home.job, sources=(str(folder),))
    before = run_fingerprint(job)
    (elsewhere / "export.xml").write_text("<rss/>")
    assert before and run_fingerprint(job) != before


def test_the_command_says_it(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1), item(2, status="draft")))
    first = command("export.xml", "-o", "my blog", cwd=tmp_path)
    second = command("export.xml", "-o", "my blog", cwd=tmp_path)
    assert first.returncode == second.returncode == 0
    # on a busy machine there are lines of progress too, which begin in lower case
    one, two = ([line for line in said.stderr.splitlines() if not line[:1].islower()] for said in (first, second))
    assert [line for line in one if not line.startswith("Written: ")] == [
        line for line in two if not line.startswith("Nothing changed: ")
    ]
    assert len(one) == len(two)
    assert one[-1] == "Next: cd 'my blog' && hugo server"
