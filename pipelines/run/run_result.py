"""How a run ended, as the command says it and the next run may find it."""

from __future__ import annotations

from datetime import datetime

import msgspec

from converters.model.notices import Severity
from converters.verify.verdict import Word
from pipelines.report.summary import Summary


class MediaStats(msgspec.Struct, frozen=True):
    """What came along."""

    files: int = 0
    bytes: int = 0
    missing: int = 0
    """Addresses whose file could not be had."""
    too_large: int = 0
    """Of the missing ones."""
    hidden: int = 0
    """Files that only what is not public shows, and that stayed behind for that."""


class Written(msgspec.Struct, frozen=True):
    """What became of the files of the output folder; those that came along are not among them."""

    new: int = 0
    """Written, since they were not there or others."""
    unchanged: int = 0
    """Left as they were, with their time stamps."""
    removed: int = 0
    """Of earlier runs, and no longer part of the site."""


class Example(msgspec.Struct, frozen=True):
    """One post that a rule touches."""

    title: str
    path: str
    """The file that is written for it; empty for a post that stays behind."""
    lines: tuple[str, ...] = ()
    """The difference: `-` without the rules, `+` with them."""
    more: int = 0
    """Lines that are not shown."""


class RuleUse(msgspec.Struct, frozen=True):
    """What one rule does to a site."""

    rule: str
    posts: int
    examples: tuple[Example, ...]


class RunResult(msgspec.Struct, frozen=True):
    """How a run ended."""

    account: Summary
    output: str
    report: str
    """Where it is; empty when nothing was written."""
    kept: tuple[str, ...]
    """Files of the user's own that stood where one of ours would have gone, and were left as they are."""
    media: MediaStats | None = None
    """What came along of the site's own files; None when none were to."""
    run: int = 0
    """Which run of its output folder it was, from 1; 0 when nothing was written."""
    written: Written = Written()
    rules: tuple[RuleUse, ...] = ()
    """What the user's rules would do, of a dry run."""
    page: str = ""
    """Where the report is as a page to look at."""
    uploads: tuple[str, ...] = ()
    """Addresses of the folders of the old site that hold the files which the texts name."""
    until: datetime | None = None
    """The first day on which another run would make another site: something is scheduled for it, or ends."""
    repeated: bool = False
    """Nothing was done, since nothing has changed: all else is what the last run said."""

    def status(self, *, strict: bool = False) -> int:
        """The exit status of a run that ends like this."""
        if self.account.failed or self.account.incomplete:
            return 4
        if self.account.verification.get(Word.LOST):
            return 5
        return 3 if strict and (self.account.worst() >= Severity.CHANGED or self.kept) else 0
