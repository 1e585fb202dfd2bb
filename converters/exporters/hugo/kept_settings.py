"""Files of a Hugo source that set something up: of environments and themes, of modules, of programs beside Hugo.

What they would lift of Hugo's limits is left out (`trust`); what programs other than Hugo run or obey stays away.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from converters.exporters.hugo import trust
from converters.frontmatter import write, yaml_read
from converters.model.limits import DEFAULT
from converters.model.notices import Log

PROGRAMS = "for programs other than Hugo"
TRUSTED = frozenset("package.json postcss.config.js tailwind.config.js netlify.toml".split())
"""Files at the root of a site that come along when the source is trusted."""
_ENDINGS = ("toml", "yaml", "yml", "json")
_INSIDE = frozenset("content data static assets layouts i18n archetypes examplesite images".split())
"""Folders of a theme whose files set nothing up."""
_TOOLS = re.compile(
    r"(?:package(?:\.hugo)?|package-lock|npm-shrinkwrap|composer)\.json"
    r"|netlify\.toml|vercel\.json|(?:gulpfile|gruntfile)\.\w+"
    r"|(?:postcss|babel|tailwind|webpack|vite|rollup|eslint|stylelint|svgo|purgecss)\.config\.\w+"
)
_REPLACED = re.compile(r"=>\s*[\"`]?(?:[./~\\]|[A-Za-z]:)")
"""A line of `go.mod` that puts a folder of this machine in the place of a module."""
_PROGRAMS_ASKED = re.compile(rb"postcss|tailwind|babel", re.I)
_TEMPLATES = re.compile(r"(?:^|/)layouts/|\.gotmpl$", re.I)


def is_for_programs(home: str) -> bool:
    """Does a program other than Hugo run or obey that file, as a site or a theme has it?"""
    parts = home.lower().split("/")
    return parts[0] not in ("content", "static") and _TOOLS.fullmatch(parts[-1]) is not None


def asks_for_programs(home: str, file: str) -> bool:
    """Is that a template in which Hugo is told to run programs that run scripts of the site?"""
    if not _TEMPLATES.search(home):
        return False
    try:
        return _PROGRAMS_ASKED.search(Path(file).read_bytes()) is not None
    except OSError:
        return False


def confined(home: str, file: str, log: Log) -> bytes | None:
    """What a file of settings becomes: empty for nothing, None for one that stays as it is, or sets nothing up."""
    if home == "go.mod" or (home.lower().endswith("/go.mod") and _sets_up(home)):
        return _without_replaced(home, Path(file), log)
    if not _sets_up(home):
        return None
    try:
        text = _text(Path(file))
        values = parsed(text, home)
    except (OSError, ValueError, RecursionError) as error:
        log("setting.untrusted", "the whole file", where=home, old=str(error)[:200])
        return b""
    key = home.rpartition("/")[2].partition(".")[0]
    whole = key.lower() in ("hugo", "config")
    kept, gone = trust.confined(values) if whole else trust.confined_part(key, values)
    name(gone, home, log)
    return (dumped(kept, home) or b"\n") if gone else None  # an empty file stays: a theme is known by its settings


def name(gone: Iterable[str], home: str, log: Log) -> None:
    for key in gone:
        log("setting.untrusted", key, where=home)


def _sets_up(home: str) -> bool:
    """Does Hugo read settings in a file with this path?"""
    *folders, file = home.lower().split("/")
    stem, _, ending = file.rpartition(".")
    if not folders or folders[0] not in ("config", "themes", "_vendor") or not _INSIDE.isdisjoint(folders[1:]):
        return False
    if file == "go.mod":
        return True
    return ending in _ENDINGS and (stem in ("hugo", "config") or folders[0] == "config" or "config" in folders[1:])


def _text(file: Path) -> str:
    if file.stat().st_size > DEFAULT.front_matter_bytes:
        raise ValueError(f"larger than {DEFAULT.front_matter_bytes} bytes")
    return file.read_text(encoding="utf-8-sig")


def parsed(text: str, home: str) -> dict[str, Any]:
    """The settings in a text of that file. Raises ValueError where it holds no table."""
    ending = home.lower().rpartition(".")[2]
    found: Any = tomllib.loads(text) if ending == "toml" else None
    if ending == "json":
        found = json.loads(text) if text.strip() else {}
    elif ending != "toml":
        found = yaml_read.loads(text, Log())
    if found is None:
        found = {}
    if isinstance(found, list):  # `menus.toml` and the like may be a list in YAML and JSON
        return {home.rpartition("/")[2].partition(".")[0]: found}
    if not isinstance(found, dict):
        raise ValueError("it holds no table")
    return found


def dumped(values: Mapping[str, Any], home: str) -> bytes:
    """The settings in the format of that file."""
    ending = home.lower().rpartition(".")[2]
    if ending == "toml":
        return write.toml(values).encode()
    return (write.yaml(values) if ending != "json" else write.dumps(values, "json")).encode()


def _without_replaced(home: str, file: Path, log: Log) -> bytes | None:
    """`go.mod` without lines that lead to folders of this machine."""
    try:
        text = _text(file)
    except (OSError, ValueError) as error:
        log("setting.untrusted", "the whole file", where=home, old=str(error)[:200])
        return b""
    lines = text.splitlines(keepends=True)
    gone = [line for line in lines if _REPLACED.search(line)]
    name((line.strip() for line in gone), home, log)
    return "".join(line for line in lines if line not in gone).encode() if gone else None
