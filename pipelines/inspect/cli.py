"""The command `convert inspect`. What it does stands in the modules beside it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from pipelines.cli.click_options import SETTINGS, files, option

EPILOG = """
\b
Examples:
  convert inspect export.xml
  convert inspect part1.xml part2.xml --json > look.json
  convert inspect export.xml --rules > rules.toml

Nothing is written, and nothing is fetched but sources that are addresses. See docs/inspect.md.

\b
Exit status: 0; 2 usage; 65 not such a source; 66 no such source, or it changed;
69 a server cannot be reached.
"""


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings=SETTINGS)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=files)
@click.option("--from", "importer", metavar="FORMAT", default="", help="What it is. Default: found out by looking.")
@click.option("--to", metavar="FORMAT", default="", help="What the suggested command writes.")
@click.option("--json", "as_json", is_flag=True, help="An object of JSON, complete (docs/inspect.md).")
@click.option("--rules", "as_rules", is_flag=True, help="Rules for shortcodes nothing here knows, and only these.")
@option("quiet", "No progress.")
def inspect(sources: tuple[str, ...], **flags: Any) -> int:
    """Say what SOURCE is, what it holds, and what will need care, before anything is converted.

    An export of 10,000 posts takes some seconds. The last line is the command that converts it.
    """
    from pipelines.cli import job_options, terminal
    from pipelines.inspect import suggest
    from pipelines.inspect.gather import look, look_apart
    from pipelines.inspect.text import page, record
    from pipelines.remote.address import is_remote, shown
    from pipelines.run import interrupts

    for group, name in (("from", flags["importer"]), ("to", flags["to"])):
        for _, problem in job_options.problems({group: name or job_options.complete({})[group]}):
            raise click.UsageError(problem)
    with terminal.attended(sources, quiet=flags["quiet"] or flags["as_json"]) as (names, called, tell):
        read = look if "-" in names else look_apart  # another process does not have our standard input
        seen = read(names, flags["importer"], interrupts.check_cancelled(tell), called)
        words = suggest.arguments(seen, to=flags["to"], importer=flags["importer"])
    given = [shown(name) if is_remote(name) else suggest.as_argument(name) for name in sources]
    words[: len(names)] = given
    command = suggest.command(words, program())
    if flags["as_json"]:
        click.echo(json.dumps(record(seen, given, command, words, suggest.rules(seen)), indent=2))
    elif flags["as_rules"]:
        click.echo(suggest.rules(seen), nl=False)
    else:
        for line in page(seen, command, terminal.paint(sys.stdout)):
            click.echo(line)
    return 0


def program() -> str:
    """What this program was called by, so that its name can be typed again."""
    name = Path(sys.argv[0]).name
    return name if name in ("convert", "postferry") else "convert"
