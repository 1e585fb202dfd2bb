"""The command `convert batch`. Maps flags to what a batch is asked to do; everything else happens elsewhere."""

from __future__ import annotations

from typing import Any

import click

from pipelines.cli.help import Choice

EPILOG = """
\b
Examples:
  convert batch jobs.toml
  convert batch jobs.toml --only 'harbour*,islands' --dry-run
  convert batch jobs.toml --workers 4 --fail-fast --report nightly.json

\b
A file of jobs:
  [defaults]
  to = "hugo"
  timezone = "Europe/Berlin"

\b
  [[site]]
  source = "exports/*.xml"
  output = "out/{stem}-{to}"

\b
  [[site]]
  source = ["old/part1.xml", "old/part2.xml"]
  output = "out/old"
  redirects = "nginx"

Its keys are the options of `convert`; paths are relative to the file. See docs/batch.md.

\b
Exit status: 0 all carried or unchanged; 2 a mistake in the file or usage; 4 some sites failed;
69 no cluster answers, or no store that a pattern names; 75 another run is at it; 130 interrupted.
"""


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("jobs", metavar="JOBS.toml", type=click.Path())
@click.option("--only", metavar="NAME,...", default="", help="Only these sites; names may be patterns.")
@click.option("--workers", metavar="N", type=click.IntRange(1, 256), help="Processes in all. Default: one a processor.")
@click.option(
    "--executor",
    type=Choice(("local", "inline", "dask")),
    default="local",
    show_default=True,
    help="Who carries the sites: processes of this machine, this process, or a Dask cluster.",
)
@click.option("--scheduler", metavar="ADDRESS", default="", help="Of the Dask cluster: tcp://HOST:8786.")
@click.option("--fail-fast", is_flag=True, help="Begin no other site after one has failed.")
@click.option("--redo", is_flag=True, help="Carry sites that are unchanged, too.")
@click.option("--force", is_flag=True, help="Write into folders that hold files of others, and over them.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option(
    "--report", metavar="FILE", default="", help="Where the report goes. Default: JOBS-report.json beside it."
)
@click.option(
    "--state",
    metavar="DIR",
    default="",
    help="Where it is remembered what is done. Default: .postferry beside the file.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
def batch(jobs: str, **flags: Any) -> int:
    """Carry many sites, as the file JOBS.toml says.

    A site that fails does not stop the others. Run the same command again to go on after an interruption or a failure:
    sites that are done, and whose sources and options are unchanged, are skipped.
    """
    from pathlib import Path

    from pipelines.batch.console import summary
    from pipelines.batch.run import Batch, run_batch
    from pipelines.cli import console
    from pipelines.run.executors import chosen

    workers, scheduler = chosen(flags["executor"], flags["scheduler"], flags["workers"] or 0)
    only = tuple(name.strip() for name in flags["only"].split(",") if name.strip())
    asked = Batch(
        Path(jobs),
        only,
        workers,
        scheduler=scheduler,
        dry_run=flags["dry_run"],
        fail_fast=flags["fail_fast"],
        redo=flags["redo"],
        force=flags["force"],
        report=flags["report"],
        state=flags["state"],
    )
    with console.progress(quiet=flags["quiet"]) as tell:
        ended = run_batch(asked, tell)
    summary(ended, asked, quiet=flags["quiet"])
    return ended.status
