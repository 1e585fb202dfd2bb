"""The look-up of host names for aiohttp: it answers with addresses that were judged, and those are connected to."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from pipelines.media.guard import check_all

Lookup = Callable[[str], Awaitable[list[str]]]
"""From a name to all its addresses, IPv4 and IPv6."""


_LOOK = 0.1
_AT_ONCE = 64
"""Look-ups that may be under way. One that hangs cannot be ended, only left."""
_under_way = 0


async def system_lookup(host: str) -> list[str]:
    """What the operating system knows of a name.

    Each look-up has a thread of its own, which nothing waits for at the end: in a pool those that hang would keep all
    others waiting, and the program from ending.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[str]] = loop.create_future()

    def tell(found: list[str], error: Exception | None) -> None:
        global _under_way
        _under_way -= 1
        if answer.done():
            return
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)

    def look_up() -> None:
        found, failed = [], None
        try:
            rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = [str(address[0]) for _, _, _, _, address in rows]
        except (OSError, UnicodeError) as error:
            failed = OSError(str(error))
        with suppress(RuntimeError):  # the run is over
            loop.call_soon_threadsafe(tell, found, failed)

    global _under_way
    while _under_way >= _AT_ONCE:
        await asyncio.sleep(_LOOK)
    _under_way += 1
    threading.Thread(target=look_up, daemon=True).start()
    return await answer


class Resolver(AbstractResolver):
    """Raises RefusedError for a host with an address that is not public."""

    def __init__(self, *, allow_private: bool, lookup: Lookup | None) -> None:
        self._allow_private, self._lookup = allow_private, lookup or system_lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        addresses = check_all(await self._lookup(host), allow_private=self._allow_private)
        return [self._result(host, address, port) for address in addresses]

    @staticmethod
    def _result(host: str, address: str, port: int) -> ResolveResult:
        family = socket.AF_INET if ip_address(address).version == 4 else socket.AF_INET6
        return ResolveResult(
            hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST
        )

    async def close(self) -> None:
        return None
