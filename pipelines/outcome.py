"""How a run ended, as the command says it and the next run may find it."""

from __future__ import annotations

import msgspec

from converters.notices import Severity
from pipelines.report import Account


class Brought(msgspec.Struct, frozen=True):
    """What came along."""

    files: int = 0
    bytes: int = 0
    missing: int = 0
    """Addresses whose file could not be had."""
    too_large: int = 0
    """Of the missing ones."""


class Written(msgspec.Struct, frozen=True):
    """What became of the files of the output folder; those that came along are not among them."""

    new: int = 0
    """Written, since they were not there or others."""
    unchanged: int = 0
    """Left as they were, with their time stamps."""
    removed: int = 0
    """Of earlier runs, and no longer part of the site."""


class Outcome(msgspec.Struct, frozen=True):
    """How a run ended."""

    account: Account
    output: str
    report: str
    """Where it is; empty when nothing was written."""
    kept: tuple[str, ...]
    """Files of the user's own that stood where one of ours would have gone, and were left as they are."""
    media: Brought | None = None
    """What came along of the site's own files; None when none were to."""
    run: int = 0
    """Which run of its output folder it was, from 1; 0 when nothing was written."""
    written: Written = Written()
    repeated: bool = False
    """Nothing was done, since nothing has changed: all else is what the last run said."""

    def status(self, *, strict: bool = False) -> int:
        """The exit status of a run that ends like this."""
        if self.account.failed or self.account.incomplete:
            return 4
        return 3 if strict and (self.account.worst() >= Severity.CHANGED or self.kept) else 0
