"""A slow or hungry item costs itself alone, in every step that looks at it; and its time limit raises nowhere else."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple

import pytest

from converters import item_timeout
from converters.errors import SourceError
from converters.exporters.hugo.exporter import HugoExporter
from converters.importers.html import blogger, metadata
from converters.importers.hugo import survey as hugo_survey
from converters.importers.hugo.importer import HugoImporter
from converters.importers.wordpress import survey as wordpress_survey
from converters.importers.wordpress.importer import WordPressImporter
from converters.item_timeout import ItemTimeout
from converters.passes.table import Passes
from pipelines.inspect.gather import look as look_at
from pipelines.report import comparison
from pipelines.run.carry import Carrier, Options
from pipelines.run.convert import Job, run
from pipelines.run.progress import silent
from pipelines.run.run_result import RunResult
from pipelines.verify.disk import look as verify
from tests import children
from tests.folders import ROOT
from tests.hostile.cases import case
from tests.wxr import export, item

BAD = "badone"


def slow() -> None:
    while True:
        sleep(0.0001)


def hungry() -> None:
    bytearray(2**62)


FAULTS = [
    pytest.param(slow, "item.timed-out", id="slow"),
    pytest.param(hungry, "item.out-of-memory", id="hungry"),
]


def faulty(function: Callable[..., Any], fault: Callable[[], None]) -> Callable[..., Any]:
    """The function, which has the fault where one of its arguments is of the item `BAD`."""

    def wrapped(*given: Any, **named: Any) -> Any:
        if any(BAD in repr(one) for one in given if not isinstance(one, Carrier)):
            fault()
        return function(*given, **named)

    return wrapped


def wordpress(folder: Path) -> Path:
    posts = [item(1), item(2, title=BAD, slug=BAD), item(3)]
    (folder / "export.xml").write_text(export(*posts))
    return folder / "export.xml"


def hugo(folder: Path) -> Path:
    posts = folder / "site/content/posts"
    posts.mkdir(parents=True)
    for name in ("a", BAD, "z"):
        (posts / f"{name}.md").write_text(f"---\ntitle: {name}\n---\nText.\n")
    return folder / "site"


def html(folder: Path) -> Path:
    (folder / "pages").mkdir()
    for name in ("a", BAD, "z"):
        (folder / f"pages/{name}.html").write_text(
            f"<!doctype html><title>{name}</title><article><h1>{name}</h1><p>{'Words of a page. ' * 20}</p></article>"
        )
    return folder / "pages"


def feed(folder: Path) -> Path:
    entry = (
        "<entry><id>tag:blogger.com,1999:blog-1.post-{0}</id><title>{0}</title><content type='html'>x</content>"
        "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>"
        "<published>2021-01-01T00:00:00Z</published></entry>"
    )
    (folder / "feed.atom").write_text(
        "<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018'>"
        "<id>tag:blogger.com,1999:blog-1</id><title>Blog</title><generator uri='https://www.blogger.com'>Blogger</generator>"
        + "".join(map(entry.format, ("a", BAD, "z")))
        + "</feed>"
    )
    return folder / "feed.atom"


def converted(source: Path, folder: Path, importer: str, **more: Any) -> RunResult:
    options = Options(importer, "hugo", item_timeout=1, **more)
    return run(Job((str(source),), str(folder / "out"), options))


class Phase(NamedTuple):
    """A step that looks at items, and where a fault can be put into it."""

    source: Callable[[Path], Path]
    importer: str
    place: Any
    name: str


PHASES = [
    pytest.param(Phase(wordpress, "wordpress", wordpress_survey.ExportSurvey, "_read_item"), id="survey of an export"),
    pytest.param(Phase(hugo, "hugo", hugo_survey.Survey, "_read_page"), id="survey of a Hugo site"),
    pytest.param(Phase(html, "html", metadata, "read"), id="survey of pages"),
    pytest.param(Phase(feed, "html", blogger.BloggerFeed, "_entry"), id="survey of a feed"),
    pytest.param(Phase(wordpress, "wordpress", WordPressImporter, "read"), id="conversion"),
]


@case(
    "process-phase-slow",
    "an item that takes for ever, or more memory than there is, in the survey",
    "it is named as not converted, all others are converted",
)
@pytest.mark.parametrize(("fault", "code"), FAULTS)
@pytest.mark.parametrize("phase", PHASES)
def test_an_item_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, phase: Phase, fault: Callable[[], None], code: str
) -> None:
    monkeypatch.setattr(phase.place, phase.name, faulty(getattr(phase.place, phase.name), fault))
    outcome = converted(phase.source(tmp_path), tmp_path, phase.importer)
    assert sum(outcome.account.carried.values()) == 2
    assert len(outcome.account.failed) == 1
    assert outcome.account.notices[code] == 1
    rows = json.loads(Path(outcome.report).read_text())["items"]
    assert [[notice["code"] for notice in row["notices"]] for row in rows if row["outcome"] == "failed"] == [[code]]


@case(
    "process-phase-site-texts",
    "a description of a term, a biography or a menu that takes for ever, or more memory than there is",
    "the site is without that text, and it is named; exit status 4",
)
@pytest.mark.parametrize(("fault", "code"), FAULTS)
def test_a_text_of_the_site_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], None], code: str
) -> None:
    term = (
        "<wp:category><wp:category_nicename>{0}</wp:category_nicename><wp:cat_name>{0}</wp:cat_name>"
        "<wp:category_description><![CDATA[<b>About</b> {0}.]]></wp:category_description></wp:category>"
    )
    source = tmp_path / "export.xml"
    source.write_text(export(item(1, terms=[("category", "good", "good"), ("category", BAD, BAD)]),
                             head=term.format("good") + term.format(BAD)))  # fmt: skip
    monkeypatch.setattr(Passes, "site", faulty(Passes.site, fault))
    outcome = converted(source, tmp_path, "wordpress")
    assert outcome.account.failed == ()
    (named,) = outcome.account.incomplete
    assert f"[terms: {BAD}]" in named
    assert outcome.account.notices[code] == 1
    assert outcome.status() == 4
    assert "About" in (tmp_path / "out/content/categories/good/_index.md").read_text()
    assert not (tmp_path / f"out/content/categories/{BAD}").exists(), "a term without a text needs no page"


def test_the_files_of_the_site_have_a_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish = HugoExporter.finish

    def endless(*given: Any) -> Iterator[Any]:
        yield from finish(*given)
        slow()

    monkeypatch.setattr(HugoExporter, "finish", endless)
    monkeypatch.setattr(item_timeout, "_AGAIN", 0.1)
    job = Job((str(wordpress(tmp_path)),), str(tmp_path / "out"), Options("wordpress", "hugo", item_timeout=1))
    with item_timeout.limited(0.3), pytest.raises(SourceError, match="took too long to be made"):  # not for ten seconds
        run(job)


@pytest.mark.parametrize(("fault", "code"), FAULTS)
def test_the_report_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], None], code: str
) -> None:
    monkeypatch.setattr(comparison, "_source", faulty(comparison._source, fault))
    outcome = converted(wordpress(tmp_path), tmp_path, "wordpress")
    assert outcome.account.failed == ()
    assert "Cannot be shown" in Path(outcome.page).read_text()


@pytest.mark.parametrize(("fault", "code"), FAULTS)
def test_verify_names_the_item(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], None], code: str
) -> None:
    source = wordpress(tmp_path)
    converted(source, tmp_path, "wordpress")
    monkeypatch.setattr(WordPressImporter, "read", faulty(WordPressImporter.read, fault))
    found = verify(Job((str(source),), str(tmp_path / "out"), Options("wordpress", "hugo", item_timeout=1)))
    assert found.failed == ("2",)
    assert len(found.posts) == 2


def test_inspect_names_the_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HugoImporter, "read", faulty(HugoImporter.read, hungry))
    seen = look_at([str(hugo(tmp_path))], "hugo", silent)
    assert seen.read == 2
    assert seen.counts.notices["item.out-of-memory"] == 1


DYING = """
import os, signal
from pipelines.cli.main import main
from pipelines.report import comparison

source = comparison._source


def dying(entry, body):
    if entry.id == "2":
        os.kill(os.getpid(), signal.SIGKILL)
    return source(entry, body)


comparison._source = dying
if __name__ == "__main__":
    main()
"""


@case(
    "process-report-dies",
    "a post whose rendering for the report ends the process",
    "the same command goes on, renders in another process, and says which post cannot be shown",
)
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_the_run_after_a_crash_in_the_report_writes_it(tmp_path: Path) -> None:
    program = tmp_path / "dying.py"
    program.write_text(DYING)
    command = [sys.executable, str(program), str(wordpress(tmp_path)), "-o", str(tmp_path / "out"), "-q"]
    root = str(ROOT)
    statuses = [children.run(command, env={**os.environ, "PYTHONPATH": root}).returncode for _ in range(3)]
    assert statuses == [-signal.SIGKILL, 0, 0]
    assert "its process ended (SIGKILL)" in (tmp_path / "out/.postferry/report.html").read_text()


@contextmanager
def very_short(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.002, again: float = 0.0005) -> Iterator[None]:
    monkeypatch.setattr(item_timeout, "_AGAIN", again)
    with item_timeout.limited(seconds):
        assert signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL
        yield


class Slow:
    """Takes its time to go away, as a large tree does."""

    def __del__(self) -> None:
        end = monotonic() + 0.003
        while monotonic() < end:
            pass


def for_ever(*held: object) -> None:
    kept = [Slow(), *held]
    while kept:
        pass


def swallowing() -> None:
    for _ in range(3):
        try:
            while True:
                pass
        except BaseException:  # as code in C does that calls back
            continue
    slow()


def in_a_destructor() -> None:
    class Endless:
        def __del__(self) -> None:
            slow()

    Endless()
    slow()


def in_a_finally() -> None:
    try:
        slow()
    finally:
        slow()


def nested() -> None:
    try:
        item_timeout.call(slow)
    finally:
        item_timeout.call(slow)


WORK = [for_ever, swallowing, in_a_finally, nested]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such clock")
@case(
    "process-timeout-race",
    "the alarm of the time limit rings again while the first ring is still being dealt with",
    "it is heard once, by the item it is for",
)
@pytest.mark.parametrize("work", WORK)
def test_overdue_crash(monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]) -> None:
    heard = 0
    with very_short(monkeypatch):
        for _ in range(60):
            try:
                item_timeout.call(work)
            except ItemTimeout:
                heard += 1
                Slow()
            finally:
                Slow()
        for _ in range(20):
            Slow()
    assert heard == 60


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such clock")
def test_a_ring_that_was_swallowed_rings_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.unraisablehook", lambda _: None)
    with very_short(monkeypatch), pytest.raises(ItemTimeout):
        item_timeout.call(in_a_destructor)


def test_a_late_ring_is_not_for_the_next_item() -> None:
    with item_timeout.limited(300):
        assert item_timeout.call(rung) == "done"


def rung() -> str:
    os.kill(os.getpid(), signal.SIGALRM)
    return "done"


def test_what_is_shielded_is_not_left_halfway(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []

    @item_timeout.shielded
    def step() -> None:
        steps.append("begun")
        end = monotonic() + 0.003
        while monotonic() < end:
            pass
        steps.append("done")

    def work() -> None:
        while True:
            step()

    with very_short(monkeypatch):
        for _ in range(8):
            with pytest.raises(ItemTimeout):
                item_timeout.call(work)
    assert steps == ["begun", "done"] * (len(steps) // 2)
