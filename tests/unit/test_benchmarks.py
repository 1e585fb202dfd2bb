"""The generator of exports and the tables of the benchmarks. Nothing is timed here."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from benchmarks.export_bodies import BLOCKS, CLASSIC
from benchmarks.floor import split
from benchmarks.make_export import Counts, Maker, PhpValue, make, php
from benchmarks.measure import memory, memory_kind, run
from benchmarks.programs import Program, floor
from benchmarks.run import Record, compared, install, peers
from benchmarks.tables import DOC_END, DOC_START, Machine, Results, Row, into_document, markdown, svg
from converters.importers.wordpress.php import loads
from tests.support import Site, convert_files, hugo

POSTS = 60


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counts]:
    path = tmp_path_factory.mktemp("export") / "export.xml"
    return path, make(path, POSTS)


@pytest.fixture(scope="module")
def site(export: tuple[Path, Counts], tmp_path_factory: pytest.TempPathFactory) -> Site:
    return convert_files(tmp_path_factory.mktemp("made"), export[0])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_seed_gives_the_same_bytes_and_another_seed_others(export: tuple[Path, Counts], tmp_path: Path) -> None:
    again, other = tmp_path / "again.xml", tmp_path / "other.xml"
    assert make(again, POSTS) == export[1]
    make(other, POSTS, seed=2)
    assert digest(again) == digest(export[0])
    assert digest(other) != digest(export[0])


def test_the_export_holds_what_its_counts_say(export: tuple[Path, Counts]) -> None:
    path, counts = export
    kinds = Counter(element.text for element in etree.parse(path).iter("{*}post_type"))
    assert kinds == {"post": counts.posts, "page": counts.pages, "attachment": counts.attachments}
    assert counts.pieces == POSTS
    assert min(counts.pages, counts.attachments, counts.comments) > 0


def test_ids_and_addresses_differ_and_links_lead_to_posts(export: tuple[Path, Counts]) -> None:
    tree = etree.parse(export[0])
    ids = [element.text for element in tree.iter("{*}post_id")]
    assert len(ids) == len(set(ids))
    maker = Maker(POSTS, 1)
    addresses = {maker.address(number) for number in range(POSTS)}
    assert len(addresses) == POSTS
    text = "".join(element.text or "" for element in tree.iter("{*}encoded"))
    linked = set(re.findall(r'<a href="(https://www\.wayside\.example/(?!wp-content)[^"]*)"', text))
    assert len(linked) > 10
    assert linked <= addresses


def test_both_editors_and_all_constructs_come(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    make(path, 300)
    text = path.read_text(encoding="utf-8")
    blocks = {name.partition("_")[2] for name in (construct.__name__ for construct in BLOCKS)}
    assert blocks <= set(re.findall(r"<!-- wp:([a-z]+) ", text))
    for mark in (
        "[caption ",
        "[gallery ",
        "\n\nhttps://www.youtube",
        "<blockquote>",
        "<pre>",
        "alignnone",
        "<!--more-->",
    ):
        assert mark in text, mark
    assert len(CLASSIC) >= 9
    assert 7_500 < path.stat().st_size / 300 - 300 < 10_000


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": 0, "b": "x y"}, 'a:2:{s:1:"a";i:0;s:1:"b";s:3:"x y";}'),
        ({"width": 3}, 'a:1:{s:5:"width";i:3;}'),
        ({"é": {"a": "b"}}, 'a:1:{s:2:"é";a:1:{s:1:"a";s:1:"b";}}'),
    ],
)
def test_php(value: PhpValue, written: str) -> None:
    assert php(value) == written
    assert loads(written) == value


def test_every_item_is_carried(export: tuple[Path, Counts], site: Site) -> None:
    counts = export[1]
    account = site.outcome.account
    assert account.carried == {"post": counts.posts, "page": counts.pages}
    assert account.used == {"media": counts.attachments}
    assert (account.left_out, account.failed, account.incomplete) == ({}, (), ())
    assert account.surveyed == counts.posts + counts.pages + counts.attachments
    assert account.unknown == {}


@pytest.mark.hugo
def test_hugo_builds_it_strictly(site: Site) -> None:
    built = hugo(site.folder)
    assert len(list(built.rglob("index.html"))) > POSTS


def test_the_floor_writes_every_post_and_page(export: tuple[Path, Counts], tmp_path: Path) -> None:
    assert split(export[0], tmp_path / "out") == POSTS
    assert floor().written(tmp_path / "out") == POSTS
    maker = Maker(POSTS, 1)
    title = re.search(r"<title><!\[CDATA\[(.*?)]]>", next(maker.items(0))[1])
    assert title
    assert (tmp_path / "out/1.html").read_text(encoding="utf-8").startswith(f"{title[1]}\n2009-01-05 08:30:00\n\n")


def python(code: str) -> Program:
    return Program("python", lambda export, out: (sys.executable, "-c", code, str(out)), ("*.md",))


def test_a_turn_is_measured_counted_and_cleaned_up(tmp_path: Path) -> None:
    code = "import sys; [open(f'{sys.argv[1]}/{name}.md', 'w') for name in ('a', 'b', '_index')]"
    record = Record(python(code))
    for sample in (True, False, False):
        record.turn(tmp_path, tmp_path, 60, sample=sample)
    row = record.row(posts=2, expected=2)
    assert (row.written, row.repetitions, row.note) == (2, 2, "")
    assert row.seconds
    assert row.seconds > 0
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("code", "limit", "note"),
    [
        ("import time; time.sleep(60)", 0.3, "stopped after 0 s"),
        ("raise SystemExit('no such thing')", 60, "ended with 1: no such thing"),
    ],
)
def test_a_program_that_fails_is_named(tmp_path: Path, code: str, limit: float, note: str) -> None:
    record = Record(python(code))
    record.turn(tmp_path, tmp_path, limit, sample=True)
    row = record.row(posts=2, expected=2)
    assert (row.seconds, row.note) == (None, note)


@pytest.mark.skipif(not memory_kind(), reason="memory is read under /proc")
def test_memory_counts_the_children(tmp_path: Path) -> None:
    child = "x = b'1' * 60_000_000; import time; time.sleep(0.5)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    done = run((sys.executable, "-c", code), cwd=tmp_path, limit=60, sample=True)
    assert done.peak
    assert done.peak > 60_000_000
    assert memory(os.getpid(), memory_kind()) > 1_000_000


def test_a_measured_program_starts_from_compiled_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "mine.py").write_text("")
    run((sys.executable, "-c", "import mine"), cwd=tmp_path, limit=60)
    assert [path.name.partition(".")[0] for path in (tmp_path / "bytecode").rglob("mine*")] == ["mine"]


def test_a_program_that_cannot_be_had_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found, missing = install(["wordpress-export-to-markdown"])
    assert found == []
    assert missing == [Row("wordpress-export-to-markdown", 0, note="not installed: needs node and npm")]


def test_names_of_programs() -> None:
    assert peers("none") == []
    assert "nikola" in peers("all")
    assert peers("pelican,nikola") == ["pelican", "nikola"]
    with pytest.raises(Exception, match="no such program: hexo"):
        peers("hexo")


MACHINE = Machine("A processor", 2, 8 * 2**30, "Linux 6", "3.11.7", 0.25, "PSS")
FLOOR = Row("floor", 1000, 0.5, 0.4, 3, peak=20_000_000, written=1000, expected=1000)
SLOW = Row("slow & old", 1000, 4.0, 6.0, 3, peak=300_000_000, written=990, expected=1000, note="leaves HTML")
NEVER = Row("never", 1000, note="stopped after 900 s")
RESULTS = Results(MACHINE, {"1000": 8_700_000}, (compared(FLOOR, FLOOR), compared(SLOW, FLOOR), NEVER))


def test_the_table() -> None:
    lines = markdown(RESULTS).splitlines()
    assert lines[0].startswith("A processor, 2 cores, 8 GB, Linux 6, Python 3.11.7; load before the run 0.2.")
    assert lines[0].endswith("Exports: 1,000 posts = 8.7 MB.")
    assert lines[2:] == [
        "| posts | program | seconds | CPU s | posts/s | to floor | CPU to floor | peak PSS | files |  |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---|",
        "| 1,000 | floor | 0.50 | 0.40 | 2,000 | 1.0 x | 1.0 x | 20 MB | all |  |",
        "| 1,000 | slow & old | 4.00 | 6.00 | 250 | 8.0 x | 15.0 x | 300 MB | 990 of 1,000 | leaves HTML |",
        "| 1,000 | never |  |  |  |  |  |  |  | stopped after 900 s |",
    ]


def test_the_table_goes_between_the_marks() -> None:
    assert into_document(f"a\n{DOC_START}old{DOC_END}\nb", "new\n") == f"a\n{DOC_START}\nnew\n{DOC_END}\nb"
    with pytest.raises(ValueError, match="needs the marks"):
        into_document("a", "new\n")


def test_the_plot_shows_the_fastest_first() -> None:
    drawn = etree.fromstring(svg(RESULTS.rows).encode())
    texts = [element.text for element in drawn.iter("{*}text")]
    assert [text for text in texts if text in ("floor", "slow & old", "never")] == ["floor", "slow & old"]
    widths = [float(element.get("width", "0")) for element in drawn.iter("{*}rect")][1:]
    assert widths == sorted(widths, reverse=True)
    assert all(0 < width < 860 for width in widths)
