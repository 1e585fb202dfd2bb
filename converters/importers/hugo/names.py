"""The shortcodes a site knows: Hugo's own (https://gohugo.io/shortcodes/) and those it has templates for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from converters.importers.hugo.files import below_folder, listing

CALLS = frozenset(
    """comment details figure gist highlight instagram instagram_simple param qr ref relref tweet twitter twitter_simple
    vimeo vimeo_simple x x_simple youtube embed gallery""".split()
)
"""Hugo's own, of all its versions, and the two of the sites we write."""

_FOLDERS = ("layouts/shortcodes", "layouts/_shortcodes")


class Known(msgspec.Struct, frozen=True):
    """What the survey tells those who read single pages, beside the settings."""

    templates: tuple[str, ...] = ()
    """Shortcodes the site has a template for."""
    closed: bool = True
    """These are all: no theme stands elsewhere."""


def template_names(site: Path) -> Iterator[str]:
    """The names of all templates for shortcodes, of the site and of its themes."""
    homes = [site, *(site / "themes" / theme for theme in listing(site / "themes")[1])]
    for home in homes:
        for folder in _FOLDERS:
            for path in below_folder(home / folder):
                before, _, file = path.rpartition("/")
                stem = file.partition(".")[0]
                yield f"{before}/{stem}" if before else stem
