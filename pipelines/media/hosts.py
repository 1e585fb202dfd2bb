"""What is known of the hosts that are asked for files, and how long each may keep a download waiting.

A server that sends a byte now and then costs a place among the few that there are, for as long as it likes. So the time
that attempts waste is counted: by the file, by the host, and by the run.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec.structs import replace

from pipelines.media.media_queue import TOO_SLOW
from pipelines.media.retry_policy import RetryPolicy

_DEAD = 8
"""Files of a host that cannot be reached, or that only ever asks to come again later, until it is given up."""
_HURRY = 10


class GivenUpError(Exception):
    """A host is not asked any more; the message says why, in a few words."""


class Host:
    """How many may ask at once, when it wants to be asked again, how often it was no use."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts, self._pace = hosts, hosts.pace
        self.slot = asyncio.Semaphore(self._pace.per_host)
        self.until = 0.0
        self._unreached = self._put_off = self._slow_in_a_row = self._files = 0
        self._wasted = 0.0
        self._why = ""

    def check(self) -> None:
        """Raises GivenUpError when the host is not to be asked any more."""
        most = _DEAD * self._pace.attempts
        if max(self._unreached, self._put_off) >= most:
            raise GivenUpError(f"the host was given up: {self._why}")
        late = self._wasted > self._pace.host_time + self._files * self._pace.earned_time
        if late or self._slow_in_a_row >= self._pace.slow_in_a_row:
            raise GivenUpError(TOO_SLOW)

    def unreached(self, why: str) -> None:
        self._unreached, self._why = self._unreached + 1, why

    def put_off(self, seconds: float, why: str) -> None:
        """It wants to be asked again later. The whole host waits for so long."""
        self._put_off, self._why = self._put_off + 1, why
        self.until = max(self.until, time.monotonic() + seconds)

    def answered(self) -> None:
        self._unreached = 0

    def slow(self, seconds: float, *others: Host) -> None:
        """An attempt was given up that took so long; `others` were at it, too."""
        self._hosts.wasted += seconds
        for host in {self, *others}:
            host._slow_in_a_row += 1
            host._wasted += seconds

    def in_time(self) -> None:
        """An attempt has come to its end, whatever it brought."""
        self._slow_in_a_row = 0

    def sent_a_file(self) -> None:
        self._put_off = self._slow_in_a_row = 0
        self._files += 1
        self._hosts.files += 1

    @property
    def patience(self) -> RetryPolicy:
        """How long is waited for it."""
        late = self._hosts.wasted > self._pace.run_time + self._hosts.files * self._pace.earned_time
        return self._hosts.hurried if late and not self._files else self._pace


class Hosts:
    """All hosts of a run, by name."""

    def __init__(self, pace: RetryPolicy) -> None:
        self.pace = pace
        self.hurried = replace(
            pace,
            answer=pace.answer / _HURRY,
            window=pace.window / _HURRY,
            file_time=pace.file_time / _HURRY,
            longest_time=pace.longest_time / _HURRY,
            slow_attempts=1,
        )
        self.wasted, self.files = 0.0, 0
        self._hosts: dict[str, Host] = {}

    def __getitem__(self, name: str) -> Host:
        if name not in self._hosts:
            self._hosts[name] = Host(self)
        return self._hosts[name]


class Clock:
    """The time that one file takes, all attempts together, while it runs."""

    def __init__(self, pace: RetryPolicy) -> None:
        self._pace = pace
        self._spent, self._begun = 0.0, 0.0
        self.sent_to: list[Host] = []
        """Where it is asked for just now."""
        self.came = self.slow = 0
        """Bytes that came; attempts that were given up."""

    @contextmanager
    def running(self) -> Iterator[None]:
        self._begun = time.monotonic()
        try:
            yield
        finally:
            self._spent, self._begun = self.spent, 0.0

    @property
    def spent(self) -> float:
        return self._spent + (time.monotonic() - self._begun if self._begun else 0.0)

    def left(self, pace: RetryPolicy | None = None) -> float:
        """Seconds; less than nothing when it is over."""
        pace = pace or self._pace
        return min(pace.file_time + self.came / pace.file_rate, pace.longest_time) - self.spent
