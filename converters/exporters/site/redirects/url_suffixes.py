"""What WordPress answered behind the address of any page or list, and what leads to that page or list now.

Feeds of comments (`/ferry/feed/`, `/ferry/feed/atom/`), further pages of a list (`/page/2/`), of a post (`/2/`) and of
its comments (`/comment-page-2/`), what other sites showed of a post (`/embed/`), told it (`/trackback/`) or fetched for
phones (`/amp/`): https://developer.wordpress.org/reference/classes/wp_rewrite/. One rule a server says them all, and is
asked only where nothing stands at the address: the new site has further pages and feeds of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OF_LIST = ("feed", "page")
"""What stood behind the address of a list: its feed in several forms, and its further pages, with a number."""
OF_ITEM = ("feed", "embed", "comment-page-1")
"""The same of an item; of the numbers only the first."""
FORMS = "(?:/(?:rss2?|atom|rdf))?"
"""What says the form of a feed, as a regular expression."""
NAMED = rf"feed{FORMS}|page/[0-9]+|comment-page-[0-9]+|embed|trackback|amp"
"""What stood behind the address of any page or list."""
PAGES = rf"{NAMED}|[0-9]{{1,3}}"
"""The same and further pages of a post, which no rule may take that is asked before anything else."""
FOLDER = "[^/[:cntrl:]]+"
"""One part of a path, for servers that know PCRE: never empty, so that no host can be named."""
PLAIN = re.compile(r"[\w/~-]*", re.ASCII)
"""What the path of a site may hold, to be said in such a rule as it is."""

_DEEPEST = 6
_ONE_PART = ("feed/*", "page/*", "embed", "trackback", "amp")
_NUMBERED = (*(f"{number}" for number in range(2, 6)), *(f"comment-page-{number}" for number in range(1, 5)))


def by_parts(root: str, goal: str) -> Iterator[tuple[str, str]]:
    """(path, goal) for servers that know no regular expressions: `:a` is one part of a path, `*` all that follows.

    `root` is the path of the old site on its host, `goal` that of the new one. Numbers can only be named: the first
    few, down to a depth that sites have.
    """
    yield f"{root}/page/*", f"{goal}/"
    for depth in range(1, _DEEPEST + 1):
        above = "".join(f"/:{name}" for name in "abcdef"[:depth])
        yield from ((f"{root}{above}/{tail}", f"{goal}{above}/") for tail in (*_ONE_PART, *_NUMBERED))
