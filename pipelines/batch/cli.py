"""The command `convert batch`. Maps flags to what a batch is asked to do; everything else happens elsewhere."""

from __future__ import annotations

from typing import Any

import click

from pipelines.cli.click_options import SETTINGS, option

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


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings=SETTINGS)
@click.argument("jobs", metavar="JOBS.toml", type=click.Path())
@click.option("--only", metavar="NAME,...", default="", help="Only these sites; names may be patterns.")
@option("workers", "Number of processes in all. Default: one a processor.")
@option("executor", "Where sites are converted: processes of this machine, this process, or a Dask cluster.")
@option("scheduler")
@click.option("--fail-fast", is_flag=True, help="Begin no other site after one has failed.")
@click.option("--redo", is_flag=True, help="Carry sites that are unchanged, too.")
@option("force", "Write into folders that hold files of others, and over them.")
@option("dry-run")
@option("report", "Where the report goes. Default: JOBS-report.json beside it.")
@click.option(
    "--state",
    metavar="DIR",
    default="",
    help="Where it is remembered what is done. Default: .postferry beside the file.",
)
@option("quiet")
def batch(jobs: str, **flags: Any) -> int:
    """Carry many sites, as the file JOBS.toml says.

    A site that fails does not stop the others. Run the same command again to go on after an interruption or a failure:
    sites that are done, and whose sources and options are unchanged, are skipped.
    """
    from pathlib import Path

    from pipelines.batch.report import summary
    from pipelines.batch.run import run_batch
    from pipelines.batch.work import Batch
    from pipelines.cli import terminal
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
    with terminal.progress(quiet=flags["quiet"]) as tell:
        ended = run_batch(asked, tell)
    summary(ended, asked, quiet=flags["quiet"])
    return ended.status
