"""The run of a batch: which sites, in which processes, which are done already, and what became of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from converters import __version__
from converters.errors import OutputError, UsageError
from converters.importers.shared.hidden import PassedOver
from converters.model.notices import Log
from converters.nearest import did_you_mean
from pipelines.batch import fingerprint
from pipelines.batch.expand import Site, read_jobs
from pipelines.batch.jobs import placed
from pipelines.batch.ledger import Ledger
from pipelines.batch.report import write_report
from pipelines.batch.work import FAILED, LEFT, Result, Task, carry_site
from pipelines.output.lock import held
from pipelines.output.output_folder import FOLDER
from pipelines.remote.address import place, shown
from pipelines.run import executors, workers

Progress = Callable[[str, int, int], None]
_BYTES_AN_ITEM = 3000
"""Of a source, about: enough to tell a site whose items are worth several processes."""

_PATIENCE = 100.0
"""Seconds that a site waits for its output on a cluster. The lock of a worker that died ends with it, but on another
machine it may last as long as the lease of an NFS client, 90 seconds."""


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


class Ended(msgspec.Struct, frozen=True):
    """How a batch ended: sites in the order of the file, with what became of each."""

    sites: list[tuple[Site, Result]]
    report: str
    """Where the report is; empty when none was written."""
    hidden: tuple[str, ...] = ()
    """Files that fit a pattern and were passed over, as in folders."""

    @property
    def status(self) -> int:
        """0 when nothing failed; 75 when all that failed was in use by another run; else 4."""
        failed = [result for _, result in self.sites if result.state in (FAILED, LEFT)]
        return 0 if not failed else 75 if all(result.busy for result in failed) else 4


class Places(NamedTuple):
    """Where it is remembered what is done."""

    folder: Path
    lock: Path
    ledger: Path
    jobs: str
    """What the file is called in the ledger."""


def places(batch: Batch) -> Places:
    """Beside the file, or where it is told; several files may share a folder."""
    folder = Path(batch.state) if batch.state else batch.file.parent / FOLDER
    jobs = os.path.relpath(batch.file.resolve(), folder.resolve().parent)
    mark = blake2b(os.fsencode(jobs), digest_size=4).hexdigest()
    return Places(folder, folder / f"{batch.file.name}-{mark}.lock", folder / f"{batch.file.name}-{mark}.db", jobs)


def run_batch(batch: Batch, tell: Progress) -> Ended:
    """Carry the sites. Raises JobsError for a file with mistakes, LockedError when another run is at this file."""
    passed, log = PassedOver(), Log()
    sites = _chosen(read_jobs(batch.file, passed), batch.only)
    passed.note(log)
    hidden = tuple(notice.what for notice in log.notices)
    with _ledger(batch) as ledger:
        ended = list(zip(sites, _carried(batch, sites, ledger, tell), strict=True))
        if batch.dry_run:
            return Ended(ended, "", hidden)
        report = Path(batch.report) if batch.report else batch.file.with_name(f"{batch.file.stem}-report.json")
        write_report(report, batch.file, ended)
    return Ended(ended, str(report), hidden)


@contextmanager
def _ledger(batch: Batch) -> Iterator[Ledger | None]:
    """What is done, for us alone while this lasts; None for a dry run where nothing is."""
    place = places(batch)
    with ExitStack() as stack:
        if not batch.dry_run:
            try:
                stack.enter_context(held(place.lock, str(batch.file)))
            except OSError as error:
                raise OutputError(f"{place.folder} cannot be written: {error.strerror}. See --state.") from error
        elif not place.ledger.is_file():
            yield None
            return
        yield stack.enter_context(closing(Ledger(place.ledger, place.jobs, reading=batch.dry_run)))


def _chosen(sites: list[Site], only: Sequence[str]) -> list[Site]:
    names = [site.name for site in sites]
    for pattern in only:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise UsageError(f"--only: no site is called {pattern!r}.{did_you_mean(pattern, names)}")
    return [site for site in sites if not only or any(fnmatchcase(site.name, pattern) for pattern in only)]


def _carried(batch: Batch, sites: list[Site], ledger: Ledger | None, tell: Progress) -> list[Result]:
    """What became of each site, in their order; what is done is noted at once."""
    tasks = [_task(batch, site, ledger) for site in sites]
    sizes = [fingerprint.size(task.sources) for task in tasks]
    total = batch.workers if batch.scheduler else batch.workers or executors.processors()
    executor = executors.begun(min(total, len(tasks)), batch.scheduler, [batch.file.resolve()])
    order = list(range(len(tasks)))
    if executor.size > 1:  # the largest first, so that none is left alone at the end
        order.sort(key=lambda number: -sizes[number])
    for number in order if not batch.scheduler else ():
        share = min(total // executor.size, workers.usual(sizes[number] // _BYTES_AN_ITEM))
        tasks[number] = msgspec.structs.replace(tasks[number], workers=max(1, share))
    results: dict[int, Result] = {}

    def waiting() -> Iterator[Task]:
        for number in order:
            if batch.fail_fast and any(result.state == FAILED for result in results.values()):
                return
            yield tasks[number]

    try:
        for ended in executor.map_unordered(carry_site, waiting()):
            number = order[ended.number]
            result = ended.value or Result(FAILED, ended.error, 1)
            if ledger is not None and result.done is not None:
                ledger.note(shown(sites[number].output), result.done)
            results[number] = result
            tell("converting sites", len(results), len(sites))
    finally:
        executor.close()
    return [
        results.get(number, Result(LEFT, "Another site failed before (--fail-fast).")) for number in range(len(sites))
    ]


def _task(batch: Batch, site: Site, ledger: Ledger | None) -> Task:
    folder = batch.file.parent.resolve()
    values = {key: placed(key, value, folder) for key, value in site.values.items()}
    if batch.force:
        values["force"] = True
    return Task(
        site.name,
        tuple(place(folder, source) for source in site.sources),
        place(folder, site.output),
        values,
        {**site.values, "source": site.sources},
        __version__,
        known=ledger.known(shown(site.output)) if ledger is not None and not batch.redo else None,
        dry_run=batch.dry_run,
        patience=_PATIENCE if batch.scheduler else 0.0,
    )
