"""The carry step on a Dask cluster, for the items of one large site.

What workers read lies in a folder inside the output, which all machines share: the survey, and sources that had to be
unpacked. They write nothing. Results come back in the order of the source, and at most a few batches wait at any time,
so that neither the number of workers nor one that dies changes anything in the output.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from converters.errors import PostferryError, UnavailableError
from converters.exporters.base import find_exporter
from converters.importers.base import find_importer
from converters.plugin import SourceFile
from pipelines.output.output_folder import FOLDER, OutputFolder
from pipelines.run import workers
from pipelines.run.carry import Carrier, Options, Result
from pipelines.run.executors import in_order
from pipelines.run.index import Index

if TYPE_CHECKING:
    from pipelines.run.executors.cluster import Cluster
    from pipelines.run.job import Job


SIZE = 256
"""Items a batch: many enough that to open the survey anew for each does not count."""
_AHEAD = 4
"""Batches a thread of the cluster that may be under way or done and not yet written."""
_PREFIX = "cluster-"


class ClusterRun(NamedTuple):
    """Where items are carried, and the folder for what is read there."""

    cluster: Cluster
    folder: Path

    def carry(self, index: Index, options: Options) -> Iterator[Sequence[Result]]:
        """The results of each batch, in the order of the batches.

        Raises what a worker raised that ends a run, UnavailableError when there is nobody to carry a batch.
        """
        copy = self.folder / "index.db"
        index.copy(copy)
        options = _anywhere(options)
        tasks = (_Task(options, str(copy), batch) for batch in workers.batches(index.work(), SIZE))
        for ended in in_order(self.cluster.map_unordered(_carry, tasks)):
            if isinstance(ended.value, PostferryError):
                raise ended.value
            if ended.value is None:
                raise UnavailableError(f"{ended.error} Run the same command again, or without --executor dask.")
            yield ended.value


class _Task(NamedTuple):
    options: Options
    survey: str
    batch: workers.ItemBatch


@contextmanager
def cluster_run(job: Job) -> Iterator[ClusterRun | None]:
    """None when the items are to be carried on this machine: also those of a dry run, and those whose pictures come
    along, which have to be in one place.

    Raises UsageError or UnavailableError when the cluster cannot do it.
    """
    if not job.scheduler or job.dry_run or job.media.way:
        yield None
        return
    from pipelines.run.executors.cluster import Cluster

    with closing(OutputFolder(Path(job.output).absolute())) as output:
        for left in output.names(FOLDER):  # by a run that was killed: the lock is ours now
            if left.startswith(_PREFIX):
                output.clear(f"{FOLDER}/{left}")
    base = Path(job.output).absolute() / FOLDER
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=base, ignore_cleanup_errors=True) as folder:
        sources = (Path(source).absolute() for source in job.sources)
        sees = [Path(folder), *(source for source in sources if source.exists())]
        with closing(Cluster(job.scheduler, most=job.workers, ahead=_AHEAD, sees=sees)) as cluster:
            yield ClusterRun(cluster, Path(folder))


def absolute_sources(files: Sequence[SourceFile]) -> list[SourceFile]:
    """The same files by paths that mean the same everywhere."""
    return [msgspec.structs.replace(file, path=str(Path(file.path).absolute())) for file in files]


def _anywhere(options: Options) -> Options:
    """Classes in files by paths that mean the same everywhere."""
    engine = _absolute(options.write.markdown_engine)
    return msgspec.structs.replace(
        options,
        importer=_absolute(options.importer),
        exporter=_absolute(options.exporter),
        passes=tuple(map(_absolute, options.passes)),
        write=msgspec.structs.replace(options.write, markdown_engine=engine),
    )


def _absolute(name: str) -> str:
    return str(Path(name).absolute()) if ".py:" in name else name


def _carry(task: _Task) -> Sequence[Result] | PostferryError:
    """On a worker."""
    options = task.options
    with closing(Index(Path(task.survey), alone=True)) as lookup:
        importer = find_importer(options.importer)(options.read)
        exporter = find_exporter(options.exporter)(options.write)
        carrier = Carrier(importer, exporter, lookup, options)
        try:
            return [carrier.carry(entry, notices) for entry, notices in task.batch]
        except PostferryError as error:
            return error
