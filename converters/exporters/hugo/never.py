"""What nothing of a source may be in a Hugo site: layouts, settings, modules, content that is run.

Of another source come texts (`content/`), data and files that are published as they are (`static/`), and nothing else.
A source that is a Hugo site brings its own layouts, data and assets (`kept_site`, which leaves out what widens Hugo's
limits); hidden files and what tools at the root of a project run are refused of it, too.
"""

from __future__ import annotations

from posixpath import splitext

from converters import never
from converters.exporters.hugo.bundles import PICTURES

HUGO = "a place whose files Hugo runs or obeys"
_OWN_ROOT = frozenset("hugo.toml go.mod go.sum theme.toml".split())


def refuses(path: str, *, brought: bool) -> str:
    """Why nothing of a source that is no Hugo site may be written there; empty when it may."""
    first, _, rest = path.partition("/")
    if first == "static" and rest:
        return never.served(rest)
    if brought:
        return HUGO
    ending = splitext(path)[1].lower()
    fits = (first == "content" and (ending == ".md" or ending in PICTURES)) or (first == "data" and ending == ".yaml")
    return never.hidden(path) or ("" if fits and rest else HUGO)


def refuses_kept(path: str, trusted: frozenset[str]) -> str:
    """The same of a source that is a Hugo site. `trusted`: files at the root that come along all the same."""
    if reason := never.hidden(path):
        return reason
    if "/" in path:
        return never.of_project(path)
    return "" if never.plain(path) in _OWN_ROOT or path in trusted else never.SERVICE
