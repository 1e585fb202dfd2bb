"""The records every importer fills and every exporter reads.

Records are frozen; only `Post` changes, inside the step that carries it. Dates are aware (with the offset the author
wrote in) or None. Addresses are absolute, or start with `/` and are relative to the site's host.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from lxml import etree  # also when it runs: msgspec resolves the types of the records that it decodes

from converters.model.site import Author, Language, Listing, Menu, MenuItem, Site, Term
from converters.model.source_text import SourceText
from converters.source_check import Stamp

__all__ = [
    "PUBLIC",
    "Asset",
    "Author",
    "Comment",
    "Enclosure",
    "Entry",
    "HtmlBody",
    "Language",
    "Listing",
    "Locator",
    "MarkdownBody",
    "MarkdownOptions",
    "Menu",
    "MenuItem",
    "Place",
    "Post",
    "Role",
    "Seo",
    "Site",
    "Status",
    "Term",
    "Variant",
]


class Status(StrEnum):
    """What a reader could see of an item. Only PUBLISHED and FUTURE ever become public."""

    PUBLISHED = "published"
    FUTURE = "future"
    DRAFT = "draft"
    PENDING = "pending"
    PRIVATE = "private"
    PROTECTED = "protected"
    """Published behind a password."""
    TRASH = "trash"


PUBLIC = frozenset({Status.PUBLISHED, Status.FUTURE})
"""Of what everybody may read, now or from its day on."""


class Role(StrEnum):
    """What becomes of an item of the source."""

    CONTENT = "content"
    """Written as a page of the target."""
    MEDIA = "media"
    """Goes into the media index."""
    MENU = "menu"
    """Becomes an entry of a menu."""
    INLINE = "inline"
    """Is put into the posts that refer to it (reusable blocks)."""
    PART = "part"
    """Is shown on pages of other items: a table, a gallery or a recipe that posts name, a reply below its topic."""
    EXCLUDED = "left out"
    """Left out by design, counted with a reason."""
    FAILED = "failed"
    """Could not be read."""


class Locator(msgspec.Struct, frozen=True):
    """Where an item's bytes are. Opaque to the pipeline: an importer hands it out and takes it back."""

    source: int = 0
    start: int = 0
    end: int = 0
    path: str = ""
    digest: bytes = b""
    """Of the bytes as they were surveyed, for an item that is read again: see `converters.source_check`."""
    stamp: Stamp | None = None
    """Of the item's file, where that is not a source of its own."""


class Entry(msgspec.Struct, frozen=True):
    """What the survey knows of an item, without its text."""

    id: str
    kind: str
    """post, page, attachment, or the name of a custom post type."""
    role: Role
    status: Status
    slug: str = ""
    title: str = ""
    permalink: str = ""
    parent: str = ""
    date: datetime | None = None
    reason: str = ""
    """Why it is left out, in a word or two, when it is."""
    locator: Locator = Locator()
    language: str = ""
    """A code of `Site.languages`; empty where the source names none."""
    group: str = ""
    """What it has in common with its translations."""
    origin: str = ""
    """The id of the item of the source that this is a further language of."""
    source_path: str = ""
    """Its path in a source that is a site of files (`content/posts/a.md`); a target of the same kind keeps it."""
    same_as: str = ""
    """Its id in the source, where an item before it has the same one."""
    former: tuple[str, ...] = ()
    """Paths it stood at before, which the source still redirects."""
    comments: int = 0
    """Its public comments."""
    held: int = 0
    """Its other comments."""
    withheld: bool = False
    """The source says that it is published, and nothing shows that everybody could see items of its kind."""
    since: datetime | None = None
    """The day on which the source begins to show it, where that is not `date`."""
    until: datetime | None = None
    """The day on which the source ceases to show it."""
    unlisted: bool = False
    """Whoever knows its URL may see it, and no list or feed of the source names it."""


class Variant(msgspec.Struct, frozen=True):
    """A resized copy of a picture: file name beside the original, size in pixels."""

    file: str
    width: int = 0
    height: int = 0


class Comment(msgspec.Struct, frozen=True):
    """A public comment. E-mail address and IP are empty unless the user asked for them."""

    id: str
    parent: str
    kind: str
    """comment, pingback or trackback."""
    author: str
    url: str
    date: datetime | None
    body: str
    """HTML."""
    email: str = ""
    ip: str = ""
    rating: int = 0
    """Stars of a review; 0 where there are none."""


class Asset(msgspec.Struct, frozen=True):
    """A file of the media library."""

    id: str
    url: str
    path: str = ""
    """Below the uploads folder: `2021/03/harbour.jpg`."""
    title: str = ""
    alt: str = ""
    caption: str = ""
    """HTML."""
    description: str = ""
    type: str = ""
    """Media type, when the source says it."""
    width: int = 0
    height: int = 0
    size: int = 0
    """In bytes, where the source says it."""
    duration: int = 0
    """In seconds, of sounds and films, likewise."""
    parent: str = ""
    permalink: str = ""
    order: int = 0
    date: datetime | None = None
    variants: tuple[Variant, ...] = ()
    context: str = ""
    """`site-icon`, `custom-header` and the like."""
    other: dict[str, dict[str, str]] = {}
    """language -> field -> text, where it is said in several"""
    comments: tuple[Comment, ...] = ()
    """Those on its own page."""
    file: str = ""
    """Its bytes on this machine, where the source holds them."""


class Seo(msgspec.Struct, frozen=True):
    title: str = ""
    description: str = ""
    canonical: str = ""
    noindex: bool = False
    keywords: tuple[str, ...] = ()
    og_title: str = ""
    """For cards of Open Graph (Facebook and most others); likewise `og_description`, `og_image`."""
    og_description: str = ""
    og_image: str = ""
    twitter_title: str = ""
    """For cards of X; likewise `twitter_description`, `twitter_image`."""
    twitter_description: str = ""
    twitter_image: str = ""


class Enclosure(msgspec.Struct, frozen=True):
    """A file that feeds hand out with an item: an episode of a podcast."""

    url: str
    length: int = 0
    """In bytes, where the source says it."""
    type: str = ""
    """Media type."""
    duration: str = ""
    """As the source has it: `1:02:03`, or seconds."""


class HtmlBody(msgspec.Struct, tag=True):
    """A body as a tree of semantic HTML: `root` is a `div` that is not part of the text."""

    root: etree._Element
    written: str = ""
    """The text it was read from, where that was another markup than HTML, or is known from elsewhere."""


class MarkdownOptions(msgspec.Struct, frozen=True):
    """What the source's settings add to the Markdown of a body, or take from it."""

    emoji: bool = False
    """`:heart:` is a character."""
    alerts: bool = False
    """`> [!NOTE]` is a box with a title."""
    block_attributes: bool = False
    """`{.class}` below a block is no text."""
    typographer: bool = False
    """Quotation marks are curved, `--` and `...` are one sign."""
    hard_breaks: bool = False
    """Every end of a line breaks it."""
    added: frozenset[str] = frozenset()
    """Of `insert`, `mark`, `subscript`, `superscript`: signs that mark such a text."""
    left_out: frozenset[str] = frozenset()
    """Of `definitionList`, `footnote`, `linkify`, `strikethrough`, `table`, `taskList`: what is text here."""
    passed: tuple[tuple[str, str], ...] = ()
    """(beginning, end) of formulas and the like, between which nothing is Markdown."""
    inline_shortcodes: bool = False
    """What a page brings as a shortcode of its own was run."""
    hooks: frozenset[str] = frozenset()
    """Elements that the site has templates of its own for: `image`, `codeblock-mermaid`."""


class MarkdownBody(msgspec.Struct, tag=True):
    """A body that is Markdown already and stays as it is."""

    text: str
    dialect: str = "goldmark"
    options: MarkdownOptions = MarkdownOptions()


class Post(msgspec.Struct):
    """One item on its way. Changes only inside the step that carries it."""

    id: str
    kind: str
    status: Status
    title: str
    body: HtmlBody | MarkdownBody
    slug: str = ""
    permalink: str = ""
    former: tuple[str, ...] = ()
    """Former addresses that must go on working, each starting with `/`."""
    guid: str = ""
    """The identity that news feeds know the item by."""
    parent: str = ""
    order: int = 0
    sticky: bool = False
    format: str = ""
    """Post format (aside, gallery, quote ...), empty for the standard one."""
    template: str = ""
    date: datetime | None = None
    modified: datetime | None = None
    since: datetime | None = None
    """As in `Entry`, likewise `until` and `unlisted`: the survey decides, and a run puts here what it says."""
    until: datetime | None = None
    unlisted: bool = False
    authors: tuple[str, ...] = ()
    """Logins, see `Site.authors`."""
    language: str = ""
    translations: dict[str, str] = {}
    """language -> id, itself among them"""
    translation_group: str = ""
    excerpt: str = ""
    """HTML, written by hand; empty when there is none."""
    terms: tuple[Term, ...] = ()
    listing: Listing | None = None
    """It is a list that the source made of other items."""
    featured: Asset | None = None
    enclosures: tuple[Enclosure, ...] = ()
    own_files: set[str] = set()
    """Addresses on the new site of files that came along and that no other item refers to."""
    comments: tuple[Comment, ...] = ()
    comments_open: bool = True
    pings_open: bool = True
    """Could other sites announce their links to it (pingbacks and trackbacks)?"""
    seo: Seo = Seo()
    params: dict[str, Any] = {}
    """Custom fields with a known meaning, typed."""
    extra: dict[str, Any] = {}
    """Custom fields no rule knows: written as they are, or counted, never dropped."""
    front: dict[str, Any] | None = None
    """The front matter of a source that has it, its dates as dates; None where the source has none of the kind."""
    source: SourceText | None = None
    """What the source says in the body, for the guard; None where the importer does not tell."""


class Place(msgspec.Struct, frozen=True):
    """Where an item goes: decided once by the plan, before anything is written."""

    path: str
    """File below the output folder, with `/`."""
    url: str
    """Path of the address on the new site, starting with `/`; empty when only the target can tell."""
    explicit: bool = False
    """The address does not follow from the path and the site's permalink rules, and has to be written."""
    held: bool = False
    """The item waits for its day, and the target cannot tell when that has come: somebody has to publish it."""
