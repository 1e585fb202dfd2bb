"""The example of docs/write-an-exporter.md: run as it stands there, from its file."""

from __future__ import annotations

import re
from pathlib import Path

from converters.exporters.base import find_target
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import convert
from tests.wxr import export, item

PAGE = (ROOT / "docs/write-an-exporter.md").read_text(encoding="utf-8")


def test_the_example_writes_a_site(tmp_path: Path) -> None:
    example = re.search(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert example is not None
    file = tmp_path / "eleventy_exporter.py"
    file.write_text(example[1], encoding="utf-8")
    name = f"{file}:EleventyExporter"
    assert find_target(name).preview == "npx @11ty/eleventy --serve"
    site = convert(
        tmp_path,
        export(
            item(1, slug="first", link="https://old.example/2021/03/first/", content="<p>A <b>quay</b></p>"),
            item(2, type="page", slug="about", link="https://old.example/about/"),
            item(3, type="page", slug="crew", parent=2, link="https://old.example/about/crew/"),
        ),
        options=Options("wordpress", name, verify=True),
    )
    assert site.files() == ["content/about.md", "content/about/crew.md", "content/posts/first.md"]
    assert site.front("content/posts/first.md")["permalink"] == "/2021/03/first/"
    assert "permalink" not in site.front("content/about/crew.md")
    assert site.body("content/posts/first.md").strip() == "A **quay**"
    assert '"Old Home"' in site.text("content/_data/site.json")
    assert site.report["account"]["verification"] == {"unread": 3}
