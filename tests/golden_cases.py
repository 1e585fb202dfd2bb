"""Cases written as text in `tests/goldens/<contract>/<construct>.txt`: what goes in ⇒ what comes out ⚠ notices.

    § a heading, for all cases below it
    [code]x[/code] ⇒ <pre><code>x</code></pre>
    [contact-form-7 id="5"]
    ⇒ <p>[contact-form-7 id="5"]</p>
    ⚠ shortcode.form contact-form-7 5
    %%
    lines and
    lines ⇒ more
    lines
    %%

White space around the signs and at both ends does not count; a case where it matters is a test of its own.

`pytest --update-goldens` writes results and notices anew, both or neither; what goes in, headings, and cases that did
not change keep their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

GOLDENS = Path(__file__).parent / "goldens"
CONTRACTS = frozenset({"wordpress", "markdown", "hugo_markdown"})
TREES = frozenset({"harbour"})
"""Whole sites, with the notices of their conversion in `notices.txt`."""


@dataclass
class Part:
    """Lines of a golden file: a case, or what is between two cases."""

    lines: list[str] = field(default_factory=list)
    heading: str = ""
    is_case: bool = False
    in_block: bool = False


class GoldenFile:
    """A file of cases, which can be changed case by case."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parts = list(_parts(path.read_text(encoding="utf-8").splitlines()))
        self.cases = [part for part in self.parts if part.is_case]
        if not self.cases:
            raise ValueError(f"{path}: no cases")
        unused = {part.heading for part in self.parts} - {part.heading for part in self.cases} - {""}
        if unused:
            raise ValueError(f"{path}: no cases below {', '.join(sorted(unused))}")

    def write(self) -> None:
        lines = [line for part in self.parts for line in part.lines]
        self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")


class GoldenCase(NamedTuple):
    text: str
    expected: str
    notices: list[str]
    file: GoldenFile
    part: Part


Golden = Callable[[GoldenCase, str, Sequence[str]], None]
"""Compares a case with its result and its notices, or writes these into the file of the case."""


def golden_cases(contract: str, goldens: Path = GOLDENS) -> list[object]:
    """The cases of all files of a contract, as parameters named by file, heading and number."""
    found: list[object] = []
    for path in contract_files(goldens / contract):
        file = GoldenFile(path)
        for part in file.cases:
            text, expected, notices = _read(part, path)
            case = GoldenCase(text, expected, notices, file, part)
            found.append(pytest.param(case, id=f"{path.stem}: {part.heading} {len(found)}"))
    return found


def contract_files(folder: Path) -> list[Path]:
    """The files of a contract; one that is no file of cases is an error, and so is a folder without any."""
    files = sorted(folder.iterdir())
    stray = [path.name for path in files if path.suffix != ".txt" or not path.is_file()]
    if stray or not files:
        raise ValueError(f"{folder}: {'not a file of cases: ' + ', '.join(stray) if stray else 'no files'}")
    return files


def check_golden(case: GoldenCase, result: str, notices: Sequence[str]) -> None:
    assert (result, list(notices)) == (case.expected, case.notices)


def update_golden(case: GoldenCase, result: str, notices: Sequence[str]) -> None:
    """Writes the result and the notices of a case into its file, where they are not there yet."""
    if (result, list(notices)) == (case.expected, case.notices):
        return
    case.part.lines = _write(case, result, notices)
    again = [part for part in _parts(case.part.lines) if part.is_case]
    if len(again) != 1 or _read(again[0], case.file.path) != (case.text, result, list(notices)):
        raise ValueError(f"{case.file.path}: the result of {case.text!r} cannot be written as a case: {result!r}")
    case.file.write()


def _write(case: GoldenCase, result: str, notices: Sequence[str]) -> list[str]:
    """The lines of a case, in the form that it had, or in a block where it needs one."""
    marked = [f"⚠ {notice}" for notice in notices]
    if case.part.in_block or "\n" in result:
        return ["%%", *case.text.split("\n"), "⇒", *result.split("\n"), *marked, "%%"]
    same_line = not re.search(r"\n\s*⇒", "\n".join(case.part.lines))
    return [*([f"{case.text} ⇒ {result}"] if same_line else [case.text, f"⇒ {result}"]), *marked]


def _read(part: Part, path: Path) -> tuple[str, str, list[str]]:
    """What goes in, what comes out, and the notices of a case."""
    entry = "\n".join(line for line in part.lines if not (part.in_block and line == "%%"))
    body, *notices = (one.strip() for one in entry.split("⚠"))
    text, sign, expected = body.partition("⇒")
    if not sign:
        raise ValueError(f"{path}: no ⇒ in {entry!r}")
    return text.strip(), expected.strip(), notices


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    """Cases and what is between them, in their order; their lines together are all lines."""
    part = Part()
    for line in lines:
        open_block = part.in_block and not (len(part.lines) > 1 and part.lines[-1] == "%%")
        if open_block or (part.is_case and not part.in_block and line.startswith(("⇒", "⚠"))):
            part.lines.append(line)
            continue
        heading = line[2:] if line.startswith("§ ") else part.heading
        if part.lines:
            yield part
        is_case = bool(line) and not line.startswith("§ ")
        part = Part([line], heading, is_case, in_block=line == "%%")
    if part.lines:
        yield part
