"""What this program wrote down lies where others may write, too: it is judged like any other input."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from converters.errors import ChangedSourceError, OutputError
from converters.model.options import WriteOptions
from pipelines.media.copy import Copier
from pipelines.media.headers import validator
from pipelines.media.media_queue import Settings
from pipelines.media.store import MediaStore as Places
from pipelines.media.store import PartialFile
from pipelines.output.sink import Sink
from pipelines.remote import publish
from pipelines.remote.conversion import fetched
from pipelines.remote.publish import BEGUN, MANIFEST
from pipelines.remote.remote_lock import LOCK, leased
from pipelines.remote.store import RemoteStore
from pipelines.run.carry import Options
from tests.hostile.cases import case
from tests.pipelines.media.server import body
from tests.pipelines.remote.places import Web, answer
from tests.support import convert, queue_of
from tests.wxr import export, item

DIGEST = bytes(16)
ROWS: dict[str, tuple[Any, ...]] = {
    "a place above": ("../../secret", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a place from the root": ("/etc/passwd", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a place of ours": (".postferry/state.db", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a program": ("wp-content/a.php", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a plug-in": ("_plugins/a.rb", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a drive": ("a\\..\\b", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a place that is no text": (b"\xff\xfe", "https://old.example/a.png", "had", 1, 1, DIGEST, ""),
    "a size that is none": ("a.png", "https://old.example/a.png", "had", "many", 1, DIGEST, ""),
    "a digest that is none": ("a.png", "https://old.example/a.png", "had", 1, 1, "text", ""),
    "a short digest": ("a.png", "https://old.example/a.png", "had", 1, 1, b"a", ""),
    "an address that is none": ("a.png", None, "had", 1, 1, DIGEST, ""),
    "a state that is none": ("a.png", "https://old.example/a.png", 7, 1, 1, DIGEST, ""),
}


@case(
    "process-media-list",
    "a list of files that came along (`media.db`), with rows of a stranger's",
    "rows that this program would not have written are passed over",
)
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_rows_of_the_list_of_files(row: tuple[Any, ...], tmp_path: Path) -> None:
    queue_of(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / ".postferry/media.db")) as db:
        db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        db.execute("INSERT INTO parts VALUES (?, ?, ?)", (row[0], row[1], "a\r\nX-Evil: 1"))
        db.commit()
    with closing(queue_of(tmp_path)) as queue:
        assert list(queue.had()) == []
        assert queue.file(row[0]) is None
        assert queue.part(row[0]) == ("", "")


def test_nothing_outside_is_taken_for_a_file_of_ours(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1)))
    (tmp_path / "secret").write_text("mine")
    with closing(queue_of(site.folder)):
        pass
    with closing(sqlite3.connect(site.folder / ".postferry/media.db")) as db:
        db.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", ("../../secret", "", "had", 4, 1, DIGEST, ""))
        db.commit()
    convert(tmp_path, export(item(1)))
    convert(tmp_path, export(item(2)))
    assert (tmp_path / "secret").read_text() == "mine"
    with closing(sqlite3.connect(site.folder / ".postferry/state.db")) as db:
        assert not [path for (path,) in db.execute("SELECT path FROM files") if "secret" in path]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"ETag": '"a"'}, '"a"'),
        ({"ETag": 'W/"a"', "Last-Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}, "Mon, 01 Jan 2024 00:00:00 GMT"),
        ({"ETag": '"' + "a" * 5_000 + '"'}, ""),
        ({"ETag": '"\udc80"'}, ""),
        ({"ETag": '"a\tb"'}, ""),
        ({"Last-Modified": "\x01"}, ""),
    ],
)
def test_what_is_sent_back_to_a_server(headers: dict[str, str], expected: str) -> None:
    assert validator(headers) == expected


def test_a_link_where_a_file_is_to_come(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret", tmp_path / "uploads"
    secret.write_text("mine")
    folder.mkdir()
    (folder / "a.png").write_bytes(body("a"))
    with closing(queue_of(tmp_path / "site")) as queue:
        sink = Sink(tmp_path / "site")
        store = Places(sink, queue, folder="static")
        store.part_of("a.png").symlink_to(secret)
        assert Copier(str(folder), queue, store).bring("a.png") == ""
        sink.close()
        store.part_of("b.png").symlink_to(secret)
        part = PartialFile(store.part_of("b.png"), "b.png", '"a"', lambda validator: None)
        assert part.size == 0
        part.path.symlink_to(secret)
        with pytest.raises(OSError):
            part.open()
    assert secret.read_text() == "mine"
    assert (tmp_path / "site/static/a.png").read_bytes() == body("a")


@pytest.fixture
def store() -> RemoteStore:
    """A place of its own in memory."""
    pytest.importorskip("fsspec")
    return RemoteStore(f"memory://bucket/{uuid.uuid4().hex}/site", output=True)


def holder(**more: Any) -> bytes:
    known = {"pid": 1, "host": "other.example", "since": "now", "token": "t", "renewed": time.time()}
    return json.dumps({**known, **more}).encode()


HERE = socket.gethostname()
LOCKS: dict[str, tuple[Callable[[], bytes], bool]] = {  # whether the lock is to be had
    "empty": (lambda: b"", True),
    "no JSON": (lambda: b"\xff\x00", True),
    "another kind of JSON": (lambda: b"[[]]", True),
    "nothing in it": (lambda: b"{}", True),
    "deep": (lambda: b'{"x":' + b"[" * 30_000, True),
    "deep and whole": (lambda: b'{"x":' + b"[" * 30_000 + b"]" * 30_000 + b"}", True),
    "huge": (lambda: b" " * 100_000, False),
    "of a run elsewhere": (holder, False),
    "of one that was killed": (lambda: holder(renewed=time.time() - 1_000), True),
    "of one of this machine that is no more": (lambda: holder(host=HERE, pid=2**22 + 1), True),
    "of one of this machine": (lambda: holder(host=HERE, pid=os.getppid()), False),
    "of the time to come": (lambda: holder(renewed=time.time() + 1e9), True),
    "at no time": (lambda: holder(renewed=1e308), True),
    "a number that is none of a process": (lambda: holder(host=HERE, pid=2**80), True),
    "all processes": (lambda: holder(host=HERE, pid=-1), True),
    "no process": (lambda: holder(host=HERE, pid=0), True),
}


@case(
    "process-remote-records",
    "a lock, a manifest or a list of files in a bucket or a cache, written by a stranger",
    "nothing outside of the output is written, removed or published; what cannot be understood is refused, and named",
)
@pytest.mark.parametrize(("lock", "free"), LOCKS.values(), ids=LOCKS)
def test_locks_of_strangers(lock: Callable[[], bytes], free: bool, store: RemoteStore) -> None:
    store.write(LOCK, lock())
    if free:
        with leased(store) as check:
            check()
        return
    with pytest.raises(OutputError), leased(store):
        pass


MANIFESTS = [
    b"",
    b"\xff",
    b"[]",
    b'{"files": []}',
    b'{"files": {"a": {"digest": 1, "size": "a", "tag": null}}}',
    b'{"x":' + b"[" * 100_000,
    b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
]


@pytest.mark.parametrize("name", [MANIFEST, BEGUN])
@pytest.mark.parametrize("data", MANIFESTS, ids=range(len(MANIFESTS)))
def test_manifests_that_are_none(data: bytes, name: str, store: RemoteStore) -> None:
    store.write(name, data)
    with pytest.raises(OutputError, match="cannot be understood"):
        publish.PublishedSite(store)


def test_a_manifest_that_is_too_large(store: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write(MANIFEST, b'{"files": {}}')
    monkeypatch.setattr(RemoteStore.read, "__defaults__", (5,))
    with pytest.raises(OutputError, match="larger than any that we write"):
        publish.PublishedSite(store)


@pytest.mark.parametrize("name", [MANIFEST, BEGUN])
@pytest.mark.parametrize("path", ["../other", "/other", "..", "", "a/../../other", "\0", "./../other"])
def test_manifests_that_name_other_places(path: str, name: str, store: RemoteStore, tmp_path: Path) -> None:
    above = RemoteStore(store.name.removesuffix("/site") + "/other")
    above.write("", b"mine")
    seen = above.seen()
    assert seen is not None
    known = {"digest": "00" * 16, "size": 4, "tag": seen.tag}
    row: Any = known if name == MANIFEST else [{"digest": "00" * 16, "size": 4, "md5": ""}]
    store.write(name, json.dumps({"files": {path: row}}).encode())
    site = publish.PublishedSite(store, force=True)
    plan = site.plan({})
    assert plan.gone == []
    site.publish({}, plan, lambda *told: None, lambda: None)
    assert above.read("") == b"mine"


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"00", bytes(100_000)])
def test_what_was_published_cannot_be_told(data: bytes, store: RemoteStore, tmp_path: Path) -> None:
    (tmp_path / ".postferry").mkdir()
    (tmp_path / ".postferry/published").write_bytes(data)
    store.write(MANIFEST, b"no manifest")
    assert publish.stands(tmp_path, store) is False
    publish.remember(tmp_path, store)
    assert publish.stands(tmp_path, store) is False


@pytest.mark.parametrize("path", ["../secret", "link", "folder/secret", "/etc/passwd", "..\\secret", "a/./b", ""])
def test_files_that_are_not_of_the_site_are_not_published(path: str, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    (tmp_path / "secret").write_text("mine")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "folder").symlink_to(tmp_path)
    with pytest.raises(OutputError, match="not sent"):
        publish.staged(folder, {path: DIGEST})


FIRST, SECOND = export(item(1)).encode(), export(item(2)).encode()
DATE = "Mon, 01 Jan 2024 00:00:0{} GMT"
Headers = Callable[[int], dict[str, str]]
PAGES: dict[str, tuple[Callable[[int], bytes], Headers, bool]] = {  # by how often it was asked; is it refused?
    "always the same": (lambda time: FIRST, lambda time: {"ETag": '"a"'}, False),
    "no tags": (lambda time: FIRST, lambda time: {}, False),
    "the same bytes under other tags": (lambda time: FIRST, lambda time: {"ETag": f'"{time}"'}, False),
    "other bytes under other tags": (lambda time: FIRST + b" " * time, lambda time: {"ETag": f'"{time}"'}, True),
    "other bytes of the same size": (lambda time: FIRST + b"%d" % time, lambda time: {"ETag": f'"{time}"'}, True),
    "other dates": (lambda time: FIRST + b"%d" % time, lambda time: {"Last-Modified": DATE.format(time)}, True),
    "other sizes": (lambda time: FIRST + b" " * time, lambda time: {}, True),
    "another one from now on": (
        lambda time: SECOND if time > 2 else FIRST,
        lambda time: {"ETag": f'"{time > 2}"'},
        False,
    ),
}


@case(
    "network-source-changes",
    "a source on the web or on a store that is another one each time it is asked for",
    "fetched again; exit status 66 when it goes on changing; never put together of two",
)
@pytest.mark.parametrize(("page", "headers", "refused"), PAGES.values(), ids=PAGES)
def test_a_page_that_changes(page: Callable[[int], bytes], headers: Headers, refused: bool) -> None:
    pytest.importorskip("fsspec")
    web, asked = Web(), [0]

    def answers(request: Any) -> None:
        asked[0] += 1
        given: dict[str, Any] = {name.replace("-", "_"): text for name, text in headers(asked[0]).items()}
        answer(200, page(asked[0]), **given)(request)

    web.pages = {"/export.xml": answers}
    try:
        if refused:
            with pytest.raises(ChangedSourceError), fetch(web.url("/export.xml")):
                pass
            return
        with fetch(web.url("/export.xml")) as (names, _):
            assert Path(names[0]).read_bytes() in (page(1), page(asked[0]))
    finally:
        web.close()


def fetch(*addresses: str) -> Any:
    from contextlib import nullcontext

    return fetched(addresses, lambda: nullcontext(lambda *told: None))


def rewritten(store: RemoteStore) -> None:
    store.write("b.xml", SECOND)


def grown(store: RemoteStore) -> None:
    store.write("b.xml", FIRST + b" " * 99)


def added(store: RemoteStore) -> None:
    store.write("c.xml", SECOND)


def removed(store: RemoteStore) -> None:
    store.remove(["b.xml"])


@pytest.mark.parametrize("pattern", ["", "/*.xml"])
@pytest.mark.parametrize(("change", "once"), [(rewritten, True), (grown, True), (added, False), (removed, False)])
def test_a_store_that_changes(
    change: Callable[[RemoteStore], None], once: bool, pattern: str, store: RemoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is another file is brought again; another set of files is another source."""
    store.write("a.xml", FIRST)
    store.write("b.xml", FIRST)
    get, left = RemoteStore.get, [1]

    def gets(*given: Any, **named: Any) -> None:
        get(*given, **named)
        if left[0] and "a.xml" not in str(given[1]):
            left[0] -= 1
            change(store)

    monkeypatch.setattr(RemoteStore, "get", gets)
    if not once:
        with pytest.raises(ChangedSourceError), fetch(store.name + pattern):
            pass
        return
    with fetch(store.name + pattern) as (names, _):
        found = sorted(Path(names[0]).parent.parent.rglob("b.xml"))
        assert [file.read_bytes() for file in found] == [store.read("b.xml")]


def test_a_store_that_goes_on_changing(store: RemoteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write("a.xml", FIRST)
    get, times = RemoteStore.get, [0]

    def gets(*given: Any, **named: Any) -> None:
        get(*given, **named)
        times[0] += 1
        store.write("a.xml", FIRST + b"%d" % times[0])

    monkeypatch.setattr(RemoteStore, "get", gets)
    with pytest.raises(ChangedSourceError), fetch(f"{store.name}/a.xml"):
        pass


def test_the_report_of_a_site_whose_media_list_is_a_strangers(tmp_path: Path) -> None:
    """The run goes on as if there were no such rows."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "a.png").write_bytes(body("a"))
    with closing(queue_of(tmp_path / "site")):
        pass
    with closing(sqlite3.connect(tmp_path / "site/.postferry/media.db")) as db:
        for row in ROWS.values():
            db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        db.commit()
    text = '<img src="https://old.example/wp-content/uploads/a.png" alt="">'
    options = Options("wordpress", "hugo", write=WriteOptions(media="copy"))
    site = convert(tmp_path, export(item(1, content=text)), options=options, media=Settings("copy", str(folder)))
    assert (site.folder / "static/wp-content/uploads/a.png").read_bytes() == body("a")
