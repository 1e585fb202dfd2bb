"""Which field of a post becomes which key of front matter, and in which order.

One table for all targets: `docs/front-matter.md` shows it, and a test holds the two together.
"""

from __future__ import annotations

from typing import NamedTuple


class Key(NamedTuple):
    """A key in front matter. `source` says in the reader's words what it comes from in WordPress."""

    name: str
    type: str
    source: str
    note: str = ""


HUGO: tuple[Key, ...] = (
    Key("title", "string", "title", "entities decoded once, tags taken out"),
    Key("date", "date", "`post_date` with the offset to `post_date_gmt`", "left out where the source has none"),
    Key("lastmod", "date", "`post_modified`", "where it differs from `date`"),
    Key("draft", "bool", "status", "true for all that was not public"),
    Key("private", "bool", "status `private`"),
    Key("protected", "bool", "a password was set", "the password itself is never written"),
    Key("status", "string", "status `pending`"),
    Key("slug", "string", "`post_name`", "posts and custom kinds; pages are named by their file"),
    Key("url", "string", "permalink", "only where Hugo would not derive it"),
    Key("aliases", "list of strings", "`_wp_old_slug`", "former addresses"),
    Key("translationKey", "string", "translations", "where the files of translations have different names"),
    Key("type", "string", "post type", "pages that stand in a section's folder"),
    Key("weight", "int", "`menu_order`", "where it is not 0"),
    Key("authors", "list of strings", "`dc:creator`, Co-Authors Plus", "display names"),
    Key("categories", "list of strings", "terms of `category`", "names, not slugs; the primary one first"),
    Key("tags", "list of strings", "terms of `post_tag`", "names, not slugs"),
    Key("description", "string", "description for search engines", "Yoast, Rank Math, AIOSEO, SEOPress ..."),
    Key("summary", "string", "hand-written excerpt", "as plain text"),
    Key("keywords", "list of strings", "focus keywords of the SEO plugins"),
    Key("seo_title", "string", "title for search engines"),
    Key("canonical", "string", "canonical address for search engines"),
    Key("noindex", "bool", "kept out of search engines"),
    Key("og_title", "string", "title for Open Graph"),
    Key("og_description", "string", "description for Open Graph"),
    Key("twitter_title", "string", "title for X", "where it is not that for Open Graph; the next two as well"),
    Key("twitter_description", "string", "description for X"),
    Key("twitter_image", "string", "picture for X"),
    Key("featured_image", "map", "`_thumbnail_id`", "src, alt, caption, width, height"),
    Key(
        "images", "list of strings", "picture for Open Graph, `_thumbnail_id`", "read by Hugo's own Open Graph template"
    ),
    Key("resources", "list of maps", "media library", "with `--bundles`: src, title, params (alt, caption)"),
    Key(
        "enclosures",
        "list of maps",
        "`enclosure`, podcast plug-ins",
        "url, length, type, duration; the feed hands them out",
    ),
    Key("post_format", "string", "term of `post_format`"),
    Key("sticky", "bool", "`is_sticky`"),
    Key("comments_open", "bool", "`comment_status`", "only when closed"),
    Key("source_id", "int or string", "`post_id`"),
    Key("guid", "string", "`guid`", "the feed keeps it, so that readers see nothing twice"),
    Key("params", "map", "custom fields", "values of PHP arrays as lists and maps"),
)

ORDER = {key.name: number for number, key in enumerate(HUGO)}
