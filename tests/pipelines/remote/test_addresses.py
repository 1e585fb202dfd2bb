"""What is an address, what is shown of it, and what is said where nothing here knows it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pipelines.remote.address import is_pattern, is_remote, last_part, shown
from pipelines.remote.conversion import staging
from tests.pipelines.remote.places import convert
from tests.wxr import export, item


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("s3://bucket/export.xml", True),
        ("HTTPS://host/export.xml", True),
        ("s3a://bucket", True),
        ("export.xml", False),
        ("notes: 2024.xml", False),
        ("a:b.xml", False),
        ("folder/http://x", False),
        (r"C:\blog\export.xml", False),
        ("C:/blog/export.xml", False),
        ("C://blog/export.xml", False),
        ("-", False),
        ("", False),
    ],
)
def test_what_is_an_address(name: str, expected: bool) -> None:
    assert is_remote(name) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ada:secret@host/export.xml", "https://host/export.xml"),
        ("https://host/export.xml?X-Amz-Signature=abc#x", "https://host/export.xml"),
        ("s3://bucket/what?.xml", "s3://bucket/what?.xml"),
        ("sftp://ada@host/a.xml", "sftp://host/a.xml"),
        ("s3://bucket/ada@home.xml", "s3://bucket/ada@home.xml"),
        ("no https://a:b@c/d?e=f, 'ftp://g:h@i/j'.", "no https://c/d 'ftp://i/j'."),
    ],
)
def test_secrets_are_not_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://bucket/a/export.xml", "export.xml"),
        ("s3://bucket/a/folder/", "folder"),
        ("s3://bucket/a/*.xml", "_.xml"),
        ("https://host/my%20blog.zip?sig=/x/y", "my blog.zip"),
        ("https://host/..%2f..%2fetc", ".._.._etc"),
        ("https://host/%2e%2e", "source"),
        ("https://host/", "host"),
        ("s3://bucket/" + "long" * 99 + ".xml", ("long" * 99 + ".xml")[-120:]),
    ],
)
def test_names_on_this_machine(address: str, expected: str) -> None:
    assert last_part(address) == expected


def test_what_is_a_pattern() -> None:
    assert is_pattern("s3://bucket/*.xml")
    assert not is_pattern("https://host/export.php?id=[1]*")
    assert not is_pattern("s3://bucket/a.xml")


def test_one_place_has_one_folder() -> None:
    assert staging("s3://bucket/site/") == staging("s3://bucket/site")
    assert staging("s3://bucket/site") != staging("s3://bucket/site2")


@pytest.mark.parametrize("arguments", [("s3://bucket/a.xml",), ("export.xml", "-o", "s3://bucket/site")])
def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]) -> None:
    (tmp_path / "export.xml").write_text(export(item(1)))
    monkeypatch.setitem(sys.modules, "fsspec", None)
    done = convert(tmp_path, *arguments)
    assert done.returncode == 2
    assert "pip install 'postferry[remote]'" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("gopher://host/a.xml",), "Nothing here knows addresses of gopher://"),
        (("export.xml", "-o", "https://ada:secret@host/site"), "Nothing is written to https://"),
        (("export.xml", "--report", "s3://bucket/report.json"), "--report names a file of this machine"),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    (tmp_path / "export.xml").write_text(export(item(1)))
    done = convert(tmp_path, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "secret" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.xml"]
