"""Two files for nginx: maps, to be included where `http` is configured, and what asks them, for the site's `server`.

Keys of maps are compared without regard to case: https://nginx.org/en/docs/http/ngx_http_map_module.html. The path is
asked without the slash at its end, and without `index.php`.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote

from converters.exporters.site.redirects import url_suffixes
from converters.exporters.site.redirects.row import Format, Redirect, SitePaths, encoded, writable
from converters.output import OutFile, OutJoin, OutPart

MAPS, RULES = "redirects/nginx-http.conf", "redirects/nginx-server.conf"
_ASKED = ("p", "page_id", "attachment_id", "cat", "category_name", "tag", "author", "author_name", "m", "feed")
_HEAD = """# Former addresses. Include this file where `http` is configured, nginx-server.conf in the site's `server`.
# Two settings that may stand in your configuration already: then take them away here, and let the larger ones stay.
map_hash_bucket_size {bucket};
map_hash_max_size {most};
map $uri $former_path {{
  default $uri;
{behind}  "~^(?<former_stem>/.*?)/*(?:index\\.php)?$" $former_stem;
}}
map "$former_path?{asked}" $former_moved {{
  default "";
"""
_STEMS = r"""  "~^(?<former_feed>/(?:.*?/)??feed)/(?:rss2?|atom|rdf)/*$" $former_feed;
  "~^(?<former_list>/.+?)/(?:comment-)?page[/-][0-9]+/*$" $former_list;
"""
_COUNTED = ("page", "comment-page-1")
"""What the map strips by itself, whatever its number."""
_RULES = """# Former addresses. Include this file inside the site's `server`; the maps it asks stand in nginx-http.conf.
if ($former_moved) {
  return 301 $former_moved;
}
"""
_REST = f"""# Feeds and further pages of all others lead to the page itself.
if (!-e $request_filename) {{
  rewrite "^ROOT/page/[0-9]+/?$" GOAL/? permanent;
  rewrite "^ROOT((?:/{url_suffixes.FOLDER})+?)/(?:{url_suffixes.PAGES})/?$" GOAL$1/? permanent;
}}
"""


class Nginx(Format):
    beside = (MAPS, RULES)

    def __init__(self, paths: SitePaths) -> None:
        super().__init__(paths)
        self._asked = _ASKED if self._behind else ()
        self._longest, self._count = 0, 0
        self._keys: set[str] = set()

    def row(self, row: Redirect) -> tuple[OutPart, ...] | None:
        found = self._line(row)
        if found is None:
            return None
        behind = (self._line(row._replace(old=f"{row.old}{tail}/")) for tail in row.behind if tail not in _COUNTED)
        return (found, *(line for line in behind if line is not None))

    def _line(self, row: Redirect) -> OutPart | None:
        values = dict(parse_qsl(row.query))
        key = f"{row.path.rstrip('/') or '/'}?{'|'.join(quote(values.pop(name, '')) for name in self._asked)}"
        folded = _ascii_lower(key)
        same = not row.query and _ascii_lower(row.path.rstrip("/")) == _ascii_lower(row.new.rstrip("/"))
        if values or same or folded in self._keys or not writable(row.old):
            return None
        self._keys.add(folded)
        self._longest, self._count = max(self._longest, len(key.encode())), self._count + 1
        line = f'  "{key.replace(chr(92), chr(92) * 2).replace(chr(34), chr(92) + chr(34))}" "{encoded(row.new)}";\n'
        return OutPart(MAPS, line.encode())

    def end(self) -> Iterator[OutFile | OutJoin]:
        bucket = 128
        while bucket < self._longest + 64:
            bucket *= 2
        asked = "|".join(f"$arg_{name}" for name in self._asked)
        stems = _STEMS if self._behind else ""
        head = _HEAD.format(bucket=bucket, most=max(2048, self._count * 2), asked=asked, behind=stems)
        yield OutJoin(MAPS, head=head.encode(), tail=b"}\n")
        plain = url_suffixes.PLAIN.fullmatch(self._root) and url_suffixes.PLAIN.fullmatch(self._goal)
        rest = _REST.replace("ROOT", self._root).replace("GOAL", self._goal) if plain and self._behind else ""
        yield OutFile(RULES, f"{_RULES}{rest}".encode(), own=True)


def _ascii_lower(text: str) -> str:
    return "".join(character.lower() if character.isascii() else character for character in text)
