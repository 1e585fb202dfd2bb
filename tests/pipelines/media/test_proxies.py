"""Proxies of the environment, certificates, cookies, and how large a file may be."""

from __future__ import annotations

import asyncio
import shutil
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from converters.errors import UsageError
from pipelines.cli.job_options import job
from pipelines.media.connections import Proxies
from pipelines.media.fetch import Fetcher, FetchError
from pipelines.media.gather import parse_size, parse_way
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.ssrf import check_url
from pipelines.media.store import PartialFile
from tests import children
from tests.hostile.cases import case
from tests.pipelines.cli.test_command import visible
from tests.pipelines.media.server import body
from tests.support import command
from tests.wxr import export, item

PACE = RetryPolicy(attempts=2, first_wait=0.01, longest_wait=0.02, idle=1.0)
P = "http://proxy.example:3128"

WAYS = [
    pytest.param({}, "http://old.example/", "", id="none"),
    pytest.param({"http_proxy": P}, "http://old.example/", P, id="http"),
    pytest.param({"HTTP_PROXY": P}, "http://old.example/", P, id="in capitals"),
    pytest.param({"http_proxy": P}, "https://old.example/", "", id="of the other scheme"),
    pytest.param({"https_proxy": P}, "https://old.example/", P, id="https"),
    pytest.param({"all_proxy": P}, "https://old.example/", P, id="all"),
    pytest.param({"all_proxy": "http://other.example", "https_proxy": P}, "https://old.example/", P, id="own first"),
    pytest.param({"http_proxy": "proxy.example:3128"}, "http://old.example/", P, id="without a scheme"),
    pytest.param({"http_proxy": " "}, "http://old.example/", "", id="blank"),
    pytest.param({"http_proxy": P, "no_proxy": "old.example"}, "http://old.example/", "", id="no"),
    pytest.param({"http_proxy": P, "NO_PROXY": "a.b, .example"}, "http://old.example/", "", id="no, of many"),
    pytest.param({"http_proxy": P, "no_proxy": "old.example"}, "http://www.old.example/", "", id="no, below"),
    pytest.param({"http_proxy": P, "no_proxy": "old.example"}, "http://bold.example/", P, id="no, another"),
    pytest.param({"http_proxy": P, "no_proxy": "old.example:8080"}, "http://old.example/", P, id="no, another port"),
    pytest.param({"http_proxy": P, "no_proxy": "old.example:80"}, "http://old.example/", "", id="no, this port"),
    pytest.param({"http_proxy": P, "no_proxy": "*.example,"}, "http://old.example/", "", id="no, with a star"),
    pytest.param({"http_proxy": P, "no_proxy": "x,,"}, "http://old.example/", P, id="no, an empty one"),
    pytest.param({"http_proxy": P, "no_proxy": "10.0.0.0/8"}, "http://10.1.2.3/", "", id="no, a network"),
    pytest.param({"http_proxy": P, "no_proxy": "10.0.0.0/8"}, "http://11.1.2.3/", P, id="no, another network"),
    pytest.param({"http_proxy": P, "no_proxy": "10.0.0.0/8"}, "http://old.example/", P, id="no, a network and a name"),
    pytest.param({"http_proxy": P, "no_proxy": "[fd00::1]:80"}, "http://[fd00::1]/", "", id="no, IPv6 with a port"),
    pytest.param({"http_proxy": P, "no_proxy": "fd00::/8"}, "http://[fd00::1]/", "", id="no, a network of IPv6"),
    pytest.param({"http_proxy": P, "no_proxy": "*"}, "http://old.example/", "", id="no, all"),
    pytest.param({"http_proxy": P}, "http://localhost/", "", id="this machine"),
    pytest.param({"http_proxy": P}, "http://127.0.0.1:8080/", "", id="this machine by number"),
    pytest.param({"http_proxy": P}, "http://[::1]/", "", id="this machine by its other number"),
]


@case("network-proxy", "proxies and `NO_PROXY` in the environment", "honoured")
@pytest.mark.parametrize(("environment", "address", "proxy"), WAYS)
def test_which_proxy(environment: dict[str, str], address: str, proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert Proxies.of_environment().to(check_url(address, allow_private=True)) == proxy


@pytest.mark.parametrize(
    "value", ["socks5://proxy.example:1080", "socks5h://u:p@proxy.example", "http://", "http://[::"]
)
def test_proxies_nothing_here_speaks_to_are_refused_before_the_run(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", value)
    with pytest.raises(UsageError, match=r"HTTPS_PROXY (speaks|is no address)"):
        parse_way("download")


Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def part(folder: Path) -> PartialFile:
    return PartialFile(folder / "a.part", "a.png", "", lambda validator: None)


async def served(
    answer: Handler, fetch: Callable[[int], Awaitable[None]], context: ssl.SSLContext | None = None
) -> None:
    """Run `fetch` with the port of a server that answers so."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    try:
        await fetch(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await asyncio.sleep(0.01)


def ok(data: bytes, more: str = "") -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: {len(data)}\r\n{more}\r\n".encode() + data


class Proxy:
    """Answers for every host by itself, and writes down what it is asked."""

    def __init__(self, answer: bytes = b"") -> None:
        self.heads: list[str] = []
        self._answer = answer or ok(body("a"))

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(self._answer)
        await writer.drain()

    @property
    def asked(self) -> list[str]:
        return [head.partition(" HTTP/")[0] for head in self.heads]


async def nobody_knows(host: str) -> list[str]:
    raise OSError("no such host")


def through(
    proxy: Proxy, folder: Path, address: str, *, login: str = "", lookup: Callable[[str], Awaitable[list[str]]]
) -> str:
    """Why a fetch through a proxy on this machine failed; empty when it did not."""
    reason = ""

    async def fetch(port: int) -> None:
        nonlocal reason
        proxies = Proxies({"all": f"http://{login}127.0.0.1:{port}"})
        async with Fetcher(PACE, lookup=lookup, proxies=proxies) as fetcher:
            try:
                await fetcher.fetch(address, part(folder))
            except FetchError as failed:
                reason = str(failed)

    asyncio.run(served(proxy, fetch))
    return reason


def test_a_proxy_in_the_local_network_is_asked_for_a_name_nobody_else_knows(tmp_path: Path) -> None:
    proxy = Proxy()
    assert through(proxy, tmp_path, "http://old.example/a.png", login="bo:pw@", lookup=nobody_knows) == ""
    assert proxy.asked == ["GET http://old.example/a.png"]
    assert "Proxy-Authorization: Basic Ym86cHc=" in proxy.heads[0]
    assert (tmp_path / "a.part").read_bytes() == body("a")


def test_a_name_that_means_a_private_address_is_not_asked_of_a_proxy(tmp_path: Path) -> None:
    async def lookup(host: str) -> list[str]:
        return ["93.184.216.34", "10.0.0.1"]

    proxy = Proxy()
    assert through(proxy, tmp_path, "http://old.example/a.png", lookup=lookup) == "refused: not a public address"
    assert through(proxy, tmp_path, "http://10.0.0.1/a.png", lookup=lookup) == "refused: not a public address"
    assert proxy.asked == []


@case(
    "network-redirect",
    "a public host that redirects to a private one, to `file:`, `ftp:` or `data:`",
    "each hop is judged by itself; refused",
)
def test_redirects_through_a_proxy_are_judged_one_by_one(tmp_path: Path) -> None:
    moved = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: http://169.254.169.254/latest\r\n\r\n"
    proxy = Proxy(moved)
    reason = through(proxy, tmp_path, "http://old.example/a.png", lookup=nobody_knows)
    assert reason == "refused: not a public address"
    assert proxy.asked == ["GET http://old.example/a.png"]


def test_https_goes_through_a_tunnel(tmp_path: Path) -> None:
    proxy = Proxy(b"HTTP/1.1 407 Who?\r\nContent-Length: 0\r\n\r\n")
    assert through(proxy, tmp_path, "https://old.example/a.png", lookup=nobody_knows) == "the proxy says 407"
    assert set(proxy.asked) == {"CONNECT old.example:443"}


def test_a_proxy_that_is_gone_is_named(tmp_path: Path) -> None:
    async def fetch() -> str:
        async with Fetcher(PACE, lookup=nobody_knows, proxies=Proxies({"http": "http://127.0.0.1:1"})) as fetcher:
            with pytest.raises(FetchError) as failed:
                await fetcher.fetch("http://old.example/a.png", part(tmp_path))
        return str(failed.value)

    assert asyncio.run(fetch()) == "the proxy cannot be reached"


def test_the_host_of_a_proxy_is_no_way_into_the_local_network(tmp_path: Path) -> None:
    """Asked without a proxy, it is judged like all others."""

    async def lookup(host: str) -> list[str]:
        return ["127.0.0.1"]

    async def fetch() -> str:
        proxies = Proxies({"http": "http://proxy.example:8080", "no": "proxy.example"})
        async with Fetcher(PACE, lookup=lookup, proxies=proxies) as fetcher:
            with pytest.raises(FetchError) as failed:
                await fetcher.fetch("http://proxy.example:8080/a.png", part(tmp_path))
        return str(failed.value)

    assert asyncio.run(fetch()) == "refused: not a public address"


@case(
    "network-secrets-sent",
    "cookies of an earlier answer, a `.netrc`, a user and a password in a source's address, and a redirect",
    "nothing of it is sent to another host",
)
def test_no_cookies_and_no_passwords_are_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what a server gave before nor what `.netrc` holds, to whatever host."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login bo password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    heads: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
        place = b"Location: /b.png\r\n" if len(heads) == 1 else b""
        status = b"302 Found" if place else b"200 OK"
        data = b"" if place else body("a")
        writer.write(
            b"HTTP/1.1 " + status + b"\r\nSet-Cookie: a=b; Path=/\r\nConnection: close\r\n" + place
            + f"Content-Length: {len(data)}\r\n\r\n".encode() + data
        )  # fmt: skip
        await writer.drain()

    async def fetch(port: int) -> None:
        async with Fetcher(PACE, allow_private=True) as fetcher:
            await fetcher.fetch(f"http://127.0.0.1:{port}/a.png", part(tmp_path))

    asyncio.run(served(serve, fetch))
    assert len(heads) == 2
    assert not any("cookie:" in head or "authorization" in head for head in heads)


@pytest.fixture(scope="module")
def home_made(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("certificate")
    asked = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=old.example -keyout key.pem -out cert.pem"
    children.run(asked.split(), cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context


@case("network-certificate", "a certificate that nobody vouches for", "refused, but with `--insecure-media`")
@pytest.mark.parametrize(("insecure", "reason"), [(False, "the certificate of the server is not valid"), (True, "")])
def test_certificates(insecure: bool, reason: str, home_made: ssl.SSLContext, tmp_path: Path) -> None:
    answer, found = Proxy(), ""

    async def fetch(port: int) -> None:
        nonlocal found
        async with Fetcher(PACE, allow_private=True, insecure=insecure) as fetcher:
            try:
                await fetcher.fetch(f"https://127.0.0.1:{port}/a.png", part(tmp_path))
            except FetchError as failed:
                found = str(failed)

    asyncio.run(served(answer, fetch, home_made))
    assert found == reason
    assert answer.asked == (["GET /a.png"] if insecure else [])


SIZES = [
    ("512M", 512 * 1024**2),
    ("1.5g", 3 * 512 * 1024**2),
    ("800 KiB", 800 * 1024),
    ("20MB", 20 * 1024**2),
    ("1T", 1024**4),
    ("20000", 20000),
    ("20000 B", 20000),
]


@pytest.mark.parametrize(("value", "size"), SIZES)
def test_sizes(value: str, size: int) -> None:
    assert parse_size(value) == size


@pytest.mark.parametrize(
    "value", ["", "0", "0.1", "M", "-5M", "5X", "5 M B", "1e9", "٥M", "5,5M", "9" * 16, "5MiBs", "nan"]
)
def test_what_is_no_size(value: str) -> None:
    with pytest.raises(UsageError, match="--max-file-size"):
        parse_size(value)


def test_what_the_flags_mean() -> None:
    given = {"from": "wordpress", "media": "download", "insecure_media": True, "max_file_size": "1K"}
    media = job(["export.xml"], given).media
    assert (media.way, media.insecure, media.allow_private, media.pace) == (
        "download",
        True,
        False,
        RetryPolicy(file_bytes=1024),
    )
    usual = job(["export.xml"], {"from": "wordpress", "media": "download"}).media
    assert (usual.insecure, usual.pace) == (False, RetryPolicy())


def test_a_size_that_is_none_is_a_wrong_use_of_the_command(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1)))
    done = command("export.xml", "--max-file-size", "many", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--max-file-size is a number of bytes, or one with K, M, G or T: 512M, not 'many'." in done.stderr


def test_files_beyond_the_limit_stay_and_are_counted(tmp_path: Path) -> None:
    """Where an original is too large, the copy that was shown is not."""
    folder = tmp_path / "uploads/2021"
    folder.mkdir(parents=True)
    for name, size in {"small.png": 2_000, "large.png": 9_000, "large-300x200.png": 3_000}.items():
        (folder / name).write_bytes(body(name, size))
    at = "https://old.example/wp-content/uploads/2021"
    content = "\n\n".join(f'<img src="{at}/{name}" alt="">' for name in ("small.png", "large.png", "large-300x200.png"))
    (tmp_path / "export.xml").write_text(export(item(1, content=content)))
    flags = ("-o", "site", "--media", f"copy:{tmp_path / 'uploads'}", "--max-file-size", "8K")
    done = command("export.xml", *flags, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 could not be had (1 too large, see --max-file-size), see the report" in done.stderr
    came = [path for path in visible(tmp_path / "site") if path.endswith(".png")]
    assert came == [f"static/wp-content/uploads/2021/{name}" for name in ("large-300x200.png", "small.png")]
    text = (tmp_path / "site/content/posts/post-1.md").read_text()
    assert f"({at}/large.png)" in text
    assert "(/wp-content/uploads/2021/large-300x200.png)" in text
    report = (tmp_path / "site/.postferry/report.json").read_text()
    assert report.count('"code":"media.too-large"') == 1
