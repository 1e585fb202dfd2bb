"""`.htaccess` for Apache. https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html

Rules are asked one after the other; those with a query come first, and are passed over as a whole where a request has
none. Patterns are written without blanks, quotes and double backslashes, which the reader of the file would take apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from converters.exporters.site.redirects import url_suffixes
from converters.exporters.site.redirects.row import Format, Redirect, SitePaths, encoded, writable
from converters.output import OutJoin, OutPart

_HEAD = """# Former addresses.
<IfModule mod_rewrite.c>
RewriteEngine On
"""
_PASS_OVER = """RewriteCond %{{QUERY_STRING}} ^$
RewriteRule ^ - [S={count}]
"""
_FLAGS = "[R=301,L,NE,QSD]"
_REST = f"""# Feeds and further pages of all others lead to the page itself.
RewriteCond %{{REQUEST_FILENAME}} !-d
RewriteRule ^page/[0-9]+/?$ GOAL/ [R=301,L,QSD]
RewriteCond %{{REQUEST_FILENAME}} !-f
RewriteCond %{{REQUEST_FILENAME}} !-d
RewriteRule ^((?:{url_suffixes.FOLDER}/)+?)(?:{url_suffixes.PAGES})/?$ GOAL/$1 [R=301,L,QSD]
"""


class Apache(Format):
    def __init__(self, paths: SitePaths) -> None:
        super().__init__(paths)
        self._file, self._queries = f"{self._published}.htaccess", 0

    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        inside = row.path.removeprefix(f"{self._root}/").strip("/")
        if not writable(row.old) or (not row.query and not inside):
            return None
        goal = encoded(row.new).replace("%", "\\%")
        if not row.query:
            behind = f"(?:/(?:{url_suffixes.NAMED}))?" if row.behind else ""
            path = _pattern(inside) + (url_suffixes.FORMS if row.is_feed else behind)
            return (OutPart(self._file, f"RewriteRule ^{path}/?$ {goal} {_FLAGS}\n".encode()),)
        self._queries += 1
        asked = "".join(
            f"RewriteCond %{{QUERY_STRING}} (?:^|&){_pattern(quote(name))}={_pattern(quote(value))}(?:&|$) [NC]\n"
            for name, value in parse_qsl(row.query)
        )
        where = f"{_pattern(inside)}/?" if inside else ""
        rule = f"{asked}RewriteRule ^{where}(?:index\\.php)?$ {goal} {_FLAGS}\n"
        return (OutPart(self._file, rule.encode()),)

    def end(self) -> Iterator[OutJoin]:
        passed = _PASS_OVER.format(count=self._queries) if self._queries else ""
        said = self._behind and url_suffixes.PLAIN.fullmatch(self._goal)
        rest = _REST.replace("GOAL", self._goal) if said else ""
        yield OutJoin(self._file, head=(_HEAD + passed).encode(), tail=f"{rest}</IfModule>\n".encode())


def _pattern(text: str) -> str:
    """The text as a regular expression that Apache's reader of files leaves alone."""
    return "\\x5c".join(map(_plain, text.split("\\")))


def _plain(text: str) -> str:
    return re.escape(text).replace("\\ ", "\\x20").replace('"', "\\x22").replace("'", "\\x27")
