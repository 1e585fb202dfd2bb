"""A batch over a store: what is unchanged is not fetched, and what is done is known from what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.remote.fetch import fingerprint
from pipelines.remote.publish import MANIFEST
from pipelines.remote.store import RemoteStore
from tests.hostile.cases import case
from tests.pipelines.batch.batches import batch, jobs, report, states
from tests.pipelines.remote.places import Bucket, Web, answer, convert, local_tree, sent
from tests.wxr import export, item

__all__ = ["sent"]
FEW = '[defaults]\nto = "json"\njson-layout = "files"\n'


def blog(number: int, text: str = "Text") -> str:
    return export(item(number, content=f"{text} {number}."))


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Places that are fetched from, from now on."""
    names: list[str] = []
    get = RemoteStore.get

    def noted(self: RemoteStore, *given: Any, **named: Any) -> None:
        names.append(self.name)
        get(self, *given, **named)

    monkeypatch.setattr(RemoteStore, "get", noted)
    return names


@pytest.mark.remote
def test_each_export_of_a_bucket_is_a_site(bucket: Bucket, tmp_path: Path, fetched: list[str], sent: list[str]) -> None:
    for number, name in enumerate("abc"):
        bucket.put(f"in/{name}.xml", blog(number))
    pattern, output = bucket.url("in/*.xml"), bucket.url("out/{stem}")
    jobs(tmp_path, f'{FEW}[[site]]\nsource = "{pattern}"\noutput = "{output}"\n')
    done = batch(tmp_path)
    assert done.returncode == 0, done.stderr
    assert states(tmp_path) == dict.fromkeys("abc", "carried")
    assert [row["output"] for row in report(tmp_path)["sites"]] == [bucket.url(f"out/{name}") for name in "abc"]
    alone = convert(tmp_path, bucket.url("in/a.xml"), "-o", "alone", "--to", "json", "--json-layout", "files")
    assert alone.returncode == 0
    assert bucket.tree("out/a") == local_tree(tmp_path / "alone")
    fetched.clear()
    sent.clear()
    bucket.put("in/b.xml", blog(1, "Other"))
    bucket.remove(f"out/c/{MANIFEST}")
    assert batch(tmp_path, "--force").returncode == 0
    assert states(tmp_path) == {"a": "unchanged", "b": "carried", "c": "carried"}
    assert bucket.url("in/a.xml") not in fetched
    assert "posts/post-1.json" in sent
    assert batch(tmp_path).returncode == 0
    assert set(states(tmp_path).values()) == {"unchanged"}
    bucket.remove("out/a/posts/post-0.json")
    assert batch(tmp_path).returncode == 0
    assert states(tmp_path) == {"a": "carried", "b": "unchanged", "c": "unchanged"}


@case(
    "report-address-secrets",
    "a source's address with a password and a signature",
    "neither is printed, logged or written anywhere",
)
def test_secrets_of_a_file_of_jobs_stay_in_it(web: Web, tmp_path: Path) -> None:
    web.pages = {"/a.xml": blog(1).encode()}
    there = web.url("/{}.xml?sig=s1gn4ture", user="ada:secret")
    sites = "".join(f'[[site]]\nsource = "{there.format(name)}"\noutput = "out/{name}"\n' for name in "ab")
    nameless = f'[[site]]\nsource = "{there.format("a")}"\n'
    jobs(tmp_path, FEW + sites + nameless)
    done = batch(tmp_path)
    assert done.returncode == 4
    assert states(tmp_path) == {"a": "carried", "b": "failed", "a-json": "carried"}
    assert report(tmp_path)["sites"][1]["status"] == 66
    for text in (done.stderr.encode(), *(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())):
        if b"[[site]]" not in text:
            assert b"secret" not in text
            assert b"s1gn4ture" not in text


def test_a_fingerprint_follows_what_the_server_tells(web: Web, fetched: list[str]) -> None:
    address = web.url("/a.xml")
    web.pages["/a.xml"] = answer(200, b"one", ETag='"1"')
    one = fingerprint(address)
    assert fingerprint(address) == one
    web.pages["/a.xml"] = answer(200, b"two", ETag='"2"')
    assert fingerprint(address) != one
    assert fetched == []
    web.pages["/a.xml"] = b"one"  # tells nothing: by its bytes
    bare = fingerprint(address)
    assert fingerprint(address) == bare
    web.pages["/a.xml"] = b"two"
    assert fingerprint(address) != bare
    assert len(fetched) == 3


@pytest.mark.remote
def test_mistakes_are_named(bucket: Bucket, tmp_path: Path) -> None:
    site = f'[[site]]\nsource = "{bucket.url("in/*.xml")}"\noutput = "{bucket.url("out")}"\n'
    other = f'[[site]]\nsource = "{bucket.url("out/b.xml")}"\noutput = "{bucket.url("out")}/"\nreport = "s3://b/r"\n'
    jobs(tmp_path, FEW + site.replace("output", 'name = "{stem}"\noutput') + other)
    done = batch(tmp_path)
    assert done.returncode == 2
    assert f"Nothing fits {bucket.url('in/*.xml')}" in done.stderr
    assert "must be a file of this machine" in done.stderr
    jobs(tmp_path, FEW + site.replace("*", "a") + other.replace('report = "s3://b/r"\n', ""))
    assert "goes, too" in batch(tmp_path).stderr
