"""Sources of a small blog in Markdown, to be built by several generators and read back: the facts of every text in it
are known, and what its words, code, images, headings and tables are follows from its Markdown alone."""

from __future__ import annotations

import json
import struct
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from tests import fidelity
from tests.folders import ROOT
from tests.support import Site

SITE = "Notes from the Weir"
BASE = "https://weir.example"


class Source(NamedTuple):
    """A text of the blog."""

    slug: str
    title: str
    text: str
    date: str = ""
    """ISO day; pages have none."""
    author: str = "Ida Weir"
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def front(self) -> dict[str, object]:
        facts: dict[str, object] = {"title": self.title}
        if self.date:
            facts |= {"date": f"{self.date}T08:30:00+00:00", "author": self.author}
            facts |= {"categories": list(self.categories), "tags": list(self.tags)}
        return facts

    def file(self, **more: object) -> str:
        """The Markdown file of it. JSON is YAML."""
        return f"---\n{json.dumps(self.front | more)}\n---\n\n{self.text}\n"


GATES = """The gate stands open from nine. Nobody closes it before the eels have gone through, which takes an hour in
April and half the night in June.

![The gate at nine](/img/gate.png)

## Comments

Comments of the keeper, as they stand in his book, *word by word*:

> Water brown. Two swans. Gate stuck.

## Tags

Every eel got a tag, and every tag a row:

| tag | length | remarks |
|-----|-------:|---------|
| A1  | 43 cm  | lively  |
| A2  | 51 cm  | bitten  |

## Related

The weir below is related to this one, says the map, by a ditch.
"""
CODE = """Reading the gauge takes a few lines:

```python
def level(port):
    reading = port.read(4)

    if not reading:  # the cable again
        return None
\treturn int(reading, 16) / 10
```

and the same in a shell, `once a minute`:

```sh
while true; do
  gauge --raw >> levels.csv; sleep 60
done
```

1. Read the gauge.
2. Write it down:
    - in the book,
    - on the board.
3. Sleep.
"""
LINKS = """- [The tide tables](https://tides.example/)
- [The lock keepers' league](https://locks.example/league)
- [Eels, a bibliography](https://eels.example/bibliography)
- [Maps of the lower river](https://maps.example/lower)
"""
LONG = "\n\n".join(
    f"On day {number} the water stood at {number * 7 % 31 + 20} inches, and the wind came from the "
    f"{('north', 'south', 'west', 'east')[number % 4]}. We wrote {number * 3} lines into the book."
    for number in range(1, 16)
)
IMAGES = "![Ice on the weir](/img/ice.png)\n\n![Ice on the boat](/img/boat.png)\n"

POSTS = (
    Source("the-gate", "The gate", GATES, "2021-04-09", categories=("Days",), tags=("eels", "gate")),
    Source("the-gauge", "Reading the gauge", CODE, "2021-05-20", "Zed Poole", ("Machines",), ("code",)),
    Source("links-for-june", "Links for June", LINKS, "2021-06-01", categories=("Days",), tags=("links",)),
    Source("frost", "Frost", "First frost. The boat is out of the water.", "2021-11-02", tags=("cold",)),
    Source("ice", "Ice", IMAGES, "2022-01-15", categories=("Days",), tags=("cold",)),
    Source("fifteen-days", "Fifteen days by the water: a log", LONG, "2022-03-16", "Zed Poole", ("Days",)),
    Source("by-hand", "By hand | by eye", "By hand is how Ida reads it, on 3 May 1999 as today.", "2022-05-03"),
)
PAGES = (
    Source("about", "About us", "Two people, one weir. Write to [us](mailto:us@weir.example), we answer on Sundays."),
    Source("tags-of-eels", "Tags of eels", "How to read a tag: the letter is the year, the number is the eel."),
    Source("search-for-the-source", "Search for the source", LONG.replace("On day", "At mile")),
)
DOCS = tuple(
    Source(name, name.title(), (ROOT / f"docs/{name}.md").read_text(encoding="utf-8").partition("\n")[2], "2023-02-01")
    for name in ("media", "verify", "speed", "privacy")
)
"""Real pages, with the tables and the code of their kind."""


def _png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


IMAGE = _png(64, 48)
IMAGES_OF_SITE = ("gate.png", "ice.png", "boat.png")


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def as_html(source: Source | str) -> str:
    """What a Markdown text is as HTML, by a program that neither the generators nor this one use to write it."""
    text = source if isinstance(source, str) else source.text
    return str(MarkdownIt("commonmark", {"maxNesting": 200}).enable(["table", "strikethrough"]).render(text))


def missing(source: Source, html: str, forgiven: Iterable[str] = ("line", "link")) -> list[fidelity.Loss]:
    """What of a text is not in the HTML, or is there and was not in the text.

    Links within the site have other addresses where a generator rewrites them; lines that end inside of a paragraph
    are the generator's own."""
    return [loss for loss in fidelity.compare(as_html(source), html) if loss.kind not in forgiven]


def read_back(site: Site) -> dict[str, dict[str, object]]:
    """The items of a conversion to JSON, by the last part of their address."""
    feed = json.loads(site.text("feed.json"))
    found = {}
    for item in feed["items"]:
        path = str(item["_postferry"]["path"]).removesuffix(".html").strip("/")
        assert path.rpartition("/")[2] not in found, path
        found[path.rpartition("/")[2]] = item
    return found


def reasons(site: Site) -> Counter[str]:
    return Counter(row["reason"] for row in site.report["items"] if row["outcome"] == "left out")
