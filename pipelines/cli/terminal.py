"""What the command writes on the terminal: messages, progress and events in JSON, all on stderr, without control
characters of the source; and streams that outlive their reader."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import pairwise
from typing import IO, Any, TextIO, cast

import click

from pipelines.run.progress import Meter, Progress, Reached, Ticker, silent

_EVERY = 3.0
"""Seconds between two lines of progress where there is no terminal."""
_STOPPING = "Ending with what is at hand. Once more ends at once."

Record = dict[str, Any]
"""An object of `--log-format json`, with its `event`. See docs/progress.md, which names all keys: a key is in each
object of its event, also when there is nothing to report; new ones may come, none is removed."""


@contextmanager
def progress(*, quiet: bool, log_format: str = "text") -> Iterator[Progress]:
    """A bar on a terminal, a line every few seconds elsewhere, nothing when quiet."""
    meter = Meter()
    if quiet:
        yield silent
    elif log_format == "json":
        with Ticker(_EVERY, lambda: emit(_progress_event(meter.reached()))):
            yield _each_stage(meter)
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        from pipelines.cli.progress_bar import bar

        with bar(meter):
            yield meter
    else:
        with Ticker(_EVERY, lambda: say(meter.reached().line)):
            yield meter


@contextmanager
def attended(
    sources: Sequence[str], *, quiet: bool, log_format: str = "text"
) -> Iterator[tuple[Sequence[str], dict[str, str], Progress]]:
    """For a command that reads sources: signals are handled, sources that are elsewhere are brought here, progress is
    shown, also while it is found out what a source is. Gives (their names here, what the user calls them, progress)."""
    from pipelines.remote.conversion import fetched
    from pipelines.run import interrupts

    def shown() -> AbstractContextManager[Progress]:
        return progress(quiet=quiet, log_format=log_format)

    with interrupts.handle_signals(), fetched(sources, shown) as (names, called), shown() as tell:
        yield names, called, tell


def _each_stage(meter: Meter) -> Progress:
    """A line also when a stage begins."""

    def tell(stage: str, done: int, total: int, notices: int | None = None) -> None:
        begins = meter.begins(stage, done)
        meter(stage, done, total, notices)
        if begins:
            emit(_progress_event(meter.reached()))

    return tell


def _progress_event(reached: Reached) -> Record:
    return {
        "event": "progress",
        "stage": reached.stage,
        "done": reached.done,
        "total": reached.total or None,
        "rate": round(reached.rate, 1) if reached.rate is not None else None,
        "seconds_left": round(reached.seconds_left, 1) if reached.seconds_left is not None else None,
        "notices": reached.notices,
        "seconds": round(reached.seconds, 1),
    }


def paint(stream: IO[str]) -> Callable[[str, str], str]:
    """What colours a text where that is wanted: on a terminal, and not with NO_COLOR (https://no-color.org)."""
    coloured = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")

    def painted(text: str, colour: str) -> str:
        if not coloured or not colour:
            return text
        return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)

    return painted


def show(line: str) -> None:
    """A line of a page on stderr, which is clean and may be coloured."""
    click.echo(line, err=True)


def say(text: str) -> None:
    """One line on stderr, without what could command a terminal."""
    click.echo("".join(character if character.isprintable() else "\ufffd" for character in text), err=True)


def emit(record: Record) -> None:
    """One object on a line of its own, in ASCII: whatever reads it needs to know of no encoding."""
    click.echo(_encoded(record), err=True)


def _encoded(record: Record) -> str:
    import json  # not for --help

    return json.dumps(record)


def wants_json(arguments: Sequence[str]) -> bool:
    """Do the arguments set `--log-format json`? What is wrong with them is reported in it, too."""
    return "--log-format=json" in arguments or ("--log-format", "json") in pairwise(arguments)


def fail(message: str, status: int, *, as_json: bool) -> None:
    """What ended a run before its end, and what to do about it."""
    if as_json:
        emit({"event": "error", "status": status, "message": message})
    else:
        for line in f"convert: {message}".split("\n"):
            say(line)


def stopping(*, quiet: bool, log_format: str) -> bytes:
    """What is written when a signal comes and the run ends with what is at hand; as it is, from wherever the run is."""
    if quiet:
        return b""
    if log_format == "json":
        return _encoded({"event": "stopping"}).encode() + b"\n"
    clear = b"\r\x1b[2K" if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else b""
    return clear + _STOPPING.encode() + b"\n"


class _LastingStream:
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


def make_streams_last() -> None:
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
    if not isinstance(sys.stderr, _LastingStream):
        sys.stderr = cast(TextIO, _LastingStream(sys.stderr))
