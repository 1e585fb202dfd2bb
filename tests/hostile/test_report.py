"""What is said on the terminal and logged, and what the report holds: nothing that commands a terminal, no secrets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from converters.errors import SourceError
from converters.model import Entry, Role, Status
from converters.model.notices import Log
from pipelines.cli.terminal import fail
from pipelines.report.summary import failure
from tests.hostile.cases import case
from tests.support import command
from tests.wxr import export, item

ESCAPES = "\x1b]0;evil\x07 \x9b31m \x1b[2J \x08\x08 \r \u202egnp.exe \u2066x\u2069 \u200e"
TERMINAL = case(
    "report-terminal-escapes",
    "escape sequences for terminals in titles, addresses, names of files",
    "none reaches the terminal",
)
SECRETS = case(
    "report-secrets",
    "passwords of posts, e-mail addresses, IPs, users and passwords in addresses",
    "not in what is printed or logged, not in the report",
)


def harmless(text: str) -> bool:
    return all(character.isprintable() or character == "\n" for character in text)


def unreadable(id: int, title: str) -> str:
    """An item that no repair makes readable."""
    return f"<item><title>{title}</title><wp:post_id>{id}</wp:post_id><wp:status>draft</wp:status>"


@TERMINAL
@pytest.mark.parametrize("more", [(), ("-v",), ("--log-format", "json"), ("--dry-run",)])
def test_what_is_printed_commands_nothing(more: tuple[str, ...], tmp_path: Path) -> None:
    menu = {"_menu_item_url": f"https://x.example/{ESCAPES}"}
    items = [
        item(
            1, title=ESCAPES, slug=ESCAPES, link=f"https://old.example/{ESCAPES}/", content=f"[un\u202eknown {ESCAPES}]"
        ),
        item(2, type=f"kind{ESCAPES}", status=f"odd{ESCAPES}", terms=[("category", ESCAPES, ESCAPES)]),
        item(3, type="nav_menu_item", title=ESCAPES, terms=[("nav_menu", "m", ESCAPES)], meta=menu),
        unreadable(4, ESCAPES),
    ]
    (tmp_path / "export.xml").write_text(export(*items), encoding="utf-8")
    done = command("export.xml", "-o", "site", "--workers", "1", *more, cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    assert done.stdout == ""
    assert len(done.stderr) > 100
    assert harmless(done.stderr), ascii(done.stderr)


@TERMINAL
@pytest.mark.parametrize("name", ["\x1b]0;evil\x07.xml", "\u202elmx.gnp", "\x9b31m.xml"])
@pytest.mark.parametrize("more", [(), ("--log-format", "json")])
def test_names_of_files(name: str, more: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / name).write_text("no export", encoding="utf-8")
    for given in (name, f"no such {name}"):
        done = command("--from", "wordpress", "-o", "site", *more, "--", given, cwd=tmp_path)
        assert done.returncode in (65, 66), done.stderr
        assert harmless(done.stderr), ascii(done.stderr)


@TERMINAL
def test_an_error_of_several_lines_keeps_them(capsys: pytest.CaptureFixture[str]) -> None:
    fail(str(SourceError(f"one {ESCAPES}\ntwo")), 65, as_json=False)
    said = capsys.readouterr().err
    assert harmless(said)
    assert said.startswith("convert: one ")
    assert said.splitlines()[-1] == "two"


@SECRETS
@pytest.mark.parametrize("more", [("-v",), ("--log-format", "json")])
def test_secrets_in_addresses_and_texts(more: tuple[str, ...], tmp_path: Path) -> None:
    content = (
        '<p><a href="https://old.example/gone/?token=t0ken">x</a> <a href="https://bo:pa55@old.example/gone">y</a></p>'
        '<p><img src="https://eve:s3cret@old.example/wp-content/uploads/a.jpg"></p>'
        '<p><a href="javascript:mail(&quot;eve@mail.example&quot;)">z</a></p>'
        '[contact-form to="to@mail.example" title="to@mail.example"] [nobody-knows email="ada@mail.example"]'
    )
    items = [item(1, content=content), item(2, password="hunter2", date="eve@mail.example", content=content)]
    items.append(unreadable(3, "A draft of eve@mail.example"))
    (tmp_path / "export.xml").write_text(export(*items), encoding="utf-8")
    flags = ("-o", "site", "--workers", "1", "--media", f"copy:{tmp_path / 'none'}")
    (tmp_path / "none").mkdir()
    done = command("export.xml", *flags, *more, cwd=tmp_path)
    assert done.returncode == 4, done.stderr
    report = (tmp_path / "site/.postferry/report.json").read_text(encoding="utf-8")
    assert json.loads(report)["items"]
    secrets = ("t0ken", "pa55", "s3cret", "hunter2", "mail.example")
    assert [secret for secret in secrets if secret in done.stderr] == []
    assert [secret for secret in secrets if secret in report] == []


@SECRETS
@pytest.mark.parametrize("status", list(Status))
def test_a_line_about_a_failure_names_what_was_public(status: Status) -> None:
    log = Log("7")
    log("item.failed", "ValueError: eve@mail.example at https://bo:pa55@x.example/")
    line = failure(Entry("7", "post", Role.CONTENT, status, title="The title"), log.notices)
    assert line.startswith("post 7 (The title): " if status is Status.PUBLISHED else "post 7: ")
    assert "mail.example" not in line
    assert "pa55" not in line


@case(
    "report-table-formulas",
    "titles that begin with `=`, `+`, `-` or `@`, for programs that read tables",
    "nothing is written as CSV or TSV; the report is JSON and HTML, where they are text",
)
def test_no_table_is_written(tmp_path: Path) -> None:
    items = [item(number, title=f"{mark}cmd|' /C calc'!A0") for number, mark in enumerate("=+-@\t", 1)]
    (tmp_path / "export.xml").write_text(export(*items), encoding="utf-8")
    assert command("export.xml", "-o", "site", "--workers", "1", cwd=tmp_path).returncode == 0
    assert [path for path in tmp_path.rglob("*") if path.suffix in (".csv", ".tsv", ".xls")] == []
    rows = json.loads((tmp_path / "site/.postferry/report.json").read_text(encoding="utf-8"))["items"]
    assert [row["title"][:4] for row in rows][:4] == ["=cmd", "+cmd", "-cmd", "@cmd"]
