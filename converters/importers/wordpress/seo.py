"""Titles and descriptions for search engines, as Yoast, Rank Math, All in One SEO and SEOPress keep them in post meta.

Their values are templates (`%%title%% %%sep%% %%sitename%%`); what can be filled in is, what cannot drops the field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from converters.importers.wordpress.fields import SEO
from converters.model import Seo

_VARIABLE = re.compile(r"%%([a-z_]+)%%|%([a-z_]+)%|#([a-z_]+)")
_NOINDEX: dict[str, Callable[[str], bool]] = {
    "_yoast_wpseo_meta-robots-noindex": lambda value: value == "1",
    "rank_math_robots": lambda value: "noindex" in value,
    "_seopress_robots_index": lambda value: value == "yes",
    "_aioseop_noindex": lambda value: value == "on",
}


def read_seo(meta: Mapping[str, str], *, title: str, site: str, tagline: str) -> Seo:
    """`meta` holds the first value of every key."""
    names = {
        "title": title,
        "post_title": title,
        "sitename": site,
        "sitetitle": site,
        "site_title": site,
        "blog_title": site,
    }
    names |= {"sitedesc": tagline, "tagline": tagline, "blog_description": tagline, "sep": "-", "separator_sa": "-"}
    names |= {"page": "", "primary_category": "", "excerpt": "", "post_excerpt": ""}
    names["page_title"] = title

    def first(field: str) -> str:
        return next((meta[key].strip() for key in SEO[field] if meta.get(key, "").strip()), "")

    keywords = tuple(part.strip() for part in first("keywords").split(",") if part.strip())
    return Seo(
        title=_fill(first("title"), names),
        description=_fill(first("description"), names),
        canonical=first("canonical"),
        noindex=any(_NOINDEX[key](meta[key]) for key in SEO["noindex"] if meta.get(key)),
        keywords=keywords,
    )


def _fill(template: str, names: dict[str, str]) -> str:
    """The template with its variables replaced; empty when one is not known."""
    if "%" not in template and "#" not in template:
        return template
    unknown = False

    def value(match: re.Match[str]) -> str:
        nonlocal unknown
        double, single, hashed = match.groups()
        name = double or single or hashed
        if name in names:
            return names[name]
        unknown = unknown or bool(double)
        return match[0]

    filled = " ".join(_VARIABLE.sub(value, template).split())
    return "" if unknown else filled.strip(" -|")
