"""Pages of HTML as a source: a static site, saved pages, exports of Medium, Substack and Blogger, hostile files."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from converters.errors import SourceError
from converters.html import tree
from converters.importers.html import metadata, page, semantic
from converters.model.notices import Log
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.sources.guess import guess_importer
from tests import children, contract, fidelity
from tests.folders import ROOT
from tests.hostile.cases import case
from tests.limits import budget
from tests.support import Site, convert_files, hugo

PAGES = ROOT / "fixtures/html"
EXPORT = ROOT / "fixtures/wordpress/harbour.xml"


def from_html(tmp_path: Path, *sources: Path, read: ReadOptions | None = None) -> Site:
    return convert_files(tmp_path, *sources, options=Options("html", "hugo", read or ReadOptions()))


def written(tmp_path: Path, files: dict[str, str | bytes]) -> Path:
    folder = tmp_path / "pages"
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def reasons(site: Site) -> dict[str, str]:
    return {row["id"]: row["reason"] for row in site.report["items"] if row.get("outcome") == "left out"}


def semantic_html(html: str) -> str:
    root = tree.parse(html)
    semantic.to_semantic(root, Log())
    return tree.inner_html(root)


# a static site


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return from_html(tmp_path_factory.mktemp("weir"), PAGES / "site")


def test_a_post_keeps_its_facts(weir: Site) -> None:
    front = weir.front("content/posts/high-water.md")
    assert front["title"] == "High water"
    assert front["date"].isoformat() == "2020-05-09T07:00:00+02:00"
    assert front["lastmod"].isoformat() == "2020-05-10T07:00:00+02:00"
    assert front["authors"] == ["Ida Weir"]
    assert front["categories"] == ["Days"]
    assert front["tags"] == ["flood"]
    assert front["featured_image"] == {"src": "/log/2020/05/high-water/gauge.jpg", "alt": "The gauge"}
    assert front["aliases"] == ["/old/flood/"], "a page that only led here"


def test_a_text_keeps_its_links_pictures_code_and_players(weir: Site) -> None:
    body = weir.body("content/posts/high-water.md")
    assert "[the eels](/log/2020/06/eels.html#night) and [the keeper](/log/about/)" in body
    assert "```python\nlevel = 4.2\n```" in body
    assert '{{< youtube id="wEirwEir123" start="75" >}}' in body
    assert body.count("![The bank](/log/2020/05/high-water/bank.png)") == 1, "the lazy picture and its copy are one"
    assert '{{< figure src="/log/2020/05/high-water/a.png" alt="One" caption="Before" >}}' in body
    assert "Share this" not in body
    assert "Swam it" not in body
    assert "## At night {#night}" in weir.body("content/posts/eels.md"), "other pages link to it"


def test_what_is_no_page_is_left_out_for_a_reason(weir: Site) -> None:
    assert reasons(weir) == {
        "404.html": "error page",
        "category~days~index.html": "list page",
        "index.html": "list page",
        "index.xml": "news feed",
        "old~flood~index.html": "redirect",
        "page~2~index.html": "further page of a list",
        "print~eels.html": "another form of 2020/06/eels.html",
        "search~index.html": "search page",
        "style.css": "style or script of the old site",
    }


def test_the_site_lies_where_its_pages_say(weir: Site) -> None:
    assert 'baseURL = "https://weir.example/log/"' in weir.text("hugo.toml")
    assert 'title = "The Weir Log"' in weir.text("hugo.toml")
    assert [path for path in weir.files() if not path.startswith("content/authors/")] == [
        "content/about/_index.md", "content/about/ladder.md", "content/posts/eels.md", "content/posts/high-water.md",
    ]  # fmt: skip


def test_files_go_along_as_they_are(weir: Site) -> None:
    for name in ("gauge.jpg", "bank.png", "a.png", "b.png", "levels.csv"):
        path = f"2020/05/high-water/{name}"
        assert (weir.folder / "static" / path).read_bytes() == (PAGES / "site" / path).read_bytes()


def test_what_stands_around_a_text_is_named(weir: Site) -> None:
    said = [notice["what"] for notice in weir.notices("html.chrome") if notice["item"].startswith("2020~05")]
    assert said == [
        "header.site-header (The Weir Log About), header (High water Posted on 9 May by Ida Weir), "
        "footer.entry-footer (Filed under Days, flood), aside.related-posts (Related Eels), "
        "footer.site-footer (© The Weir Log)",
        "div.sharedaddy (Share this)",
    ]
    assert not weir.notices("html.beside")


def test_the_menu_of_the_site(weir: Site) -> None:
    items = tomllib.loads(weir.text("hugo.toml"))["menus"]["main"]
    assert [(item["name"], item["url"]) for item in items] == [("About", "/about/")]


@pytest.mark.hugo
def test_the_site_builds_with_its_comments_and_files(weir: Site) -> None:
    built = hugo(weir.folder)
    post = (built / "2020/05/high-water/index.html").read_text(encoding="utf-8")
    assert post.index("Swam it.") < post.index("Brave!")
    assert 'href="https://otter.example/"' in post
    assert (built / "2020/05/high-water/gauge.jpg").is_file()
    assert "high-water" in (built / "old/flood/index.html").read_text(encoding="utf-8")
    assert (built / "2020/06/eels.html").is_file()


def test_a_zip_of_a_site_is_the_site(weir: Site, tmp_path: Path) -> None:
    packed = tmp_path / "site.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((PAGES / "site").rglob("*")):
            archive.write(file, f"public/{file.relative_to(PAGES / 'site')}")
    site = from_html(tmp_path, packed)
    own = [
        path for path in weir.files("**/*") if (weir.folder / path).is_file() and not path.startswith((".", "public"))
    ]
    assert {path: (site.folder / path).read_bytes() for path in own} == {
        path: (weir.folder / path).read_bytes() for path in own
    }


def test_a_folder_of_pages_is_recognized(tmp_path: Path) -> None:
    packed = tmp_path / "site.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(PAGES / "site/about/index.html", "about/index.html")
    assert guess_importer([str(packed)]) == "html"
    assert guess_importer([str(PAGES / "site")]) == "html"
    assert guess_importer([str(PAGES / "blogger/feed.atom")]) == "html"
    assert guess_importer([str(EXPORT)]) == "wordpress"


# the whole way round


@pytest.mark.hugo
def test_wordpress_to_hugo_to_html_to_hugo(tmp_path: Path) -> None:
    """What a reader of the first site sees in a text is in the second."""
    first = convert_files(tmp_path, EXPORT)
    built = hugo(first.folder)
    (tmp_path / "again").mkdir()
    second = from_html(tmp_path / "again", built)
    rebuilt = second.folder / "public"
    children.run([Path(sys.executable).with_name("hugo"), "--source", second.folder], check=True, capture_output=True)
    public = [row for row in first.report["items"] if row.get("status") == "published" and row["outcome"] == "carried"]
    assert len(public) >= 20
    text = re.compile(r'<div class="text">(.*?)</div>\s*(?:<dl class="terms"|</?article|<nav|</main>|<section)', re.S)
    for row in public:
        path = _file_of(row["permalink"])
        assert (rebuilt / path).is_file(), row
        before, after = (text.search((site / path).read_text(encoding="utf-8")) for site in (built, rebuilt))
        if before is None:
            continue
        assert after is not None, row
        shown, again = fidelity.read(before[1]), fidelity.read(after[1])
        assert again.tokens == shown.tokens, row
        assert again.facts == shown.facts, row


def _file_of(permalink: str) -> str:
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(permalink).path).strip("/") + "/index.html"


@pytest.mark.hugo
def test_a_site_in_two_languages(tmp_path: Path) -> None:
    first = convert_files(tmp_path, ROOT / "fixtures/wordpress/polylang.xml")
    built = hugo(first.folder)
    (tmp_path / "again").mkdir()
    second = from_html(tmp_path / "again", built)
    rebuilt = second.folder / "public"
    children.run([Path(sys.executable).with_name("hugo"), "--source", second.folder], check=True, capture_output=True)
    for row in first.report["items"]:
        if row.get("status") == "published" and row["outcome"] == "carried":
            path = _file_of(row["permalink"])
            before, after = ((site / path).read_text(encoding="utf-8") for site in (built, rebuilt))
            assert _alternates(after) == _alternates(before), path
            assert _language(after) == _language(before), path


def _alternates(html: str) -> set[str]:
    return set(re.findall(r'<link rel="alternate" hreflang="[^>]*>', html))


def _language(html: str) -> list[str]:
    return re.findall(r'<html lang="([^"]*)"', html)


# saved pages and encodings


def test_a_page_saved_by_a_browser(tmp_path: Path) -> None:
    site = from_html(tmp_path, PAGES / "saved")
    front = site.front("content/der-kanal.md")
    assert front["title"] == "Der Kanal"
    assert front["url"] == "/2011/03/der-kanal/"
    body = site.body("content/der-kanal.md")
    assert "Über die Brücke fährt „niemand“ mehr" in body
    assert 'src="/Der%20Kanal%20-%20Wehr_files/klein.jpg"' in body
    assert 'caption="Der Kanal im März" class="alignright"' in body
    assert (site.folder / "static/Der Kanal - Wehr_files/klein.jpg").is_file()


@pytest.mark.parametrize(
    ("data", "expected", "noted"),
    [
        ("<meta charset=utf-8><p>Größe".encode(), "Größe", False),
        ("<meta charset=iso-8859-1><p>Größe “x”".encode("cp1252"), "Größe “x”", False),
        ("<meta charset=iso-8859-1><p>Größe".encode(), "Größe", True),
        ("<meta charset=utf-8><p>Die Größe der schönen Straße".encode("cp1252"), "Die Größe der schönen Straße", True),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><p>日本語'.encode("shift_jis"), "日本語", False),
        ("\ufeff<meta charset=latin1><p>é".encode("utf-16"), "é", False),
        ("\ufeff<p>é".encode(), "é", False),
        ("<p>Привет, это старая страница о реке и о людях".encode("cp1251"), "Привет, это старая страница о реке и о людях", False),
    ],
)  # fmt: skip
def test_encodings(data: bytes, expected: str, noted: bool) -> None:
    log = Log()
    parsed = page.parse(data, "a.html", log)
    found = parsed.one("p")
    assert found is not None
    assert found.text == expected
    assert [notice.code for notice in log.notices] == (["source.encoding"] if noted else [])


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("<!-- saved from url=(0025)https://a.example/b/c -->", "https://a.example/b/c"),
        ("<!--\n Page saved with SingleFile \n url: https://a.example/d \n saved date: x\n-->", "https://a.example/d"),
        ("<!-- Mirrored from a.example/e by HTTrack Website Copier/3.x -->", "https://a.example/e"),
        ("<!-- saved from url=(0014)about:internet -->", ""),
    ],
)
def test_where_a_page_was_saved_from(head: str, address: str) -> None:
    assert page.parse(f"<html>{head}<p>x".encode(), "a.html", Log()).saved_from == address


# metadata


@pytest.mark.parametrize(
    ("html", "date", "source"),
    [
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2020-01-02"}</script>', "2020-01-02T00:00:00+00:00", "datePublished"),
        ('<script type="application/ld+json">[{"@type":["Thing","NewsArticle"],"datePublished":"2020-01-02T03:04:05Z"}]</script>', "2020-01-02T03:04:05+00:00", "datePublished"),
        ('<script type="application/ld+json">{broken</script><meta name="DC.date.issued" content="2019-03-04">', "2019-03-04T00:00:00+00:00", "meta dc.date.issued"),
        ('<div itemscope itemtype="https://schema.org/BlogPosting"><meta itemprop="datePublished" content="2018-05-06T07:08:09+0530"></div>', "2018-05-06T07:08:09+05:30", "datePublished"),
        ('<meta property="article:published_time" content="2017-01-01T10:00:00-08:00">', "2017-01-01T10:00:00-08:00", "meta article:published_time"),
        ('<article class="h-entry"><time class="dt-published" datetime="2016-02-03 04:05">x</time></article>', "2016-02-03T04:05:00+00:00", "time.dt-published[datetime]"),
        ('<article><header><time datetime="2015-01-01">x</time></header></article>', "2015-01-01T00:00:00+00:00", "article header time[datetime]"),
        ('<aside><time datetime="2015-01-01">x</time></aside>', None, ""),
        ('<meta name="date" content="0000-00-00"><meta name="pubdate" content="Tue, 05 Mar 2013 10:00:00 +0100">', "2013-03-05T10:00:00+01:00", "meta pubdate"),
    ],
)  # fmt: skip
def test_dates_and_where_they_come_from(html: str, date: str | None, source: str) -> None:
    meta = metadata.read(page.parse(html.encode(), "a.html", Log()), None)
    assert (meta.date.isoformat() if meta.date else None, meta.date_source) == (date, source)


def test_a_date_in_the_address_is_a_guess_and_said_to_be_one(tmp_path: Path) -> None:
    folder = written(tmp_path, {"2012/03/04/mud.html": "<title>Mud</title><main><p>Only mud.</p></main>"})
    site = from_html(tmp_path, folder)
    assert site.front("content/posts/mud.md")["date"].isoformat() == "2012-03-04T00:00:00+00:00"
    assert [notice["what"] for notice in site.notices("date.source")] == ["address"]


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("Tides | The Harbour", "The Harbour", "Tides"),
        ("The Harbour - Tides", "The Harbour", "Tides"),
        ("Tides – a study", "The Harbour", "Tides – a study"),
        ("The Harbour", "The Harbour", "The Harbour"),
    ],
)
def test_titles_without_the_name_of_the_site(title: str, site: str, expected: str) -> None:
    assert metadata.without_site(title, site) == expected


# where the text is


@pytest.mark.parametrize(
    ("html", "how"),
    [
        ('<div class="h-entry"><div class="e-content"><p>TEXT</p></div></div><main><p>x</p></main>', "h-entry"),
        ('<div itemscope itemtype="https://schema.org/Article"><div itemprop="articleBody"><p>TEXT</p></div></div>', "articleBody"),
        ("<nav>x</nav><article><p>TEXT</p></article>", "article"),
        ('<article><p>TEXT</p></article><section id="comments"><article><p>x</p></article></section>', "article"),
        ("<main><p>TEXT</p></main><footer>x</footer>", "main"),
        ('<div><div class="sidebar">x</div><div><div><p>TEXT</p></div></div></div>', "density"),
        ('<table><tr><td class="menu"><a href="/">x</a></td><td><p>TEXT</p></td></tr></table>', "density"),
        ("TEXT", "density"),
    ],
)  # fmt: skip
def test_where_the_text_is_found(html: str, how: str, tmp_path: Path) -> None:
    words = "The river rose in the night and took the lower path."
    site = from_html(tmp_path, written(tmp_path, {"a.html": f"<title>A</title>{html.replace('TEXT', words)}"}))
    assert site.body("content/a.md") == words
    assert [notice["what"] for notice in site.notices("html.content")] == [how]


@case("html-base", "`<base href>` that leads to another site", "not used")
def test_a_base_of_the_same_site_is_used_and_no_other(tmp_path: Path) -> None:
    page = '<title>A</title><base href="{}"><link rel=canonical href="https://a.example/x/a.html"><main><p><a href="b.html">b</a></p></main>'
    files: dict[str, str | bytes] = {
        "x/a.html": page.format("/y/"),
        "x/c.html": page.format("https://evil.example/").replace("x/a.html", "x/c.html"),
        "x/b.html": "<title>B</title><main><p>One of them.</p></main>",
        "y/b.html": "<title>B</title><main><p>The other.</p></main>",
    }
    site = from_html(tmp_path, written(tmp_path, files))
    assert site.body("content/a.md") == "[b](/y/b.html)"
    assert site.body("content/c.md") == "[b](/x/b.html)"


def test_the_users_own_selector_comes_first(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        {
            "a.html": "<title>A</title><article><p>Wrong.</p></article><div id=mine><p>Right.</p></div>",
            "b.html": "<title>B</title><article><p>Elsewhere.</p></article>",
        },
    )
    site = from_html(tmp_path, folder, read=ReadOptions(content_selector="#mine"))
    assert site.body("content/a.md") == "Right."
    assert site.body("content/b.md") == "Elsewhere."
    assert [notice["item"] for notice in site.notices("html.selector")] == ["b.html"]
    assert "Wrong." in site.notices("html.beside")[0]["what"]


def test_words_and_comments_that_are_lost_are_named(tmp_path: Path) -> None:
    html = (
        "<title>A</title><main><div class=entry-content><p>Text.</p></div><div><p>A word beside it.</p></div>"
        "<div class=comments><article>x</article></div></main>"
    )
    site = from_html(tmp_path, written(tmp_path, {"a.html": html, "b.html": "<title>B</title><main></main>"}))
    assert site.notices("html.beside")[0]["what"] == "div: A word beside it."
    assert [notice["what"] for notice in site.notices("html.comments")] == ["1"]
    assert [notice["item"] for notice in site.notices("html.empty")] == ["b.html"]


def test_a_form_in_a_text_is_lost_and_named_and_words_on_buttons_stay(tmp_path: Path) -> None:
    html = "<title>A</title><main><p>Text.</p><form><label>Your name</label><input></form><p><button>Press here</button></p></main>"
    site = from_html(tmp_path, written(tmp_path, {"a.html": html}))
    assert site.body("content/a.md") == "Text.\n\nPress here"
    assert [notice["what"] for notice in site.notices("shortcode.form")] == ["Your name"]


# semantic HTML


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<figure><picture><source srcset="a.webp"><img src="a.jpg"></picture></figure>', '<figure><img src="a.jpg" alt=""/></figure>'),
        ('<img srcset="a.jpg 300w, b.jpg 900w" alt="b">', '<img alt="b" src="b.jpg"/>'),
        ('<div class="x"><iframe src="//player.vimeo.com/video/76979871?h=1"></iframe></div>', '<figure class="embed" data-provider="vimeo" data-id="76979871" data-url="https://vimeo.com/76979871"><iframe src="//player.vimeo.com/video/76979871?h=1"></iframe></figure>'),
        ('<iframe src="https://maps.example/m" width="600" onload="x()"></iframe>', '<figure class="embed" data-url="https://maps.example/m"><iframe src="https://maps.example/m" width="600"></iframe></figure>'),
        ('<iframe src="https://open.spotify.com/embed/track/4abc"></iframe>', '<figure class="embed" data-provider="spotify" data-id="track/4abc" data-url="https://open.spotify.com/track/4abc"><iframe src="https://open.spotify.com/embed/track/4abc"></iframe></figure>'),
        ('<p><audio src="a.mp3"></audio></p>', '<figure><audio src="a.mp3" controls=""></audio></figure>'),
        ('<div class="language-ruby highlighter-rouge"><div class="highlight"><pre class="highlight"><code><span class="k">def</span> a</code></pre></div></div>', '<pre><code class="language-ruby">def a</code></pre>'),
        ('<div class="highlight"><table class="lntable"><tr><td class="lntd"><pre class="chroma"><code><span class="lnt">1\n</span></code></pre></td><td class="lntd"><pre class="chroma"><code class="language-go" data-lang="go">a()</code></pre></td></tr></table></div>', '<pre><code class="language-go">a()</code></pre>'),
        ('<figure class="highlight js"><table><tr><td class="gutter"><pre>1</pre></td><td class="code"><pre><span class="line">a;</span><br><span class="line">b;</span></pre></td></tr></table></figure>', '<pre><code class="language-js">a;\nb;</code></pre>'),
        ("<pre><code>a <strong>b</strong></code></pre>", "<pre><code>a <strong>b</strong></code></pre>"),
        ('<figure class="embed" data-provider="youtube"><iframe src="https://www.youtube-nocookie.com/embed/aBcDeFgHiJk"></iframe><a hidden href="https://www.youtube.com/watch?v=aBcDeFgHiJk">https://www.youtube.com/watch?v=aBcDeFgHiJk</a></figure>', '<figure class="embed" data-provider="youtube" data-id="aBcDeFgHiJk" data-url="https://www.youtube.com/watch?v=aBcDeFgHiJk"><iframe src="https://www.youtube-nocookie.com/embed/aBcDeFgHiJk"></iframe></figure>'),
        ('<figure class="embed"><iframe src="https://p.example/1"></iframe><a hidden href="https://vimeo.com/1">V</a></figure>', '<figure class="embed" data-url="https://vimeo.com/1"><iframe src="https://p.example/1"></iframe></figure>'),
        ('<figure class="embed" data-provider="x"><iframe src="https://p.example/1"></iframe><a href="https://x.example/1">https://x.example/1</a></figure>', '<figure class="embed" data-provider="x" data-url="https://x.example/1"><iframe src="https://p.example/1"></iframe><a href="https://x.example/1">https://x.example/1</a></figure>'),
        ("<pre>A poem\n  of two</pre>", "<pre>A poem\n  of two</pre>"),
        ('<h2 id="the-lock">The lock<a class="anchor" href="#the-lock">#</a></h2>', "<h2>The lock</h2>"),
        ('<p>a</p><a name="more"></a><p>b</p><!-- x -->', "<p>a</p><!--more--><p>b</p>"),
        ('<p style="text-align:center;color:red" class="x" data-y="1" id="z">c</p>', '<p style="text-align: center">c</p>'),
        ('<p>a<a href="#n">1</a></p><p id="n" class="n">b</p>', '<p>a<a href="#n">1</a></p><p id="n">b</p>'),
        ('<p>a<script>x()</script><style>y</style>b</p>', "<p>ab</p>"),
        ('<img src="p.gif" width="1" height="1"><p>a</p>', "<p>a</p>"),
    ],
)  # fmt: skip
def test_semantic_html(html: str, expected: str) -> None:
    assert semantic_html(html) == expected


@pytest.mark.parametrize("name", ["site/2020/05/high-water/index.html", "saved/Der Kanal - Wehr.html"])
def test_pages_keep_the_contract(name: str) -> None:
    from converters.passes.layout import strip_layout

    parsed = page.load(PAGES / name, name, Log())
    box = parsed.one(".entry-content") or parsed.one(".entry")
    assert box is not None
    root = tree.parse(str(box.inner_html))
    semantic.to_semantic(root, Log())
    strip_layout(root)
    assert list(contract.breaches(root)) == []


# exports


def test_medium(tmp_path: Path) -> None:
    site = from_html(tmp_path, PAGES / "medium")
    name = "content/posts/how-the-bell-got-its-crack.md"
    front, body = site.front(name), site.body(name)
    assert front["date"].isoformat() == "2021-04-03T10:15:00+00:00"
    assert front["authors"] == ["Rook Hale"]
    assert front["description"] == "A short story about a loud thing"
    assert front["url"] == "/@rook/how-the-bell-got-its-crack-4f1c2a9b7d3e"
    assert "How the bell" not in body, "the title stands in the text a second time"
    assert "***" not in body, "nor does the rule in front of the first section"
    assert '```python\nfor stroke in range(2):\n    ring("loud")\n```' in body
    assert "{{< youtube bEllbEll123 >}}" in body
    assert "The foundry · Where it was cast" in body
    assert "[the keeper](/@rook/the-keeper-99aa88bb77cc)" in body, "posts know each other by id"
    assert site.front("content/posts/notes-on-rope.md")["draft"] is True
    assert set(reasons(site).values()) == {"account data of Medium"}
    assert len(reasons(site)) == 3


def test_substack(tmp_path: Path) -> None:
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted((PAGES / "substack").rglob("*")):
            archive.write(file, file.relative_to(PAGES / "substack"))
    site = from_html(tmp_path, packed)
    front, body = site.front("content/posts/low-water.md"), site.body("content/posts/low-water.md")
    assert front["title"] == "Low water, high hopes"
    assert front["url"] == "/p/low-water"
    assert front["date"].isoformat() == "2023-02-10T06:00:00+00:00"
    assert "{{< youtube mUdmUd12345 >}}" in body
    assert "> Mud remembers." in body
    assert "[^1]: Nine days." in body
    assert "[Fog radio]" in body or ">Fog radio</a>" in body
    assert "Thanks for reading" not in body
    assert "Share" not in body
    assert site.front("content/posts/for-members.md")["draft"] is True, "what only members read is not public"
    assert site.front("content/posts/unfinished.md")["draft"] is True
    assert '<audio controls="" src="https://api.substack.com/feed/podcast/40110004/fog.mp3">' in site.body(
        "content/posts/fog-radio.md"
    )
    everything = "".join(
        path.read_text(encoding="utf-8") for path in site.folder.rglob("*") if path.suffix in (".md", ".json")
    )
    assert "reader@quay.example" not in everything
    assert list(reasons(site).values()) == ["account data of Substack"] * 3


def test_blogger(tmp_path: Path) -> None:
    site = from_html(tmp_path, PAGES / "blogger/feed.atom")
    front, body = site.front("content/posts/three-knots.md"), site.body("content/posts/three-knots.md")
    assert front["title"] == "Three knots & a splice"
    assert front["url"] == "/2014/05/three-knots.html"
    assert front["tags"] == ["Knots", "For beginners"]
    assert front["description"] == "Knots for beginners"
    assert front["date"].isoformat() == "2014-05-06T20:00:00+02:00"
    assert "**simple**" in body
    assert "<!--more-->" in body
    assert 'caption="A knot at rest" class="aligncenter"' in body
    assert "[who we are](/p/about.html)" in body
    comments = site.text("data/comments/701.yaml")
    assert "My fingers <i>hurt</i>." in comments
    assert "cheap ropes" not in comments
    assert site.front("content/posts/tar-later.md")["draft"] is True
    assert reasons(site)["706"] == "in the trash"
    assert 'title = "Ropewalk"' in site.text("hugo.toml")


OLD_BLOGGER = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:app='http://www.w3.org/2007/app'>
<id>tag:blogger.com,1999:blog-9.archive</id><title type='text'>Old walk</title>
<link rel='alternate' type='text/html' href='https://walk.example/'/>
<entry><id>tag:blogger.com,1999:blog-9.settings.BLOG_NAME</id>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#settings'/>
<title>name</title><content>Old walk</content><published>2010-01-01T00:00:00Z</published></entry>
<entry><id>tag:blogger.com,1999:blog-9.post-1</id><published>2010-02-03T04:05:06.000-08:00</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme='http://www.blogger.com/atom/ns#' term='hills'/><title>Up</title><content type='html'>Up &lt;i&gt;there&lt;/i&gt;</content>
<link rel='alternate' type='text/html' href='https://walk.example/2010/02/up.html'/></entry>
<entry><id>tag:blogger.com,1999:blog-9.post-2</id><published>2010-03-03T00:00:00Z</published><app:control><app:draft>yes</app:draft></app:control>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#post'/>
<title>Down</title><content type='html'>Not yet</content></entry>
<entry><id>tag:blogger.com,1999:blog-9.post-3</id><published>2010-02-04T00:00:00Z</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#comment'/>
<title>x</title><content type='html'>Higher!</content><author><name>Goat</name></author>
<thr:in-reply-to ref='tag:blogger.com,1999:blog-9.post-1' href='https://walk.example/2010/02/up.html'/></entry>
</feed>"""


def test_the_older_export_of_blogger(tmp_path: Path) -> None:
    source = tmp_path / "blog-01-01-2011.xml"
    source.write_text(OLD_BLOGGER, encoding="utf-8")
    site = from_html(tmp_path, source)
    front = site.front("content/posts/up.md")
    assert (front["tags"], front["date"].isoformat()) == (["hills"], "2010-02-03T04:05:06-08:00")
    assert site.front("content/posts/down.md")["draft"] is True
    assert "Higher!" in site.text("data/comments/1.yaml")
    assert 'baseURL = "https://walk.example/"' in site.text("hugo.toml")
    assert list(reasons(site).values()) == ["settings of Blogger's own", "comment: stands with its post"]


# hostile


@case("html-odd-files", "links, pipes and sockets in the folder of a site", "named and passed over; nothing hangs")
def test_links_are_not_followed_and_named(tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.html": "<title>A</title><main><p>Text.</p></main>"})
    secret = tmp_path / "secret.html"
    secret.write_text("<title>S</title><main><p>secret</p></main>")
    Path(folder / "b.html").symlink_to(secret)
    Path(folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.html")
    site = from_html(tmp_path, folder)
    assert site.files() == ["content/a.md"]
    assert {(notice["what"], notice["where"]) for notice in site.notices("source.skipped")} == {
        ("b.html", "a link"), ("loop", "a link"), ("pipe.html", "no plain file"),
    }  # fmt: skip


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    packed = tmp_path / "evil.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.html", "<title>Evil</title><main><p>Here.</p></main>")
        archive.writestr("/etc/cron.d/x.txt", "x")
        archive.writestr("C:\\temp\\y.png", "y")
    site = from_html(tmp_path, packed)
    found = [path for path in tmp_path.rglob("*") if path.is_file() and site.folder not in path.parents]
    assert found == [packed]
    assert site.body("content/evil.md") == "Here."
    assert (site.folder / "static/etc/cron.d/x.txt").is_file()
    assert (site.folder / "static/temp/y.png").is_file()


def test_what_is_no_page_ends_with_a_clear_message(tmp_path: Path) -> None:
    folder = written(tmp_path, {"a.html": bytes(range(256)) * 40, "b.pdf": b"%PDF-1.4"})
    with pytest.raises(SourceError, match=r"There is no page of HTML in .*: what is there is \.html, \.pdf"):
        run(Job((str(folder),), str(tmp_path / "out"), Options("html", "hugo")))


@case("html-tags-endless", "a page of 10 million tags", "named and left out; other pages are read")
def test_a_page_of_endless_tags_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    folder = written(
        tmp_path,
        {
            "a.html": b"<html><body>" + b"<div>" * 10_000_000 + b"x",
            "b.html": "<title>B</title><main><p>Text.</p></main>",
        },
    )
    site = from_html(tmp_path, folder)
    assert len(site.outcome.account.failed) == 1
    assert [notice["what"] for notice in site.notices("item.too-large")] == ["10000002 tags"]
    assert site.body("content/b.md") == "Text."


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<article>", "<div class=e-content>", '<a rel=tag href="/tag/x/">x', "<h1>x", "<time datetime=2020-01-01>",
     *(pytest.param(piece, marks=pytest.mark.slow) for piece in (
     "<main>", "<li id=comment-1>", "<figure><pre>", "<iframe src=https://a.example/>", "<noscript><img src=a>",
     "<span id=more-1>", '<ul class="gallery"><li><img src=a>'))],
)  # fmt: skip
def test_deep_and_repeated_markup_costs_linear_time(piece: str, tmp_path: Path) -> None:
    site = tmp_path / "warm"
    site.mkdir()
    with budget():
        converted = from_html(site, written(site, {"a.html": f"<title>A</title>{piece * 4_000}words at the end"}))
    assert converted.report["items"][0].get("outcome") != "failed", json.dumps(converted.report)[:2000]


def test_an_encrypted_member_is_named(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.html", "<title>A</title><main><p>Text.</p></main>")
        archive.writestr("locked.html", "x")
    raw = bytearray(data.getvalue())
    place = raw.rindex(b"PK\x01\x02")
    raw[place + 8] |= 1
    packed = tmp_path / "locked.zip"
    packed.write_bytes(raw)
    site = from_html(tmp_path, packed)
    assert [(notice["what"], notice["where"]) for notice in site.notices("source.skipped")] == [
        ("locked.html", "behind a password")
    ]
