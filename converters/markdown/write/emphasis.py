"""Which mark an emphasis gets: `*`, `_`, or its HTML tag where no mark can work.

CommonMark's rules decide from the characters on both sides of a run of marks whether it can open or close
(https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis). Marks are chosen, then read back by the same rules;
an emphasis that does not come back as it was gets tags, and the rest is read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from converters.markdown.write.reading import Reading, Run, misread, punctuation
from converters.markdown.write.tokens import MARKS, Edge, Span, Token, first_of, last_of

_PATIENCE = 12
"""How often a group of marks is read again for one emphasis; then for all that did not come back at once."""


def resolve(tokens: Sequence[Token], *, nested: bool = True) -> None:
    """Set `open` and `close` of every emphasis among the tokens of a block.

    `nested`: can the dialect say emphasis inside emphasis of the same kind?
    """
    if nested and _is_simple(tokens):
        return
    for start, stop in _groups(tokens):
        _settle(tokens, start, stop, nested=nested)


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Stretches of tokens whose marks depend on each other: what one outer emphasis holds, with those that touch it.

    A mark that is matched inside its own stretch has no effect on another, so each is settled by itself, and the time
    does not grow faster than the text.
    """
    depth = start = 0
    ended = -1
    for index, token in enumerate(tokens):
        if not isinstance(token, tuple) or token[0].kind not in MARKS:
            continue
        if token[1]:
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


def _is_simple(tokens: Sequence[Token]) -> bool:
    """The common case: no mark touches another, and each can only open or only close. Then it is set at once.

    It can when a letter or digit stands inside and a space, a point or an edge outside, or when a point stands inside
    and a space or an edge outside.
    """
    before: Token = ""
    mark: Edge | None = None  # the one just passed, which waits for what stands behind it
    for token in (*tokens, ""):
        if mark is not None:
            span, opens = mark
            inside, outside = (token, before) if opens else (before, token)
            is_mark = isinstance(token, tuple) and token[0].kind in MARKS
            if is_mark or not _clear(_inner(inside, opens), _inner(outside, not opens)):
                return False
            span.open = span.close = MARKS[span.kind]
            mark, before = None, token
        elif isinstance(token, tuple) and token[0].kind in MARKS:
            mark = token
        else:
            before = token
    return True


def _inner(token: Token, first: bool) -> str:
    if isinstance(token, str):
        return token[:1] if first else token[-1:]
    return first_of(token) if first else last_of(token)


def _clear(inside: str, outside: str) -> bool:
    if "~" in (inside, outside):
        return False
    free = outside == "" or outside.isspace()
    if inside.isalnum():
        return free or punctuation(outside)
    return free and punctuation(inside)


def _edge(token: Token) -> Edge:
    assert isinstance(token, tuple)
    return token


def _settle(tokens: Sequence[Token], start: int, stop: int, *, nested: bool) -> None:
    """Choose marks for the emphases of a group, give tags to those that are not read back, until all are."""
    part = tokens[start:stop]
    before = last_of(tokens[start - 1]) if start else ""
    after = first_of(tokens[stop]) if stop < len(tokens) else ""
    opened = [token[0] for token in part if isinstance(token, tuple) and token[1] and token[0].kind in MARKS]
    tagged = set() if nested else _inside_their_like(part)
    readings = _readings(part, before + after)
    for attempt in range(len(opened) + 1):
        wrong = _wrong(part, (before, after), tagged, readings)
        if not wrong:
            break
        found = (span for span in opened if span in wrong)
        tagged.update([next(found)] if attempt < _PATIENCE else found)


def _inside_their_like(tokens: Iterable[Token]) -> set[Span]:
    found: set[Span] = set()
    around: list[str] = []
    for token in tokens:
        if isinstance(token, tuple) and token[0].kind in MARKS:
            span, opens = token
            if not opens:
                around.remove(span.kind)
                continue
            if span.kind in around:
                found.add(span)
            around.append(span.kind)
    return found


def _readings(tokens: Iterable[Token], beside: str) -> list[Reading]:
    """Renderers agree on ASCII; in what else they differ has to come out right every way."""
    texts = (token for token in tokens if isinstance(token, str))
    agreed = beside.isascii() and all(text.isascii() for text in texts)
    return [Reading(symbols, github) for symbols in {True, agreed} for github in (False, True)]


def _wrong(tokens: Sequence[Token], outside: tuple[str, str], tagged: set[Span], readings: list[Reading]) -> set[Span]:
    """Choose marks; the spans that would not be read back, whichever way the marks are chosen."""
    wrong: set[Span] = set()
    for alternate in (True, False):
        _choose(tokens, tagged, alternate=alternate)
        wrong = {span for reading in readings for span in misread(_runs(tokens, outside, reading), reading)}
        if not wrong:
            break
    return wrong


def _choose(tokens: Iterable[Token], tagged: set[Span], *, alternate: bool) -> None:
    """A star, unless the mark before it is one: then an underscore, so that the two do not run together."""
    previous = ""
    for token in tokens:
        if not isinstance(token, tuple) or token[0].kind not in MARKS:
            previous = ""
            continue
        span, opens = token
        if opens:
            mark = MARKS[span.kind]
            if mark[0] == "*" and alternate and previous[:1] == "*":
                mark = "_" * len(mark)
            if span in tagged:
                span.open, span.close = span.tags
            else:
                span.open = span.close = mark
        previous = "" if span in tagged else span.open


def _runs(tokens: Sequence[Token], outside: tuple[str, str], reading: Reading) -> list[Run]:
    """Marks of one character without anything between them."""
    runs: list[Run] = []
    index, last = 0, len(tokens)
    while index < last:
        mark = _mark(tokens[index])
        if not mark:
            index += 1
            continue
        start, owners = index, list[Edge]()
        while index < last and _mark(tokens[index]) == mark:
            edge = _edge(tokens[index])
            owners += [edge] * len(edge[0].open)
            index += 1
        beside = _before(tokens, start, outside[0], reading), _after(tokens, index, outside[1], reading)
        runs.append(Run.between(mark, owners, beside, reading))
    return runs


def _before(tokens: Sequence[Token], index: int, outside: str, reading: Reading) -> str:
    while index and reading.github and _mark(tokens[index - 1]) == "~":
        index -= 1
    return last_of(tokens[index - 1]) if index else outside


def _after(tokens: Sequence[Token], index: int, outside: str, reading: Reading) -> str:
    while index < len(tokens) and reading.github and _mark(tokens[index]) == "~":
        index += 1
    return first_of(tokens[index]) if index < len(tokens) else outside


def _mark(token: Token) -> str:
    if isinstance(token, tuple) and token[0].kind in MARKS:
        mark = token[0].open[0]
        return "" if mark == "<" else mark
    return ""
