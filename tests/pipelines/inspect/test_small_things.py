"""Help, completion, the manual page, and what was probably meant."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from converters.model.options import ReadOptions, WriteOptions
from converters.nearest import file_near
from docs.make_manual import manual
from pipelines.cli.options import GROUPS, JOB, MEDIA, OPTIONS, READ, WRITE
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from pipelines.run.convert import Job
from tests import children
from tests.folders import ROOT
from tests.support import command
from tests.wxr import export, item

SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_text(export(item(1), item(2, status="draft")))
    return path


def test_help_comes_in_groups_with_three_examples() -> None:
    lines = command("--help").stdout.splitlines()
    assert [line[:-1] for line in lines if line[:-1] in GROUPS] == list(GROUPS)
    assert not any(line.startswith("Others") for line in lines)
    start = lines.index("  Examples:")
    assert all(line.startswith("    convert ") for line in lines[start + 1 : start + 4])
    assert not lines[start + 4].strip()


def test_every_option_sets_a_field_of_its_record() -> None:
    """Each field is set by one option, or made of several in `job`; its default is that of the record."""
    records = {READ: ReadOptions(), WRITE: WriteOptions(), MEDIA: Settings(), JOB: Job((), "", Options("", ""))}
    made = {
        READ: {"own", "today", "draft_files"},
        WRITE: {"media", "front_matter_rules", "own"},
        MEDIA: {"way", "folder"},
        JOB: {"sources", "output", "options", "workers", "scheduler", "called", "media", "fingerprint"},
    }
    for name, record in records.items():
        rows = {row.field or row.key: row for row in OPTIONS if row.sets == name}
        assert rows.keys() | made[name] == set(record.__struct_fields__), name
        for field, row in rows.items():
            value = row.parse(row.default) if row.parse is not None else row.default
            assert (value or None) == (getattr(record, field) or None), row.name


def test_help_starts_nothing_heavy() -> None:
    """What takes its time must not be imported before it is used; seconds are measured in benchmarks/startup.py."""
    code = "import sys; sys.argv = ['convert', '--help']\nfrom pipelines.cli.main import main\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print('|', *sorted({name.partition('.')[0] for name in sys.modules}))"
    done = children.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rpartition("|")[2].split())
    heavy = {
        "lxml",
        "turbohtml",
        "rich",
        "sqlite3",
        "yaml",
        "aiohttp",
        "asyncio",
        "multiprocessing",
        "difflib",
        "minijinja",
    }
    assert loaded & heavy == set()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["--front-matter", "yml", "export.xml"], 2, "Did you mean yaml?"),
        (["--comments", "dat", "export.xml"], 2, "Did you mean data?"),
        (["--log-format", "jsn", "export.xml"], 2, "Did you mean json?"),
        (["--front-mater", "yaml", "export.xml"], 2, "--front-matter"),
        (["exprot.xml"], 66, "There is no file exprot.xml. Did you mean export.xml?"),
        (["EXPORT.XML"], 66, "Did you mean export.xml?"),
        (["exports/export.xml"], 66, "There is no file exports/export.xml."),
        (["inspct", "export.xml"], 66, "Did you mean `convert inspect`?"),
        (["bach", "jobs.toml"], 66, "Did you mean `convert batch`?"),
        (["completion", "bsh"], 2, "Did you mean bash?"),
        (["export.xml", "--rules", "rulse.toml"], 2, "Did you mean rules.toml?"),
        (["batch", "jbos.toml"], 2, "Did you mean jobs.toml?"),
        (["batch", "jobs.toml", "--executor", "locl"], 2, "Did you mean local?"),
    ],
)
def test_what_was_probably_meant(source: Path, arguments: list[str], status: int, says: str) -> None:
    (source.parent / "rules.toml").write_text("")
    (source.parent / "jobs.toml").write_text("[[site]]\nsource = 'export.xml'\n")
    done = command(*arguments, cwd=source.parent)
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("exprot.xml", "export.xml"),
        ("old blgo/exports/site.xml", "old blog/exports/site.xml"),
        ("old blog/exprots/site.xml", "old blog/exports/site.xml"),
        ("nothing/like/it.xml", ""),
        ("zzz", ""),
        ("old blog/nowhere.pdf", ""),
    ],
)
def test_the_nearest_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, near: str) -> None:
    (tmp_path / "old blog/exports").mkdir(parents=True)
    (tmp_path / "old blog/exports/site.xml").write_text("")
    (tmp_path / "export.xml").write_text("")
    monkeypatch.chdir(tmp_path)
    assert file_near(name) == (f" Did you mean {near}?" if near else "")
    assert file_near(str(tmp_path / name)) == (f" Did you mean {tmp_path / near}?" if near else "")


def test_a_dry_run_names_the_command_that_writes(source: Path) -> None:
    done = command("export.xml", "--dry-run", "-o", "my blog", cwd=source.parent)
    assert done.stderr.splitlines()[-2:] == [
        "Nothing was written (--dry-run).",
        "Next: convert export.xml -o 'my blog'",
    ]


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        ([], "Next: ls "),
        (["--dry-run"], "Next: convert batch jobs.toml"),
    ],
)
def test_the_last_line_of_a_batch_is_a_command(source: Path, arguments: list[str], last: str) -> None:
    (source.parent / "jobs.toml").write_text("[[site]]\nsource = 'export.xml'\noutput = 'out'\n")
    done = command("batch", "jobs.toml", *arguments, cwd=source.parent)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1].startswith(last)


def test_the_manual_page_is_up_to_date() -> None:
    assert (ROOT / "docs/convert.1").read_text(encoding="utf-8") == manual(), (
        "run: python -m docs.make_manual > docs/convert.1"
    )


def test_the_manual_page_names_every_option() -> None:
    page = manual()
    for option in OPTIONS:
        assert rf"\-\-{option.name}".replace("-", r"\-").replace(r"\\-", r"\-") in page, option.name


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("groff"), reason="no groff")
def test_the_manual_page_is_well_formed() -> None:
    done = children.run(
        ["groff", "-man", "-ww", "-z", "-K", "utf8"], input=manual(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stderr == ""


def complete(words: str, cwd: Path, program: str = "convert") -> list[str]:
    """What real bash offers for the line, the cursor at its end."""
    script = f"""
        PATH={SCRIPTS}:$PATH
        source <({program} completion bash)
        COMP_LINE="$1"; COMP_POINT=${{#1}}
        read -ra COMP_WORDS <<< "$1"
        [[ "$1" == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))
        compopt() {{ :; }}
        _{program}_completion {program}
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = children.run(["bash", "-c", script, "bash", words], capture_output=True, text=True, cwd=cwd, check=False)
    assert done.stderr == ""
    found: list[str] = done.stdout.split()
    return found


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("convert --front-m", {"--front-matter"}),
        ("convert --front-matter ", {"yaml", "toml", "json"}),
        ("convert --to j", {"jekyll", "json"}),
        ("convert --from ", {"hugo", "html", "json", "wordpress"}),
        ("convert --media d", {"download"}),
        ("convert --status pr", {"private", "protected"}),
        ("convert insp", {"inspect"}),
        ("convert inspect --j", {"--json"}),
        ("convert batch --exec", {"--executor"}),
        ("convert batch --executor i", {"inline"}),
        ("convert completion z", {"zsh"}),
        ("convert export.xml insp", set()),
    ],
)
def test_bash_completes(tmp_path: Path, words: str, offered: set[str]) -> None:
    assert set(complete(words, tmp_path)) == offered


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("bash"), reason="no bash")
def test_bash_completes_the_other_name_too(tmp_path: Path) -> None:
    assert complete("postferry --to h", tmp_path, "postferry") == ["hugo"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_for_shells(shell: str) -> None:
    done = command("completion", shell)
    assert done.returncode == 0, done.stderr
    assert "_POSTFERRY_COMPLETE" in done.stdout
