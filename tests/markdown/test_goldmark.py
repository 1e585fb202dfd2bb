"""The goldmark dialect through the real Goldmark: many documents as the pages of one Hugo site."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from converters.exporters.hugo import shortcode_text
from converters.markdown import to_markdown
from tests.markdown.judge import tokens
from tests.markdown.trees import DOCUMENT
from tests.support import hugo

CONFIG = """baseURL = "https://x.example/"
disableKinds = ["home", "section", "rss", "sitemap", "taxonomy", "term"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser]
autoHeadingID = false
[markup.goldmark.extensions]
linkify = false
[markup.goldmark.extensions.typographer]
disable = true
[markup.highlight]
codeFences = false
"""


def documents(count: int) -> list[str]:
    found: list[str] = []

    @given(DOCUMENT)
    @settings(
        max_examples=count, database=None, derandomize=True, phases=[Phase.generate], deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def collect(html: str) -> None:
        found.append(html)

    collect()
    return found


@pytest.mark.hugo
@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_hugo_shows_the_same_html(tmp_path: Path, count: int) -> None:
    pages = documents(count)
    (tmp_path / "content").mkdir()
    (tmp_path / "hugo.toml").write_text(CONFIG)
    layout = tmp_path / "layouts/_default/single.html"
    layout.parent.mkdir(parents=True)
    layout.write_text("{{ .Content }}")
    for number, html in enumerate(pages):
        text = shortcode_text.finish(to_markdown(html, dialect="goldmark"))
        (tmp_path / f"content/p{number}.md").write_text(f"---\ntitle: x\n---\n\n{text}", encoding="utf-8")
    built = hugo(tmp_path)
    for number, html in enumerate(pages):
        shown = (built / f"p{number}/index.html").read_text(encoding="utf-8")
        assert tokens(shown) == tokens(html), f"{html}\n{to_markdown(html, dialect='goldmark')}\n{shown}"
