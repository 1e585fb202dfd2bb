"""Former URLs: pages that are there and lead to the new one.

The pages are files of a collection (`_moved`), whole as they are: they need no layout, no include and no plug-in, and
work under any theme. jekyll-redirect-from, which reads `redirect_from` in front matter, is not part of Jekyll. Whoever
uses it removes that folder. Addresses with a query (`/?p=12`) are for
servers only (`exporters/site/redirects/`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from converters import urls
from converters.exporters.jekyll.paths import FIXED, file_path, writable
from converters.exporters.site.redirects.legacy_urls import can_be_page, former_paths
from converters.exporters.site.redirects.row import encoded
from converters.frontmatter import write
from converters.model import PUBLIC, Place, Post, Status
from converters.output import OutFile
from converters.plugin import SiteLookup

FOLDER = "_moved"
_PAGE = """\
{% capture root %}{{ site.baseurl | url_encode | replace: "%2F", "/" | replace: "%25", "%" | replace: "+", "%20" }}\
{% endcapture -%}
<!DOCTYPE html>
<html lang="{{ site.lang | default: 'en' | escape }}">
<head>
<meta charset="utf-8">
<title>{{ root }}GOAL</title>
<link rel="canonical" href="{{ site.url | escape }}{{ root }}GOAL">
LINK<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={{ root }}GOAL">
</head>
<body>
<p><a href="{{ root }}GOAL">{{ site.url | escape }}{{ root }}GOAL</a></p>
</body>
</html>
"""
_FEED = '<link rel="alternate" type="application/rss+xml" href="{{ site.url | escape }}{{ root }}GOAL">\n'


def former(post: Post, place: Place, lookup: SiteLookup) -> list[str]:
    """Former paths of a post at which Jekyll can write just that page."""
    written = ((writable(path), path) for path in map(urls.decoded, former_paths(post, place, lookup)))
    found = dict.fromkeys(new for new, path in written if urls.decoded(new).strip("/") == path.strip("/"))
    taken = {"/", *(urls.key(url) for url in (*FIXED, place.url))}
    return [url for url in found if urls.key(url) not in taken and can_be_page(url)]


def files(addresses: Iterable[str], post: Post, place: Place) -> Iterator[OutFile]:
    """A page for each address. That of a post of the future appears with the post."""
    if post.status not in PUBLIC or place.held:
        return
    date: dict[str, Any] = {"date": post.date} if post.status is Status.FUTURE and post.date else {}
    for address in addresses:
        yield redirect_page(address, place.url, **date)


def feed_page(address: str, feed: str) -> OutFile:
    """The page at the former address of a feed, which names the new one to programs that look for it."""
    return redirect_page(address, feed, link=_FEED)


def redirect_page(address: str, goal: str, *, link: str = "", **more: Any) -> OutFile:
    """The page at a former address that leads to the new one."""
    head = write.dumps({"permalink": address, "redirect_to": goal, **more}).removesuffix("---\n")
    page = _PAGE.replace("LINK", link).replace("GOAL", encoded(urls.decoded(goal)))
    return OutFile(f"{FOLDER}/{file_path(address)}.html", f"{head}layout: null\n---\n{page}".encode())
