"""The docs of `inspect` name every finding, and every finding can come about."""

from __future__ import annotations

from pathlib import Path

from converters.importers.shared.traces import FINDINGS
from pipelines.inspect import care

ROOT = Path(__file__).parent.parent.parent


def test_every_finding_is_documented_in_the_same_words() -> None:
    page = (ROOT / "docs/inspect.md").read_text(encoding="utf-8")
    for code, row in FINDINGS.items():
        line = f"| `{code}` | {'·!‼'[row.worth]} | {row.text.replace('{what}', '…')} | {row.help} "
        assert line in page, code
        assert (ROOT / row.doc).is_file()


def test_every_finding_is_asked_for_or_noted() -> None:
    noted = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "converters/importers").rglob("inspect.py"))
    assert [code for code in FINDINGS if code not in care._ASK and f'"{code}"' not in noted] == []
    assert care._ASK.keys() <= FINDINGS.keys()
