"""Former addresses for the servers that are to answer them: rows of (old, new) into the files each server reads.

What an address with a query needs (`/?p=12`) no static page can do; of the formats here, Netlify, nginx and Apache can.
The table below names the formats. Rows come one at a time and are written as they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.exporters.site.redirects import apache, hosts, html, nginx
from converters.exporters.site.redirects.row import Format, Redirect
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart

__all__ = ["FORMATS", "Redirect", "files"]

FORMATS: dict[str, type[Format]] = {
    "netlify": hosts.Netlify,
    "cloudflare": hosts.Cloudflare,
    "nginx": nginx.Nginx,
    "apache": apache.Apache,
    "html": html.HtmlPages,
}


def files(
    rows: Iterable[Redirect], names: Iterable[str], *, root: str, published: str, log: Log
) -> Iterator[OutFile | OutPart | OutJoin]:
    """The files of the formats `names`. Rows with a query come before the others. What a format cannot say is counted.

    `root`: the site's path on its host, without a slash at the end. `published`: the folder below the output whose
    files the target publishes as they are.
    """
    formats = [(name, FORMATS[name](root, f"{published}/" if published else "")) for name in names]
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
