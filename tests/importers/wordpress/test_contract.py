"""What the importer hands over keeps the contract of docs/semantic-html.md, for every post of the fixtures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from converters.model import HtmlBody, Post
from converters.model.notices import Log
from converters.output import OutFile
from converters.plugin import SiteLookup
from tests.contract import breaches
from tests.folders import ROOT
from tests.support import convert_files

FIXTURES = ROOT / "fixtures/wordpress"


@pytest.mark.parametrize("name", sorted(path.stem for path in FIXTURES.glob("*.xml")))
def test_every_post_keeps_it(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from converters.exporters.hugo.exporter import HugoExporter

    found: dict[str, list[str]] = {}
    checked: list[str] = []
    render = HugoExporter.render

    def watched(self: HugoExporter, post: Post, lookup: SiteLookup, log: Log) -> Iterable[OutFile]:
        if isinstance(post.body, HtmlBody):
            checked.append(post.id)
            if broken := sorted(set(breaches(post.body.root))):
                found[post.id] = broken
        return render(self, post, lookup, log)

    monkeypatch.setattr(HugoExporter, "render", watched)
    convert_files(tmp_path, FIXTURES / f"{name}.xml")
    assert len(checked) > 0
    assert found == {}
