"""Fields of SEO plugins: variables, defaults, text that only looks like a variable."""

import pytest

from converters.importers.wordpress.seo import read_seo


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
    notices: list[tuple[str, str]] = []
    seo = read_seo(
        {key: value},
        title="A & B",
        site="Site",
        tagline="Words",
        log=lambda code, what="": notices.append((code, what)),
    )
    assert seo.title == title
    assert [code for code, _ in notices] == ["seo.variable"] * noticed


@pytest.mark.parametrize(("value", "noindex"), [("1", True), ("0", False), ("-1", False)])
def test_genesis_noindex(value: str, noindex: bool) -> None:
    assert read_seo({"_genesis_noindex": value}, title="", site="", tagline="").noindex is noindex
