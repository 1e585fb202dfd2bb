"""How far a run is: what it tells, and the words and figures that are shown of it. Shows nothing itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from converters.model import Entry

_SECONDS_OF_RATE = 0.5
"""How long a stage must have lasted before its pace says anything."""


class Progress(Protocol):
    """Called with the stage, how many items are done, how many there are (0: not known yet), and how many notices there
    are by now (None: as many as before). A run is between two items then, and may be interrupted: it may raise."""

    def __call__(self, stage: str, done: int, total: int, notices: int | None = None) -> None: ...


class _Met:
    """The process's."""

    entry: Entry | None = None


def met(entry: Entry) -> None:
    """Note the item of a source that was read last, for whoever has to say where a process ended."""
    _Met.entry = entry


def last_item() -> str:
    """That item, as a person may look for it; empty for none."""
    entry = _Met.entry
    return f"{entry.kind or 'item'} {entry.id}" if entry is not None else ""


def silent(stage: str, done: int, total: int, notices: int | None = None) -> None:
    """Progress that nobody looks at."""


class Reached(NamedTuple):
    """How far a run is at a moment."""

    stage: str
    done: int
    total: int
    """0: not known."""
    notices: int
    rate: float | None
    """Items a second since the stage began; None when it has only just."""
    seconds_left: float | None
    """Of this stage; None when nothing can be said."""
    seconds: float
    """Since the run began."""

    @property
    def figures(self) -> list[str]:
        """Done and total, pace, time left, notices: the most important first, without what is not known."""
        found = []
        if self.total:
            found.append(f"{self.done:,} of {self.total:,}")
        elif self.done:
            found.append(f"{self.done:,}")
        if self.rate:
            found.append(f"{self.rate:,.0f} a second" if self.rate >= 1 else f"{1 / self.rate:,.0f} s each")
        if self.seconds_left is not None:
            found.append(f"{clock(self.seconds_left)} left")
        if self.notices:
            found.append(f"{self.notices:,} notice{'s' * (self.notices != 1)}")
        return found

    @property
    def line(self) -> str:
        return ": ".join(part for part in (self.stage, ", ".join(self.figures)) if part)


def fitting(figures: list[str], columns: int) -> str:
    """As many of the figures, from the first, as that many columns hold."""
    shown = ""
    for figure in figures:
        longer = f"{shown}, {figure}" if shown else figure
        if len(longer) > columns:
            break
        shown = longer
    return shown


def clock(seconds: float) -> str:
    """`0:07`, `12:30`, `1:02:03`"""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Meter:
    """Takes what a run tells, thousands of times a second, and says how far it is, when somebody asks."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._begun = self._stage_begun = now()
        self._told = ("starting", 0, 0)
        self.notices = 0

    def __call__(self, stage: str, done: int, total: int, notices: int | None = None) -> None:
        if self.begins(stage, done):
            self._stage_begun = self._now()
        self._told = stage, done, total
        self.notices = self.notices if notices is None else notices

    def begins(self, stage: str, done: int) -> bool:
        """Is that another stage than the one before, or another round of it?"""
        return stage != self._told[0] or done < self._told[1]

    def reached(self) -> Reached:
        now, (stage, done, total) = self._now(), self._told
        lasted = now - self._stage_begun
        rate = done / lasted if done and lasted >= _SECONDS_OF_RATE else None
        left = max(total - done, 0) / rate if rate and total else None
        return Reached(stage, done, total, self.notices, rate, left, now - self._begun)


class Ticker:
    """Calls something every few seconds, in a thread of its own: also while a run is busy with one item and tells
    nothing."""

    def __init__(self, every: float, call: Callable[[], None]) -> None:
        self._every, self._call = every, call
        self._over = Event()
        self._thread = Thread(target=self._tick, daemon=True)

    def _tick(self) -> None:
        while not self._over.wait(self._every):
            self._call()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *raised: object) -> None:
        self._over.set()
        self._thread.join()
