"""The keys of front matter in a Jekyll file, and their order. `docs/front-matter.md` shows them; a test holds the two
together. Names are those that Jekyll and its common plug-ins (jekyll-seo-tag, jekyll-feed, jekyll-redirect-from) read.
"""

from __future__ import annotations

from converters.frontmatter.keys import Key

JEKYLL: tuple[Key, ...] = (
    Key("title", "string", "title", "entities decoded once, tags taken out"),
    Key("date", "date", "`post_date` with the offset to `post_date_gmt`", "left out where the source has none"),
    Key("undated", "bool", "", "where the date in a post's file name stands for none"),
    Key("last_modified_at", "date", "`post_modified`", "where it differs from `date`"),
    Key("published", "bool", "status", "false for all that was not public, but for what lies in `_drafts`"),
    Key("private", "bool", "status `private`"),
    Key("protected", "bool", "a password was set", "the password itself is never written"),
    Key("status", "string", "status `pending`"),
    Key("slug", "string", "`post_name`", "where the file has another name"),
    Key("permalink", "string", "permalink", "only where Jekyll would not derive it"),
    Key("redirect_from", "list of strings", "`_wp_old_slug`", "former addresses"),
    Key("lang", "string", "language", "of sites that have several"),
    Key("translations", "map", "translations", "language and address of each that is public"),
    Key("order", "int", "`menu_order`", "where it is not 0"),
    Key("author", "string", "`dc:creator`, Co-Authors Plus", "display name; the first one of several"),
    Key("authors", "list of strings", "Co-Authors Plus", "display names, where there are several"),
    Key("categories", "list of strings", "terms of `category`", "names, not slugs; the primary one first"),
    Key("tags", "list of strings", "terms of `post_tag`", "names, not slugs"),
    Key("description", "string", "description for search engines", "Yoast, Rank Math, AIOSEO, SEOPress ..."),
    Key("excerpt", "string", "hand-written excerpt", "on one line; `&`, `<` and `>` as HTML writes them"),
    Key("keywords", "list of strings", "focus keywords of the SEO plugins"),
    Key("seo_title", "string", "title for search engines"),
    Key("canonical_url", "string", "canonical address for search engines"),
    Key("noindex", "bool", "kept out of search engines"),
    Key("og_title", "string", "title for Open Graph"),
    Key("og_description", "string", "description for Open Graph"),
    Key("og_image", "string", "picture for Open Graph", "where it is not `image`"),
    Key("twitter_title", "string", "title for X", "where it is not that for Open Graph; the next two as well"),
    Key("twitter_description", "string", "description for X"),
    Key("twitter_image", "string", "picture for X"),
    Key("image", "map", "`_thumbnail_id`", "path, alt, caption, width, height"),
    Key(
        "enclosures",
        "list of maps",
        "`enclosure`, podcast plug-ins",
        "url, length, type, duration; the feed hands them out",
    ),
    Key("post_format", "string", "term of `post_format`"),
    Key("sticky", "bool", "`is_sticky`"),
    Key("comments", "bool", "`comment_status`", "only when closed"),
    Key("source_id", "int or string", "`post_id`"),
    Key("guid", "string", "`guid`", "the feed keeps it, so that readers see nothing twice"),
    Key("params", "map", "custom fields", "values of PHP arrays as lists and maps"),
)

ORDER = {key.name: number for number, key in enumerate(JEKYLL)}
