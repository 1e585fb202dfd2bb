"""Sites for Jekyll, built strictly with the real one: nothing is lost, every old address answers, no text is run."""

from __future__ import annotations

import re
import shutil
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import yaml

from converters.errors import UsageError
from converters.exporters.jekyll import idioms, liquid
from converters.exporters.jekyll.exporter import threaded
from converters.exporters.jekyll.keys import KEYS
from converters.exporters.jekyll.paths import writable
from converters.html import tree
from converters.model import Comment
from converters.model.notices import Log
from converters.model.options import ReadOptions, WriteOptions
from converters.rules.read import read_rules
from pipelines.run.carry import Options
from tests import loaded_jekyll
from tests.fidelity import compare, flat
from tests.sites.test_truth import AS_HTML, CLOSED, FIXTURES, FURNITURE, POSTS, TRUTHS, Pages, html_of
from tests.support import Site, convert, convert_files
from tests.wxr import export, item

AVAILABLE = shutil.which("jekyll") is not None
real = pytest.mark.skipif(not AVAILABLE, reason="needs jekyll")

SHOW = '<x-page id="{{ page.source_id }}"><x-title>{{ page.title | escape }}</x-title>{{ content }}</x-page>'
SHOWN = re.compile(r'<x-page id="(\d+)"><x-title>(.*?)</x-title>(.*)</x-page>', re.DOTALL)
STRAIGHT = str.maketrans("‘’“”", "''\"\"") | {ord("…"): "..."}
ALL = ("--drafts", "--unpublished", "--future")


def jekyll(folder: Path, *arguments: str) -> Path:
    """Build strictly; returns the folder with the built site. A post of the future is no reason to complain."""
    built = folder.with_name(f"{folder.name}-built")
    strict = folder.with_name("strict.yml")
    strict.write_text("liquid:\n  error_mode: strict\n  strict_filters: true\n", encoding="utf-8")
    words = ["build", "--strict_front_matter", "--trace", "--disable-disk-cache"]
    words += ["--config", f"{folder / '_config.yml'},{strict}"]
    done = loaded_jekyll.run([*words, "--source", str(folder), "--destination", str(built), *arguments])
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    said = "\n".join(line for line in output.splitlines() if "has a future date" not in line)
    assert not re.search(r"warn|error|conflict|exception|deprecat|skipping", said, re.I), output
    assert not re.search(r"\x1b\[3[13]m", said), output
    return built


def to_jekyll(folder: Path, *sources: Path, **options: Any) -> Site:
    return convert_files(folder, *sources, options=Options("wordpress", "jekyll", write=WriteOptions(**options)))


def made(folder: Path, *items: str, head: str = "") -> Site:
    return convert(folder, export(*items, head=head), options=Options("wordpress", "jekyll"))


def page_at(built: Path, address: str) -> Path:
    """The file a plain web server shows at an address."""
    path = built / unquote(urlsplit(address).path).strip("/")
    return path / "index.html" if path.is_dir() else path


def bare(site: Path, copy: Path) -> Path:
    """A copy of a site whose pages show what was carried and nothing around it."""
    shutil.copytree(site, copy)
    for path in (copy / "_layouts").glob("*.html"):
        path.write_text(SHOW, encoding="utf-8")
    return copy


def shown_in(built: Path) -> dict[str, tuple[str, str]]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(built.rglob("*.html")))
    return {found[1]: (found[2], found[3]) for text in texts if (found := SHOWN.search(text))}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    folder = tmp_path_factory.mktemp("jekyll")
    options = Options("wordpress", "jekyll", AS_HTML)
    return {name: convert_files(folder / name, FIXTURES / f"{name}.xml", options=options) for name in TRUTHS}


@pytest.fixture(scope="module")
def pages(sites: dict[str, Site]) -> Pages:
    """By fixture and id, title and HTML of every page a built site shows, drafts and future posts included."""
    copies = {name: bare(site.folder, site.folder.with_name("bare")) for name, site in sites.items()}
    return {name: shown_in(jekyll(copy, *ALL)) for name, copy in copies.items()}


@pytest.fixture(scope="module")
def public(sites: dict[str, Site]) -> dict[str, Path]:
    """Each site as its owner would publish it, with the layouts it came with."""
    return {name: jekyll(site.folder) for name, site in sites.items()}


@pytest.mark.system
@real
@pytest.mark.parametrize(("name", "key"), POSTS, ids=[f"{n}-{k}-{TRUTHS[n][k]['slug'][:40]}" for n, k in POSTS])
def test_a_reader_sees_the_same(pages: Pages, name: str, key: str) -> None:
    assert key in pages[name], "no page"
    title, html = pages[name][key]
    truth = re.sub(r'"(?:https://blog\.example)?/feed/"', '"/feed.xml"', html_of(name, key))
    losses = compare(truth, html)
    assert flat(TRUTHS[name][key]["title"]) in ("", flat(unescape(title)))
    assert not [loss for loss in losses if loss not in FURNITURE.get(key, ())]


@pytest.mark.system
@real
@pytest.mark.parametrize("name", TRUTHS)
def test_every_old_address_answers(public: dict[str, Path], name: str) -> None:
    seen = 0
    for row in TRUTHS[name].values():
        if row["status"] == "publish" and not row["protected"]:
            path = page_at(public[name], row["link"])
            assert path.is_file(), row["link"]
            assert flat(row["title"]) in flat(unescape(path.read_text(encoding="utf-8"))), row["link"]
            seen += 1
    assert seen > 20


@pytest.mark.system
@real
@pytest.mark.parametrize("name", TRUTHS)
def test_the_feed_can_be_read(public: dict[str, Path], name: str) -> None:
    feed = ElementTree.fromstring((public[name] / "feed.xml").read_bytes())
    items = feed.findall("channel/item")
    assert len(items) > 10
    for row in items:
        text = row.findtext("{http://purl.org/rss/1.0/modules/content/}encoded")
        assert page_at(public[name], row.findtext("link") or "").is_file()
        assert row.findtext("title") and row.findtext("guid") and row.findtext("pubDate")
        assert text and not re.search(r' (?:src|href)="/', text)


OLD_PLACES = (
    "/author/mira/",
    "/category/uncategorized/",
    "/category/crossings/planning/",
    "/tag/dawn/",
    "/tag/φάρος/",
    "/cuisine/harbour/",
    "/recipes/",
)


@pytest.mark.system
@real
@pytest.mark.parametrize("address", OLD_PLACES)
def test_lists_stand_where_they_stood(public: dict[str, Path], address: str) -> None:
    text = page_at(public["harbour"], address).read_text(encoding="utf-8")
    inside = text.partition('<ul class="older">')[2].partition("</ul>")[0]
    links = re.findall(r'<a href="([^"]+)">', inside)
    assert links
    assert all(page_at(public["harbour"], link).is_file() for link in links)


@pytest.mark.system
@real
@pytest.mark.parametrize("address", ["/category/crossings/", "/author/tom/", "/cuisine/northern/", "/tag/2022/"])
def test_lists_have_feeds(public: dict[str, Path], address: str) -> None:
    text = page_at(public["harbour"], address).read_text(encoding="utf-8")
    assert f'href="https://blog.example{address}feed.xml"' in text
    feed = ElementTree.parse(page_at(public["harbour"], f"{address}feed.xml"))
    links = {link.text for link in feed.findall("channel/item/link")}
    assert links
    assert all(f'href="{urlsplit(link or "").path}"' in text for link in links)


def test_a_hugo_site_still_hides_what_it_hid(tmp_path: Path) -> None:
    """Hugo knows no status of scheduled posts: it leaves out what is dated later than today."""
    first = convert(tmp_path, export(item(1), item(2, status="future", date="2999-01-01 00:00:00")))
    (tmp_path / "second").mkdir()
    second = convert_files(tmp_path / "second", first.folder, options=Options("hugo", "jekyll"))
    assert yaml.safe_load(second.text("_config.yml"))["future"] is False
    assert len(second.files("_posts/*.md")) == 2


@pytest.mark.system
@real
def test_servers_are_told_where_things_went(tmp_path: Path) -> None:
    site = to_jekyll(tmp_path, FIXTURES / "harbour.xml", redirects=("netlify", "apache"))
    built = jekyll(site.folder, "--future")
    assert (built / ".htaccess").is_file()
    rows = [line.split() for line in (built / "_redirects").read_text(encoding="utf-8").splitlines()]
    found = {" ".join(row[:-2]): row[-2] for row in rows if len(row) > 2 and row[0] != "#"}
    assert found["/ p=101"] == "/2022/03/first-crossing/"
    assert found["/2022/03/maiden-voyage/"] == "/2022/03/first-crossing/"
    assert found["/feed/*"] == "/feed.xml"
    assert found["/category/crossings/feed/*"] == "/category/crossings/feed.xml"
    assert found["/2022/"] == "/"
    goals = {goal for goal in found.values() if "wp-content" not in goal and "/:" not in goal}
    assert [goal for goal in goals if not page_at(built, goal).is_file()] == []


@pytest.mark.system
@real
def test_a_former_address_leads_to_the_post(public: dict[str, Path]) -> None:
    text = page_at(public["harbour"], "/2022/03/maiden-voyage/").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=/2022/03/first-crossing/">' in text
    assert page_at(public["harbour"], "/2022/03/first-crossing/").is_file()


@pytest.mark.system
@real
@pytest.mark.parametrize(("name", "key"), CLOSED)
def test_what_was_closed_stays_closed(public: dict[str, Path], name: str, key: str) -> None:
    words = re.sub(r"<[^>]+>|\n", " ", TRUTHS[name][key]["html"]).split()
    secret = " ".join(words[:4])
    assert len(secret) > 12
    for path in public[name].rglob("*"):
        if path.suffix in {".html", ".xml"}:
            text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))
            assert secret not in " ".join(text.split()), path


LIQUID = (
    "{{ site.title }}",
    "{% include head.html %}",
    "{% raw %}{{ 1 }}{% endraw %}{{ site.url }}",
    "{% endraw %}{% if true %}",
    "{%- comment -%} a",
    "{{{ triple }}} {{{{ x }}",
    "}} {{",
    "{{ '",
    "{% unknown %}",
    '{{ "{{" }}',
    "{ {% x",
    "{%%} {{%",
)


@pytest.mark.system
@real
def test_no_text_is_run(tmp_path: Path) -> None:
    """Liquid in titles, prose, code, links, HTML, terms, comments and excerpts is shown as it was."""
    items, head = [], ""
    for number, mark in enumerate(LIQUID, start=1):
        plain = mark.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        quoted = plain.replace('"', "&quot;")
        content = (
            f"<p>Prose {plain} end, <b>{plain}</b> and {{<b>{{</b> x</p>\n<!--more-->\n"
            f'<p><a href="https://x.example/?q={quoted}">link</a> <code>{plain}</code></p>\n'
            f'<pre><code class="language-liquid">{plain}\n\n{plain}</code></pre>\n'
            f'<div class="note" title="{quoted}"><sub>{plain}</sub></div>\n'
            f"<table><tr><th>a</th></tr><tr><td><code>{plain}</code> {plain}</td></tr></table>\n"
            f'<img src="/a.png" alt="{quoted}">'
        )
        comment = {"id": number, "author": mark, "content": plain, "approved": 1, "parent": 0, "type": "comment"}
        terms = [("category", f"c{number}", mark)]
        fields = {"title": plain, "content": content, "terms": terms, "comments": [comment]}
        items.append(item(number, **fields, excerpt=plain if number % 2 else ""))
        head += (
            f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>c{number}</wp:category_nicename>"
            f"<wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[{mark}]]></wp:cat_name>"
            f"<wp:category_description><![CDATA[{plain}]]></wp:category_description></wp:category>"
        )
    site = made(tmp_path, *items, head=head)
    built = jekyll(site.folder)
    front = flat(unescape((built / "index.html").read_text(encoding="utf-8")))
    found = shown_in(jekyll(bare(site.folder, tmp_path / "bare")))
    for number, mark in enumerate(LIQUID, start=1):
        title, html = found[str(number)]
        assert unescape(title) == mark
        text = unescape(re.sub(r"<[^>]+>", "", html)).translate(STRAIGHT)
        assert f"Prose {mark} end, {mark} and {{{{ x" in text
        assert f"{mark}\n\n{mark}" in text
        assert text.count(mark) >= 8
        values = [unquote(unescape(value)) for value in re.findall(r'(?:alt|title|href)="([^"]*)"', html)]
        assert values == [f"https://x.example/?q={mark}", mark, mark], html
        whole = unescape(page_at(built, f"/post-{number}/").read_text(encoding="utf-8"))
        assert f"<b>{mark}</b>" in whole, "a comment's author"
        term = unescape(page_at(built, f"/category/c{number}/").read_text(encoding="utf-8"))
        assert f"<h1>{mark}" in term and term.count(mark) >= 2
        assert flat(mark) in front
    assert {notice["item"] for notice in site.notices("template.escaped")} >= {str(n + 1) for n in range(len(LIQUID))}


ODD = (
    ("/100%25-cotton/", "a-percent"),
    ("/a:title/b/", "a colon"),
    ("/x..y/", "two dots"),
    ("/ends./", "a dot at the end"),
    ("/why%3F/", "a question mark"),
    ("/no%231/", "a hash"),
    ("/page.html", "an ending"),
    ("/old.php", "an ending of a program"),
    ("/archives/123", "no slash"),
    ("/Grüße/日本/", "other scripts"),
    ("/_hidden/", "an underscore"),
    ("/{{ x }}/", "Liquid"),
    ("/a b/", "a space"),
    ("/feed.xml", "a file of the site"),
)


@pytest.mark.system
@real
def test_odd_addresses_answer(tmp_path: Path) -> None:
    items = [item(n, link=f"https://old.example{path}", title=title) for n, (path, title) in enumerate(ODD, start=1)]
    site = made(tmp_path, *items)
    built = jekyll(site.folder)
    for path, title in ODD[:-1]:
        name = page_at(built, path.replace("?", "%3F"))
        assert name.is_file(), path
        assert f"<h1>{title}</h1>" in name.read_text(encoding="utf-8"), path
    links = re.findall(r'<h2><a href="([^"]+)">', (built / "index.html").read_text(encoding="utf-8"))
    assert links and all(page_at(built, unescape(link)).is_file() for link in links)
    assert [notice["item"] for notice in site.notices("url.collision")] == [str(len(ODD))]


@pytest.mark.system
@real
def test_odd_names_and_values_build(tmp_path: Path) -> None:
    """Slugs, dates, types and taxonomies that mean something to Jekyll."""
    items = [
        item(1, type="page", slug="index", link="https://old.example/"),
        item(2, type="page", slug="vendor", link="https://old.example/vendor/"),
        item(3, type="page", slug="bundle", parent=2, link="https://old.example/vendor/bundle/"),
        item(4, type="drafts", slug="2021-13-45-sale", link="https://old.example/drafts/2021-13-45-sale/"),
        item(5, slug="", status="draft", date="0000-00-00 00:00:00", link="https://old.example/?p=5"),
        item(6, slug="2020-01-01-x", status="draft", link="https://old.example/?p=6"),
        item(7, title="", content=""),
        item(
            8, title="yes", terms=[("category", "null", "null"), ("post_tag", "2021", "2021"), ("layout", "a", "None")]
        ),
        item(9, date="0009-01-02 03:04:05", slug="early"),
        item(10, type="data", slug="layout", terms=[("layout", "a", "None")], link="https://old.example/data/layout/"),
        item(11, title="- a: b # c\u2028", excerpt="1 < 2 & <b>3</b>", slug="posts", link="https://old.example/posts/"),
    ]
    site = made(tmp_path, *items)
    found = shown_in(jekyll(bare(site.folder, tmp_path / "bare"), *ALL))
    assert sorted(map(int, found)) == list(range(1, 12))
    built = jekyll(site.folder)
    assert "Text of 1." in (built / "index.html").read_text(encoding="utf-8")
    for address in ("/vendor/bundle/", "/drafts/2021-13-45-sale/", "/data/layout/", "/early/", "/posts/", "/post-7/"):
        assert page_at(built, address).is_file(), address
    assert yaml.safe_load((site.folder / "_config.yml").read_text(encoding="utf-8"))["collections"].keys() >= {"terms"}


RULES = """
[shortcodes.box]
raw = '{% include box.html title="{{ title }}" word={{ word }} %}'

[shortcodes.tide]
raw = '{{ "{{" }} site.title }} {{ name }}'
"""


@pytest.mark.system
@real
def test_what_a_user_writes_for_jekyll_is_run(tmp_path: Path) -> None:
    """And what a text gives it is not."""
    hostile = "a %} {{ site.url }} {% bad %} it's"
    content = f'[box title="{hostile}" word="{hostile}"]\n\n[tide name="{{{{ site.url }}}}"] and {{{{ site.url }}}}'
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    options = Options("wordpress", "jekyll", read=ReadOptions(rules=read_rules(tmp_path / "rules.toml")))
    site = convert(tmp_path, export(item(1, content=content)), options=options)
    (site.folder / "_includes/box.html").write_text("<aside>{{ include.title }}|{{ include.word }}</aside>")
    html = unescape(page_at(jekyll(site.folder), "/post-1/").read_text(encoding="utf-8"))
    assert f"<aside>{hostile}|{hostile}</aside>" in html
    assert "<p>Old Home {{ site.url }} and {{ site.url }}</p>" in html


@pytest.mark.system
@real
def test_a_site_below_a_folder(tmp_path: Path) -> None:
    text = export(
        item(1, slug="a", link="https://old.example/blog/a/", meta={"_wp_old_slug": "b"}),
        item(2, slug="c", content='<a href="https://old.example/blog/a/">a</a>', link="https://old.example/blog/c/"),
    ).replace("<wp:base_blog_url>https://old.example<", "<wp:base_blog_url>https://old.example/blog<")
    site = convert(tmp_path, text, options=Options("wordpress", "jekyll"))
    config = yaml.safe_load(site.text("_config.yml"))
    assert (config["url"], config["baseurl"]) == ("https://old.example", "/blog")
    built = jekyll(site.folder)
    assert '<a href="/blog/a/">a</a>' in page_at(built, "/c/").read_text(encoding="utf-8")
    assert "url=/blog/a/" in page_at(built, "/b/").read_text(encoding="utf-8")
    assert "<link>https://old.example/blog/a/</link>" in (built / "feed.xml").read_text(encoding="utf-8")


@pytest.mark.system
@real
@pytest.mark.parametrize("name", ["polylang", "qtranslate"])
def test_a_site_of_several_languages(tmp_path: Path, name: str) -> None:
    built = jekyll(to_jekyll(tmp_path, FIXTURES / f"{name}.xml").folder)
    for folder, language in (("", "en"), ("/fr", "fr")):
        text = page_at(built, f"{folder}/").read_text(encoding="utf-8")
        assert f'<html lang="{language}"' in text
        links = re.findall(r'<h2><a href="([^"]+)">', text)
        assert links
        assert all(link.startswith("/fr/") == bool(folder) for link in links)
        assert all(page_at(built, link).is_file() for link in links)
        feed = ElementTree.parse(built / folder[1:] / "feed.xml")
        goals = [urlsplit(link.text or "").path for link in feed.findall("channel/item/link")]
        assert goals and all(goal.startswith("/fr/") == bool(folder) for goal in goals)
    about = page_at(built, "/fr/a-propos/").read_text(encoding="utf-8")
    assert '<a rel="alternate" lang="en" hreflang="en" href="/about/">English</a>' in about


@pytest.mark.parametrize(("status", "future"), [("publish", True), ("future", False), ("draft", False)])
def test_posts_dated_later_than_today(tmp_path: Path, status: str, future: bool) -> None:
    """Published ones are built; scheduled ones wait for their day, also where a host says `future: true`."""
    site = made(tmp_path, item(1), item(2, status=status, date="2999-01-01 00:00:00"))
    assert yaml.safe_load(site.text("_config.yml"))["future"] is future


@pytest.mark.system
@real
def test_addresses_of_the_target(tmp_path: Path) -> None:
    """`--permalinks none`, and a site that had none but `?p=1`."""
    options = Options("wordpress", "jekyll", write=WriteOptions(permalinks="none"))
    text = export(
        item(1, slug="plain", content='<a href="https://old.example/été/">x</a>'),
        item(2, slug="été", link="https://old.example/été/"),
        item(3, type="page", slug="Über", link="https://old.example/?p=3"),
    )
    site = convert(tmp_path, text, options=options)
    built = jekyll(site.folder)
    assert 'href="/2021/03/04/%C3%A9t%C3%A9/"' in page_at(built, "/2021/03/04/plain/").read_text(encoding="utf-8")
    assert page_at(built, "/2021/03/04/été/").is_file()
    assert page_at(built, "/Über/").is_file()


VALUES = (
    "yes null ~ 2021-01-01 1e3 0x1F 012 12:30:45 1_000 :sym !ruby/object:Foo &a *a --- ... {a:b} [a] %a @a `a` 1.5 .inf"
    " << on 190:20:30 2001-12-14t21:59:43.10-05:00 1,000 \x85x y\ufeffz \x80 🎉 a\u200fb"
).split(" ")
TYPESET = {"---": "—"}
"""What WordPress makes of them in a title."""


@pytest.mark.system
@real
def test_values_are_what_they_were(tmp_path: Path) -> None:
    """Titles and terms that YAML could take for something else; the terms are declared nowhere but in their posts."""
    items = []
    for number, value in enumerate(VALUES, start=1):
        title, terms = value.replace("&", "&amp;").replace("<", "&lt;"), [("post_tag", f"t{number}", value)]
        items.append(item(number, title=title, slug=f"s{number}", terms=terms, meta={"value": value, value: "x"}))
    site = made(tmp_path, *items)
    built = jekyll(site.folder)
    found = shown_in(jekyll(bare(site.folder, tmp_path / "bare")))
    for number, value in enumerate(VALUES, start=1):
        assert unescape(found[str(number)][0]) == TYPESET.get(value, value)
        assert f'href="/s{number}/"' in page_at(built, f"/tag/t{number}/").read_text(encoding="utf-8")
        assert f'href="/tag/t{number}/"' in page_at(built, f"/s{number}/").read_text(encoding="utf-8")


def test_front_matter_is_yaml_only(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="YAML"):
        to_jekyll(tmp_path, FIXTURES / "harbour.xml", front_matter="toml")


def test_front_matter_of_a_post(tmp_path: Path) -> None:
    site = to_jekyll(tmp_path, FIXTURES / "harbour.xml")
    front = site.front("_posts/2022-03-05-first-crossing.md")
    assert front["redirect_from"] == ["/2022/03/maiden-voyage/"]
    assert front["author"] == "Mira Sund"
    assert front["categories"] == ["Crossings"]
    assert front["excerpt"] == "Forty minutes, one seal, no passengers."
    assert front["image"]["path"] == "/wp-content/uploads/2022/03/ferry-bow.jpg"
    assert "permalink" not in front
    assert "published" not in front
    closed = [name for name in site.files("_posts/*.md") if site.front(name).get("published") is False]
    assert [site.front(name)["private" if "private" in name else "protected"] for name in closed] == [True, True]
    known = KEYS.names | {"cuisine"}
    assert all(site.front(name).keys() <= known for name in site.files("_*/*.md"))


@pytest.mark.parametrize(
    ("path", "permalink"),
    [
        ("/a/b/", "/a/b/"),
        ("/a", "/a/"),
        ("/a.html", "/a.html"),
        ("/a.html/", "/a%2Ehtml/".replace("%2E", ".")),
        ("/a.php", "/a.php/"),
        ("/100%/", "/100%25/"),
        ("/a?b#c:d/", "/a%3Fb%23c%3Ad/"),
        ("/a..b./", "/a%2E.b%2E/"),
        ("/../x/", "/-/x/"),
        ("/", "/"),
        ("", ""),
    ],
)
def test_permalinks(path: str, permalink: str) -> None:
    assert writable(path) == permalink


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a {b} c", "a {b} c"),
        ("{{ x }}", '{{ "{{" }} x }}'),
        ("{% x %}", '{{ "{%" }} x %}'),
        ("{{{%", '{{ "{{" }}{{ "{%" }}'),
    ],
)
def test_marks_are_printed(text: str, written: str) -> None:
    assert liquid.finish(text, Log()) == written


EMBEDS = (
    ("youtube", "abcDEF12345", 'data-start="90"', "https://www.youtube-nocookie.com/embed/abcDEF12345?start=90"),
    ("youtube", "abcDEF12345", 'data-list="PL1-2"', "https://www.youtube-nocookie.com/embed/abcDEF12345?list=PL1-2"),
    ("youtube", "abcDEF12345", 'data-list="PL1&2"', "https://www.youtube-nocookie.com/embed/abcDEF12345"),
    ("youtube", "", 'data-list="PL12"', "https://www.youtube-nocookie.com/embed/videoseries?list=PL12"),
    ("youtube", "", "", ""),
    ("vimeo", "123456", 'data-start="7"', "https://player.vimeo.com/video/123456#t=7s"),
    ("soundcloud", "", "", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fa.example%2Fb"),
    ("spotify", "track/1a", "", "https://open.spotify.com/embed/track/1a"),
    ("youtube", '"><script>', "", ""),
    ("spotify", "", "", ""),
    ("unknown", "1", "", ""),
)


@pytest.mark.parametrize(("provider", "id", "more", "address"), EMBEDS)
def test_players(provider: str, id: str, more: str, address: str) -> None:
    link = '<a href="https://a.example/b">https://a.example/b</a>'
    said = f'data-provider="{provider}" data-url="https://a.example/b" data-id="{escape(id)}" {more}'
    head = f'<figure class="embed" {said}>'
    root = tree.parse(f"{head}{link}<figcaption>c</figcaption></figure>")
    log = Log()
    idioms.apply(root, log)
    frames = [str(frame.get("src")) for frame in root.iter("iframe")]
    assert frames == ([address] if address else [])
    assert [notice.code for notice in log.notices] == ([] if address else ["embed.card"])
    shown = link.replace("<a ", '<a hidden="" ') if address else link
    assert f"{shown}<figcaption>c</figcaption></figure>" in tree.inner_html(root)


def test_cards_and_gists() -> None:
    figure = '<figure class="embed" data-provider="{}" data-url="https://a.example/b" data-id="12">{}</figure>'
    words, link = "<blockquote><p>Hi</p></blockquote>", '<a href="https://a.example/b">b</a>'
    for inside in (words, link):
        root = tree.parse(figure.format("x", inside))
        idioms.apply(root, Log())
        quotation = root.find("figure/blockquote")
        assert quotation is not None and quotation.get("class") == "twitter-tweet"
        assert tree.plain_text(quotation) == ("Hi" if inside == words else "b")
        assert [script.get("src") for script in root.iter("script")] == ["https://platform.twitter.com/widgets.js"]
    bare = '<a href="https://a.example/b">https://a.example/b</a>'
    root = tree.parse(figure.format("gist", bare).replace("data-id", 'data-file="a b.py" data-id'))
    idioms.apply(root, Log())
    assert [script.get("src") for script in root.iter("script")] == ["https://gist.github.com/12.js?file=a%20b.py"]
    assert f"<noscript>{bare}</noscript>" in tree.inner_html(root)


def entry_of_menu(id: int, parent: int) -> str:
    meta = {
        "_menu_item_type": "custom",
        "_menu_item_url": f"https://e.example/{id}?a=[1",
        "_menu_item_menu_item_parent": str(parent),
        "_menu_item_object": "custom",
    }
    fields = {"type": "nav_menu_item", "title": f"E{id}", "order": id, "meta": meta}
    return item(id, **fields, terms=[("nav_menu", "main", "Main")])


@pytest.mark.system
@real
def test_menus_of_any_depth_and_in_circles(tmp_path: Path) -> None:
    deep = [entry_of_menu(number, number - 1 if number > 101 else 0) for number in range(101, 161)]
    site = made(tmp_path, item(1), *deep, entry_of_menu(201, 202), entry_of_menu(202, 201))
    text = page_at(jekyll(site.folder), "/post-1/").read_text(encoding="utf-8")
    menu = text.partition('<nav class="site-menu"')[2].partition("</nav>")[0]
    assert re.findall(r">(E\d+)<", menu) == [f"E{number}" for number in (*range(101, 161), 201, 202)]


def test_comments_in_the_order_of_reading() -> None:
    rows = [("1", "3"), ("2", ""), ("3", "1"), ("4", "2"), ("5", "4"), ("6", "9"), ("7", "2")]
    comments = [Comment(id, parent, "comment", "", "", None, "") for id, parent in rows]
    assert [(comment.id, depth) for comment, depth in threaded(comments)] == [
        ("2", 0), ("4", 1), ("5", 2), ("7", 1), ("6", 0), ("1", 0), ("3", 1),
    ]  # fmt: skip
