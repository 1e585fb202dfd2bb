"""Files over HTTP, many at once: each address is asked once, and what fails costs nothing but a line in the report.

aiohttp is imported here and nowhere earlier: it is an extra, `pip install 'postferry[download]'`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from converters.errors import UsageError
from pipelines.media.pace import Pace
from pipelines.media.store import Store, disk_error
from pipelines.media.turns import Turns
from pipelines.media.wanted import Book
from pipelines.run import interrupts

if TYPE_CHECKING:
    from pipelines.media.fetch import Fetcher

_LOOKS = 0.2
"""Seconds between two looks whether the run is asked to end."""


class Downloader:
    """Works through the list in the book."""

    def __init__(
        self,
        book: Book,
        store: Store,
        *,
        allow_private: bool = False,
        insecure: bool = False,
        pace: Pace,
    ) -> None:
        self._book, self._store = book, store
        self._pace, self._allow_private, self._insecure = pace, allow_private, insecure

    def work(self, tell: Callable[[str, int, int], None]) -> None:
        """Raises DiskError when nothing more can be written."""
        try:
            asyncio.run(self._work(tell))
        except BaseExceptionGroup as group:
            raise _first(group) from group

    async def _work(self, tell: Callable[[str, int, int], None]) -> None:
        from pipelines.media.fetch import Fetcher, host_of

        total, done = self._book.count_todo(), 0

        def count() -> None:
            nonlocal done
            done += 1
            tell("downloading", done, total)

        unanswered: list[tuple[str, str]] = []
        fetcher = Fetcher(self._pace, allow_private=self._allow_private, insecure=self._insecure)
        async with fetcher, asyncio.TaskGroup() as group:
            watch = group.create_task(_until_interrupted())
            for todo, again in ((self._book.todo(), unanswered), (_emptied(unanswered), None)):
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
                known = self._book.file(place)
                assert known is not None, "it stands on the list"
                self._book.note(known._replace(state="failed", reason=reason))
            count()

    async def _bring(self, fetcher: Fetcher, place: str, address: str) -> str:
        from pipelines.media.fetch import FetchError, UnansweredError
        from pipelines.media.part import Part

        known, validator = self._book.part(place)
        path = self._store.part_of(place)
        if known != address:
            path.unlink(missing_ok=True)
            validator = ""
        part = Part(path, place, validator, lambda validator: self._book.note_part(place, address, validator))
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
        self._book.forget_part(place)
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
    from pipelines.media.proxies import Proxies

    Proxies.of_environment()
