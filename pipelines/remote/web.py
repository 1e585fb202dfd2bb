"""How http and https are asked: patiently, by the proxies of the environment, and nowhere the user did not mean.

The address is the user's own, so it may be of the local network. Where a server sends us on is not: a redirect from a
public host into the local network is refused, and so is one from https to http.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from pipelines.media.guard import RefusedError, check_address, check_url
from pipelines.remote.address import WEB

_CONNECT, _READ = 30, 120
"""Seconds without an answer; how long a transfer takes is not limited."""


class RedirectError(Exception):
    """The server sends us where we do not go."""


def options(address: str) -> dict[str, Any]:
    """What fsspec's file system of the web is made with; `client_kwargs` of its configuration go before."""
    import aiohttp
    from fsspec.config import conf

    trace = aiohttp.TraceConfig()
    trace.on_request_redirect.append(_look_at)
    usual = {
        "timeout": aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT, sock_read=_READ),
        "trust_env": True,
        "trace_configs": [trace],
    }
    as_it_is = address.isascii() and address.isprintable() and " " not in address  # what is signed must not change
    own = {key: value for name in WEB for key, value in conf.get(name, {}).get("client_kwargs", {}).items()}
    return {"encoded": as_it_is, "client_kwargs": {**usual, **own}}


async def _look_at(session: Any, context: Any, params: Any) -> None:
    """Raises RedirectError for a redirect that is not followed."""
    from yarl import URL

    before = params.url
    after = before.join(URL(params.response.headers.get("Location", "")))
    if (after.scheme, after.host, after.port) == (before.scheme, before.host, before.port):
        return
    if before.scheme == "https" and after.scheme == "http":
        raise RedirectError("the server sends us on from https to http")
    if await _is_public(before) and not await _is_public(after):
        raise RedirectError("the server sends us on to a host of the local network")


async def _is_public(address: Any) -> bool:
    try:
        target = check_url(str(address.with_user(None)), allow_private=True)
        found = await asyncio.get_running_loop().getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        for row in found:
            check_address(str(row[4][0]))
    except (RefusedError, OSError):
        return False
    return True
