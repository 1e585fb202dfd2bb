"""The streams of a terminal that may go away: a run is not to end because nobody reads what it says."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO, cast


class _Lasting:
    """A stream that says nothing any more when its reader is gone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._mute()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._mute()

    def _mute(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def make_last() -> None:
    """Once, at the start. A stream that was closed then leads nowhere: its number would be given to the next file that
    is opened, and what is said would be written into that."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one, most of the time
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w"))
    if not isinstance(sys.stderr, _Lasting):
        sys.stderr = cast(TextIO, _Lasting(sys.stderr))
