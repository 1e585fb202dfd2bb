"""The `baseURL` of a Hugo source below another path: that of `--base-path`, in whichever file of settings it is.

https://gohugo.io/configuration/all/#baseurl; languages may have their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converters import new_site, urls
from converters.exporters.hugo import kept_settings
from converters.model import Site


def in_settings(settings: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """The settings of the whole site; with a `baseURL` where they had none."""
    found = _moved(settings, site)
    known = any(name.lower() == "baseurl" for name in found)
    return found if known else {"baseURL": f"{new_site.root_of(site)}/", **found}


def in_file(home: str, file: str, data: bytes | None, site: Site) -> bytes | None:
    """A file of settings that comes along as it is, or as `data`; None where it stays so."""
    if not home.startswith("config/") or not new_site.is_moved(site):
        return None
    try:
        values = kept_settings.parsed((Path(file).read_bytes() if data is None else data).decode("utf-8-sig"), home)
    except (OSError, ValueError, RecursionError):  # what is no file of settings
        return None
    moved = _moved(values, site)
    return kept_settings.dumped(moved, home) if moved != values else None


def _moved(values: Mapping[str, Any], site: Site) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name.lower() == "baseurl" and isinstance(value, str):
            found[name] = _url(value, site)
        else:
            found[name] = _moved(value, site) if isinstance(value, Mapping) else value
    return found


def _url(url: str, site: Site) -> str:
    parts = urls.split(url)
    if parts is None:
        return url
    return parts._replace(path=f"{new_site.moved(parts.path.rstrip('/'), site)}/").geturl()
