"""Semantic HTML to Markdown: our own engine, and those of others behind the same interface."""

from converters.markdown.write.engine import to_markdown, tree_to_markdown

__all__ = ["to_markdown", "tree_to_markdown"]
