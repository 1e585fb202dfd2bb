"""postferry's formats: importers, the post model, passes, Markdown, front matter and exporters."""

__version__ = "0.1.0"
