"""The records of a site as a whole: its languages, terms, authors, lists and menus."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec


class Author(msgspec.Struct, frozen=True):
    """Somebody who wrote. Never holds an e-mail address."""

    id: str
    login: str
    name: str
    url: str = ""
    bio: str = ""
    chosen: bool = False
    """A rule of the user's gave the name: all that are called so are one."""


class Term(msgspec.Struct, frozen=True):
    """A category, a tag or a term of a taxonomy of the site's own. `parent` is the slug of the term above."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""
    id: str = ""
    meta: dict[str, str] = {}
    language: str = ""
    group: str = ""
    """What it has in common with its translations."""
    empty: bool = False
    """No public item has it, as far as the source tells."""
    link: str = ""
    """The path of its list below the site, where the source has told it; else it is that of WordPress."""
    title: str = ""
    """The title of its list, where that is not its name."""
    page: str = ""
    """The id of the item that is its list, where that has a text of its own."""
    former: tuple[str, ...] = ()
    """Further paths below the site that led to its list, such as those of its further pages."""
    chosen: bool = False
    """A rule of the user's gave it its name: all that are called so are one."""


class Listing(msgspec.Struct, frozen=True):
    """A list that the source made of its items: of those of a kind, of those with a term, or of a taxonomy's terms.
    Without any of these it is the front page."""

    link: str
    """Its path below the site."""
    title: str
    kind: str = ""
    taxonomy: str = ""
    term: str = ""
    """The name of the term; without one, all terms of the taxonomy are listed."""
    language: str = ""
    page: str = ""
    """The id of the item that is its page, where it has a text of its own."""
    inner: bool = False
    """Of the items of its kind it lists those whose parent is its page."""
    former: tuple[str, ...] = ()
    """Further paths below the site that led to it, such as those of its further pages."""


class MenuItem(msgspec.Struct, frozen=True):
    """One entry of a menu. `target` is the id of an item or of a term (see `kind`), `address` an own address."""

    id: str
    parent: str
    title: str
    order: int
    kind: str
    """post_type, taxonomy, post_type_archive or custom, as in `_menu_item_type` of WordPress."""
    object: str = ""
    """The post type or taxonomy the target belongs to."""
    target: str = ""
    address: str = ""
    other: dict[str, dict[str, str]] = {}
    """language -> field -> text, where it is said in several"""
    description: str = ""
    """HTML, which some themes show below the title."""
    tip: str = ""
    """What a reader sees who points at it."""
    new_window: bool = False
    classes: str = ""
    """For style sheets, with a blank between two."""
    relation: str = ""
    """For `rel`, likewise."""


class Menu(msgspec.Struct, frozen=True):
    slug: str
    name: str
    items: tuple[MenuItem, ...] = ()


class Language(msgspec.Struct, frozen=True):
    """A language of a site that has several. `code` is small, with `-`: `fr`, `pt-br`."""

    code: str
    name: str
    """What it calls itself."""
    locale: str = ""
    title: str = ""
    """Of the site, where it has another one in this language; likewise `description`."""
    description: str = ""


class Site(msgspec.Struct, frozen=True):
    """The site as a whole: what is known once its source has been surveyed."""

    title: str = ""
    description: str = ""
    base_url: str = ""
    """Without a slash at the end."""
    base_path: str | None = None
    """The path of the new site on its host, without a slash at the end, where it is to be another one than that of
    `base_url`; see `converters/new_site.py`."""
    language: str = ""
    time_zone: str = ""
    icon: str = ""
    generator: str = ""
    authors: tuple[Author, ...] = ()
    terms: tuple[Term, ...] = ()
    menus: tuple[Menu, ...] = ()
    kinds: tuple[str, ...] = ()
    """The kinds of content it holds, in the order of their first item."""
    closed_kinds: tuple[str, ...] = ()
    """Those of them of which nothing was public: no list is made of them."""
    media_hosts: tuple[str, ...] = ()
    """Hosts besides the site's own from which its uploads are served."""
    exported: datetime | None = None
    """When the source was taken from the old site, where it says so."""
    today: datetime | None = None
    """When the run began that converts it: what is scheduled for later is not to be seen yet."""
    posts_pages: tuple[str, ...] = ()
    """Ids of the pages at which the posts are listed, one a language; empty where the front page lists them."""
    uploads: tuple[str, ...] = ()
    """Addresses of the folders that hold the files of the media library, that of most first; without a slash at the
    end."""
    languages: tuple[Language, ...] = ()
    """Of a site that has several, the one at its plain addresses first."""
    default_below_code: bool = False
    """That first language has its code in its addresses too."""
    lists: tuple[Listing, ...] = ()
    """Those of kinds and of taxonomies, where the source has told where they are."""
    joined_languages: str = ""
    """The default language of a source whose fields hold all languages at once."""
    draws_quotes: bool = False
    """Quotation marks in its texts were shown curved, and `...` as one sign, other than they are written."""
    counted: dict[str, int] = {}
    """What the source holds beside its items -> how many, for the sum at the end; empty where it was not counted."""
    settings: dict[str, Any] | None = None
    """The configuration of a source that is a Hugo site, for a target that is one; None for all others."""
    feed_file: str = ""
    """What the feed of each list is called behind the list's address, of a site of files: nothing answered there by
    query, by date or at `feed/`. Empty where the source was WordPress, or may have been."""
