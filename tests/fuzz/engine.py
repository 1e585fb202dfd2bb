"""Runs one target on many inputs, and keeps what breaks what must hold: one input for each way in which it breaks."""

from __future__ import annotations

import hashlib
import importlib
import signal
import sys
import time
import traceback
import tracemalloc
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FrameType
from typing import NamedTuple, Protocol, cast

from tests.folders import ROOT
from tests.fuzz.mutate import LARGE, Mutator

CORPUS = Path(__file__).parent / "corpus"
PROJECT = ROOT
SLOW = 2.0
"""Seconds of computing after which an execution is a finding."""
HANGING = 20.0
NOTABLE = 0.2
"""Seconds below which nobody asks how time grows."""
_GROWTH = 3.0
"""How much more time or memory twice the input may take."""
_SIZES = (LARGE // 4, LARGE // 2, LARGE)


class Target(Protocol):
    """What a module of `tests/fuzz/targets` holds; its docstring says what must hold."""

    DICTIONARY: tuple[bytes, ...]

    def run(self, data: bytes) -> None:
        """Raises where something does not hold."""


class TooSlowError(BaseException):
    """Not an Exception, so that nothing on the way takes it for an error in the input."""


class Finding(NamedTuple):
    """One way in which a target broke, and a small input that shows it."""

    key: str
    data: bytes
    trace: str


class Result(NamedTuple):
    executions: int
    seconds: float
    findings: list[Finding]


def names() -> list[str]:
    """All targets."""
    return sorted(path.stem for path in (Path(__file__).parent / "targets").glob("*.py") if path.stem != "__init__")


def load(name: str) -> Target:
    return cast(Target, importlib.import_module(f"tests.fuzz.targets.{name}"))


def seeds(name: str) -> list[bytes]:
    """The corpus of a target, in an order that is always the same."""
    return [path.read_bytes() for path in sorted((CORPUS / name).glob("*")) if path.is_file()]


def check(target: Target, data: bytes) -> tuple[str, str] | None:
    """One execution: what broke, as (the same for the same cause, in full), or None."""
    started = time.process_time()
    try:
        _alarm(HANGING)
        try:
            target.run(data)
        finally:
            _alarm(0)
    except (Exception, TooSlowError) as error:
        return _key(error), traceback.format_exc()
    if time.process_time() - started > SLOW:
        return "slow", f"more than {SLOW} seconds for {len(data)} bytes"
    return None


def run(
    name: str,
    *,
    executions: int = 0,
    seconds: float = 0,
    seed: int = 0,
    growth: int = 0,
    folder: Path | None = None,
    shown: Callable[[str], None] | None = None,
) -> Result:
    """Fuzz until the executions or the seconds are over.

    growth: try every so many inputs how time and memory grow; folder: where each finding is written at once, before it
    is made small.
    """
    target, found = load(name), dict[str, Finding]()
    mutator = Mutator(seeds(name), target.DICTIONARY, seed)
    started, count = time.monotonic(), 0
    while (not executions or count < executions) and (not seconds or time.monotonic() - started < seconds):
        data = mutator.next()
        count += 1
        broken = check(target, data)
        if broken is None and growth and count % growth == 0:
            broken, data = grown(target, mutator.piece(data), memory=count % (10 * growth) == 0)
        if broken is not None and broken[0] not in found:
            found[broken[0]] = Finding(broken[0], data, broken[1])
            if folder is not None:
                save(found[broken[0]], folder)
            if shown is not None:
                shown(f"finding after {count} executions: {broken[0]}")
        if shown is not None and count % 50_000 == 0:
            shown(f"{count} executions, {count / (time.monotonic() - started):.0f} a second, {len(found)} findings")
    spent = time.monotonic() - started
    return Result(count, spent, [shrunk(target, each) for each in found.values()])


def shrunk(target: Target, finding: Finding, *, tries: int = 3_000) -> Finding:
    """The same finding with an input as small as cutting makes it."""
    if finding.key in ("slow", "time", "memory", "hangs"):
        return finding
    data, size = finding.data, max(1, len(finding.data) // 2)
    while size and tries > 0:
        start = 0
        while start < len(data) and tries > 0:
            tries -= 1
            shorter = data[:start] + data[start + size :]
            broken = check(target, shorter)
            if broken is not None and broken[0] == finding.key:
                data = shorter
                finding = Finding(finding.key, data, broken[1])
            else:
                start += size
        size //= 2
    return finding


def save(finding: Finding, folder: Path) -> Path:
    """Write the input, and beside it what broke."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(finding.data).hexdigest()[:16]
    path.write_bytes(finding.data)
    path.with_suffix(".txt").write_text(f"{finding.key}\n\n{finding.trace}", encoding="utf-8")
    return path


def report(name: str, seed: int, result: Result, folder: Path) -> int:
    """Say what came out, and write the findings down; returns 1 where there are some."""
    rate = result.executions / max(result.seconds, 0.001)
    say(
        f"{name}: {result.executions} executions with seed {seed} in {result.seconds:.0f} s, {rate:.0f} a second, "
        f"{len(result.findings)} findings"
    )
    for finding in result.findings:
        path = save(finding, folder)
        say(f"\n{finding.key}: {path}\n{finding.data[:300]!r}\n{finding.trace[-1500:]}")
    return 1 if result.findings else 0


def say(line: str) -> None:
    """To standard output, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _key(error: BaseException) -> str:
    """The kind of error and the innermost place of the project that raised it."""
    if isinstance(error, TooSlowError):
        return "hangs"
    places = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(str(PROJECT)) and ".venv" not in frame.filename
    ]
    place = places[-1]
    return f"{type(error).__name__} {Path(place.filename).name}:{place.lineno}"


def grown(target: Target, piece: bytes, *, memory: bool) -> tuple[tuple[str, str] | None, bytes]:
    """What a piece costs two, four and eight thousand times: more than three times as much for twice as many?"""
    if not piece:
        return None, piece
    inputs = [piece * (size // len(piece)) for size in _SIZES]
    for data in inputs[:2]:
        if (broken := check(target, data)) is not None:
            return broken, data
    times = [_seconds(target, data) for data in inputs]
    if times[2] > NOTABLE and times[1] > _GROWTH * times[0] and times[2] > _GROWTH * times[1]:
        times = [min(_seconds(target, data) for _ in range(3)) for data in inputs]  # was it the machine?
        if times[1] > _GROWTH * times[0] and times[2] > _GROWTH * times[1]:
            return ("time", f"{piece!r} over and over: {times} seconds"), inputs[2]
    if memory:
        peaks = [_peak(target, data) for data in inputs]
        if peaks[2] > 8_000_000 and peaks[1] > _GROWTH * peaks[0] and peaks[2] > _GROWTH * peaks[1]:
            return ("memory", f"{piece!r} over and over: {peaks} bytes"), inputs[2]
    return None, piece


def _seconds(target: Target, data: bytes) -> float:
    started = time.process_time()
    check(target, data)
    return time.process_time() - started


def _peak(target: Target, data: bytes) -> int:
    tracemalloc.start()
    try:
        check(target, data)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@cache
def _can_ring() -> bool:
    """Is there an alarm that ends what does not end? The handler stays for the life of the process."""
    if not hasattr(signal, "setitimer"):
        return False
    signal.signal(signal.SIGPROF, _ring)
    return True


def _ring(number: int, frame: FrameType | None) -> None:
    raise TooSlowError


def _alarm(seconds: float) -> None:
    """Ring after so many seconds of computing; 0: not at all."""
    if _can_ring():
        signal.setitimer(signal.ITIMER_PROF, seconds)
