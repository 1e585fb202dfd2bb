"""What one conversion is to do."""

from __future__ import annotations

import msgspec

from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options


class Job(msgspec.Struct, frozen=True):
    """What one run is asked to do."""

    sources: tuple[str, ...]
    output: str
    options: Options
    force: bool = False
    dry_run: bool = False
    report: str = ""
    """Where the report goes; empty for its place inside the output folder."""
    workers: int = 1
    """Processes that carry items; 0 for as many as pay. The output is the same for any number. Other processes import
    the program's main module anew, which has to allow that."""
    scheduler: str = ""
    """Of the Dask cluster that carries the items, from files and into a folder that all its machines see; empty for
    this machine."""
    called: dict[str, str] = {}
    """What the user calls files, folders and patterns among the sources that lie elsewhere: path here -> address."""
    media: Settings = Settings()
    """Which of the site's own files come along, and from where."""
    fingerprint: str = ""
    """What the site is made of, in one digest: when the last run's was the same and all it wrote still stands, nothing
    is done. Empty: converted in any case."""
