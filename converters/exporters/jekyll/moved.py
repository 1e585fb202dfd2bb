"""Former addresses: pages that stand there and lead to the new one, and rows for the servers that answer themselves.

The pages are files of a collection (`_moved`) and need no plug-in: jekyll-redirect-from, which reads `redirect_from` in
front matter, is not part of Jekyll. Whoever uses it removes that folder. Addresses with a query (`/?p=12`) are
for servers only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from converters import urls
from converters.archives import Archives
from converters.exporters.jekyll.permalinks import file_path, old_path, root_of, writable
from converters.exporters.jekyll.plan import FIXED
from converters.frontmatter import write
from converters.limits import DEFAULT
from converters.model import Entry, OutFile, Place, Post, Role, Status
from converters.plugin import SiteLookup
from converters.redirects import Redirect

FOLDER = "_moved"
SHOWN = (Status.PUBLISHED, Status.FUTURE)
"""What former addresses lead to; of other items there is nothing at the new one."""


def former(post: Post, place: Place, lookup: SiteLookup) -> list[str]:
    """Former addresses that no other item has, and the old one where the item could not keep it."""
    root = root_of(lookup.site)
    known = (None, place.url)
    free = (path for path in dict.fromkeys(post.former) if lookup.address(urls.key(path)) in known)
    found = [_inside(urls.decoded(path), root) for path in free]
    old = old_path(post.permalink, lookup.site)
    if old and place.url and lookup.address(urls.key(old)) == place.url:
        found.append(old)
    addresses = dict.fromkeys(writable(path) for path in found)
    taken = {"/", *(urls.key(address) for address in (*FIXED, place.url))}
    return [address for address in addresses if urls.key(address) not in taken and _fits(address)]


def _inside(path: str, root: str) -> str:
    return path[len(root) :] if path.startswith(f"{root}/") else path


def _fits(address: str) -> bool:
    return len(address.encode()) <= DEFAULT.path_bytes


def files(addresses: Iterable[str], post: Post, place: Place) -> Iterator[OutFile]:
    """A page for each address. That of a post of the future appears with the post."""
    if post.status not in SHOWN:
        return
    date = {"date": post.date} if post.status is Status.FUTURE and post.date else {}
    for address in addresses:
        head = {"permalink": address, "redirect_to": place.url, **date}
        yield OutFile(f"{FOLDER}/{file_path(address)}.html", write.dumps(head).encode())


def rows(lookup: SiteLookup, feed: str, posts: str) -> Iterator[Redirect]:
    """(old, new) of all that a server can answer, those with a query first: numbers of items, files and lists, feeds,
    older slugs; years and months, which lead to `posts`, the list of posts. None where a page of an item stands."""
    root = root_of(lookup.site)
    every = [entry for entry in lookup.entries() if entry.status in SHOWN or entry.role is Role.MEDIA]
    places = (lookup.place(entry.id) for entry in every if entry.role is Role.CONTENT)
    taken = {urls.key(place.url) for place in places if place is not None and place.url}
    for query in (True, False):
        for row in chain(_of_items(every, lookup), _of_lists(lookup, feed), _of_dates(every, posts)):
            if bool(row.query) is query and (query or urls.key(row.path) not in taken):
                new = row.new if "://" in row.new else root + urls.decoded(row.new)
                yield Redirect(root + row.old, new, row.page)


def _of_items(every: Iterable[Entry], lookup: SiteLookup) -> Iterator[Redirect]:
    root = root_of(lookup.site)
    for entry in every:
        media = entry.role is Role.MEDIA
        goal = _goal(entry, lookup)
        if not goal or entry.role not in (Role.MEDIA, Role.CONTENT):
            continue
        if entry.id.isdecimal():
            names = ["attachment_id"] if media else ["p", "page_id"] if entry.kind == "page" else ["p"]
            yield from (Redirect(f"/?{name}={entry.id}", goal) for name in names)
        for path in (old_path(entry.permalink, lookup.site), *(_inside(path, root) for path in entry.former)):
            free = lookup.address(urls.key(root + path)) in (None, goal) or media
            if path.strip("/") and free and urls.key(path) != urls.key(goal):
                yield Redirect(path, goal, page=not media)


def _goal(entry: Entry, lookup: SiteLookup) -> str:
    """Where the item is now: a file's own page leads to the page it was on, else to the file."""
    if entry.role is not Role.MEDIA:
        place = lookup.place(entry.id)
        return place.url if place is not None else ""
    above, asset = lookup.entry(entry.parent) if entry.parent else None, lookup.asset(entry.id)
    if above is not None and above.status in SHOWN and (place := lookup.place(above.id)) is not None and place.url:
        return place.url
    parts = urls.split(asset.url) if asset is not None else None
    return _inside(urls.decoded(parts.path), root_of(lookup.site)) if parts is not None else ""


def _of_lists(lookup: SiteLookup, feed: str) -> Iterator[Redirect]:
    for old, archive in Archives(lookup.site).former():
        yield Redirect(old, archive.path + (feed if archive.feed else ""))


def _of_dates(every: Iterable[Entry], posts: str) -> Iterator[Redirect]:
    dates = {entry.date.date() for entry in every if entry.kind == "post" and entry.date is not None}
    paths = (
        {f"{day.year:04}" + day.strftime(form) for day in dates for form in ("", "/%m", "/%m/%d")} if posts else set()
    )
    for path in sorted(paths):
        yield Redirect(f"/?m={path.replace('/', '')}", posts)
        yield Redirect(f"/{path}/", posts)
