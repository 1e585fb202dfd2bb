"""`_redirects` for Netlify. https://docs.netlify.com/routing/redirects/redirect-options/

A rule with a query is matched by its parameters: `/ p=12 /new/ 301!`. The `!` makes it go before the page that
stands at the path itself, which is the home page there. Of other rules the first one that fits is taken, and only
where no page stands: https://docs.netlify.com/routing/redirects/rewrites-proxies/#shadowing
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from converters.exporters.site.redirects import tails
from converters.exporters.site.redirects.row import Redirect, encoded, writable
from converters.output import OutJoin, OutPart

_HEAD = "# Former addresses. https://docs.netlify.com/routing/redirects/\n"
_REST = "# Feeds and further pages of all others lead to the page itself.\n"


class Netlify:
    def __init__(self, root: str, published: str) -> None:
        self._root, self._file = root, f"{published}_redirects"

    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        if not writable(row.old) or "*" in row.path or "/:" in row.path:
            return None
        asked = "".join(f" {quote(name)}={quote(value)}" for name, value in parse_qsl(row.query))
        new = f"{asked} {encoded(row.new)} 301{'!' if asked or row.page else ''}\n"
        path = encoded(row.path)
        lines = [f"{path}{'*' if row.is_feed else ''}{new}"]
        lines += [f"{path}{tail}{'/*' if tail in tails.OF_LIST else ''}{new.replace('!', '')}" for tail in row.behind]
        return (OutPart(self._file, "".join(lines).encode()),)

    def end(self) -> Iterator[OutJoin]:
        rest = "".join(f"{path} {goal} 301\n" for path, goal in tails.by_parts(encoded(self._root)))
        yield OutJoin(self._file, head=_HEAD.encode(), tail=f"{_REST}{rest}".encode())
