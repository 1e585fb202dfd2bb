"""`convert inspect` as a user types it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from pipelines.inspect import suggest
from tests import children
from tests.folders import ROOT
from tests.pipelines.inspect.terminal import talk
from tests.support import command
from tests.wxr import export, item

FIXTURES = ROOT / "fixtures"
SOURCES = ["wordpress/harbour.xml", "wordpress/qtranslate.xml", "html/site", "html/blogger", "html/medium", "hugo"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "my export.xml"
    path.write_text(export(item(1), item(2, status="draft"), item(3, content='[acme_box a="1"]In[/acme_box]')))
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*"))


@pytest.mark.parametrize("name", SOURCES)
def test_the_page_fits_and_ends_with_the_command(tmp_path: Path, name: str) -> None:
    done = command("inspect", str(FIXTURES / name), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(map(len, lines[:-1])) <= 100
    assert "\x1b" not in done.stdout
    assert lines[-1].startswith(f"Next: postferry {FIXTURES / name} ")
    assert names(tmp_path) == []  # nothing is written


@pytest.mark.parametrize("name", SOURCES)
def test_the_suggested_command_works_when_it_is_pasted(tmp_path: Path, name: str) -> None:
    typed = command("inspect", str(FIXTURES / name), cwd=tmp_path).stdout.splitlines()[-1].removeprefix("Next: ")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = children.run(
        typed, shell=True, cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.iterdir())) == 1


def test_names_with_spaces_and_folders_in_use(source: Path) -> None:
    taken = source.parent / "my export-hugo"
    taken.mkdir()
    (taken / "diary.txt").write_text("mine")
    line = command("inspect", source.name, cwd=source.parent).stdout.splitlines()[-1]
    assert line == "Next: postferry 'my export.xml' -o 'my export-hugo-2'"


@pytest.mark.parametrize(
    ("given", "output"), [("*.xml", "site-hugo"), ("my*.xml", "my-hugo"), ("./my export.xml", "'my export-hugo'")]
)
def test_the_folder_is_named_after_the_source(source: Path, given: str, output: str) -> None:
    assert command("inspect", given, cwd=source.parent).stdout.splitlines()[-1].endswith(f" -o {output}")


def test_a_name_that_looks_like_an_option(source: Path) -> None:
    source.rename(source.with_name("-old.xml"))
    line = command("inspect", "--", "-old.xml", cwd=source.parent).stdout.splitlines()[-1]
    assert line == "Next: postferry ./-old.xml -o ./-old-hugo"
    done = command("./-old.xml", "-o", "./-old-hugo", cwd=source.parent)
    assert done.returncode == 0, done.stderr


def test_passwords_of_addresses_are_not_shown() -> None:
    words = ["https://me:secret@old.example/export.xml?sign=abc", "-o", "out"]
    assert suggest.command(words) == "convert https://old.example/export.xml -o out"


def test_standard_input_is_told_by_what_comes_first(source: Path) -> None:
    done = command("inspect", "-", stdin=source.read_bytes())
    assert done.stdout.splitlines()[-1] == "Next: postferry - -o site-hugo"
    done = command("-", "-o", "out", cwd=source.parent, stdin=source.read_bytes())
    assert done.returncode == 0, done.stderr
    assert (source.parent / "out/hugo.toml").is_file()


def test_a_backup_of_the_uploads_beside_the_export_is_used(tmp_path: Path) -> None:
    (tmp_path / "wp-content/uploads").mkdir(parents=True)
    upload = item(2, type="attachment", url="https://old.example/wp-content/uploads/a.jpg")
    (tmp_path / "export.xml").write_text(export(item(1), upload))
    line = command("inspect", "export.xml", cwd=tmp_path).stdout.splitlines()[-1]
    assert line == "Next: postferry export.xml --media copy:wp-content/uploads -o export-hugo"


def test_a_site_is_never_written_into_itself(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/index.html").write_text(
        "<html><body><article><h1>A</h1><p>Words of it.</p></article></body></html>"
    )
    looked = json.loads(command("inspect", ".", "--json", cwd=tmp_path / "old").stdout)
    assert looked["arguments"] == [".", "-o", "../old-hugo"]


def test_json_is_complete(source: Path) -> None:
    done = command("inspect", "--json", str(source))
    assert done.returncode == 0
    assert done.stderr == ""
    looked = json.loads(done.stdout)
    assert looked["source"]["importer"] == "wordpress"
    assert looked["source"]["bytes"] == source.stat().st_size
    assert looked["content"] == {"post": {"published": 2, "draft": 1}}
    assert looked["years"] == {"2021": 3}
    assert looked["shortcodes"]["acme_box"] == {
        "items": 1,
        "uses": 1,
        "known": False,
        "example": '[acme_box a="1"]',
    }
    assert {care["code"] for care in looked["care"]} == {"part", "shortcodes-unknown", "drafts"}
    assert looked["rules"].count("[shortcodes.") == 1
    assert looked["command"].startswith("postferry ")


def test_every_key_of_the_json_is_in_the_docs(source: Path) -> None:
    page = (FIXTURES.parent / "docs/inspect.md").read_text(encoding="utf-8")
    looked = json.loads(command("inspect", "--json", str(source)).stdout)
    assert [key for key in looked if f"`{key}`" not in page] == []


def test_rules_of_its_own_can_be_used_at_once(source: Path) -> None:
    made = command("inspect", "--rules", str(source))
    rules = source.parent / "rules.toml"
    rules.write_text(made.stdout)
    done = command(str(source), "--rules", str(rules), "-o", str(source.parent / "out"))
    assert done.returncode == 0, done.stderr
    assert "Shortcodes nobody knows" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["nothing.xml"], 66, "There is no file nothing.xml"),
        (["my exprt.xml"], 66, "Did you mean my export.xml?"),
        (["my export.xml", "--to", "hugoo"], 2, "Did you mean 'hugo'?"),
        (["my export.xml", "--from", "wordpres"], 2, "Did you mean 'wordpress'?"),
        (["my export.xml", "--jsn"], 2, "--json"),
        ([], 2, "Usage"),
    ],
)
def test_mistakes(source: Path, arguments: list[str], status: int, says: str) -> None:
    done = command("inspect", *arguments, cwd=source.parent)
    assert done.returncode == status
    assert says in done.stderr
    assert done.stdout == ""


def test_other_xml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(
        "<?xml version='1.0'?><rss><channel><item><title>a</title></item></channel></rss>"
    )
    done = command("inspect", "--from", "wordpress", "feed.xml", cwd=tmp_path)
    assert done.returncode == 65
    assert "news feed" in done.stderr


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_on_a_terminal_only(source: Path, env: dict[str, str], coloured: bool) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    assert "NO_COLOR" not in environment or not coloured
    status, shown = talk(["inspect", "-q", source.name], [], source.parent, **({"NO_COLOR": ""} | env))
    assert status == 0
    assert ("\x1b[36mSource" in shown) is coloured
    assert shown.rstrip().endswith("Next: convert 'my export.xml' -o 'my export-hugo'")


def test_what_the_source_says_commands_no_terminal(tmp_path: Path) -> None:
    text = export(item(1, type="odd\u009bkind", author="a\u202eb")).replace("Old Home", "Old\u009b31mHome")
    (tmp_path / "export.xml").write_text(text, encoding="utf-8")
    done = command("inspect", "export.xml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert not {"\u009b", "\u202e"} & set(done.stdout)


@pytest.mark.parametrize("posts", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_large_export_takes_seconds_and_no_memory(tmp_path: Path, posts: int) -> None:
    from benchmarks.make_export import make
    from benchmarks.measure import run

    make(tmp_path / "export.xml", posts)
    convert = str(Path(sys.executable).with_name("convert"))
    done = run((convert, "inspect", "-q", str(tmp_path / "export.xml")), cwd=tmp_path, limit=120)
    assert done.status == 0, done.output
    assert done.peak is None or done.peak < 150_000_000
