"""Fields of SEO plugins: variables, defaults, text that only looks like a variable."""

from pathlib import Path

import pytest

from converters.importers.wordpress.seo import SeoFacts, primary_terms, read_seo
from converters.model.notices import Log
from tests.support import convert, hugo
from tests.wxr import export, item


@pytest.mark.parametrize(
    ("key", "value", "title", "noticed"),
    [
        ("_yoast_wpseo_title", "%%title%% %%page%% %%sep%% %%sitename%%", "", False),
        ("_yoast_wpseo_title", "Buy %%title%% %%sep%% %%sitename%%", "Buy A & B - Site", False),
        ("_yoast_wpseo_title", "%%title%% %%cf_price%%", "", True),
        ("_yoast_wpseo_title", "Fish &amp; chips &amp;amp;", "Fish & chips &amp;", False),
        ("_yoast_wpseo_title", "100% #hashtag %title%", "100% #hashtag %title%", False),
        ("rank_math_title", "%title% %sep% %sitename%", "", False),
        ("rank_math_title", "Why %title%, 100%", "Why A & B, 100%", False),
        ("rank_math_title", "%title% %customfield(price)%", "", True),
        ("_aioseo_title", "#post_title #separator_sa #site_title", "", False),
        ("_aioseo_title", "#hashtag #tagline", "#hashtag Words", False),
        ("_aioseo_title", "#post_title #categories", "", True),
        ("_aioseo_title", "#post_excerpt", "", True),
        ("_aioseo_title", "#tags and #date", "#tags and #date", False),
        ("_aioseo_title", "#custom_field-price", "", True),
        ("_seopress_titles_title", "On %%post_title%%", "On A & B", False),
        ("_genesis_title", "%%title%% as text", "%%title%% as text", False),
        ("_wds_title", "The %%sitedesc%%", "The Words", False),
    ],
)
def test_titles(key: str, value: str, title: str, noticed: bool) -> None:
    log = Log()
    seo = read_seo({key: value}, title="A & B", site="Site", tagline="Words", log=log)
    assert seo.title == title
    assert [notice.code for notice in log.notices] == ["seo.variable"] * noticed


@pytest.mark.parametrize(("value", "noindex"), [("1", True), ("0", False), ("-1", False)])
def test_genesis_noindex(value: str, noindex: bool) -> None:
    assert read_seo({"_genesis_noindex": value}, title="", site="", tagline="").noindex is noindex


KNOWN = SeoFacts("Short & good", ("Boats", "Quays"), ("a", "b"), "2021-03-04", "2021-05-06", "Ada", "7")
"""All that an export can know."""


@pytest.mark.parametrize(
    ("key", "value", "title"),
    [
        ("_yoast_wpseo_title", "%%title%%: %%excerpt%%", "A & B: Short & good"),
        ("_yoast_wpseo_title", "%%category%% / %%primary_category%% / %%tag%%", "Boats, Quays / Boats / a, b"),
        ("_yoast_wpseo_title", "%%name%% %%date%% %%modified%% %%id%%", "Ada 2021-03-04 2021-05-06 7"),
        ("_yoast_wpseo_title", "Only %%cf_price%%", "Only 5 & 6 &amp;"),
        ("_yoast_wpseo_title", "Only %%cf_none%%", ""),
        ("_yoast_wpseo_title", "Only %%cf_list%%", ""),
        ("rank_math_title", "%category% %categories% %tag% %customfield(price)%", "Boats Boats, Quays a 5 & 6 &amp;"),
        ("rank_math_title", "%date(Y)%", ""),
        ("_aioseo_title", "#categories #post_excerpt #custom_field-price", "Boats, Quays Short & good 5 & 6 &amp;"),
        ("_aioseo_title", "#post_title #tags #date #title", "A & B #tags #date #title"),
        ("_seopress_titles_title", "%%post_category%% %%post_author%% %%_cf_price%%", "Boats Ada 5 & 6 &amp;"),
        ("slim_seo", 'a:1:{s:5:"title";s:36:"On {{ post.title }} {{ sep }} {{x}}!";}', ""),
        ("slim_seo", 'a:1:{s:5:"title";s:34:"On {{post.title}} by {{ post.tags}}";}', "On A & B by a, b"),
        ("slim_seo", 'a:1:{s:5:"title";s:34:"{{ post.title }} {{ site.title }}!";}', "A & B Site!"),
    ],
)
def test_what_the_export_knows(key: str, value: str, title: str) -> None:
    meta = {key: value, "price": "5 &amp; 6 &amp;amp;", "list": 'a:1:{i:0;s:1:"a";}'}
    assert read_seo(meta, title="A & B", site="Site", tagline="", known=KNOWN).title == title


def test_a_value_is_not_read_as_a_template_nor_decoded_twice() -> None:
    title = "%%sitename%% &amp; {{ sep }}"
    meta = {"_yoast_wpseo_title": "On &amp;amp; %%title%%", "rank_math_description": "On %title%"}
    seo = read_seo(meta, title=title, site="Site", tagline="")
    assert seo.title == "On &amp; " + title
    assert seo.description == "On " + title


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        ({"_yoast_wpseo_opengraph-title": "See %%title%%"}, "og_title", "See A"),
        ({"_yoast_wpseo_opengraph-description": "Fish &amp; chips"}, "og_description", "Fish & chips"),
        ({"_yoast_wpseo_opengraph-image": "/a.jpg", "_yoast_wpseo_opengraph-image-id": "5"}, "og_image", "/a.jpg"),
        ({"_yoast_wpseo_opengraph-image": "", "_yoast_wpseo_opengraph-image-id": "5"}, "og_image", "/5.jpg"),
        ({"_yoast_wpseo_twitter-title": "See %%title%%"}, "twitter_title", "See A"),
        ({"rank_math_facebook_title": "See %title%"}, "og_title", "See A"),
        ({"rank_math_twitter_description": "See %title%"}, "twitter_description", "See A"),
        ({"rank_math_facebook_image": "/a.jpg"}, "og_image", "/a.jpg"),
        ({"_aioseo_og_title": "See #post_title"}, "og_title", "See A"),
        ({"_aioseo_twitter_description": "See #post_title"}, "twitter_description", "See A"),
        (
            {"_aioseop_opengraph_settings": 'a:1:{s:32:"aioseop_opengraph_settings_title";s:3:"See";}'},
            "og_title",
            "See",
        ),
        ({"_seopress_social_fb_title": "See %%post_title%%"}, "og_title", "See A"),
        ({"_seopress_social_twitter_img": "/a.jpg"}, "twitter_image", "/a.jpg"),
        ({"_open_graph_title": "See %%title%%"}, "og_title", "See %%title%%"),
        ({"_social_image_id": "5"}, "og_image", "/5.jpg"),
        ({"_wds_opengraph": 'a:2:{s:5:"title";s:9:"%%title%%";s:6:"images";a:1:{i:0;i:5;}}'}, "og_image", "/5.jpg"),
        ({"_wds_twitter": 'a:1:{s:11:"description";s:13:"See %%title%%";}'}, "twitter_description", "See A"),
        ({"slim_seo": 'a:1:{s:14:"facebook_image";s:6:"/a.jpg";}'}, "og_image", "/a.jpg"),
        ({"slim_seo": 'a:1:{s:9:"canonical";s:2:"/a";}'}, "canonical", "/a"),
        ({"slim_seo": 'a:1:{s:7:"noindex";i:1;}'}, "noindex", True),
        ({"slim_seo": 'a:1:{s:7:"noindex";i:0;}'}, "noindex", False),
    ],
)
def test_cards(meta: dict[str, str], field: str, value: object) -> None:
    known = SeoFacts(image={"5": "/5.jpg"}.__getitem__)
    assert getattr(read_seo(meta, title="A", site="", tagline="", known=known), field) == value


def test_an_array_that_cannot_be_read_is_noted() -> None:
    log = Log()
    assert read_seo({"slim_seo": "a:1:{"}, title="", site="", tagline="", log=log).title == ""
    assert [(notice.code, notice.where) for notice in log.notices] == [("php.invalid", "slim_seo")]


@pytest.mark.parametrize(
    "key",
    [
        "_yoast_wpseo_primary_category",
        "rank_math_primary_category",
        "_seopress_robots_primary_cat",
        "_primary_term_category",
    ],
)
def test_primary_category(key: str) -> None:
    assert primary_terms({key: " 3 "}) == {"3"}
    assert primary_terms({key: "none"}) == frozenset()


@pytest.mark.hugo
def test_fields_reach_front_matter_and_page(tmp_path: Path) -> None:
    terms = [("category", "a", "First"), ("category", "b", "Second")]
    head = "".join(
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:cat_name>{name}</wp:cat_name></wp:category>"
        for number, (_, slug, name) in enumerate(terms, 1)
    )
    meta = {
        "_yoast_wpseo_primary_category": "2",
        "_yoast_wpseo_opengraph-title": "Card: %%title%% in %%primary_category%%",
        "_yoast_wpseo_opengraph-image": "https://old.example/wp-content/uploads/card.jpg",
        "_yoast_wpseo_twitter-title": "X: %%cf_price%%",
        "_thumbnail_id": "9",
        "price": "5",
    }
    picture = item(9, type="attachment", url="https://old.example/wp-content/uploads/b.jpg")
    site = convert(tmp_path, export(item(1, terms=terms, meta=meta), picture, head=head))
    front = site.front("content/posts/post-1.md")
    assert front["categories"] == ["Second", "First"]
    assert front["images"] == ["/wp-content/uploads/card.jpg", "/wp-content/uploads/b.jpg"]
    assert front["featured_image"]["src"] == "/wp-content/uploads/b.jpg"
    assert (front["og_title"], front["twitter_title"]) == ("Card: Title 1 in Second", "X: 5")
    assert front["params"] == {"price": 5} or front["params"] == {"price": "5"}
    page = (hugo(site.folder) / "post-1/index.html").read_text()
    assert '<meta property="og:title" content="Card: Title 1 in Second">' in page
    assert '<meta property="og:image" content="https://old.example/wp-content/uploads/card.jpg">' in page
    assert '<meta name="twitter:title" content="X: 5">' in page
