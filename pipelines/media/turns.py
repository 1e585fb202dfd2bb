"""Whose turn it is: files of a host that is busy wait, and those of other hosts go first.

Otherwise one slow host would have all places: a few at which it is asked, the others waiting for these.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator

File = tuple[str, str]
"""(place, address)"""
_WAITING = 10_000
"""Files that are looked past for one of a host that is free."""


class Turns:
    """Hands out files, each once."""

    def __init__(self, files: Iterator[File], per_host: int, host_of: Callable[[str], str]) -> None:
        self._files, self._per_host, self._host_of = files, per_host, host_of
        self._busy: Counter[str] = Counter()
        self._waiting: dict[str, deque[File]] = {}
        self._ahead = 0
        self._change = asyncio.Event()

    async def take(self) -> File | None:
        """The next file, when there is one whose host is free; None when all are handed out."""
        while True:
            found = self._waited() or self._next()
            if found is not None:
                self._busy[self._host_of(found[1])] += 1
                return found
            if not self._ahead:
                return None
            self._change.clear()
            await self._change.wait()

    def done(self, file: File) -> None:
        self._busy[self._host_of(file[1])] -= 1
        self._change.set()

    def _waited(self) -> File | None:
        for host, files in self._waiting.items():
            if self._busy[host] < self._per_host:
                self._ahead -= 1
                file = files.popleft()
                if not files:
                    del self._waiting[host]
                return file
        return None

    def _next(self) -> File | None:
        while self._ahead < _WAITING and (file := next(self._files, None)) is not None:
            host = self._host_of(file[1])
            if self._busy[host] < self._per_host:
                return file
            self._waiting.setdefault(host, deque()).append(file)
            self._ahead += 1
        return None
