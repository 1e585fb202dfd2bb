"""Every source with every target: built by the real Hugo and the real Jekyll, and equal for a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from converters.markdown.read.parse import html_of
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import AVAILABLE, bare, jekyll
from tests.fidelity import Loss, compare
from tests.folders import ROOT
from tests.sites.test_truth import only_content
from tests.support import convert_files, hugo

pytestmark = [pytest.mark.hugo, pytest.mark.system]

FIXTURES = ROOT / "fixtures"
SOURCES = {
    "wordpress": FIXTURES / "wordpress/harbour.xml",
    "hugo": FIXTURES / "hugo/islands",
    "html": FIXTURES / "html/site",
}
Pages = dict[str, str]
"""path of the address -> HTML of the content"""


def pages_of(built: Path) -> Pages:
    found: Pages = {}
    for path in sorted(built.rglob("*.html")):
        shown = re.search(r"<x-page[^>]*>(?:<x-title>.*?</x-title>)?(.*)</x-page>", path.read_text("utf-8"), re.DOTALL)
        if shown:
            found[key(str(path.relative_to(built)))] = shown[1]
    return found


SELF = re.compile(r'<a href="([^"]*)">\1</a>')
"""An address as its own link: below a player or in it, and where a reader of Markdown makes links of bare ones."""


PLAYED = re.compile(r'(<figure class="embed".*?)<a (?:hidden(?:="")? )?href="([^"]*)">\2</a>', re.DOTALL)
"""A player, and its address, which some targets hide and others show in its place."""


def lost(one: str, two: str) -> list[Loss]:
    """What readers of the one see and readers of the other do not."""
    return compare(
        *(
            SELF.sub(r" \1 ", PLAYED.sub(r"\1", html)).replace("/feed.xml", "/feed/").replace("/index.xml", "/feed/")
            for html in (one, two)
        )
    )


def key(address: str) -> str:
    path = unquote(urlsplit(address).path).strip("/")
    return path.removesuffix("index.html").strip("/").removesuffix(".html")


def by_hugo(source: str, folder: Path) -> Pages:
    site = convert_files(folder, SOURCES[source], options=Options(source, "hugo"))
    return pages_of(hugo(only_content(site.folder, folder / "shown")))


def by_jekyll(source: str, folder: Path) -> Pages:
    if not AVAILABLE:
        pytest.skip("needs jekyll")
    site = convert_files(folder, SOURCES[source], options=Options(source, "jekyll"))
    return pages_of(jekyll(bare(site.folder, folder / "shown")))


def by_json(source: str, folder: Path) -> Pages:
    site = convert_files(folder, SOURCES[source], options=Options(source, "json", write=WriteOptions(media="rewrite")))
    feed = json.loads(site.text("feed.json"))
    below = key(feed.get("home_page_url", ""))
    return {key(item["url"]).removeprefix(below).strip("/"): item["content_html"] for item in feed["items"]}


def by_markdown(source: str, folder: Path) -> Pages:
    site = convert_files(folder, SOURCES[source], options=Options(source, "markdown"))
    return {
        key(str(site.front(path)["permalink"])): html_of(site.body(path), autolink=False)
        for path in site.files("**/*.md")
        if "permalink" in site.front(path) and "draft" not in site.front(path)
    }


ELSEWHERE = {
    "2021/03/2021-03-04-first-landing": "a shortcode of the site's own: only Hugo can read its template",
    "2021/06/picnic": "footnotes: the same notes and links, other ids",
    "2022/11/notes-below": "footnotes likewise, of WordPress",
    "2021/07/org-mode": "a text in Org: kept as it is, and named",
}
"""Pages that another target shows in another way, and why."""
TARGETS: dict[str, Callable[[str, Path], Pages]] = {
    "hugo": by_hugo,
    "jekyll": by_jekyll,
    "json": by_json,
    "markdown": by_markdown,
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Pages]:
    known: dict[tuple[str, str], Pages] = {}

    def get(source: str, target: str) -> Pages:
        if (source, target) not in known:
            known[source, target] = TARGETS[target](source, tmp_path_factory.mktemp(f"{source}-{target}"))
        return known[source, target]

    return get


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("target", TARGETS)
def test_each_pair_shows_the_posts(shown: Callable[[str, str], Pages], source: str, target: str) -> None:
    pages = shown(source, target)
    assert len([html for html in pages.values() if html.strip()]) > 3


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("target", ["jekyll", "json", "markdown"])
def test_targets_agree(shown: Callable[[str, str], Pages], source: str, target: str) -> None:
    """What a reader of the Hugo site sees is what readers of the others see: words, links, pictures, players."""
    ours, others = shown(source, "hugo"), shown(source, target)
    both = sorted(ours.keys() & others.keys() - ELSEWHERE.keys())
    assert len(both) > 3
    assert sorted(path for path in ours.keys() - others.keys() if ours[path].strip()) == []
    assert {path: found for path in both if (found := lost(ours[path], others[path]))} == {}


@pytest.mark.parametrize("name", [pytest.param("harbour", marks=pytest.mark.slow), "constructs"])
def test_by_way_of_hugo_is_the_same_as_straight(tmp_path: Path, name: str) -> None:
    """WordPress to Hugo to Jekyll, and WordPress to Jekyll."""
    if not AVAILABLE:
        pytest.skip("needs jekyll")
    export = FIXTURES / f"wordpress/{name}.xml"
    straight = convert_files(tmp_path / "straight", export, options=Options("wordpress", "jekyll")).folder
    middle = convert_files(tmp_path / "middle", export, options=Options("wordpress", "hugo")).folder
    around = convert_files(tmp_path / "around", middle, options=Options("hugo", "jekyll")).folder
    one, two = (pages_of(jekyll(bare(site, site.with_name("shown")))) for site in (straight, around))
    posts = [path for path, html in one.items() if html.strip() and path in two]
    assert len(posts) > 15
    assert sorted(path for path, html in one.items() if html.strip() and path not in two) == []
    assert {path: found for path in posts if (found := lost(one[path], two[path]))} == {}
