"""`--verify` on a conversion and `convert verify DIR --against SOURCE`, as a user types them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli.main import main
from tests.folders import ROOT

EXPORT = ROOT / "fixtures/wordpress/harbour.xml"
POST = "content/posts/old-logbook.md"


def typed(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("written")
    made = {target: folder / target for target in ("hugo", "jekyll", "json")}
    for target, site in made.items():
        assert typed(EXPORT, "--to", target, "-o", site, "-q") == 0
    return made


@pytest.fixture
def site(sites: dict[str, Path], tmp_path: Path) -> Path:
    return shutil.copytree(sites["hugo"], tmp_path / "site")


def found(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, Any]:
    capsys.readouterr()
    status = typed("verify", *arguments, "--against", EXPORT, "--json")
    seen = json.loads(capsys.readouterr().out)
    assert isinstance(seen, dict)
    assert seen["status"] == status
    return seen


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
def test_a_site_as_it_was_written(sites: dict[str, Path], target: str, capsys: pytest.CaptureFixture[str]) -> None:
    seen = found(capsys, sites[target])
    assert (seen["status"], seen["figures"], seen["gone"]) == (0, {"identical": 30}, [])


@pytest.mark.parametrize("layout", ["lines", "files"])
def test_layouts_of_json_are_told_by_their_files(
    layout: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(EXPORT, "--to", "json", "--json-layout", layout, "-o", tmp_path / "site", "-q") == 0
    assert found(capsys, tmp_path / "site")["figures"] == {"identical": 30}
    paths = sorted((tmp_path / "site").glob("posts.jsonl" if layout == "lines" else "posts/*.json"))
    for path in paths:
        path.write_text(path.read_text("utf-8").replace("<p>", "<p>zwgrblx "), encoding="utf-8")
    forget(tmp_path / "site")
    assert found(capsys, tmp_path / "site")["figures"]["changed"] > 5


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def forget(site: Path) -> None:
    """What was written by which run is not known any more: what differs cannot be an edit."""
    shutil.rmtree(site / ".postferry")


def test_what_was_edited_is_no_loss(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site / POST, lambda text: text.replace("title: ", "title: New ", 1) + "\nMore words of mine.\n")
    seen = found(capsys, site)
    assert (seen["status"], seen["figures"]) == (0, {"identical": 29, "edited": 1})
    (row,) = (row for row in seen["posts"] if row["verification"]["verdict"] == "edited")
    assert row["path"] == POST
    assert {one["kind"] for one in row["verification"]["differences"]} == {"words", "front matter: title"}
    assert typed("verify", site, "--against", EXPORT, "--strict") == 3
    forget(site)
    seen = found(capsys, site)
    assert (seen["status"], seen["figures"]) == (5, {"identical": 29, "lost": 1})  # its old title


def test_gone_and_emptied_files_are_lost_whoever_did_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = sorted(site.glob("content/posts/*.md"))
    paths[1].unlink()
    paths[2].write_bytes(b"")
    next(site.glob("data/comments/*")).unlink()
    (site / "layouts/index.html").unlink()
    seen = found(capsys, site)
    assert (seen["status"], seen["figures"]["lost"], seen["kinds"]) == (5, 3, {"file": 3})
    assert seen["gone"] == ["layouts/index.html"]


def test_other_keys_of_front_matter_count(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site / POST, lambda text: "".join(row for row in text.splitlines(True) if not row.startswith("guid:")))
    forget(site)
    assert found(capsys, site)["kinds"] == {"front matter: guid": 1}


def test_people_read_what_is_lost(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(site / POST, lambda text: text.rpartition("\n\n")[0] + "\n")
    forget(site)
    assert typed("verify", site, "--against", EXPORT, "-q") == 5
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"lost: {POST} (")
    assert lines[1].startswith("  words, lost: ")
    assert lines[-1] == "Verified: 29 identical, 0 changed, 1 lost."


def test_what_is_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert typed("verify", tmp_path / "nothing", "--against", EXPORT) == 66
    assert typed("verify", tmp_path, "--against", EXPORT) == 2
    assert "--to" in capsys.readouterr().err
    assert typed("verify", tmp_path, "--to", "hugo", "--against", tmp_path / "none.xml") == 66


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_conversion_checks_itself(workers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site"
    assert typed(EXPORT, "-o", site, "--verify", "--workers", workers) == 0
    assert "Verified: 30 identical, 0 changed, 0 lost." in capsys.readouterr().err
    report = json.loads((site / ".postferry/report.json").read_text("utf-8"))
    rows = [row for row in report["items"] if row["outcome"] == "carried"]
    assert len(rows) == 30
    assert all(row["verification"] == {"verdict": "identical"} for row in rows)
    assert report["account"]["verification"] == {"identical": 30}


def test_a_writer_that_loses_something_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from converters.markdown import PostferryEngine

    render = PostferryEngine.render

    def careless(self: PostferryEngine, *arguments: Any, **more: Any) -> str:
        return render(self, *arguments, **more).replace(" the ", " ", 1)

    monkeypatch.setattr(PostferryEngine, "render", careless)
    assert typed(EXPORT, "-o", tmp_path / "site", "--verify", "--workers", "1") == 5
    assert " lost." in capsys.readouterr().err
    report = json.loads((tmp_path / "site/.postferry/report.json").read_text("utf-8"))
    lost = [notice for row in report["items"] for notice in row.get("notices", ()) if notice["code"] == "verify.lost"]
    assert "words" in {notice["what"] for notice in lost} <= {"words", "image text"}


@pytest.mark.parametrize(
    "broken_side", ["converters.exporters.hugo.render_back.tree_back", "converters.verify.front.of_post"]
)
def test_a_check_that_fails_costs_nothing_but_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken_side: str
) -> None:
    """Neither of what was written nor of what the source says; and the report says why."""

    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(broken_side, broken)
    assert typed(EXPORT, "-o", tmp_path / "site", "--verify", "--workers", "1") == 0
    assert "0 lost, 30 unread." in capsys.readouterr().err
    assert "RuntimeError: no" in (tmp_path / "site/.postferry/report.json").read_text("utf-8")
    assert len(list((tmp_path / "site").glob("content/posts/*.md"))) > 10
