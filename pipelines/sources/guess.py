"""Which importer reads a source, where `--from` does not say."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from converters.errors import MissingSourceError, PostferryError, SourceError, UsageError
from converters.model.notices import Log
from converters.plugin import names, recognizers
from pipelines.sources.files import HEAD, head_of, open_sources


def guess_importer(sources: Sequence[str]) -> str:
    """The name of the importer that recognizes the first source. Raises UsageError when none does."""
    if sources[0] == "-" and (found := _guess_stdin()):
        return found
    refused: PostferryError | None = None
    with tempfile.TemporaryDirectory(prefix="postferry-") as spool:
        for name, recognizes in recognizers():
            try:
                opened = open_sources(sources[:1], Path(spool), Log(), recognizes)
            except MissingSourceError:
                raise
            except (UsageError, SourceError) as error:  # nothing of its kind in it
                refused = error
                continue
            if any(recognizes(Path(source.path), head_of(source)) for source in opened):
                return name
    if refused is not None:
        raise refused
    raise UsageError(f"Nothing here knows what {sources[0]} is. Say it with --from: {', '.join(names('importers'))}.")


def _guess_stdin() -> str:
    """Standard input can be read once: it is told by what comes first, which stays there; empty for none that is."""
    start = sys.stdin.buffer.peek(HEAD) if isinstance(sys.stdin.buffer, io.BufferedReader) else b""
    name = Path("standard-input.part")
    return next((importer for importer, recognizes in recognizers() if recognizes(name, start)), "")
