"""Long runs by hand: `python -m tests.fuzz TARGET --executions 1000000 --seed 7`. See docs/fuzzing.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.fuzz import engine


def main() -> int:
    options = _options()
    if options.replay:
        return _replay(options.target, [Path(each) for each in options.replay])
    seconds = options.seconds + 60 * options.minutes
    executions = options.executions or (0 if seconds else 100_000)
    _bound_memory(options.memory)
    folder = Path(options.findings) / options.target
    if options.guided:
        from tests.fuzz.guided import run

        run(options.target, executions=executions, seconds=seconds, seed=options.seed, folder=folder)
    result = engine.run(
        options.target,
        executions=executions,
        seconds=seconds,
        seed=options.seed,
        growth=options.growth,
        folder=folder,
        shown=engine.say,
    )
    return engine.report(options.target, options.seed, result, folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Fuzz one target.")
    parser.add_argument("target", choices=engine.names())
    parser.add_argument("--executions", type=int, default=0, help="end after so many (100000 where no end is given)")
    parser.add_argument("--seconds", type=float, default=0, help="end after so many seconds")
    parser.add_argument("--minutes", type=float, default=0, help="end after so many minutes")
    parser.add_argument("--seed", type=int, default=0, help="the same seed makes the same inputs")
    parser.add_argument("--growth", type=int, default=5_000, help="try every so many how time grows; 0: never")
    parser.add_argument("--memory", type=int, default=4, help="gigabytes of addresses the run may have; 0: no bound")
    parser.add_argument("--findings", default=str(Path(tempfile.gettempdir()) / "postferry-fuzz"), help="a folder")
    parser.add_argument("--guided", action="store_true", help="let atheris choose by coverage (pip install atheris)")
    parser.add_argument("--replay", nargs="+", metavar="FILE", help="run these inputs and nothing else")
    return parser.parse_args()


def _replay(name: str, paths: list[Path]) -> int:
    target, status = engine.load(name), 0
    for path in paths:
        broken = engine.check(target, path.read_bytes())
        engine.say(f"{path}: {'holds' if broken is None else broken[1]}")
        status |= broken is not None
    return int(status)


def _bound_memory(gigabytes: int) -> None:
    """An input that wants more than this ends in a MemoryError, which is a finding."""
    try:
        import resource
    except ImportError:  # Windows
        return
    if gigabytes:
        resource.setrlimit(resource.RLIMIT_AS, (gigabytes << 30, gigabytes << 30))


if __name__ == "__main__":
    sys.exit(main())
