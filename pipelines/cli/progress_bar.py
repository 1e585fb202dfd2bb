"""The live bar of a terminal: stage, bar, figures, on one line however narrow it is. Drawn by a thread of its own, so
that it moves on while a run is busy with one item. `rich` is imported here and nowhere earlier."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from pipelines.run.progress import Meter, fitting

_A_SECOND = 8
_LONGEST, _SHORTEST = 24, 8
"""Columns of the bar itself; where there is no room for the least, there is none."""


@contextmanager
def bar(meter: Meter) -> Iterator[None]:
    """Shows the bar while this lasts; nothing of it stays."""
    console = Console(stderr=True)
    spinner = Spinner("dots" if console.encoding.startswith("utf") else "line")

    def draw() -> RenderableType:
        reached = meter.reached()
        room = console.width - len(reached.stage) - len("* ") - 1
        figures = fitting(reached.figures, room - 1)
        row: list[RenderableType] = [spinner, Text(reached.stage)]
        width = min(_LONGEST, room - len(figures) - 2)
        if width >= _SHORTEST:
            total = reached.total or None
            row.append(ProgressBar(total, min(reached.done, reached.total), width=width, pulse=total is None))
        grid = Table.grid(padding=(0, 1))
        for _ in (*row, figures):
            grid.add_column(no_wrap=True)
        grid.add_row(*row, Text(figures))
        return grid

    with Live(get_renderable=draw, console=console, transient=True, refresh_per_second=_A_SECOND):
        yield
