"""What a site was written for, found out by looking at it."""

from __future__ import annotations

from pathlib import Path

from converters.errors import MissingSourceError, UsageError

_SIGNS = {  # file -> exporter, the first that is there
    "hugo.toml": "hugo",
    "config.toml": "hugo",
    "hugo.yaml": "hugo",
    "_config.yml": "jekyll",
    "feed.json": "json",
    "posts.jsonl": "json",
    "site.json": "json",
}


def target(site: Path) -> str:
    """The exporter that writes such sites. Raises MissingSourceError or UsageError."""
    if not site.is_dir():
        raise MissingSourceError(f"{site} is no folder. Name the folder that was written.")
    for file, exporter in _SIGNS.items():
        if (site / file).is_file():
            return exporter
    raise UsageError(f"{site} is no site that can be told by its files. Say with --to what it is for.")


def json_layout(site: Path) -> str:
    """How a site of JSON is laid out."""
    if (site / "posts.jsonl").is_file() or (site / "not-public.jsonl").is_file():
        return "lines"
    return "feed" if (site / "feed.json").is_file() else "files"
