"""One file over HTTP: to the last byte, in pieces if need be, or a reason why not.

What servers do: break off, answer 429 or 503 with `Retry-After`, refuse programs without a name (403), state a wrong
length, send a page of HTML instead, send nothing for minutes, never stop sending. RFC 9110 says how a transfer is taken
up again (`Range` and `If-Range`, 14.1 and 13.1.5) and what `Retry-After` holds (10.2.3).
"""

from __future__ import annotations

import asyncio
import random
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp
from yarl import URL

from converters.passes.files import TOO_LARGE
from pipelines.media import sniff
from pipelines.media.connections import HttpSessions, Lookup, Proxies
from pipelines.media.headers import content_range, onward, quoted, retry_after, said, validator
from pipelines.media.hosts import Clock, GivenUpError, Host, Hosts
from pipelines.media.media_queue import BROKEN_OFF, SILENT, TOO_SLOW
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.ssrf import RefusedError, Target, check_url
from pipelines.media.store import PartialFile

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_TWICE = frozenset({401, 403})
"""What some servers say to those who ask too fast."""
_CHUNK = 64 * 1024


class FetchError(Exception):
    """The file cannot be had; the message says why, in a few words."""


class UnansweredError(FetchError):
    """Each time no answer came, or not all of it. The server may be busy, or this machine."""


class _RetryError(Exception):
    """Worth another attempt, `after` so many seconds, `most` times in all; then it is an error of that kind."""

    def __init__(
        self, reason: str, after: float | None = None, most: int = 1_000, kind: type[FetchError] = FetchError
    ) -> None:
        super().__init__(reason)
        self.after, self.most, self.kind = after, most, kind


class _SlowError(Exception):
    """The attempt took too long."""


class Fetcher:
    """Fetches files, many at once. An asynchronous context manager; keeps no cookies and sends no passwords."""

    def __init__(
        self,
        pace: RetryPolicy,
        *,
        allow_private: bool = False,
        insecure: bool = False,
        lookup: Lookup | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        """`proxies`: None for those that the environment names."""
        self._pace, self._allow_private, self._insecure = pace, allow_private, insecure
        self._hosts = Hosts(pace)
        self._lookup = lookup
        self._proxies = Proxies.of_environment() if proxies is None else proxies
        self._random = random.Random()

    async def __aenter__(self) -> Fetcher:
        self._sessions = HttpSessions(
            self._pace,
            self._proxies,
            allow_private=self._allow_private,
            insecure=self._insecure,
            lookup=self._lookup,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._sessions.close()

    async def fetch(self, address: str, part: PartialFile) -> None:
        """Bring the file at `address` to `part`, whole. Raises FetchError; OSError only for what the disk says."""
        clock, host = Clock(self._pace), self._hosts[host_of(address)]
        idle, tries, digests = 0, 0, [b""]
        while True:
            before = part.size
            tries += 1
            try:
                await self._timed(address, part, clock, host)
                if await self._whole(part, digests):
                    host.sent_a_file()
                    return
                failed = _RetryError("the file is cut off")
            except RefusedError as refused:
                raise FetchError(f"refused: {refused}") from refused
            except GivenUpError as given_up:
                raise FetchError(str(given_up)) from given_up
            except (_RetryError, _SlowError, aiohttp.ClientError, TimeoutError, ConnectionError, zlib.error) as error:
                failed = self._again(error, clock, host, tries)
            idle = 0 if part.size > before else idle + 1
            if idle >= self._pace.attempts or tries >= min(failed.most, self._pace.most_attempts):
                if part.size and sniff.whole(part.path):  # all is there, whatever length the server promised
                    return
                raise failed.kind(str(failed))
            await asyncio.sleep(self._wait(idle) if failed.after is None else failed.after)

    @staticmethod
    async def _whole(part: PartialFile, digests: list[bytes]) -> bool:
        """Is all of it there, or all that there is where it comes from? `digests`: of what was cut off before."""
        _object(part, part.head(), "")
        if sniff.whole(part.path) is not False:
            return True
        digests.append(await asyncio.to_thread(part.digest))
        if digests[-1] == digests[-2]:
            return True
        part.restart("")
        return False

    def _again(self, error: Exception, clock: Clock, host: Host, tries: int) -> _RetryError:
        """How an attempt that failed so is repeated. Raises FetchError where that is no use."""
        if isinstance(error, _RetryError):
            return error
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            raise FetchError("the certificate of the server is not valid") from error
        if isinstance(error, _SlowError):
            over = clock.slow >= host.patience.slow_attempts or clock.left(host.patience) <= 0
            return _RetryError(TOO_SLOW, most=tries if over else self._pace.most_attempts)
        return _RetryError(_in_words(error), kind=UnansweredError)

    def _wait(self, idle: int) -> float:
        longest = min(self._pace.longest_wait, self._pace.first_wait * 2.0 ** max(idle - 1, 0))
        return self._random.uniform(longest / 2, longest)

    async def _timed(self, address: str, part: PartialFile, clock: Clock, host: Host) -> None:
        """One attempt. What it wastes counts against the host that was asked first, and the one it sent us to."""
        before = clock.spent
        try:
            await self._attempt(address, part, clock)
        except (_SlowError, TimeoutError) as error:
            clock.slow += isinstance(error, _SlowError)
            host.slow(clock.spent - before, *clock.sent_to)
            raise
        except aiohttp.ClientConnectorError as error:
            host.unreached(_in_words(error))  # so that thousands of files of a dead host do not take hours
            host.check()
            raise
        except (FetchError, _RetryError):
            host.in_time()
            raise
        host.in_time()

    async def _attempt(self, address: str, part: PartialFile, clock: Clock) -> None:
        """One request, and those it is sent on to. Each hop is judged by itself."""
        onwards, begun = address, clock.spent
        for _ in range(self._pace.redirects + 1):
            target = check_url(quoted(onwards), allow_private=self._allow_private)
            host = self._hosts[target.host]
            host.check()
            clock.sent_to = [host]
            async with host.slot:
                host.check()
                await asyncio.sleep(max(0.0, host.until - time.monotonic()))
                host.check()
                left = min(host.patience.answer - (clock.spent - begun), clock.left(host.patience))
                with clock.running():
                    async with self._answer(target, part, left) as response:
                        host.answered()
                        if response.status not in _REDIRECTS:
                            self._mind(host, response)
                            await self._take(response, part, clock, host.patience)
                            return
                        location = response.headers.get("Location", "")
            onwards = onward(target.url, location)
            if not onwards:
                raise FetchError("refused: a redirect to nowhere")
        raise FetchError(f"more than {self._pace.redirects} redirects")

    @asynccontextmanager
    async def _answer(self, target: Target, part: PartialFile, seconds: float) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer of a host, its head whole. Raises _SlowError when that takes longer, whatever comes meanwhile: a
        limit on silence alone is no limit to a server that sends a byte now and then."""
        headers = {"Range": f"bytes={part.size}-", "If-Range": part.validator} if part.resumable else {}
        async with _limited(seconds):
            session, proxy = await self._sessions.to(target)
            url = URL(target.url, encoded=True)
            response = await session.get(url, headers=headers, allow_redirects=False, proxy=proxy)
        async with response:
            yield response

    @staticmethod
    def _mind(host: Host, response: aiohttp.ClientResponse) -> None:
        """Errors that pass; the whole host waits when it says for how long."""
        status = response.status
        if status in _AGAIN:
            after = retry_after(response.headers.get("Retry-After", ""), host.patience.longest_wait)
            if after is not None:
                host.put_off(after, said(status))
            raise _RetryError(said(status), 0.0 if after is not None else None)
        if status in _TWICE:
            raise _RetryError(said(status), most=2)

    async def _take(self, response: aiohttp.ClientResponse, part: PartialFile, clock: Clock, pace: RetryPolicy) -> None:
        status, headers = response.status, response.headers
        packed = headers.get("Content-Encoding", "identity").strip().lower()
        total = None
        if status == HTTPStatus.PARTIAL_CONTENT:
            start, total = content_range(headers.get("Content-Range", ""))
            if start != part.size or validator(headers) not in ("", part.validator) or packed != "identity":
                part.restart("")
                raise _RetryError("another piece came than was asked for", 0.0)
        elif status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.restart("")
            raise _RetryError(said(status), 0.0)
        elif status != HTTPStatus.OK:
            raise FetchError(said(status))
        else:
            part.restart(validator(headers) if packed == "identity" else "")
        if packed not in ("identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(f"packed as {packed}")
        if max(part.size + (response.content_length or 0), total or 0) > self._pace.file_bytes:
            raise FetchError(TOO_LARGE)
        unpack = None if packed == "identity" else zlib.decompressobj(47)
        async with _limited(None) as limit:
            await self._body(response, part, unpack, _Rate(limit, clock, pace))
        if total is not None and part.size != total:
            part.restart("")
            raise _RetryError("the pieces do not add up")

    async def _body(
        self, response: aiohttp.ClientResponse, part: PartialFile, unpack: zlib._Decompress | None, rate: _Rate
    ) -> None:
        size, limit, packed = part.size, self._pace.file_bytes, 0
        head = b"" if not size else None
        rate.came(0)
        with part.open() as file:
            async for chunk in response.content.iter_chunked(_CHUNK):
                data = chunk if unpack is None else unpack.decompress(chunk, limit - size + 1)
                if head is not None and data:
                    head += data[: sniff.HEAD - len(head)]
                    if len(head) >= sniff.HEAD:
                        _object(part, head, response.content_type)
                        head = None
                size, packed = size + len(data), packed + len(chunk)
                if max(size, packed) > limit:
                    raise _too_large(part)
                file.write(data)
                if unpack is not None and unpack.eof:  # whatever comes behind the packed file
                    break
                rate.came(len(chunk))
        if head is not None:
            _object(part, head, response.content_type)
        if unpack is not None and not unpack.eof:
            raise _RetryError("the file is cut off")


@asynccontextmanager
async def _limited(seconds: float | None) -> AsyncIterator[asyncio.Timeout]:
    """Raises _SlowError when it takes longer. What is below raises TimeoutError for limits of its own."""
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield limit
    except TimeoutError as error:
        if limit.expired():
            raise _SlowError from error
        raise


class _Rate:
    """Sets the moment at which a transfer is too slow: when too little comes in a while, or it takes too long in all.

    It is a moment on the clock, and does not wait for anything to come.
    """

    def __init__(self, limit: asyncio.Timeout, clock: Clock, pace: RetryPolicy) -> None:
        self._limit, self._clock, self._pace = limit, clock, pace
        self._until, self._bytes = 0.0, 0

    def came(self, size: int) -> None:
        now = asyncio.get_running_loop().time()
        self._clock.came += size
        self._bytes += size
        if not self._until or self._bytes >= self._pace.least_bytes:
            self._until, self._bytes = now + self._pace.window, 0
        self._limit.reschedule(min(self._until, now + self._clock.left(self._pace)))


def _too_large(part: PartialFile) -> FetchError:
    part.restart("")
    return FetchError(TOO_LARGE)


def _object(part: PartialFile, head: bytes, content_type: str) -> None:
    reason = sniff.validate_payload(part.place, head, content_type)
    if reason:
        part.restart("")
        raise _RetryError(reason, most=2)


def _in_words(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return SILENT
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "no such host"
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return "the proxy cannot be reached"
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return f"the proxy says {error.status}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "the server cannot be reached"
    return BROKEN_OFF


def host_of(address: str) -> str:
    """The host as it is known here; empty for an address that is none."""
    try:
        return check_url(quoted(address), allow_private=True).host
    except RefusedError:
        return ""
