"""Files, modules and functions that the documentation names are there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

from converters.exporters.site.redirects import FORMATS
from pipelines.cli.options import BY_NAME

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
_DIFF = re.compile(r"^```diff\n(.*?)^```$", re.S | re.M)
_FOLDERS = r"converters|pipelines|tests|docs|fixtures|benchmarks|\.ci"
_PATH = re.compile(rf"(?<![\w/.-])((?:{_FOLDERS})/[\w./*-]*[\w/*])(?:::(\w+))?")
_DOTTED = re.compile(r"(?<![\w.-])(?:converters|pipelines|tests)(?:\.\w+)+")
_INSIDE = re.compile(r"`([\w/]+\.py)`, `(\w+)`")
MADE = {"docs/_build"}
"""What a command of a page makes."""


def text_of(page: Path) -> str:
    """The page without its diffs, which name files that are to be made."""
    return _DIFF.sub("", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_is_there(page: Path) -> None:
    missing = []
    for path, function in _PATH.findall(text_of(page)):
        found = [] if path in MADE else [*ROOT.glob(path.rstrip("/"))]
        if path not in MADE and not (found and (not path.endswith("/") or found[0].is_dir())):
            missing.append(path)
        elif function and path.endswith(".py") and f"def {function}(" not in found[0].read_text(encoding="utf-8"):
            missing.append(f"{path}::{function}")
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_is_there(page: Path) -> None:
    text = text_of(page)
    assert [name for name in _DOTTED.findall(text) if not is_name(name)] == []
    for path, name in _INSIDE.findall(text):
        assert re.search(rf"^(?:def |class )?{name}\b", (ROOT / path).read_text(encoding="utf-8"), re.M), (path, name)


def is_name(dotted: str) -> bool:
    """Does `converters.model.Post` name a module, or something in one?"""
    module, _, rest = dotted.partition(".")
    found: Any = importlib.import_module(module)
    for part in rest.split("."):
        module = f"{module}.{part}"
        if not hasattr(found, part):
            try:
                importlib.import_module(module)
            except ImportError:
                return False
        found = getattr(found, part)
    return True


def test_the_help_names_every_server() -> None:
    assert [name for name in FORMATS if name not in BY_NAME["redirects"].help] == []
