"""The look-up of host names for aiohttp: it answers with addresses that were judged, and those are connected to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult

from pipelines.media.guard import check_all

Lookup = Callable[[str], Awaitable[list[str]]]
"""From a name to all its addresses, IPv4 and IPv6."""


async def system_lookup(host: str) -> list[str]:
    """What the operating system knows of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for _, _, _, _, address in found]


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
