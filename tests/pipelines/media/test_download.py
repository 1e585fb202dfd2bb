"""Downloads from a server on loopback that misbehaves: all that can be had is had, byte for byte."""

from __future__ import annotations

import asyncio
import errno
import gzip
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from converters.errors import DiskError, UsageError
from converters.model.options import WriteOptions
from pipelines.media import ssrf as guard
from pipelines.media.candidates import Candidate
from pipelines.media.fetch import Fetcher, FetchError
from pipelines.media.gather import parse_way
from pipelines.media.media_queue import File, MediaQueue, Settings
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.store import MediaStore, PartialFile
from pipelines.output.output_folder import OutputFolder
from pipelines.output.sink import Sink
from pipelines.run.carry import Options
from pipelines.run.run_result import MediaStats
from tests import children
from tests.hostile.cases import case
from tests.limits import until
from tests.pipelines.cli.test_command import visible
from tests.pipelines.media.server import HOPELESS, KINDS, Server, start, true_body
from tests.support import Site, command, convert
from tests.wxr import export, item

PACE = RetryPolicy(attempts=3, first_wait=0.02, longest_wait=0.2, idle=1.0, file_bytes=1_000_000)
UPLOADS = "wp-content/uploads/2020"


class Served:
    def __init__(self, server: Server, port: int) -> None:
        self.server, self.port = server, port

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{UPLOADS}/{name}"


@pytest.fixture
def served() -> Iterator[Served]:
    """The server, in a thread of its own."""
    server, loop = Server(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    runner, port = asyncio.run_coroutine_threadsafe(start(server), loop).result(120)
    yield Served(server, port)
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(120)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(120)
    loop.close()


def blog(port: int, *contents: str) -> str:
    """An export of a blog that lies on the server."""
    posts = export(*(item(number, content=content) for number, content in enumerate(contents, 1)))
    return posts.replace("https://old.example", f"http://127.0.0.1:{port}")


def job(*, pace: RetryPolicy = PACE, every: bool = False, allow_private: bool = True) -> dict[str, Any]:
    options = Options("wordpress", "hugo", write=WriteOptions(media="download"))
    return {"options": options, "media": Settings("download", "", every, allow_private, pace)}


def download(folder: Path, data: str, *, every: bool = False, allow_private: bool = True) -> Site:
    return convert(folder, data, **job(every=every, allow_private=allow_private))


def images(served: Served, names: list[str]) -> str:
    return "\n\n".join(f'<img src="{served.address(name)}" alt="">' for name in names)


@case(
    "network-resume",
    "a file that breaks off, and at the next request has changed, or is sent whole or from another place",
    "begun again; never put together of two files",
)
def test_all_that_can_be_had_is_had_byte_for_byte(served: Served, tmp_path: Path) -> None:
    names = [f"{kind}-{number}.png" for kind in (*KINDS, *HOPELESS) for number in (1, 2)]
    good = [name for name in names if name.rpartition("-")[0] in KINDS]
    site = download(tmp_path, blog(served.port, images(served, names), images(served, good[:4])))
    folder = site.folder / "static" / UPLOADS
    assert sorted(path.name for path in folder.iterdir()) == sorted(good)
    for name in good:
        assert (folder / name).read_bytes() == true_body(name), name
    text = site.text("content/posts/post-1.md")
    for name in names:
        there = f"(/{UPLOADS}/{name})" if name in good else f"({served.address(name)})"
        assert there in text, name
    size = sum(len(true_body(name)) for name in good)
    assert site.outcome.media == MediaStats(len(good), size, len(names) - len(good), too_large=2)
    assert served.server.most_at_once <= 4
    assert any("reset" in path for path in served.server.ranges), "the rest is asked for, not the whole"
    assert served.server.asked[f"/{UPLOADS}/plain-1.png"] == 1, "however often it is used"


REASONS = {
    "missing": "the server says 404 Not Found",
    "forbidden": "the server says 403 Forbidden",
    "always-broken": "the server says 500 Internal Server Error",
    "always-html": "a page of HTML came instead",
    "empty": "an empty answer",
    "to-private": "refused: a user or a password in the address",
    "to-file": "refused: only http and https, not file",
    "loop": "more than 5 redirects",
    "endless": "larger than the limit",
}


@case(
    "network-redirect-loop", "a redirect in a circle", "given up after 5 redirects; the old address stays and is named"
)
@case(
    "network-page-for-picture",
    "a page of HTML, with status 200, where a picture should be",
    "not taken; the old address stays and is named",
)
def test_what_cannot_be_had_is_named_with_its_reason(served: Served, tmp_path: Path) -> None:
    assert REASONS.keys() == set(HOPELESS)
    site = download(tmp_path, blog(served.port, images(served, [f"{kind}-1.png" for kind in HOPELESS])))
    notices = site.notices("media.missing-file") + site.notices("media.too-large")
    assert [notice["what"] for notice in site.notices("media.too-large")] == [served.address("endless-1.png")]
    found = {notice["what"]: (notice["where"], notice["item"]) for notice in notices}
    assert found == {served.address(f"{kind}-1.png"): (reason, "1") for kind, reason in REASONS.items()}
    assert not (site.folder / "static/wp-content").exists()
    assert site.outcome.account.carried == {"post": 1}


def test_a_second_run_asks_only_for_what_is_missing(served: Served, tmp_path: Path) -> None:
    data = blog(served.port, images(served, ["plain-1.png", "missing-1.png", "reset-1.png"]))
    first = download(tmp_path, data)
    before = visible(first.folder)
    served.server.asked.clear()
    second = download(tmp_path, data)
    assert dict(served.server.asked) == {f"/{UPLOADS}/missing-1.png": 1}
    assert second.outcome.media == first.outcome.media
    assert visible(first.folder) == before


def test_files_stay_when_a_later_run_downloads_nothing(served: Served, tmp_path: Path) -> None:
    data = blog(served.port, images(served, ["plain-1.png"]))
    download(tmp_path, data)
    site = convert(tmp_path, data)
    assert (site.folder / "static" / UPLOADS / "plain-1.png").read_bytes() == true_body("plain-1.png")
    assert site.outcome.kept == ()


def test_a_file_the_user_put_there_is_not_asked_for(served: Served, tmp_path: Path) -> None:
    data = blog(served.port, images(served, ["plain-1.png"]))
    site = convert(tmp_path, data)
    mine = site.folder / "static" / UPLOADS / "plain-1.png"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"mine")
    site = download(tmp_path, data)
    assert mine.read_bytes() == b"mine"
    assert not served.server.asked
    assert f"(/{UPLOADS}/plain-1.png)" in site.text("content/posts/post-1.md")


def test_nothing_is_asked_of_private_hosts_unless_allowed(served: Served, tmp_path: Path) -> None:
    site = download(tmp_path, blog(served.port, images(served, ["plain-1.png"])), allow_private=False)
    assert not served.server.asked
    [notice] = site.notices("media.missing-file")
    assert notice["where"].startswith("refused: ")


def test_nothing_is_asked_of_anybody_unless_told_to(served: Served, tmp_path: Path) -> None:
    convert(tmp_path, blog(served.port, images(served, ["plain-1.png"])))
    assert not served.server.asked


def test_dry_runs_ask_nobody(served: Served, tmp_path: Path) -> None:
    convert(tmp_path, blog(served.port, images(served, ["plain-1.png"])), dry_run=True, **job())
    assert not served.server.asked


def test_the_guessed_original_is_taken_when_it_is_there(served: Served, tmp_path: Path) -> None:
    names = ["plain-1-300x200.png", "missing-1-300x200.png", "plain-2-900x900.png"]
    site = download(tmp_path, blog(served.port, images(served, names)))
    text = site.text("content/posts/post-1.md")
    assert f"(/{UPLOADS}/plain-1.png)" in text
    assert f"({served.address(names[1])})" in text
    assert f"(/{UPLOADS}/plain-2-900x900.png)" in text, "its original would be larger than 800x600"


PRIVATE = """http://10.0.0.1/a.png http://169.254.169.254/latest/meta-data http://[::1]/a.png http://localhost/a.png
file:///etc/passwd ftp://old.example/a.png data:image/png;base64,AAAA http://2130706433/ //10.0.0.1/a.png
http://[::1/a.png http://[::ffff:7f00:1]/a.png http://a:b@old.example/ http://old.example:22/""".split()


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def answering(answer: Handler) -> AsyncIterator[int]:
    """A server that answers each connection with what the test writes, byte for byte; gives its port."""
    at_work: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        at_work.add(task)
        try:
            await answer(reader, writer)
        finally:
            writer.close()
            at_work.discard(task)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        await asyncio.sleep(0.01)


def nameless(folder: Path) -> PartialFile:
    return PartialFile(folder / "a.part", "a.png", "", lambda validator: None)


@case(
    "network-redirect",
    "a public host that redirects to a private one, to `file:`, `ftp:` or `data:`",
    "each hop is judged by itself; refused",
)
@pytest.mark.parametrize("location", PRIVATE)
def test_redirects_to_what_is_refused(location: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts as public here, as if it were at a public address."""
    answer = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.encode() + b"\r\n\r\n"
    tried: list[str] = []
    connect = asyncio.SelectorEventLoop.sock_connect

    async def watched(self: asyncio.SelectorEventLoop, sock: socket.socket, address: tuple[str, int]) -> None:
        tried.append(address[0])
        await connect(self, sock, address)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()

    async def lookup(host: str) -> list[str]:
        assert host == "old.example"
        return ["127.0.0.1"]

    async def fetch() -> str:
        async with answering(serve) as port, Fetcher(PACE, lookup=lookup) as fetcher:
            monkeypatch.setattr(guard, "_PORTS", frozenset({80, 443, port}))
            with pytest.raises(FetchError) as failed:
                await fetcher.fetch(f"http://old.example:{port}/a.png", nameless(tmp_path))
        return str(failed.value)

    open_ones = tuple(network for network in guard._NOT_PUBLIC_V4 if str(network) != "127.0.0.0/8")
    monkeypatch.setattr(guard, "_NOT_PUBLIC_V4", open_ones)
    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", watched)
    assert asyncio.run(fetch()).startswith("refused: ")
    assert tried == ["127.0.0.1"]


PNG = b"\x89PNG\r\n\x1a\n"
BODIES = [
    pytest.param(
        b"Content-Encoding: gzip\r\n", gzip.compress(PNG + bytes(9_000_000)), "larger than the limit", id="bomb"
    ),
    pytest.param(b"Content-Encoding: br\r\n", PNG, "packed as br", id="packed in another way"),
    pytest.param(
        b"Content-Encoding: gzip\r\n", gzip.compress(PNG)[:-9], "the file is cut off", id="packed and cut off"
    ),
    pytest.param(b"Content-Encoding: gzip\r\n", PNG, "the connection broke off", id="not packed"),
    pytest.param(b"Content-Length: 2000000\r\n", PNG, "larger than the limit", id="length"),
    pytest.param(b"Transfer-Encoding: chunked\r\n", b"zz\r\n", "the connection broke off", id="chunks"),
    pytest.param(b"", PNG + bytes(2_000_000), "larger than the limit", id="no length"),
    pytest.param(b"X: " + b"x" * 100_000 + b"\r\n", PNG, "the connection broke off", id="headers"),
]


@case(
    "network-length",
    "a wrong or no `Content-Length`, broken chunks, a gzip bomb, endless headers",
    "not more than the limit is written; named with the reason",
)
@pytest.mark.parametrize(("header", "body", "reason"), BODIES)
def test_bodies_that_are_not_what_they_say(header: bytes, body: bytes, reason: str, tmp_path: Path) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        with suppress(ConnectionError):
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n" + header + b"\r\n" + body)
            await writer.drain()

    async def fetch() -> str:
        part = nameless(tmp_path)
        async with answering(serve) as port, Fetcher(PACE, allow_private=True) as fetcher:
            with pytest.raises(FetchError) as failed:
                await fetcher.fetch(f"http://127.0.0.1:{port}/a.png", part)
        assert part.size <= PACE.file_bytes
        return str(failed.value)

    assert asyncio.run(fetch()) == reason


@case("network-slow", "a server that sends a byte now and then", "given up as too slow")
def test_slow_servers_are_given_up(tmp_path: Path) -> None:
    """A byte now and then keeps a connection from being idle, and is too little all the same."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n\x89PNG\r\n\x1a\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(0.02)

    async def fetch() -> str:
        pace = RetryPolicy(attempts=2, first_wait=0.01, idle=1, window=0.1, least_bytes=1_000)
        async with answering(serve) as port, Fetcher(pace, allow_private=True) as fetcher:
            with pytest.raises(FetchError) as failed:
                await fetcher.fetch(f"http://127.0.0.1:{port}/a.png", nameless(tmp_path))
        return str(failed.value)

    assert asyncio.run(fetch()) == "the server is too slow"


@case("network-retry-after", "429 with a `Retry-After` of thirty years, or a date in 2100", "the wait is capped")
@pytest.mark.parametrize("seconds", ["1000000000", "Fri, 31 Dec 2100 23:59:59 GMT", "99999999999999999999999999"])
def test_waits_are_capped(seconds: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\nRetry-After: " + seconds.encode() + b"\r\n\r\n")
        await writer.drain()

    async def fetch() -> None:
        async with answering(serve) as port, Fetcher(PACE, allow_private=True) as fetcher:
            with pytest.raises(FetchError, match="429"):
                await fetcher.fetch(f"http://127.0.0.1:{port}/a.png", nameless(tmp_path))

    waits: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await sleep(seconds)

    monkeypatch.setattr(asyncio, "sleep", noted)
    asyncio.run(asyncio.wait_for(fetch(), children.LONG))
    assert max(waits) <= PACE.longest_wait


def test_a_full_disk_ends_the_run_with_words(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(self: Fetcher, address: str, part: PartialFile) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Fetcher, "fetch", full)
    with pytest.raises(DiskError, match="No space left on device"):
        download(tmp_path, blog(served.port, images(served, ["plain-1.png", "plain-2.png"])))


def test_an_error_of_ours_costs_one_file(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetch = Fetcher.fetch

    async def broken(self: Fetcher, address: str, part: PartialFile) -> None:
        if address.endswith("plain-1.png"):
            raise ValueError("odd")
        await fetch(self, address, part)

    monkeypatch.setattr(Fetcher, "fetch", broken)
    site = download(tmp_path, blog(served.port, images(served, ["plain-1.png", "plain-2.png"])))
    assert [notice["where"] for notice in site.notices("media.missing-file")] == ["ValueError: odd"]
    assert site.outcome.media == MediaStats(1, 40_036, 1)


@pytest.mark.parametrize("noted", [True, False])
def test_a_run_killed_between_two_steps_knows_its_file(noted: bool, tmp_path: Path) -> None:
    """After a file has its name and before that is written down; or before it has it."""
    sink, queue = Sink(tmp_path / "site"), MediaQueue(OutputFolder(tmp_path), "media.db")
    store = MediaStore(sink, queue, folder="static")
    part = store.part_of("a.png")
    part.write_bytes(b"whole")
    assert store.put("a.png", "https://old.example/a.png") == ""
    file = queue.file("a.png")
    assert file is not None
    queue.note(file._replace(state="placing", mtime=0))
    if not noted:
        (tmp_path / "site/static/a.png").write_bytes(b"another")
    sink.close()
    sink = Sink(tmp_path / "site")
    assert MediaStore(sink, queue, folder="static").present("a.png") is noted
    sink.close()
    queue.close()


@pytest.mark.parametrize("value", ["copy", "copy:", "downlod", "download:x", "rewrite:", "", "copy:/no/such/folder"])
def test_what_media_cannot_be(value: str) -> None:
    with pytest.raises(UsageError):
        parse_way(value)


def test_without_aiohttp_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    with pytest.raises(UsageError, match=r"pip install 'postferry\[download\]'"):
        parse_way("download")


def test_ctrl_c_does_not_wait_for_a_slow_file(tmp_path: Path) -> None:
    """What had come of it is gone on with by the same command."""
    body, stop, asked = b"\x89PNG\r\n\x1a\n" + bytes(300_000), threading.Event(), list[str]()

    class Slow(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.headers["Range"] or "")
            start = int(asked[-1].removeprefix("bytes=").rstrip("-") or 0)
            self.send_response(206 if start else 200)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(body) - start))
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.end_headers()
            self.wfile.write(body[start:] if start else body[:200_000])
            self.wfile.flush()
            if not start:
                stop.wait(children.LONG)

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        threading.Thread(target=server.serve_forever).start()
        picture = f'<img src="http://127.0.0.1:{server.server_port}/{UPLOADS}/a.png" alt="">'
        (tmp_path / "export.xml").write_text(blog(server.server_port, picture))
        arguments = ["export.xml", "-o", "site", "--media", "download", "--allow-private-hosts"]
        script = Path(sys.executable).with_name("postferry")
        process = children.start([str(script), *arguments], cwd=tmp_path, stderr=subprocess.PIPE, text=True)
        parts = tmp_path / "site/.postferry/media"
        assert until(lambda: sum(part.stat().st_size for part in parts.glob("*.part")) >= 100_000)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()  # the server gives nothing more until this is over
        assert process.returncode == 130
        assert said.splitlines()[-1].endswith("run the same command again to go on.")
        stop.set()
        done = command(*arguments, cwd=tmp_path)
        server.shutdown()
    assert done.returncode == 0, done.stderr
    assert asked[-1].startswith("bytes=")
    assert (tmp_path / "site/static" / UPLOADS / "a.png").read_bytes() == body
    assert list(parts.iterdir()) == []


def test_the_command_says_what_came_along(served: Served, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(blog(served.port, images(served, ["plain-1.png", "missing-1.png"])))
    done = command("export.xml", "--media", "download", "--allow-private-hosts", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Files: 1 of the site's own came along (40,036 bytes); 1 could not be had, see the report." in done.stderr
    assert "copy wp-content/uploads" not in done.stderr


@pytest.mark.slow
def test_what_failed_is_tried_again_by_a_new_run_and_not_by_one_that_goes_on(tmp_path: Path) -> None:
    queue, settings = MediaQueue(OutputFolder(tmp_path), "media.db"), Settings("download")
    for unfinished in (False, True):
        queue.begin(settings)
        queue.ask_for(Candidate("a.png", "https://old.example/a.png"))
        queue.collected()
        queue.note(File("a.png", "https://old.example/a.png", "failed", 0, 0, b"", "the server says 404 Not Found"))
        if not unfinished:
            queue.finish()
        queue.begin(settings)
        queue.ask_for(Candidate("a.png", "https://old.example/a.png"))
        queue.collected()
        assert list(queue.todo()) == ([] if unfinished else [("a.png", "https://old.example/a.png")])
        queue.finish()
    queue.close()


RUN = """
import sys
from pathlib import Path
from tests.pipelines.media.test_download import job, PACE
from pipelines.run.convert import Job, run
run(Job((sys.argv[1],), sys.argv[2], **job()))
"""


def killed_and_resumed(folder: Path, count: int, kills: int) -> tuple[int, float]:
    """Kill a run with SIGKILL again and again, let the last one end; returns requests and seconds, all checked."""
    kinds = (*KINDS, *HOPELESS)
    names = [f"{kinds[n % len(kinds)]}-{n}.png" for n in range(count)]
    server = children.start([sys.executable, "-m", "tests.pipelines.media.server", str(folder)])
    try:
        assert until((folder / "port").exists)
        port = int((folder / "port").read_text())
        pages = [names[start : start + 20] for start in range(0, len(names), 20)]
        at = Served(Server(), port)
        (folder / "export.xml").write_text(blog(port, *(images(at, page) for page in pages)))
        began = time.monotonic()
        _kill_often(folder, kills, count)
        children.run([sys.executable, "-c", RUN, str(folder / "export.xml"), str(folder / "site")], check=True)
        seconds = time.monotonic() - began
    finally:
        server.kill()
        server.wait()
    _check(folder, names, at)
    return len((folder / "requests").read_text().splitlines()), seconds


def _kill_often(folder: Path, kills: int, count: int) -> None:
    """Each time when some more files have come. A busy machine may look too late now and then, when all is done."""
    uploads = folder / "site/static" / UPLOADS
    killed = 0
    for kill in range(1, kills + 1):
        process = children.start([sys.executable, "-c", RUN, str(folder / "export.xml"), str(folder / "site")])
        aim = count * 0.6 * kill / (kills + 1)
        while process.poll() is None and (not uploads.exists() or len(list(uploads.iterdir())) < aim):
            time.sleep(0.05)
        killed += process.poll() is None
        process.kill()
        process.wait()
        for path in uploads.iterdir() if uploads.exists() else ():
            assert path.read_bytes() == true_body(path.name), f"{path.name} is not whole"
    assert killed * 2 >= kills, "runs ended before they could be killed"


def _check(folder: Path, names: list[str], at: Served) -> None:
    good = {name for name in names if name.rpartition("-")[0] in KINDS}
    uploads = folder / "site/static" / UPLOADS
    assert {path.name for path in uploads.iterdir()} == good
    for name in good:
        assert (uploads / name).read_bytes() == true_body(name), name
    text = "".join(path.read_text() for path in (folder / "site/content").rglob("*.md"))
    for name in names:
        assert (f"(/{UPLOADS}/{name})" if name in good else f"({at.address(name)})") in text, name
    state = sqlite3.connect(folder / "site/.postferry/state.db")
    ours = {path for (path,) in state.execute("SELECT path FROM files WHERE path LIKE 'static/wp-content/%'")}
    state.close()
    assert ours == {f"static/{UPLOADS}/{name}" for name in good}


def test_killed_and_resumed(tmp_path: Path) -> None:
    killed_and_resumed(tmp_path, 96, 2)


@pytest.mark.slow
def test_two_thousand_files_killed_ten_times(tmp_path: Path) -> None:
    requests, seconds = killed_and_resumed(tmp_path, 2_000, 10)
    assert requests < 9_000, f"{requests} requests in {seconds:.0f} s"
