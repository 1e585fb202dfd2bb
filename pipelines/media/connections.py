"""Connections to hosts: straight to an address that was judged, or through a proxy.

A proxy looks names up by itself, so that there is no address to hold a connection to. What is written is judged all the
same, and so is what the name means here, where anything here knows the name: behind many a proxy only the proxy does.
The proxy itself may stand in the local network; nothing else is ever connected to by the session that goes to it.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address, ip_network
from typing import NamedTuple
from urllib.request import getproxies_environment

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from converters import __version__, urls
from converters.errors import UsageError
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.ssrf import Target, check_all

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; postferry/{__version__})",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}
Lookup = Callable[[str], Awaitable[list[str]]]
"""From a name to all its addresses, IPv4 and IPv6."""
_LOOK = 0.1
_AT_ONCE = 64
"""Look-ups that may be under way. One that hangs cannot be ended, only left."""
_under_way = 0
_SPOKEN = ("http", "https")


class HttpSessions:
    """Opened inside of a running loop. They keep no cookies and send no passwords, whatever the environment holds."""

    def __init__(
        self, pace: RetryPolicy, proxies: Proxies, *, allow_private: bool, insecure: bool, lookup: Lookup | None
    ) -> None:
        """`insecure`: take servers for what they say they are, without a certificate that proves it."""
        self._pace, self._insecure = pace, insecure
        self._proxies, self._allow_private, self._lookup = proxies, allow_private, lookup or system_lookup
        self._straight = self._open(CheckedResolver(allow_private=allow_private, lookup=lookup))
        self._to_proxies = self._open(CheckedResolver(allow_private=True, lookup=lookup)) if proxies else self._straight
        self._judged: set[str] = set()

    def _open(self, resolver: CheckedResolver) -> aiohttp.ClientSession:
        pace = self._pace
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=resolver, use_dns_cache=False, limit=pace.total, ssl=not self._insecure
            ),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=pace.idle, sock_read=pace.idle),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            auto_decompress=False,
            trust_env=False,
        )

    async def to(self, target: Target) -> tuple[aiohttp.ClientSession, str | None]:
        """The session for a host, and the proxy to go through. Raises RefusedError for a host that is not public."""
        proxy = self._proxies.to(target)
        if not proxy:
            return self._straight, None
        if not self._allow_private and target.host not in self._judged:
            await self._judge(target.host)
        return self._to_proxies, proxy

    async def _judge(self, host: str) -> None:
        try:
            addresses = await self._lookup(host)
        except OSError:
            addresses = []
        if addresses:
            check_all(addresses)
        self._judged.add(host)

    async def close(self) -> None:
        await self._straight.close()
        await self._to_proxies.close()


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


class CheckedResolver(AbstractResolver):
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


class Proxies(NamedTuple):
    """`by_scheme` is as `urllib.request` gives it: addresses of proxies by scheme, `NO_PROXY` under `no`."""

    by_scheme: dict[str, str]

    @classmethod
    def of_environment(cls) -> Proxies:
        """Raises UsageError for a proxy that speaks something else than HTTP."""
        found = {scheme: value.strip() for scheme, value in getproxies_environment().items() if value.strip()}
        for scheme in (*_SPOKEN, "all"):
            if scheme in found:
                found[scheme] = _address(scheme, found[scheme])
        return cls(found)

    def __bool__(self) -> bool:
        return any(scheme in self.by_scheme for scheme in (*_SPOKEN, "all"))

    def to(self, target: Target) -> str:
        """The address of the proxy that a host is reached through; empty for none."""
        proxy = self.by_scheme.get(target.scheme) or self.by_scheme.get("all", "")
        if not proxy or _is_this_machine(target.host):
            return ""
        return "" if any(_means(name, target) for name in self.by_scheme.get("no", "").split(",")) else proxy


def _address(scheme: str, value: str) -> str:
    """With its scheme, which many leave out: `proxy.example:3128`."""
    address = value if "://" in value else f"http://{value}"
    parts = urls.split(address)
    if parts is None or parts.scheme.lower() not in _SPOKEN or not parts.hostname:
        spoken = address.partition("://")[0] if parts is None or parts.hostname else ""
        what = f"speaks {spoken}" if spoken and spoken not in _SPOKEN else "is no address"
        raise UsageError(
            f"{scheme.upper()}_PROXY {what}: --media download goes through proxies of HTTP only. "
            "Name one of these, or take the variable away."
        )
    return address


def _means(name: str, target: Target) -> bool:
    """Does an entry of `NO_PROXY` mean this host?"""
    name = name.strip().lower()
    if name == "*":
        return True
    host, mark, port = name.rpartition(":")
    if mark and port.isdigit() and (":" not in host or host.endswith("]")):
        if int(port) != target.port:
            return False
        name = host
    name = name.strip("[]").removeprefix("*").removeprefix(".")
    if not name:
        return False
    with suppress(ValueError):  # most are names
        return ip_address(target.host) in ip_network(name, strict=False)
    return target.host == name or target.host.endswith(f".{name}")


def _is_this_machine(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
