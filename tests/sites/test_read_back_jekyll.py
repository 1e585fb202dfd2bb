"""A site that the real Jekyll builds with minima, read back from its HTML and held against its Markdown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll
from tests.sites.static_sources import (
    BASE,
    DOCS,
    IMAGE,
    IMAGES_OF_SITE,
    PAGES,
    POSTS,
    SITE,
    missing,
    read_back,
    reasons,
    write,
)
from tests.support import Site, convert_files

pytestmark = pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs Jekyll")

LINES = """---
layout: page
title: Archive
permalink: {}
---

{{% for post in site.posts %}}
- {{{{ post.date | date: "%Y" }}}} [{{{{ post.title | escape }}}}]({{{{ post.url }}}})
{{% endfor %}}
"""
TAGS = """---
layout: page
title: All tags
---
{% for tag in site.tags %}<h2 id="{{ tag[0] }}">{{ tag[0] }}</h2>
<ul>{% for post in tag[1] %}<li><a href="{{ post.url }}">{{ post.title | escape }}</a></li>{% endfor %}</ul>{% endfor %}
"""


@pytest.fixture(scope="module", params=["/:year/:month/:day/:title.html", "/:title/"], ids=["files", "folders"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("jekyll")
    config = {
        "title": SITE,
        "url": BASE,
        "theme": "minima",
        "plugins": ["jekyll-feed", "jekyll-seo-tag"],
        "permalink": request.param,
        "show_excerpts": request.param.endswith("html"),
    }
    files: dict[str, str | bytes] = {
        "_config.yml": json.dumps(config),
        "index.md": "---\nlayout: home\n---\n",
        "archive.md": LINES.format("/archive/"),
        "everything.md": LINES.format("/everything.html"),
        "tags.html": TAGS,
        **{f"_posts/{source.date}-{source.slug}.md": source.file(layout="post") for source in POSTS + DOCS},
        **{f"{source.slug}.md": source.file(layout="page", permalink=f"/{source.slug}/") for source in PAGES},
        **{f"img/{name}": IMAGE for name in IMAGES_OF_SITE},
    }
    built = jekyll(write(folder / "source", files))
    return convert_files(folder, Path(built), options=Options("html", "json"))


def test_every_text_comes_back_whole_and_nothing_else_does(site: Site) -> None:
    found = read_back(site)
    for source in POSTS + PAGES + DOCS:
        item = found.pop(source.slug)
        assert item["title"] == source.title
        # kramdown makes a table of any line with a bar in it; in `speed` it shows the bars of such lines
        if source.slug != "speed":
            assert missing(source, str(item.get("content_html", ""))) == [], source.slug
    assert found == {}
    assert reasons(site)["list page"] == len({"index", "archive", "everything", "tags"})


def test_facts_of_posts_come_back(site: Site) -> None:
    found = read_back(site)
    for source in POSTS + DOCS:
        item = found[source.slug]
        assert str(item["date_published"])[:10] == source.date
        assert [author["name"] for author in item["authors"]] == [source.author]  # type: ignore[attr-defined]
    kinds = {name: item["_postferry"]["kind"] for name, item in found.items()}  # type: ignore[index]
    assert kinds == {**dict.fromkeys(found, "page"), **{source.slug: "post" for source in POSTS + DOCS}}
