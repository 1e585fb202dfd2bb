"""The records that are written. `schema.json` is made from them (`python -m converters.exporters.json.records`),
`docs/json.md` says them in words.

An item has the fields of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), whatever the layout; what JSON Feed has
no field for stands in its extension `_postferry`. Fields that say nothing are left out.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from converters import model
from converters.model import Status

VERSION = 1
"""Of this form; a change that a reader of the files has to know of raises it."""


class Term(model.Term, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A category, a tag or a term of a taxonomy of the site's own."""


class MenuItem(model.MenuItem, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An entry of a menu; `target` is the id of an item, or of a term where `kind` is `taxonomy`."""


class Menu(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A menu, its entries in their order."""

    slug: str
    name: str
    items: tuple[MenuItem, ...] = ()


class Profile(model.Author, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Somebody who wrote for the site."""


class Language(model.Language, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A language of a site that has several."""


class Listing(model.Listing, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A list that the source made of its items."""


class Variant(model.Variant, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A resized copy of a picture."""


class Asset(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file of the media library; `path` is below the uploads folder, `caption` is HTML."""

    id: str
    url: str
    path: str = ""
    title: str = ""
    alt: str = ""
    caption: str = ""
    description: str = ""
    type: str = ""
    width: int = 0
    height: int = 0
    size: int = 0
    """In bytes."""
    duration: int = 0
    """In seconds."""
    parent: str = ""
    permalink: str = ""
    order: int = 0
    date: datetime | None = None
    variants: tuple[Variant, ...] = ()
    context: str = ""
    other: dict[str, dict[str, str]] = {}


class Comment(model.Comment, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A public comment, its body HTML; `parent` is the id of the one it answers."""


class MediaFile(Asset, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file of the media library with the comments on its own page."""

    comments: tuple[Comment, ...] = ()


class Seo(model.Seo, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was written for search engines and for cards."""


class Enclosure(model.Enclosure, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A file that feeds hand out with an item: an episode of a podcast."""


class Details(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The extension `_postferry` of an item: what the old site knew of it and JSON Feed has no field for."""

    kind: str
    """post, page, or the name of a custom post type."""
    status: Status
    slug: str = ""
    path: str = ""
    """Of the item's address on the new site, starting with `/`."""
    permalink: str = ""
    """The old address, as the source has it."""
    former: tuple[str, ...] = ()
    guid: str = ""
    parent: str = ""
    order: int = 0
    sticky: bool = False
    since: datetime | None = None
    """The day on which a scheduled item is to be shown, where that is not `date_published`."""
    until: datetime | None = None
    """The day on which it ceases to be shown."""
    unlisted: bool = False
    """Whoever knows its address may see it; no list and no feed names it."""
    format: str = ""
    template: str = ""
    authors: tuple[str, ...] = ()
    """Logins, as in `site.json`."""
    translations: dict[str, str] = {}
    translation_group: str = ""
    origin: str = ""
    """The id of the item that this is a further language of, where the source holds both in one."""
    same_as: str = ""
    """Its id in the source, where an item before it has the same one."""
    withheld: bool = False
    """The source says that it was published, and nothing shows that everybody could see items of its kind."""
    excerpt: str = ""
    terms: tuple[Term, ...] = ()
    featured: Asset | None = None
    enclosures: tuple[Enclosure, ...] = ()
    assets: tuple[Asset, ...] = ()
    """Files of the media library that are attached to the item or shown in it."""
    comments: tuple[Comment, ...] = ()
    comments_open: bool = True
    pings_open: bool = True
    """Could other sites announce their links to it (pingbacks and trackbacks)?"""
    listing: Listing | None = None
    """It is a list that the source made of other items."""
    seo: Seo | None = None
    params: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    content_markdown: str
    """GitHub's dialect."""
    whole_html: str = ""
    """The text with the forms and the like that `content_html` has not; only where there are some."""
    source: str = ""
    """The text as the source has it, blocks and shortcodes among it; only on request."""


class Author(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An author as JSON Feed has them."""

    name: str
    url: str = ""


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A sound or a film that belongs to an item."""

    url: str
    mime_type: str
    title: str = ""
    size_in_bytes: int = 0
    duration_in_seconds: int | float = 0


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """An item of JSON Feed: a post, a page, or one of a custom kind."""

    id: str
    url: str = ""
    external_url: str = ""
    title: str = ""
    content_html: str
    content_text: str
    summary: str = ""
    image: str = ""
    date_published: datetime | None = None
    date_modified: datetime | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    postferry: Details = msgspec.field(name="_postferry")


class FeedDetails(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The extension `_postferry` of a feed."""

    version: int = VERSION
    site: str = "site.json"
    """The file that holds authors, terms, menus and the media library."""


class Feed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The layout `feed`: one JSON Feed with all items, in the order of the source."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: str = ""
    feed_url: str = ""
    next_url: str = ""
    description: str = ""
    icon: str = ""
    language: str = ""
    authors: tuple[Author, ...] = ()
    postferry: FeedDetails | None = msgspec.field(name="_postferry", default=None)
    items: tuple[Item, ...]


class Row(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What an index says of one item."""

    id: str
    file: str
    kind: str
    status: Status
    title: str = ""
    url: str = ""
    language: str = ""
    date: datetime | None = None


class FileIndex(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The layout `files`: the items that have a file of their own, in the order of the source."""

    version: int
    items: tuple[Row, ...]


class SiteFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """`site.json`: what is known of the site as a whole."""

    version: int
    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    time_zone: str = ""
    icon: str = ""
    generator: str = ""
    exported: datetime | None = None
    """When the source was taken from the old site."""
    kinds: tuple[str, ...] = ()
    closed_kinds: tuple[str, ...] = ()
    """Those of them of which nothing was public."""
    media_hosts: tuple[str, ...] = ()
    uploads: tuple[str, ...] = ()
    """URLs of the folders that hold the media library's files."""
    posts_pages: tuple[str, ...] = ()
    """Ids of the pages at which the posts are listed, beside a static front page."""
    languages: tuple[Language, ...] = ()
    default_below_code: bool = False
    """The first of the languages has its code in its URLs, too."""
    joined_languages: str = ""
    """The default language of a source whose items held all languages at once."""
    draws_quotes: bool = False
    """Quotation marks in its texts were shown curved."""
    feed_file: str = ""
    """What the feed of each list was called behind the URL of the list."""
    authors: tuple[Profile, ...] = ()
    terms: tuple[Term, ...] = ()
    menus: tuple[Menu, ...] = ()
    lists: tuple[Listing, ...] = ()
    """Lists of kinds and of taxonomies, where the source has told where they are."""
    assets: tuple[MediaFile, ...]
    """The whole media library."""


FILE = Path(__file__).with_name("schema.json")


def schema() -> bytes:
    """The JSON Schema of what is written, one a record: a file is a `Feed`, `Item`, `FileIndex` or `SiteFile`."""
    shapes = (Feed, Item, FileIndex, SiteFile)
    references, definitions = msgspec.json.schema_components(shapes, ref_template="#/$defs/{name}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What postferry writes with --to json",
        "anyOf": list(references),
        "$defs": dict(sorted(definitions.items())),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


if __name__ == "__main__":
    FILE.write_bytes(schema())
