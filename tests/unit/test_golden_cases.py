"""Files of golden cases: how they are read, how `--update-goldens` writes them, and what is an error in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT
from tests.golden_cases import (
    CONTRACTS,
    GOLDENS,
    TREES,
    GoldenCase,
    GoldenFile,
    contract_files,
    golden_cases,
    update_golden,
)

FILE = """\
§ code
[code]x[/code] ⇒ <pre>x</pre>
[form id="5"]
⇒ <p>[form id="5"]</p>
⚠ shortcode.form 5
⚠ shortcode.form again

§ blocks
%%
a

b ⇒ c

d
⚠ block.unknown x
%%
%%
e
⇒
f
%%
"""


def cases(folder: Path, text: str = FILE) -> list[GoldenCase]:
    path = folder / "blog/all.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [case.values[0] for case in golden_cases("blog", folder)]  # type: ignore[attr-defined]


def read(folder: Path) -> list[tuple[str, str, list[str]]]:
    return [case[:3] for case in cases(folder, (folder / "blog/all.txt").read_text(encoding="utf-8"))]


def test_cases_are_read(tmp_path: Path) -> None:
    assert [(case[:3], case.part.heading) for case in cases(tmp_path)] == [
        (("[code]x[/code]", "<pre>x</pre>", []), "code"),
        (('[form id="5"]', '<p>[form id="5"]</p>', ["shortcode.form 5", "shortcode.form again"]), "code"),
        (("a\n\nb", "c\n\nd", ["block.unknown x"]), "blocks"),
        (("e", "f", []), "blocks"),
    ]


def test_what_did_not_change_keeps_its_bytes(tmp_path: Path) -> None:
    for case in cases(tmp_path):
        update_golden(case, case.expected, case.notices)
        case.file.write()
    assert (tmp_path / "blog/all.txt").read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize(
    ("result", "notices"), [("new", []), ("two\nlines", ["a.b 1"]), ("a\n\nb ⇒ c", ["a.b 1", "a.b 2"]), ("", ["a.b 1"])]
)
def test_results_and_notices_are_written(number: int, result: str, notices: list[str], tmp_path: Path) -> None:
    old = cases(tmp_path)
    update_golden(old[number], result, notices)
    want = [case[:3] for case in old]
    want[number] = (old[number].text, result, notices)
    assert read(tmp_path) == want
    headings = [line for line in (tmp_path / "blog/all.txt").read_text(encoding="utf-8").splitlines() if "§" in line]
    assert headings == ["§ code", "§ blocks"]


@pytest.mark.parametrize("result", [" x", "a\n⚠ b", "a\n%%\nb"])
def test_a_result_that_cannot_be_written_changes_nothing(result: str, tmp_path: Path) -> None:
    case = cases(tmp_path)[0]
    with pytest.raises(ValueError, match="cannot be written"):
        update_golden(case, result, [])
    assert (tmp_path / "blog/all.txt").read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "no cases"), ("§ only\n", "no cases"), ("§ a\nx ⇒ y\n§ b\n", "no cases below b"), ("x y\n", "no ⇒ in 'x y'")],
)
def test_a_file_without_cases_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=message):
        cases(tmp_path, text)


def test_a_stray_file_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no files"):
        golden_cases("", tmp_path)
    (tmp_path / "notes.md").touch()
    with pytest.raises(ValueError, match=r"not a file of cases: notes\.md"):
        golden_cases("", tmp_path)


def test_every_golden_file_is_one_that_a_test_reads() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == CONTRACTS | TREES
    for contract in CONTRACTS:
        for path in contract_files(GOLDENS / contract):
            assert "".join("\n".join([*part.lines, ""]) for part in GoldenFile(path).parts) == path.read_text("utf-8")
    for tree in TREES:
        assert (GOLDENS / tree / "notices.txt").stat().st_size


TEST = """\
from pathlib import Path
import pytest
from tests.golden_cases import golden_cases
@pytest.mark.parametrize("case", golden_cases("blog", Path(__file__).parent))
def test_it(case, golden):
    golden(case, case.text.upper(), ["a.b c"] if case.text == "e" else [])
"""


def test_the_option(tmp_path: Path) -> None:
    cases(tmp_path)
    (tmp_path / "test_it.py").write_text(TEST, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "/dev/null"]
    for option, failed in (("", 4), ("--update-goldens", 0), ("", 0)):
        arguments = [*words, f"--rootdir={tmp_path}", *filter(None, [option]), str(tmp_path / "test_it.py")]
        done = children.run(arguments, cwd=ROOT, capture_output=True, text=True)
        assert f"{failed} failed" in done.stdout if failed else "4 passed" in done.stdout, done.stdout + done.stderr
    assert [one[1:] for one in read(tmp_path)] == [
        ("[CODE]X[/CODE]", []),
        ('[FORM ID="5"]', []),
        ("A\n\nB", []),
        ("E", ["a.b c"]),
    ]
