"""The page about notices (docs/notices.md), from the table of notices.

usage: python docs/make_notices.py > docs/notices.md
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from converters.model.notices import KINDS

HEAD = """\
# Notices

Everything that was repaired, renamed, left out or lost is a notice in the report, with one of these codes. The severity
belongs to the code: *info* (nothing is different for a reader), *changed*, *lost* (something a reader saw is not there,
or not where it was), *failed* (a whole item could not be converted, or the source is not complete). Where the last
column is empty, there is nothing to do. Plug-ins add [codes of their own](write-an-importer.md#notices-of-your-own).

| code | severity | what happened | what to do |
|---|---|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    return HEAD + "".join(
        f"| `{code}` | {kind.severity.name.lower()} | {kind.text} | {kind.remedy} |\n" for code, kind in KINDS.items()
    )


if __name__ == "__main__":
    sys.stdout.write(page())
