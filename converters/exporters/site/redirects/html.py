"""Pages that stand at former addresses and send their readers on, for servers that know no rules.

A page for a feed names the new one as well, for feed readers that look for it.
"""

from __future__ import annotations

from html import escape

from converters.exporters.site.redirects.row import Format, Redirect, encoded, writable
from converters.model.limits import DEFAULT
from converters.output import OutFile

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="{new}">
{feed}<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={new}">
</head>
<body><a href="{new}">{new}</a></body>
</html>
"""
_FEED = '<link rel="alternate" type="application/rss+xml" href="{new}">\n'
_PAGES = (".html", ".htm")


class HtmlPages(Format):
    def row(self, row: Redirect) -> tuple[OutFile, ...] | None:
        if row.page:
            return ()
        path = row.path.removeprefix(f"{self._root}/").strip("/")
        if row.query or not path or not all(_is_name(part) for part in path.split("/")):
            return None
        new = escape(encoded(row.new), quote=True)
        text = _PAGE.format(new=new, feed=_FEED.format(new=new) if new.endswith(".xml") else "")
        file = path if path.lower().endswith(_PAGES) else f"{path}/index.html"
        return (OutFile(f"{self._published}{file}", text.encode()),)


def _is_name(part: str) -> bool:
    """Can a folder be called that everywhere?"""
    fits = bool(part.strip(".")) and len(part.encode()) <= DEFAULT.file_name_bytes and writable(part)
    return fits and not any(character in part for character in '\\:*?"<>|')
