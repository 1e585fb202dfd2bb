"""Which mark an emphasis gets: `*`, `_`, or its HTML tag where no mark can work.

CommonMark's rules decide from the characters on both sides of a run of marks whether it can open or close
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). Marks are chosen, then read back by the same rules
(the specification's procedure "process emphasis"); an emphasis that does not come back as it was gets tags, and the
rest is read again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from converters.markdown.write.escape import PUNCTUATION
from converters.markdown.write.tokens import MARKS, Delimited, Delimiter, Token, emphasis, written

_PATIENCE = 12
"""How often a group of marks is read again for one emphasis; then for all that did not come back at once."""


def resolve(tokens: Sequence[Token], *, nested: bool = True) -> None:
    """Set `open` and `close` of every emphasis among the tokens of a block.

    `nested`: whether the dialect has emphasis inside emphasis of the same kind.
    """
    if nested and _is_simple(tokens):
        return
    for start, stop in _groups(tokens):
        before = written(tokens[start - 1])[-1:] if start else ""
        after = written(tokens[stop])[:1] if stop < len(tokens) else ""
        _choose_for_group(tokens[start:stop], (before, after), nested=nested)


def _is_simple(tokens: Sequence[Token]) -> bool:
    """The common case: no mark touches another, and each can only open or only close. Then it is set at once.

    It can when a letter or digit is inside and a space, a point or an edge outside, or when a point is inside
    and a space or an edge outside.
    """
    before: Token = ""
    mark: Delimiter | None = None  # the one just passed, which waits for what is behind it
    for token in (*tokens, ""):
        found = emphasis(token)
        if mark is not None:
            span, opens = mark
            left, right = written(before)[-1:], written(token)[:1]
            if found is not None or not (_is_clear(right, left) if opens else _is_clear(left, right)):
                return False
            span.open = span.close = MARKS[span.kind]
            mark, before = None, token
        elif found is not None:
            mark = found
        else:
            before = token
    return True


def _is_clear(inside: str, outside: str) -> bool:
    if "~" in (inside, outside):
        return False
    free = outside == "" or outside.isspace()
    if inside.isalnum():
        return free or _is_punctuation(outside)
    return free and _is_punctuation(inside)


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Stretches of tokens whose marks depend on each other: what one outer emphasis holds, with those that touch it.

    A mark that is matched inside its own stretch has no effect on another, so each is settled by itself, and the time
    does not grow faster than the text.
    """
    depth = start = 0
    ended = -1
    for index, token in enumerate(tokens):
        found = emphasis(token)
        if found is None:
            continue
        if found[1]:
            if depth == 0 and ended != index:
                if ended > 0:
                    yield start, ended
                start = index
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                ended = index + 1
    if ended > 0:
        yield start, ended


def _choose_for_group(tokens: Sequence[Token], outside: tuple[str, str], *, nested: bool) -> None:
    """Choose marks for the emphases of a group, give tags to those that are not read back, until all are."""
    opened = [found[0] for token in tokens if (found := emphasis(token)) is not None and found[1]]
    tagged = set() if nested else _inside_their_like(tokens)
    readers = _readers(tokens, "".join(outside))
    for attempt in range(len(opened) + 1):
        wrong = _wrong(tokens, outside, tagged, readers)
        if not wrong:
            break
        found_wrong = (span for span in opened if span in wrong)
        tagged.update([next(found_wrong)] if attempt < _PATIENCE else found_wrong)


def _inside_their_like(tokens: Iterable[Token]) -> set[Delimited]:
    found: set[Delimited] = set()
    around: list[str] = []
    for span, opens in filter(None, map(emphasis, tokens)):
        if not opens:
            around.remove(span.kind)
            continue
        if span.kind in around:
            found.add(span)
        around.append(span.kind)
    return found


def _wrong(
    tokens: Sequence[Token], outside: tuple[str, str], tagged: set[Delimited], readers: list[Reader]
) -> set[Delimited]:
    """Choose marks; the spans that would not be read back, whichever way the marks are chosen."""
    wrong: set[Delimited] = set()
    for alternate in (True, False):
        _choose(tokens, tagged, alternate=alternate)
        wrong = {span for reader in readers for span in _misread(_runs(tokens, outside, reader), reader)}
        if not wrong:
            break
    return wrong


def _choose(tokens: Iterable[Token], tagged: set[Delimited], *, alternate: bool) -> None:
    """A star, unless the mark before it is one: then an underscore, so that the two do not run together."""
    previous = ""
    for token in tokens:
        found = emphasis(token)
        if found is None:
            previous = ""
            continue
        span, opens = found
        if opens:
            mark = MARKS[span.kind]
            if mark[0] == "*" and alternate and previous[:1] == "*":
                mark = "_" * len(mark)
            span.open, span.close = span.tags if span in tagged else (mark, mark)
        previous = "" if span in tagged else span.open


class Reader(NamedTuple):
    """In what renderers differ; marks have to come out right with every one of them."""

    symbols: bool
    """Whether symbols are punctuation, as they are since CommonMark 0.31."""
    github: bool
    """GitHub's renderer looks past tildes for what is beside a mark, and where a mark that can open as well found
    nothing to close, no later one of its length looks again."""


def _readers(tokens: Iterable[Token], beside: str) -> list[Reader]:
    """Renderers agree on ASCII; in what else they differ has to come out right every way."""
    texts = (token for token in tokens if isinstance(token, str))
    agreed = beside.isascii() and all(text.isascii() for text in texts)
    return [Reader(symbols, github) for symbols in {True, agreed} for github in (False, True)]


def _is_punctuation(character: str, *, symbols: bool = False) -> bool:
    """Whether it is punctuation to a renderer."""
    if not character or character.isalnum():
        return False
    if character.isascii():
        return character in PUNCTUATION
    category = unicodedata.category(character)[0]
    return category == "P" or (symbols and category == "S")


class Run(NamedTuple):
    """Marks of one character without anything between them, each with the delimiter it belongs to."""

    mark: str
    owners: list[Delimiter]
    can_open: bool
    can_close: bool
    length: int
    touches: bool
    """Whether a character like its own is in front of it."""


def _runs(tokens: Sequence[Token], outside: tuple[str, str], reader: Reader) -> list[Run]:
    """The runs of marks among the tokens; `outside` are the characters around them, empty at the edge of a block."""
    runs: list[Run] = []
    index, last = 0, len(tokens)
    while index < last:
        mark = _mark(tokens[index])
        if not mark:
            index += 1
            continue
        start, owners = index, list[Delimiter]()
        while index < last and _mark(tokens[index]) == mark and (found := emphasis(tokens[index])) is not None:
            owners += [found] * len(found[0].open)
            index += 1
        left, right = start, index
        while left and reader.github and _mark(tokens[left - 1]) == "~":
            left -= 1
        while right < last and reader.github and _mark(tokens[right]) == "~":
            right += 1
        before = written(tokens[left - 1])[-1:] if left else outside[0]
        after = written(tokens[right])[:1] if right < last else outside[1]
        runs.append(_run(mark, owners, before, after, reader))
    return runs


def _mark(token: Token) -> str:
    """The character an emphasis is marked with; empty where it has tags, and for all else."""
    found = emphasis(token)
    return "" if found is None or found[0].open[0] == "<" else found[0].open[0]


def _run(mark: str, owners: list[Delimiter], before: str, after: str, reader: Reader) -> Run:
    """A run between two characters, which decide whether it can open and close."""
    space_before, space_after = before == "" or before.isspace(), after == "" or after.isspace()
    point_before = _is_punctuation(before, symbols=reader.symbols)
    point_after = _is_punctuation(after, symbols=reader.symbols)
    left = not space_after and (not point_after or space_before or point_before)
    right = not space_before and (not point_before or space_after or point_after)
    if mark == "_":
        left, right = left and (not right or point_before), right and (not left or point_after)
    return Run(mark, owners, left, right, len(owners), before == mark)


def _misread(runs: list[Run], reader: Reader) -> set[Delimited]:
    """The spans that a renderer would not read back from their marks."""
    wrong: set[Delimited] = set()
    strikes = [run for run in runs if run.mark == "~"]
    _read([run for run in runs if run.mark != "~"], wrong, reader)
    _read(strikes, wrong, reader)
    for run in strikes:
        if run.length != 2 or run.touches:  # `~~~~` is text, also when two of them have a backslash
            wrong.update(span for span, _ in run.owners)
    return wrong


def _read(runs: list[Run], wrong: set[Delimited], reader: Reader) -> None:
    """Every mark must close what it belongs to."""
    waiting: list[Run] = []
    floors: dict[tuple[str, int], int] = {}
    for run in runs:
        left = run.owners
        if run.can_close:
            key = (run.mark, run.length % 3)
            left = _close(run, waiting, wrong, min(floors.get(key, 0), len(waiting)))
            if left and reader.github:
                floors[key] = len(waiting)
        if left and run.can_open:
            waiting.append(run._replace(owners=list(left)))
        else:
            wrong.update(span for span, _ in left)
    for run in waiting:
        wrong.update(span for span, _ in run.owners)


def _close(run: Run, waiting: list[Run], wrong: set[Delimited], floor: int) -> list[Delimiter]:
    """Match the marks of a run with those waiting; what is left of the run."""
    left = list(run.owners)
    depth = len(waiting) - 1
    while left and depth >= floor:
        opener = waiting[depth]
        if opener.mark != run.mark or not opener.owners or _rule_of_three(opener, run):
            depth -= 1
            continue
        width = 2 if len(opener.owners) >= 2 and len(left) >= 2 else 1
        opened, closed = opener.owners[-width:], left[:width]
        span = opened[-1][0]
        same = all(owner[0] is span for owner in (*opened, *closed)) and opened[0][1] and not closed[0][1]
        if not same or width != len(span.open):
            wrong.update(owner[0] for owner in (*opened, *closed))
        for between in waiting[depth + 1 :]:
            wrong.update(owner[0] for owner in between.owners)
        del waiting[depth + 1 :], opener.owners[-width:]
        left = left[width:]
        if not opener.owners:
            waiting.pop()
            depth -= 1
    return left


def _rule_of_three(opener: Run, closer: Run) -> bool:
    both = (opener.can_open and opener.can_close) or (closer.can_open and closer.can_close)
    return (
        opener.mark != "~"
        and both
        and (opener.length + closer.length) % 3 == 0
        and not (opener.length % 3 == 0 and closer.length % 3 == 0)
    )
