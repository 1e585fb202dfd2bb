"""An output on a store: what is sent, what is left alone, what a run that was killed leaves, and one run at a time."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from pipelines.remote import remote_lock as lease
from pipelines.remote.publish import BEGUN, MANIFEST
from pipelines.remote.remote_lock import LOCK, RemoteLockHolder
from pipelines.remote.store import RemoteStore
from pipelines.run.interrupts import InterruptionError
from tests import children
from tests.limits import until
from tests.pipelines.remote.places import Bucket, convert, local_tree, sent
from tests.wxr import export, item

__all__ = ["sent"]
pytestmark = pytest.mark.remote
REPORT = ".postferry/report.json"
PAGE = ".postferry/report.html"
POST = "posts/post-1.json"
FEW = ("--to", "json", "--json-layout", "files")
"""A file a post and hardly any others."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source(tmp_path, 1, 2, 3)
    return tmp_path


def source(folder: Path, *numbers: int, text: str = "Text") -> None:
    posts = (item(number, content=f"{text} {number}.") for number in numbers)
    (folder / "export.xml").write_text(export(*posts))


def published(folder: Path, bucket: Bucket, *arguments: str, status: int = 0) -> str:
    """Convert to the bucket; what was said."""
    given = arguments if "--to" in arguments else (*FEW, *arguments)
    done = convert(folder, "export.xml", "-o", bucket.url("site/"), *given)
    assert done.returncode == status, done.stderr
    return done.stderr


def made_here(folder: Path, *arguments: str) -> dict[str, bytes]:
    assert convert(folder, "export.xml", "-o", "here", *(arguments or FEW)).returncode == 0
    return local_tree(folder / "here")


def test_what_is_published_is_what_a_folder_holds(folder: Path, bucket: Bucket, sent: list[str]) -> None:
    said = published(folder, bucket, "--to", "hugo")
    assert bucket.tree("site") == made_here(folder, "--to", "hugo")
    assert f"Report: {bucket.url('site')}/{REPORT}" in said
    assert f"Written: {len(sent)} files." in said
    assert bucket.url("site/") in said
    assert str(folder) not in said
    manifest = json.loads(bucket.get(f"site/{MANIFEST}"))
    assert manifest["files"].keys() == bucket.tree("site").keys()


def test_only_what_changed_is_sent(folder: Path, bucket: Bucket, sent: list[str]) -> None:
    published(folder, bucket)
    sent.clear()
    assert "Nothing changed" in published(folder, bucket)
    assert sent == []
    source(folder, 1, 2, text="Other")
    said = published(folder, bucket)
    assert {path for path in sent if path.startswith("posts/")} == {POST, POST.replace("1", "2")}
    assert "1 removed" in said
    assert bucket.tree("site") == made_here(folder)


def test_another_machine_sends_nothing_twice(
    folder: Path, bucket: Bucket, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    published(folder, bucket)
    sent.clear()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "elsewhere"))
    assert "Nothing changed" in published(folder, bucket)
    assert sent == []


def test_what_the_user_changed_is_left_alone(folder: Path, bucket: Bucket) -> None:
    published(folder, bucket)
    gone = POST.replace("1", "3")
    for path in (POST, gone):
        bucket.put(f"site/{path}", "mine")
    bucket.put("site/posts/mine.md", "mine")
    bucket.remove(f"site/{POST.replace('1', '2')}")
    source(folder, 1, 2, text="Other")
    said = published(folder, bucket)
    assert f"Left as they are, since they are no plain files or you changed them: {POST}, {gone}." in said
    assert json.loads(bucket.get(f"site/{REPORT}"))["kept"] == [POST, gone]
    for path in (POST, gone, "posts/mine.md"):
        assert bucket.get(f"site/{path}") == b"mine"
    assert b"Other 2" in bucket.get(f"site/{POST.replace('1', '2')}")
    assert f"you changed them: {POST}." in published(folder, bucket, "--strict", status=3)
    published(folder, bucket, "--force")
    assert b"Other 1" in bucket.get(f"site/{POST}")
    assert bucket.get("site/posts/mine.md") == b"mine"


def test_what_was_edited_to_what_we_write_is_ours(folder: Path, bucket: Bucket, sent: list[str]) -> None:
    published(folder, bucket)
    same = bucket.get(f"site/{POST}")
    bucket.put(f"site/{POST}", "mine")
    published(folder, bucket)
    bucket.put(f"site/{POST}", same)
    sent.clear()
    assert "Left as they are" not in published(folder, bucket)
    assert POST not in sent


def test_objects_of_others_are_not_mixed_with(folder: Path, bucket: Bucket) -> None:
    bucket.put("site/diary.txt", "dear diary")
    assert "holds objects that are not ours" in published(folder, bucket, status=73)
    assert bucket.tree("site") == {"diary.txt": b"dear diary"}
    published(folder, bucket, "--force")
    assert bucket.tree("site") == {**made_here(folder), "diary.txt": b"dear diary"}


def test_a_dry_run_asks_nothing_of_the_store(folder: Path, bucket: Bucket) -> None:
    published(folder, bucket, "--dry-run")
    assert bucket.tree("site") == {}


def test_a_run_that_is_killed_goes_on(folder: Path, bucket: Bucket, sent: list[str]) -> None:
    source(folder, *range(1, 70))
    script = Path(sys.executable).with_name("postferry")
    command = [str(script), "export.xml", "-o", bucket.url("site"), *FEW, "--workers", "1", "-q"]
    process = children.start(command, cwd=folder)
    assert until(lambda: process.poll() is not None or len(bucket.tree_names("site")) >= 12)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    left = bucket.tree_names("site")
    assert f"{MANIFEST}" not in left
    assert {BEGUN, LOCK} <= left
    bucket.put(f"site/{sorted(left - {BEGUN, LOCK})[0]}", "mine")
    said = published(folder, bucket)
    expected = made_here(folder)
    found = bucket.tree("site")
    kept = sorted(left - {BEGUN, LOCK})[0]
    assert f"you changed them: {kept}." in said
    assert {**found, REPORT: b"", PAGE: b"", kept: b""} == {**expected, REPORT: b"", PAGE: b"", kept: b""}
    assert not set(sent) & (left - {REPORT, PAGE})
    assert len(sent) + len(left - {BEGUN, LOCK, REPORT}) >= len(expected)


def test_a_run_that_is_interrupted_goes_on(
    folder: Path, bucket: Bucket, sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put = RemoteStore.put

    def stops(self: RemoteStore, path: str, source: Path) -> None:
        if len(sent) > 2:
            raise InterruptionError(signal.SIGINT)
        put(self, path, source)

    with monkeypatch.context() as patch:
        patch.setattr(RemoteStore, "put", stops)
        assert "run the same command again" in published(folder, bucket, status=130)
    assert LOCK not in bucket.tree("site")
    source(folder, 1, 2, 3, text="Other")  # in the meantime
    assert "Left as they are" not in published(folder, bucket)
    assert bucket.tree("site") == made_here(folder)


def test_a_manifest_that_cannot_be_understood(folder: Path, bucket: Bucket) -> None:
    published(folder, bucket)
    bucket.put(f"site/{MANIFEST}", "{")
    assert "cannot be understood" in published(folder, bucket, status=73)


@pytest.mark.parametrize(
    ("holder", "age", "status"),
    [
        (RemoteLockHolder(1, "another", "noon", "t"), 0.0, 75),
        (RemoteLockHolder(os.getpid(), socket.gethostname(), "noon", "t"), 0.0, 75),
        (RemoteLockHolder(2**22 + 1, socket.gethostname(), "noon", "t"), 0.0, 0),
        (RemoteLockHolder(1, "another", "noon", "t"), 2 * lease.VOID, 0),
    ],
)
def test_one_run_at_a_time(folder: Path, bucket: Bucket, holder: RemoteLockHolder, age: float, status: int) -> None:
    holder = msgspec.structs.replace(holder, renewed=time.time() - age)
    bucket.put(f"site/{LOCK}", msgspec.json.encode(holder))
    said = published(folder, bucket, status=status)
    assert (f"process {holder.pid} on {holder.host}, since noon" in said) is bool(status)
    assert (LOCK in bucket.tree("site")) is bool(status)


def test_a_run_that_was_taken_over_writes_no_manifest(
    folder: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = RemoteStore.put

    def taken_over(self: RemoteStore, path: str, source: Path) -> None:
        put(self, path, source)
        bucket.put(f"site/{LOCK}", msgspec.json.encode(RemoteLockHolder(1, "another", "noon", "t", time.time())))

    monkeypatch.setattr(RemoteStore, "put", taken_over)
    assert "was taken over by another run: process 1 on another" in published(folder, bucket, status=75)
    assert not bucket.files.exists(f"{bucket.name}/site/{MANIFEST}")
    assert LOCK in bucket.tree("site")


def test_a_store_creates_once(bucket: Bucket) -> None:
    store = RemoteStore(bucket.url("site"))
    assert store.create("a", b"1")
    assert not store.create("a", b"2")
    assert store.read("a") == b"1"


@pytest.fixture
def other_credentials(bucket: Bucket) -> Iterator[Callable[[], None]]:
    """To be called when the environment is another one; file systems are kept otherwise."""
    yield type(bucket.files).clear_instance_cache
    type(bucket.files).clear_instance_cache()


def test_where_nothing_can_be_written(
    folder: Path, bucket: Bucket, other_credentials: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = convert(folder, "export.xml", "-o", "s3://bucket-of-nobody/site")
    assert done.returncode == 73
    assert "Make the bucket first" in done.stderr
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    other_credentials()
    done = convert(folder, "export.xml", "-o", bucket.url("site"))
    assert done.returncode == 73
    assert "may not be written" in done.stderr
    assert convert(folder, bucket.url("a.xml")).returncode == 66
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "tests")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{taken.getsockname()[1]}")
        other_credentials()
        done = convert(folder, "export.xml", "-o", bucket.url("site"))
    assert done.returncode == 69
    assert "cannot be reached" in done.stderr


def test_an_output_in_its_source(folder: Path, bucket: Bucket) -> None:
    bucket.put("blog/export.xml", (folder / "export.xml").read_bytes())
    done = convert(folder, bucket.url("blog/"), "-o", bucket.url("blog/site"))
    assert done.returncode == 73
    assert "lie in each other" in done.stderr
