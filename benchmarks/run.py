"""Measures this program against the floor and against others, all in one run.

usage: python benchmarks/run.py --posts 1000,10000 --workers 1,2 --peers all --out benchmarks/results

Makes an export of each size, then lets all programs take turns (A B C A B C ...) on it, each time into a fresh folder.
The first turn measures memory and warms the disk's cache; those after it are timed, and their median counts. A program
that needs more than --once seconds has only its first turn, which is timed, too; one that needs more than --limit
seconds is stopped and named so, and not tried on larger exports. Every output is counted: one file for each post and
page.

Writes speed.json, speed.md and speed.svg to --out; --doc FILE puts the table into a document, between its marks.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import msgspec

from benchmarks.make_export import make
from benchmarks.measure import Run, memory_kind, run
from benchmarks.programs import PEERS, CannotInstallError, Program, floor, ours
from benchmarks.tables import Machine, Results, Row, into_document, markdown, svg


@dataclass
class Record:
    """What the turns of one program on one export gave."""

    program: Program
    first: Run | None = None
    timed: list[Run] = field(default_factory=list)
    written: int = 0
    failed: str = ""

    def turn(self, export: Path, work: Path, limit: float, *, sample: bool) -> str:
        """One turn; says what came of it."""
        # To delete many files keeps a disk busy for a while after it is done, so that the next one to write would pay
        # for it: all outputs stay until the last turn.
        folder = Path(tempfile.mkdtemp(prefix="out-", dir=work))
        done = run(
            self.program.command(export, folder),
            cwd=work,
            limit=limit,
            environment=self.program.environment,
            sample=sample,
        )
        if done.status is None:
            self.failed = f"stopped after {limit:,.0f} s"
        elif done.status:
            said = [line for line in done.output.splitlines() if line.strip()]
            self.failed = f"ended with {done.status}: {said[-1][:100] if said else ''}"
        if sample:
            self.first = done
        elif not self.failed:
            self.timed.append(done)
        self.written = self.program.written(folder)
        return self.failed or f"{done.seconds:.2f} s"

    def row(self, posts: int, expected: int) -> Row:
        name = self.program.name
        if self.failed or not self.first:
            return Row(name, posts, expected=expected, written=self.written, note=self.failed)
        turns = self.timed or [self.first]
        return Row(
            name,
            posts,
            median(turn.seconds for turn in turns),
            median(turn.cpu for turn in turns),
            len(turns),
            peak=self.first.peak,
            written=self.written,
            expected=expected,
            note=self.program.note,
        )


def compared(row: Row, least: Row) -> Row:
    """The row with its ratios to the floor."""
    if not row.seconds or not row.cpu or not least.seconds or not least.cpu:
        return row
    return msgspec.structs.replace(row, ratio=row.seconds / least.seconds, cpu_ratio=row.cpu / least.cpu)


def measure(programs: Sequence[Program], posts: int, wanted: argparse.Namespace, work: Path) -> tuple[int, list[Row]]:
    """All programs on an export of one size: its bytes, and a row for each program."""
    export = work / "export.xml"
    counts = make(export, posts, wanted.seed)
    records = [Record(program) for program in programs]
    for turn in range(1 + wanted.repetitions):
        for record in records:
            slow = record.first is not None and record.first.seconds > wanted.once
            if not record.failed and not slow:
                said = record.turn(export, work, wanted.limit, sample=turn == 0)
                print(f"{posts:,} posts, turn {turn}: {record.program.name}: {said}", file=sys.stderr, flush=True)
    least = records[0].row(posts, counts.pieces)
    return export.stat().st_size, [compared(record.row(posts, counts.pieces), least) for record in records]


def install(names: Sequence[str]) -> tuple[list[Program], list[Row]]:
    """The programs of others that can be had, and a row for each that cannot."""
    found, missing = [], []
    for name in names:
        try:
            found.append(PEERS[name]())
        except CannotInstallError as error:
            missing.append(Row(name, 0, note=f"not installed: {error}"))
    return found, missing


def machine() -> Machine:
    """What the figures were taken on."""
    about = Path("/proc/cpuinfo")
    models = (
        [line for line in about.read_text().splitlines() if line.startswith("model name")] if about.exists() else []
    )
    processor = models[0].partition(":")[2].strip() if models else platform.processor() or platform.machine()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        processor,
        os.cpu_count() or 1,
        memory,
        f"{platform.system()} {platform.release()}",
        platform.python_version(),
        os.getloadavg()[0],
        memory_kind(),
    )


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def peers(text: str) -> list[str]:
    """`all`, `none`, or names with commas between."""
    named = {"all": list(PEERS), "none": list[str]()}.get(text, text.split(","))
    if unknown := [name for name in named if name not in PEERS]:
        raise argparse.ArgumentTypeError(f"no such program: {unknown[0]}; there are {', '.join(PEERS)}")
    return named


# Flag -> how it is read, its default, what it means.
FLAGS: dict[str, tuple[Callable[[str], object], str, str]] = {
    "--posts": (numbers, "1000,10000", "sizes of the exports"),
    "--workers": (numbers, "1,2", "numbers of processes of this program"),
    "--peers": (peers, "all", f"all, none, or some of {','.join(PEERS)}"),
    "--out": (Path, "benchmarks/results", "folder of the results"),
    "--repetitions": (int, "5", "timed turns of each program"),
    "--once": (float, "60", "seconds from which a program is not repeated"),
    "--limit": (float, "900", "seconds after which a program is stopped"),
    "--seed": (int, "1", "of the generated exports"),
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0], formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    for flag, (kind, default, meaning) in FLAGS.items():
        parser.add_argument(flag, type=kind, default=default, help=meaning)
    parser.add_argument("--doc", type=Path, help="document that gets the table")
    return parser.parse_args()


def save(results: Results, out: Path, document: Path | None) -> None:
    out.mkdir(parents=True, exist_ok=True)
    table = markdown(results)
    (out / "speed.json").write_bytes(msgspec.json.format(msgspec.json.encode(results)) + b"\n")
    (out / "speed.md").write_text(table, encoding="utf-8")
    (out / "speed.svg").write_text(svg(results.rows), encoding="utf-8")
    if document:
        document.write_text(into_document(document.read_text(encoding="utf-8"), table), encoding="utf-8")
    print(table)


def main() -> None:
    wanted = arguments()
    about = machine()
    others, missing = install(wanted.peers)
    programs = [floor(), *(ours(workers) for workers in wanted.workers), *others]
    exports: dict[str, int] = {}
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="postferry-bench-") as work:
        for posts in sorted(wanted.posts):
            size, measured = measure(programs, posts, wanted, Path(work))
            exports[str(posts)] = size
            rows += measured
            stopped = {row.program for row in measured if row.note.startswith("stopped")}
            programs = [program for program in programs if program.name not in stopped]
            save(Results(about, exports, (*rows, *missing)), wanted.out, wanted.doc)


if __name__ == "__main__":
    main()
