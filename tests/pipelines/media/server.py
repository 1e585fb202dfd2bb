"""A web server on loopback that misbehaves in every way the real ones do. What a file is follows from its name.

Files are made up from their numbers, so that every byte can be checked: a PNG in form, its inside random and always the
same. `python -m tests.pipelines.media.server FOLDER` writes its port to FOLDER/port, each request to FOLDER/requests.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from hashlib import blake2b
from pathlib import Path
from time import time

from aiohttp import web

KINDS = (
    "plain reset no-agent busy short long html slow elsewhere chunked weak broken-range packed changing flaky".split()
)
"""What can be had in the end. Of the next ones nothing can."""
HOPELESS = "missing always-html to-private to-file loop endless forbidden always-broken empty".split()


def body(name: str, size: int = 40_000) -> bytes:
    """The true bytes of a file."""
    seed = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
    inside = random.Random(seed).randbytes(size)
    return (
        b"\x89PNG\r\n\x1a\n"
        + b"\0\0\0\rIHDR"
        + (800).to_bytes(4)
        + (600).to_bytes(4)
        + inside
        + b"\0\0\0\0IEND\xaeB`\x82"
    )


class Server:
    """Counts the requests for each path; what it does may depend on how often it was asked."""

    def __init__(self, requests: Path | None = None) -> None:
        self.asked: Counter[str] = Counter()
        self.at_once = self.most_at_once = 0
        self.ranges: list[str] = []
        self._requests = requests

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        self.asked[path] += 1
        if self._requests is not None:
            with self._requests.open("a") as file:
                file.write(f"{path}\n")
        if "Range" in request.headers:
            self.ranges.append(path)
        if not path.startswith("/wp-content/uploads/"):
            raise web.HTTPNotFound
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            name = path.rpartition("/")[2]
            kind = re.sub(r"(?:-\d+(?:x\d+)?)+$", "", name.partition(".")[0])
            return await _ANSWERS.get(kind, plain)(request, name, self.asked[path])
        finally:
            self.at_once -= 1


Answer = Callable[[web.Request, str, int], Awaitable[web.StreamResponse]]


async def plain(request: web.Request, name: str, time: int, **more: str) -> web.StreamResponse:
    """With `ETag` and `Range`, as it should be."""
    data, tag = body(name), f'"{name}"'
    headers = {"ETag": tag, "Content-Type": "image/png", "Accept-Ranges": "bytes", **more}
    start = _start(request, tag)
    if start is None:
        return web.Response(body=data, headers=headers)
    if start >= len(data):
        return web.Response(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
    return web.Response(status=206, body=data[start:], headers=headers)


def _start(request: web.Request, tag: str) -> int | None:
    wanted = request.headers.get("Range", "")
    if not wanted or request.headers.get("If-Range") != tag:
        return None
    return int(wanted.removeprefix("bytes=").removesuffix("-"))


async def _cut(
    request: web.Request, name: str, length: int, upto: int, *, headers: dict[str, str] | None = None, start: int = 0
) -> web.StreamResponse:
    """Promise `length` bytes from `start`, send `upto` of them, and cut the line."""
    response = web.StreamResponse(
        status=206 if start else 200, headers={"Content-Type": "image/png", **(headers or {})}
    )
    response.content_length = length
    await response.prepare(request)
    await response.write(body(name)[start : start + upto])
    await asyncio.sleep(0.02)
    if request.transport is not None:
        request.transport.abort()
    return response


async def reset(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """Breaks off after 9,000 bytes each time; the rest can be asked for."""
    data, tag = body(name), f'"{name}"'
    start = _start(request, tag) or 0
    if len(data) - start <= 9_000:
        return await plain(request, name, time)
    headers = {"ETag": tag}
    if start:
        headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
    return await _cut(request, name, len(data) - start, 9_000, headers=headers, start=start)


async def flaky(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """Breaks off twice and knows no `Range`."""
    if time < 3:
        return await _cut(request, name, len(body(name)), 5_000)
    return web.Response(body=body(name), content_type="image/png")


async def no_agent(request: web.Request, name: str, time: int) -> web.StreamResponse:
    agent = request.headers.get("User-Agent", "")
    if not agent.startswith("Mozilla/5.0") or "python" in agent.lower():
        raise web.HTTPForbidden
    return await plain(request, name, time)


async def busy(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """Wants to be asked later, once in seconds, once with a date that lies far ahead."""
    if time == 1:
        raise web.HTTPTooManyRequests(headers={"Retry-After": "0"})
    if time == 2:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": formatdate(_now() + 0.05, usegmt=True)})
    return await plain(request, name, time)


def _now() -> float:
    return time()


async def short(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """States too small a length once."""
    if time > 1:
        return await plain(request, name, time)
    return web.Response(body=body(name)[:-500], content_type="image/png")


async def long(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """States too large a length each time, and sends all there is."""
    return await _cut(request, name, len(body(name)) + 100, len(body(name)))


async def html(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """A page of HTML once, with the type of a picture."""
    if time > 1:
        return await plain(request, name, time)
    return web.Response(text="<!DOCTYPE html><title>Wait</title>" + "x" * 9000, content_type="image/png")


async def always_html(request: web.Request, name: str, time: int) -> web.StreamResponse:
    return web.Response(text="\n<html><body>Not here any more", content_type="text/html")


async def slow(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """Goes silent in the middle once."""
    if time > 1:
        return await plain(request, name, time)
    response = web.StreamResponse(headers={"ETag": f'"{name}"'})
    response.content_length = len(body(name))
    await response.prepare(request)
    await response.write(body(name)[:10_000])
    await asyncio.sleep(3)
    return response


async def elsewhere(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPFound(f"/wp-content/uploads/2020/plain-of-{name}" if time % 2 else request.path)


async def chunked(request: web.Request, name: str, time: int) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "image/png"})
    response.enable_chunked_encoding()
    await response.prepare(request)
    for start in range(0, len(body(name)), 7_000):
        await response.write(body(name)[start : start + 7_000])
        if time == 1 and start > 20_000 and request.transport is not None:
            request.transport.abort()
            return response
    return response


async def weak(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """A weak `ETag` promises nothing byte for byte: nothing may be asked for in pieces."""
    assert "Range" not in request.headers, "a range of a file that may have changed"
    if time == 1:
        return await _cut(request, name, len(body(name)), 5_000, headers={"ETag": f'W/"{name}"'})
    return web.Response(body=body(name), headers={"ETag": f'W/"{name}"'}, content_type="image/png")


async def broken_range(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """Answers a range with another one, then with 416."""
    data, tag = body(name), f'"{name}"'
    if time == 1 or time == 3:
        return await _cut(request, name, len(data), 5_000, headers={"ETag": tag})
    if time == 2:
        return web.Response(
            status=206,
            body=data[100:],
            headers={"ETag": tag, "Content-Range": f"bytes 100-{len(data) - 1}/{len(data)}"},
        )
    if time == 4:
        return web.Response(status=416)
    return web.Response(body=data, headers={"ETag": tag}, content_type="image/png")


async def packed(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """Packs although nobody asked for it."""
    response = web.Response(body=body(name), content_type="image/png")
    response.enable_compression(web.ContentCoding.gzip)
    return response


async def changing(request: web.Request, name: str, time: int) -> web.StreamResponse:
    """The file is another one when the rest is asked for: `If-Range` sees that."""
    if time == 1:
        return await _cut(request, "old-" + name, len(body(name)), 5_000, headers={"ETag": '"old"'})
    return await plain(request, name, time)


async def missing(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPNotFound


async def forbidden(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPForbidden


async def always_broken(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPInternalServerError


async def empty(request: web.Request, name: str, time: int) -> web.StreamResponse:
    return web.Response(body=b"", content_type="image/png")


async def to_private(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPFound("http://user:pw@10.0.0.1/a.png")


async def to_file(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPFound("file:///etc/passwd")


async def loop(request: web.Request, name: str, time: int) -> web.StreamResponse:
    raise web.HTTPMovedPermanently(request.path)


async def endless(request: web.Request, name: str, time: int) -> web.StreamResponse:
    response = web.StreamResponse()
    response.enable_chunked_encoding()
    await response.prepare(request)
    await response.write(body(name)[:-12])
    try:
        while True:
            await response.write(b"\x81" * 65_536)
    except ConnectionError:
        return response


_ANSWERS: dict[str, Answer] = {
    "plain": plain,
    "reset": reset,
    "flaky": flaky,
    "no-agent": no_agent,
    "busy": busy,
    "short": short,
    "long": long,
    "html": html,
    "always-html": always_html,
    "slow": slow,
    "elsewhere": elsewhere,
    "chunked": chunked,
    "weak": weak,
    "broken-range": broken_range,
    "packed": packed,
    "changing": changing,
    "missing": missing,
    "forbidden": forbidden,
    "always-broken": always_broken,
    "empty": empty,
    "to-private": to_private,
    "to-file": to_file,
    "loop": loop,
    "endless": endless,
}


def true_body(name: str) -> bytes:
    """What the file must be in the end; `elsewhere` files lie under another name."""
    return body(f"plain-of-{name}" if name.startswith("elsewhere") else name)


async def start(server: Server) -> tuple[web.AppRunner, int]:
    application = web.Application()
    application.router.add_route("GET", "/{path:.*}", server.answer)
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return runner, int(runner.addresses[0][1])


async def serve(folder: Path) -> None:
    _, port = await start(Server(folder / "requests"))
    part = folder / "port.part"
    part.write_text(str(port))
    part.rename(folder / "port")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
