"""Servers that lie: resumed files, secrets on the way to other hosts, what is left of what did not come whole."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from pipelines.media.fetch import Fetcher, FetchError
from pipelines.media.retry_policy import RetryPolicy
from pipelines.media.store import PartialFile
from tests.hostile.cases import case
from tests.pipelines.media.server import body
from tests.pipelines.media.test_download import answering
from tests.pipelines.remote.places import Web, answer, convert
from tests.support import command
from tests.wxr import export, item

PACE = RetryPolicy(attempts=3, first_wait=0.01, longest_wait=0.05, idle=0.5, file_bytes=200_000)
OLD, NEW = body("old"), body("new", 30_000)
HALF = 20_000


def ok(data: bytes, tag: str) -> bytes:
    return f'HTTP/1.1 200 OK\r\nETag: "{tag}"\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n'.encode()


def piece(data: bytes, start: int, tag: str) -> bytes:
    head = f'HTTP/1.1 206 Partial\r\nETag: "{tag}"\r\nContent-Range: bytes {start}-{len(data) - 1}/{len(data)}\r\n'
    return head.encode() + f"Content-Length: {len(data) - start}\r\nConnection: close\r\n\r\n".encode() + data[start:]


GONE = b"HTTP/1.1 416 No\r\nContent-Range: bytes */30000\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
SECOND = {  # what the server says when the rest is asked for, and which file is whole in the end
    "another file, whole": (ok(NEW, "new") + NEW, NEW),
    "the range is passed over": (ok(OLD, "old") + OLD, OLD),
    "a piece of another file": (piece(NEW, HALF, "new"), OLD),
    "a piece from another place": (piece(OLD, HALF - 7, "old"), OLD),
    "no such range": (GONE, OLD),
}


@case(
    "network-resume",
    "a file that breaks off, and at the next request has changed, or is sent whole or from another place",
    "begun again; never put together of two files",
)
@pytest.mark.parametrize("second", SECOND)
def test_a_file_is_never_made_of_two(second: str, tmp_path: Path) -> None:
    said, whole = SECOND[second]
    answers = [ok(OLD, "old") + OLD[:HALF], said, ok(OLD, "old") + OLD, ok(OLD, "old") + OLD]
    heads: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        writer.write(answers[len(heads) - 1])
        await writer.drain()
        writer.close()

    part = asyncio.run(fetched(serve, tmp_path))
    assert part.path.read_bytes() == whole
    assert "If-Range" not in heads[0]
    assert f"Range: bytes={HALF}-" in heads[1]
    assert 'If-Range: "old"' in heads[1]


async def fetched(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], folder: Path
) -> PartialFile:
    part = PartialFile(folder / "a.part", "a.png", "", lambda validator: None)
    async with answering(serve) as port, Fetcher(PACE, allow_private=True) as fetcher:
        await fetcher.fetch(f"http://127.0.0.1:{port}/a.png", part)
    return part


@case(
    "network-slow",
    "a server that sends a byte now and then",
    "given up as too slow",
)
def test_a_server_that_says_nothing_more(tmp_path: Path) -> None:
    """Nor does one hold a run up that promises a body and sends none of it."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n\x89PNG")
        await asyncio.sleep(5)
        writer.close()

    async def run() -> str:
        with pytest.raises(FetchError) as failed:
            await asyncio.wait_for(fetched(serve, tmp_path), 4)
        return str(failed.value)

    assert asyncio.run(run()) == "the server went silent"


@case(
    "network-length",
    "a wrong or no `Content-Length`, broken chunks, a gzip bomb, endless headers",
    "not more than the limit is written; named with the reason",
)
def test_nothing_is_left_of_what_is_too_large(tmp_path: Path) -> None:
    web = Web()
    web.pages = {
        f"/wp-content/uploads/{name}.png": answer(200, body(name, size)) for name, size in (("a", 90_000), ("b", 900))
    }
    content = "".join(f'<img src="{web.url(path)}" alt="">' for path in web.pages)
    data = export(item(1, content=content)).replace("https://old.example", web.url(""))
    (tmp_path / "export.xml").write_text(data, encoding="utf-8")
    flags = ("-o", "site", "--media", "download", "--allow-private-hosts", "--max-file-size", "50K", "--workers", "1")
    done = command("export.xml", *flags, cwd=tmp_path)
    web.close()
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "site/static").rglob("*.png")] == ["b.png"]
    assert list((tmp_path / "site").rglob("*.part")) == []
    assert '"code":"media.too-large"' in (tmp_path / "site/.postferry/report.json").read_text(encoding="utf-8")


@case(
    "network-secrets-sent",
    "cookies of an earlier answer, a `.netrc`, a user and a password in a source's address, and a redirect",
    "nothing of it is sent to another host",
)
def test_a_redirect_to_another_host_gets_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fsspec")
    (tmp_path / "netrc").write_text("machine other.example login bo password netrcsecret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    first, second = Web(), Web()
    location = second.url("/export.xml")
    first.pages = {"/export.xml": answer(302, b"", Location=location, Set_Cookie="a=c00kie")}
    second.pages = {"/export.xml": export(item(1)).encode()}
    done = convert(tmp_path, first.url("/export.xml", user="ada:secret"), "-o", "site")
    first.close()
    second.close()
    assert done.returncode == 0, done.stderr
    assert any("Authorization" in head for head in first.headers)
    assert second.asked
    for head in second.headers:
        assert "authorization" not in {name.lower() for name in head}, head
        assert "cookie" not in {name.lower() for name in head}, head
