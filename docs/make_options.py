"""The page of all options (docs/options.md), from the table that the command is made of.

usage: python docs/make_options.py > docs/options.md
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pipelines.cli.flags import FLAG, OPTIONS, Option

HEAD = """\
# Options

    convert [OPTIONS] SOURCE...

Made from the program itself; `convert --help` says the same. In a [file of jobs](batch.md) they are keys without the
dashes. Not all can stand there: those marked with * are about a run.

| option | what it does |
|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    return HEAD + "".join(_row(option) for option in OPTIONS)


def _row(option: Option) -> str:
    name = f"`-{option.short}`, `--{option.name}" if option.short else f"`--{option.name}"
    value = "" if option.kind == FLAG else f" {'|'.join(option.choices) or option.metavar or 'VALUE'}"
    mark = " *" if option.of_run else ""
    default = f" Default: `{option.default}`." if option.default and option.kind != FLAG else ""
    cells = f"{name}{value}`{mark}", (option.help or "The form of front matter.") + default
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(page())
