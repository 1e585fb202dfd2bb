"""Sources as files of this machine; what brings those that lie elsewhere is loaded only for addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from pipelines.remote.address import is_remote
from pipelines.run.progress import Progress


@contextmanager
def here(
    sources: Sequence[str], begin: Callable[[], AbstractContextManager[Progress]]
) -> Iterator[tuple[Sequence[str], dict[str, str]]]:
    """The sources and what the user calls them, see `pipelines.remote.fetch`."""
    if not any(is_remote(name) for name in sources):
        yield sources, {}
        return
    from pipelines.remote.fetch import local

    with local(sources, begin) as found:
        yield found.names, found.called
