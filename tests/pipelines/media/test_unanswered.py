"""Files that nobody answered for, in a busy hour or when the run was killed: they are asked for once more."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from pipelines.media.candidates import Candidate
from pipelines.media.media_queue import BROKEN_OFF, SILENT, File, MediaQueue, Settings
from pipelines.output.output_folder import OutputFolder
from tests.pipelines.media.test_download import PACE, UPLOADS, blog, download

PNG = b"\x89PNG\r\n\x1a\n" + bytes(200) + b"\0\0\0\0IEND\xaeB`\x82"


class Busy(ThreadingHTTPServer):
    """Hangs up on the first requests for one file, before the first byte."""

    daemon_threads = True
    asked: Counter[str]
    refused = 0


class _Handler(BaseHTTPRequestHandler):
    server: Busy

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        self.server.asked[name] += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(PNG)))
        self.end_headers()
        self.close_connection = True
        if name != "b.png" or self.server.asked[name] > self.server.refused:
            self.wfile.write(PNG)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Busy]:
    with Busy(("127.0.0.1", 0), _Handler) as made:
        made.asked = Counter()
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join(120)


def images(server: Busy) -> str:
    return "\n\n".join(
        f'<img src="http://127.0.0.1:{server.server_port}/{UPLOADS}/{name}.png" alt="">' for name in "abc"
    )


def test_what_nobody_answered_for_is_asked_for_when_the_others_are_through(server: Busy, tmp_path: Path) -> None:
    server.refused = PACE.attempts
    site = download(tmp_path, blog(server.server_port, images(server)))
    assert sorted(path.name for path in (site.folder / "static" / UPLOADS).iterdir()) == ["a.png", "b.png", "c.png"]
    assert server.asked == {"a.png": 1, "b.png": PACE.attempts + 1, "c.png": 1}
    assert site.notices("media.missing-file") == []


def test_and_no_more_than_once(server: Busy, tmp_path: Path) -> None:
    server.refused = 1_000
    site = download(tmp_path, blog(server.server_port, images(server)))
    [notice] = site.notices("media.missing-file")
    assert notice["where"] == BROKEN_OFF
    assert server.asked["b.png"] == 2 * PACE.attempts


@pytest.mark.parametrize("reason", [SILENT, BROKEN_OFF])
def test_a_run_that_goes_on_asks_again_for_what_nobody_answered_for(tmp_path: Path, reason: str) -> None:
    """A run that is killed may have failed for the same reason that it was killed for."""
    queue, settings = MediaQueue(OutputFolder(tmp_path), "media.db"), Settings("download")
    for _ in range(2):
        queue.begin(settings)
        queue.ask_for(Candidate("a.png", "https://old.example/a.png"))
        queue.collected()
        assert list(queue.todo()) == [("a.png", "https://old.example/a.png")]
        queue.note(File("a.png", "https://old.example/a.png", "failed", 0, 0, b"", reason))
    queue.close()
