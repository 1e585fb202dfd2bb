"""One site of a batch, carried wherever that is done. Tasks and results are plain data.

A result is never an exception: what ends the run of one site is its reason, and the other sites go on.
"""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import msgspec

from converters.errors import LockedError, PostferryError
from pipelines.batch.expand import BatchSite
from pipelines.cli.job_options import job
from pipelines.cli.options import OPTIONS
from pipelines.remote.conversion import fetched, run, standing
from pipelines.run import fingerprint
from pipelines.run.progress import silent
from pipelines.run.run_result import RunResult

CARRIED, UNCHANGED, FAILED, LEFT = "carried", "unchanged", "failed", "not begun"
_BUG = 1
_LOOK = 0.5
"""Seconds between two looks whether an output is free."""


class Figures(msgspec.Struct, frozen=True):
    """What was in a site, and what was said about it."""

    items: int = 0
    carried: int = 0
    notices: dict[str, int] = {}
    """code -> how often"""
    kept: tuple[str, ...] = ()
    """Files of the user's that were left as they are."""


class Done(msgspec.Struct, frozen=True):
    """A site that was carried: of what, by what, and in which run of its output folder."""

    sources: str
    options: str
    program: str
    run: int
    figures: Figures


class SiteTask(msgspec.Struct, frozen=True):
    """All that is needed to carry one site. Paths are absolute."""

    name: str
    sources: tuple[str, ...]
    output: str
    values: dict[str, Any]
    """name of an option -> value"""
    shown: dict[str, Any]
    """The same as written in the file, sources among them: what makes the site another one when it changes."""
    program: str
    """The version of the program."""
    workers: int = 1
    """Processes for the items of this site."""
    known: Done | None = None
    """What is known of an earlier run; None to carry it in any case."""
    dry_run: bool = False
    patience: float = 0.0
    """Seconds to wait for an output that another run holds."""


class SiteResult(msgspec.Struct, frozen=True):
    """What became of one site."""

    state: str
    """carried, unchanged, failed, or not begun."""
    why: str = ""
    status: int = 0
    """The exit status that the site alone would have had."""
    figures: Figures = Figures()
    seconds: float = 0.0
    done: Done | None = None
    """To be remembered; None when there is nothing to remember."""

    @property
    def busy(self) -> bool:
        return self.status == LockedError.exit_status


class Batch(msgspec.Struct, frozen=True):
    """What a run is asked to do."""

    file: Path
    only: tuple[str, ...] = ()
    """Patterns for names of sites; empty for all."""
    workers: int = 0
    """Processes in all; 0 for as many as the machine has processors, or the cluster threads."""
    scheduler: str = ""
    """Of the Dask cluster that carries the sites; empty for processes of this machine."""
    dry_run: bool = False
    fail_fast: bool = False
    redo: bool = False
    """Carry sites that are unchanged, too."""
    force: bool = False
    report: str = ""
    state: str = ""
    """The folder that remembers what is done; empty for `.postferry` beside the file."""


class BatchResult(msgspec.Struct, frozen=True):
    """How a batch ended: sites in the order of the file, with what became of each."""

    sites: list[tuple[BatchSite, SiteResult]]
    report: str
    """Where the report is; empty when none was written."""
    hidden: tuple[str, ...] = ()
    """Files that fit a pattern and were passed over, as in folders."""

    @property
    def status(self) -> int:
        """0 when nothing failed; 75 when all that failed was in use by another run; else 4."""
        failed = [result for _, result in self.sites if result.state in (FAILED, LEFT)]
        return 0 if not failed else 75 if all(result.busy for result in failed) else 4


def convert_site(task: SiteTask) -> SiteResult:
    """Carry the site, unless it is done and nothing has changed."""
    begun = time.monotonic()
    try:
        result = _when_free(task)
    except PostferryError as error:
        result = SiteResult(FAILED, str(error), error.exit_status)
    except (OSError, MemoryError) as error:
        result = SiteResult(FAILED, f"{type(error).__name__}: {error}", _BUG)
    return msgspec.structs.replace(result, seconds=round(time.monotonic() - begun, 3))


def _when_free(task: SiteTask) -> SiteResult:
    """As soon as no other run holds the output. Raises LockedError when that takes longer than the task's patience."""
    until = time.monotonic() + task.patience
    while True:
        try:
            return _converted(task)
        except LockedError:
            if time.monotonic() >= until:
                raise
            time.sleep(_LOOK)


def _converted(task: SiteTask) -> SiteResult:
    # Before the files are read, and again behind that: a site is done when they are the same all the time.
    sources = fingerprint.of_sources(task.sources)
    options = fingerprint.of_options(task.shown, task.values)
    made = sources, options, task.program
    known = task.known
    if known is not None and (known.sources, known.options, known.program) == made and _stands(known, task.output):
        return SiteResult(UNCHANGED, figures=known.figures)
    with fetched(task.sources, lambda: nullcontext(silent)) as (names, called):
        outcome = run(msgspec.structs.replace(job(names, _given(task)), called=called))
    figures = _figures(outcome)
    status = outcome.status(strict=bool(task.values.get("strict")))
    if status:
        return SiteResult(FAILED, _reason(outcome), status, figures)
    same = not task.dry_run and _digests(task) == made[:2]
    done = Done(*made, outcome.run, figures) if same else None
    return SiteResult(CARRIED, figures=figures, done=done)


def _digests(task: SiteTask) -> tuple[str, str]:
    """Of the sources and the options as they are now; empty when that cannot be told."""
    try:
        return fingerprint.of_sources(task.sources), fingerprint.of_options(task.shown, task.values)
    except (PostferryError, OSError):
        return "", ""


def _stands(known: Done, output: str) -> bool:
    """Is the output what that run left, and has no other begun to write there?"""
    return known.run > 0 and known.run == standing(output)


def _given(task: SiteTask) -> dict[str, Any]:
    named = {option.key: task.values[option.name] for option in OPTIONS if option.name in task.values}
    return {**named, "output": task.output, "workers": task.workers, "dry_run": task.dry_run}


def _figures(outcome: RunResult) -> Figures:
    account = outcome.account
    carried = sum(account.carried.values())
    return Figures(account.surveyed + account.languages, carried, account.notices, outcome.kept)


def _reason(outcome: RunResult) -> str:
    account = outcome.account
    reasons = [*account.incomplete, *account.failed]
    if not reasons:
        return "Something was changed, lost or left as it is, and strict is set."
    count = f"{len(account.failed)} of {account.surveyed} items not carried: " if account.failed else ""
    more = f" ({len(reasons) - 1} more in its report)" if len(reasons) > 1 else ""
    return f"{count}{reasons[0]}{more}"
