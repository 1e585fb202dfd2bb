"""Addresses of the old site: where it lay on its host, and the structure it gave the addresses of its posts.

A structure is a pattern of `:year`, `:month`, `:day` and `:slug`, found by looking at the addresses, since an export
does not state it: https://wordpress.org/documentation/article/customize-permalinks/. What such a pattern cannot say
(`%post_id%`, `%category%`, an ending `.html`) has none.
"""

from __future__ import annotations

from collections import Counter

from converters import never, urls
from converters.model import Entry, Site, Status
from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log
from converters.paths import fits
from converters.plugin import SiteLookup

SERVER_FILES = ("/.htaccess", "/_headers", "/_redirects")
"""Addresses at which servers look for their own settings: no folder of a site can be called so."""


def unobeyed(path: str) -> str:
    """The path of a page, whose names no server and no host takes for its settings; `SERVER_FILES` nobody is given."""
    if path.rstrip("/") in SERVER_FILES:
        return path
    *folders, last = path.split("/")
    names = [_plain(name) if never.obeyed(name, folder=True) else name for name in folders]
    return "/".join([*names, _plain(last) if never.obeyed(last, folder=False) else last])


def _plain(name: str) -> str:
    return name.strip(".").replace(".", "-")


def inside(path: str, root: str) -> str:
    """A path of the host as seen from the site's root."""
    return path[len(root) :] if path.startswith(f"{root}/") else path


def old_path(permalink: str, site: Site) -> str:
    """The decoded path of an address below the old site's root, with `/`; empty for short links (`?p=20`)."""
    address = urls.own(permalink, urls.host_of(site.base_url)) if permalink else None
    if address is None or address.query:
        return ""
    return urls.decoded(inside(address.path, urls.root_of(site.base_url)))


def structure(entry: Entry, path: str) -> str:
    """The pattern that gives `path` (below the site's root, with `/`) for this entry; empty when there is none."""
    if not path.endswith("/") or not entry.slug or entry.date is None or ":" in path:
        return ""
    segments = urls.decoded(path).strip("/").split("/")
    if segments[-1] != entry.slug:
        return ""
    date = entry.date
    wanted = [(f"{date:%Y}", ":year"), (f"{date:%m}", ":month"), (f"{date:%d}", ":day")]
    found = []
    for segment in segments[:-1]:
        if wanted and segment == wanted[0][0]:
            found.append(wanted.pop(0)[1])
        elif segment.isdigit():
            return ""
        else:
            found.append(segment)
    return "/" + "/".join([*found, ":slug"]) + "/"


class Permalinks:
    """The pattern of each kind of post, by majority of its public addresses."""

    def __init__(self) -> None:
        self._votes: dict[str, Counter[str]] = {}

    def see(self, entry: Entry, path: str) -> None:
        if entry.status is Status.PUBLISHED and path:
            self._votes.setdefault(entry.kind, Counter())[structure(entry, path)] += 1

    def patterns(self) -> dict[str, str]:
        """kind -> pattern, for every kind of which more than half of the addresses follow one."""
        found = {}
        for kind, votes in sorted(self._votes.items()):
            pattern, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
            if pattern and count * 2 > votes.total():
                found[kind] = pattern
        return found


def below_renamed(entry: Entry, lookup: SiteLookup) -> bool:
    """Does a further language of a page stand below one that has a slug of its own in it? The source holds the address
    in the default language only."""
    above = lookup.entry(entry.parent) if entry.origin and entry.parent else None
    if above is None:
        return False
    other = lookup.entry(lookup.translations(above.id).get(entry.language, ""))
    return other is not None and other.slug != above.slug


def noted_if_cut(old: str, written: str, log: Log, limits: Limits = DEFAULT) -> str:
    """`written`, the old address as a target can write it; noted where it is too long for the paths of files."""
    if not fits(old, limit=limits.path_bytes, name_limit=limits.file_name_bytes):
        log("url.cut", old, new=written)
    return written
