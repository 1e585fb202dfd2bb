"""Sites that the real Hugo builds, read back from their HTML and held against the Markdown they were built from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from converters.exporters.hugo import exporter
from pipelines.run.carry import Options
from tests.sites.static_sources import (
    BASE,
    DOCS,
    IMAGE,
    IMAGES_OF_SITE,
    PAGES,
    POSTS,
    SITE,
    Source,
    missing,
    read_back,
    reasons,
    write,
)
from tests.support import Site, convert_files, hugo

pytestmark = pytest.mark.hugo

CONFIG = f"""baseURL = "{BASE}/"
title = "{SITE}"
locale = "en"
capitalizeListTitles = false
[pagination]
pagerSize = 3
[permalinks]
posts = "/:year/:month/:contentbasename/"
[[menus.main]]
name = "About"
pageRef = "/about"
[markup.highlight]
noClasses = false
lineNos = {{numbers}}
lineNumbersInTable = true
"""
CARDS = {
    "baseof.html": """<!doctype html><html lang="{{ site.Language.Locale }}"><head><meta charset="utf-8">
<title>{{ if not .IsHome }}{{ .Title }} — {{ end }}{{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
{{ if eq .Section "posts" }}{{ if .IsPage }}<meta property="og:type" content="article">
<meta property="article:published_time" content="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">
<meta name="author" content="{{ .Params.author }}">
{{ range .Params.tags }}<meta property="article:tag" content="{{ . }}">{{ end }}{{ end }}{{ end }}</head>
<body><div class="top"><a href="/">{{ site.Title }}</a><nav>
{{ range site.Menus.main }}<a href="{{ .URL }}">{{ .Name }}</a>{{ end }}</nav></div>
<main>{{ block "main" . }}{{ end }}</main>
<div class="bottom"><p>All of this is written by two people at the weir, who answer letters on Sundays.</p></div>
</body></html>""",
    "single.html": """{{ define "main" }}<article><h1>{{ .Title }}</h1>
<div class="post-body">{{ .Content }}</div></article><div class="cards">
{{ range first 3 (where site.RegularPages "Section" "posts") }}{{ partial "card.html" . }}{{ end }}</div>{{ end }}""",
    "list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>{{ with .Content }}<div class="intro">{{ . }}</div>{{ end }}
<div class="cards">{{ range (.Paginate .RegularPages).Pages }}{{ partial "card.html" . }}{{ end }}</div>
{{ template "_internal/pagination.html" . }}{{ end }}""",
    "terms.html": """{{ define "main" }}<h1>{{ .Title }}</h1><p>The words that we file our notes by.</p>
{{ range .Data.Terms.ByCount }}<a href="{{ .Page.RelPermalink }}">{{ .Page.Title }} ({{ .Count }})</a>
{{ end }}{{ end }}""",
    "_partials/card.html": """<div class="card"><a href="{{ .RelPermalink }}"><h3>{{ .Title }}</h3>
<p>{{ .Plain | truncate 120 }}</p></a></div>""",
}
"""Layouts unlike ours: cards that are all link, no dates or terms in the text, three posts below every text."""


def built(folder: Path, *, ours: bool) -> Path:
    layouts = {} if ours else {f"layouts/{name}": text for name, text in CARDS.items()}
    files: dict[str, str | bytes] = {
        "hugo.toml": CONFIG.format(numbers=str(not ours).lower()),
        "content/guides/_index.md": "---\ntitle: Guides\n---\n\nHow to find the weir, by boat or on foot.\n",
        "content/guides/boat.md": "---\ntitle: By boat\n---\n\nRow until you hear it.\n",
        **{f"content/posts/{source.slug}.md": source.file(authors=[source.author]) for source in POSTS + DOCS},
        **{f"content/{source.slug}.md": source.file() for source in PAGES},
        **{f"static/img/{name}": IMAGE for name in IMAGES_OF_SITE},
        **layouts,
    }
    write(folder, files)
    if ours:
        shutil.copytree(Path(exporter.__file__).with_name("starter") / "layouts", folder / "layouts")
    return hugo(folder)


@pytest.fixture(scope="module", params=["ours", "cards"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp(request.param)
    public = built(folder / "source", ours=request.param == "ours")
    return convert_files(folder, public, options=Options("html", "json"))


def test_every_text_comes_back_whole_and_nothing_else_does(site: Site) -> None:
    found = read_back(site)
    for source in POSTS + PAGES + DOCS:
        item = found.pop(source.slug)
        assert missing(source, str(item.get("content_html", ""))) == [], source.slug
        assert item["title"] == source.title
    assert found.pop("boat")["content_text"] == "Row until you hear it."
    assert "How to find the weir" in str(found.pop("guides")["content_text"])
    assert found == {}


def test_facts_of_posts_come_back(site: Site) -> None:
    found = read_back(site)
    for source in POSTS + DOCS:
        item = found[source.slug]
        assert str(item["date_published"])[:10] == source.date
        assert [author["name"] for author in item["authors"]] == [source.author], source.slug  # type: ignore[attr-defined]
        assert {*source.tags} <= {*item.get("tags", ())}  # type: ignore[misc]
    kinds = {name: item["_postferry"]["kind"] for name, item in found.items()}  # type: ignore[index]
    assert kinds == {**dict.fromkeys(found, "page"), **{source.slug: "post" for source in POSTS + DOCS}}


def test_lists_are_left_out_by_what_they_list(site: Site) -> None:
    counted = reasons(site)
    tags = {tag for source in POSTS for tag in source.tags}
    assert counted["list page"] >= len(tags) + len({"home", "posts", "tags", "categories", "Days", "Machines"})
    assert counted["further page of a list"] >= 3
    assert site.notices("html.listed") == []


def test_the_site_is_known(site: Site) -> None:
    told = json.loads(site.text("site.json"))
    assert told["title"] == SITE
    assert told["base_url"] == BASE


def test_the_source_that_is_missing_would_be_found() -> None:
    assert missing(Source("a", "A", "One *two* three."), "<p>One three.</p>") != []
