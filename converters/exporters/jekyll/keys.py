"""What Jekyll calls the keys of front matter, and the rows that only Jekyll has.

The rest is `converters/frontmatter/keys.py`.

Names are those that Jekyll and its common plug-ins (jekyll-seo-tag, jekyll-feed, jekyll-redirect-from) read:
https://jekyllrb.com/docs/front-matter/
"""

from __future__ import annotations

from html import escape

from converters.exporters.jekyll.collections import collection
from converters.exporters.jekyll.days import Days
from converters.frontmatter.keys import COMMON, Key, KeyInput, author_labels, file_stem, image, one_line
from converters.html import quotes
from converters.model import PUBLIC, HtmlBody, Listing
from converters.old_site.archives import feed_path
from converters.old_site.visibility import appears
from converters.remembered import remembered


def _undated(given: KeyInput) -> bool | None:
    """Jekyll takes the day in a post's file name, and for what is in other collections the time of the build."""
    return (given.post.date is None and given.place.path.startswith("_")) or None


def _day(given: KeyInput) -> str:
    """The day that readers saw."""
    return Days(given.lookup.site).other(given.post.date)


def _published(given: KeyInput) -> bool | None:
    """What was not public is not built unless requested: `--drafts` for `_drafts`, `--unpublished` for the rest."""
    shown = (given.post.status in PUBLIC and not given.place.held) or given.place.path.startswith("_drafts/")
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


def _excerpt(given: KeyInput) -> str:
    """With the quotation marks of the source, as the text has them: Jekyll draws none."""
    drawn = given.lookup.site.draws_quotes and isinstance(given.post.body, HtmlBody)
    return escape(one_line(given.post.excerpt, quotes.draw if drawn else None), quote=False)


def _lists(given: KeyInput) -> str:
    listing = given.post.listing
    return collection(listing.kind) if listing is not None and listing.kind else ""


def _taxonomy(given: KeyInput, *, of_term: bool) -> str:
    listing = given.post.listing
    if listing is None or not listing.taxonomy or bool(listing.term) != of_term:
        return ""
    return given.taxonomies.get(listing.taxonomy, "")


def _inner(given: KeyInput) -> bool | None:
    return (given.post.listing is not None and given.post.listing.inner) or None


@remembered
def _inner_lists(lists: tuple[Listing, ...]) -> frozenset[str]:
    """The ids of the pages of lists inside of others."""
    return frozenset(row.page for row in lists if row.inner)


def _list_url(given: KeyInput) -> str:
    """The list inside of another that the item is in."""
    lists, listing = given.lookup.site.lists, given.post.listing
    page, link = given.post.parent if given.post.parent in _inner_lists(lists) else "", ""
    if not page and listing is not None and listing.inner:
        around = (row for row in lists if (row.kind, row.language) == (listing.kind, listing.language))
        page, link = next(((row.page, row.link) for row in around if not row.inner), ("", ""))
    place = given.lookup.place(page) if page else None
    return place.url if place is not None else link


def _feed(given: KeyInput) -> str:
    listing, file = given.post.listing, given.lookup.site.feed_file
    listed = listing is not None and (listing.kind or listing.taxonomy)
    return feed_path(given.place.url, file) if listed and given.place.url else ""


def _layout(given: KeyInput) -> str:
    if given.post.id in given.lookup.site.posts_pages:
        return "posts"
    listing = given.post.listing
    return "" if listing is None else "archive" if listing.kind or listing.taxonomy else "home"


KEYS = COMMON.adapted(
    renamed={
        "modified": "last_modified_at",
        "aliases": "redirect_from",
        "language": "lang",
        "canonical": "canonical_url",
        "comments_open": "comments",
    },
    own=(
        Key("undated", "bool", _undated, "", "where there is no date, and Jekyll makes one up", after="date"),
        Key("day", "string", _day, "`post_date`", "where it is another one in the time zone of the site",
            after="undated"),
        Key("draft", "bool", _published, "status",
            "false for all that was not public, but for what is in `_drafts`; and for what is scheduled where Jekyll"
            " does not wait for its day", name="published"),
        Key("publish_date", "date", lambda of: appears(of.post) if of.place.held else None, "status",
            "the day for which such an item is scheduled"),
        Key("slug", "string", _slug, "`post_name`", "where the file has another name"),
        Key("author", "string", _author, "`dc:creator`, Co-Authors Plus",
            "display name; the first one of several", after="order"),
        Key("authors", "list of strings", _authors, "Co-Authors Plus", "display names, where there are several"),
        Key("excerpt", "string", _excerpt, "hand-written excerpt",
            "on one line; `&`, `<` and `>` as HTML writes them"),
        Key("image", "map", lambda of: image(of.post.featured, "path"),
            "`_thumbnail_id`", "path, alt, caption, width, height"),
        Key("sitemap", "bool", lambda of: False if of.post.unlisted else None, "",
            "with `unlisted`, for jekyll-sitemap", after="unlisted"),
        Key("layout", "string", _layout, "the page of posts beside a static front page",
            "where it is not that of the kind; `archive`: a list of Hugo with a text of its own, likewise those below;"
            " `home`: its front page",
            after="image"),
        Key("lists", "string", _lists, "", "the collection that is listed below the text", after="layout"),
        Key("inner", "bool", _inner, "", "of these only the items whose `list_url` is that of the page", after="lists"),
        Key("feed", "string", _feed, "", "the feed of the list", after="inner"),
        Key("taxonomy", "string", lambda of: _taxonomy(of, of_term=True), "", "with `term`: what is listed",
            after="feed"),
        Key("list_url", "string", _list_url, "", "the URL of the section of Hugo, inside of another, that lists it",
            after="order"),
        Key("term", "string", lambda of: of.post.listing.term if of.post.listing is not None else "", "",
            after="taxonomy"),
        Key("terms_of", "string", lambda of: _taxonomy(of, of_term=False), "", "the taxonomy whose terms are listed",
            after="term"),
    ),
)  # fmt: skip
