"""The look of the start layouts: one stylesheet for every target that has such layouts. No script, no request."""

from __future__ import annotations

from importlib.resources import files as resources

NAME = "start.css"


def stylesheet() -> bytes:
    return resources(__name__).joinpath(NAME).read_bytes()
