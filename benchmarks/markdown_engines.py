"""All Markdown engines on the same posts, in one run: time, and what comes back.

usage: python benchmarks/markdown_engines.py POSTS.json [ROUNDS]

POSTS.json is an object of HTML texts, or of objects with a field `html`. Engines that are not installed are left out:
pip install markdownify html2text html-to-markdown. Prints a table, and how time grows with length and depth.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from converters.markdown import to_markdown

Engine = Callable[[str], object]
PIECES = ("word ", "*", "_", "`", "[", "<b>x</b> ", "<p>a b</p>", "]( ", "<li>x", "a<br>", "&amp;", "~", "\\")


def engines() -> dict[str, Engine]:
    found: dict[str, Engine] = {"postferry": to_markdown}
    try:
        import markdownify

        found["markdownify"] = markdownify.markdownify
    except ImportError:
        pass
    try:
        import html2text

        found["html2text"] = html2text.html2text
    except ImportError:
        pass
    try:
        import html_to_markdown

        found["html-to-markdown (Rust)"] = html_to_markdown.convert
    except ImportError:
        pass
    return found


def seconds(engine: Engine, posts: list[str], rounds: int) -> float:
    """The best of `rounds`, each over all posts; the engines take turns in `main`, so that all see the same machine."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for post in posts:
            engine(post)
        best = min(best, time.perf_counter() - start)
    return best


def growth() -> None:
    """Time for eight times the input over the time for the input: 8 is linear."""
    for piece in PIECES:
        times = []
        for size in (125_000, 1_000_000):
            html = piece * (size // len(piece))
            start = time.perf_counter()
            to_markdown(html)
            times.append(time.perf_counter() - start)
        print(f"  {piece!r:14} 1 MB in {times[1]:5.2f} s, {times[1] / times[0]:5.1f} x for 8 x the length")
    for depth in (12_500, 100_000):
        start = time.perf_counter()
        to_markdown("<div>" * depth + "x")
        print(f"  {depth} levels in {time.perf_counter() - start:5.2f} s")
    start = time.perf_counter()
    to_markdown("<p>" + "word " * 2_000_000)
    print(f"  10 MB in one text in {time.perf_counter() - start:5.2f} s")


def main() -> None:
    posts = [
        post if isinstance(post, str) else post["html"] for post in json.loads(Path(sys.argv[1]).read_text()).values()
    ]
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    size = sum(len(post.encode()) for post in posts)
    print(f"{len(posts)} posts, {size / len(posts):.0f} bytes each")
    times: dict[str, float] = {}
    for _ in range(rounds):
        for name, engine in engines().items():
            times[name] = min(times.get(name, float("inf")), seconds(engine, posts, 1))
    for name, taken in sorted(times.items(), key=lambda row: row[1]):
        ratio = taken / times["postferry"]
        print(f"{name:26} {taken / len(posts) * 1e6:8.0f} us a post {size / taken / 1e6:7.2f} MB/s {ratio:6.2f} x ours")
    growth()


if __name__ == "__main__":
    main()
