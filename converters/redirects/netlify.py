"""`_redirects` for Netlify. https://docs.netlify.com/routing/redirects/redirect-options/

A rule with a query is matched by its parameters: `/ p=12 /new/ 301!`. The `!` makes it go before the page that
stands at the path itself, which is the home page there.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from converters.output import OutJoin, OutPart
from converters.redirects.row import Redirect, encoded, writable


class Netlify:
    def __init__(self, root: str, published: str) -> None:
        self._file = f"{published}_redirects"

    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        if not writable(row.old) or "*" in row.path or "/:" in row.path:
            return None
        asked = "".join(f" {quote(name)}={quote(value)}" for name, value in parse_qsl(row.query))
        line = f"{encoded(row.path)}{asked} {encoded(row.new)} 301{'!' if asked or row.page else ''}\n"
        return (OutPart(self._file, line.encode()),)

    def end(self) -> Iterator[OutJoin]:
        yield OutJoin(self._file, head=b"# Former addresses. https://docs.netlify.com/routing/redirects/\n")
