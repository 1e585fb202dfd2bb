"""The docs of `inspect` name every finding, and every finding can come about."""

from __future__ import annotations

import re

from pipelines.inspect.warnings import WARNINGS
from tests.folders import ROOT


def test_every_finding_is_documented_in_the_same_words() -> None:
    page = (ROOT / "docs/inspect.md").read_text(encoding="utf-8")
    for code, row in WARNINGS.items():
        line = f"| `{code}` | {'·!‼'[row.worth]} | {row.text.replace('{what}', '…')} | {row.help} "
        assert line in page, code
        assert (ROOT / row.doc).is_file()


def test_every_finding_is_asked_for_or_noted() -> None:
    noted = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "converters/importers").rglob("inspect.py"))
    assert [code for code, row in WARNINGS.items() if row.measure is None and f'"{code}"' not in noted] == []


def test_every_code_that_importers_note_is_in_the_table() -> None:
    noted = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "converters/importers").rglob("*.py"))
    codes = set(re.findall(r'findings\.note\(\s*"([a-z-]+)"', noted))
    assert codes
    assert codes <= WARNINGS.keys()
