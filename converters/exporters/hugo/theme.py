"""Templates that come with a new Hugo site."""

from __future__ import annotations

from collections.abc import Iterator

from converters.exporters.site.assets import stylesheet, templates

_HUGO = "converters.exporters.hugo"


def starter_theme() -> Iterator[tuple[str, bytes]]:
    """(path in the site, bytes) of layouts and their stylesheet."""
    yield from templates(_HUGO, "starter")
    yield from stylesheet("static")


def shortcode_templates() -> Iterator[tuple[str, bytes]]:
    """The same of the shortcodes that content uses and Hugo does not bring, and of the hook that draws formulas:
    https://gohugo.io/templates/shortcode/, https://gohugo.io/render-hooks/passthrough/

    They belong to the content, not to a theme, and stay when the starter theme goes.
    """
    yield from templates(_HUGO, "shortcodes", "layouts/shortcodes/")
    yield from templates(_HUGO, "markup", "layouts/_default/_markup/")
