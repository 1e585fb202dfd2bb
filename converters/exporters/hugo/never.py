"""What nothing of a source may be in a Hugo site: layouts, settings, modules, content that is run.

Of another source come texts (`content/`), data and files that are published as they are (`static/`), and nothing else.
A source that is a Hugo site brings its own layouts, data and assets (`passthrough`, which leaves out what widens Hugo's
limits); hidden files and what tools at the root of a project run are refused of it, too.
"""

from __future__ import annotations

from posixpath import splitext

from converters import never
from converters.exporters.hugo.bundles import PICTURES

HUGO = "a place whose files Hugo runs or obeys"
_RUN_BY_HOSTS = frozenset("_worker.js _worker.mjs _worker.bundle _routes.json".split())
_NOT_PUBLISHED = frozenset("layouts data i18n config archetypes".split())
"""Folders of a site whose files are published under other names, or not at all."""
_NOT_STATIC = _NOT_PUBLISHED | {"content", "assets", "themes"}
_OWN_ROOT = frozenset("hugo.toml go.mod go.sum theme.toml".split())


def refuses(path: str, *, brought: bool) -> str:
    """Why nothing of a source that is no Hugo site may be written there; empty when it may."""
    first, _, rest = path.partition("/")
    if first == "static" and rest:
        return never.served(rest)
    if brought:
        return HUGO
    if first == "redirects" and rest:  # for the old place of a site that moves; Hugo does not look there
        return never.served(rest)
    ending = splitext(path)[1].lower()
    fits = (first == "content" and (ending == ".md" or ending in PICTURES)) or (first == "data" and ending == ".yaml")
    return never.hidden(path) or ("" if fits and rest else HUGO)


def refuses_kept(path: str, trusted: frozenset[str]) -> str:
    """The same of a source that is a Hugo site. `trusted`: files at the root that come along all the same."""
    folder, _, rest = path.partition("/")
    public = folder not in _NOT_STATIC and rest.startswith(f"{never.PUBLIC_HIDDEN}/")
    if reason := never.hidden(rest if public else path):
        return reason
    if "/" in path:
        return never.of_project(path) or ("" if trusted else _run_when_published(path))
    return "" if never.plain(path) in _OWN_ROOT or path in trusted else never.SERVICE


def _run_when_published(path: str) -> str:
    """Why no server gets a file with this path; hosts obey `_headers` and `_redirects`, which Hugo sites bring."""
    *folders, last = never.parts_of(path)
    if not _NOT_PUBLISHED.isdisjoint(folders):
        return ""
    run = last in _RUN_BY_HOSTS or never.served(f"{folders[0]}/{last}") == never.SERVER
    return never.SERVER if run else ""
