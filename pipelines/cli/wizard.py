"""The questions that `convert` alone asks on a terminal: five at most, and then the command that answers them all.

Every question has an answer that Enter takes. What is asked and shown goes to stderr, as all messages do. Nothing is
done before the last answer; the command is shown, so that it need not be asked for again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from converters.errors import PostferryError, UsageError
from converters.nearest import did_you_mean, file_near
from converters.plugin import usual_target
from pipelines.cli import terminal
from pipelines.cli.option_values import built_in
from pipelines.inspect import suggest
from pipelines.inspect.cli import program
from pipelines.inspect.gather import Look, look_apart
from pipelines.inspect.text import page
from pipelines.remote.conversion import fetched

_LIKELY = ("*.xml", "*.xml.gz", "*.zip", "*.tar.gz")
_LEAVE, _DOWNLOAD = "leave", "download"
_KEEP, _OUT = "keep", "leave out"


def ask() -> list[str]:
    """The arguments of the command that was asked for. Raises click.Abort where somebody leaves."""
    terminal.say("A few questions; Enter takes what stands in brackets, Ctrl-C leaves, and nothing is done.")
    name, seen = _source()
    for line in page(seen, "", terminal.paint(sys.stderr)):
        terminal.show(line)
    terminal.say("")
    usual = usual_target(seen.importer)
    targets = built_in("exporters")()
    target = _ask(f"What to write: {', '.join(targets)}", usual, _one_of(targets))
    words = [name, "--to", target, *_media(seen, target), *_drafts(seen)]
    folder = _ask("Where to write", suggest.free_folder([name], target), _folder)
    words += ["-o", folder]
    terminal.say("")
    terminal.say(f"Running: {suggest.command(words, program())}")
    return words


def _ask(question: str, usual: str, check: Callable[[str], str]) -> str:
    """Ask until the answer is one; `check` gives it back as it is wanted, or raises UsageError."""

    def value(answer: str) -> str:
        try:
            return check(answer.strip())
        except PostferryError as error:
            raise click.UsageError(str(error)) from error

    answer: str = click.prompt(question, default=usual or None, value_proc=value, err=True)
    return answer


def _one_of(known: Sequence[str]) -> Callable[[str], str]:
    def check(answer: str) -> str:
        if answer.lower() not in known:
            raise UsageError(f"{answer!r} is none of {', '.join(known)}.{did_you_mean(answer, known)}")
        return answer.lower()

    return check


def _source() -> tuple[str, Look]:
    """What to carry; asked again while nothing here knows what it is."""
    found: list[Look] = []

    def check(answer: str) -> str:
        name = str(Path(answer).expanduser()) if answer.startswith("~") else suggest.as_argument(answer)
        if name == "-":
            raise UsageError("Standard input answers these questions. Name a file.")
        with (
            fetched([name], lambda: terminal.progress(quiet=False)) as (names, called),
            terminal.progress(quiet=False) as tell,
        ):
            found.append(look_apart(names, "", tell, called))
        return name

    return _ask("What to carry: an export file, a folder or an archive", _likely(), check), found[-1]


def _likely() -> str:
    """What lies here and looks like an export, the latest one; else nothing."""
    here = Path()
    files = [file for pattern in _LIKELY for file in here.glob(pattern) if file.is_file()]
    return str(max(files, key=lambda file: (file.stat().st_mtime_ns, file.name))) if files else ""


def _media(seen: Look, target: str) -> list[str]:
    """Where pictures come from; asked of exports that name files they do not hold."""
    if seen.reads.brings_files or not (seen.counts.media or seen.findings.hosts[""]):
        return []
    backup = suggest.backup_folder(seen)  # nothing where the export was fetched from elsewhere
    answer = _ask(
        f"Pictures and files: {_LEAVE} them where they are, {_DOWNLOAD} them, or the folder that holds a copy",
        backup or _LEAVE,
        _way,
    )
    return [] if answer == _LEAVE else ["--media", answer if answer == _DOWNLOAD else f"copy:{answer}"]


def _way(answer: str) -> str:
    if answer.lower() in (_LEAVE, _DOWNLOAD):
        return answer.lower()
    folder = str(Path(answer).expanduser())
    if not Path(folder).is_dir():
        near = did_you_mean(answer, (_LEAVE, _DOWNLOAD)) or file_near(folder)
        raise UsageError(f"{answer!r} is no folder, and neither {_LEAVE} nor {_DOWNLOAD}.{near}")
    return folder


def _drafts(seen: Look) -> list[str]:
    """Whether to write what no reader could see; asked where there is something of the kind."""
    closed = seen.counts.not_public
    if not closed:
        return []
    named = ", ".join(f"{count:,} {status}" for status, count in sorted(closed.items()))
    answer = _ask(f"Not public ({named}): {_KEEP} them as drafts, or {_OUT}", _KEEP, _one_of((_KEEP, _OUT)))
    return [] if answer == _KEEP else ["--status", "published,future"]


def _folder(answer: str) -> str:
    """A folder that can be written; the run itself refuses whatever else is wrong with it."""
    folder = Path(answer).expanduser()
    if not suggest.is_free(folder):
        raise UsageError(f"{answer} holds files of others. Name another folder.")
    return str(folder)
