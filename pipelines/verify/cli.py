"""The command `convert verify`, and what it prints. How a site is checked is in the modules beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converters.verify.verdict import Difference, Verdict, Word
from pipelines.cli.click_options import SETTINGS, option, options
from pipelines.cli.options import OPTIONS

if TYPE_CHECKING:
    from pipelines.verify.disk import SiteCheck

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
_OTHER = frozenset(("output", "verify", "report", "force", "strict", "redirects"))
"""Options of a conversion that change nothing in a post, or that have another meaning here."""
_ROWS = [row for row in OPTIONS if not row.of_run and row.name not in _OTHER]
_SHOWN = 20
"""Posts that are named."""
_DIFFERENCES = 5
"""Differences a post that are shown."""
_ORDER = (Word.LOST, Word.UNREAD, Word.EDITED, Word.CHANGED, Word.IDENTICAL)


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings=SETTINGS)
@click.argument("site", metavar="DIR")
@click.option("--against", "sources", metavar="SOURCE", multiple=True, required=True, help="Of which it was written.")
@click.option("--build", is_flag=True, help="Compare the pages that Hugo or Jekyll builds of it, too.")
@options(row._replace(default="") if row.name == "to" else row for row in _ROWS)
@option("strict", "Exit with 3 when anything was changed or edited.")
@click.option("--json", "as_json", is_flag=True, help="All verdicts as an object of JSON.")
@option("quiet", "No progress.")
@option("verbose", "Name every post and every difference.")
def verify(site: str, sources: tuple[str, ...], **flags: Any) -> int:
    """Compare the site in DIR with its SOURCE, post by post, and name what differs.

    The source is converted again in memory; each file is read back and compared with what its post says: words in
    order, links, pictures, headings, lists, tables, code, embeds, media, front matter.
    """
    from msgspec import to_builtins
    from msgspec.structs import replace

    from pipelines.cli import job_options, terminal
    from pipelines.run import interrupts
    from pipelines.verify import disk

    root = Path(site)
    flags["to"] = flags["to"] or disk.target_of(root)
    if flags["to"] == "json" and job_options.complete(flags)["json_layout"] == "feed" and root.is_dir():
        flags["json_layout"] = disk.json_layout(root)
    with terminal.attended(sources, quiet=flags["quiet"] or flags["as_json"]) as (names, called, tell):
        values = {key: value for key, value in flags.items() if key not in ("build", "as_json", "quiet", "verbose")}
        job = replace(job_options.job(names, values | {"output": site}), called=called)
        found = disk.look(job, interrupts.check_cancelled(tell), build=flags["build"])
    status = found.status(strict=flags["strict"])
    if flags["as_json"]:
        click.echo(json.dumps({"status": status, **to_builtins(found)}, indent=2))
    else:
        for line in _lines(found, verbose=flags["verbose"]):
            click.echo(line)
    return status


def _lines(found: SiteCheck, *, verbose: bool = False) -> Iterator[str]:
    """The posts that are not identical, the worst first, then the figures."""
    from pipelines.cli.run_summary import verdicts

    other = [row for row in found.posts if row.verification.verdict is not Word.IDENTICAL]
    other.sort(key=lambda row: _ORDER.index(row.verification.verdict))
    for row in other if verbose else other[:_SHOWN]:
        yield f"{row.verification.verdict}: {row.path} ({row.title or row.id})"
        yield from (f"  {line}" for line in _differences(row.verification, verbose=verbose))
    if len(other) > _SHOWN and not verbose:
        yield f"... {len(other) - _SHOWN} more posts: see them all with --verbose, or with --json."
    for id in found.failed:
        yield f"not converted again, so not compared: item {id}"
    if found.gone:
        yield f"Files of the site as a whole that are not there any more: {', '.join(found.gone)}."
    if found.kinds:
        named = ", ".join(f"{kind} in {count:,}" for kind, count in found.kinds.items())
        yield f"What differs, and in how many posts: {named}."
    yield f"Verified: {verdicts(found.figures)}."


def _differences(verdict: Verdict, *, verbose: bool) -> Iterator[str]:
    shown = verdict.differences if verbose else verdict.differences[:_DIFFERENCES]
    yield from map(_sentence, shown)
    more = len(verdict.differences) - len(shown) + verdict.more
    if more:
        yield f"... {more:,} more"


def _sentence(difference: Difference) -> str:
    """`words, lost: ...`, on one line."""
    word = "lost" if difference.lost else "changed"
    old, new = (" ".join(text.split()) for text in (difference.old, difference.new))
    if old and new:
        return f"{difference.kind}, {word}: {old} -> {new}"
    return f"{difference.kind}, {word}: {old}" if old else f"{difference.kind}, added: {new}"
