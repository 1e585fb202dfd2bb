"""Pages out of archives of the web: bars and scripts gone, every address as it was."""

from __future__ import annotations

import pytest

from converters.importers.html import metadata
from converters.importers.html.saved.archives import unwrapped
from tests.importers.html.saved_pages import body, parsed, site_of

HEAD = '<script src="https://web-static.archive.org/_static/js/bundle-playback.js"></script>'
PAGE = f"""<!DOCTYPE html><html><head>{HEAD}
<script>__wm.init("https://web.archive.org/web");__wm.wombat("http://weir.example:80/log/","20190102030405");</script>
<link rel="stylesheet" href="https://web-static.archive.org/_static/css/banner-styles.css">
<title>High water</title>
<link rel="canonical" href="https://web.archive.org/web/20190102030405/http://weir.example/log/high-water/">
<meta property="og:image" content="https://web.archive.org/web/20190102030405im_/http://weir.example/a.jpg">
<script type="application/ld+json">{{"@type":"BlogPosting","headline":"High water","datePublished":"2015-05-05",
"url":"https:\\/\\/web.archive.org\\/web\\/20190102030405\\/http:\\/\\/weir.example\\/log\\/high-water\\/"}}</script>
</head><body><!-- BEGIN WAYBACK TOOLBAR INSERT --><div id="wm-ipp-base"><div id="wm-ipp">12 captures</div></div>
<div id="wm-ipp-print">The Wayback Machine - https://web.archive.org/</div><!-- END WAYBACK TOOLBAR INSERT -->
<article><h1>High water</h1>
<p>Over <a href="https://web.archive.org/web/20190102030405/http://weir.example/log/eels/">eels</a>,
<a href="/web/20190102030405/https://otter.example/x?y=1#z">otters</a>,
<a href="https://web.archive.org/web/2019/https://web.archive.org/web/2009/http://old.example/">older</a>,
<a href="/web/20190102030405/mailto:jo@weir.example">Jo</a>.</p>
<p><img src="/web/20190102030405im_/http:/weir.example/a.jpg" alt="A"
 srcset="/web/20190102030405im_/http://weir.example/a.jpg 1x, /web/20190102030405im_/http://weir.example/b.jpg 2x"></p>
</article></body></html><!-- FILE ARCHIVED ON 03:04:05 Jan 02, 2019 AND RETRIEVED FROM THE INTERNET ARCHIVE -->"""


def test_addresses_are_as_they_were() -> None:
    shown = body(PAGE)
    assert 'href="http://weir.example/log/eels/"' in shown
    assert 'href="https://otter.example/x?y=1#z"' in shown
    assert 'href="mailto:jo@weir.example"' in shown
    assert 'href="https://web.archive.org/web/2009/http://old.example/"' in shown, "the author's own link to an archive"
    assert 'src="http://weir.example/a.jpg"' in shown, "also with the slash that archives swallow"
    assert 'srcset="http://weir.example/a.jpg 1x, http://weir.example/b.jpg 2x"' in shown


def test_the_bar_is_gone_and_the_facts_are_the_pages_own() -> None:
    page = parsed(PAGE)
    facts = metadata.read(page, None)
    assert "captures" not in body(PAGE)
    assert "Wayback" not in body(PAGE)
    assert page.saved_from == "http://weir.example/log/"
    assert facts.canonical == "http://weir.example/log/high-water/"
    assert facts.picture == "http://weir.example/a.jpg"
    assert facts.date is not None
    assert facts.date.year == 2015, "not the day of the copy"


def test_a_page_from_an_archive_becomes_the_post_it_was() -> None:
    with site_of({"page.html": PAGE}) as site:
        assert 'baseURL = "http://weir.example/"' in site.text("hugo.toml")
        text = site.text(site.files()[0])
        assert "web.archive.org/web/2019" not in text
        assert "![A](/a.jpg)" in text


def test_links_to_an_archive_in_other_pages_stay() -> None:
    link = '<a href="https://web.archive.org/web/2019/http://weir.example/">then</a>'
    assert link in body(f"<html><body><p>{link}</p></body></html>")


def test_old_bars_and_other_archives() -> None:
    old = """<html><body><div id="wm-ipp">x</div><p><a href="/web/20040101/http://weir.example/a">a</a></p></body></html>
    <!-- FILE ARCHIVED ON 1 Jan 2004 archive.org -->"""
    assert body(old) == '<p><a href="http://weir.example/a">a</a></p>'
    ait = f"""<html><head>{HEAD}</head><body>
    <a href="https://wayback.archive-it.org/123/20190102030405/https://weir.example/">w</a></body></html>"""
    assert 'href="https://weir.example/"' in body(ait)


def test_archive_today_and_googles_cache() -> None:
    today = """<html><head><link rel="canonical" href="http://archive.today/2016.03.13-012345/http://weir.example/a/">
    </head><body><div id="HEADER"><form><input name="q" value="http://weir.example/a/"></form>Webpage archive</div>
    <div id="CONTENT"><p><a href="https://archive.ph/o/AbC12/https://otter.example/">o</a></p></div></body></html>"""
    page = parsed(today)
    assert page.saved_from == "http://weir.example/a/"
    assert "Webpage archive" not in body(today)
    assert 'href="https://otter.example/"' in body(today)
    cache = """<html><head><base href="http://weir.example/a/"></head><body>
    <div id="bN015htcoyT__google-cache-hdr">This is Google's cache</div><p>Words.</p></body></html>"""
    assert parsed(cache).saved_from == "http://weir.example/a/"
    assert body(cache) == "<p>Words.</p>"


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("https://web.archive.org/web/20190102030405id_/http://weir.example:80/a?b=1", "http://weir.example/a?b=1"),
        ("http://archive.is/2016.03.13-012345/https://weir.example/", "https://weir.example/"),
        ("https://weir.example/web/2019/http://otter.example/", "https://weir.example/web/2019/http://otter.example/"),
        ("", ""),
    ],
)
def test_one_layer_of_an_archives_address_is_taken_off(address: str, plain: str) -> None:
    assert unwrapped(address) == plain


def test_a_browser_that_saved_from_an_archive() -> None:
    mark = "<!-- saved from url=(0066)https://web.archive.org/web/2019/http://weir.example/a/ -->"
    assert parsed(f"<!DOCTYPE html>\n{mark}\n<html><body><p>a</p></body></html>").saved_from == "http://weir.example/a/"
