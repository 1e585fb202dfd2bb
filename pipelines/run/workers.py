"""The carry step in several processes of this machine.

Each process reads the survey for itself and carries the batches it is given; results come back in the order of the
source, so that the number of processes changes nothing in the output. At most a few batches wait at any time. A process
that dies costs the item it was at, see `pipelines.run.executors.crash_safe_pool`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from converters import item_timeout
from converters.exporters.base import find_exporter
from converters.importers.base import find_importer
from converters.model import Entry
from converters.model.notices import Notice
from converters.passes.files import Files
from pipelines.report.comparison import Limits, not_shown
from pipelines.run.carry import Carrier, Options, Result, lost
from pipelines.run.executors import processors
from pipelines.run.index import Index

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pipelines.run.executors.crash_safe_pool import Crash, CrashSafePool

Value = TypeVar("Value")
Item = tuple[Entry, list[Notice]]
"""With what is known of it already."""
ItemBatch = Sequence[Item]

SIZE = 64
"""Items a batch."""
_WORTH = 600
"""Items for which another process pays: to start one takes about as long as to carry half of them."""
_SLOW = "too slow"
_WAITING = 3
"""Batches a process that may be under way or done and not yet written."""


def batches(work: Iterator[tuple[Entry, list[Notice]]], size: int = SIZE) -> Iterator[ItemBatch]:
    """The work in pieces of a size."""
    while batch := list(islice(work, size)):
        yield batch


def usual(items: int) -> int:
    """How many processes pay for that many items on this machine."""
    return max(1, min(processors(), items // _WORTH))


def carry_in(
    processes: int, work: Iterator[ItemBatch], options: Options, index: Path, files: Files | None = None
) -> Iterator[Sequence[Result]]:
    """The results of each batch, in the order of the batches. One process is enough to outlive what ends it."""
    waiting: deque[tuple[ItemBatch, Future[Sequence[Result]]]] = deque()

    def first() -> Sequence[Result]:
        batch, future = waiting.popleft()
        return _without_renderings(batch, future.result(), options, index, files)

    with closing(_pool(processes, options, index, files)) as pool:
        for batch in work:
            waiting.append((batch, pool.submit(batch)))
            if len(waiting) >= processes * _WAITING:
                yield first()
        while waiting:
            yield first()


def _without_renderings(
    batch: ItemBatch, results: Sequence[Result], options: Options, index: Path, files: Files | None
) -> Sequence[Result]:
    """The results. What ended its process is tried once more without the renderings for the report, which may have
    been what ended it."""
    if options.compared == Limits() or all(result.how is None for result in results):
        return results
    plain = replace(options, compared=Limits())
    with closing(_pool(1, plain, index, files)) as pool:
        return [
            result if result.how is None else _shown_as_ended(pool.submit([item]).result()[0], result.how)
            for item, result in zip(batch, results, strict=True)
        ]


def _shown_as_ended(result: Result, how: str) -> Result:
    why = "it takes too long" if how == _SLOW else f"its process ended ({how})"
    return replace(result, side_by_side=not_shown(why)) if result.outcome == "carried" else result


def _pool(size: int, options: Options, index: Path, files: Files | None) -> CrashSafePool[Item, Result]:
    from pipelines.run.executors.crash_safe_pool import CrashSafePool  # most runs need no other process

    return CrashSafePool(size, _begin_to_carry, (options, index, files), _lost, limit=options.item_timeout)


@contextmanager
def apart(
    options: Options, begin: Callable[..., Callable[[Any], Value]], given: tuple[Any, ...], lost: Callable[..., Value]
) -> Iterator[Callable[[Any], Value]]:
    """Does one item after the other in another process, since such an item ended the last one that was at it."""
    from pipelines.run.executors.crash_safe_pool import CrashSafePool

    with closing(CrashSafePool(1, begin, given, lost, limit=options.item_timeout, ahead=0)) as pool:
        yield lambda item: pool.submit([item]).result()[0]


def _begin_to_carry(options: Options, index: Path, files: Files | None) -> Callable[[Item], Result]:
    """Once in every process."""
    item_timeout.limit(options.item_timeout)
    importer = find_importer(options.importer)(options.read)
    exporter = find_exporter(options.exporter)(options.write)
    carrier = Carrier(importer, exporter, Index(index), options, files=files)
    return lambda item: carrier.carry(*item)


def _lost(item: Item, why: Crash) -> Result:
    entry, known = item
    if why.timed_out:
        return replace(lost(entry, known, "item.timed-out"), how=_SLOW)
    return replace(lost(entry, known, "worker.crashed", why.how), how=why.how)
