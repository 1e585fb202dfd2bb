"""Nothing breaks after the move from Hugo to Jekyll: each address that the real Hugo wrote is asked of the new site."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pytest
import yaml

from converters.html import tree
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests import children
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.folders import ROOT
from tests.sites.addresses import addresses, built_by_hugo, leads, silent, write_site
from tests.support import Site, convert_files

pytestmark = [pytest.mark.system, pytest.mark.hugo, real]


def page(body: str = "", **front: Any) -> str:
    return json.dumps({"title": "T", "date": "2024-03-02T10:00:00Z", **front}, ensure_ascii=False) + f"\n\n{body}\n"


TERMS = {
    "hugo.toml": 'baseURL = "https://quay.example/"\ntitle = "Quay"\n',
    "content/posts/a.md": page(
        "x [tag](/tags/plain/) [cat](/categories/news/) [all](/tags/)",
        title="A",
        tags=["plain", "Two Words", "C++", "Ünï"],
        categories=["News"],
    ),
}
NAMES = {
    "hugo.yaml": (
        "baseURL: https://quay.example/log/\ntitle: Quay\npagination: {pagerSize: 2}\n"
        "taxonomies: {tag: tags, category: categories, series: series, place: places, kind: sea/kinds}\n"
        "permalinks:\n  page: {posts: /:year/:slug/, notes: /n/:contentbasename/}\n  section: {notes: /scribbles/}\n"
        "  term: {places: /at/:slug/}\n  taxonomy: {series: /all-series/}\n"
    ),
    "content/_index.md": page("Home", title="Front"),
    "content/posts/_index.md": page("All posts", title="Log"),
    "content/posts/one.md": page(
        "[rb](/log/tags/rb/) [c](/log/tags/c++/) [d](../../tags/d.o.t/) [p](/log/at/two-piers/) [s](/log/all-series/)"
        " [f](/log/index.xml) [tf](/log/tags/rb/index.xml) [n](/log/scribbles/) [old](/log/was/ebb/)"
        " [far](/log/tags/rb/page/2/) [gone](/log/tags/nowhere/) [wp](/log/tag/rb/)",
        title="One",
        slug="first one",
        tags=["R&B", "C#", "C++", "a<b", "d.o.t", "Two  Words", "Ünï Çode", "日本", "it's", "50% off", "a/b", "a--b"],
        categories=["News", "news", "NEWS", "Low Tide"],
        series=["Ropes"],
        places=["Two Piers", "“Inn”"],
    ),
    "content/posts/two.md": page("x", title="Two", date="2024-03-03T10:00:00Z", tags=["r&b"], aliases=["/was/two/"]),
    "content/posts/three.md": page("x", title="Three", date="2023-03-03T10:00:00Z", tags=["R&B"], url="/odd/3.html"),
    "content/posts/deep/four.md": page("x", title="Four", date="2022-03-03T10:00:00Z"),
    "content/posts/secret.md": page("x", title="Secret", draft=True, tags=["Hidden"]),
    "content/notes/_index.md": page("", title="Notes"),
    "content/notes/a.md": page("x", title="Note", **{"sea/kinds": ["Fish"]}),
    "content/walks/north/_index.md": page("Northwards", title="North"),
    "content/walks/north/cliff.md": page("x", title="Cliff", tags=["Rock"]),
    "content/empty/_index.md": page("", title="Empty"),
    "content/tags/low-tide/_index.md": page("Dry", title="When it is dry", slug="ebb", aliases=["/was/ebb/"]),
    "content/tags/c++/_index.md": page("Signs", title="C plus plus", weight=3),
    "content/tags/unused/_index.md": page("Nobody", title="Unused"),
    "content/categories/_index.md": page("Drawers", title="Drawers"),
    "content/series/ropes/_index.md": page("Knots", title="Ropes", url="/knots/"),
    "content/about.md": page("x", title="About"),
}
LANGUAGES = {
    "hugo.yaml": (
        "baseURL: https://quay.example/\ndefaultContentLanguage: en\ndefaultContentLanguageInSubdir: true\n"
        "languages:\n  en: {weight: 1, label: English}\n  de: {weight: 2, label: Deutsch}\n"
        "  fr: {weight: 3, label: Français, taxonomies: {etiquette: etiquettes}, disableKinds: [section]}\n"
        "outputFormats: {RSS: {mediaType: application/rss+xml, baseName: feed}}\n"
        "pagination: {pagerSize: 1, path: seite}\n"
    ),
    "content/posts/a.en.md": page("x [t](/en/tags/boat/) [f](/en/tags/boat/feed.xml)", title="A", tags=["Boat", "Sea"]),
    "content/posts/a.de.md": page("x [t](/de/tags/boot/)", title="A", tags=["Boot", "Sea"]),
    "content/posts/b.de.md": page("x", title="B", tags=["Sea"]),
    "content/posts/a.fr.md": page("x", title="A", etiquettes=["Bateau"]),
    "content/tags/sea/_index.de.md": page("Viel Wasser", title="Die See"),
    "content/about.en.md": page("x", title="About"),
}
UGLY = {
    "hugo.yaml": (
        "baseURL: https://quay.example/\nuglyURLs: true\npagination: {pagerSize: 1}\n"
        "disablePathToLower: true\nremovePathAccents: true\ndisableKinds: [taxonomy]\n"
    ),
    "content/Posts/A One.md": page(
        "x [t](/tags/Ete-Bleu.html) [f](/tags/Plain/index.xml)", title="A", tags=["Été Bleu", "R&B", "Plain"]
    ),
    "content/Posts/B.md": page("x", title="B", categories=["News"], tags=["Plain"]),
    "content/Posts/c.md": page("x", title="C", url="/own/place"),
    "content/About.md": page("x", title="About"),
}
TOKENS = {
    "hugo.yaml": (
        "baseURL: https://quay.example/a/b/\ndefaultContentLanguageInSubdir: true\npermalinks:\n  page:\n"
        "    posts: '/:sections[last]/:slug/'\n    notes: '/:yearday/:filename/'\n    own: '/own/:title.html'\n"
        "    docs: '/manual/:sections[1:]/:contentbasename/'\n    g: '/g/:sections[1:2]/x-:sections[5]/:title/'\n"
        "  section: {docs: '/handbook/:title/', posts: '/:section/all/', g: '/gs/:sections[last]/:slug'}\n"
        "  term: {tags: '/:section/t-:slug/', categories: '/c/:title/'}\n  taxonomy: {tags: '/:slug/all/'}\n"
    ),
    "content/posts/_index.md": page("x", title="My Log", slug="ignored"),
    "content/posts/One Two.md": page("x", title="One  &  Two", tags=["Big Ship", "C/D", "x.y"], categories=["A & B"]),
    "content/posts/2024/three.md": page("x", title="Three", slug="Th ree/part"),
    "content/posts/b/index.md": page("x", title="Bundle", url="own/:year/place"),
    "content/notes/x.md": page("x", title="X", date="2024-02-29T23:30:00-05:00"),
    "content/own/a.md": page("x", title="A/B #c"),
    "content/docs/_index.md": page("x", title="The Docs"),
    "content/docs/deep/_index.md": page("x", title="Deep", slug="deeper"),
    "content/docs/deep/er/p.md": page("x", title="P"),
    "content/docs/q.md": page("x", title="Q"),
    "content/g/a/b/_index.md": page("x", title="Q/R", slug="zz"),
    "content/g/a/b/c/x.md": page("x", title="N/O"),
    "content/top.md": page("x", title="Top", slug="the-top", aliases=["/t", "t2.html", "../t3/"]),
}
SITES: dict[str, dict[str, str] | Path] = {
    "hugo-terms-address": TERMS,
    "names": NAMES,
    "languages": LANGUAGES,
    "ugly": UGLY,
    "tokens": TOKENS,
    "islands": ROOT / "fixtures/hugo/islands",
}


class Moved(NamedTuple):
    """A site of Hugo, built, and the same site built by Jekyll."""

    old: Path
    site: Site
    new: Path
    base: str


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Moved]:
    known: dict[str, Moved] = {}

    def get(name: str) -> Moved:
        if name not in known:
            known[name] = _moved(SITES[name], tmp_path_factory.mktemp(name))
        return known[name]

    return get


def _moved(files: dict[str, str] | Path, folder: Path) -> Moved:
    source = files if isinstance(files, Path) else write_site(folder / "source", files)
    old = built_by_hugo(source, folder / "hugo")
    options = Options("hugo", "jekyll", write=WriteOptions(redirects=("nginx", "apache", "netlify")))
    site = convert_files(folder, source, options=options)
    config = yaml.safe_load(site.text("_config.yml"))
    return Moved(old, site, jekyll(site.folder), f"{config['url']}{config.get('baseurl', '')}")


@pytest.mark.parametrize("name", SITES)
def test_every_address_of_hugo_answers(moved: Callable[[str], Moved], name: str) -> None:
    """Pages, lists, feeds, further pages, aliases: all that Hugo wrote."""
    old, _, new, base = moved(name)
    asked = addresses(old)
    assert len(asked) > 20
    assert silent(asked, new, base) == []


@pytest.mark.parametrize("name", ["names", "languages", "ugly"])
def test_lists_list_the_same(moved: Callable[[str], Moved], name: str) -> None:
    """What Hugo's list of a section, of a taxonomy or of a term leads to, the new one leads to as well."""
    old, _, new, base = moved(name)
    root = base.removeprefix("https://quay.example")
    bare = {}
    for file in sorted(old.rglob("*.html")):
        path = file.relative_to(old)
        front = path.name == "index.html" and len(path.parts) <= 1 + (name == "languages")
        if front or {"page", "seite"} & set(path.parts) or not _links(file):
            continue
        if missing := _links(file) - _links(new / path) - {f"{root}/was/ebb/", f"{root}/tags/rb/page/2/"}:
            bare[str(path)] = missing
    assert bare == {}


def _links(file: Path) -> set[str]:
    """The paths that a page leads to."""
    found = (str(link.get("href")) for link in tree.parse(file.read_text(encoding="utf-8")).iter("a"))
    return {unquote(link) for link in found if link.startswith("/")}


def test_links_to_lists_are_not_missing(moved: Callable[[str], Moved]) -> None:
    """Only what Hugo did not answer either."""
    told = {name: [notice["what"] for notice in moved(name).site.notices("link.missing")] for name in SITES}
    assert {name: found for name, found in told.items() if found} == {"names": ["/log/tags/nowhere/", "/log/tag/rb/"]}
    text = moved("names").site.text("_posts/2024-03-02-first-one.md")
    assert "[old](/log/tags/ebb/)" in text and "[far](/log/tags/rb/)" in text and "[tf](/log/tags/rb/index.xml)" in text


def test_drafts_make_no_lists(moved: Callable[[str], Moved]) -> None:
    assert not list(moved("names").new.rglob("hidden*"))


def test_redirect_files_have_the_addresses_of_the_source(moved: Callable[[str], Moved]) -> None:
    """Nothing answered by number, date or query, nor at WordPress's feeds."""
    site = moved("names").site
    for name in ("redirects/nginx-http.conf", "redirects/nginx-server.conf", ".htaccess", "_redirects"):
        text = site.text(name)
        assert not [word for word in ("feed", "tag=", "tag|", "$arg_", "/2024/03", "trackback") if word in text], name
        assert name.endswith("server.conf") or ("was/two" in text and "tags/rb/page/2" in text)


@pytest.mark.parametrize("arguments", [(), ("--safe",)], ids=["plain", "safe"])
def test_redirects_need_no_layout(moved: Callable[[str], Moved], tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """Another theme's layouts and another folder on the host, or no layouts: each page that leads on does so."""
    made = moved("names")
    folder = tmp_path / "bare"
    shutil.copytree(made.site.folder, folder)
    for name in ("_layouts", "_includes"):
        shutil.rmtree(folder / name)
    if not arguments:
        (folder / "_layouts").mkdir()
        for name in ("default", "page", "post"):
            (folder / f"_layouts/{name}.html").write_text("<nav>{{ content }}</nav>", encoding="utf-8")
        with (folder / "_config.yml").open("a", encoding="utf-8") as config:
            config.write('baseurl: "/neü"\n')
    command = ["jekyll", "build", "--disable-disk-cache", "-q", "-s", str(folder), "-d", str(tmp_path / "built")]
    children.run([*command, *arguments], capture_output=True, check=True)
    base = "https://quay.example" + ("/log" if arguments else "/ne%C3%BC")
    files = [yaml.safe_load(file.read_text("utf-8").split("---\n")[1]) for file in (folder / "_moved").rglob("*.html")]
    goals = {head["permalink"]: unquote(head["redirect_to"]) for head in files}
    assert len(goals) > 20
    found = {path: unquote(end) for path, end in leads(tmp_path / "built", base, goals)}
    assert found == goals
