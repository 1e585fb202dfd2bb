"""Completion of words in bash, zsh and fish: click's own scripts, and what may stand for each option.

The scripts call the program with a variable in its environment that says which shell asks. Names of commands are
offered as the first word only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

import click
from click.shell_completion import CompletionItem, get_completion_class

from pipelines.cli.flags import Option

SHELLS = ("bash", "zsh", "fish")
PROGRAMS = ("convert", "postferry")
_FILES = ("FILE", "SOURCE", "JOBS.toml")
_LISTED = ("keep", "rewrite", "copy:", "download")


def variable(program: str) -> str:
    return f"_{program.upper()}_COMPLETE"


def script(shell: str, program: str, command: click.Command) -> str:
    """What a shell has to read to complete the words of `program`."""
    made = get_completion_class(shell)
    assert made is not None, shell
    return made(command, {}, program, variable(program)).source()


def wanted() -> bool:
    """Does a shell ask?"""
    return any(variable(program) in os.environ for program in PROGRAMS)


def answer(site: click.Command, commands: Mapping[str, Callable[[], click.Command]]) -> str:
    """What may stand where the shell's cursor is, in the form in which the shell wants it."""
    program = next(program for program in PROGRAMS if variable(program) in os.environ)
    made = get_completion_class(os.environ[variable(program)].partition("_")[0])
    if made is None:
        return ""
    shell = made(site, {}, program, variable(program))
    words, begun = shell.get_completion_args()
    first = not words
    if words and words[0] in commands:
        shell.cli, words = commands[words[0]](), words[1:]
    items = shell.get_completions(words, begun)
    if first:  # after those for files, which begin the list anew
        items += [CompletionItem(name) for name in sorted(commands) if name.startswith(begun)]
    return "\n".join(shell.format_completion(item) for item in items)


def of_option(row: Option, begun: str) -> list[CompletionItem]:
    """What may stand behind an option of the table."""
    if row.metavar in _FILES:
        return files(begun)
    if row.metavar == "DIR":
        return [CompletionItem(begun, type="dir")]
    return [CompletionItem(name) for name in _names(row) if name.startswith(begun)]


def files(begun: str) -> list[CompletionItem]:
    return [CompletionItem(begun, type="file")]


def _names(row: Option) -> list[str]:
    from converters.plugin import BUILT_IN

    groups = {"from": "importers", "to": "exporters", "markdown-engine": "markdown"}
    if row.name in groups:
        return sorted(BUILT_IN[groups[row.name]])
    if row.name == "media":
        return list(_LISTED)
    if row.name == "status":
        from converters.model import Status

        return [str(status) for status in Status]
    return list(row.choices)
