"""What lists say for all pages below them (`cascade`), as far as it keeps a page from the public.

https://gohugo.io/content-management/front-matter/#cascade-1
"""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from converters.importers.hugo.addresses import Page
from converters.importers.hugo.config import get


def cascades_of(values: Mapping[str, Any]) -> list[Any]:
    found = get(values, "cascade")
    return found if isinstance(found, list) else [found] if isinstance(found, Mapping) else []


def inherited_by(front: Mapping[str, Any], inherited: list[Any], page: Page) -> dict[str, Any]:
    """The front matter over what the lists above say for all below them: of it, what keeps a page from the public.

    https://gohugo.io/content-management/front-matter/#cascade-1
    """
    values: dict[str, Any] = {}
    for cascade in inherited:
        target = get(cascade, "target") or get(cascade, "_target") or {}
        path = "/" + "/".join((*page.folders, page.stem))
        pattern = str(get(target, "path") or "").replace("**", "*")
        if pattern and not fnmatchcase(path, pattern.replace("{", "[").replace("}", "]")):
            continue
        if get(target, "kind") not in (None, page.kind) or get(target, "lang") not in (None, page.language):
            continue
        own = get(cascade, "params") if isinstance(get(cascade, "params"), Mapping) else {}
        for key in ("draft", "private", "protected", "headless", "build", "_build"):
            found = get(cascade, key) if get(cascade, key) is not None else get(own, key)
            if found is not None:
                values[key] = found
    return {**values, **front}
