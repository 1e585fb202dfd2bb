"""Tasks one after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from pipelines.run.executors import Ended, Task, Value, attempt


class Here:
    """The executor that needs nothing."""

    size = 1

    def map_unordered(self, function: Callable[[Task], Value], tasks: Iterable[Task]) -> Iterator[Ended[Value]]:
        for number, task in enumerate(tasks):
            value, error = attempt(function, task)
            yield Ended(number, value, error)

    def close(self) -> None:
        pass
