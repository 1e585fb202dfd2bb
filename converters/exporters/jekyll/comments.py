"""Comments in the order of reading, each with its depth, since Liquid cannot put a thread together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from converters.model import Comment


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
