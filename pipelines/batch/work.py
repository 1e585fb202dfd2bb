"""One site of a batch, carried wherever that is done. Tasks and results are plain data.

A result is never an exception: what ends the run of one site is its reason, and the other sites go on.
"""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec

from converters.errors import LockedError, PostferryError
from pipelines.batch import fingerprint
from pipelines.cli.asked import job
from pipelines.cli.flags import OPTIONS
from pipelines.remote.conversion import run, standing
from pipelines.remote.fetch import local
from pipelines.run.outcome import Outcome
from pipelines.run.progress import Progress, silent

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


class Task(msgspec.Struct, frozen=True):
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


class Result(msgspec.Struct, frozen=True):
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


def carry_site(task: Task) -> Result:
    """Carry the site, unless it is done and nothing has changed."""
    begun = time.monotonic()
    try:
        result = _when_free(task)
    except PostferryError as error:
        result = Result(FAILED, str(error), error.exit_status)
    except (OSError, MemoryError) as error:
        result = Result(FAILED, f"{type(error).__name__}: {error}", _BUG)
    return msgspec.structs.replace(result, seconds=round(time.monotonic() - begun, 3))


def _when_free(task: Task) -> Result:
    """As soon as no other run holds the output. Raises LockedError when that takes longer than the task's patience."""
    until = time.monotonic() + task.patience
    while True:
        try:
            return _carried(task)
        except LockedError:
            if time.monotonic() >= until:
                raise
            time.sleep(_LOOK)


def _carried(task: Task) -> Result:
    # Before the files are read, and again behind that: a site is done when they are the same all the time.
    sources = fingerprint.of_sources(task.sources)
    options = fingerprint.of_options(task.shown, task.values)
    made = sources, options, task.program
    known = task.known
    if known is not None and (known.sources, known.options, known.program) == made and _stands(known, task.output):
        return Result(UNCHANGED, figures=known.figures)
    with local(task.sources, _unseen) as here:
        asked = job(here.names, _given(task))
        outcome = run(msgspec.structs.replace(asked, called=here.called))
    figures = _figures(outcome)
    status = outcome.status(strict=bool(task.values.get("strict")))
    if status:
        return Result(FAILED, _reason(outcome), status, figures)
    same = not task.dry_run and _digests(task) == made[:2]
    done = Done(*made, outcome.run, figures) if same else None
    return Result(CARRIED, figures=figures, done=done)


def _digests(task: Task) -> tuple[str, str]:
    """Of the sources and the options as they are now; empty when that cannot be told."""
    try:
        return fingerprint.of_sources(task.sources), fingerprint.of_options(task.shown, task.values)
    except (PostferryError, OSError):
        return "", ""


def _unseen() -> AbstractContextManager[Progress]:
    return nullcontext(silent)


def _stands(known: Done, output: str) -> bool:
    """Is the output what that run left, and has no other begun to write there?"""
    return known.run > 0 and known.run == standing(output)


def _given(task: Task) -> dict[str, Any]:
    named = {option.key: task.values[option.name] for option in OPTIONS if option.name in task.values}
    return {**named, "output": task.output, "workers": task.workers, "dry_run": task.dry_run}


def _figures(outcome: Outcome) -> Figures:
    account = outcome.account
    carried = sum(account.carried.values())
    return Figures(account.surveyed + account.languages, carried, account.notices, outcome.kept)


def _reason(outcome: Outcome) -> str:
    account = outcome.account
    reasons = [*account.incomplete, *account.failed]
    if not reasons:
        return "Something was changed, lost or left as it is, and strict is set."
    count = f"{len(account.failed)} of {account.surveyed} items not carried: " if account.failed else ""
    more = f" ({len(reasons) - 1} more in its report)" if len(reasons) > 1 else ""
    return f"{count}{reasons[0]}{more}"
