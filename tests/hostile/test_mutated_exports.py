"""Exports damaged at random places: the run ends, with every item named, and never by an error of ours."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from converters.errors import PostferryError
from tests.folders import ROOT
from tests.support import convert

EXPORT = (ROOT / "fixtures/wordpress/harbour.xml").read_bytes()
PIECES = (
    b"<![CDATA[", b"]]>", b"<item>", b"</item>", b"&", b"<", b">", b"\0", b"\xff", b'"', b"<!--", b"-->", b"[gallery",
    b"{{<", b"<wp:", b"\xed\xa0\x80", b"</wp:postmeta>", b"%e6", b"../",
)  # fmt: skip


def damaged(chance: random.Random) -> bytes:
    data = bytearray(EXPORT)
    for _ in range(chance.choice([1, 3, 20, 200])):
        kind, place = chance.random(), chance.randrange(len(data))
        if kind < 0.3:
            data[place] = chance.randrange(256)
        elif kind < 0.5:
            del data[place : place + chance.choice([1, 5, 50, 2000])]
        elif kind < 0.8:
            data[place:place] = chance.choice(PIECES)
        else:
            other = chance.randrange(len(data))
            data[place:place] = data[other : other + chance.choice([10, 100, 1000])]
    return bytes(data)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_export(tmp_path: Path, seed: int) -> None:
    try:
        site = convert(tmp_path, damaged(random.Random(seed)))
    except PostferryError as error:
        assert str(error)
        return
    account = site.outcome.account
    assert [line for line in account.failed if "error in this program" in line] == []
    assert account.surveyed == len(site.report["items"])
