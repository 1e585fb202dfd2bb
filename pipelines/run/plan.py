"""The plan step: the exporter decides where everything goes, and the index keeps it."""

from __future__ import annotations

from collections.abc import Callable

from converters import urls
from converters.exporters.base import Exporter
from converters.model import PUBLIC, Role
from converters.old_site.visibility import is_published
from converters.passes.pages import Pages
from pipelines.run.index import Index, IndexWriter


def plan(exporter: Exporter, index: Index, writer: IndexWriter, placed: Callable[[int], None]) -> int:
    """Place every item that is to be written; returns how many there are, and tells how many by now."""
    host = urls.host_of(index.site.base_url)
    count = 0
    for id, place, notices in exporter.plan(index):
        entry = index.entry(id)
        address = urls.own(entry.permalink, host) if entry is not None and entry.permalink else None
        withheld = entry is not None and entry.withheld  # links to it are named, since readers may have followed them
        former = urls.place_of(address) if address is not None and not withheld else ""
        writer.place(id, place, former, notices)
        count += 1
        placed(count)
    writer.publish()
    _former(index, writer, host)
    writer.publish()
    _fragments(index, writer)
    writer.publish()
    return count


def _former(index: Index, writer: IndexWriter, host: str) -> None:
    """Addresses that led to something of another address: under older slugs, and the pages of files. Whatever stands at
    one of them by itself goes first. Pages of files that hung on something hidden were hidden, too."""
    for entry in index.entries(Role.CONTENT):
        place = index.place(entry.id) if entry.former else None
        for path in entry.former if place is not None and place.url else ():
            writer.address(urls.key(path), place.url if place is not None else "")
    for entry in index.entries(Role.PART):  # what is shown on the page of the item above it
        own = urls.own(entry.permalink, host) if entry.permalink and entry.parent else None
        place = index.place(entry.parent) if own is not None and own.path.strip("/") and not own.query else None
        if own is not None and place is not None and place.url and entry.status in PUBLIC:
            writer.address(urls.key(own.path), place.url)
    for entry in index.entries(Role.MEDIA):
        own = urls.own(entry.permalink, host) if entry.permalink else None
        asset = index.asset(entry.id) if own is not None and not own.query and own.path.strip("/") else None
        if own is not None and asset is not None and asset.url and is_published(index, entry):
            writer.address(urls.key(own.path), asset.url)


def _fragments(index: Index, writer: IndexWriter) -> None:
    """Places inside pages that links of the site ask for, whatever the form of the link: by new address, so that the
    page is known whoever carries it, and in whatever order."""
    pages = Pages(index)
    for base, address in index.links():
        link = pages.find(address, base)
        fragment = urls.decoded(link.after.partition("#")[2])
        if link.page and fragment:
            writer.fragment(link.page, fragment)
