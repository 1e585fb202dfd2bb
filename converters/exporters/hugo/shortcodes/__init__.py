"""Templates of the shortcodes that the content uses and Hugo does not bring, for `layouts/shortcodes/` of the site.

They belong to the content, not to a theme, and stay when the start layouts go. https://gohugo.io/templates/shortcode/
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files as resources


def files() -> Iterator[tuple[str, bytes]]:
    """(path in the site, bytes) of every template, in the order of their names."""
    for entry in sorted(resources(__name__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".html"):
            yield f"layouts/shortcodes/{entry.name}", entry.read_bytes()
