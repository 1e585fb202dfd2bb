"""Pages of terms whose names no folder can have on every system (`Q: What?`): from content adapters.

An adapter is a template that makes pages while the site is built, under any path
(https://gohugo.io/content-management/content-adapters/, Hugo 0.126 and later). One file a taxonomy and language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from converters.model.notices import Log
from converters.output import OutFile


class Adapters:
    """Collects pages by the file that makes them."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._calls: dict[str, list[str]] = {}

    def add(self, key: str, mark: str, path: str, values: Mapping[str, Any], html: str) -> None:
        """A page of the taxonomy `key`; `path` is the one by which Hugo knows the term."""
        if ".." in path.split("/"):  # leads elsewhere, and Hugo would refuse to build
            self._log("path.reserved", str(values.get("title", path)), where=key)
            return
        page = {"kind": "term", "path": path, **values}
        if html:
            page["content"] = {"mediaType": "text/markdown", "value": html}
        self._calls.setdefault(f"content/{key}/_content{mark}.gotmpl", []).append(
            f"{{{{ $.AddPage {_said(page)} }}}}\n"
        )

    def files(self) -> Iterator[OutFile]:
        for path, calls in self._calls.items():
            yield OutFile(path, "".join(calls).encode(), own=True)


def _said(value: Any) -> str:
    """A value as an expression of Go's templates, whose strings are written as JSON's are."""
    if isinstance(value, Mapping):
        return f"(dict {' '.join(f'{_said(name)} {_said(one)}' for name, one in value.items())})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"(slice {' '.join(map(_said, value))})"
    return json.dumps(value, ensure_ascii=False)
