"""What became of the sites of a batch: a report as JSON, a line a site, and a table on the terminal."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from converters import __version__
from converters.errors import OutputError
from converters.model.notices import KINDS
from pipelines.batch.expand import BatchSite
from pipelines.batch.work import CARRIED, FAILED, LEFT, UNCHANGED, Batch, BatchResult, SiteResult
from pipelines.cli.run_summary import notices_by_severity
from pipelines.cli.terminal import say
from pipelines.output.held_folder import replacing
from pipelines.output.output_folder import FOLDER
from pipelines.remote.address import is_remote, place, shown

_HEAD = ("site", "items", "notices", "time", "state")
_NAME = 40
"""Characters of a name in the table at most."""


def write_report(path: Path, jobs: Path, sites: list[tuple[BatchSite, SiteResult]]) -> None:
    """Whole or not at all; times are in one place, at its end, and the rest does not change.

    Raises OutputError when it cannot be written.
    """
    encode = msgspec.json.Encoder().encode
    states = Counter(result.state for _, result in sites)
    notices = Counter[str]()
    for _, result in sites:
        notices.update(result.figures.notices)
    total = {
        "sites": len(sites),
        **dict(sorted(states.items())),
        "items": sum(result.figures.items for _, result in sites),
        "carried_items": sum(result.figures.carried for _, result in sites),
        "notices": dict(sorted(notices.items())),
    }
    codes = {
        code: {"severity": KINDS[code].severity.name.lower(), "text": KINDS[code].text, "advice": KINDS[code].remedy}
        for code in sorted(notices)
    }
    rows = b",\n".join(encode(_row(site, result)) for site, result in sites)
    times = {site.name: result.seconds for site, result in sites}
    head = encode({"program": f"postferry {__version__}", "jobs": jobs.name, "total": total, "codes": codes})
    try:
        with replacing(path) as file:
            file.write(head[:-1] + b',\n"sites":[\n' + rows + b'\n],\n"seconds":' + encode(times) + b"}\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}. Choose another place with --report.") from error


def _row(site: BatchSite, result: SiteResult) -> dict[str, Any]:
    return {
        "name": site.name,
        "state": result.state,
        "why": result.why,
        "status": result.status,
        "source": [shown(source) for source in site.sources],
        "output": shown(site.output),
        "report": site.values.get("report") or f"{shown(site.output).rstrip('/')}/{FOLDER}/report.json",
        "items": result.figures.items,
        "carried": result.figures.carried,
        "notices": result.figures.notices,
        "kept": result.figures.kept,
    }


def summary(ended: BatchResult, batch: Batch, *, quiet: bool) -> None:
    """The table, one line a site with the reason where it failed; of the failed alone when quiet."""
    rows = [
        (
            site.name if len(site.name) <= _NAME else site.name[: _NAME - 1] + "…",
            str(result.figures.items) if result.state not in (FAILED, LEFT) or result.figures.items else "-",
            str(sum(result.figures.notices.values())) if result.figures.items else "-",
            f"{result.seconds:.1f} s",
            result.state,
            result.why,
        )
        for site, result in ended.sites
        if not quiet or result.state in (FAILED, LEFT)
    ]
    widths = [max(len(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD))]
    if rows and not quiet:
        say(_line(_HEAD, widths))
    for *cells, why in rows:
        say(f"{_line(cells, widths)}{f'  {why}' if why else ''}".rstrip())
    if quiet:
        return
    for files in ended.hidden:
        say(f"Passed over, although they fit a pattern: {files}. Name such a file itself to convert it.")
    states = Counter(result.state for _, result in ended.sites)
    counted = ", ".join(f"{states[state]} {state}" for state in (CARRIED, UNCHANGED, FAILED, LEFT) if states[state])
    notices = Counter[str]()
    for _, result in ended.sites:
        notices.update(result.figures.notices)
    say(f"Sites: {counted or 'none'}. Notices: {notices_by_severity(dict(notices))}.")
    if batch.dry_run:
        say("Nothing was written (--dry-run).")
    else:
        again = " The same command does again what failed." if ended.status else ""
        say(f"Report: {ended.report}.{again}")
    say(f"Next: {_next(ended, batch)}")


def _next(ended: BatchResult, batch: Batch) -> str:
    """The same command where something is left to do; else a look at the first site."""
    done = [site for site, result in ended.sites if result.state in (CARRIED, UNCHANGED)]
    if batch.dry_run or ended.status or not done:
        return shlex.join(["convert", "batch", str(batch.file)])
    output = place(batch.file.parent, done[0].output)
    return f"look at {shown(output)}" if is_remote(output) else shlex.join(["ls", output])


def _line(cells: list[str] | tuple[str, ...], widths: list[int]) -> str:
    """The name and the state to the left, figures to the right."""
    pairs = list(zip(cells, widths, strict=True))
    texts = [f"{cell:<{width}}" if place in (0, 4) else f"{cell:>{width}}" for place, (cell, width) in enumerate(pairs)]
    return "  ".join(texts)
