"""What the downloader may connect to: public hosts over http and https, and nothing else."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from pipelines.media.fetch import Fetcher, FetchError
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.ssrf import RefusedError, check_address, check_all, check_url
from pipelines.media.store import PartialFile
from tests.hostile.cases import case

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.9.9.9 169.254.0.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7
203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1
2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1:: 2002:0a00:0001::1 3fff::1 5f00::1 fc00::1
fd00:ec2::254 fe80::1 fec0::1 ff02::1 ff0e::1 fe80::1%eth0
""".split()
PUBLIC = """1.1.1.1 8.8.8.8 93.184.216.34 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 2606:4700::1111
2a00:1450::1""".split()
LISTED = [address for address in PRIVATE if "%" not in address]


@case(
    "network-private-address",
    "a host in a private, link-local, multicast, NAT64, 6to4 or v4-mapped network",
    "refused, also when other addresses of the host are public; no connection is made",
)
@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused(address: str) -> None:
    with pytest.raises(RefusedError):
        check_address(address)


@pytest.mark.parametrize("address", LISTED)
def test_private_addresses_are_refused_as_hosts(address: str) -> None:
    with pytest.raises(RefusedError):
        check_url(f"http://[{address}]/a.jpg" if ":" in address else f"http://{address}/a.jpg")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    check_address(address)
    assert check_url(f"https://[{address}]/" if ":" in address else f"https://{address}/").host == address


REFUSED = [
    "http://localhost/a.jpg",
    "http://LOCALHOST./a.jpg",
    "http://printer/a.jpg",
    "http://nas.local/a.jpg",
    "http://a.localhost/a.jpg",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://ⓛocalhost/a.jpg",
    "http://loc\u00adalhost/a.jpg",
    "http://127.0.0.1./a.jpg",
    "http://127。0。0。1/a.jpg",
    "http://１２７.0.0.1/a.jpg",
    "http://①②⑦.0.0.1/a.jpg",
    "http://2130706433/a.jpg",
    "http://017700000001/a.jpg",
    "http://0x7f000001/a.jpg",
    "http://0x7f.0.0.1/a.jpg",
    "http://0177.0.0.1/a.jpg",
    "http://127.1/a.jpg",
    "http://127.0.1/a.jpg",
    "http://0/a.jpg",
    "http://example.0x7f/a.jpg",
    "http://8.8.8.08/a.jpg",
    "http://[::1]/a.jpg",
    "http://[::ffff:10.0.0.1]/a.jpg",
    "http://[fe80::1%25eth0]/a.jpg",
    "http://[::1/a.jpg",
    "http://user@old.example/a.jpg",
    "http://user:password@old.example/a.jpg",
    "http://old.example@127.0.0.1/a.jpg",
    "http://old.example\\@127.0.0.1/a.jpg",
    "http://old.example:22/a.jpg",
    "http://old.example:25/a.jpg",
    "http://old.example:6379/a.jpg",
    "http://old.example:0/a.jpg",
    "http://old.example:99999/a.jpg",
    "http://old.example:80:80/a.jpg",
    "ftp://old.example/a.jpg",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "gopher://old.example/_",
    "//old.example/a.jpg",
    "/a.jpg",
    "http:///a.jpg",
    "http://",
    "http://old..example/a.jpg",
    "http://-old.example/a.jpg",
    "http://old.example\r\nHost: x/a.jpg",
    "http://old.example/a\tb.jpg",
    f"http://{'a' * 64}.example/a.jpg",
    f"http://{'a.' * 130}example/a.jpg",
    "",
]


@pytest.mark.parametrize("url", REFUSED)
def test_addresses_that_are_refused_as_they_are_written(url: str) -> None:
    with pytest.raises(RefusedError):
        check_url(url)


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("http://old.example/a.jpg", "http://old.example/a.jpg"),
        ("HTTPS://OLD.example./a.jpg#x", "https://old.example/a.jpg"),
        ("https://old.example:443/a.jpg?b", "https://old.example/a.jpg?b"),
        ("https://old.example:8443/a.jpg", "https://old.example:8443/a.jpg"),
        ("https://bücher.example/a.jpg", "https://xn--bcher-kva.example/a.jpg"),
        ("https://old_site.example/a.jpg", "https://old_site.example/a.jpg"),
        ("https://1.example/a.jpg", "https://1.example/a.jpg"),
    ],
)
def test_addresses_that_are_asked(url: str, asked: str) -> None:
    assert check_url(url).url == asked


def test_private_hosts_can_be_allowed_but_no_other_schemes_nor_passwords() -> None:
    assert check_url("http://127.0.0.1:9999/a.jpg", allow_private=True).port == 9999
    assert check_url("http://nas/a.jpg", allow_private=True).host == "nas"
    for url in ("file:///etc/passwd", "http://a:b@127.0.0.1/", "http://2130706433/"):
        with pytest.raises(RefusedError):
            check_url(url, allow_private=True)


def test_one_private_address_among_public_ones_is_enough() -> None:
    assert check_all(["8.8.8.8", "2606:4700::1111", "8.8.8.8"]) == ["8.8.8.8", "2606:4700::1111"]
    for addresses in (["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "::1"], []):
        with pytest.raises(RefusedError):
            check_all(addresses)


def part(folder: Path) -> PartialFile:
    return PartialFile(folder / "a.part", "a.jpg", "", lambda validator: None)


async def fetch(url: str, folder: Path, answers: dict[str, list[list[str]]]) -> str:
    """Why it failed; `answers` are what the name service says, one after the other."""

    async def lookup(host: str) -> list[str]:
        return answers[host].pop(0)

    async with Fetcher(RetryPolicy(attempts=1, idle=0.5), lookup=lookup) as fetcher:
        with pytest.raises(FetchError) as failed:
            await fetcher.fetch(url, part(folder))
    return str(failed.value)


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that somebody tries to connect to; nothing leaves the machine."""
    tried: list[str] = []

    async def connect(self: object, sock: socket.socket, address: tuple[str, int]) -> None:
        tried.append(address[0])
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect)
    return tried


@case(
    "network-odd-host",
    "a picture at localhost, a bare name, an IP in decimal, hex or octal, look-alike signs, a dot at the end",
    "refused; no connection is made",
)
@case(
    "network-login-port",
    "a picture's address with a user or a password, or at port 22, 25 or 6379",
    "refused; no connection is made",
)
@pytest.mark.parametrize("url", [url for url in REFUSED if "\t" not in url])
def test_no_connection_is_made_to_what_is_refused(url: str, tmp_path: Path, connections: list[str]) -> None:
    assert asyncio.run(fetch(url, tmp_path, {})).startswith("refused: ")
    assert connections == []


@case(
    "network-private-address",
    "a host in a private, link-local, multicast, NAT64, 6to4 or v4-mapped network",
    "refused, also when other addresses of the host are public; no connection is made",
)
@pytest.mark.parametrize("address", LISTED)
def test_no_connection_is_made_to_a_host_with_a_private_address(
    address: str, tmp_path: Path, connections: list[str]
) -> None:
    answers = {"old.example": [["93.184.216.34", address]]}
    assert asyncio.run(fetch("http://old.example/a.jpg", tmp_path, answers)) == "refused: not a public address"
    assert connections == []


@case(
    "network-rebinding",
    "a name service that says a public address first and a private one then",
    "asked once; the address that was judged is connected to",
)
def test_the_address_that_was_judged_is_the_one_connected_to(tmp_path: Path, connections: list[str]) -> None:
    answers = {"old.example": [["93.184.216.34"], ["127.0.0.1"]]}
    assert asyncio.run(fetch("http://old.example/a.jpg", tmp_path, answers)) == "the server cannot be reached"
    assert connections == ["93.184.216.34"]
    assert len(answers["old.example"]) == 1, "asked once, and not again when it connects"
