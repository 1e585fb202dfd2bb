"""JSON: a JSON Feed (https://www.jsonfeed.org/version/1.1/), JSON Lines (https://jsonlines.org), or a file an item."""

from __future__ import annotations

from converters.exporters.json.exporter import JsonExporter

__all__ = ["JsonExporter"]
