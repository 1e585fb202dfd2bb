"""Former addresses for the servers that are to answer them: rows of (old, new) into the files each server reads.

What an address with a query needs (`/?p=12`) no static page can do; of the formats here, Netlify, nginx and Apache can.
The table below names the formats. Rows come one at a time and are written as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.exporters.site.redirects import apache, hosts, html, nginx
from converters.exporters.site.redirects.row import Format, Redirect, SitePaths
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart

__all__ = ["FORMATS", "Redirect", "SitePaths", "beside", "files"]

FORMATS: dict[str, type[Format]] = {
    "netlify": hosts.Netlify,
    "cloudflare": hosts.Cloudflare,
    "nginx": nginx.Nginx,
    "apache": apache.Apache,
    "html": html.HtmlPages,
}


def beside(names: Iterable[str]) -> tuple[str, ...]:
    """The files of the formats `names` that are for whoever sets up the server, and not to be published."""
    return tuple(file for name in names for file in FORMATS[name].beside)


def files(
    rows: Iterable[Redirect], names: Iterable[str], paths: SitePaths, log: Log
) -> Iterator[OutFile | OutPart | OutJoin]:
    """The files of the formats `names`. Rows with a query come first; what a format cannot say is counted."""
    formats = [(name, FORMATS[name](paths)) for name in names]
    unsaid = {name: 0 for name, _ in formats}
    seen: set[str] = set()
    for row in rows if formats else ():
        if row.old in seen or row.old == row.new:
            continue
        seen.add(row.old)
        for name, format in formats:
            written = format.row(row)
            if written is None:
                unsaid[name] += 1
            else:
                yield from written
    for name, format in formats:
        yield from format.end()
        if unsaid[name]:
            log("redirect.unsupported", str(unsaid[name]), where=name)
