"""What Jekyll calls the keys of front matter, and the rows that only Jekyll has.

The rest is `converters/frontmatter/keys.py`.

Names are those that Jekyll and its common plug-ins (jekyll-seo-tag, jekyll-feed, jekyll-redirect-from) read:
https://jekyllrb.com/docs/front-matter/
"""

from __future__ import annotations

from html import escape

from converters.exporters.jekyll.collections import collection
from converters.frontmatter.keys import COMMON, Key, KeyInput, author_labels, file_stem, image, one_line
from converters.model import PUBLIC


def _undated(given: KeyInput) -> bool | None:
    return (given.post.date is None and given.place.path.startswith("_posts/")) or None


def _day(given: KeyInput) -> str:
    """Jekyll shows dates in the time zone of the site, or of the computer where the site has none."""
    date = given.post.date
    return f"{date:%Y-%m-%d}" if date is not None and not given.lookup.site.time_zone else ""


def _published(given: KeyInput) -> bool | None:
    """What was not public is not built unless requested: `--drafts` for `_drafts`, `--unpublished` for the rest."""
    shown = given.post.status in PUBLIC or given.place.path.startswith("_drafts/")
    return None if shown else False


def _slug(given: KeyInput) -> str:
    name = file_stem(given.place)
    named = name[len("2021-03-04-") :] if given.place.path.startswith("_posts/") else name
    return given.post.slug if given.post.slug != named and given.post.kind != "page" else ""


def _author(given: KeyInput) -> str:
    return next(iter(author_labels(given)), "")


def _authors(given: KeyInput) -> list[str]:
    found = author_labels(given)
    return found if len(found) > 1 else []


def _lists(given: KeyInput) -> str:
    listing = given.post.listing
    return collection(listing.kind) if listing is not None and listing.kind else ""


def _taxonomy(given: KeyInput, *, of_term: bool) -> str:
    listing = given.post.listing
    if listing is None or not listing.taxonomy or bool(listing.term) != of_term:
        return ""
    return given.taxonomies.get(listing.taxonomy, "")


def _layout(given: KeyInput) -> str:
    if given.post.id in given.lookup.site.posts_pages:
        return "posts"
    return "archive" if given.post.listing is not None else ""


KEYS = COMMON.adapted(
    renamed={
        "modified": "last_modified_at",
        "aliases": "redirect_from",
        "language": "lang",
        "canonical": "canonical_url",
        "comments_open": "comments",
    },
    own=(
        Key("undated", "bool", _undated, "", "where the date in a post's file name is made up", after="date"),
        Key("day", "string", _day, "`post_date`", "where the time zone of the site is not known", after="undated"),
        Key("draft", "bool", _published, "status",
            "false for all that was not public, but for what is in `_drafts`", name="published"),
        Key("slug", "string", _slug, "`post_name`", "where the file has another name"),
        Key("author", "string", _author, "`dc:creator`, Co-Authors Plus",
            "display name; the first one of several", after="order"),
        Key("authors", "list of strings", _authors, "Co-Authors Plus", "display names, where there are several"),
        Key("excerpt", "string", lambda of: escape(one_line(of.post.excerpt), quote=False),
            "hand-written excerpt", "on one line; `&`, `<` and `>` as HTML writes them"),
        Key("image", "map", lambda of: image(of.post.featured, "path"),
            "`_thumbnail_id`", "path, alt, caption, width, height"),
        Key("layout", "string", _layout, "the page of posts beside a static front page",
            "where it is not that of the kind; `archive`: a list of Hugo with a text of its own, likewise the four"
            " below",
            after="image"),
        Key("lists", "string", _lists, "", "the collection that is listed below the text", after="layout"),
        Key("taxonomy", "string", lambda of: _taxonomy(of, of_term=True), "", "with `term`: what is listed",
            after="lists"),
        Key("term", "string", lambda of: of.post.listing.term if of.post.listing is not None else "", "",
            after="taxonomy"),
        Key("terms_of", "string", lambda of: _taxonomy(of, of_term=False), "", "the taxonomy whose terms are listed",
            after="term"),
    ),
)  # fmt: skip
