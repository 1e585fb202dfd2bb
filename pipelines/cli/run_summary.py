"""How a run ended, as the command reports it: in some lines of text, or in one object of JSON."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from converters import urls
from converters.exporters.base import find_target
from converters.importers.base import find_importer
from converters.model.notices import KINDS, Severity
from converters.verify.verdict import Word
from pipelines.cli.terminal import Record, emit, say
from pipelines.remote.address import is_remote, shown
from pipelines.report.parts import sentence
from pipelines.report.summary import Summary
from pipelines.run.job import Job
from pipelines.run.run_result import MediaStats, RuleUse, RunResult

_SHOWN = 10
_SHOWN_FOLDERS = 3
_UPLOADS = "wp-content/uploads"
_FILE_HOSTS = (".files.wordpress.com",)


def summary_in_json(outcome: RunResult, job: Job, *, status: int, quiet: bool) -> None:
    """The same as `summary`, in one object; when quiet, only of a run that did not end well."""
    if status or not quiet:
        emit(_record(outcome, job, status))


def _record(outcome: RunResult, job: Job, status: int) -> Record:
    """How a run ended that came to its end. docs/progress.md names all keys: new ones may come, none is removed."""
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
        "parts": account.parts,
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
        "media": None if media is None else msgspec.to_builtins(media),
        "nothing_changed": outcome.repeated,
        "dry_run": job.dry_run,
        "output": outcome.output,
        "report": outcome.report or None,
        "page": outcome.page or None,
        "next": None if job.dry_run else _next(job),
    }


def summary(outcome: RunResult, job: Job, *, quiet: bool, verbose: bool, again: str = "") -> None:
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
    _say_of_sums(account)
    _say_of_types(account)
    report = f" Report: {outcome.report}, to look at: {outcome.page}" if outcome.report else ""
    say(f"Notices: {notices_by_severity(account.notices)}.{report}")
    _say_of_check(account.verification)
    if verbose:
        for code, count in account.notices.items():
            say(f"  {count} x {code}: {KINDS[code].text} {KINDS[code].remedy}".rstrip())
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


def _say_of_sums(account: Summary) -> None:
    say(f"Sum: {account.balance}.")
    if account.parts:
        say(f"Beside items: {sentence(account.parts)}.")


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


def _say_of_files(outcome: RunResult, job: Job) -> None:
    if not job.dry_run:
        say(_written(outcome))
    if outcome.kept:
        kept = ", ".join(outcome.kept[:5]) + (" ..." if outcome.kept[5:] else "")
        say(f"Left as they are, since they are no plain files or you changed them: {kept}.")
    if outcome.media is not None:
        say(f"Files: {_brought(outcome.media)}.")
    if outcome.account.used.get("media") and _to_be_copied(job):
        for line in copies(outcome.uploads, find_target(job.options.exporter).static_folder or ""):
            same = "; addresses stay the same" if job.options.write.base_path is None else ""
            say(f"Pictures: copy {line}{same}.")


def copies(uploads: Sequence[str], static: str) -> Iterator[str]:
    """What is to be copied where: folders of the old site, and that of files which are published as they are.

    WordPress.com serves files from a host of their own; in a network each site has a folder of its own, which is
    `wp-content/blogs.dir/ID/files` on the server where addresses say `/files/`.
    """
    for folder in uploads[:_SHOWN_FOLDERS] or (_UPLOADS,):
        parts = urls.split(folder)
        path = urls.decoded(parts.path).strip("/") if parts is not None else ""
        start = path.find(_UPLOADS)
        path = path[start:] if start > 0 else path  # below the folder of a site that is not at the root
        host = (parts.hostname or "") if parts is not None else ""
        own = path.startswith(_UPLOADS)
        source = path or "all folders of files (2021, 2022 …)"
        where = "the old site" if own and not host.endswith(_FILE_HOSTS) else host or "the old site"
        if path == "files":
            source += " (on the server: wp-content/blogs.dir/ID/files)"
        place = "/".join(filter(None, (static, path))) or "this folder"
        yield f"{source} of {where} to {place}"


def _to_be_copied(job: Job) -> bool:
    """Do the texts name pictures that only the user has?"""
    return job.options.write.media == "rewrite" and not find_importer(job.options.importer).brings_files


def _written(outcome: RunResult) -> str:
    written = outcome.written
    if outcome.repeated or (written.unchanged and not (written.new or written.removed or outcome.kept)):
        return f"Nothing changed: all {written.new + written.unchanged:,} files are as the last run left them."
    parts = [f"{written.new:,} files", *([f"{written.unchanged:,} unchanged"] if written.unchanged else [])]
    return f"Written: {', '.join(parts + ([f'{written.removed:,} removed'] if written.removed else []))}."


def _brought(media: MediaStats) -> str:
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
    preview, folder = find_target(job.options.exporter).preview, shlex.quote(job.output)
    return f"cd {folder} && {preview}" if preview else f"ls {folder}"
