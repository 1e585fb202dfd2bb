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
from converters.importers.wordpress.fields import SEO
from converters.importers.wordpress.text import plain
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

_NOINDEX: dict[str, Callable[[str], bool]] = {
    "_yoast_wpseo_meta-robots-noindex": lambda value: value == "1",
    "rank_math_robots": lambda value: "noindex" in value,
    "_seopress_robots_index": lambda value: value == "yes",
    "_aioseop_noindex": lambda value: value == "on",
    "_genesis_noindex": lambda value: value == "1",
    "_wds_meta-robots-noindex": lambda value: value == "1",
    "slim_seo.noindex": lambda value: value == "1",
}


class Known(NamedTuple):
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

    def names(self) -> dict[str, str]:
        """Variable -> text, in the words of all plugins."""
        lists = {
            "categories category post_category post.categories": self.categories,
            "tags tag post_tag post.tags": self.tags,
        }
        single = {
            "excerpt post_excerpt post.excerpt": self.excerpt or None,
            "excerpt_only post_excerpt_only": self.excerpt,
            "date post_date post.date": self.date,
            "modified post_modified_date post.modified_date": self.modified,
            "name post_author author_name author.display_name": self.author,
            "id": self.id,
            "primary_category": self.categories[0] if self.categories else None,
        }
        values = single | {names: None if all is None else ", ".join(all) for names, all in lists.items()}
        return {name: value for names, value in values.items() if value is not None for name in names.split()}

    def first_names(self) -> dict[str, str]:
        """For plugins whose `category` is one of several."""
        firsts = {"category post_category": self.categories, "tag post_tag": self.tags}
        return {name: all[0] for names, all in firsts.items() if all for name in names.split()}


def read_seo(
    meta: Mapping[str, str], *, title: str, site: str, tagline: str, known: Known | None = None, log: Log | None = None
) -> Seo:
    """`meta` holds the first value of every key; `title` and all that is known are plain text."""
    known = known or Known()
    meta = _unpacked(meta, log)
    names = dict.fromkeys(("title", "post_title", "page_title", "post.title"), title)
    names |= dict.fromkeys(("sitename", "sitetitle", "site_title", "blog_title", "site.title"), site)
    names |= dict.fromkeys(("sitedesc", "tagline", "blog_description", "site.description"), tagline)
    names |= {"sep": "-", "separator_sa": "-", "page": ""} | known.names()

    def first(field: str) -> tuple[str, str]:
        return next(((key, meta[key].strip()) for key in SEO[field] if meta.get(key, "").strip()), ("", ""))

    def filled(field: str) -> str:
        key, template = first(field)
        firsts = known.first_names() if key.startswith(("rank_math_", "_seopress_")) else {}
        text, unknown = _fill(key, template, names | firsts, meta)
        if unknown and log is not None:
            log("seo.variable", f"{key}: {unknown}")
        return "" if unknown else text

    def image(field: str) -> str:
        values = (meta.get(key, "").strip() for key in SEO[field])
        return next((found for value in values if (found := known.image(value) if value.isdigit() else value)), "")

    return Seo(
        title=filled("title"),
        description=filled("description"),
        canonical=first("canonical")[1],
        noindex=any(_NOINDEX[key](meta[key].strip()) for key in SEO["noindex"] if meta.get(key)),
        keywords=tuple(part.strip() for part in first("keywords")[1].split(",") if part.strip()),
        og_title=filled("og_title"),
        og_description=filled("og_description"),
        og_image=image("og_image"),
        twitter_title=filled("twitter_title"),
        twitter_description=filled("twitter_description"),
        twitter_image=image("twitter_image"),
    )


_PACKED = frozenset(key.partition(".")[0] for keys in SEO.values() for key in keys if "." in key)


def _unpacked(meta: Mapping[str, str], log: Log | None) -> Mapping[str, str]:
    """`meta` with the fields of PHP arrays as `key.name`; of a list the first value."""
    found = dict(meta)
    for key in _PACKED & meta.keys():
        try:
            values = php.loads(meta[key]) if meta[key].strip() else {}
        except php.PhpError as error:
            if log is not None:
                log("php.invalid", str(error), where=key)
            continue
        for name, value in values.items() if isinstance(values, dict) else ():
            found[f"{key}.{name}"] = _first_text(value)
    return found


def _first_text(value: Any) -> str:
    while isinstance(value, dict | list):
        value = next(iter(value.values() if isinstance(value, dict) else value), "")
    return "1" if value is True else "" if value in (None, False) else str(value)


def primary_terms(meta: Mapping[str, str]) -> frozenset[str]:
    """The ids of the terms a post's author called the main ones."""
    return frozenset(meta[key].strip() for key in SEO["primary"] if meta.get(key, "").strip().isdigit())


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


_WORDS = frozenset("title sep page tags tag date name id category excerpt modified".split())
"""Hashtags that people write; All in One SEO calls its variables otherwise."""
