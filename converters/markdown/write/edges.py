"""White space at the inside edges of an emphasis, which editors often put there: `<strong>Note:&nbsp;</strong>text`.

A mark beside white space neither opens nor closes, and a no-break space is white space to CommonMark, so that such an
emphasis would need its HTML tags. Nobody sees whether a space is bold: it moves out. Other white space never comes to
be there (`line`). https://spec.commonmark.org/0.31.2/#unicode-whitespace-character
"""

from __future__ import annotations

from collections.abc import Iterable

from converters.markdown.write.tokens import Token, emphasis

_SPACE = " \xa0"


def freed(tokens: Iterable[Token]) -> list[Token]:
    """The tokens with spaces in front of an emphasis instead of at its start, and behind it instead of at its end; an
    emphasis of nothing else is none."""
    return _openings_freed(_endings_freed(tokens))


def _endings_freed(tokens: Iterable[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        found = emphasis(token)
        if found is None or found[1]:
            _add(out, token)
            continue
        moved = ""
        if out and type(out[-1]) is str and (kept := out[-1].rstrip(_SPACE)) != out[-1]:
            moved = out[-1][len(kept) :]
            out[-1:] = [kept] if kept else []
        opened = emphasis(out[-1]) if out else None
        if moved and opened is not None and opened[0] is found[0]:
            out.pop()
        else:
            out.append(token)
        if moved:
            _add(out, moved)
    return out


def _openings_freed(tokens: list[Token]) -> list[Token]:
    out: list[Token] = []
    opened: list[Token] = []  # the starts that wait for what is behind them
    for token in tokens:
        found = emphasis(token)
        if found is not None and found[1]:
            opened.append(token)
            continue
        if opened and type(token) is str and (kept := token.lstrip(_SPACE)) != token:
            _add(out, token[: len(token) - len(kept)])
            token = kept
        out += opened
        opened.clear()
        if token:
            _add(out, token)
    return out


def _add(out: list[Token], token: Token) -> None:
    """Neighbouring texts are one."""
    if out and type(token) is str and type(out[-1]) is str:
        out[-1] += token
    else:
        out.append(token)
