"""HTML of strangers: only what is on the lists stays, and none of it can turn into anything else in a browser."""

from converters.html.sanitize.clean import clean_html, clean_value, sanitize
from converters.html.sanitize.urls import Use, allowed, runs

__all__ = ["Use", "allowed", "clean_html", "clean_value", "runs", "sanitize"]
