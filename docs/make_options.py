"""The page of all options (docs/options.md), from the table that the command is made of.

usage: python docs/make_options.py > docs/options.md
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipelines.cli.options import FLAG, GROUPS, Option

HEAD = """\
# Options

    convert [OPTIONS] SOURCE...

Made from the program itself; `convert --help` says the same. In a [job file](batch.md) they are keys without the
dashes; those marked with * are about a run of the command and cannot be keys.
"""
_TABLE = "| option | what it does |\n|---|---|\n"


def page() -> str:
    """The page, in Markdown."""
    tables = (f"\n## {title}\n\n{_TABLE}{''.join(map(_row, rows))}" for title, rows in GROUPS.items())
    return HEAD + "".join(tables)


def _row(option: Option) -> str:
    name = f"`-{option.short}`, `--{option.name}" if option.short else f"`--{option.name}"
    value = "" if option.kind == FLAG else f" {'|'.join(option.choices) or option.metavar or 'VALUE'}"
    mark = " *" if option.of_run else ""
    default = f" Default: `{option.default}`." if option.default and option.kind != FLAG else ""
    cells = f"{name}{value}`{mark}", option.help + default
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
