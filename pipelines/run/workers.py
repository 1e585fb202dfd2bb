"""The carry step in several processes of this machine.

Each process reads the survey for itself and carries the batches it is given; results come back in the order of the
source, so that the number of processes changes nothing in the output. At most a few batches wait at any time. A process
that dies costs the item it was at, see `pipelines.run.executors.guarded`.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converters import item_timeout
from converters.exporters.base import find_exporter
from converters.importers.base import find_importer
from converters.model import Entry, Place
from converters.model.notices import Notice
from converters.passes.files import Files, Wanted
from pipelines.run.carry import Carrier, Options, Result, lost
from pipelines.run.index import Index

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pipelines.report.sides import Pair
    from pipelines.run.executors.guarded import Guarded, Lost

Item = tuple[Entry, list[Notice]]
"""With what is known of it already."""
Batch = Sequence[Item]
Compared = tuple["Pair", bool]

SIZE = 64
"""Items a batch."""
_WORTH = 600
"""Items for which another process pays: to start one takes about as long as to carry half of them."""
_WAITING = 3
"""Batches a process that may be under way or done and not yet written."""


def batches(work: Iterator[tuple[Entry, list[Notice]]], size: int = SIZE) -> Iterator[Batch]:
    """The work in pieces of a size."""
    while batch := list(islice(work, size)):
        yield batch


def usual(items: int) -> int:
    """How many processes pay for that many items on this machine."""
    return max(
        1,
        min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, items // _WORTH),
    )


def carry_in(
    processes: int, work: Iterator[Batch], options: Options, index: Path, files: Files | None = None
) -> Iterator[Sequence[Result]]:
    """The results of each batch, in the order of the batches. One process is enough to outlive what ends it."""
    waiting: deque[Future[Sequence[Result]]] = deque()
    with closing(_pool(processes, _begin_to_carry, _lost, (options, index, files))) as pool:
        for batch in work:
            waiting.append(pool.submit(batch))
            if len(waiting) >= processes * _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def look_apart(work: Iterator[Batch], options: Options, index: Path) -> Iterator[list[Wanted]]:
    """The files that each item refers to, found in another process; none for one that ends that."""
    with closing(_pool(1, _begin_to_look, _nothing, (options, index))) as pool:
        for batch in work:
            yield from pool.submit(batch).result()


@contextmanager
def comparing_apart(options: Options, index: Path, output: Path) -> Iterator[Callable[[Entry, Place | None], Compared]]:
    """Makes pairs for the report in another process: (the pair, whether it ended that process)."""
    with closing(_pool(1, _begin_to_compare, _not_compared, (options, index, output))) as pool:
        yield lambda entry, place: pool.submit([(entry, place)]).result()[0]


def _begin_to_compare(options: Options, index: Path, output: Path) -> Callable[[tuple[Entry, Place | None]], Compared]:
    from pipelines.output.output_folder import OutputFolder
    from pipelines.report.sides import Sides

    lookup = Index(index)
    sides = Sides(_carrier(options, index, None), lookup, OutputFolder(output))
    return lambda item: (sides.of(*item), False)


def _not_compared(item: tuple[Entry, Place | None], why: Lost) -> Compared:
    from pipelines.report.sides import not_shown

    return not_shown("it takes too long" if why.timed_out else f"its process ended ({why.how})"), True


def _pool(
    size: int,
    begin: Callable[..., Callable[[Any], Any]],
    lost: Callable[[Any, Lost], Any],
    given: tuple[Options, Path] | tuple[Options, Path, Path | Files | None],
) -> Guarded[Any, Any]:
    from pipelines.run.executors.guarded import Guarded

    return Guarded(size, begin, given, lost, limit=given[0].item_timeout)


def _begin_to_carry(
    options: Options, index: Path, files: Files | None
) -> Callable[[tuple[Entry, list[Notice]]], Result]:
    """Once in every process."""
    carrier = _carrier(options, index, files)

    def carry(item: tuple[Entry, list[Notice]]) -> Result:
        return carrier.carry(*item)

    return carry


def _begin_to_look(options: Options, index: Path) -> Callable[[Item], list[Wanted]]:
    wanted: list[Wanted] = []
    carrier = _carrier(options, index, wanted.append)

    def look(item: Item) -> list[Wanted]:
        wanted.clear()
        carrier.look(item[0])
        return list(wanted)

    return look


def _carrier(options: Options, index: Path, files: Files | None) -> Carrier:
    item_timeout.limit(options.item_timeout)
    importer = find_importer(options.importer)(options.read)
    exporter = find_exporter(options.exporter)(options.write)
    return Carrier(importer, exporter, Index(index), options, files=files)


def _lost(item: Item, why: Lost) -> Result:
    entry, known = item
    return lost(entry, known, "item.timed-out") if why.timed_out else lost(entry, known, "item.crashed", why.how)


def _nothing(item: Item, why: Lost) -> list[Wanted]:
    return []
