"""What WordPress's SEO plugins keep in post meta for search engines and for cards of Open Graph and X.

Values are templates in the words of their plugin: `%%title%%` (Yoast, SEOPress, SmartCrawl), `%title%` (Rank Math, old
All in One SEO), `#post_title` (All in One SEO since 4), `{{ post.title }}` (Slim SEO); The SEO Framework has none. What
the export knows is filled in; a variable it does not know drops the field, which is reported. `100%` and `#hashtag` are
text. The separator is an option of the site, and exports hold no options: a hyphen stands for it. Dates are written
`2021-03-04`, since the site's own form is an option, too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from converters.importers.wordpress import php
from converters.importers.wordpress.rawitem import plain
from converters.model import Seo
from converters.model.notices import Log

_DOUBLE = re.compile(r"%%(?P<name>[A-Za-z_][\w-]*)%%")
_SINGLE = re.compile(r"%(?P<name>[a-z_]+)(?:\((?P<of>[^()%]{0,200})\))?%")
_HASHED = re.compile(r"#(?P<name>[a-z_]+)(?:(?<=custom_field)-(?P<of>[\w-]+))?")
_BRACED = re.compile(r"\{\{\s*(?P<name>[a-z_.]+)\s*\}\}")
_VARIABLES = {  # start of a meta key -> its plugin's variables
    "_yoast_": (_DOUBLE,),
    "_seopress_": (_DOUBLE,),
    "_wds_": (_DOUBLE,),
    "rank_math_": (_SINGLE,),
    "_aioseop_": (_SINGLE,),
    "_aioseo_": (_HASHED,),
    "slim_seo": (_BRACED,),
}
_ALWAYS = (_DOUBLE, _BRACED)
"""Forms that text never looks like: each is a variable, known or not."""
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
    """title post_title page_title sep separator_sa page sitename sitetitle site_title blog_title post.title site.title
    """.split()
)
"""Nothing but these is what every post of the old site had: it says nothing about this one."""

_FIELDS = {
    field: tuple(keys.split())
    for field, keys in {
        "title": """
            _yoast_wpseo_title rank_math_title _aioseo_title _aioseop_title _seopress_titles_title _genesis_title
            _wds_title slim_seo.title""",
        "description": """
            _yoast_wpseo_metadesc rank_math_description _aioseo_description _aioseop_description
            _seopress_titles_desc _genesis_description _wds_metadesc slim_seo.description""",
        "canonical": """
            _yoast_wpseo_canonical rank_math_canonical_url _aioseop_custom_link _seopress_robots_canonical
            _genesis_canonical_uri _wds_canonical slim_seo.canonical""",
        "keywords": "_yoast_wpseo_focuskw rank_math_focus_keyword _aioseop_keywords",
        "og_title": """
            _yoast_wpseo_opengraph-title rank_math_facebook_title _aioseo_og_title
            _aioseop_opengraph_settings.aioseop_opengraph_settings_title _seopress_social_fb_title _open_graph_title
            _wds_opengraph.title""",
        "og_description": """
            _yoast_wpseo_opengraph-description rank_math_facebook_description _aioseo_og_description
            _aioseop_opengraph_settings.aioseop_opengraph_settings_desc _seopress_social_fb_desc
            _open_graph_description _wds_opengraph.description""",
        "og_image": """
            _yoast_wpseo_opengraph-image _yoast_wpseo_opengraph-image-id rank_math_facebook_image
            rank_math_facebook_image_id _aioseop_opengraph_settings.aioseop_opengraph_settings_customimg
            _aioseop_opengraph_settings.aioseop_opengraph_settings_image _seopress_social_fb_img
            _seopress_social_fb_img_attachment_id _social_image_url _social_image_id _wds_opengraph.images
            slim_seo.facebook_image""",
        "twitter_title": """
            _yoast_wpseo_twitter-title rank_math_twitter_title _aioseo_twitter_title _seopress_social_twitter_title
            _twitter_title _wds_twitter.title""",
        "twitter_description": """
            _yoast_wpseo_twitter-description rank_math_twitter_description _aioseo_twitter_description
            _seopress_social_twitter_desc _twitter_description _wds_twitter.description""",
        "twitter_image": """
            _yoast_wpseo_twitter-image _yoast_wpseo_twitter-image-id rank_math_twitter_image
            rank_math_twitter_image_id _seopress_social_twitter_img _seopress_social_twitter_img_attachment_id
            _wds_twitter.images slim_seo.twitter_image""",
        "primary": """
            _yoast_wpseo_primary_category rank_math_primary_category _seopress_robots_primary_cat
            _primary_term_category""",
    }.items()
}
"""Field of `Seo` -> meta keys, the first that is not empty counts; `key.name` is inside a PHP array."""

_NOINDEX = {
    "_yoast_wpseo_meta-robots-noindex": "1", "rank_math_robots": "noindex", "_seopress_robots_index": "yes",
    "_aioseop_noindex": "on", "_genesis_noindex": "1", "_wds_meta-robots-noindex": "1", "slim_seo.noindex": "1",
}  # fmt: skip
"""Meta key -> the value that keeps a post out of search engines; Rank Math has it among others in a list."""

_KEYS = frozenset({*_NOINDEX, *(key for keys in _FIELDS.values() for key in keys)})
META = frozenset(key.partition(".")[0] for key in _KEYS)
"""The meta keys that are read here."""
_PACKED = frozenset(key.partition(".")[0] for key in _KEYS if "." in key)
_WORDS = frozenset("title sep page tags tag date name id category excerpt modified".split())
"""Hashtags that people write; All in One SEO calls its variables otherwise."""


class SeoFacts(NamedTuple):
    """What the export knows of a post beside its title. None: not known; then a variable for it drops its field."""

    excerpt: str | None = None
    """Written by hand, as plain text."""
    categories: tuple[str, ...] | None = None
    tags: tuple[str, ...] | None = None
    date: str | None = None
    modified: str | None = None
    author: str | None = None
    id: str | None = None
    image: Callable[[str], str] = lambda id: ""
    """The address of a picture by its id; empty for one the export does not hold."""

    def first_names(self) -> dict[str, str]:
        """For plugins whose `category` is one of several."""
        firsts = {"category post_category": self.categories, "tag post_tag": self.tags}
        return {name: all[0] for names, all in firsts.items() if all for name in names.split()}


_NOTHING = SeoFacts()


def _variables(title: str, site: str, tagline: str, known: SeoFacts) -> dict[str, str]:
    """Variable -> text, in the words of all plugins."""
    values = {
        "title post_title page_title post.title": title,
        "sitename sitetitle site_title blog_title site.title": site,
        "sitedesc tagline blog_description site.description": tagline,
        "sep separator_sa": "-",
        "page": "",
        "excerpt post_excerpt post.excerpt": known.excerpt or None,
        "excerpt_only post_excerpt_only": known.excerpt,
        "date post_date post.date": known.date,
        "modified post_modified_date post.modified_date": known.modified,
        "name post_author author_name author.display_name": known.author,
        "id": known.id,
        "primary_category": known.categories[0] if known.categories else None,
        "categories category post_category post.categories": _joined(known.categories),
        "tags tag post_tag post.tags": _joined(known.tags),
    }
    return {name: value for names, value in values.items() if value is not None for name in names.split()}


def _joined(names: tuple[str, ...] | None) -> str | None:
    return None if names is None else ", ".join(names)


def read_seo(
    meta: Mapping[str, str], *, title: str, site: str, tagline: str, known: SeoFacts = _NOTHING, log: Log | None = None
) -> Seo:
    """`meta` holds the first value of every key; `title` and all that is known are plain text."""
    meta = _unpacked(meta, log)
    names = _variables(title, site, tagline, known)

    def first(field: str) -> tuple[str, str]:
        return next(((key, meta[key].strip()) for key in _FIELDS[field] if meta.get(key, "").strip()), ("", ""))

    def filled(field: str) -> str:
        key, template = first(field)
        firsts = known.first_names() if key.startswith(("rank_math_", "_seopress_")) else {}
        text, unknown = _fill(key, template, names | firsts, meta)
        if unknown and log is not None:
            log("seo.variable", f"{key}: {unknown}")
        return "" if unknown else text

    def image(field: str) -> str:
        values = (meta.get(key, "").strip() for key in _FIELDS[field])
        return next((found for value in values if (found := known.image(value) if value.isdigit() else value)), "")

    return Seo(
        title=filled("title"),
        description=filled("description"),
        canonical=first("canonical")[1],
        noindex=any(_says(meta.get(key, "").strip(), value) for key, value in _NOINDEX.items()),
        keywords=tuple(part.strip() for part in first("keywords")[1].split(",") if part.strip()),
        og_title=filled("og_title"),
        og_description=filled("og_description"),
        og_image=image("og_image"),
        twitter_title=filled("twitter_title"),
        twitter_description=filled("twitter_description"),
        twitter_image=image("twitter_image"),
    )


def _unpacked(meta: Mapping[str, str], log: Log | None) -> Mapping[str, str]:
    """`meta` with the fields of PHP arrays as `key.name`; of a list the first value."""
    found = dict(meta)
    for key in _PACKED & meta.keys():
        values = php.read(meta[key], log, key) if meta[key].strip() else {}
        for name, value in values.items() if isinstance(values, dict) else ():
            found[f"{key}.{name}"] = _first_text(value)
    return found


def _says(found: str, value: str) -> bool:
    return value in found if value == "noindex" else value == found


def _first_text(value: Any) -> str:
    while isinstance(value, dict | list):
        value = next(iter(value.values() if isinstance(value, dict) else value), "")
    return "1" if value is True else "" if value in (None, False) else str(value)


def primary_terms(meta: Mapping[str, str]) -> frozenset[str]:
    """The ids of the terms a post's author called the main ones."""
    return frozenset(meta[key].strip() for key in _FIELDS["primary"] if meta.get(key, "").strip().isdigit())


def _value(name: str, of: str | None, names: Mapping[str, str], meta: Mapping[str, str]) -> str | None:
    """The text of a variable; None for one that is not known. Custom fields are `cf_x`, `_cf_x`, `customfield(x)`."""
    field = name.removeprefix("_").removeprefix("cf_") if name.startswith(("cf_", "_cf_")) else None
    if name in ("customfield", "custom_field"):
        field = of
    if field is not None:
        value = meta.get(field)
        return None if value is None or php.looks_serialized(value) else plain(value)
    return names.get(name) if of is None else None


def _fill(key: str, template: str, names: Mapping[str, str], meta: Mapping[str, str]) -> tuple[str, str]:
    """The template's text, and its first variable whose value is not known. References are decoded in the template."""
    patterns = next((found for start, found in _VARIABLES.items() if key.startswith(start)), ())
    for pattern in patterns:
        parts: list[str] = []
        end, used = 0, set[str]()
        for match in pattern.finditer(template):
            name = match["name"]
            value = _value(name, match.groupdict().get("of"), names, meta)
            if value is None:
                hashtag = pattern is _HASHED and "_" not in name and name not in ("categories", "permalink")
                if pattern in _ALWAYS or (name in _NOT_KNOWN and not hashtag):
                    return "", match[0]
                continue
            if pattern is _HASHED and name in _WORDS:
                continue
            used.add(name)
            parts += (html.unescape(template[end : match.start()]), value)
            end = match.end()
        if not used:
            continue
        literal = "".join(parts[::2]) + template[end:]
        if used <= _DEFAULTS and not literal.strip(" -|–—·•:»"):
            return "", ""
        return " ".join("".join((*parts, html.unescape(template[end:]))).split()).strip(" -|"), ""
    return " ".join(html.unescape(template).split()), ""
