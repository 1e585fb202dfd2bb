"""What lies elsewhere around a conversion: sources are fetched before; an output is made in a folder of this machine,
then published. What is of this machine passes through, and fsspec is not loaded for it.

The folder is kept, in the user's folder of caches, so that the next run writes only what changed. Nothing is lost with
it: what is published is known from the manifest beside it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from hashlib import blake2b
from pathlib import Path

from msgspec.structs import replace

from converters.errors import OutputError, PostferryError, UsageError
from pipelines.output import state
from pipelines.output.lock import held
from pipelines.output.output_folder import FOLDER
from pipelines.remote.address import below, is_remote, scheme, shown
from pipelines.run import convert as runs
from pipelines.run import interrupts
from pipelines.run.job import Job
from pipelines.run.progress import Progress, silent
from pipelines.run.run_result import RunResult, Written

REPORTS = ("report.json", "report.html")
STORES = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "memory")
"""Where an object is written whole or not at all."""


@contextmanager
def fetched(
    sources: Sequence[str], begin: Callable[[], AbstractContextManager[Progress]]
) -> Iterator[tuple[Sequence[str], dict[str, str]]]:
    """(sources as files of this machine, what the user calls those that were fetched) while this lasts; `begin` shows
    how far that is.

    Errors that end a run inside name files as the user does. Raises what `pipelines.remote.fetch.fetch` raises.
    """
    if not any(is_remote(name) for name in sources):
        yield sources, {}
        return
    from pipelines.remote.fetch import fetch

    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        with begin() as tell:
            names, called = fetch(sources, Path(spool), tell)
        try:
            yield names, called
        except PostferryError as error:
            text = str(error)
            for name, known in sorted(called.items(), key=lambda pair: -len(pair[0])):
                text = text.replace(name, known)
            error.args = (text,)
            raise


def run(job: Job, progress: Progress | None = None) -> RunResult:
    """Convert, and publish when the output is an address. Raises PostferryError for whatever ends a run."""
    if is_remote(job.report):
        raise UsageError(f"--report names a file of this machine, not {shown(job.report)}.")
    if not is_remote(job.output):
        refuse_records(job.report, Path(job.output) / FOLDER)
        return runs.run(job, progress)
    _check(job)
    folder = staging(job.output)
    inner = replace(job, output=str(folder), force=True)  # the folder is ours alone
    if job.dry_run:
        return replace(runs.run(inner, progress), output=shown(job.output))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with held(folder.with_suffix(".lock"), shown(job.output)):
            return _published(job, inner, folder, progress or silent)
    except OSError as error:
        raise OutputError(
            f"{error.filename or folder} cannot be written: {error.strerror}. See XDG_CACHE_HOME."
        ) from error


def refuse_records(report: str, folder: Path, names: Collection[str] = REPORTS) -> None:
    """Raises UsageError for a report in the place of our own records; only these `names` may be in their folder."""
    path = Path(report).resolve()
    if report and folder.resolve() in path.parents and path.name not in names:
        raise UsageError(f"--report {report} is among postferry's own records in {folder}. Name another place.")


def _published(job: Job, inner: Job, folder: Path, progress: Progress) -> RunResult:
    from pipelines.remote import publish
    from pipelines.remote.remote_lock import leased
    from pipelines.remote.store import RemoteStore

    tell = interrupts.check_cancelled(progress)
    store = RemoteStore(job.output, output=True)
    tell("opening", 0, 0)
    with leased(store) as check:
        site = publish.PublishedSite(store, force=job.force)
        outcome = runs.run(inner, progress, lambda digests: site.plan(publish.staged(folder, digests)).kept)
        report, page = Path(outcome.report), Path(outcome.page)
        files = publish.staged(folder, state.written(folder), report, page)
        plan = site.plan(files)
        done = site.publish(files, plan, tell, check)
        publish.remember(folder, store)
    return replace(
        outcome,
        output=store.name,
        report=_named(report, folder, store.name),
        page=_named(page, folder, store.name),
        kept=tuple(plan.kept),
        written=Written(done.new, done.unchanged, done.removed),
        repeated=outcome.repeated and not (done.new or done.removed),
    )


def _named(file: Path, folder: Path, store: str) -> str:
    """What a file is called there, when it lies in the folder that is published."""
    return f"{store}/{file.relative_to(folder).as_posix()}" if folder in file.parents else str(file)


def _check(job: Job) -> None:
    """Raises UsageError for a place that cannot be written safely, OutputError for one that is read."""
    name = scheme(job.output)
    if name not in STORES:
        known = ", ".join(f"{each}://" for each in STORES[:-1])
        raise UsageError(
            f"Nothing is written to {name}://; {known} and folders are. Convert into a folder and copy it."
        )
    for source in (*job.sources, *job.called.values()):
        if is_remote(source) and (below(job.output, source) or below(source, job.output)):
            raise OutputError(f"{shown(job.output)} and the source {shown(source)} lie in each other. Write elsewhere.")


def staging(output: str) -> Path:
    """The folder in which a site of this output is made."""
    mark = blake2b(shown(output).rstrip("/").encode(), digest_size=12).hexdigest()
    return _caches() / "postferry" / mark


def _caches() -> Path:
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~")).expanduser()
    return Path("~/Library/Caches" if sys.platform == "darwin" else "~/.cache").expanduser()


def standing(output: str) -> int:
    """The number of the last run that wrote there, when all it wrote is still there; else 0. Changes nothing."""
    if not is_remote(output):
        return state.standing(Path(output))
    from pipelines.remote.publish import stands
    from pipelines.remote.store import RemoteStore

    folder = staging(output)
    found = state.standing(folder)
    return found if found and stands(folder, RemoteStore(output, output=True)) else 0
