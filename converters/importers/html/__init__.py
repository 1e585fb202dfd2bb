"""Pages of HTML: saved ones, whole static sites, and exports whose posts are HTML (Medium, Substack, Blogger)."""

from __future__ import annotations

from converters.importers.html.importer import HtmlImporter

__all__ = ["HtmlImporter"]
