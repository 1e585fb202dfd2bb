"""Sources that change while they are read: the run ends and says so, and what it wrote is not taken for finished."""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from converters.errors import ChangedSourceError, SourceError
from converters.model.options import WriteOptions
from pipelines.batch import work as batch
from pipelines.cli.job_options import job as job_of
from pipelines.inspect import gather
from pipelines.media import copy as copying
from pipelines.media import sniff
from pipelines.media.media_queue import Settings
from pipelines.output.sink import Sink
from pipelines.remote import conversion
from pipelines.run import cluster_run
from pipelines.run import convert as runs
from pipelines.run import survey as surveys
from pipelines.run.carry import Carrier, Options, Result
from pipelines.run.convert import Job, run
from pipelines.run.fingerprint import run_fingerprint
from pipelines.run.run_result import RunResult
from pipelines.sources import files as sources
from pipelines.sources.unpack import SourceArchive as Archive
from pipelines.verify import disk
from tests import children
from tests.hostile.cases import case
from tests.pipelines.media.server import body
from tests.support import command, convert
from tests.wxr import export, item

CHANGED = r"changed while it was read\. Run the same command again when it is complete\."
GONE = r"is not there any more\. Put it back and run the same command again\."
Change = Callable[[Path], None]
HTML = (
    "<!DOCTYPE html><html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
)
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>B</title>{}</feed>'  # of Blogger
ENTRY = (
    "<entry><id>tag:blogger.com,1999:blog-1.post-{0}</id><published>2021-03-04T05:06:07Z</published>"
    "<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>"
    "<title>Title {0}</title><content type='html'>&lt;p&gt;{1}&lt;/p&gt;</content>"
    "<link rel='alternate' href='https://b.example/2021/03/{0}.html'/></entry>"
)


def wordpress(folder: Path) -> Path:
    file = folder / "export.xml"
    file.write_text(export(*(item(number, content=f"Text of {number:05}.") for number in range(1, 20))))
    return file


def html(folder: Path) -> Path:
    pages = folder / "pages"
    pages.mkdir()
    for number in range(1, 20):
        (pages / f"fare-{number:03}.html").write_text(HTML.format(f"Fare {number}", f"Text of {number:05}."))
    (pages / "a.png").write_bytes(body("a"))
    return pages


def blogger(folder: Path) -> Path:
    file = folder / "feed.atom"
    file.write_text(ATOM.format("".join(ENTRY.format(number, f"Text of {number:05}.") for number in range(1, 20))))
    return file


def substack(folder: Path) -> Path:
    posts = folder / "substack" / "posts"
    posts.mkdir(parents=True)
    rows = ["post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url"]
    for number in range(1, 20):
        rows.append(f"{number}.post,2021-03-04T05:06:07Z,true,,,newsletter,everyone,Title {number},,")
        (posts / f"{number}.post.html").write_text(f"<p>Text of {number:05}.</p>")
    (folder / "substack" / "posts.csv").write_text("\n".join(rows))
    return folder / "substack"


def hugo(folder: Path) -> Path:
    site = folder / "hugo"
    (site / "content/posts").mkdir(parents=True)
    (site / "static").mkdir()
    (site / "hugo.toml").write_text('baseURL = "https://new.example/"\ntitle = "T"\n')
    for number in range(1, 20):
        (site / f"content/posts/page-{number:03}.md").write_text(
            f"---\ntitle: Page {number}\ndate: 2021-03-04\n---\nText of {number:05}.\n"
        )
    (site / "static/a.png").write_bytes(body("a"))
    return site


KINDS: dict[str, Callable[[Path], Path]] = {
    "wordpress": wordpress,
    "html": html,
    "blogger": blogger,
    "substack": substack,
    "hugo": hugo,
}
IMPORTER = {"blogger": "html", "substack": "html"}


def last_file(source: Path) -> Path:
    """The one that is read last."""
    if source.is_file():
        return source
    return max(file for file in source.rglob("*") if file.suffix in (".html", ".md"))


def other_text(source: Path) -> None:
    """Other bytes at the same places, as of an export that is written anew."""
    file = last_file(source)
    data = file.read_bytes()
    with file.open("r+b") as opened:
        opened.write(data.replace(b"Text of 00", b"What of 00"))


def other_text_at_the_same_time(source: Path) -> None:
    """The same, and the time of the file is set back."""
    status = last_file(source).stat()
    other_text(source)
    os.utime(last_file(source), ns=(status.st_atime_ns, status.st_mtime_ns))


def grow(source: Path) -> None:
    with last_file(source).open("ab") as file:
        file.write(b"\n<!-- more -->\n")


def cut(source: Path) -> None:
    os.truncate(last_file(source), last_file(source).stat().st_size // 2)


def empty(source: Path) -> None:
    os.truncate(last_file(source), 0)


def replaced(source: Path) -> None:
    """Another file with the same bytes, size and time."""
    file = last_file(source)
    status, other = file.stat(), file.with_name("other.part")
    other.write_bytes(file.read_bytes())
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    other.replace(file)


def gone(source: Path) -> None:
    last_file(source).unlink()


def touched(source: Path) -> None:
    """A new time is a new file, as far as can be told."""
    os.utime(last_file(source), ns=(1, 1))


CHANGES: tuple[Change, ...] = (other_text, other_text_at_the_same_time, grow, cut, empty, replaced, gone, touched)


def when_surveyed(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    plan = surveys.SurveyedSite.plan

    def planned(*given: Any) -> int:
        change()
        return plan(*given)

    monkeypatch.setattr(surveys.SurveyedSite, "plan", planned)


def when_half_is_carried(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    carry, count = Carrier.carry, [0]

    def carried(*given: Any) -> Result:
        count[0] += 1
        if count[0] == 5:
            change()
        return carry(*given)

    monkeypatch.setattr(Carrier, "carry", carried)


def when_all_is_carried(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    monkeypatch.setattr(runs._Conversion, "_take_along", lambda *given: change())


def when_the_survey_begins(monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> None:
    opened = sources.open_sources

    def open_sources(*given: Any, **named: Any) -> Any:
        found = opened(*given, **named)
        change()
        return found

    monkeypatch.setattr(surveys, "open_sources", open_sources)


When = Callable[[pytest.MonkeyPatch, Callable[[], None]], None]
WHENS: tuple[When, ...] = (when_the_survey_begins, when_surveyed, when_half_is_carried, when_all_is_carried)


def job(source: Path, output: Path, kind: str = "wordpress", **more: Any) -> Job:
    flags = {"from": IMPORTER.get(kind, kind), "output": str(output), "workers": 1, **more}
    asked = job_of([str(source)], flags)
    return replace(asked, fingerprint=run_fingerprint(asked))


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".postferry" not in path.parts
    }


def rows() -> Iterator[Any]:
    """(importer, what changes, when)."""
    for kind in KINDS:
        for when in WHENS if kind == "wordpress" else (when_surveyed, when_all_is_carried):
            for change in CHANGES if when is when_surveyed else CHANGES[::2]:
                yield pytest.param(kind, change, when, id=f"{kind}-{change.__name__}-{when.__name__}")


@case(
    "process-source-changed",
    "a source whose bytes, size, time or file change before, while and after its items are converted",
    "the run ends with exit status 66 and names it; nothing is taken for finished; the next run writes what is there",
)
@pytest.mark.parametrize(("kind", "change", "when"), list(rows()))
def test_source_changed_mid_run(
    kind: str, change: Change, when: When, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = KINDS[kind](tmp_path), tmp_path / "site"
    asked = job(source, output, kind)
    with monkeypatch.context() as patched:
        when(patched, lambda: change(source))
        with pytest.raises(SourceError, match=GONE if change is gone else CHANGED) as error:
            run(asked)
    assert error.value.exit_status == 66
    assert str(source) in str(error.value)
    if kind == "wordpress" and change is other_text:
        again = run(job(source, output, kind))
        assert not again.repeated
        run(job(source, tmp_path / "fresh", kind))
        assert tree(output) == tree(tmp_path / "fresh")


def test_what_has_its_first_bytes_again_is_not_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = wordpress(tmp_path), tmp_path / "site"
    first, status = source.read_bytes(), source.stat()
    with monkeypatch.context() as patched:
        when_half_is_carried(patched, lambda: other_text(source))
        with pytest.raises(ChangedSourceError):
            run(job(source, output))
    source.write_bytes(first)
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not run(job(source, output)).repeated
    run(job(source, tmp_path / "fresh"))
    assert tree(output) == tree(tmp_path / "fresh")
    assert run(job(source, output)).repeated


@pytest.mark.parametrize("when", [when_the_survey_begins, when_surveyed])
def test_what_was_another_one_for_a_while_is_not_up_to_date(
    when: When, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the first bytes and the first time, so that nothing else tells."""
    source, output = wordpress(tmp_path), tmp_path / "site"
    first, status = source.read_bytes(), source.stat()

    def there_and_back() -> None:
        other_text(source)
        source.write_bytes(first)
        os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))

    with monkeypatch.context() as patched:
        when(patched, there_and_back)
        run(job(source, output))
    assert not run(job(source, output)).repeated
    assert run(job(source, output)).repeated


def rights(source: Path) -> None:
    source.chmod(0o600)


def read(source: Path) -> None:
    os.utime(source, ns=(1, source.stat().st_mtime_ns))


def linked(source: Path) -> None:
    source.with_suffix(".link").hardlink_to(source)


@pytest.mark.parametrize("change", [rights, read, linked])
def test_what_leaves_the_bytes_alone_is_no_change(
    change: Change, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = wordpress(tmp_path)
    when_half_is_carried(monkeypatch, lambda: change(source))
    assert run(job(source, tmp_path / "site")).status() == 0


def test_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each opens the file by itself."""
    source = wordpress(tmp_path)
    when_surveyed(monkeypatch, lambda: other_text_at_the_same_time(source))
    with pytest.raises(ChangedSourceError):
        run(job(source, tmp_path / "site", workers=2))


@pytest.mark.parametrize("kind", ["wordpress", "html", "hugo"])
def test_workers_of_a_cluster(kind: str, tmp_path: Path) -> None:
    """They answer by the bytes: on other machines files have other numbers."""
    source = KINDS[kind](tmp_path)
    asked = job(source, tmp_path / "site", kind)
    with pytest.raises(ChangedSourceError), runs.in_memory(asked) as made:
        made.index.copy(tmp_path / "survey.db")
        items = list(made.index.work())
        other_text_at_the_same_time(source)
        answer = cluster_run._carry(cluster_run._Task(asked.options, str(tmp_path / "survey.db"), items))
        assert isinstance(answer, ChangedSourceError)
        raise answer


def packed_zip(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "export.zip", "w") as archive:
        archive.writestr("one.xml", export(item(1)))
        archive.writestr("two.xml", export(item(2)))
    return folder / "export.zip"


def packed_tar(folder: Path) -> Path:
    with tarfile.open(folder / "export.tar.gz", "w:gz") as archive:
        for name in ("one.xml", "two.xml"):
            data = export(item(name)).encode()
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return folder / "export.tar.gz"


def packed_gz(folder: Path) -> Path:
    (folder / "export.xml.gz").write_bytes(gzip.compress(export(item(1)).encode()))
    return folder / "export.xml.gz"


@pytest.mark.parametrize("importer", ["wordpress", "html"])
@pytest.mark.parametrize("change", [grow, cut, replaced, touched])
@pytest.mark.parametrize("pack", [packed_zip, packed_tar, packed_gz])
def test_an_archive_that_changes_while_it_is_unpacked(
    pack: Callable[[Path], Path], change: Change, importer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, copy = pack(tmp_path), Archive.copy

    def copied(*given: Any) -> Path:
        found = copy(*given)
        if archive.stat().st_size == size:
            change(archive)
        return found

    size = archive.stat().st_size
    monkeypatch.setattr(Archive, "copy", copied)
    with pytest.raises(ChangedSourceError, match=re.escape(str(archive))):
        run(job(archive, tmp_path / "site", importer))


def test_a_file_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, spooled = wordpress(tmp_path), sources._spooled

    def spool(*given: Any) -> Path:
        found = spooled(*given)
        grow(source)
        return found

    monkeypatch.setattr(sources, "_spooled", spool)
    with source.open("rb") as file, pytest.raises(ChangedSourceError, match=r"^standard input changed"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(file.raw)))
        run(Job(("-",), str(tmp_path / "site"), Options("wordpress", "hugo")))


def test_an_export_in_utf_16(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, recoded = tmp_path / "export.xml", sources._recoded
    source.write_bytes(export(item(1)).encode("utf-16"))

    def recode(*given: Any) -> Path:
        found = recoded(*given)
        grow(source)
        return found

    monkeypatch.setattr(sources, "_recoded", recode)
    with pytest.raises(ChangedSourceError):
        run(job(source, tmp_path / "site", "wordpress"))


@pytest.mark.parametrize(("kind", "target"), [("hugo", "hugo"), ("hugo", "jekyll"), ("html", "hugo")])
def test_a_file_that_goes_along(kind: str, target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at it and the copy of it."""
    source, write = KINDS[kind](tmp_path), Sink._write
    picture = next(source.rglob("a.png"))

    def written(sink: Sink, path: str, *given: Any) -> None:
        if path.endswith("a.png"):
            picture.write_bytes(body("b"))
        write(sink, path, *given)

    monkeypatch.setattr(Sink, "_write", written)
    with pytest.raises(ChangedSourceError, match=r"a\.png changed"):
        run(job(source, tmp_path / "site", kind, to=target))


@case(
    "process-media-changed",
    "a file that is written while `--media copy:` copies it",
    "copied again; one that changes each time is named and left out, never copied in half",
)
@pytest.mark.parametrize(("times", "whole"), [(1, True), (9, False)])
def test_media_that_change(times: int, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = tmp_path / "uploads" / "2021/03/a.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(body("a", 3_000_000))
    objection, left = sniff.validate_payload, [times]

    def judged(*given: Any) -> str:
        if left[0]:
            left[0] -= 1
            picture.write_bytes(body(f"b{left[0]}", 2_000_000 + left[0]))
        return str(objection(*given))

    monkeypatch.setattr(sniff, "validate_payload", judged)
    text = '<img src="https://old.example/wp-content/uploads/2021/03/a.png" alt="">'
    settings = Settings("copy", str(tmp_path / "uploads"))
    options = Options("wordpress", "hugo", write=WriteOptions(media="copy"))
    site = convert(tmp_path, export(item(1, content=text)), options=options, media=settings)
    there = site.folder / "static/wp-content/uploads/2021/03/a.png"
    assert there.exists() == whole
    assert not whole or there.read_bytes() == picture.read_bytes()
    assert [notice["where"] for notice in site.notices("media.missing-file")] == [copying.CHANGED] * (not whole)


def test_verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = wordpress(tmp_path)
    asked = job(source, tmp_path / "site")
    run(asked)
    when_half_is_carried(monkeypatch, lambda: grow(source))
    with pytest.raises(ChangedSourceError):
        disk.look(asked)


@pytest.mark.parametrize("kind", KINDS)
def test_inspect(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, read = KINDS[kind](tmp_path), gather._read
    begun: list[str] = []

    def tell(stage: str, done: int, total: int, notices: int | None = None) -> None:
        if stage == "reading" and not begun and kind != "hugo":  # a folder has no state of its own
            begun.append(stage)
            grow(source)

    def reads(*given: Any) -> int:
        grow(source)
        return read(*given)

    monkeypatch.setattr(gather, "_read", reads)
    with pytest.raises(ChangedSourceError):
        gather.look([str(source)], IMPORTER.get(kind, kind), tell)


def test_a_file_that_is_cut_short_ends_no_process(tmp_path: Path) -> None:
    """As a signal would do that comes for a mapped file."""
    source = wordpress(tmp_path)
    program = (
        "import os, sys; from pathlib import Path\n"
        "from converters.errors import ChangedSourceError\n"
        "from converters.importers.wordpress.split import Splitter\n"
        "splitter = Splitter(Path(sys.argv[1])); parts = splitter.parts(); next(parts)\n"
        "splitter._window = b''; os.truncate(sys.argv[1], 0)\n"
        "try: list(parts)\n"
        "except ChangedSourceError: sys.exit(66)\n"
    )
    assert children.run([sys.executable, "-c", program, str(source)]).returncode == 66


def task(source: Path, output: Path) -> batch.SiteTask:
    values = {"from": "wordpress", "to": "hugo"}
    return batch.SiteTask("site", (str(source),), str(output), values, values, "1")


def test_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = wordpress(tmp_path)
    with monkeypatch.context() as patched:
        when_half_is_carried(patched, lambda: other_text(source))
        done = batch.convert_site(task(source, tmp_path / "site"))
    assert (done.state, done.status, done.done) == (batch.FAILED, 66, None)
    assert "changed while it was read" in done.why


@pytest.mark.parametrize("change", [None, other_text, grow])
def test_a_batch_notes_no_digest_of_other_bytes(
    change: Change | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The source changes when its digest is taken, and is another one throughout the run."""
    source = wordpress(tmp_path)

    def changed_before(*given: Any) -> RunResult:
        if change is not None:
            change(source)
        return conversion.run(*given)

    monkeypatch.setattr(batch, "run", changed_before)
    done = batch.convert_site(task(source, tmp_path / "site"))
    assert done.state == batch.CARRIED
    assert (done.done is None) == (change is not None)


def test_the_command(tmp_path: Path) -> None:
    """What a user sees of it, with an export that is still being written."""
    source = wordpress(tmp_path)
    writer = (
        "import sys, time\n"
        "with open(sys.argv[1], 'ab') as file:\n"
        "    while True: file.write(b'<!-- more -->'); file.flush(); time.sleep(0.001)\n"
    )
    writing = children.start([sys.executable, "-c", writer, str(source)])
    try:
        size = source.stat().st_size
        while source.stat().st_size == size:
            time.sleep(0.01)
        done = command(str(source), "-o", str(tmp_path / "site"), "--workers", "1")
    finally:
        writing.kill()
        writing.wait()
    assert done.returncode == 66, done.stderr
    assert (
        f"convert: {source} changed while it was read. Run the same command again when it is complete." in done.stderr
    )
    assert "Traceback" not in done.stderr
