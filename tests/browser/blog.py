"""A small blog that shows all a start layout has to carry, with pictures of its own, as WordPress exports it."""

from __future__ import annotations

import struct
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.support import Site, convert
from tests.wxr import export, item

POST = "/evening-on-the-pier/"
ARCHIVE = "/category/crossings/"
MISSING = "/there-is-nothing-here/"
ANSWERS = [("1", "2"), ("2", "3"), ("3", "4")]
"""Comments, and those that answer them."""

_TEXT = Path(__file__).with_name("post.html")
_UPLOADS = "https://old.example/wp-content/uploads/2023/05"
_PICTURES = {
    "pier.png": (960, 540),
    "buoy.png": (400, 500),
    "gull.png": (640, 480),
    "rope.png": (480, 640),
    "mast.png": (640, 400),
    "crab.png": (300, 300),
}


def convert_blog(folder: Path, to: str) -> Site:
    """The blog for a target, with its pictures brought from a folder."""
    uploads = folder / "uploads" / "2023" / "05"
    uploads.mkdir(parents=True)
    for number, (name, size) in enumerate(_PICTURES.items()):
        (uploads / name).write_bytes(png(*size, tint=number))
    options = Options("wordpress", to, write=WriteOptions(media="copy"))
    return convert(folder, export(*_items()), options=options, media=Settings("copy", str(folder / "uploads"), False))


def png(width: int, height: int, tint: int = 0) -> bytes:
    """A picture of an evening: sky, sun and sea, each in another tint."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def line(y: int) -> bytes:
        part = y / height
        if part > 0.6:
            return bytes((20 + 9 * tint, 60 + int(60 * part), 90 + 12 * tint)) * width
        return bytes((250 - 18 * tint, 120 + int(170 * part), int(230 - 150 * part))) * width

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + line(y) for y in range(height)), 1)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder at an address on loopback, with `404.html` for what is not there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(120)
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/favicon.ico":  # which a browser asks every host for, whatever stands in its pages
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is printed."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        body = page.read_bytes() if page.exists() else b"Not found"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _items() -> Iterator[str]:
    crossings, weather = ("category", "crossings", "Crossings"), ("post_tag", "weather", "Weather")
    for number, name in enumerate(_PICTURES):
        words = name.removesuffix(".png").title()
        meta = {"_wp_attachment_image_alt": words, "_wp_attached_file": f"2023/05/{name}"}
        yield item(501 + number, type="attachment", title=words, url=f"{_UPLOADS}/{name}", meta=meta, excerpt=words)
    yield item(
        101,
        title="An evening on the pier, and what the tide left there",
        slug=POST.strip("/"),
        date="2023-05-06 19:30:00",
        content=_TEXT.read_text(encoding="utf-8"),
        terms=[crossings, weather],
        meta={"_thumbnail_id": "501"},
        comments=list(_comments()),
    )
    titles = ("Fog until noon", "The bell is back", "Rope, tar and a Donaudampfschifffahrtsflagge")
    for number, title in enumerate(titles):
        words = f"{title}. We waited at the quay and drank tea until the horn was heard from the other side. " * 3
        text = f"<p>{words}</p>\n<!--more-->\n<p>Then we cast off.</p>"
        yield item(102 + number, title=title, slug=f"trip-{number}", content=text, terms=[crossings])
    short = {"title": "", "slug": "short", "date": "2023-05-01 06:00:00", "terms": [weather]}
    yield item(105, content="<p>Low tide at six. No boat.</p>", **short)
    yield item(201, type="page", title="About the ferry", slug="about", content="<p>One boat, two people.</p>")
    yield item(202, type="page", title="Crew", slug="crew", parent=201, content="<p>Mira and Tom.</p>")
    entries = ("About the ferry", "Timetable", "Crew", "Prices", "How to find us", "Pictures", "Friends of the harbour")
    for number, title in enumerate(entries, 301):
        yield _menu_entry(number, title, parent=301 if title == "Crew" else 0)


def _menu_entry(id: int, title: str, parent: int) -> str:
    meta = {
        "_menu_item_type": "custom",
        "_menu_item_url": f"https://old.example/about/#{id}",
        "_menu_item_menu_item_parent": str(parent),
        "_menu_item_object": "custom",
    }
    return item(id, type="nav_menu_item", title=title, order=id, meta=meta, terms=[("nav_menu", "main", "Main")])


def _comments() -> Iterator[dict[str, object]]:
    said = [
        "Lovely light.",
        "Was it cold?",
        "No, <strong>warm</strong> for May.",
        "Not where I stood!",
        "See you there.",
    ]
    parents = {up: down for down, up in ANSWERS}
    for number, words in enumerate(said, 1):
        yield {
            "id": number,
            "author": f"Visitor {number}",
            "author_url": "https://visitor.example/" if number == 1 else "",
            "date": f"2023-05-07 0{number}:00:00",
            "date_gmt": f"2023-05-07 0{number}:00:00",
            "content": words,
            "approved": 1,
            "type": "comment",
            "parent": parents.get(str(number), 0),
        }
