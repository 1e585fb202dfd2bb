"""An item of a feed as an `Entry` (for the survey) and as a `Post` (to convert it)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from hashlib import blake2b
from html import escape
from typing import NamedTuple
from urllib.parse import urljoin

from msgspec.structs import replace

from converters import urls
from converters.frontmatter import dates
from converters.html import tree
from converters.html.absolute import make_absolute
from converters.importers.json import records
from converters.importers.json.records import Details, Item, Person
from converters.model import (
    Asset,
    Author,
    Comment,
    Enclosure,
    Entry,
    HtmlBody,
    Locator,
    Post,
    Role,
    Status,
    Term,
)
from converters.model.notices import Log
from converters.old_site.slugs import slug_of

_ID = re.compile(r"[\w@+-][\w@+.~-]{0,99}")
"""Of an item; files are named after it. An id of another form, such as a URL, stays the guid."""
_KIND = re.compile(r"[\w-]{1,100}")
_WIDTH = 8


class Found(NamedTuple):
    """An item as it was read; `details` are None in a feed of another program."""

    item: Item
    details: Details | None


def read_item(values: object, log: Log) -> Found:
    item = records.read(Item, values, log)
    if item.postferry is None:
        return Found(item, None)
    return Found(item, records.read(Details, item.postferry, log, "_postferry."))


def id_of(raw: object) -> str:
    """The id, which other programs make a URL or a number, as one that files may be named after. Empty for none."""
    text = str(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else ""
    return text if not text or _ID.fullmatch(text) else blake2b(text.encode(), digest_size=_WIDTH).hexdigest()


def is_id(id: str) -> bool:
    return _ID.fullmatch(id) is not None


def to_entry(found: Found, id: str, locator: Locator, log: Log, zone: tzinfo | None, *, hidden: bool) -> Entry:
    """`hidden`: it is in a file of what was not public, and is not made public whatever it says itself."""
    item, details = found
    date = _date(item.date_published, log, zone)
    if details is None:
        status = Status.DRAFT if hidden else Status.PUBLISHED
        return Entry(id, "post", Role.CONTENT, status, _slug(item), item.title, item.url, date=date, locator=locator)
    status = _status(details.status, log, hidden=hidden and not details.unlisted)
    return Entry(
        id=id,
        kind=details.kind if _KIND.fullmatch(details.kind) else "post",
        role=Role.EXCLUDED if status is Status.TRASH else Role.CONTENT,
        reason="trash" if status is Status.TRASH else "",
        status=status,
        slug=details.slug,
        title=item.title,
        permalink=details.permalink,
        parent=id_of(details.parent),
        date=date,
        locator=locator,
        language=item.language,
        group=id_of(details.translation_group),
        origin=id_of(details.origin),
        same_as=id_of(details.same_as),
        former=former(found),
        comments=len(details.comments),
        withheld=details.withheld,
        since=details.since,
        until=details.until,
        unlisted=details.unlisted,
    )


def former(found: Found) -> tuple[str, ...]:
    """Its older addresses, among them that of the feed, where another item kept the old one."""
    item, details = found
    if details is None:
        return ()
    paths = [path for path in details.former if path.startswith("/")]
    old, new = urls.split(details.permalink), urls.split(item.url)
    if old is not None and new is not None and old.path and new.path and urls.key(old.path) != urls.key(new.path):
        paths.append(urls.decoded(new.path))
    return tuple(dict.fromkeys(paths))


def to_post(found: Found, entry: Entry, log: Log, zone: tzinfo | None, *, private: bool) -> Post:
    """`private`: e-mail addresses and IPs of those who commented are read."""
    item, details = found
    if details is None:
        return _foreign(item, entry, log, zone)
    return Post(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        title=entry.title,
        body=HtmlBody(tree.parse(details.whole_html or item.content_html, log), details.source),
        slug=entry.slug,
        permalink=entry.permalink,
        former=entry.former,
        guid=details.guid,
        parent=entry.parent,
        order=details.order,
        sticky=details.sticky,
        format=details.format,
        template=details.template,
        date=entry.date,
        modified=_date(item.date_modified, log, zone),
        authors=details.authors,
        language=entry.language,
        translations={language: id_of(id) for language, id in details.translations.items()},
        translation_group=entry.group,
        excerpt=details.excerpt,
        terms=tuple(term for term in details.terms if term.taxonomy and term.slug),
        listing=details.listing and replace(details.listing, page=id_of(details.listing.page)),
        featured=own_asset(details.featured) if details.featured is not None else None,
        enclosures=details.enclosures,
        comments=tuple(details.comments if private else map(without_person, details.comments)),
        comments_open=details.comments_open,
        pings_open=details.pings_open,
        seo=details.seo,
        params=details.params,
        extra=details.extra,
    )


def own_asset(asset: Asset) -> Asset:
    """A file of the media library; which file of this machine it is, no feed can say."""
    return replace(asset, id=id_of(asset.id), parent=id_of(asset.parent), file="")


def authors_of(found: Found) -> Iterator[Author]:
    """Who wrote an item of another program's feed."""
    for person in (*found.item.authors, *([found.item.author] if found.item.author else ())):
        if author := as_author(person):
            yield author


def as_author(person: Person) -> Author | None:
    name = " ".join(person.name.split()) or person.url
    return Author(login := slug_of(name) or name, login, name, url=person.url) if name else None


def terms_of(found: Found) -> tuple[Term, ...]:
    if found.details is not None:
        return tuple(term for term in found.details.terms if term.taxonomy and term.slug)
    names = (" ".join(tag.split()) for tag in found.item.tags)
    return tuple(Term("post_tag", slug_of(name) or name, name) for name in dict.fromkeys(names) if name)


def shown_assets(found: Found) -> Iterable[Asset]:
    """The files that an item names, for a feed without the list of all."""
    details = found.details
    if details is None:
        return ()
    featured = (details.featured,) if details.featured is not None else ()
    return (own_asset(asset) for asset in (*featured, *details.assets) if asset.id and asset.url)


def _foreign(item: Item, entry: Entry, log: Log, zone: tzinfo | None) -> Post:
    """An item of another program: what JSON Feed has fields for."""
    root = tree.parse(item.content_html or as_html(item.content_text), log)
    make_absolute(root, item.url)
    image = item.image or item.banner_image
    return Post(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        title=entry.title,
        body=HtmlBody(root),
        slug=entry.slug,
        permalink=entry.permalink,
        guid=str(item.id if item.id is not None else item.url),
        format="link" if item.external_url else "",
        date=entry.date,
        modified=_date(item.date_modified, log, zone),
        authors=tuple(author.login for author in authors_of(Found(item, None))),
        language=entry.language,
        excerpt=escape(item.summary, quote=False),
        terms=terms_of(Found(item, None)),
        featured=Asset("", urljoin(item.url, image) if item.url else image) if image else None,
        enclosures=tuple(_enclosures(item)),
        params={"external_url": item.external_url} if item.external_url else {},
    )


def _enclosures(item: Item) -> Iterator[Enclosure]:
    for file in item.attachments:
        if file.url:
            duration = str(round(file.duration_in_seconds)) if file.duration_in_seconds > 0 else ""
            yield Enclosure(file.url, max(0, round(file.size_in_bytes)), file.mime_type, duration)


def as_html(text: str) -> str:
    """Plain text as paragraphs, its line ends as line breaks."""
    parts = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    paragraphs = (escape(part.strip("\n"), quote=False).replace("\n", "<br>") for part in parts if part.strip())
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _slug(item: Item) -> str:
    parts = urls.split(item.url)
    last = urls.decoded(parts.path).rstrip("/").rpartition("/")[2] if parts is not None else ""
    return slug_of(last.partition(".")[0]) or slug_of(item.title)


def _status(name: str, log: Log, *, hidden: bool) -> Status:
    try:
        status = Status(name)
    except ValueError:
        log("status.unknown", name)
        return Status.DRAFT
    if hidden and status is Status.PUBLISHED:
        log("json.hidden")
        return Status.DRAFT
    return status


def without_person(comment: Comment) -> Comment:
    """The comment without e-mail address and IP."""
    return replace(comment, email="", ip="") if comment.email or comment.ip else comment


def _date(value: object, log: Log, zone: tzinfo | None) -> datetime | None:
    found = dates.parse(value, zone)
    if found is None and value not in (None, ""):
        log("date.invalid", str(value)[:100])
    return found
