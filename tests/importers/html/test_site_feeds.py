"""Feeds among the files of a site, as a source of dates, authors and categories for the pages they name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from converters.importers.html import places, site_feeds
from converters.importers.html.metadata import Metadata
from converters.importers.html.page import FeedFacts
from converters.model import Term
from tests.importers.html.test_from_html import from_html, reasons, written
from tests.support import Site

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Weir</title><link>https://weir.example/</link><item><title>Eels</title><link>https://weir.example/eels.html</link>
<pubDate>Tue, 05 Mar 2013 10:00:00 +0100</pubDate><dc:creator>Ida Weir</dc:creator><category>Fish</category>
<category>Night</category></item><item><guid isPermaLink="false">x</guid><title>nowhere</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Weir</title><author><name>Ida Weir</name></author>
<entry><id>tag:1</id><link rel="self" href="https://weir.example/api/1"/><link href="https://weir.example/eels.html"/>
<published>2013-03-05T10:00:00+01:00</published><updated>2013-04-01T00:00:00Z</updated><category term="fish" label="Fish"/>
<category scheme="http://schemas.google.com/g/2005#kind" term="post"/><category term="Night"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://weir.example/eels.html"><title>Eels</title>
<dc:date>2013-03-05T10:00:00+01:00</dc:date><dc:creator>Ida Weir</dc:creator><dc:subject>Fish</dc:subject>
<dc:subject>Night</dc:subject></item></rdf:RDF>"""
JSON_FEED = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": "1", "url": "https://weir.example/eels.html", "date_published": "2013-03-05T10:00:00+01:00",
         "authors": [{"name": "Ida Weir"}], "tags": ["Fish", "Night"]}, {"id": 2}, "broken"]}
)  # fmt: skip
PAGE = "<html lang=en><title>{title}</title>{head}<main><h1>{title}</h1><p>{title} came up the weir in the night.</p></main>"


def learnt(tmp_path: Path, text: str) -> dict[str, FeedFacts]:
    (tmp_path / "feed").write_text(text)
    feeds = site_feeds.SiteFeeds(None)
    feeds.learn(tmp_path / "feed")
    return feeds.by_place(lambda link: places.place_below(link, "https://www.weir.example"))


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF, JSON_FEED], ids=["rss", "atom", "rdf", "json"])
def test_every_form_of_a_feed(tmp_path: Path, feed: str) -> None:
    facts = learnt(tmp_path, feed)["/eels"]
    assert facts.date is not None
    assert facts.date.isoformat() == "2013-03-05T10:00:00+01:00"
    assert facts.authors == ("Ida Weir",)
    assert facts.categories + facts.tags == ("Fish", "Night")
    assert facts.modified == (datetime(2013, 4, 1, tzinfo=UTC) if feed is ATOM else None)


@pytest.mark.parametrize(
    "feed",
    [
        "",
        "<rss><channel><item><link>https://weir.example/eels.html",
        "<rss><item><link>javascript:alert(1)</link></item></rss>",
        "<rss><item><link>https://other.example/eels.html</link></item></rss>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss><item><link>https://o.example/&e;</link></item></rss>',
        '{"version": "https://jsonfeed.org/version/1", "items": {"a": 1}}',
        '{"version": "https://jsonfeed.org/version/1", "items": [' + "[" * 5_000,
        "\0\0",
    ],
)
def test_a_feed_that_is_none_says_nothing(tmp_path: Path, feed: str) -> None:
    assert not any(facts.date for facts in learnt(tmp_path, feed).values())


def test_a_feed_whose_entities_grow_is_no_harm(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(12))
    feed = f"<!DOCTYPE x [{entities}]>{RSS[21:].replace('Ida Weir', '&e11;')}"
    assert all(len("".join(facts.authors)) < 100 for facts in learnt(tmp_path, feed).values())


def test_what_a_page_says_itself_comes_first() -> None:
    told = FeedFacts(datetime(2013, 3, 5, 9, tzinfo=UTC), None, ("Ida",), ("Fish",))
    date = datetime(2012, 1, 1, tzinfo=UTC)
    own = Metadata(
        (), date=date, date_source="datePublished", authors=("Bo",), terms=(Term("category", "days", "Days"),)
    )
    assert site_feeds.completed(own, told) == own
    assert site_feeds.completed(own, None) == own
    empty = site_feeds.completed(Metadata(()), told)
    assert (empty.date, empty.date_source, empty.authors, empty.is_article) == (told.date, "feed", ("Ida",), True)
    assert [(term.taxonomy, term.slug, term.name) for term in empty.terms] == [("category", "fish", "Fish")]


def test_an_address_gives_way_to_the_time_of_its_day() -> None:
    told = FeedFacts(datetime(2013, 3, 5, 9, tzinfo=UTC))
    same = Metadata((), date=datetime(2013, 3, 5, tzinfo=UTC), date_source="address")
    assert site_feeds.completed(same, told).date == told.date
    other = same._replace(date=datetime(2011, 3, 5, tzinfo=UTC))
    assert site_feeds.completed(other, told).date == other.date


@pytest.fixture(scope="module")
def weir(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("feeds")
    files: dict[str, str | bytes] = {
        "eels.html": PAGE.format(title="Eels", head=""),
        "otters.html": PAGE.format(title="Otters", head='<meta name="author" content="Bo Moor"><meta name="date" content="2010-01-01">'),
        "about.html": PAGE.format(title="About", head=""),
        "feed.xml": RSS.replace("</channel>", "<item><link>https://weir.example/otters.html</link><pubDate>Tue, 05 Mar 2013 10:00:00 +0100</pubDate></item></channel>"),
        "feed.json": '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    }  # fmt: skip
    return from_html(folder, written(folder, files))


def test_a_site_with_feeds(weir: Site) -> None:
    eels = weir.front("content/posts/eels.md")
    assert eels["date"].isoformat() == "2013-03-05T10:00:00+01:00"
    assert (eels["authors"], eels["categories"]) == (["Ida Weir"], ["Fish", "Night"])
    assert [notice["what"] for notice in weir.notices("date.source") if notice["item"] == "eels.html"] == ["feed"]
    otters = weir.front("content/otters.md")
    assert (otters["date"].isoformat()[:10], otters["authors"]) == ("2010-01-01", ["Bo Moor"]), "as the page says"
    assert "date" not in weir.front("content/about.md")
    assert reasons(weir) == {"feed.json": "news feed", "feed.xml": "news feed"}
