"""Titles and descriptions for search engines, as WordPress's SEO plugins keep them in post meta.

Values are templates in the words of their plugin: `%%title%%` (Yoast, SEOPress, SmartCrawl), `%title%` (Rank Math, old
All in One SEO), `#post_title` (All in One SEO since 4); The SEO Framework has none. What the export knows is filled in;
a variable it does not know drops the field, which is reported. `100%` and `#hashtag` are text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from converters.importers.wordpress.fields import SEO
from converters.model import Seo
from converters.notices import Log

_DOUBLE = re.compile(r"%%([A-Za-z_][\w-]*)%%")
_SINGLE = re.compile(r"%([a-z_]+)(?:\([^()%]{0,200}\))?%")
_HASHED = re.compile(r"#([a-z_]+)")
_VARIABLES = {  # start of a meta key -> its plugin's variables
    "_yoast_": (_DOUBLE,),
    "_seopress_": (_DOUBLE,),
    "_wds_": (_DOUBLE,),
    "rank_math_": (_SINGLE,),
    "_aioseop_": (_SINGLE,),
    "_aioseo_": (_HASHED,),
}
_NOT_KNOWN = frozenset(
    """author_bio author_first_name author_last_name author_link author_name author_url attachment_caption
    categories category count counter current_date current_day current_month current_year currentdate currentday
    currentmonth currenttime currentyear custom_field customfield customterm date excerpt excerpt_only focuskw id
    keywords modified name parent_title permalink post_author post_content post_date post_day post_excerpt
    post_excerpt_only
    pagenumber pagetotal filename org_name org_logo org_url pt_single pt_plural wc_price wc_sku wc_shortdesc wc_brand
    post_link post_month post_thumbnail post_year primary_category search_query seo_description seo_title tag tags
    tax_name tax_parent_name taxonomy_title term term_description url user_description userid""".split()
)
"""Variables of the forms that text can look like too, whose value is not at hand. Other words there are text."""

_DEFAULTS = frozenset(
    "title post_title page_title sep separator_sa page sitename sitetitle site_title blog_title".split()
)
"""Nothing but these is what every post of the old site had: it says nothing about this one."""

_NOINDEX: dict[str, Callable[[str], bool]] = {
    "_yoast_wpseo_meta-robots-noindex": lambda value: value == "1",
    "rank_math_robots": lambda value: "noindex" in value,
    "_seopress_robots_index": lambda value: value == "yes",
    "_aioseop_noindex": lambda value: value == "on",
    "_genesis_noindex": lambda value: value == "1",
    "_wds_meta-robots-noindex": lambda value: value == "1",
}


def read_seo(meta: Mapping[str, str], *, title: str, site: str, tagline: str, log: Log | None = None) -> Seo:
    """`meta` holds the first value of every key."""
    names = dict.fromkeys(("title", "post_title", "page_title"), title)
    names |= dict.fromkeys(("sitename", "sitetitle", "site_title", "blog_title"), site)
    names |= dict.fromkeys(("sitedesc", "tagline", "blog_description"), tagline)
    names |= {"sep": "-", "separator_sa": "-", "page": ""}

    def first(field: str) -> tuple[str, str]:
        return next(((key, meta[key].strip()) for key in SEO[field] if meta.get(key, "").strip()), ("", ""))

    def filled(field: str) -> str:
        key, template = first(field)
        text, unknown = _fill(key, template, names)
        if unknown and log is not None:
            log("seo.variable", f"{key}: {unknown}")
        return "" if unknown else text

    return Seo(
        title=filled("title"),
        description=filled("description"),
        canonical=first("canonical")[1],
        noindex=any(_NOINDEX[key](meta[key].strip()) for key in SEO["noindex"] if meta.get(key)),
        keywords=tuple(part.strip() for part in first("keywords")[1].split(",") if part.strip()),
    )


def _fill(key: str, template: str, names: Mapping[str, str]) -> tuple[str, str]:
    """The template's text, and its first variable whose value is not known."""
    patterns = next((found for start, found in _VARIABLES.items() if key.startswith(start)), ())
    for pattern in patterns:
        parts: list[str] = []
        end, used = 0, set[str]()
        for match in pattern.finditer(template):
            name = match[1]
            if name not in names:
                hashtag = pattern is _HASHED and "_" not in name and name not in ("categories", "permalink")
                if pattern is _DOUBLE or (name in _NOT_KNOWN and not hashtag):
                    return "", match[0]
                continue
            used.add(name)
            parts += (html.unescape(template[end : match.start()]), names[name])
            end = match.end()
        if not used:
            continue
        literal = "".join(parts[::2]) + template[end:]
        if used <= _DEFAULTS and not literal.strip(" -|–—·•:»"):
            return "", ""
        return " ".join("".join((*parts, html.unescape(template[end:]))).split()).strip(" -|"), ""
    return " ".join(html.unescape(template).split()), ""
