"""Where the new site is on its host: where the old one was, unless `--base-path` moves it.

The old site at `https://a.example/old` with the base path `/blog` becomes `https://a.example/blog`. A path of an item
(`Place.url`) begins below either; what begins with `/` in a text names the whole way from the host.
"""

from __future__ import annotations

from converters import urls
from converters.model import Site


def root_of(site: Site) -> str:
    """The path of the new site on its host, without a slash at the end: `/blog`, or nothing."""
    return urls.root_of(site.base_url) if site.base_path is None else site.base_path


def url_of(site: Site, unknown: str = "") -> str:
    """The URL of the new site, without a slash at the end; below `unknown` where the source does not name its host,
    and empty without that."""
    old = urls.root_of(site.base_url)
    host = site.base_url.removesuffix(old) if site.base_url and old else site.base_url or unknown
    return host + root_of(site) if host else ""


def is_moved(site: Site) -> bool:
    """Is the new site below another path than the old one?"""
    return site.base_path is not None and site.base_path != urls.root_of(site.base_url)


def moved(path: str, site: Site, *, foreign: bool = False) -> str:
    """A path on the old host as it is on the new one. What was outside of the site stays where it was, unless it came
    from another host (`foreign`), whose files are in the new site."""
    if site.base_path is None or path.startswith("//"):
        return path
    old = urls.root_of(site.base_url)
    if path == old or path.startswith(f"{old}/"):
        return site.base_path + path[len(old) :]
    return site.base_path + path if foreign else path
