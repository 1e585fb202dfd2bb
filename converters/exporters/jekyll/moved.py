"""Former addresses: pages that stand there and lead to the new one.

The pages are files of a collection (`_moved`) and need no plug-in: jekyll-redirect-from, which reads `redirect_from` in
front matter, is not part of Jekyll. Whoever uses it removes that folder. Addresses with a query (`/?p=12`) are for
servers only (`converters/redirects`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters import never, urls
from converters.exporters.jekyll.permalinks import file_path, writable
from converters.exporters.jekyll.plan import FIXED
from converters.frontmatter import write
from converters.model import PUBLIC, Place, Post, Status
from converters.model.limits import DEFAULT
from converters.old_site.permalinks import inside, old_path
from converters.output import OutFile
from converters.plugin import SiteLookup

FOLDER = "_moved"


def former(post: Post, place: Place, lookup: SiteLookup) -> list[str]:
    """Former addresses that no other item has, and the old one where the item could not keep it."""
    root = urls.root_of(lookup.site.base_url)
    known = (None, place.url)
    free = (path for path in dict.fromkeys(post.former) if lookup.address(urls.key(path)) in known)
    found = [inside(urls.decoded(path), root) for path in free]
    old = old_path(post.permalink, lookup.site)
    if old and place.url and lookup.address(urls.key(old)) == place.url:
        found.append(old)
    written = ((writable(path), path) for path in found)
    addresses = dict.fromkeys(new for new, path in written if urls.decoded(new).strip("/") == path.strip("/"))
    taken = {"/", *(urls.key(address) for address in (*FIXED, place.url))}
    return [address for address in addresses if urls.key(address) not in taken and _fits(address)]


def _fits(address: str) -> bool:
    names = address.split("/")
    return len(address.encode()) <= DEFAULT.path_bytes and not any(never.obeyed(name, folder=True) for name in names)


def files(addresses: Iterable[str], post: Post, place: Place) -> Iterator[OutFile]:
    """A page for each address. That of a post of the future appears with the post."""
    if post.status not in PUBLIC:
        return
    date = {"date": post.date} if post.status is Status.FUTURE and post.date else {}
    for address in addresses:
        head = {"permalink": address, "redirect_to": place.url, **date}
        yield OutFile(f"{FOLDER}/{file_path(address)}.html", write.dumps(head).encode())
