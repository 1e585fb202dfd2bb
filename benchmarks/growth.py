"""Which inputs take more than their share: `python -m benchmarks.growth [--way WAY …] [--odd] [WORD …]`.

Each piece of text is repeated to n, 2n and 4n characters, each count of a site to n, 2n and 4n, with n such that it
takes a while, and each is converted in a process of its own, with at most 40 seconds of the processor and 3 GB of
memory. Printed are the seconds of the processor, and the worst factor from one to the next; marked are those over the
bar. Tests count calls of Python's functions instead (tests/hostile/test_growth.py), and do not see what libraries do
inside of one call: this does.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from benchmarks.growth_pieces import ODD, PIECES, Piece, repeated
from benchmarks.growth_sites import SITES
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from tests.wxr import export, item

BAR = 2.6
ENOUGH = 0.15
"""Seconds that a conversion has to take, beyond what any takes, for its growth to be measured."""
PIECE_SIZES = (8_000, 32_000, 128_000, 512_000)
SITE_SIZES = (400, 1_600, 6_400)
TRIES = 3
CPU, MEMORY = 40, 3 * 2**30


class Way(NamedTuple):
    importer: str
    target: str
    write: Mapping[str, Any] = MappingProxyType({})
    verify: bool = True


WAYS = {
    "wordpress-hugo": Way("wordpress", "hugo"),
    "wordpress-jekyll": Way("wordpress", "jekyll"),
    "wordpress-json": Way("wordpress", "json"),
    "hugo-jekyll": Way("hugo", "jekyll"),
    "hugo-hugo": Way("hugo", "hugo", {"raw_html": "safe"}),
    "html-hugo": Way("html", "hugo"),
}
HTML = (
    "<!doctype html><html><head><title>A</title></head><body><article><h1>A</h1>"
    f"<p>{'Some words that a reader finds. ' * 5}</p>{{}}</article></body></html>"
)


def source(importer: str, text: str, folder: Path) -> Path:
    """A site of one post with that text."""
    if importer == "wordpress":
        path = folder / "export.xml"
        path.write_text(export(item(1, content=text)), encoding="utf-8", errors="replace")
        return path
    (folder / "site/content/posts").mkdir(parents=True)
    (folder / "site/hugo.toml").write_text("baseURL = 'https://old.example'\n")
    path = folder / ("site/content/posts/a.md" if importer == "hugo" else "a.html")
    made = f"---\ntitle: A\n---\n{text}" if importer == "hugo" else HTML.replace("{}", text)
    path.write_text(made, encoding="utf-8", errors="replace")
    return folder / "site" if importer == "hugo" else path


def seconds(make: Callable[[Path], Path], way: Way) -> float:
    """Of the processor, for one conversion; infinite where the process did not come to its end."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU, CPU))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        with tempfile.TemporaryDirectory() as folder:
            path = make(Path(folder))
            options = Options(
                way.importer, way.target, write=WriteOptions(**way.write), verify=way.verify, item_timeout=0
            )
            begun = time.process_time()
            run(Job((str(path),), f"{folder}/out", options, workers=1))
            os.write(writer, str(time.process_time() - begun).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as found:
        told = found.read()
    os.waitpid(child, 0)
    return float(told or "inf")


class Growth(NamedTuple):
    size: int
    taken: tuple[float, ...]
    """For n, 2n and 4n, without what any conversion takes."""

    @property
    def ratio(self) -> float:
        one, two, four = (max(time, ENOUGH / 2) for time in self.taken)
        return four / one if four == float("inf") else max(two / one, four / two)


def growth(make: Callable[[int], Callable[[Path], Path]], way: Way, sizes: tuple[int, ...], base: float) -> Growth:
    """Of one input. What is over the bar is measured again, and the better time of each size counts: other work on the
    machine makes a time longer, never shorter."""
    size, one = 0, 0.0
    for size in sizes:
        one = seconds(make(size), way) - base
        if one >= ENOUGH:
            break
    found = Growth(size, (one, *(seconds(make(factor * size), way) - base for factor in (2, 4))))
    tries = 1
    while found.ratio > BAR and tries < TRIES:
        again = [seconds(make(factor * size), way) - base for factor in (1, 2, 4)]
        found = Growth(size, tuple(map(min, found.taken, again)))
        tries += 1
    return found


def printed(name: str, way: str, found: Growth) -> None:
    mark = "***" if found.ratio > BAR else ""
    times = " ".join(f"{time:7.2f}" for time in found.taken)
    print(f"{mark:4}{way:17} {name[:60]:60} {found.size:7} {times} s {found.ratio:5.2f}", flush=True)


def of_text(piece: Piece, importer: str) -> Callable[[int], Callable[[Path], Path]]:
    return lambda size: lambda folder: source(importer, repeated(piece, size), folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only inputs whose name holds one of them")
    parser.add_argument("--way", action="append", choices=WAYS, help="default: all")
    parser.add_argument("--odd", action="store_true", help="leave out the elements in each other")
    parser.add_argument("--sites", action="store_true", help="counts of a site in place of pieces of text")
    given = parser.parse_args()
    for name in given.way or WAYS:
        way = WAYS[name]
        empty = of_text(("", "<p>x</p>", ""), way.importer)
        base = min(seconds(empty(1), way) for _ in range(4))
        found: dict[str, Callable[[int], Callable[[Path], Path]]] = {}
        if given.sites:
            write = {"redirects": ("netlify", "html")} if way.target != "json" else {}
            way = way._replace(write=way.write | write, verify=False)
            found = {key: make for key, (importer, make) in SITES.items() if importer == way.importer}
        else:
            found = {
                key: of_text(piece, way.importer) for key, piece in PIECES.items() if not given.odd or piece in ODD
            }
        for key, make in found.items():
            if not given.words or any(word in key for word in given.words):
                printed(key, name, growth(make, way, SITE_SIZES if given.sites else PIECE_SIZES, base))


def warmed() -> None:
    """What is loaded once is loaded before processes are made."""
    for importer, target in (("wordpress", "hugo"), ("hugo", "jekyll"), ("html", "json")):
        with tempfile.TemporaryDirectory() as folder:
            path = source(importer, "<p>x *y* [z](/a)</p>", Path(folder))
            run(Job((str(path),), f"{folder}/out", Options(importer, target, verify=True), workers=1))


if __name__ == "__main__":
    warmed()
    main()
