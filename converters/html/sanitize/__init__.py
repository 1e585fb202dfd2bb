"""HTML of strangers: only what is on the lists stays, and none of it can turn into anything else in a browser."""

from converters.html.sanitize.clean import clean_html, clean_value, is_clean, is_simple, sanitize
from converters.html.sanitize.lists import Use
from converters.html.sanitize.values import allowed, runs

__all__ = ["Use", "allowed", "clean_html", "clean_value", "is_clean", "is_simple", "runs", "sanitize"]
