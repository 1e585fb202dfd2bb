"""The example of docs/write-a-pass.md, and what holds for passes of third parties."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converters.errors import PluginError, UsageError
from converters.passes.table import find_pass
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import command, convert
from tests.wxr import export, item

PAGE = (ROOT / "docs/write-a-pass.md").read_text(encoding="utf-8")
TEXT = '<h2>ALL OF IT</h2>\n<p>A text.</p>\n<table border="1"><tr><td colspan="2">a</td></tr></table>'


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (found,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    (tmp_path / "shouting.py").write_text(found)
    return tmp_path / "shouting.py"


def test_the_example_runs_as_it_stands_there(tmp_path: Path, example: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1, content=TEXT, excerpt="<h3>SHORT</h3>")))
    (line,) = re.findall(r"^    convert (.*--pass.*)$", PAGE, re.MULTILINE)
    done = command(*line.split(), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "my-blog/content/posts/post-1.md").read_text()
    assert "## All of it" in text
    assert "border" not in text
    assert "Short" in text


def test_what_a_pass_writes_is_sanitised(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from lxml import etree\n"
        "from converters.passes.base import ElementPass\n"
        "def insert(element, work):\n"
        "    etree.SubElement(element, 'script').text = 'alert(1)'\n"
        "    etree.SubElement(element, 'img', src='x', onerror='alert(1)')\n"
        "harmful = ElementPass('harmful', ('p',), insert)\n"
    )
    options = Options("wordpress", "hugo", passes=(f"{tmp_path}/mine.py:harmful",))
    site = convert(tmp_path, export(item(1, content="<p>A text.</p>")), options=options)
    assert "alert" not in site.text("content/posts/post-1.md")
    assert site.notices("html.active")


def test_a_pass_that_fails_costs_its_post_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(
        "from converters.passes.base import Pass\n"
        "def fail(work):\n"
        "    if work.post is not None and work.post.id == '2':\n"
        "        raise ValueError('no')\n"
        "mine = Pass('mine', fail)\n"
    )
    options = Options("wordpress", "hugo", passes=(f"{tmp_path}/mine.py:mine",))
    site = convert(tmp_path, export(item(1), item(2), item(3)), options=options)
    assert len(site.outcome.account.failed) == 1
    assert site.files("content/posts/*.md") == ["content/posts/post-1.md", "content/posts/post-3.md"]


def test_names(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of the passes"):
        find_pass("unheard-of")
    (tmp_path / "mine.py").write_text("mine = 1\n")
    with pytest.raises(PluginError, match="is not a pass"):
        find_pass(f"{tmp_path}/mine.py:mine")
