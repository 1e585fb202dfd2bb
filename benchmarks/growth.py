"""Which inputs take more than their share: `python -m benchmarks.growth [WORD …]`, for those whose name holds a word.

Each piece of markup fills 25,000 characters, and 100,000, and is converted in a process of its own
with at most 60 seconds of the processor and 3 GB of memory. Named are those that take more than 7 times as long for 4
times the text (2.6 times for each doubling), or that end their process. Tests count calls of Python's functions instead
(tests/hostile/test_growth.py), and do not see what libraries do inside of one call: this does.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from converters.elements import BLOCKS
from pipelines.carry import Options
from pipelines.run import Job, run
from tests.hostile.test_growth import BODIES, TEXTS, hugo, wordpress
from tests.wxr import item

SIZE, FACTOR, MOST = 25_000, 4, 7.0
FLOOR = 0.1
"""Seconds below which a difference says nothing."""
ELEMENTS = sorted(
    {*BLOCKS, *"a b i u s em strong code span font sub sup mark ruby rt select option button label".split()}
)
PIECES = {
    **{f"export: {name}": ("wordpress", piece) for name, piece in BODIES.items()},
    **{f"export: <{name}> opened": ("wordpress", f"<{name}>x") for name in ELEMENTS},
    **{f"export: <{name}>": ("wordpress", f"<{name}>x</{name}>") for name in ELEMENTS},
    **{f"export: </{name}>": ("wordpress", f"</{name}>x") for name in ELEMENTS},
    **{f"Hugo: {name}": ("hugo", piece) for name, piece in TEXTS.items()},
}


def seconds(kind: str, piece: str, size: int) -> float:
    """Of the processor, for one conversion; infinite where the process did not come to its end."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
        with tempfile.TemporaryDirectory() as folder:
            text = piece * (size // len(piece))
            source = (wordpress(item(1, content=text)) if kind == "wordpress" else hugo(post=text))(Path(folder))
            options = Options(kind, "hugo" if kind == "wordpress" else "jekyll", verify=True, item_timeout=0)
            begun = time.process_time()
            run(Job((str(source),), f"{folder}/out", options, workers=1))
            os.write(writer, str(time.process_time() - begun).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as found:
        told = found.read()
    os.waitpid(child, 0)
    return float(told or "inf")


def main(words: list[str]) -> None:
    for kind in ("wordpress", "hugo"):
        seconds(kind, "x ", 100)
    for name, (kind, piece) in PIECES.items():
        if words and not any(word in name for word in words):
            continue
        small, large = seconds(kind, piece, SIZE), seconds(kind, piece, FACTOR * SIZE)
        ratio = large / max(small, FLOOR)
        mark = "***" if ratio > MOST else ""
        print(f"{mark:4}{name:40} {small:7.2f} s {large:7.2f} s {ratio:5.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
