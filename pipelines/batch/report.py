"""One report for all sites, as JSON, a line a site. Times stand in one place, at its end; the rest does not change."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec

from converters import __version__
from converters.errors import OutputError
from converters.model.notices import KINDS
from pipelines.batch.expand import Site
from pipelines.batch.work import Result
from pipelines.output.output_folder import FOLDER
from pipelines.output.single_files import replacing
from pipelines.remote.address import shown


def write_report(path: Path, jobs: Path, sites: list[tuple[Site, Result]]) -> None:
    """Whole or not at all. Raises OutputError when it cannot be written."""
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
        code: {"severity": KINDS[code].severity.name.lower(), "text": KINDS[code].text, "advice": KINDS[code].advice}
        for code in sorted(notices)
        if code in KINDS
    }
    rows = b",\n".join(encode(_row(site, result)) for site, result in sites)
    times = {site.name: result.seconds for site, result in sites}
    head = encode({"program": f"postferry {__version__}", "jobs": jobs.name, "total": total, "codes": codes})
    try:
        with replacing(path) as file:
            file.write(head[:-1] + b',\n"sites":[\n' + rows + b'\n],\n"seconds":' + encode(times) + b"}\n")
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}. Choose another place with --report.") from error


def _row(site: Site, result: Result) -> dict[str, Any]:
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
