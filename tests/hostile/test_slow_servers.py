"""Servers that hold a run up with a byte now and then: each is left after a limit of the clock, and named."""

from __future__ import annotations

import asyncio
import itertools
import threading
import zlib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from converters.model.options import WriteOptions
from pipelines.media import hosts
from pipelines.media.candidates import Candidate
from pipelines.media.connections import Proxies
from pipelines.media.download import Downloader
from pipelines.media.fetch import Fetcher, FetchError
from pipelines.media.media_queue import TOO_SLOW, Settings
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.store import MediaStore, PartialFile
from pipelines.output.sink import Sink
from pipelines.remote import patience
from pipelines.run.carry import Options
from tests.hostile.cases import case
from tests.pipelines.media.server import body
from tests.pipelines.remote.places import convert as converted
from tests.support import convert, queue_of
from tests.wxr import export, item

PACE = RetryPolicy(
    attempts=3, first_wait=0.01, longest_wait=0.02, answer=0.4, window=0.4, least_bytes=2_000, file_time=2.0,
    file_rate=1e9, slow_attempts=1,
)  # fmt: skip
PATIENCE = patience.Patience(answer=0.5, listing=0.5, begin=0.5, window=0.5, least_bytes=2_000, transfer=1.0, rate=1e9)
GENEROUS = 60.0
"""Seconds for what takes less than two: these machines are slow, and busy."""
DRIP = 0.02
PNG = body("a", 5_000)
OK = (b"HTTP/1.1 200 ", b"HTTP/1.0 200 ")
HEAD = b'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nETag: "a"\r\n'

Send = Callable[[bytes], Awaitable[None]]
Server = Callable[[Send, str], Awaitable[None]]


async def drip(send: Send, pieces: Iterator[bytes]) -> None:
    for piece in pieces:
        await send(piece)
        await asyncio.sleep(DRIP)


def endless(text: bytes) -> Iterator[bytes]:
    return itertools.repeat(text)


async def says_nothing(send: Send, path: str) -> None:
    await asyncio.sleep(GENEROUS)


async def status_line(send: Send, path: str) -> None:
    await drip(send, (bytes([byte]) for byte in b"HTTP/1.1 200 " + b"O" * 10_000))


async def header_bytes(send: Send, path: str) -> None:
    await send(HEAD + b"X-A: ")
    await drip(send, endless(b"a"))


async def header_lines(send: Send, path: str) -> None:
    await send(HEAD)
    await drip(send, (b"X-%d: a\r\n" % number for number in range(10_000)))


async def continues(send: Send, path: str) -> None:
    await drip(send, endless(b"HTTP/1.1 100 Continue\r\n\r\n"))


async def early_hints(send: Send, path: str) -> None:
    await drip(send, endless(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"))


async def continues_at_full_speed(send: Send, path: str) -> None:
    while True:
        await send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


async def chunk_extension(send: Send, path: str) -> None:
    await send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;")
    await drip(send, endless(b"a"))


async def chunk_size(send: Send, path: str) -> None:
    await send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    await drip(send, endless(b"0"))


async def chunks_of_a_byte(send: Send, path: str) -> None:
    await send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    await drip(send, (b"1\r\n%c\r\n" % byte for byte in PNG + bytes(90_000)))


async def trailers(send: Send, path: str) -> None:
    await send(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n" % (len(PNG) - 9, PNG[:-9]))
    await drip(send, (b"X-%d: a\r\n" % number for number in range(10_000)))


async def body_bytes(send: Send, path: str) -> None:
    await send(HEAD + b"Content-Length: 1000000\r\n\r\n" + PNG[:100])
    await drip(send, endless(b"a"))


async def no_length(send: Send, path: str) -> None:
    await send(b"HTTP/1.0 200 OK\r\nContent-Type: image/png\r\n\r\n" + PNG[:100])
    await drip(send, endless(b"a"))


async def packed(send: Send, path: str) -> None:
    packer = zlib.compressobj(wbits=31)
    await send(HEAD + b"Content-Encoding: gzip\r\n\r\n" + packer.compress(PNG[:100]))
    await drip(send, (packer.flush(zlib.Z_FULL_FLUSH) for _ in range(100_000)))


async def never_whole(send: Send, path: str) -> None:
    """Enough comes in each while, and no end in all the time that a file may take."""
    await send(HEAD + b"Content-Length: 100000000\r\n\r\n" + PNG[:100])
    await drip(send, endless(b"a" * 3_000))


async def redirects(send: Send, path: str) -> None:
    await asyncio.sleep(0.15)
    await send(b"HTTP/1.1 302 Found\r\nLocation: %s1\r\nContent-Length: 0\r\n\r\n" % path.encode())


async def redirect_that_drips(send: Send, path: str) -> None:
    await send(b"HTTP/1.1 302 Found\r\nLocation: /else\r\n")
    await drip(send, endless(b"a"))


SERVERS: list[Server] = [
    says_nothing, status_line, header_bytes, header_lines, continues, early_hints, continues_at_full_speed,
    chunk_extension, chunk_size, chunks_of_a_byte, trailers, body_bytes, no_length, packed, never_whole, redirects,
    redirect_that_drips,
]  # fmt: skip


class Slow:
    """Servers in a thread of their own. Every path is asked of the same one; `asked` counts paths."""

    def __init__(self, server: Server) -> None:
        self.asked: Counter[str] = Counter()
        self._server, self._ready = server, threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(GENEROUS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._answer, "127.0.0.1", 0))
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(asyncio.sleep(DRIP))
        self._loop.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = sent = b""

        async def send(data: bytes) -> None:
            nonlocal sent
            if head.startswith(b"HEAD "):
                written, sent = len(sent), sent + data
                end = sent.find(b"\r\n\r\n") + 4
                if sent.startswith(OK) and end >= 4:  # a body would be read as the next answer of this connection
                    writer.write(sent[written:end])
                    await writer.drain()
                    raise ConnectionError
            writer.write(data)
            await writer.drain()

        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, TimeoutError):
            while True:
                sent = b""
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split()[1].decode()
                self.asked[path] += 1
                await asyncio.wait_for(self._server(send, path), GENEROUS)
        writer.transport.abort()

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(GENEROUS)


@pytest.fixture
def serving() -> Iterator[Callable[[Server], Slow]]:
    made: list[Slow] = []

    def begin(server: Server) -> Slow:
        made.append(Slow(server))
        return made[-1]

    yield begin
    for server in made:
        server.close()


def reason_of(address: str, folder: Path, fetcher: Callable[[], Fetcher], pace: RetryPolicy = PACE) -> str:
    """Why a file could not be had. Fails when that is not known in a generous time."""

    async def fetch() -> str:
        part = PartialFile(folder / "a.part", "a.png", "", lambda validator: None)
        async with fetcher() as made:
            with pytest.raises(FetchError) as failed:
                await asyncio.wait_for(made.fetch(address, part), GENEROUS)
        return str(failed.value)

    return asyncio.run(fetch())


@case(
    "network-slow",
    "a server that sends a byte now and then: of a header, of a chunk, of a body, of what stands around them",
    "left after a minute (a file: after ten, or at a KiB a second), named as too slow; the run goes on",
)
@pytest.mark.parametrize("server", SERVERS)
def test_slowloris_headers(server: Server, serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    slow = serving(server)
    assert reason_of(slow.url("/a.png"), tmp_path, lambda: Fetcher(PACE, allow_private=True)) == TOO_SLOW


def test_a_handshake_that_never_ends(serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    slow = serving(says_nothing)
    address = slow.url("/a.png", scheme="https")
    assert reason_of(address, tmp_path, lambda: Fetcher(PACE, allow_private=True, insecure=True)) == TOO_SLOW


@pytest.mark.parametrize("by_proxy", [False, True])
def test_a_name_that_is_looked_up_for_ever(by_proxy: bool, tmp_path: Path) -> None:
    async def lookup(host: str) -> list[str]:
        await asyncio.sleep(GENEROUS)
        return []

    proxies = Proxies({"http": "http://127.0.0.1:9"} if by_proxy else {})
    fetcher = lambda: Fetcher(PACE, lookup=lookup, proxies=proxies)  # noqa: E731
    assert reason_of("http://old.example/a.png", tmp_path, fetcher) == TOO_SLOW


@pytest.mark.parametrize(
    ("server", "scheme"),
    [(server, scheme) for server in (says_nothing, header_bytes, continues) for scheme in ("http", "https")]
    + [(body_bytes, "http")],
)
def test_a_proxy_that_drips(server: Server, scheme: str, serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    async def lookup(host: str) -> list[str]:
        return ["93.184.216.34"]

    proxies = Proxies({scheme: serving(server).url("")})
    fetcher = lambda: Fetcher(PACE, lookup=lookup, proxies=proxies)  # noqa: E731
    assert reason_of(f"{scheme}://old.example/a.png", tmp_path, fetcher) == TOO_SLOW


async def one_byte_and_goodbye(send: Send, path: str) -> None:
    """There is progress each time."""
    await send(HEAD + b"Content-Length: 1000000\r\n\r\n" + PNG[:100])
    raise ConnectionError


async def later(send: Send, path: str) -> None:
    await send(b"HTTP/1.1 429 No\r\nRetry-After: 9999999\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize(("server", "reason"), [(one_byte_and_goodbye, "broke off"), (later, "429")])
def test_servers_that_never_come_to_an_end(
    server: Server, reason: str, serving: Callable[[Server], Slow], tmp_path: Path
) -> None:
    slow = serving(server)
    assert reason in reason_of(slow.url("/a.png"), tmp_path, lambda: Fetcher(PACE, allow_private=True))
    assert slow.asked["/a.png"] <= PACE.most_attempts


def downloaded(folder: Path, pace: RetryPolicy, *addresses: str) -> dict[str, tuple[str, str]]:
    """place -> (state, reason) of files; fails when that takes more than a generous time."""
    found: dict[str, tuple[str, str]] = {}

    def work() -> None:
        queue, sink = queue_of(folder / "site"), Sink(folder / "site")
        queue.begin(Settings("download"))
        places = {f"{number:03}.png": address for number, address in enumerate(addresses)}
        for place, address in places.items():
            queue.ask_for(Candidate(place, address))
        queue.collected()
        Downloader(queue, MediaStore(sink, queue, folder="static"), allow_private=True, pace=pace).work(
            lambda *told: None
        )
        files = [queue.file(place) for place in places]
        found.update({file.place: (file.state, file.reason) for file in files if file is not None})
        queue.close()
        sink.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(GENEROUS)
    assert not thread.is_alive(), "held up"
    return found


async def good(send: Send, path: str) -> None:
    await send(HEAD + b"Content-Length: %d\r\n\r\n" % len(PNG) + PNG)


@case(
    "network-slow-host",
    "a site with hundreds of files on a host that drips, and some on one that does not",
    "the host is given up after eight attempts in a row; the other files come",
)
@pytest.mark.parametrize("server", [header_bytes, body_bytes, says_nothing])
def test_a_host_that_drips_does_not_hold_up_the_others(
    server: Server, serving: Callable[[Server], Slow], tmp_path: Path
) -> None:
    slow, quick = serving(server), serving(good)
    bad = [slow.url(f"/{number}.png") for number in range(300)]
    found = downloaded(tmp_path, PACE, *bad, *(quick.url(f"/{number}.png", "localhost") for number in range(5)))
    assert {found[f"{number:03}.png"] for number in range(300)} == {("failed", TOO_SLOW)}
    assert [state for state, _ in found.values()][300:] == ["had"] * 5
    assert len(slow.asked) <= PACE.slow_in_a_row + PACE.per_host


def test_a_host_that_is_busy_for_long_has_not_all_places(serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    """It is not too slow, and its files come; those of another host do not wait for it."""
    order: list[str] = []
    free = threading.Event()

    async def when_free(send: Send, path: str) -> None:
        while not free.is_set():
            await asyncio.sleep(DRIP)
        order.append("busy")
        await good(send, path)

    async def at_once(send: Send, path: str) -> None:
        order.append("free")
        if len(order) == 5:
            free.set()
        await good(send, path)

    busy, other = serving(when_free), serving(at_once)
    addresses = [busy.url(f"/{number}.png") for number in range(40)]
    found = downloaded(
        tmp_path, RetryPolicy(), *addresses, *(other.url(f"/{number}.png", "localhost") for number in range(5))
    )
    assert {state for state, _ in found.values()} == {"had"}
    assert order[:5] == ["free"] * 5


def test_hosts_that_all_send_us_to_one_that_drips(serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    slow = serving(header_bytes)

    async def onward(send: Send, path: str) -> None:
        location = slow.url(path, "localhost").encode()
        await send(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %s\r\n\r\n" % location)

    found = downloaded(tmp_path, PACE, *(serving(onward).url(f"/{number}.png") for number in range(60)))
    assert set(found.values()) == {("failed", TOO_SLOW)}
    assert len(slow.asked) <= PACE.slow_in_a_row + PACE.per_host


def test_a_host_that_drips_now_and_then_is_given_up_for_the_time_it_wastes(
    serving: Callable[[Server], Slow], tmp_path: Path
) -> None:
    async def one_in_three(send: Send, path: str) -> None:
        await (header_bytes if int(path[1:-4]) % 3 == 0 else good)(send, path)

    slow = serving(one_in_three)
    pace = replace(PACE, host_time=2.0, earned_time=0.0)
    found = downloaded(tmp_path, pace, *(slow.url(f"/{number}.png") for number in range(400)))
    reasons = Counter(reason for _, reason in found.values())
    assert reasons[TOO_SLOW] > 200
    assert len(slow.asked) < 200


def test_a_run_that_has_lost_much_time_is_impatient_with_new_hosts() -> None:
    known = hosts.Hosts(PACE)
    slow, new, trusted = known["a"], known["b"], known["c"]
    trusted.sent_a_file()
    assert new.patience is PACE
    slow.slow(PACE.run_time + 5)
    assert new.patience.answer == PACE.answer / 10
    assert trusted.patience is PACE


@pytest.mark.parametrize("server", [header_bytes, body_bytes])
def test_the_run_goes_on_and_names_the_file(server: Server, serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    slow = serving(server)
    address = slow.url("/wp-content/uploads/2020/a.png")
    data = export(item(1, content=f'<img src="{address}" alt="">')).replace("https://old.example", slow.url(""))
    settings = Settings("download", allow_private=True, pace=PACE)
    options = Options("wordpress", "hugo", write=WriteOptions(media="download"))
    site = convert(tmp_path, data, options=options, media=settings)
    assert site.outcome.status() == 0
    assert [notice["where"] for notice in site.notices("media.missing-file")] == [TOO_SLOW]
    assert address in site.text("content/posts/post-1.md")


async def bomb_of_nothing(send: Send, path: str) -> None:
    """Packed bytes without end, of which nothing comes when they are unpacked."""
    packer = zlib.compressobj(wbits=31)
    await send(HEAD + b"Content-Encoding: gzip\r\n\r\n" + packer.compress(PNG[:100]) + packer.flush(zlib.Z_FULL_FLUSH))
    while True:
        await send(b"".join(packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2_000)) or b"\0\0\0\xff\xff" * 10_000)


async def behind_the_end(send: Send, path: str) -> None:
    """Bytes without end behind a packed file."""
    await send(HEAD + b"Content-Encoding: gzip\r\n\r\n" + zlib.compress(PNG, wbits=31))
    while True:
        await send(bytes(100_000))


def test_packed_bytes_without_end(serving: Callable[[Server], Slow], tmp_path: Path) -> None:
    pace = RetryPolicy(attempts=2, first_wait=0.01, file_bytes=1_000_000)
    slow = serving(bomb_of_nothing)
    assert "larger than" in reason_of(slow.url("/a.png"), tmp_path, lambda: Fetcher(pace, allow_private=True))
    found = downloaded(tmp_path, pace, serving(behind_the_end).url("/a.png"))
    assert list(found.values()) == [("had", "")]
    assert (tmp_path / "site/static/000.png").read_bytes() == PNG


@case(
    "network-source-slow",
    "the same servers, as a source",
    "left after one to ten minutes; exit status 69",
)
@pytest.mark.parametrize("server", SERVERS)
def test_sources(
    server: Server, serving: Callable[[Server], Slow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fsspec")
    monkeypatch.setattr(patience, "PATIENCE", PATIENCE)
    slow = serving(server)
    done = converted(tmp_path, slow.url("/export.xml"), "--from", "wordpress")
    assert done.returncode == 69, done.stderr
    assert "the server is too slow" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("server", SERVERS)
def test_sources_that_drip_behind_a_good_answer(
    server: Server, serving: Callable[[Server], Slow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server answers what is asked first, how large the file is, as it should."""
    pytest.importorskip("fsspec")
    monkeypatch.setattr(patience, "PATIENCE", PATIENCE)
    first = [HEAD + b"Content-Length: 100000\r\n\r\n"]

    async def answer(send: Send, path: str) -> None:
        if first:
            await send(first.pop())
        else:
            await server(send, path)

    done = converted(tmp_path, serving(answer).url("/export.xml"), "--from", "wordpress")
    assert done.returncode == 69, done.stderr
    assert "the server is too slow" in done.stderr
    assert not (tmp_path / "export-hugo").exists()
