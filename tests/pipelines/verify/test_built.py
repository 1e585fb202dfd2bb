"""`convert verify --build`: the pages that the real Hugo and the real Jekyll make."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from converters.errors import UnavailableError, UsageError
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.verify import built
from pipelines.verify.disk import SiteCheck, look
from tests.folders import ROOT

EXPORT = ROOT / "fixtures/wordpress/harbour.xml"
TARGETS = (
    pytest.param("hugo", marks=pytest.mark.hugo),
    pytest.param(
        "jekyll", marks=[pytest.mark.system, pytest.mark.skipif(not shutil.which("jekyll"), reason="needs Jekyll")]
    ),
)


def checked(target: str, folder: Path, damage: tuple[str, str, str] | None = None) -> SiteCheck:
    job = Job((str(EXPORT),), str(folder), Options("wordpress", target))
    run(job)
    if damage is not None:
        path, old, new = damage
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")
    before = sorted(folder.rglob("*"))
    found = look(job, build=True)
    assert sorted(folder.rglob("*")) == before, "nothing is written"
    return found


@pytest.mark.parametrize("target", TARGETS)
def test_all_that_the_posts_say_is_on_the_pages(target: str, tmp_path: Path) -> None:
    assert checked(target, tmp_path / "site").figures == {"identical": 30}


LAYOUT = {
    "hugo": ("layouts/_default/single.html", '{{ partial "text.html" .Content | safeHTML }}', ""),
    "jekyll": ("_layouts/post.html", "{% include text.html of=content %}", ""),
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_layout_that_leaves_texts_out_is_found(target: str, tmp_path: Path) -> None:
    found = checked(target, tmp_path / "site", LAYOUT[target])
    assert found.status() == 5
    assert {"words on the page", "image on the page", "code on the page"} <= found.kinds.keys()


def test_what_cannot_be_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="json"), built.built(tmp_path, "json", ""):
        pass
    found: Any = staticmethod(lambda name: None)
    monkeypatch.setattr("pipelines.verify.built.shutil.which", found)
    monkeypatch.setattr("pipelines.verify.built.sys.executable", str(tmp_path / "python"))
    with pytest.raises(UnavailableError, match="not installed"), built.built(tmp_path, "hugo", ""):
        pass
