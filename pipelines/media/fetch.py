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
from collections.abc import Callable
from hashlib import blake2b, file_digest
from http import HTTPStatus
from pathlib import Path

import aiohttp
from yarl import URL

from converters.transforms.files import TOO_LARGE
from pipelines.media import sniff
from pipelines.media.guard import RefusedError, check_url
from pipelines.media.headers import content_range, onward, quoted, retry_after, said, validator
from pipelines.media.pace import Pace
from pipelines.media.proxies import Proxies
from pipelines.media.resolver import Lookup
from pipelines.media.sessions import Sessions
from pipelines.media.wanted import BROKEN_OFF, SILENT
from pipelines.single_files import more

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_TWICE = frozenset({401, 403})
"""What some servers say to those who ask too fast."""
_CHUNK = 64 * 1024
_DEAD = 8


class FetchError(Exception):
    """The file cannot be had; the message says why, in a few words."""


class UnansweredError(FetchError):
    """Each time no answer came, or not all of it. The server may be busy, or this machine."""


class _RetryError(Exception):
    """Worth another attempt, `after` so many seconds, `most` times in all."""

    def __init__(self, reason: str, after: float | None = None, most: int = 1_000) -> None:
        super().__init__(reason)
        self.after, self.most = after, most


class Part:
    """A file on its way, under a name of its own until it is whole."""

    def __init__(self, path: Path, place: str, validator: str, note: Callable[[str], None]) -> None:
        self.path, self.place, self.validator = path, place, validator
        self._note = note

    @property
    def size(self) -> int:
        try:
            return self.path.stat().st_size
        except FileNotFoundError:
            return 0

    def restart(self, validator: str) -> None:
        """Begin anew. What the rest can be asked for with is on disk before the first byte is."""
        self.path.unlink(missing_ok=True)
        self.validator = validator
        self._note(validator)

    def digest(self) -> bytes:
        with self.path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=16)).digest()


class _Host:
    """What is known of a host: how many may ask at once, when it wants to be asked again, how often it was silent."""

    def __init__(self, at_once: int) -> None:
        self.slot = asyncio.Semaphore(at_once)
        self.until = 0.0
        self.silent = 0


class Fetcher:
    """Fetches files, many at once. An asynchronous context manager; keeps no cookies and sends no passwords."""

    def __init__(
        self,
        pace: Pace,
        *,
        allow_private: bool = False,
        insecure: bool = False,
        lookup: Lookup | None = None,
        proxies: Proxies | None = None,
    ) -> None:
        """`proxies`: None for those that the environment names."""
        self._pace, self._allow_private, self._insecure = pace, allow_private, insecure
        self._hosts: dict[str, _Host] = {}
        self._lookup = lookup
        self._proxies = Proxies.of_environment() if proxies is None else proxies
        self._random = random.Random()

    async def __aenter__(self) -> Fetcher:
        self._sessions = Sessions(
            self._pace,
            self._proxies,
            allow_private=self._allow_private,
            insecure=self._insecure,
            lookup=self._lookup,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._sessions.close()

    async def fetch(self, address: str, part: Part) -> None:
        """Bring the file at `address` to `part`, whole. Raises FetchError; OSError only for what the disk says."""
        idle, tries, last, fails = 0, 0, b"", FetchError
        while True:
            before = part.size
            tries += 1
            try:
                await self._attempt(address, part)
                with part.path.open("rb") as file:
                    _object(part, file.read(sniff.HEAD), "")
                if sniff.whole(part.path) is not False:
                    return
                digest = await asyncio.to_thread(part.digest)
                if digest == last:  # it is cut off where it came from, too
                    return
                last = digest
                part.restart("")
                raise _RetryError("the file is cut off")
            except RefusedError as refused:
                raise FetchError(f"refused: {refused}") from refused
            except _RetryError as again:
                reason, after, most, fails = str(again), again.after, again.most, FetchError
            except aiohttp.ClientConnectorCertificateError as error:
                raise FetchError("the certificate of the server is not valid") from error
            except (aiohttp.ClientError, TimeoutError, ConnectionError, zlib.error) as error:
                reason, after, most, fails = _in_words(error), None, 1_000, UnansweredError
                self._silent(address, error)
            idle = 0 if part.size > before else idle + 1
            if idle >= self._pace.attempts or tries >= min(most, self._pace.most_attempts):
                if part.size and sniff.whole(part.path):  # all is there, whatever length the server promised
                    return
                raise fails(reason)
            await asyncio.sleep(self._wait(idle) if after is None else after)

    def _wait(self, idle: int) -> float:
        longest = min(self._pace.longest_wait, self._pace.first_wait * 2.0 ** max(idle - 1, 0))
        return self._random.uniform(longest / 2, longest)

    def _silent(self, address: str, error: Exception) -> None:
        """Count hosts that cannot even be reached, so that thousands of files of a dead one do not take hours."""
        if isinstance(error, aiohttp.ClientConnectorError):
            host = self._host(_name_of(address))
            host.silent += 1
            if host.silent >= _DEAD * self._pace.attempts:
                raise FetchError(f"the host was given up: {_in_words(error)}") from error

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._pace.per_host))

    async def _attempt(self, address: str, part: Part) -> None:
        """One request, and those it is sent on to. Each hop is judged by itself."""
        onwards = address
        for _ in range(self._pace.redirects + 1):
            target = check_url(quoted(onwards), allow_private=self._allow_private)
            host = self._host(target.host)
            if host.silent >= _DEAD * self._pace.attempts:
                raise FetchError("the host was given up")
            async with host.slot:
                await asyncio.sleep(max(0.0, host.until - time.monotonic()))
                headers = {"Range": f"bytes={part.size}-", "If-Range": part.validator} if _resumable(part) else {}
                session, proxy = await self._sessions.to(target)
                url = URL(target.url, encoded=True)
                async with session.get(url, headers=headers, allow_redirects=False, proxy=proxy) as response:
                    host.silent = 0
                    if response.status not in _REDIRECTS:
                        self._mind(host, response)
                        await self._take(response, part)
                        return
                    location = response.headers.get("Location", "")
            onwards = onward(target.url, location)
            if not onwards:
                raise FetchError("refused: a redirect to nowhere")
        raise FetchError(f"more than {self._pace.redirects} redirects")

    def _mind(self, host: _Host, response: aiohttp.ClientResponse) -> None:
        """Errors that pass; the whole host waits when it says for how long."""
        status = response.status
        if status in _AGAIN:
            after = retry_after(response.headers.get("Retry-After", ""), self._pace.longest_wait)
            if after is not None:
                host.until = max(host.until, time.monotonic() + after)
            raise _RetryError(said(status), 0.0 if after is not None else None)
        if status in _TWICE:
            raise _RetryError(said(status), most=2)

    async def _take(self, response: aiohttp.ClientResponse, part: Part) -> None:
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
        await self._body(response, part, None if packed == "identity" else zlib.decompressobj(47))
        if total is not None and part.size != total:
            part.restart("")
            raise _RetryError("the pieces do not add up")

    async def _body(self, response: aiohttp.ClientResponse, part: Part, unpack: zlib._Decompress | None) -> None:
        size, limit = part.size, self._pace.file_bytes
        began, came = time.monotonic(), 0
        head = b"" if not size else None
        with more(part.path) as file:
            async for chunk in response.content.iter_chunked(_CHUNK):
                data = chunk if unpack is None else unpack.decompress(chunk, limit - size + 1)
                if head is not None and data:
                    head += data[: sniff.HEAD - len(head)]
                    if len(head) >= sniff.HEAD:
                        _object(part, head, response.content_type)
                        head = None
                size, came = size + len(data), came + len(chunk)
                if size > limit:
                    raise _too_large(part)
                file.write(data)
                if time.monotonic() - began > self._pace.window:
                    if came < self._pace.least_bytes:
                        raise _RetryError("too slow")
                    began, came = time.monotonic(), 0
        if head is not None:
            _object(part, head, response.content_type)
        if unpack is not None and not unpack.eof:
            raise _RetryError("the file is cut off")


def _too_large(part: Part) -> FetchError:
    part.restart("")
    return FetchError(TOO_LARGE)


def _object(part: Part, head: bytes, content_type: str) -> None:
    reason = sniff.objection(part.place, head, content_type)
    if reason:
        part.restart("")
        raise _RetryError(reason, most=2)


def _resumable(part: Part) -> bool:
    return bool(part.validator) and part.size > 0


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


def _name_of(address: str) -> str:
    try:
        return check_url(quoted(address), allow_private=True).host
    except RefusedError:
        return ""
