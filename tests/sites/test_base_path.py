"""Sites below another path than the old one, built by the real Hugo and Jekyll and crawled there: what leads somewhere
at the root of a host does so below `/blog`. And sites that are moved later, by a setting of the generator."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.crawl import Crawl, crawl, served
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.folders import ROOT
from tests.sites import old_web
from tests.sites.old import BROKEN_BEFORE, Netlify, Old, unanswered
from tests.sites.test_truth import AS_HTML
from tests.support import Site, convert, convert_files, hugo
from tests.wxr import export, item

SOURCES = {
    "harbour": "wordpress/harbour.xml",
    "constructs": "wordpress/constructs.xml",
    "polylang": "wordpress/polylang.xml",
    "qtranslate": "wordpress/qtranslate.xml",
    "islands": "hugo/islands",
    "site": "html/site",
    "saved": "html/saved",
    "medium": "html/medium",
    "substack": "html/substack",
    "blogger": "html/blogger",
}
_FEW = ("harbour", "constructs", "islands", "site")
CASES = [pytest.param(name, marks=() if name in _FEW else pytest.mark.slow) for name in SOURCES]
BASE = "/blog"


def site_of(name: str, target: str, folder: Path, base_path: str | None) -> Site:
    """The fixture for the target, with its files, and rules for a server at the old place."""
    source = ROOT / "fixtures" / SOURCES[name]
    write, media, read = WriteOptions(base_path=base_path, redirects=("netlify",)), Settings(), Options("", "").read
    if source.suffix == ".xml":
        old_web.lay_out(source, folder / "web")
        write, media, read = (
            WriteOptions(media="copy", base_path=base_path, redirects=("netlify",)),
            Settings("copy", str(folder / "web")),
            AS_HTML,
        )
    options = Options(SOURCES[name].partition("/")[0], target, read, write)
    return convert_files(folder, source, options=options, media=media)


def dead(name: str, site: Site, found: Crawl) -> list[str]:
    """Links that lead nowhere, but those that the report names and those that led nowhere before."""
    told = {unquote(urlsplit(notice["what"]).path).strip("./") for notice in site.notices("link.missing")}
    known = tuple(told | BROKEN_BEFORE.get(name, set()) | _BEFORE.get(name, set()))
    return [f"{one.page} -> {one.url}: {one.why}" for one in found.broken if not _ends(one.url, known)]


_BEFORE = {"islands": {"pics/basket.svg"}, "saved": {"gross.jpg"}}
"""What leads nowhere at the root of a host, either."""


def _ends(url: str, known: tuple[str, ...]) -> bool:
    return unquote(urlsplit(url).path).strip("/").endswith(known) or unquote(url).endswith(known)


def built_at(site: Site, target: str) -> tuple[Path, str]:
    """(the built site, its URL as its settings have it)"""
    if target == "hugo":
        return hugo(site.folder), tomllib.loads(site.text("hugo.toml"))["baseURL"]
    settings = yaml.safe_load(site.text("_config.yml"))
    return jekyll(site.folder), settings.get("url", "https://example.org") + settings["baseurl"] + "/"


@pytest.mark.hugo
@pytest.mark.parametrize("name", CASES)
def test_hugo_below_a_path(name: str, tmp_path: Path) -> None:
    site = site_of(name, "hugo", tmp_path, BASE)
    built, base = built_at(site, "hugo")
    assert urlsplit(base).path == f"{BASE}/"
    with served(built, base) as web:
        found = crawl(web)
        assert dead(name, site, found) == []
        assert found.links > 15
        if name == "harbour":
            old = Old(ROOT / "fixtures" / SOURCES[name])
            wanted = [url for url in (*old.addresses(), *old.behind()) if urlsplit(url)[2:] != ("/", "", "")]
            rules = Netlify(site.text("redirects/_redirects"), base)
            assert len(wanted) > 100
            assert unanswered(web, wanted, rules) == []


@pytest.mark.system
@real
@pytest.mark.parametrize("name", CASES)
def test_jekyll_below_a_path(name: str, tmp_path: Path) -> None:
    site = site_of(name, "jekyll", tmp_path, BASE)
    built, base = built_at(site, "jekyll")
    assert urlsplit(base).path == f"{BASE}/"
    with served(built, base) as web:
        found = crawl(web)
    assert dead(name, site, found) == []
    assert found.links > 5


LINKS = """<p><a href="https://old.example/second/">page</a> <a href="/second/#top">path</a> <a href="https://old.example/">home</a>
<a href="//cdn.example/x.js">elsewhere</a> <a href="#here">here</a></p>
<p id="here" title="a > b"><img alt="1 > 0" src="https://old.example/wp-content/uploads/a.png"></p>
<video poster="/wp-content/uploads/p.png" src="/wp-content/uploads/v.mp4"></video>
<pre><code>&lt;a href="/second/"&gt;x&lt;/a&gt; href="/second/" url(/second/)</code></pre>"""
FILES = ("a.png", "p.png", "v.mp4", "i.png")


def _moved_later(folder: Path, target: str, base_path: str | None) -> Site:
    comment = {"id": 7, "approved": 1, "author": "Bo", "content": '<a href="https://old.example/second/">see</a>'}
    first = item(1, slug="first", content=LINKS, comments=[comment], excerpt="Short", meta={"_thumbnail_id": "9"})
    second = item(2, slug="second", content='<p id="top">Two, <a href="/first/">one</a></p>', type="page")
    image = item(9, type="attachment", url="https://old.example/wp-content/uploads/i.png")
    site = convert(
        folder,
        export(first, second, image),
        options=Options("wordpress", target, write=WriteOptions(base_path=base_path)),
    )
    static = site.folder / ("static" if target == "hugo" else "") / "wp-content/uploads"
    static.mkdir(parents=True)
    for name in FILES:
        (static / name).write_bytes(b"file")
    written = next(path for path in site.folder.rglob("*first.md"))
    style = f"<div style=\"background-image: url('{base_path or ''}/wp-content/uploads/a.png')\">styled by hand</div>\n"
    written.write_text(written.read_text(encoding="utf-8") + "\n" + style, encoding="utf-8")
    return site


def _check_moved(built: Path, root: str) -> None:
    with served(built, f"https://old.example{root}/") as web:
        found = crawl(web)
    assert found.broken == []
    page = (built / "first/index.html").read_text(encoding="utf-8")
    assert f'poster="{root}/wp-content/uploads/p.png"' in page and f"url('{root}/wp-content" in page.replace(
        "&#39;", "'"
    )
    assert f'href="{root}/second/#top"' in page and 'href="//cdn.example/x.js"' in page
    code = page[page.index("<pre") : page.index("</pre")]
    assert f"{root}/second" not in code if root else "/second/" in code
    assert page.count("/second/") >= 3, "the comment leads there, too"
    feed = (built / ("feed.xml" if (built / "feed.xml").exists() else "index.xml")).read_text(encoding="utf-8")
    assert f"https://old.example{root}/wp-content/uploads/v.mp4" in feed


@pytest.mark.hugo
def test_hugo_moved_by_its_setting(tmp_path: Path) -> None:
    for number, (written, later) in enumerate(((None, "/blog"), ("/blog", ""), ("/blog", "/deep/er.x"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        site = _moved_later(folder, "hugo", written)
        _check_moved(hugo(site.folder, "--baseURL", f"https://old.example{later}/"), later)


@pytest.mark.system
@real
def test_jekyll_moved_by_its_setting(tmp_path: Path) -> None:
    for written, moves in ((None, ("/blog",)), ("/blog", ("", "/deep/er.x"))):
        folder = tmp_path / str(len(moves))
        folder.mkdir()
        site = _moved_later(folder, "jekyll", written)
        for later in moves:
            built = jekyll(site.folder, "--baseurl", later)
            _check_moved(built, later)
            shutil.rmtree(built)
