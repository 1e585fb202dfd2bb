"""`_redirects`, a file of two hosts: Netlify and Cloudflare Pages.

https://docs.netlify.com/routing/redirects/redirect-options/
https://developers.cloudflare.com/pages/configuration/redirects/

A rule of Netlify with a query is matched by its parameters: `/ p=12 /new/ 301!`. The `!` makes it go before the page at
the path itself, which is the home page there. Of other rules the first one that fits is taken, and only where there is
no page: https://docs.netlify.com/routing/redirects/rewrites-proxies/#shadowing
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from converters.exporters.site.redirects import url_suffixes
from converters.exporters.site.redirects.row import Format, Redirect, SitePaths, encoded, writable
from converters.output import OutJoin, OutPart

_NETLIFY = "# Former addresses. https://docs.netlify.com/routing/redirects/\n"
_REST = "# Feeds and further pages of all others lead to the page itself.\n"
_CLOUDFLARE = "# Former addresses. https://developers.cloudflare.com/pages/configuration/redirects/\n"
_RULES = 2000
_LINE = 1000
"""Characters a rule of Cloudflare may have."""


class Netlify(Format):
    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        if not writable(row.old) or "*" in row.path or "/:" in row.path:
            return None
        asked = "".join(f" {quote(name)}={quote(value)}" for name, value in parse_qsl(row.query))
        new = f"{asked} {encoded(row.new)} 301{'!' if asked or row.page else ''}\n"
        path = encoded(row.path)
        lines = [f"{path}{new}"] if row.page or not row.is_feed else []
        lines += [f"{path}*{new.replace('!', '')}"] if row.is_feed else []
        lines += [
            f"{path}{tail}{'/*' if tail in url_suffixes.OF_LIST else ''}{new.replace('!', '')}" for tail in row.behind
        ]
        return (OutPart(f"{self._published}_redirects", "".join(lines).encode()),)

    def end(self) -> Iterator[OutJoin]:
        rules = url_suffixes.by_parts(encoded(self._root), encoded(self._goal)) if self._behind else ()
        rest = "".join((_REST, *(f"{path} {goal} 301\n" for path, goal in rules))) if self._behind else ""
        yield OutJoin(f"{self._published}_redirects", head=_NETLIFY.encode(), tail=rest.encode())


class Cloudflare(Format):
    """Takes no queries, and no more than 2,000 rules."""

    def __init__(self, paths: SitePaths) -> None:
        super().__init__(paths)
        self._count = 0

    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        line = f"{encoded(row.path)} {encoded(row.new)} 301"
        unwritable = row.query or "*" in row.path or "/:" in row.path or not writable(row.old)
        if unwritable or len(line) > _LINE or self._count == _RULES:
            return None
        self._count += 1
        return (OutPart(f"{self._published}_redirects", f"{line}\n".encode()),)

    def end(self) -> Iterator[OutJoin]:
        yield OutJoin(f"{self._published}_redirects", head=_CLOUDFLARE.encode())
