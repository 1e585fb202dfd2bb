"""postferry's formats: importers, the post model, transforms, Markdown, front matter and exporters."""

__version__ = "0.1.0"
