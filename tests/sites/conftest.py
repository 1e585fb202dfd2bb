"""Sites that several modules ask: converted with their files, built by the real Hugo or Jekyll, crawled, once each."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.crawl import Crawl, crawl, served
from tests.exporters.jekyll.test_jekyll import jekyll
from tests.folders import ROOT
from tests.sites import old_web
from tests.sites.test_truth import AS_HTML
from tests.support import Site, convert_files, hugo

SOURCES = ROOT / "fixtures/wordpress"


class Carried(NamedTuple):
    name: str
    export: Path
    site: Site
    public: Path
    base: str
    files: set[str]
    """The paths of the old site's files."""
    found: Crawl

    @property
    def told(self) -> list[str]:
        """The links that the report says lead nowhere."""
        return [notice["what"] for notice in self.site.notices("link.missing")]


Carry = Callable[[str, str, str], Carried]


@pytest.fixture(scope="session")
def carry(tmp_path_factory: pytest.TempPathFactory) -> Carry:
    """(target, export, way of its files: copy or download) -> the site"""
    known: dict[tuple[str, str, str], Carried] = {}

    def get(target: str, name: str, way: str) -> Carried:
        key = target, name, way
        if key not in known:
            known[key] = carried(target, SOURCES / f"{name}.xml", way, tmp_path_factory.mktemp("-".join(key)))
        return known[key]

    return get


def carried(target: str, export: Path, way: str, folder: Path) -> Carried:
    web = folder / "web"
    files = old_web.lay_out(export, web)
    with served(web, "http://127.0.0.1/") if way == "download" else nullcontext() as server:
        if server is not None:
            export = old_web.moved(export, folder / export.name, f"127.0.0.1:{server.port}")
        options = Options("wordpress", target, AS_HTML, WriteOptions(media=way, redirects=("netlify", "html")))
        media = Settings(way, "" if server else str(web), allow_private=server is not None)
        site = convert_files(folder, export, options=options, media=media)
    if target == "hugo":
        base, public = tomllib.loads(site.text("hugo.toml"))["baseURL"], hugo(site.folder)
    else:
        base, public = f"{yaml.safe_load(site.text('_config.yml'))['url']}/", jekyll(site.folder)
    with served(public, base) as new:
        return Carried(export.stem, export, site, public, base, files, crawl(new))
