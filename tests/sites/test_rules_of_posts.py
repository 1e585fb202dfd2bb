"""Rules for whole posts: classes, fields, front matter, names, addresses, posts to leave behind; and their dry run."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.options import ReadOptions, WriteOptions
from converters.rules.read import read_rules
from pipelines.carry import Options
from tests.support import Site, command, convert, hugo
from tests.wxr import export, item

RULES = """
[classes.alert]
html = '<blockquote>{{ inside }}</blockquote>'

[classes.callout]
raw = '{{< callout id="{{ id }}" >}}{{ inside }}{{< /callout >}}'

[classes.wrapper]
unwrap = true

[classes.ad]
drop = true

[classes.pic-left]
rename = "alignleft"

[fields]
mood = "feeling"
"_hidden" = "shown"
"_views*" = false

[front_matter]
leave_out = ["guid", "source_id"]
first = ["date"]
rename = { lastmod = "updated", feeling = "slug" }
dates = { date = "%Y-%m-%d" }
set = { layout = "wide", title = "never" }

[categories]
News = "Messages"
old-stuff = false

[tags]
x = "Y"

[authors]
ada = "Ada Lovelace"

[addresses]
"https://old.example/files/" = "https://files.example/"
"https://old.example/files/deep/" = "https://deep.example/"

[leave_out]
slugs = ["secret-page"]
addresses = ["/2009/*"]
before = 2001-01-01
"""
BODY = """<div class="wrapper"><p>One</p><img class="pic-left" src="https://elsewhere.example/c.jpg" alt="c"></div>
<div class="box alert"><p>Mind the <b>gap</b></p></div>
<div class="callout" id="c1"><p>With <em>stress</em></p></div>
<p>Before</p><div class="ad">Buy</div><p>After <span class="ad">now</span> all</p>
<p><a href="http://old.example/files/a.pdf">a</a> <img src="https://old.example/files/deep/b.jpg" alt="b"></p>"""
POSTS = (
    item(
        1,
        content=BODY,
        terms=[("category", "news", "News"), ("category", "old-stuff", "Old Stuff"), ("post_tag", "x", "x")],
        meta={"mood": "calm", "_hidden": "words", "_views_total": "7"},
        raw="<wp:post_modified>2022-05-06 07:08:09</wp:post_modified>",
    ),
    item(2, slug="secret-page"),
    item(3, link="https://old.example/2009/three/"),
    item(4, date="1999-12-31 10:00:00"),
    item(5, status="draft"),
)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    file = tmp_path / "rules.toml"
    file.write_text(RULES)
    rules = read_rules(file)
    return Options("wordpress", "hugo", ReadOptions(rules=rules), WriteOptions(front_matter_rules=rules.front_matter))


@pytest.fixture
def site(tmp_path: Path, options: Options) -> Site:
    return convert(tmp_path, export(*POSTS), options=options)


def test_front_matter(site: Site) -> None:
    front = site.front("content/posts/post-1.md")
    assert next(iter(front)) == "date"
    assert front["date"] == "2021-03-04"
    assert "guid" not in front
    assert "source_id" not in front
    assert front["layout"] == "wide"
    assert front["title"] == "Title 1"
    assert "lastmod" not in front
    assert str(front["updated"]).startswith("2022-05-06")


def test_names(site: Site) -> None:
    front = site.front("content/posts/post-1.md")
    assert front["categories"] == ["Messages"]
    assert front["tags"] == ["Y"]
    assert front["authors"] == ["Ada Lovelace"]


def test_fields(site: Site) -> None:
    params = site.front("content/posts/post-1.md")["params"]
    assert params == {"feeling": "calm", "shown": "words"}


def test_classes(site: Site) -> None:
    body = site.body("content/posts/post-1.md")
    assert "> Mind the **gap**" in body
    assert '{{< callout id="c1" >}}' in body
    assert "With *stress*" in body
    assert "{{< /callout >}}" in body
    assert "Buy" not in body
    assert "After  all" in body.replace("After all", "After  all")
    assert "alignleft" in body


def test_addresses(site: Site) -> None:
    body = site.body("content/posts/post-1.md")
    assert "(https://files.example/a.pdf)" in body
    assert "(https://deep.example/b.jpg)" in body


def test_posts_that_stay_behind(site: Site) -> None:
    assert len(site.files("content/posts/*.md")) == 2
    assert site.outcome.account.left_out == {"left out by a rule": 3}


def test_a_draft_stays_one(site: Site) -> None:
    (draft,) = (path for path in site.files("content/posts/*.md") if "5" in path)
    assert site.front(draft)["draft"] is True


def test_every_use_is_in_the_report(site: Site) -> None:
    said = {notice["what"] for notice in site.notices("rule.applied")}
    assert {
        "class alert: html",
        "class callout: raw",
        "class wrapper: unwrap",
        "class ad: drop",
        "class pic-left: alignleft",
        "fields mood: feeling",
        "fields _hidden: shown",
        "fields _views_total: left out",
        "categories News: Messages",
        "categories old-stuff: left out",
        "tags x: Y",
        "authors ada: Ada Lovelace",
        "addresses https://old.example/files/: https://files.example/",
        "addresses https://old.example/files/deep/: https://deep.example/",
        "front matter, renamed: lastmod",
        "front matter, left out: source_id, guid",
    } <= said


@pytest.mark.hugo
def test_hugo_finds_the_old_address_of_a_renamed_category(site: Site) -> None:
    (site.folder / "layouts/_shortcodes").mkdir(parents=True, exist_ok=True)
    (site.folder / "layouts/_shortcodes/callout.html").write_text("<aside>{{ .Inner }}</aside>")
    built = hugo(site.folder)
    page = (built / "category/news/index.html").read_text()
    assert "Messages" in page
    assert "Title 1" in page


def test_a_dry_run_shows_what_each_rule_does(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(RULES + "\n[shortcodes.nobody]\ndrop = true\n")
    (tmp_path / "export.xml").write_text(export(*POSTS))
    done = command("export.xml", "-o", "out", "--rules", "rules.toml", "--dry-run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Rule leave_out: 3 posts." in done.stderr
    assert "Rule class alert: 1 post." in done.stderr
    assert "    +> Mind the **gap**" in done.stderr
    assert "    -  - News" in done.stderr
    assert "    +  - Messages" in done.stderr
    assert "Rule nobody: touches nothing." in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("target", ["jekyll", "json"])
def test_other_targets(tmp_path: Path, options: Options, target: str) -> None:
    site = convert(tmp_path, export(*POSTS), options=Options("wordpress", target, options.read, options.write))
    text = "".join(
        path.read_text()
        for path in site.folder.rglob("*")
        if path.is_file() and path.suffix in (".md", ".json") and ".postferry" not in path.parts
    )
    assert "Messages" in text
    assert "Old Stuff" not in text
    assert "https://files.example/a.pdf" in text
    assert "Buy" not in text
