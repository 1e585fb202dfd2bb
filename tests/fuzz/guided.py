"""Long runs in which coverage chooses the inputs: atheris (`pip install atheris`, Linux, https://pypi.org/project/atheris).

Not needed by anything else, and no part of the `dev` extra: 35 MB. A finding does not end the run, as it would by
libFuzzer's own way.
"""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz import engine


def run(name: str, *, executions: int, seconds: float, seed: int, folder: Path) -> None:
    """Fuzz until the executions or the seconds are over; then the process ends, since libFuzzer does not return."""
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("atheris is not installed: pip install atheris")
    with atheris.instrument_imports(include=["converters"]):
        target = engine.load(name)
    found: dict[str, engine.Finding] = {}
    started, count = time.monotonic(), 0

    def once(data: bytes) -> None:
        nonlocal count
        count += 1
        broken = engine.check(target, data)
        if broken is not None and broken[0] not in found:
            found[broken[0]] = engine.Finding(broken[0], data, broken[1])
            engine.save(found[broken[0]], folder)
        over = (executions and count >= executions) or (seconds and time.monotonic() - started >= seconds)
        if over:
            result = engine.Result(
                count, time.monotonic() - started, [engine.shrunk(target, each) for each in found.values()]
            )
            status = engine.report(name, seed, result, folder)
            sys.stdout.flush()
            os._exit(status)

    corpus = Path(tempfile.mkdtemp(prefix="postferry-fuzz"))  # libFuzzer adds what it finds new
    for number, data in enumerate(engine.seeds(name)):
        (corpus / str(number)).write_bytes(data)
    words = corpus.with_suffix(".dict")
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in target.DICTIONARY), encoding="ascii")
    atheris.Setup([sys.argv[0], f"-seed={seed + 1}", f"-dict={words}", "-max_len=2000", str(corpus)], once)
    atheris.Fuzz()


def _escaped(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)
