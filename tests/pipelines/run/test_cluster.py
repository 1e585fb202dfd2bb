"""A real Dask cluster: what it makes is what this machine makes, whatever happens to its workers on the way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.run.workers import SIZE
from tests import children
from tests.folders import ROOT
from tests.pipelines.batch.batches import exports, jobs, report, states, tree
from tests.pipelines.run.clusters import Dask, dask, needs_dask, wait_for
from tests.pipelines.run.test_workers import tree as whole_tree
from tests.support import command

pytestmark = needs_dask
SITES = '[[site]]\nsource = "in/*.xml"\noutput = "out/{stem}"\nredirects = "nginx"\n'
KILLS = """
import os, signal
class Kills:
    def __init__(self, options): pass
    @staticmethod
    def recognizes(path, head): return True
    def survey(self, sources, sink): os.kill(os.getpid(), signal.SIGKILL)
    def read(self, entry, lookup, log): raise NotImplementedError
"""
COMMAND = """
import sys
from pipelines.cli.main import main
from pipelines.run.executors import cluster
cluster.CONNECT = cluster.WORKERS = 3.0
main(sys.argv[1:])
"""


class Ended(NamedTuple):
    status: int
    said: str


def begin(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command, which waits for no more than seconds."""
    command = [sys.executable, "-c", COMMAND, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return children.start(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def run(folder: Path, *arguments: str) -> Ended:
    process = begin(folder, *arguments)
    _, said = process.communicate()
    return Ended(process.returncode, said)


def here(folder: Path, *arguments: str) -> Ended:
    """The command on this machine, by a program that is loaded already."""
    done = command(*arguments, cwd=folder)
    return Ended(done.returncode, done.stderr)


def on(cluster: Dask) -> tuple[str, ...]:
    return "--executor", "dask", "--scheduler", cluster.address


def at_work(folder: Path, workers: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """A worker that holds the lock of a site, which says so."""
    by_number = {worker.pid: worker for worker in workers}
    found: list[int] = []

    def holds() -> bool:
        for lock in folder.glob("out/*/.postferry/lock"):
            try:
                pid = json.loads(lock.read_text())["pid"]
            except (OSError, ValueError):
                continue
            if pid in by_number:
                found.append(pid)
        return bool(found)

    wait_for(holds)
    return by_number[found[0]]


def prepare(folder: Path, sites: int, items: int) -> None:
    folder.mkdir()
    exports(folder, *(f"in/s{number:02}.xml" for number in range(sites)), items=items)
    jobs(folder, SITES)


def check_killed(tmp_path: Path, cluster: Dask, sites: int, items: int) -> None:
    """Carry sites here and on some workers, of which one is killed while it is at a site."""
    prepare(tmp_path / "here", sites, items)
    prepare(tmp_path / "there", sites, items)
    process = begin(tmp_path / "there", "batch", "jobs.toml", *on(cluster))
    killed = at_work(tmp_path / "there", cluster.workers)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    _, said = process.communicate()
    assert process.returncode == 0, said
    assert {worker.poll() for worker in cluster.workers if worker is not killed} == {None}
    assert here(tmp_path / "here", "batch", "jobs.toml", "--executor", "inline").status == 0
    assert states(tmp_path / "there") == {f"s{number:02}": "carried" for number in range(sites)}
    assert list(tree(tmp_path / "here/out")) == list(tree(tmp_path / "there/out"))
    assert tree(tmp_path / "here/out") == tree(tmp_path / "there/out")
    there = report(tmp_path / "there")
    assert {**there, "seconds": 0} == {**report(tmp_path / "here"), "seconds": 0}
    again = here(tmp_path / "there", "batch", "jobs.toml", "--executor", "inline")  # what is done is known here, too
    assert again.status == 0
    assert set(states(tmp_path / "there").values()) == {"unchanged"}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """Two workers, one of them with two threads, until the last test that asks for them kills one.

    One cluster for as many as can: each of its processes takes seconds to begin."""
    with dask(tmp_path_factory.mktemp("cluster")) as made:
        made.add(threads=2)
        made.add()
        yield made


@pytest.mark.parametrize("target", ["hugo", pytest.param("json", marks=pytest.mark.slow)])
def test_the_items_of_one_site(tmp_path: Path, cluster: Dask, target: str) -> None:
    """In an archive, which has to be unpacked where all see it."""
    exports(tmp_path, "big.xml", items=3 * SIZE + 10)
    shutil.make_archive(str(tmp_path / "export"), "zip", tmp_path, "big.xml")
    given = ("export.zip", "--to", target, "-q", "-o")
    assert here(tmp_path, *given, "here").status == 0
    (tmp_path / "there/.postferry/cluster-left").mkdir(parents=True)  # by a run that was killed
    ended = run(tmp_path, *given, "there", *on(cluster))
    assert ended == (0, "")
    assert whole_tree(tmp_path / "here") == whole_tree(tmp_path / "there")
    assert list((tmp_path / "there/.postferry").glob("cluster-*")) == []


def test_a_site_that_fails_costs_that_site(tmp_path: Path, cluster: Dask) -> None:
    exports(tmp_path, "in/a.xml", "in/b.xml")
    (tmp_path / "in/c.xml").write_text("no export")
    jobs(tmp_path, SITES + 'from = "wordpress"\n')
    ended = run(tmp_path, "batch", "jobs.toml", *on(cluster))
    assert ended.status == 4
    assert states(tmp_path) == {"a": "carried", "b": "carried", "c": "failed"}
    assert report(tmp_path)["sites"][2]["status"] == 65


@pytest.mark.parametrize(
    "given", [("batch", "jobs.toml"), pytest.param(("in/a.xml", "-o", "out"), marks=pytest.mark.slow)]
)
def test_a_worker_of_another_version_is_named(tmp_path: Path, cluster: Dask, given: tuple[str, ...]) -> None:
    exports(tmp_path, "in/a.xml")
    jobs(tmp_path, SITES)
    with cluster.guest(preload="import converters\nconverters.__version__ = '0.0.1'\n"):
        ended = run(tmp_path, *given, *on(cluster))
    assert ended.status == 2
    assert "The worker tcp://127.0.0.1:" in ended.said
    assert " has postferry 0.0.1, this is " in ended.said
    assert not (tmp_path / "out").exists()


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path, cluster: Dask) -> None:
    check_killed(tmp_path, cluster, sites=4, items=120)


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing_of_fifty_sites(tmp_path: Path) -> None:
    with dask(tmp_path / "dask", workers=3) as cluster:
        check_killed(tmp_path, cluster, sites=50, items=150)


@pytest.mark.slow
@pytest.mark.parametrize(
    "preload, says",
    [
        ("import sys\nsys.modules['converters'] = None\n", " cannot run postferry ("),
        ("from pathlib import Path\nPath.exists = lambda self, **_: False\n", "jobs.toml. Sources and outputs have to"),
    ],
)
def test_a_worker_that_lacks_something_is_named(tmp_path: Path, preload: str, says: str) -> None:
    exports(tmp_path, "in/a.xml")
    jobs(tmp_path, SITES)
    with dask(tmp_path / "dask") as cluster:
        cluster.add(preload=preload)
        ended = run(tmp_path, "batch", "jobs.toml", *on(cluster))
    assert ended.status == 2
    assert says in ended.said


@pytest.mark.slow
def test_a_site_that_kills_its_workers_costs_that_site(tmp_path: Path) -> None:
    """The scheduler gives it up after two deaths (`allowed-failures` is 1 here), and we after two rounds."""
    exports(tmp_path, *(f"in/s{number}.xml" for number in range(6)), items=100)
    (tmp_path / "kills.py").write_text(KILLS)
    (tmp_path / "in/s0.xml").write_text("x" * 1_000_000)  # the largest, which is begun first
    text = SITES.replace("in/*", "in/s[1-5]")
    jobs(tmp_path, f'{text}[[site]]\nsource = "in/s0.xml"\noutput = "out/s0"\nfrom = "kills.py:Kills"\n')
    with dask(tmp_path / "dask", workers=6) as cluster:
        ended = run(tmp_path, "batch", "jobs.toml", *on(cluster))
        assert sum(worker.poll() is not None for worker in cluster.workers) == 4
    assert ended.status == 4
    assert states(tmp_path) == {**{f"s{number}": "carried" for number in range(1, 6)}, "s0": "failed"}
    (why,) = (row["why"] for row in report(tmp_path)["sites"] if row["name"] == "s0")
    assert why == "4 workers died while they were at it; they may be out of memory."


@pytest.mark.slow
@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_a_cluster_that_is_lost_ends_the_run_in_time(tmp_path: Path, lost: str) -> None:
    prepare(tmp_path / "sites", 12, 150)
    with dask(tmp_path / "dask", workers=1) as cluster:
        process = begin(tmp_path / "sites", "batch", "jobs.toml", *on(cluster))
        at_work(tmp_path / "sites", cluster.workers)
        (cluster.scheduler if lost == "scheduler" else cluster.workers[0]).kill()
        _, said = process.communicate()
    assert process.returncode == 4
    ended = report(tmp_path / "sites")["sites"]
    says = {"scheduler": "was lost.", "workers": "has no worker any more."}[lost]
    assert {row["why"].endswith(says) for row in ended if row["state"] == "failed"} == {True}, said
    assert sum(row["state"] == "failed" for row in ended) >= 8
    assert run(tmp_path / "sites", "batch", "jobs.toml", "--executor", "inline", "-q") == (0, "")
