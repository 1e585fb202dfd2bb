"""The least a program can do with an export: read every item and write its text as it is, on one core.

usage: python benchmarks/floor.py EXPORT FOLDER

A bare `iterparse` of lxml, no conversion, no addresses, no front matter: what remains is parsing and writing files. The
speed of others is given as a ratio to it, because a ratio of two things measured in one run says more than seconds do.
Attachments, menus and the like are read and not written, as they have no page of their own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
WP = "{http://wordpress.org/export/1.2/}"


def split(export: Path, folder: Path) -> int:
    """Write title, date and text of each post and page to a file of its own; says how many."""
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for _, item in etree.iterparse(str(export), tag="item"):
        if item.findtext(f"{WP}post_type") in ("post", "page"):
            title, date = item.findtext("title"), item.findtext(f"{WP}post_date")
            text = f"{title}\n{date}\n\n{item.findtext(CONTENT)}"
            (folder / f"{item.findtext(f'{WP}post_id')}.html").write_text(text, encoding="utf-8")
            written += 1
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]
    return written


if __name__ == "__main__":
    print(split(Path(sys.argv[1]), Path(sys.argv[2])))
