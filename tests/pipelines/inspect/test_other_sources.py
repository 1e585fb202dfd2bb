"""What `convert inspect` sees in sources whose importer has no way of its own to look."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.inspect import gather
from pipelines.inspect.gather import look
from pipelines.run.progress import silent
from tests.folders import ROOT

FIXTURES = ROOT / "fixtures"


def site(folder: Path, posts: int) -> Path:
    (folder / "content/posts").mkdir(parents=True)
    (folder / "static").mkdir()
    (folder / "static/a.png").write_bytes(b"x" * 500)
    (folder / "hugo.toml").write_text('baseURL = "https://new.example/"\ntitle = "New"\n')
    for number in range(posts):
        draft = "draft: true\n" if number == 0 else ""
        (folder / f"content/posts/p{number}.md").write_text(
            f"---\ntitle: P{number}\ndate: 2020-01-02\nauthor: Ada\n{draft}---\n"
            '![a](/a.png) {{< youtube abc >}} {{< box >}}in{{< /box >}} ![b](https://cdn.example/b.jpg "t")\n'
        )
    return folder


def test_a_hugo_site(tmp_path: Path) -> None:
    looked = look([str(site(tmp_path / "site", 3))], "", silent)
    assert looked.importer == "hugo"
    assert looked.read == 3
    assert {kind: dict(statuses) for kind, statuses in looked.counts.content.items()} == {
        "post": {"draft": 1, "published": 2}
    }
    assert dict(looked.findings.hosts) == {"": 1, "cdn.example": 1}
    assert {name: code.uses for name, code in looked.findings.shortcodes.items()} == {"youtube": 3, "box": 3}
    assert dict(looked.findings.authors) == {"Ada": 3}
    assert looked.findings.media_bytes >= 500
    assert looked.files == 5
    assert looked.counts.notices["shortcode.unknown"] == 3


def test_of_a_large_source_some_posts_are_read_evenly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "SAMPLE", 10)
    looked = look([str(site(tmp_path / "site", 35))], "", silent)
    assert looked.read == 9
    assert looked.counts.content["post"].total() == 35


def test_a_folder_of_pages(tmp_path: Path) -> None:
    looked = look([str(FIXTURES / "html/site")], "", silent)
    assert looked.importer == "html"
    assert looked.counts.content["post"]["published"] > 1
    assert looked.files == sum(path.is_file() for path in (FIXTURES / "html/site").rglob("*"))


def test_an_importer_of_others(tmp_path: Path) -> None:
    """One that knows nothing of looks."""
    (tmp_path / "mine.py").write_text(
        "from converters.model import Entry, HtmlBody, Post, Role, Site, Status\n"
        "from converters.html.tree import parse\n"
        "from converters.importers.base import Importer\n"
        "class Mine(Importer):\n"
        "    @classmethod\n"
        "    def recognizes(cls, path, head): return True\n"
        "    def survey(self, sources, sink):\n"
        "        for n in (1, 2): sink.entry(Entry(str(n), 'post', Role.CONTENT, Status.PUBLISHED))\n"
        "        return Site(title='Mine'), sources\n"
        "    def read(self, entry, lookup, log):\n"
        "        if entry.id == '2': raise ValueError('odd')\n"
        "        body = HtmlBody(parse('<img src=\"/a.png\">'))\n"
        "        return Post(entry.id, 'post', entry.status, 'T', body, authors=('me',))\n"
    )
    (tmp_path / "a.txt").write_text("x")
    looked = look([str(tmp_path / "a.txt")], f"{tmp_path / 'mine.py'}:Mine", silent)
    assert dict(looked.findings.authors) == {"me": 1}
    assert dict(looked.findings.hosts) == {"": 1}
    assert looked.counts.notices["item.failed"] == 1
    assert looked.read == 1
