"""Buckets and web servers that tests speak to, and the command as it is called."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from pipelines.cli.main import main
from pipelines.remote.store import RemoteStore


class Bucket:
    """Objects of a bucket."""

    def __init__(self, name: str) -> None:
        import s3fs

        self.name = name
        self.files: Any = s3fs.S3FileSystem(use_listings_cache=False)
        self.files.mkdir(name)

    def url(self, path: str) -> str:
        return f"s3://{self.name}/{path}"

    def put(self, path: str, data: bytes | str) -> str:
        self.files.pipe_file(f"{self.name}/{path}", data.encode() if isinstance(data, str) else data)
        return self.url(path)

    def get(self, path: str) -> bytes:
        data = self.files.cat_file(f"{self.name}/{path}")
        assert isinstance(data, bytes)
        return data

    def remove(self, path: str) -> None:
        self.files.rm_file(f"{self.name}/{path}")

    def tree(self, folder: str) -> dict[str, bytes]:
        """Every object below the folder; without those that only the publishing needs."""
        self.files.invalidate_cache()
        start = f"{self.name}/{folder}/"
        names = (name for name in self.files.find(start.rstrip("/")) if not name.endswith("/.postferry/manifest.json"))
        return {name.removeprefix(start): self.files.cat_file(name) for name in names}

    def tree_names(self, folder: str) -> set[str]:
        """All of them."""
        start = f"{self.name}/{folder}/"
        return {name.removeprefix(start) for name in self.files.find(start.rstrip("/"))}


Answer = Callable[[BaseHTTPRequestHandler], None]


class Web:
    """A web server: what it answers stands in `pages`, by path; what it was asked in `asked`."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.asked.append((self.command, self.path))
                web.headers.append(dict(self.headers))
                page = web.pages.get(self.path.partition("?")[0])
                if page is None:
                    answer(404, b"none")(self)
                elif callable(page):
                    page(self)
                else:
                    answer(200, page)(self)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def url(self, path: str, user: str = "") -> str:
        return f"http://{user}{'@' if user else ''}{self.host}{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def answer(status: int, body: bytes, sent: int | None = None, **headers: str) -> Answer:
    """`sent`: so many bytes of the body, after which the connection ends."""

    def send(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(body[:sent])

    return send


def convert(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in the folder, in this process."""
    out, err = io.StringIO(), io.StringIO()
    workers = () if arguments[0] == "formats" else ("--workers", "1")
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main([*arguments, *workers])
    assert isinstance(ended.value.code, int)
    return subprocess.CompletedProcess(arguments, ended.value.code, out.getvalue(), err.getvalue())


def local_tree(folder: Path) -> dict[str, bytes]:
    """Every file of an output that is published."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("state.db"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths of files that are sent to a store from now on."""
    paths: list[str] = []
    put = RemoteStore.put

    def noted(self: RemoteStore, path: str, source: Path) -> None:
        paths.append(path)
        put(self, path, source)

    monkeypatch.setattr(RemoteStore, "put", noted)
    return paths
