"""The run of a batch: which sites, in which processes, which are done already, and what became of each."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from fnmatch import fnmatchcase
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from converters import __version__
from converters.errors import OutputError, UsageError
from converters.importers.shared.hidden import PassedOver
from converters.model.notices import Log
from converters.nearest import did_you_mean
from pipelines.batch.expand import BatchSite, read_jobs
from pipelines.batch.jobs import placed
from pipelines.batch.report import write_report
from pipelines.batch.work import FAILED, LEFT, Batch, BatchResult, Done, SiteResult, SiteTask, convert_site
from pipelines.output.database import Tables, open_database, read_only
from pipelines.output.lock import held
from pipelines.output.output_folder import FOLDER, OutputFolder
from pipelines.remote.address import place, shown
from pipelines.remote.conversion import refuse_records
from pipelines.run import executors, fingerprint, workers

Progress = Callable[[str, int, int], None]
_BYTES_AN_ITEM = 3000
"""Of a source, about: enough to tell a site whose items are worth several processes."""

_PATIENCE = 100.0
"""Seconds that a site waits for its output on a cluster. The lock of a worker that died ends with it, but on another
machine it may last as long as the lease of an NFS client, 90 seconds."""
_TABLES: Tables = {"sites": ("jobs TEXT", "output TEXT", "done BLOB", "PRIMARY KEY (jobs, output)", "WITHOUT ROWID")}


class StateFiles(NamedTuple):
    """Where a batch keeps its state."""

    folder: Path
    lock: Path
    state: Path
    jobs: str
    """The name of the job file in the state."""


def state_files(batch: Batch) -> StateFiles:
    """Beside the job file, or in the folder of `--state`; several job files may share a folder."""
    folder = Path(batch.state) if batch.state else batch.file.parent / FOLDER
    jobs = os.path.relpath(batch.file.resolve(), folder.resolve().parent)
    mark = blake2b(os.fsencode(jobs), digest_size=4).hexdigest()
    return StateFiles(folder, folder / f"{batch.file.name}-{mark}.lock", folder / f"{batch.file.name}-{mark}.db", jobs)


def run_batch(batch: Batch, tell: Progress) -> BatchResult:
    """Convert the sites. Raises JobsError for a file with mistakes, LockedError when another run is at this file."""
    passed, log = PassedOver(), Log()
    sites = _chosen(read_jobs(batch.file, passed), batch.only)
    passed.note(log)
    hidden = tuple(notice.what for notice in log.notices)
    refuse_records(batch.report, state_files(batch).folder, ())
    with _opened_state(batch) as state:
        ended = list(zip(sites, _converted(batch, sites, state, tell), strict=True))
        if batch.dry_run:
            return BatchResult(ended, "", hidden)
        report = Path(batch.report) if batch.report else batch.file.with_name(f"{batch.file.stem}-report.json")
        write_report(report, batch.file, ended)
    return BatchResult(ended, str(report), hidden)


@contextmanager
def _opened_state(batch: Batch) -> Iterator[BatchState | None]:
    """What is done, for us alone while this lasts; None for a dry run where nothing is."""
    files = state_files(batch)
    with ExitStack() as stack:
        if not batch.dry_run:
            try:
                stack.enter_context(held(files.lock, str(batch.file)))
            except OSError as error:
                raise OutputError(f"{files.folder} cannot be written: {error.strerror}. See --state.") from error
        elif not files.state.is_file():
            yield None
            return
        yield stack.enter_context(closing(BatchState(files.state, files.jobs, reading=batch.dry_run)))


def _chosen(sites: list[BatchSite], only: Sequence[str]) -> list[BatchSite]:
    names = [site.name for site in sites]
    for pattern in only:
        if not any(fnmatchcase(name, pattern) for name in names):
            raise UsageError(f"--only: no site is called {pattern!r}.{did_you_mean(pattern, names)}")
    return [site for site in sites if not only or any(fnmatchcase(site.name, pattern) for pattern in only)]


def _converted(batch: Batch, sites: list[BatchSite], state: BatchState | None, tell: Progress) -> list[SiteResult]:
    """What became of each site, in their order; what is done is noted at once."""
    tasks = [_task(batch, site, state) for site in sites]
    sizes = [fingerprint.size(task.sources) for task in tasks]
    total = batch.workers if batch.scheduler else batch.workers or executors.processors()
    executor = _executor(batch, min(total, len(tasks)))
    order = list(range(len(tasks)))
    if executor.size > 1:  # the largest first, so that none is left alone at the end
        order.sort(key=lambda number: -sizes[number])
    for number in order if not batch.scheduler else ():
        share = min(total // executor.size, workers.usual(sizes[number] // _BYTES_AN_ITEM))
        tasks[number] = msgspec.structs.replace(tasks[number], workers=max(1, share))
    results: dict[int, SiteResult] = {}

    def waiting() -> Iterator[SiteTask]:
        for number in order:
            if batch.fail_fast and any(result.state == FAILED for result in results.values()):
                return
            yield tasks[number]

    try:
        for ended in executor.map_unordered(convert_site, waiting()):
            number = order[ended.number]
            result = ended.value or SiteResult(FAILED, ended.error, 1)
            if state is not None and result.done is not None:
                state.note(shown(sites[number].output), result.done)
            results[number] = result
            tell("converting sites", len(results), len(sites))
    finally:
        executor.close()
    return [
        results.get(number, SiteResult(LEFT, "Another site failed before (--fail-fast)."))
        for number in range(len(sites))
    ]


def _executor(batch: Batch, size: int) -> executors.Executor:
    """For that many sites at once, here or on the Dask cluster, whose workers all have to see the job file; there 0
    means as many as it can do."""
    if not batch.scheduler:
        from pipelines.run.executors.crash_safe_pool import local

        return local(size)
    from pipelines.run.executors.cluster import Cluster

    return Cluster(batch.scheduler, most=size, sees=[batch.file.resolve()])


def _task(batch: Batch, site: BatchSite, state: BatchState | None) -> SiteTask:
    folder = batch.file.parent.resolve()
    values = {key: placed(key, value, folder) for key, value in site.values.items()}
    if batch.force:
        values["force"] = True
    return SiteTask(
        site.name,
        tuple(place(folder, source) for source in site.sources),
        place(folder, site.output),
        values,
        {**site.values, "source": site.sources},
        __version__,
        known=state.known(shown(site.output)) if state is not None and not batch.redo else None,
        dry_run=batch.dry_run,
        patience=_PATIENCE if batch.scheduler else 0.0,
    )


class BatchState:
    """Which sites of one job file are done, and with what: an SQLite file in `.postferry` beside the job file. Only the
    process that runs the batch has it open, and those that only look (`reading`).

    A row is written when a site is done, and is on the disk before anything else begins. It names the run of the output
    folder that it is about: every run takes a new number there before it writes its first file, so that a row is never
    believed once anybody has begun to write there anew, however that ended.
    """

    def __init__(self, file: Path, jobs: str, *, reading: bool = False) -> None:
        """Raises OutputError when the file cannot be made or is none of ours."""
        self._jobs = jobs
        with ExitStack() as opened:
            try:
                folder = opened.enter_context(closing(OutputFolder(file.parent)))
                if reading:
                    spool = opened.enter_context(TemporaryDirectory(prefix="postferry-"))
                    self._db = opened.enter_context(read_only(folder, file.name, _TABLES, Path(spool)))
                else:
                    self._db = opened.enter_context(closing(open_database(folder, file.name, _TABLES).db))
            except (sqlite3.Error, OSError) as error:
                text = f"{file} cannot be used: {error}. Remove it; all sites are converted anew then."
                raise OutputError(text) from error
            self._opened = opened.pop_all()

    def known(self, output: str) -> Done | None:
        try:
            row = self._db.execute(
                "SELECT CAST(done AS BLOB) FROM sites WHERE jobs = ? AND output = ?", (self._jobs, output)
            ).fetchone()
            return msgspec.json.decode(row[0] or b"", type=Done) if row else None
        except (msgspec.MsgspecError, RecursionError, sqlite3.DatabaseError):
            return None

    def note(self, output: str, done: Done) -> None:
        """The site is done. On the disk when this returns."""
        row = self._jobs, output, msgspec.json.encode(done)
        self._db.execute("INSERT OR REPLACE INTO sites VALUES (?, ?, ?)", row)

    def close(self) -> None:
        self._opened.close()
