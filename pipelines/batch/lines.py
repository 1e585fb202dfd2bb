"""Where the keys of a TOML file stand. `tomllib` does not say, and an error without its line is half an error.

Only for text that `tomllib` has taken: what is no TOML is not looked for.
"""

from __future__ import annotations

import re
from collections import Counter

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

Path = tuple[str | int, ...]


def lines(text: str) -> dict[Path, int]:
    """Path -> line, from 1, of tables and of the keys in them: `("defaults", "to")`, `("site", 2, "output")`."""
    found: dict[Path, int] = {}
    tables = Counter[str]()
    table: Path = ()
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
