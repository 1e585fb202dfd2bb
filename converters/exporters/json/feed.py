"""What a feed says beside its items, and the files of a feed in several pages.

https://www.jsonfeed.org/version/1.1/#top-level-a-name-top-level-a: `title` has to be there; `home_page_url` and
`feed_url` should, and say where a file is: they are left out where nobody knows. `next_url` is "the URL of a feed that
provides the next n items".
"""

from __future__ import annotations

from urllib.parse import urljoin

from converters import urls
from converters.exporters.json.addresses import base_of, home_of
from converters.exporters.json.records import Author, Feed, FeedDetails
from converters.html.absolute import absolute
from converters.html.sanitize import allowed
from converters.model import Site
from converters.model.notices import Log
from converters.plugin import SiteLookup

FEED_FILE = "feed.json"
_NO_TITLE = "Untitled"


def page_file(page: int) -> str:
    """The file of a page of the feed, counted from 1."""
    return FEED_FILE if page == 1 else f"feed-{page}.json"


def feed(lookup: SiteLookup, log: Log, page: int = 0, pages: int = 1) -> Feed:
    """The feed without items. `page`: its number among `pages`; 0 for a feed that is nowhere to be had."""
    site = lookup.site
    home, base = home_of(site), base_of(site)
    if page == 1 and not home:
        log("json.no-home")
    return Feed(
        version="https://jsonfeed.org/version/1.1",
        title=_title(site, log if page == 1 else Log()),
        home_page_url=home,
        feed_url=urljoin(home, page_file(page)) if home and page else "",
        next_url=urljoin(home, page_file(page + 1)) if home and 0 < page < pages else "",
        description=site.description,
        icon=absolute(site.icon, f"{base}/") if site.icon else "",
        language=site.language,
        authors=tuple(
            Author(author.name or author.login, absolute(author.url, f"{base}/") if allowed(author.url) else "")
            for author in site.authors
        ),
        postferry=FeedDetails(),
        items=(),
    )


def _title(site: Site, log: Log) -> str:
    """The title of the site. Where the source has none: what its only author is called, or its host."""
    if site.title.strip():
        return site.title
    names = {author.name or author.login for author in site.authors}
    host = urls.host_of(home_of(site))
    title = names.pop() if len(names) == 1 else host or _NO_TITLE
    log("json.no-title", new=title)
    return title
