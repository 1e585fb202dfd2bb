"""Is there anything to do? When sources, options and program are those of the last run into a folder, and all it wrote
is still there byte for byte, another run would write the same and say the same; so it says that, and ends.

Whatever cannot be told for certain makes it a run: files that come along, sources that are no files, classes of third
parties, files that the user edited.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from converters.plugin import BUILT_IN
from pipelines.output.state import last
from pipelines.run.outcome import Outcome

if TYPE_CHECKING:
    from pipelines.report.write import ReportPaths
    from pipelines.run.convert import Job

_PASSING = {"item.crashed", "item.timed-out", "item.out-of-memory"}
_PROGRAM = Path(__file__).parents[2]


def mark(job: Job) -> str:
    """What a site is made of, in one digest; empty when that cannot be told, or when it is to be written anyway."""
    options = job.options
    ours = {options.importer} <= BUILT_IN["importers"].keys() and {options.exporter} <= BUILT_IN["exporters"].keys()
    files = all(name != "-" and "://" not in name for name in (*job.sources, job.output))
    if (
        job.force
        or job.dry_run
        or job.media.way
        or not ours
        or not files
        or options.write.markdown_engine not in BUILT_IN["markdown"]
    ):
        return ""
    from pipelines.batch.fingerprint import of_sources

    asked = msgspec.structs.replace(job, sources=(), called={}, workers=0, dry_run=False, mark="", scheduler="")
    try:
        places = [job.called.get(name) or str(Path(name).absolute()) for name in job.sources]
        parts = (repr(asked), repr(places), of_sources(job.sources), _program())
    except OSError:  # the run says what is wrong with them
        return ""
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _program() -> str:
    """The program and all it uses, also where the version stays the same: names and times of its files, and of the
    folders that change when a package is installed."""
    files = sorted(file for name in ("converters", "pipelines") for file in _files(_PROGRAM / name))
    paths = sysconfig.get_paths()
    libraries = [f"{paths[name]}:{Path(paths[name]).stat().st_mtime_ns}" for name in ("purelib", "platlib")]
    return repr((sys.version, files, libraries))


def _files(folder: Path | str) -> Iterator[str]:
    with os.scandir(folder) as entries:  # which is several times as quick as path objects, at every start
        for entry in entries:
            if entry.is_file() and not entry.name.endswith(".pyc"):
                yield f"{entry.path}:{entry.stat().st_mtime_ns}"
            elif entry.is_dir() and entry.name != "__pycache__":
                yield from _files(entry.path)


def to_remember(mark: str, outcome: Outcome) -> tuple[str, bytes]:
    """What the next run may find. Nothing when files of the user's stand in the way, or when an item had not the time
    or the memory it needs: it has to look at them again."""
    again = outcome.kept or _PASSING & outcome.account.notices.keys()
    return ("", b"") if again or not mark else (mark, msgspec.json.encode(outcome))


def outcome(job: Job, places: ReportPaths) -> Outcome | None:
    """How the last run into the folder ended, when another would do nothing; else None. `places` are those of its
    report, whatever the folder says itself."""
    known = last(Path(job.output), job.mark)
    if known is None:
        return None
    try:
        found = msgspec.json.decode(known, type=Outcome)
    except (msgspec.MsgspecError, RecursionError):  # of another version, or none of ours
        return None
    if (found.output, found.report, found.page) != (job.output, str(places.json), str(places.page)):
        return None
    if not all(Path(file).is_file() for file in (found.report, found.page)):
        return None
    return msgspec.structs.replace(found, repeated=True)
