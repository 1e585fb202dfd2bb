"""The command `convert verify`. What it does stands in the modules beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipelines.cli.flags import OPTIONS
from pipelines.cli.main import options

EPILOG = """
\b
Examples:
  convert verify my-blog --against export.xml
  convert verify my-blog --against part1.xml --against part2.xml --permalinks none
  convert verify my-blog --against export.xml --build --json > check.json

Say the same options as when the site was written. Nothing is written, and nothing is fetched but sources that are
addresses. See docs/verify.md.

\b
Exit status: 0 nothing is lost; 2 usage; 3 something was changed or edited, under --strict; 5 something is lost;
65 not such a source; 66 no such site or source, or it changed; 69 a server cannot be reached, or a site does not build.
"""
_OTHER = frozenset(
    "output verify workers executor scheduler report dry-run force log-format quiet verbose strict redirects".split()
)
"""Options of a conversion that change nothing a post says, or that are said in another way here."""


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("site", metavar="DIR")
@click.option("--against", "sources", metavar="SOURCE", multiple=True, required=True, help="Of which it was written.")
@click.option("--build", is_flag=True, help="Compare the pages that Hugo or Jekyll builds of it, too.")
@options(row._replace(default="") if row.name == "to" else row for row in OPTIONS if row.name not in _OTHER)
@click.option("--strict", is_flag=True, help="Exit with 3 when anything was changed or edited.")
@click.option("--json", "as_json", is_flag=True, help="All verdicts as an object of JSON.")
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
@click.option("-v", "--verbose", is_flag=True, help="Name every post and every difference.")
def verify(site: str, sources: tuple[str, ...], **flags: Any) -> int:
    """Compare the site in DIR with its SOURCE, post by post, and name what differs.

    The source is converted again in memory; each file is read back and compared with what its post says: words in
    order, links, pictures, headings, lists, tables, code, embeds, media, front matter.
    """
    from msgspec.structs import replace

    from pipelines.cli import asked, console
    from pipelines.remote.here import here
    from pipelines.run import interrupts
    from pipelines.verify import disk, target, text

    root = Path(site)
    flags["to"] = flags["to"] or target.target(root)
    if flags["to"] == "json" and asked.complete(flags)["json_layout"] == "feed" and root.is_dir():
        flags["json_layout"] = target.json_layout(root)
    how = {"quiet": flags["quiet"] or flags["as_json"]}
    with (
        interrupts.heeded(),
        here(sources, lambda: console.progress(**how)) as (names, called),
        console.progress(**how) as tell,
    ):
        values = {key: value for key, value in flags.items() if key not in ("build", "as_json", "quiet", "verbose")}
        job = replace(asked.job(names, values | {"output": site}), called=called)
        found = disk.look(job, interrupts.at_safe_places(tell), build=flags["build"])
    status = found.status(strict=flags["strict"])
    if flags["as_json"]:
        click.echo(json.dumps(text.record(found, status), indent=2))
    else:
        for line in text.lines(found, verbose=flags["verbose"]):
            click.echo(line)
    return status
