"""Comments that one of our own Hugo sites keeps in data files: `data/comments/ID.yaml`, by the page's `source_id`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from converters.frontmatter import dates, yaml_read
from converters.importers.hugo.config import get
from converters.model import Comment
from converters.model.limits import DEFAULT
from converters.model.notices import Log


def comments_of(front: Mapping[str, Any], site: Path, log: Log) -> tuple[Comment, ...]:
    """The comments of a page; none where there is no such file, or it cannot be read, which is noted."""
    id = str(get(front, "source_id") or "")
    if not re.fullmatch(r"[\w-]{1,64}", id):
        return ()
    file = site / "data/comments" / f"{id}.yaml"
    try:
        if not file.is_file() or file.is_symlink() or file.stat().st_size > DEFAULT.item_bytes:
            return ()
        rows = yaml_read.loads(file.read_text(encoding="utf-8"), log)
    except (OSError, ValueError) as error:
        log("frontmatter.unreadable", str(error)[:200], where=file.name)
        return ()
    return tuple(_comment(row) for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()


def _comment(row: Mapping[str, Any]) -> Comment:
    texts = {name: str(row.get(name) or "") for name in ("id", "parent", "kind", "author", "url", "body")}
    return Comment(**{**texts, "kind": texts["kind"] or "comment"}, date=dates.parse(row.get("date")))
