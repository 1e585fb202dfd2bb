"""Semantic HTML to Markdown: engines behind one interface."""
