"""Jekyll (https://jekyllrb.com): posts, pages and collections, a configuration, start layouts."""

from __future__ import annotations

from converters.exporters.jekyll.exporter import JekyllExporter

__all__ = ["JekyllExporter"]
