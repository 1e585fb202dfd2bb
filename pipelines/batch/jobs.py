"""The file of jobs: read, and checked as a whole, so that all mistakes are named at once.

`[defaults]` holds options for all sites, each `[[site]]` those of one (or of one for each file that a pattern fits).
They are those of the command line, checked by the same code; paths are relative to the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from converters import nested
from converters.errors import UsageError
from converters.nearest import did_you_mean, file_near
from pipelines.cli import job_options
from pipelines.cli.options import FLAG, LIST, MANY, OPTIONS
from pipelines.remote.address import is_remote, place

KeyPath = tuple[str | int, ...]
"""Of a table or a key in it: `("defaults", "to")`, `("site", 2, "output")`."""

OF_A_SITE = {option.name: option for option in OPTIONS if not option.of_run}
_OF_RUN = {option.name for option in OPTIONS if option.of_run}
_OWN = ("source", "name")
_KEYS = (*_OWN, "each", *OF_A_SITE)
_HEADER = re.compile(r"[ \t]*(\[\[?)[ \t]*([\"']?)([^\"'\]\n]*)\2[ \t]*\]\]?")
_KEY = re.compile(r"[ \t]*([\"']?)([A-Za-z0-9_-]+)\1[ \t]*[=.]")
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'  # strings of several lines
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]",
    re.DOTALL,
)


class Problem(msgspec.Struct, frozen=True):
    """A mistake in the file."""

    line: int
    """0 when it is not known."""
    where: str
    text: str


class JobsError(UsageError):
    """The file cannot be used. Says everything that is wrong with it."""

    def __init__(self, file: Path, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line)
        count = f"{len(problems)} mistakes" if len(problems) != 1 else "a mistake"
        listed = (
            f"\n  {file}{f':{problem.line}' if problem.line else ''}: {problem.where}{problem.text}"
            for problem in self.problems
        )
        super().__init__(f"{file} has {count}; nothing was done.{''.join(listed)}")


class Table(msgspec.Struct, frozen=True):
    """A `[[site]]`, the defaults filled in, its values of the right type."""

    number: int
    """From 0."""
    sources: tuple[str, ...]
    values: dict[str, Any]
    """name -> value as written: options, `name` and `each`."""


class Jobs:
    """A file of jobs while it is checked. Mistakes are collected."""

    def __init__(self, file: Path) -> None:
        """Raises UsageError for a file that cannot be read or is no TOML."""
        self.file, self.folder = file, file.parent
        self.problems: list[Problem] = []
        try:
            text = file.read_text(encoding="utf-8-sig")
            self._data = nested.toml(text)
        except OSError as error:
            raise UsageError(f"{file} cannot be read: {error.strerror}.{file_near(str(file))}") from error
        except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, or brackets without end
            raise UsageError(f"{file} is not TOML: {error}.") from error
        self._lines = key_lines(text)

    def problem(self, path: KeyPath, text: str) -> None:
        """Note a mistake at `path`."""
        known = next((self._lines[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self._lines), 0)
        where = {0: "", 1: f"[{path[0]}]" if path else ""}.get(len(path), "")
        if path[:1] == ("site",) and len(path) > 1:
            where = f"site {int(path[1]) + 1}"
            where += f": {path[2]}" if len(path) > 2 else ""
        elif len(path) > 1:
            where = f"[{path[0]}] {path[1]}"
        problem = Problem(known, f"{where}: " if where else "", text)
        if problem not in self.problems:  # a pattern makes it once for each file
            self.problems.append(problem)

    def tables(self) -> Iterator[Table]:
        """The sites. Those that have a mistake are noted and left out."""
        for key in self._data:
            if key not in ("defaults", "site"):
                self.problem((key,), f"there is no such table; [defaults] and [[site]] are.{_meant(key)}")
        defaults = self._data.get("defaults", {})
        if not isinstance(defaults, dict):
            self.problem(("defaults",), "must be a table: [defaults].")
            defaults = {}
        shared = self._checked(defaults, ("defaults",))
        sites = self._data.get("site", [])
        if not isinstance(sites, list) or not all(isinstance(site, dict) for site in sites):
            self.problem(("site",), "each site must be a table in double brackets: [[site]].")
            return
        if not sites and not self.problems:
            self.problem((), "there is no site in it. Begin each with [[site]].")
        for number, site in enumerate(sites):
            yield from self._site(number, site, shared)

    def _site(self, number: int, site: dict[str, Any], shared: dict[str, Any]) -> Iterator[Table]:
        before = len(self.problems)
        own = self._checked(site, ("site", number))
        sources = own.pop("source", ())
        if "source" not in site:
            self.problem(("site", number), "it has no source. Say what to read: source = 'export.xml'.")
        if len(self.problems) == before:
            yield Table(number, sources, {**shared, **own})

    def _checked(self, table: Mapping[str, Any], path: KeyPath) -> dict[str, Any]:
        """Values of the right type that can be used; mistakes are noted."""
        good: dict[str, Any] = {}
        for key, value in table.items():
            wrong = self._unknown(key, path) or _of_type(key, value)
            if not wrong:
                good[key] = _plain(key, value)
                wrong = self._refused(key, good[key])
            if wrong:
                good.pop(key, None)
                self.problem((*path, key), wrong)
        return good

    def _unknown(self, key: str, path: KeyPath) -> str:
        if key in _OF_RUN:
            return f"this is said on the command line, for all sites: convert batch {self.file} --{key} ..."
        if key not in _KEYS:
            return f"there is no such key.{did_you_mean(key, _KEYS) or ' There are ' + ', '.join(_KEYS) + '.'}"
        return "this is of one site; put it into a [[site]]." if path[0] == "defaults" and key in _OWN else ""

    def _refused(self, key: str, value: Any) -> str:
        """What the command line would say to the value."""
        option = OF_A_SITE.get(key)
        if option is None:
            return ""
        values = {option.key: placed(key, value, self.folder)}
        return next((text for _, text in job_options.problems(values)), "")


def placed(key: str, value: Any, folder: Path) -> Any:
    """The value with a path in it made one from the folder of the file."""
    if value and key in OF_A_SITE and (OF_A_SITE[key].is_file or OF_A_SITE[key].is_folder):
        return place(folder, value)
    if key == "media" and str(value).startswith("copy:") and value != "copy:":
        return f"copy:{folder / str(value)[5:]}"
    if key in ("from", "to") and ".py:" in value:
        return str(folder / value)
    return value


def _meant(key: str) -> str:
    return did_you_mean(key, ("defaults", "site"))


def _of_type(key: str, value: Any) -> str:
    """What is wrong with the type; empty when nothing is."""
    if key == "each" or (key in OF_A_SITE and OF_A_SITE[key].kind == FLAG):
        return "" if isinstance(value, bool) else f"must be true or false, not {_kind(value)}."
    if key == "source" or (key in OF_A_SITE and OF_A_SITE[key].kind in (LIST, MANY)):
        texts = isinstance(value, str) or (isinstance(value, list) and all(isinstance(each, str) for each in value))
        if not texts:
            return f"must be text or a list of texts, not {_kind(value)}."
        if key == "source":
            return _no_source([value] if isinstance(value, str) else value)
        return ""
    if not isinstance(value, str):
        return f"must be text, not {_kind(value)}."
    if "\0" in value:
        return "holds a NUL character."
    if key == "report" and is_remote(value):
        return "must be a file of this machine."
    return "must not be empty." if not value and key in ("name", "output", "from", "to") else ""


def _no_source(names: list[str]) -> str:
    if not names or "" in names:
        return "must not be empty."
    if any("\0" in name for name in names):
        return "holds a NUL character."
    return "a batch reads no standard input; name a file." if "-" in names else ""


def _plain(key: str, value: Any) -> Any:
    if key == "source":
        return (value,) if isinstance(value, str) else tuple(value)
    return tuple(value) if isinstance(value, list) else value


def _kind(value: Any) -> str:
    other = next((each for each in value if not isinstance(each, str)), None) if isinstance(value, list) else None
    if other is not None:
        return f"a list with {_kind(other)} in it"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date or time")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of tables and of the keys in them. `tomllib` does not tell, and an error without its line is
    half an error. Only for text that `tomllib` has parsed."""
    found: dict[KeyPath, int] = {}
    tables = Counter[str]()
    table: KeyPath = ()
    position, line = 0, 1
    while position < len(text):
        if header := _HEADER.match(text, position):
            name = header[3].strip()
            table = (name, tables[name]) if header[1] == "[[" else (name,)
            tables[name] += header[1] == "[["
            found.setdefault((name,), line)
            found.setdefault(table, line)
            start = header.end()
        else:
            key = _KEY.match(text, position)
            if key:
                found.setdefault((*table, key[2]), line)
            start = key.end() if key else position
        end = _end_of_value(text, start)
        line += text.count("\n", position, end)
        position = end
    return found


def _end_of_value(text: str, start: int) -> int:
    """Where the next line begins that is not inside a string or brackets."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            return token.end()
    return len(text)
