"""Connections to hosts: straight to an address that was judged, or through a proxy.

A proxy looks names up by itself, so that there is no address to hold a connection to. What is written is judged all the
same, and so is what the name means here, where anything here knows the name: behind many a proxy only the proxy does.
The proxy itself may stand in the local network; nothing else is ever connected to by the session that goes to it.
"""

from __future__ import annotations

import aiohttp

from converters import __version__
from pipelines.media.guard import Target, check_all
from pipelines.media.pace import Pace
from pipelines.media.proxies import Proxies
from pipelines.media.resolver import Lookup, Resolver, system_lookup

_HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; postferry/{__version__})",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
}


class Sessions:
    """Opened inside of a running loop. They keep no cookies and send no passwords, whatever the environment holds."""

    def __init__(
        self, pace: Pace, proxies: Proxies, *, allow_private: bool, insecure: bool, lookup: Lookup | None
    ) -> None:
        """`insecure`: take servers for what they say they are, without a certificate that proves it."""
        self._pace, self._insecure = pace, insecure
        self._proxies, self._allow_private, self._lookup = proxies, allow_private, lookup or system_lookup
        self._straight = self._open(Resolver(allow_private=allow_private, lookup=lookup))
        self._to_proxies = self._open(Resolver(allow_private=True, lookup=lookup)) if proxies else self._straight
        self._judged: set[str] = set()

    def _open(self, resolver: Resolver) -> aiohttp.ClientSession:
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
