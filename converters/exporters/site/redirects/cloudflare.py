"""`_redirects` for Cloudflare Pages, which takes no queries and no more than 2,000 rules.

https://developers.cloudflare.com/pages/configuration/redirects/
"""

from __future__ import annotations

from collections.abc import Iterator

from converters.exporters.site.redirects.row import Redirect, encoded, writable
from converters.output import OutJoin, OutPart

_RULES = 2000
_LINE = 1000
"""Characters a rule may have."""


class Cloudflare:
    def __init__(self, root: str, published: str) -> None:
        self._file, self._count = f"{published}_redirects", 0

    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        line = f"{encoded(row.path)} {encoded(row.new)} 301"
        unwritable = row.query or "*" in row.path or "/:" in row.path or not writable(row.old)
        if unwritable or len(line) > _LINE or self._count == _RULES:
            return None
        self._count += 1
        return (OutPart(self._file, f"{line}\n".encode()),)

    def end(self) -> Iterator[OutJoin]:
        head = b"# Former addresses. https://developers.cloudflare.com/pages/configuration/redirects/\n"
        yield OutJoin(self._file, head=head)
