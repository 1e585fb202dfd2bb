"""Files that front matter and configuration name: from the root of the site, without the `baseurl` that it has.

So themes and plug-ins expect them, which put `baseurl` in front themselves: `relative_url` and `absolute_url`
(https://jekyllrb.com/docs/liquid/filters/), jekyll-seo-tag's `image`. Addresses in texts have it already.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from converters.old_site.permalinks import inside

_NAMED = {"image": "path", "og_image": "", "twitter_image": "", "enclosures": "url"}
"""Key of front matter -> where it holds a map, or a list of maps: the key of the address in it."""


def below_baseurl(values: dict[str, Any], root: str) -> dict[str, Any]:
    """Front matter with the addresses of files as seen from the site. `root`: where it is on its host."""
    if not root:
        return values
    return {key: _inside(value, _NAMED[key], root) if key in _NAMED else value for key, value in values.items()}


def _inside(value: Any, name: str, root: str) -> Any:
    if isinstance(value, list):
        return [_inside(each, name, root) for each in value]
    if isinstance(value, Mapping):
        return {key: inside(item, root) if key == name else item for key, item in value.items()}
    return inside(value, root) if isinstance(value, str) else value
