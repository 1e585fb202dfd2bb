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
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

GOLDENS = Path(__file__).parent / "goldens"


class GoldenCase(NamedTuple):
    text: str
    expected: str
    notices: list[str]


def golden_cases(contract: str) -> list[object]:
    """The cases of all files of a contract, as parameters named by file, heading and number."""
    found: list[object] = []
    for path in sorted((GOLDENS / contract).glob("*.txt")):
        for heading, entry in _entries(path.read_text(encoding="utf-8")):
            body, *notices = (part.strip() for part in entry.split("⚠"))
            text, sign, expected = body.partition("⇒")
            assert sign, f"{path}: no ⇒ in {entry!r}"
            case = GoldenCase(text.strip(), expected.strip(), notices)
            found.append(pytest.param(case, id=f"{path.stem}: {heading} {len(found)}"))
    assert found, f"no cases of {contract}"
    return found


def _entries(text: str) -> Iterator[tuple[str, str]]:
    heading, in_block = "", False
    entry: list[str] = []
    for line in [*text.splitlines(), ""]:
        if (in_block and line != "%%") or line.startswith(("⇒", "⚠")):
            entry.append(line)
            continue
        if entry:
            yield heading, "\n".join(entry)
            entry = []
        if line == "%%":
            in_block = not in_block
        elif line.startswith("§ "):
            heading = line[2:]
        elif line:
            entry = [line]
