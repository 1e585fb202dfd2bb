"""What Jekyll calls the keys of front matter, and the rows that only Jekyll has.

The rest is `converters/frontmatter/keys.py`.

Names are those that Jekyll and its common plug-ins (jekyll-seo-tag, jekyll-feed, jekyll-redirect-from) read:
https://jekyllrb.com/docs/front-matter/
"""

from __future__ import annotations

from html import escape

from converters.frontmatter.keys import COMMON, Key, KeyInput, author_names, file_stem, image, one_line
from converters.model import PUBLIC


def _undated(given: KeyInput) -> bool | None:
    return (given.post.date is None and given.place.path.startswith("_posts/")) or None


def _published(given: KeyInput) -> bool | None:
    """What was not public is not built unless requested: `--drafts` for `_drafts`, `--unpublished` for the rest."""
    shown = given.post.status in PUBLIC or given.place.path.startswith("_drafts/")
    return None if shown else False


def _slug(given: KeyInput) -> str:
    name = file_stem(given.place)
    named = name[len("2021-03-04-") :] if given.place.path.startswith("_posts/") else name
    return given.post.slug if given.post.slug != named and given.post.kind != "page" else ""


def _author(given: KeyInput) -> str:
    return next(iter(author_names(given.post, given.lookup.site)), "")


def _authors(given: KeyInput) -> list[str]:
    found = author_names(given.post, given.lookup.site)
    return found if len(found) > 1 else []


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
    ),
)  # fmt: skip
