"""What a site was written for, found out by looking at it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from converters.errors import MissingSourceError, UsageError
from pipelines.output.output_folder import OutputFolder

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
    with closing(OutputFolder(site)) as folder:
        for file, exporter in _SIGNS.items():
            if folder.size(file) is not None:
                return exporter
    raise UsageError(f"{site} is no site that can be told by its files. Say with --to what it is for.")


def json_layout(site: Path) -> str:
    """How a site of JSON is laid out."""
    with closing(OutputFolder(site)) as folder:
        there = {name for name in folder.names() if folder.size(name) is not None}
    if there & {"posts.jsonl", "not-public.jsonl"}:
        return "lines"
    return "feed" if "feed.json" in there else "files"
