"""The carry step in several processes of this machine.

Each process reads the survey for itself and carries the batches it is given; results come back in the order of the
source, so that the number of processes changes nothing in the output. At most a few batches wait at any time.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from converters.errors import OutputError
from converters.model import Entry
from converters.notices import Notice
from converters.plugin import find
from pipelines import garbage, interrupts
from pipelines.carry import Carrier, Options, Result
from pipelines.index import Index

if TYPE_CHECKING:
    from concurrent.futures import Future

Batch = Sequence[tuple[Entry, list[Notice]]]

SIZE = 64
"""Items a batch."""
_WORTH = 600
"""Items for which another process pays: to start one takes about as long as to carry half of them."""
_WAITING = 3
"""Batches a process that may be under way or done and not yet written."""

_carrier: Carrier | None = None


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


def carry_in(processes: int, work: Iterator[Batch], options: Options, index: Path) -> Iterator[Sequence[Result]]:
    """The results of each batch, in the order of the batches."""
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(options, index))
    waiting: deque[Future[Sequence[Result]]] = deque()
    try:
        for batch in work:
            with interrupts.held_back():  # processes may begin
                waiting.append(pool.submit(_carry, batch))
            if len(waiting) >= processes * _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        interrupts.check()  # a SIGTERM for all processes at once
        raise OutputError(
            "A process that was converting ended all at once; the machine may be out of memory. Run it again with "
            "--workers 1."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(options: Options, index: Path) -> None:
    """Once in every process. An interruption is the business of the process that began the run."""
    from pipelines.executors.processes import end_with_parent

    global _carrier
    garbage.look_seldom()
    interrupts.ignored()
    end_with_parent()
    lookup = Index(index)
    importer = find("importers", options.importer)(options.read)
    exporter = find("exporters", options.exporter)(options.write)
    _carrier = Carrier(importer, exporter, lookup, options)


def _carry(batch: Batch) -> Sequence[Result]:
    assert _carrier is not None, "the process has begun"
    return [_carrier.carry(entry, notices) for entry, notices in batch]
