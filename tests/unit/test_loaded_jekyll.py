"""A Jekyll that is begun loaded is the installed Jekyll: what it writes, what it says, how it ends."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests import children, loaded_jekyll

pytestmark = [pytest.mark.system, pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs Jekyll")]
PAGE = (
    "---\ntitle: été\n---\n# {{ page.title }} {{ jekyll.environment }}\n\n```ruby\nputs 1\n```\n\na | b\n--|--\n1 | 2\n"
)
ENDS = {"a site": PAGE, "a fault": "---\ntitle: [\n---\n"}


@pytest.mark.parametrize("page", ENDS.values(), ids=ENDS)
def test_it_is_as_if_it_had_begun_itself(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEKYLL_ENV", "of the test")
    (tmp_path / "a.md").write_text(page, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    words = ["build", "--strict_front_matter", "--disable-disk-cache"]
    assert loaded_jekyll._server.fits()
    ends = []
    for run in (
        loaded_jekyll.run,
        lambda words: children.run(["jekyll", *words], capture_output=True, text=True),
    ):
        done = run(words)
        built = {path.name: path.read_bytes() for path in (tmp_path / "_site").glob("*.html")}
        shutil.rmtree(tmp_path / "_site", ignore_errors=True)
        said = sorted(line for line in done.stderr.splitlines() if not line.startswith("\tfrom "))  # where it stood
        ends.append((done.returncode, re.sub(r"[\d.]+ seconds", "", done.stdout), said, built))
    assert ends[0] == ends[1]
    assert (ends[0][0] == 0) is (page == PAGE)
    assert page != PAGE or b"of the test" in ends[0][3]["a.html"]


def test_what_ruby_reads_as_it_begins_takes_one_that_is_begun_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUBYOPT", "-W:no-such")
    assert not loaded_jekyll._server.fits()
    assert loaded_jekyll.run(["--version"]).stdout.startswith("jekyll ")
