"""Rules for whole posts: classes, fields, front matter, names, addresses, posts to leave behind; and their dry run."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.model.options import ReadOptions, WriteOptions
from converters.rules import Rules
from converters.rules.read import read_rules
from pipelines.run.carry import Options
from tests.support import Site, command, convert, convert_files, hugo
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


def test_addresses_in_comments_and_excerpts(tmp_path: Path, options: Options) -> None:
    link = '<a href="http://old.example/files/c.pdf">c</a>'
    comment = {"id": 1, "author": "Bo", "content": link, "approved": 1, "date": "2021-01-01 00:00:00"}
    post = item(1, excerpt=f"<p>{link}</p>", comments=[{**comment, "author_url": "https://old.example/files/me.html"}])
    read = Options("wordpress", "json", options.read, options.write)
    text = convert(tmp_path, export(post), options=read).text("feed.json")
    assert text.count("https://files.example/c.pdf") == 2
    assert "https://files.example/me.html" in text
    assert "old.example/files" not in text


def test_pictures_whose_addresses_are_kept(tmp_path: Path, options: Options) -> None:
    """`--media keep` leaves all addresses but those that a rule is about, and the copies in other sizes."""
    write = WriteOptions(media="keep")
    content = '<p><img src="https://old.example/files/a.jpg" alt=""><img src="https://old.example/b.jpg" alt=""></p>'
    site = convert(
        tmp_path, export(item(1, content=content)), options=Options("wordpress", "hugo", options.read, write)
    )
    assert "https://files.example/a.jpg" in site.text("content/posts/post-1.md")
    assert "https://old.example/b.jpg" in site.text("content/posts/post-1.md")


@pytest.mark.hugo
def test_categories_that_become_one(tmp_path: Path) -> None:
    rules = Rules(categories={"Old News": "News"})
    posts = [
        item(n, terms=[("category", slug, name)]) for n, slug, name in ((1, "old", "Old News"), (2, "news", "News"))
    ]
    options = Options("wordpress", "hugo", ReadOptions(rules=rules))
    site = convert(tmp_path, export(*posts), options=options)
    assert [site.front(f"content/posts/post-{n}.md")["categories"] for n in (1, 2)] == [["News"], ["News"]]
    built = hugo(site.folder)
    addresses = [(built / f"category/{slug}/index.html").read_text() for slug in ("old", "news")]
    assert any("Title 1" in page and "Title 2" in page for page in addresses)
    assert any("/category/" in page and "refresh" in page for page in addresses)


PAGE = """<!doctype html><title>A page</title><article><h1>A page</h1><p>Enough words to be the text of a page.</p>
<div class="callout" id="c1"><p>With <em>stress</em></p></div><div class="ad wrapper">Buy</div>
<div class="wrapper">Words</div>
<p><a href="https://old.example/files/z.pdf">z</a></p></article>"""
TEXT = """---
title: A page
---
[z](https://old.example/files/z.pdf)

<div class="callout" id="c1"><p>With <em>stress</em></p></div>

<div class="ad">Buy</div>
"""


@pytest.mark.parametrize(("importer", "file", "text"), [("html", "a.html", PAGE), ("hugo", "content/a.md", TEXT)])
def test_other_sources(tmp_path: Path, options: Options, importer: str, file: str, text: str) -> None:
    source = tmp_path / "source" / file
    source.parent.mkdir(parents=True)
    source.write_text(text)
    site = convert_files(
        tmp_path, tmp_path / "source", options=Options(importer, "jekyll", options.read, WriteOptions())
    )
    (page,) = (path for path in site.folder.rglob("*.md") if "stress" in path.read_text())
    written = page.read_text()
    assert '{{< callout id="c1" >}}' in written
    assert "With *stress*" in written
    assert "Buy" not in written
    assert importer == "hugo" or "\n\nWords\n\n" in written
    assert "https://files.example/z.pdf" in written


def test_a_text_that_stays_markdown(tmp_path: Path, options: Options) -> None:
    (tmp_path / "source/content").mkdir(parents=True)
    (tmp_path / "source/content/a.md").write_text(TEXT)
    site = convert_files(tmp_path, tmp_path / "source", options=Options("hugo", "hugo", options.read, WriteOptions()))
    text = site.text("content/a.md")
    assert "https://files.example/z.pdf" in text
    assert '<div class="ad">Buy</div>' in text


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
