"""How long a start takes: `convert --help` and one small export, against a Python that does nothing.

usage: python benchmarks/startup.py [REPETITIONS]

The three take turns; medians, and each as a ratio to the bare interpreter of the same run.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.make_export import make
from benchmarks.measure import run

SMALL = 10
LIMIT = 60.0


def commands(folder: Path) -> dict[str, Sequence[str]]:
    convert = str(Path(sys.executable).with_name("convert"))
    return {
        "python -c pass": (sys.executable, "-c", "pass"),
        "convert --help": (convert, "--help"),
        f"convert, {SMALL} posts": (convert, "--quiet", str(folder / "export.xml"), "-o", str(folder / "out")),
    }


def main() -> None:
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    with tempfile.TemporaryDirectory(prefix="postferry-bench-") as work:
        folder = Path(work)
        make(folder / "export.xml", SMALL)
        times: dict[str, list[float]] = {}
        for _ in range(repetitions):
            for name, command in commands(folder).items():
                shutil.rmtree(folder / "out", ignore_errors=True)
                done = run(command, cwd=folder, limit=LIMIT)
                if done.status:
                    sys.exit(f"{name}: {done.output}")
                times.setdefault(name, []).append(done.seconds)
    bare = median(times["python -c pass"])
    for name, taken in times.items():
        print(f"{name:20} {median(taken) * 1000:7.0f} ms {median(taken) / bare:6.1f} x a bare Python")


if __name__ == "__main__":
    main()
