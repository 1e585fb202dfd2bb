"""Former URLs: pages that are there and lead to the new one.

The pages are files of a collection (`_moved`) and need no plug-in: jekyll-redirect-from, which reads `redirect_from` in
front matter, is not part of Jekyll. Whoever uses it removes that folder. Addresses with a query (`/?p=12`) are for
servers only (`exporters/site/redirects/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from converters import urls
from converters.exporters.jekyll.paths import FIXED, file_path, writable
from converters.exporters.site.redirects.legacy_urls import can_be_page, former_paths
from converters.frontmatter import write
from converters.model import PUBLIC, Place, Post, Status
from converters.output import OutFile
from converters.plugin import SiteLookup

FOLDER = "_moved"


def former(post: Post, place: Place, lookup: SiteLookup) -> list[str]:
    """Former paths of a post at which Jekyll can write just that page."""
    written = ((writable(path), path) for path in map(urls.decoded, former_paths(post, place, lookup)))
    found = dict.fromkeys(new for new, path in written if urls.decoded(new).strip("/") == path.strip("/"))
    taken = {"/", *(urls.key(url) for url in (*FIXED, place.url))}
    return [url for url in found if urls.key(url) not in taken and can_be_page(url)]


def files(addresses: Iterable[str], post: Post, place: Place) -> Iterator[OutFile]:
    """A page for each address. That of a post of the future appears with the post."""
    if post.status not in PUBLIC:
        return
    date = {"date": post.date} if post.status is Status.FUTURE and post.date else {}
    for address in addresses:
        yield redirect_page(address, place.url, **date)


def redirect_page(address: str, goal: str, **more: Any) -> OutFile:
    """The page at a former address that leads to the new one."""
    head = {"permalink": address, "redirect_to": goal, **more}
    return OutFile(f"{FOLDER}/{file_path(address)}.html", write.dumps(head).encode())
