"""Comments as a data file: `_data/comments/<id>.yml`, a list in the order of reading, each with its depth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from converters.frontmatter import yaml
from converters.model import Comment
from converters.output import OutFile

_PLAIN = re.compile(r"[^\w-]+")


def file(id: str, comments: tuple[Comment, ...]) -> OutFile:
    text = "".join(_row(_values(comment, depth)) for comment, depth in threaded(comments))
    return OutFile(f"_data/comments/{_PLAIN.sub('-', id)}.yml", text.encode())


def threaded(comments: Iterable[Comment]) -> Iterator[tuple[Comment, int]]:
    """(comment, depth): answers below what they answer, whatever the depth; those in a circle stand at the end."""
    every = list(comments)
    known = {comment.id for comment in every}
    answers: dict[str, list[Comment]] = {}
    for comment in every:
        answers.setdefault(comment.parent if comment.parent in known else "", []).append(comment)
    waiting = [(comment, 0) for comment in reversed(answers.pop("", []))]
    left = iter(every)
    shown: set[int] = set()
    while True:
        while waiting:
            comment, depth = waiting.pop()
            if id(comment) not in shown:
                shown.add(id(comment))
                yield comment, depth
                waiting.extend((answer, depth + 1) for answer in reversed(answers.pop(comment.id, [])))
        following = next((comment for comment in left if id(comment) not in shown), None)
        if following is None:
            return
        waiting.append((following, 0))


def _values(comment: Comment, depth: int) -> dict[str, Any]:
    values = {name: value for name in comment.__struct_fields__ if (value := getattr(comment, name))}
    return values | ({"depth": depth} if depth else {})


def _row(row: dict[str, Any]) -> str:
    return "- " + "  ".join(yaml.dumps(row).splitlines(keepends=True))
