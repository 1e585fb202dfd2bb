"""What `--log-format json` says: one object a line, each with its `event`. See docs/progress.md, which names all keys.

A key stands there in each object of its event, also when there is nothing to say; new ones may come, none goes.
"""

from __future__ import annotations

from typing import Any

from pipelines.run.outcome import Outcome
from pipelines.run.progress import Reached

Record = dict[str, Any]


def progress(reached: Reached) -> Record:
    """How far a run is."""
    return {
        "event": "progress",
        "stage": reached.stage,
        "done": reached.done,
        "total": reached.total or None,
        "rate": round(reached.rate, 1) if reached.rate is not None else None,
        "seconds_left": round(reached.seconds_left, 1) if reached.seconds_left is not None else None,
        "notices": reached.notices,
        "seconds": round(reached.seconds, 1),
    }


def summary(outcome: Outcome, status: int, following: str, *, dry_run: bool) -> Record:
    """How a run ended that came to its end."""
    account, media = outcome.account, outcome.media
    return {
        "event": "summary",
        "status": status,
        "items": account.surveyed,
        "carried": account.carried,
        "not_public": account.drafts,
        "used": account.used,
        "left_out": account.left_out,
        "languages": account.languages,
        "not_carried": [*account.failed, *account.incomplete],
        "notices": account.notices,
        "verification": account.verification or None,
        "not_public_types": account.withheld,
        "record_types": account.records,
        "unknown_shortcodes": account.unknown,
        "files": {
            "written": outcome.written.new,
            "unchanged": outcome.written.unchanged,
            "removed": outcome.written.removed,
            "kept": list(outcome.kept),
        },
        "media": None
        if media is None
        else {
            "files": media.files,
            "bytes": media.bytes,
            "missing": media.missing,
            "too_large": media.too_large,
            "hidden": media.hidden,
        },
        "nothing_changed": outcome.repeated,
        "dry_run": dry_run,
        "output": outcome.output,
        "report": outcome.report or None,
        "page": outcome.page or None,
        "next": following or None,
    }


def stopping() -> Record:
    """A signal came, and the run ends with what is at hand."""
    return {"event": "stopping"}


def error(message: str, status: int) -> Record:
    """What ended a run before its end."""
    return {"event": "error", "status": status, "message": message}
