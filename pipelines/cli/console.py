"""What the command says on the terminal. Messages go to stderr, without control characters of the source."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import IO, TYPE_CHECKING

import click

from converters.model.notices import KINDS, Severity
from converters.verify.verdict import Word
from pipelines.remote.address import is_remote, shown
from pipelines.run.progress import Meter, Progress, Ticker, silent

if TYPE_CHECKING:
    from pipelines.cli.records import Record
    from pipelines.report.summary import Summary
    from pipelines.run.convert import Job
    from pipelines.run.outcome import Brought, Outcome, RuleUse

_EVERY = 3.0
"""Seconds between two lines of progress where there is no terminal."""
_SHOWN = 10
_STOPPING = "Ending with what is at hand. Once more ends at once."


@contextmanager
def progress(*, quiet: bool, log_format: str = "text") -> Iterator[Progress]:
    """A bar on a terminal, a line every few seconds elsewhere, nothing when quiet."""
    meter = Meter()
    if quiet:
        yield silent
    elif log_format == "json":
        with Ticker(_EVERY, lambda: _emit_progress(meter)):
            yield _each_stage(meter)
    elif sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        from pipelines.cli.bar import bar

        with bar(meter):
            yield meter
    else:
        with Ticker(_EVERY, lambda: say(meter.reached().line)):
            yield meter


def _each_stage(meter: Meter) -> Progress:
    """A line also when a stage begins."""

    def tell(stage: str, done: int, total: int, notices: int | None = None) -> None:
        begins = meter.begins(stage, done)
        meter(stage, done, total, notices)
        if begins:
            _emit_progress(meter)

    return tell


def _emit_progress(meter: Meter) -> None:
    from pipelines.cli.records import progress

    emit(progress(meter.reached()))


def paint(stream: IO[str]) -> Callable[[str, str], str]:
    """What colours a text where that is wanted: on a terminal, and not with NO_COLOR (https://no-color.org)."""
    coloured = stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")

    def painted(text: str, colour: str) -> str:
        if not coloured or not colour:
            return text
        return click.style(text, bold=True) if colour == "bold" else click.style(text, fg=colour)

    return painted


def show(line: str) -> None:
    """A line of a page on stderr, which is clean and may be coloured."""
    click.echo(line, err=True)


def say(text: str) -> None:
    """One line on stderr, without what could command a terminal."""
    click.echo("".join(character if character.isprintable() else "\ufffd" for character in text), err=True)


def emit(record: Record) -> None:
    """One object on a line of its own, in ASCII: whatever reads it needs to know of no encoding."""
    click.echo(json.dumps(record), err=True)


def wants_json(arguments: Sequence[str]) -> bool:
    """Do the arguments ask for JSON? What is wrong with them is said in it, too."""
    return "--log-format=json" in arguments or ("--log-format", "json") in pairwise(arguments)


def fail(message: str, status: int, *, as_json: bool) -> None:
    """What ended a run, and what to do about it."""
    if as_json:
        from pipelines.cli.records import error

        emit(error(message, status))
    else:
        for line in f"convert: {message}".split("\n"):
            say(line)


def stopping(*, quiet: bool, log_format: str) -> bytes:
    """What is said when a signal comes; to be written as it is, from wherever the run is."""
    if log_format == "json":
        from pipelines.cli.records import stopping

        return b"" if quiet else json.dumps(stopping()).encode() + b"\n"
    clear = b"\r\x1b[2K" if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else b""
    return b"" if quiet else clear + _STOPPING.encode() + b"\n"


def summary_in_json(outcome: Outcome, job: Job, *, status: int, quiet: bool) -> None:
    """The same as `summary`, in one object; when quiet, only of a run that did not end well."""
    from pipelines.cli.records import summary

    if status or not quiet:
        emit(summary(outcome, status, "" if job.dry_run else _next(job), dry_run=job.dry_run))


def summary(outcome: Outcome, job: Job, *, quiet: bool, verbose: bool, again: str = "") -> None:
    """What was carried, the sum, what was changed or lost, what was written, what is kept where, the next command.

    `again` is the command that was typed, without `--dry-run`.
    """
    account = outcome.account
    for line in (*account.failed[:_SHOWN], *account.incomplete):
        say(f"not carried: {line}")
    if len(account.failed) > _SHOWN:
        say(f"not carried: {len(account.failed) - _SHOWN} more, see the report")
    if quiet:
        return
    carried = ", ".join(_counted(count, kind) for kind, count in sorted(account.carried.items())) or "nothing"
    drafts = ", ".join(f"{count} {status}" for status, count in sorted(account.drafts.items()))
    say(f"Carried: {carried}{f' (not public: {drafts})' if drafts else ''}.")
    say(f"Sum: {account.balance}.")
    _say_of_types(account)
    report = f" Report: {outcome.report}, to look at: {outcome.page}" if outcome.report else ""
    say(f"Notices: {notices_by_severity(account.notices)}.{report}")
    _say_of_check(account.verification)
    if verbose:
        for code, count in account.notices.items():
            say(f"  {count} x {code}: {KINDS[code].text} {KINDS[code].advice}".rstrip())
    if account.unknown:
        say(f"Shortcodes nobody knows, and in how many items: {_named(account.unknown)}; see docs/rules.md.")
    _say_of_files(outcome, job)
    shown: set[str] = set()
    for use in outcome.rules:
        _say_of_rule(use, shown)
    if job.dry_run:
        say("Nothing was written (--dry-run).")
    following = again if job.dry_run else _next(job)
    if following:
        say(f"Next: {following}")


def _say_of_types(account: Summary) -> None:
    """Post types that are not public for what they are called, or since nothing shows that they were."""
    if account.withheld:
        named, more = _named(account.withheld), "--public-types TYPE publishes them, see docs/privacy.md"
        say(f"Drafts, since nothing shows that everybody could see such items: {named}; {more}.")
    if account.records:
        say(f"Left out, since they look like records about people: {_named(account.records)}; see docs/privacy.md.")


def _say_of_rule(use: RuleUse, shown: set[str]) -> None:
    """What a rule touches; some of it as it was and as it is, each post once."""
    say(f"Rule {use.rule}: {_counted(use.posts, 'post') if use.posts else 'touches nothing'}.")
    for example in use.examples:
        again = bool(example.path) and example.path in shown
        shown.add(example.path)
        place = f" -> {example.path}{' (see above)' if again else ''}" if example.path else ""
        say(f"  {example.title or '(no title)'}{place}")
        for line in () if again else example.lines:
            say(f"    {line}")
        if example.more and not again:
            say(f"    … {example.more:,} more lines")


def _say_of_files(outcome: Outcome, job: Job) -> None:
    if not job.dry_run:
        say(_written(outcome))
    if outcome.kept:
        kept = ", ".join(outcome.kept[:5]) + (" ..." if outcome.kept[5:] else "")
        say(f"Left as they are, since they are no plain files or you changed them: {kept}.")
    if outcome.media is not None:
        say(f"Files: {_brought(outcome.media)}.")
    if outcome.account.used.get("media") and _to_be_copied(job):
        folder = "static/" if job.options.exporter == "hugo" else ""
        say(
            f"Pictures: copy wp-content/uploads of the old site to {folder}wp-content/uploads; addresses stay the same."
        )


def _to_be_copied(job: Job) -> bool:
    """Do the texts name pictures that only the user has?"""
    return job.options.write.media == "rewrite" and job.options.importer not in ("hugo", "html")


def _written(outcome: Outcome) -> str:
    written = outcome.written
    if outcome.repeated or (written.unchanged and not (written.new or written.removed or outcome.kept)):
        return f"Nothing changed: all {written.new + written.unchanged:,} files are as the last run left them."
    parts = [f"{written.new:,} files", *([f"{written.unchanged:,} unchanged"] if written.unchanged else [])]
    return f"Written: {', '.join(parts + ([f'{written.removed:,} removed'] if written.removed else []))}."


def _brought(media: Brought) -> str:
    size = f"{media.bytes / 1_000_000:,.1f} MB" if media.bytes >= 100_000 else f"{media.bytes:,} bytes"
    large = f" ({media.too_large:,} too large, see --max-file-size)" if media.too_large else ""
    missing = f"; {media.missing:,} could not be had{large}, see the report" if media.missing else "; none missing"
    hidden = f"; {media.hidden:,} that only drafts and private posts show stayed behind" if media.hidden else ""
    return f"{media.files:,} of the site's own came along ({size}){missing}{hidden}"


def _counted(count: int, kind: str) -> str:
    """`1 post`, `4 pages`; names of custom kinds stay as they are."""
    return f"{count} {kind}s" if count != 1 and kind in ("post", "page") else f"{count} {kind}"


def _named(counts: dict[str, int]) -> str:
    named = [f"{name} {count}" for name, count in counts.items()]
    more = f", {len(named) - _SHOWN} more in the report" if len(named) > _SHOWN else ""
    return ", ".join(named[:_SHOWN]) + more


def notices_by_severity(counts: dict[str, int]) -> str:
    """`2 lost, 5 info`, the worst first."""
    by_severity = dict.fromkeys(Severity, 0)
    for code, count in counts.items():
        by_severity[KINDS[code].severity] += count
    named = [f"{count} {severity.name.lower()}" for severity, count in by_severity.items() if count]
    return ", ".join(reversed(named)) or "none"


def _say_of_check(counts: Mapping[str, int]) -> None:
    if counts:
        say(f"Verified: {verdicts(counts)}.")


def verdicts(counts: Mapping[str, int]) -> str:
    """`98 identical, 1 changed, 0 lost`: these three always, others where there are any."""
    words = [word for word in Word if counts.get(word) or word in (Word.IDENTICAL, Word.CHANGED, Word.LOST)]
    return ", ".join(f"{counts.get(word, 0):,} {word}" for word in words)


def _next(job: Job) -> str:
    if is_remote(job.output):
        return f"look at {shown(job.output)}"
    server = {"hugo": "hugo server", "jekyll": "jekyll serve"}.get(job.options.exporter)
    folder = shlex.quote(job.output)
    return f"cd {folder} && {server}" if server else f"ls {folder}"
