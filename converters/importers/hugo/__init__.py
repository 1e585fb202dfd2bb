"""Hugo (https://gohugo.io): a whole site, a folder of content, or single files."""

from __future__ import annotations

from converters.importers.hugo.importer import HugoImporter

__all__ = ["HugoImporter"]
