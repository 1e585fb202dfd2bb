"""How a URL is told from others, whatever became of it: addresses are made absolute, moved and cleaned on the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

from converters.verify.html_source import letters

_LATE = (
    "data-src data-lazy-src data-original data-orig-src data-lazy data-lazyload data-echo data-srcset srcset src "
    "data-lazy-srcset data-orig-file data-large-file"
).split()
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+\Z)|-scaled(?=\.\w+\Z)")
_LONGEST = 120
_CANDIDATES = 12


def told(url: str) -> str:
    """The last part of its path, without size and end of name; where there is none, the host, or what is asked for."""
    url = url.strip()
    if url[:5].lower() == "data:":
        return letters(url[: _LONGEST * 2])
    bare, _, query = unescape(url).partition("#")[0].partition("?")
    path = bare.partition("://")[2] if "://" in bare else bare.removeprefix("//")
    last = unquote(path).rstrip("/").rpartition("/")[2]
    if last.rpartition(".")[0] == "index":
        last = path.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    name = _SIZE.sub("", last)
    name = re.sub(r"\.[A-Za-z]\w{1,4}\Z", "", name)
    return letters(name[-_LONGEST:]) or letters(path[-_LONGEST:]) or letters(query[:_LONGEST])


def late_urls(get: Callable[[str], object]) -> list[str]:
    """The URLs that an element may show, what a script would have loaded late among them."""
    found = []
    for name in _LATE:
        value = str(get(name) or "").strip()
        if name.endswith("srcset"):
            found += [part.split()[0] for part in value.split(", ")[:_CANDIDATES] if part.strip()]
        elif value:
            found.append(value)
    return [url for url in found if not url.lower().startswith(("about:", "javascript:"))]
