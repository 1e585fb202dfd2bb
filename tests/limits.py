"""Limits in place of measurements: a test on a busy machine may take any time, but not any amount of work."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def budget(seconds: float = 60.0) -> Iterator[None]:
    """Work that grows with the square of its input ends here: more CPU than this is an AssertionError.

    `seconds` is about a hundred times what is needed, so that no machine is too slow. What other processes do meanwhile
    does not count.
    """

    def too_much(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"it takes more than {seconds:.0f} seconds of CPU")

    before = signal.signal(signal.SIGVTALRM, too_much)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def until(happens: Callable[[], object], seconds: float = 120.0) -> bool:
    """Wait until it is so; False when it did not come in a time in which everything comes."""
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
