"""Hugo (https://gohugo.io): content files with front matter, a configuration, start layouts."""

from __future__ import annotations

from converters.exporters.hugo.exporter import HugoExporter

__all__ = ["HugoExporter"]
