"""Sources on a store and on the web: the same bytes as from a file, and clear words where there are none."""

from __future__ import annotations

import asyncio
import gzip
import io
import socket
import zipfile
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from converters.model.limits import Limits
from pipelines.remote import fetch
from pipelines.remote import store as ways
from tests.hostile.cases import case
from tests.pipelines.remote.places import Bucket, Web, answer, convert, local_tree
from tests.wxr import export, item

ONE, TWO = export(item(1), item(2)).encode(), export(item(3, title="Harbour")).encode()
REPORT = ".postferry/report.json"


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("_", "."), text)
    return data.getvalue()


def site(folder: Path, *sources: str) -> tuple[dict[str, bytes], str]:
    """What is made of the sources, without the report, and the report."""
    done = convert(folder, *sources, "-o", "out", "--to", "json", "--json-layout", "files")
    assert done.returncode == 0, done.stderr
    tree = local_tree(folder / "out")
    return tree, tree.pop(REPORT).decode()


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    """What is made of the files of this machine."""
    folder = tmp_path / "local"
    folder.mkdir()
    (folder / "one.xml").write_bytes(ONE)
    (folder / "two.xml").write_bytes(TWO)
    return site(folder, "one.xml", "two.xml")[0]


@pytest.mark.remote
@pytest.mark.parametrize(
    "sources", [["in/one.xml", "in/two.xml"], ["in"], ["in/"], ["in/*.xml"], ["one.xml.gz", "two.zip"], ["both.zip"]]
)
def test_a_store_gives_what_files_give(
    bucket: Bucket, tmp_path: Path, expected: dict[str, bytes], sources: list[str]
) -> None:
    bucket.put("in/one.xml", ONE)
    bucket.put("in/two.xml", TWO)
    bucket.put("one.xml.gz", gzip.compress(ONE))
    bucket.put("two.zip", zipped(two_xml=TWO))
    bucket.put("both.zip", zipped(a_xml=ONE, b_xml=TWO))
    tree, report = site(tmp_path, *map(bucket.url, sources))
    assert tree == expected
    assert "/tmp" not in report


@pytest.mark.remote
def test_the_report_names_what_the_user_named(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("in/a/export.xml", ONE.decode().encode("utf-16"))
    bucket.put("in/b/export.xml", TWO)
    _, report = site(tmp_path, bucket.url("in/*/export.xml"))
    assert f'"where":"{bucket.url("in/a/export.xml")}"' in report
    bucket.put("text/notes.txt", "no export")
    done = convert(tmp_path, bucket.url("text"), "--from", "wordpress")
    assert done.returncode == 65
    assert f"{bucket.url('text/notes.txt')} is not a WordPress export" in done.stderr
    assert "/tmp" not in done.stderr


def test_the_web_gives_what_files_give(web: Web, tmp_path: Path, expected: dict[str, bytes]) -> None:
    web.pages = {"/one.xml": ONE, "/download.php": zipped(two_xml=TWO)}
    tree, _ = site(tmp_path, web.url("/one.xml"), web.url("/download.php?id=[7]*"))
    assert tree == expected
    assert {path for _, path in web.asked} == {"/one.xml", "/download.php?id=[7]*"}


@case(
    "report-address-secrets",
    "a source's address with a password and a signature",
    "neither is printed, logged or written anywhere",
)
def test_passwords_and_signatures_go_to_the_server_alone(web: Web, tmp_path: Path) -> None:
    web.pages = {"/export.xml": ONE.decode().encode("utf-16")}
    done = convert(tmp_path, web.url("/export.xml?sig=s1gn4ture", user="ada:secret"), "-v")
    assert done.returncode == 0, done.stderr
    assert {head["Authorization"] for head in web.headers} == {"Basic YWRhOnNlY3JldA=="}
    assert ("GET", "/export.xml?sig=s1gn4ture") in web.asked
    tree = local_tree(tmp_path)
    assert any(web.url("/export.xml").encode() in data for data in tree.values())
    for text in (done.stderr.encode(), *tree.values(), *map(str.encode, tree)):
        assert b"secret" not in text
        assert b"s1gn4ture" not in text


def test_redirects_are_followed(web: Web, tmp_path: Path, expected: dict[str, bytes]) -> None:
    web.pages = {"/old": answer(302, b"", Location="/one.xml"), "/one.xml": ONE, "/two.xml": TWO}
    assert site(tmp_path, web.url("/old"), web.url("/two.xml"))[0] == expected


@case(
    "network-source-redirect",
    "a source at a public address that redirects into the local network",
    "refused; exit status 66",
)
def test_a_public_host_does_not_send_us_into_the_local_network(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_public(address: Any) -> bool:
        return bool(address.host == "127.0.0.1")

    monkeypatch.setattr(ways, "_is_public", is_public)
    there = web.url("/one.xml").replace("127.0.0.1", "localhost")
    web.pages = {"/old": answer(302, b"", Location=there), "/one.xml": ONE}
    done = convert(tmp_path, web.url("/old"))
    assert done.returncode == 66
    assert "sends us on to a host of the local network" in done.stderr
    assert {path for _, path in web.asked} == {"/old"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://8.8.8.8:8081/a", True),
        ("https://ada@8.8.8.8/a", True),
        ("http://[2606:4700::1111]/a", True),
        ("http://127.0.0.1/a", False),
        ("http://10.1.2.3:8081/a", False),
        ("http://169.254.169.254/a", False),
        ("http://[::1]/a", False),
        ("http://localhost/a", False),
    ],
)
def test_what_is_public(address: str, expected: bool) -> None:
    from yarl import URL

    assert asyncio.run(ways._is_public(URL(address))) is expected


def test_a_transfer_that_breaks_off_is_begun_again(web: Web, tmp_path: Path, expected: dict[str, bytes]) -> None:
    gets = iter([100, 2000, None])

    def flaky(request: BaseHTTPRequestHandler) -> None:
        answer(200, ONE, next(gets) if request.command == "GET" else None)(request)

    web.pages = {"/one.xml": flaky, "/two.xml": TWO}
    assert site(tmp_path, web.url("/one.xml"), web.url("/two.xml"))[0] == expected
    web.pages = {"/one.xml": answer(200, ONE, 100)}
    done = convert(tmp_path, web.url("/one.xml"), "-o", "none")
    assert done.returncode == 69
    assert not (tmp_path / "none").exists()


def test_what_is_too_large_is_not_fetched(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "DEFAULT", Limits(fetched_bytes=len(ONE) - 1))
    web.pages = {"/one.xml": ONE, "/two.xml": answer(200, ONE, Content_Encoding="gzip")}

    def packed(request: BaseHTTPRequestHandler) -> None:
        answer(200, gzip.compress(ONE), Content_Encoding="gzip")(request)

    web.pages["/two.xml"] = packed
    for name in ("/one.xml", "/two.xml"):
        done = convert(tmp_path, web.url(name))
        assert done.returncode == 65
        assert "larger than" in done.stderr
    assert ("GET", "/one.xml") not in web.asked


@pytest.mark.parametrize(
    ("status", "expected"), [(401, 66), (403, 66), (404, 66), (410, 66), (500, 69), (503, 69), (429, 69)]
)
def test_what_the_web_says(web: Web, tmp_path: Path, status: int, expected: int) -> None:
    web.pages = {"/one.xml": answer(status, b"sorry")}
    done = convert(tmp_path, web.url("/one.xml?key=s1gn4ture"))
    assert done.returncode == expected, done.stderr
    assert web.url("/one.xml") in done.stderr
    assert "s1gn4ture" not in done.stderr


def test_nobody_answers(tmp_path: Path) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = convert(tmp_path, f"http://127.0.0.1:{taken.getsockname()[1]}/one.xml")
    assert done.returncode == 69
    assert "cannot be reached" in done.stderr


@pytest.mark.remote
def test_what_a_store_does_not_have(bucket: Bucket, tmp_path: Path) -> None:
    for source in (bucket.url("none.xml"), bucket.url("none/"), bucket.url("*.xml"), "s3://bucket-of-nobody/a.xml"):
        done = convert(tmp_path, source)
        assert done.returncode == 66, source
        assert source.rstrip("/") in done.stderr


@pytest.mark.remote
def test_keys_that_are_no_paths(bucket: Bucket, tmp_path: Path) -> None:
    bucket.put("in/../../up.xml", ONE)
    done = convert(tmp_path, bucket.url("in"))
    assert done.returncode == 65
    assert "cannot be a file on this machine" in done.stderr
    bucket.put("mix/a", ONE)
    bucket.put("mix/a/b.xml", ONE)
    assert convert(tmp_path, bucket.url("mix")).returncode == 65
    assert not any(path.name == "up.xml" for path in tmp_path.rglob("*"))
