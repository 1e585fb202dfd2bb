"""Files over HTTP, many at once: each address is asked once, and what fails costs nothing but a line in the report.

aiohttp is imported here and nowhere earlier: it is an extra, `pip install 'postferry[download]'`.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from converters.errors import UsageError
from pipelines.media.media_queue import MediaQueue
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.store import MediaStore
from pipelines.output.output_folder import disk_error
from pipelines.run import interrupts

if TYPE_CHECKING:
    from pipelines.media.fetch import Fetcher
_LOOKS = 0.2
"""Seconds between two looks whether the run is asked to end."""
File = tuple[str, str]
"""(place, address)"""
_WAITING = 10_000
"""Files that are looked past for one of a host that is free."""


class Downloader:
    """Works through the list in the queue."""

    def __init__(
        self,
        queue: MediaQueue,
        store: MediaStore,
        *,
        allow_private: bool = False,
        insecure: bool = False,
        pace: RetryPolicy,
    ) -> None:
        self._queue, self._store = queue, store
        self._pace, self._allow_private, self._insecure = pace, allow_private, insecure

    def work(self, tell: Callable[[str, int, int], None]) -> None:
        """Raises DiskError when nothing more can be written."""
        try:
            asyncio.run(self._work(tell))
        except BaseExceptionGroup as group:
            raise _first(group) from group

    async def _work(self, tell: Callable[[str, int, int], None]) -> None:
        from pipelines.media.fetch import Fetcher, host_of

        total, done = self._queue.count_todo(), 0

        def count() -> None:
            nonlocal done
            done += 1
            tell("downloading", done, total)

        unanswered: list[tuple[str, str]] = []
        fetcher = Fetcher(self._pace, allow_private=self._allow_private, insecure=self._insecure)
        async with fetcher, asyncio.TaskGroup() as group:
            watch = group.create_task(_until_interrupted())
            for todo, again in ((self._queue.todo(), unanswered), (_emptied(unanswered), None)):
                workers = min(self._pace.total, total)
                turns = Turns(todo, self._pace.per_host, host_of)
                tasks = (group.create_task(self._worker(fetcher, turns, count, again)) for _ in range(workers))
                await asyncio.wait(list(tasks))
            watch.cancel()

    async def _worker(
        self,
        fetcher: Fetcher,
        turns: Turns,
        count: Callable[[], None],
        again: list[tuple[str, str]] | None,
    ) -> None:
        """`again` takes what is to be asked for a second time, when all the others are through."""
        from pipelines.media.fetch import UnansweredError

        while (file := await turns.take()) is not None:
            place, address = file
            try:
                reason = await self._bring(fetcher, place, address)
            except UnansweredError as unanswered:
                if again is not None:
                    again.append((place, address))
                    continue
                reason = str(unanswered)
            finally:
                turns.done(file)
            if reason:
                known = self._queue.file(place)
                assert known is not None, "it stands on the list"
                self._queue.note(known._replace(state="failed", reason=reason))
            count()

    async def _bring(self, fetcher: Fetcher, place: str, address: str) -> str:
        from pipelines.media.fetch import FetchError, UnansweredError
        from pipelines.media.store import PartialFile

        known, validator = self._queue.part(place)
        path = self._store.part_of(place)
        if known != address:
            path.unlink(missing_ok=True)
            validator = ""
        part = PartialFile(path, place, validator, lambda validator: self._queue.note_part(place, address, validator))
        try:
            await fetcher.fetch(address, part)
        except UnansweredError:
            raise
        except FetchError as failed:
            return str(failed)
        except OSError as error:
            raise disk_error(error, path) from error
        except Exception as error:  # whatever a hostile server brings about must not cost the other files
            return f"{type(error).__name__}: {error}"
        reason = self._store.put(place, address)
        self._queue.forget_part(place)
        return reason


def _emptied(waiting: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    while waiting:
        yield waiting.pop(0)


async def _until_interrupted() -> None:
    """Raises InterruptionError when the run is asked to end: what has come of a large file by then is kept."""
    while True:
        interrupts.check()
        await asyncio.sleep(_LOOKS)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    found = group.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found


def check_installed() -> None:
    """Raises UsageError when the extra is missing, or the environment names a proxy that nothing here speaks to."""
    if find_spec("aiohttp") is None:
        raise UsageError("--media download needs aiohttp: pip install 'postferry[download]'.")
    from pipelines.media.connections import Proxies

    Proxies.of_environment()


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
