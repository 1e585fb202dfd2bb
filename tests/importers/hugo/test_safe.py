"""`--raw-html safe` on texts that stay Markdown: what runs is taken out and noted, the rest stays byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.model.notices import Log
from converters.model.options import ReadOptions, WriteOptions
from converters.passes.sanitize_markdown import sanitize_markdown
from pipelines.run.carry import Options
from tests.support import convert_files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a <b onclick="x()">b</b> `<i onclick=x>`', "a <b>b</b> `<i onclick=x>`"),
        ("[l](java&#115;cript:x) ![x](JavaScript:x 't') [o]\n\n[o]: <data:text/html,x>", "[l](#) ![x](# 't') [o]\n\n[o]: <#>"),
        ("<javascript:alert(1)>", "<#>"),
        ('<div onclick=x>\n{{< figure src="a" >}}\n</div>\n\n*a*', '<div>\n{{< figure src="a" >}}\n</div>\n\n*a*'),
        ("<script>\n\nalert(1)\n</script>\n\ntext", "\n\ntext"),
        ('<div>\n<img src=x onerror="alert(1)\n\nfoo">', '<div>\n&lt;img src=x onerror="alert(1)\n\nfoo">'),
        ('{{< figure src="/a.jpg" link="javascript:x" >}}', '{{< figure src="/a.jpg" link="#" >}}'),
        ("> <a href='vbscript:x'>y</a>", "> <a>y</a>"),
    ],
)  # fmt: skip
def test_what_runs_is_taken_out(text: str, expected: str) -> None:
    log = Log()
    assert sanitize_markdown(text, log) == expected
    assert {notice.code for notice in log.notices} == {"html.active"}


@pytest.mark.parametrize(
    "text",
    [
        "```\n<script>\n```\n\n    <script>x</script>\n\n`<b onclick=x>`",
        "a <br> <img src='/x' alt=y>\r\n<div\n  class='z'>\n\n*b*\n\n</div>\n",
        "[a](https://a.example/javascript:x) 1 < 2 <3 & <- onclick=x",
        "![a](data:image/png;base64,AAAA)",
    ],
)
def test_the_rest_stays(text: str) -> None:
    log = Log()
    assert sanitize_markdown(text, log) == text
    assert log.notices == []


def test_it_is_asked_for(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("---\ntitle: A\n---\n<i onclick=x>b</i>\n", encoding="utf-8")
    safe = Options("hugo", "hugo", ReadOptions(), WriteOptions(raw_html="safe"))
    assert convert_files(tmp_path / "1", source, options=safe).text("content/a.md").endswith("---\n<i>b</i>\n")
    kept = convert_files(tmp_path / "2", source, options=Options("hugo", "hugo"))
    assert kept.text("content/a.md").endswith("---\n<i onclick=x>b</i>\n")
