"""What the command says on the terminal. Messages go to stderr, without control characters of the source."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from converters.notices import KINDS, Severity

if TYPE_CHECKING:
    from pipelines.media.gather import Brought
    from pipelines.run import Job, Outcome, Progress

_EVERY = 3.0
"""Seconds between two lines of progress where there is no terminal."""
_SHOWN = 10


@contextmanager
def progress(*, quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, a line every few seconds elsewhere, nothing when quiet."""
    if quiet:
        yield lambda stage, done, total: None
    elif sys.stderr.isatty():
        yield from _bar()
    else:
        yield _lines()


def _bar() -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total or None)


def _lines() -> Progress:
    last = time.monotonic()

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _EVERY:
            last = time.monotonic()
            say(f"{stage}: {done} of {total}" if total else stage)

    return tell


def say(text: str) -> None:
    """One line on stderr, without what could command a terminal."""
    click.echo("".join(character if character.isprintable() else "\ufffd" for character in text), err=True)


def summary(outcome: Outcome, job: Job, *, quiet: bool, verbose: bool) -> None:
    """Five lines: what was carried, the sum, what was changed or lost, what is kept where, the next command."""
    account = outcome.account
    for line in (*account.failed[:_SHOWN], *account.incomplete):
        say(f"not carried: {line}")
    if len(account.failed) > _SHOWN:
        say(f"not carried: {len(account.failed) - _SHOWN} more, see the report")
    if quiet:
        return
    carried = ", ".join(_counted(count, kind) for kind, count in sorted(account.carried.items())) or "nothing"
    drafts = ", ".join(f"{count} {status}" for status, count in sorted(account.drafts.items()))
    say(f"Carried: {carried}{f' (not public: {drafts})' if drafts else ''}.")
    say(f"Sum: {account.balance}.")
    report = f" Report: {outcome.report}" if outcome.report else ""
    say(f"Notices: {notices_by_severity(account.notices)}.{report}")
    if verbose:
        for code, count in account.notices.items():
            say(f"  {count} x {code}: {KINDS[code].text} {KINDS[code].advice}".rstrip())
    if account.unknown:
        say(f"Shortcodes nobody knows, and in how many items: {_unknown(account.unknown)}; see docs/rules.md.")
    if outcome.kept:
        more = " ..." if outcome.kept[5:] else ""
        say(f"Left as they are, since you changed them: {', '.join(outcome.kept[:5])}{more}.")
    if outcome.media is not None:
        say(f"Files: {_brought(outcome.media)}.")
    if (
        account.used.get("media")
        and job.options.write.media == "rewrite"
        and job.options.importer not in ("hugo", "html")
    ):
        folder = "static/" if job.options.exporter == "hugo" else ""
        say(
            f"Pictures: copy wp-content/uploads of the old site to {folder}wp-content/uploads; addresses stay the same."
        )
    say("Nothing was written (--dry-run)." if job.dry_run else f"Next: {_next(job)}")


def _brought(media: Brought) -> str:
    size = f"{media.bytes / 1_000_000:,.1f} MB" if media.bytes >= 100_000 else f"{media.bytes:,} bytes"
    large = f" ({media.too_large:,} too large, see --max-file-size)" if media.too_large else ""
    missing = f"; {media.missing:,} could not be had{large}, see the report" if media.missing else "; none missing"
    return f"{media.files:,} of the site's own came along ({size}){missing}"


def _counted(count: int, kind: str) -> str:
    """`1 post`, `4 pages`; names of custom kinds stay as they are."""
    return f"{count} {kind}s" if count != 1 and kind in ("post", "page") else f"{count} {kind}"


def _unknown(counts: dict[str, int]) -> str:
    named = [f"{name} {count}" for name, count in counts.items()]
    more = f", {len(named) - _SHOWN} more in the report" if len(named) > _SHOWN else ""
    return ", ".join(named[:_SHOWN]) + more


def notices_by_severity(counts: dict[str, int]) -> str:
    """`2 lost, 5 info`, the worst first."""
    by_severity = dict.fromkeys(Severity, 0)
    for code, count in counts.items():
        by_severity[KINDS[code].severity] += count
    named = [f"{count} {severity.name.lower()}" for severity, count in by_severity.items() if count]
    return ", ".join(reversed(named)) or "none"


def _next(job: Job) -> str:
    server = {"hugo": "hugo server", "jekyll": "jekyll serve"}.get(job.options.exporter)
    return f"cd {job.output} && {server}" if server else f"look at {job.output}"
