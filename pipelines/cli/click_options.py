"""The options table as click has it: flags, help in groups, choices that name the value that was probably meant, and
completion in shells, by click's own scripts: these call the program with a variable in its environment that says which
shell it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from pipelines.cli.options import BY_NAME, FLAG, GROUPS, MANY, MOST_WORKERS, NUMBER, Option

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from converters.model.options import PluginOption

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
"""Of every command."""
_OF_CLICK = {"Messages": ("version", "help")}
"""Title -> options that click itself adds to the group."""
_REST = "Others"
SHELLS = ("bash", "zsh", "fish")
_PROGRAMS = ("convert", "postferry")

_Function = Callable[..., int]


class Grouped(click.Command):
    """A command whose help shows options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, parameters in grouped(self.get_params(ctx)):
            rows = [row for parameter in parameters if (row := parameter.get_help_record(ctx)) is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        for title, rows in _own_sections(ctx.obj or ()):
            with formatter.section(title):
                formatter.write_dl(rows)


def _own_sections(words: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(title, rows) of the own options of the importer and the exporter that the words of the command name."""
    from pipelines.cli.own_options import rows, short_name

    for flag, group in (("--from", "importers"), ("--to", "exporters")):
        name = _value_of(flag, words)
        if options := rows(group, name):
            yield f"Of {short_name(name)}", [_own_record(short_name(name), option) for option in options]


def _value_of(flag: str, words: Sequence[str]) -> str:
    """The value of a flag in the words of a command: behind it, or behind `=`."""
    for word, following in pairwise([*words, ""]):
        if word == flag or word.startswith(f"{flag}="):
            return following if word == flag else word.partition("=")[2]
    return ""


def _own_record(name: str, option: PluginOption) -> tuple[str, str]:
    written = f"--option {name}.{option.key}={'|'.join(option.choices) or 'VALUE'}"
    return written, f"{option.help}  [default: {option.default}]" if option.default else option.help


def grouped(parameters: Sequence[click.Parameter]) -> list[tuple[str, list[click.Option]]]:
    """(title, its parameters) in order; what is in no group comes last."""
    options = {_long_name(parameter): parameter for parameter in parameters if isinstance(parameter, click.Option)}
    found = []
    for title, rows in GROUPS.items():
        names = (*(row.name for row in rows), *_OF_CLICK.get(title, ()))
        found.append((title, [options.pop(name) for name in names if name in options]))
    return [*found, (_REST, list(options.values()))]


def _long_name(option: click.Option) -> str:
    return next(name for name in option.opts if name.startswith("--"))[2:]


class Choice(click.Choice[str]):
    """A choice that says which of its values was probably meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from converters.nearest import did_you_mean

            self.fail(error.message + did_you_mean(str(value), list(self.choices)), param, ctx)


def options(rows: Iterable[Option]) -> Callable[[_Function], _Function]:
    """Flags for rows of the table, in its order."""

    def decorate(function: _Function) -> _Function:
        for row in reversed(list(rows)):
            function = _flag(row)(function)
        return function

    return decorate


def option(name: str, help: str = "") -> Callable[[_Function], _Function]:
    """The flag of one row, for another command than `convert`, which may explain it in its own words."""
    row = BY_NAME[name]
    return _flag(row._replace(help=help or row.help))


def _flag(row: Option) -> Callable[[_Function], _Function]:
    names = [*([f"-{row.short}"] if row.short else []), f"--{row.name}"]
    text = row.help or None
    if row.kind == FLAG:
        return click.option(*names, row.key, is_flag=True, help=text)
    if row.kind == NUMBER:
        return click.option(*names, row.key, metavar=row.metavar, type=click.IntRange(1, MOST_WORKERS), help=text)
    if row.kind == MANY:
        return click.option(*names, row.key, metavar=row.metavar, multiple=True, help=text)

    def values(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        if row.is_file or row.is_folder:
            return [CompletionItem(begun, type="file" if row.is_file else "dir")]
        known = row.suggest() if row.suggest is not None else row.choices
        return [CompletionItem(name) for name in known if name.startswith(begun)]

    return click.option(
        *names,
        row.key,
        metavar=row.metavar or None,
        type=Choice(row.choices) if row.choices else None,
        default=row.default or (None if row.choices else ""),
        show_default=bool(row.default),
        help=text,
        shell_complete=values,
    )


def files(ctx: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """What shells complete an argument with that is a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def completion_script(shell: str, program: str, command: click.Command) -> str:
    """What a shell has to read to complete the words of `program`."""
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None, shell
    return made(command, {}, program, _variable(program)).source()


def completed(site: click.Command, commands: Mapping[str, Callable[[], click.Command]]) -> str | None:
    """What may be where the shell's cursor is, in the form in which the shell wants it; None where no shell calls.
    Names of commands are offered as the first word only."""
    program = next((program for program in _PROGRAMS if _variable(program) in os.environ), "")
    if not program:
        return None
    from click.shell_completion import CompletionItem, get_completion_class

    made = get_completion_class(os.environ[_variable(program)].partition("_")[0])
    if made is None:
        return ""
    shell = made(site, {}, program, _variable(program))
    words, begun = shell.get_completion_args()
    first = not words
    if words and words[0] in commands:
        shell.cli, words = commands[words[0]](), words[1:]
    items = shell.get_completions(words, begun)
    if first:  # after those for files, which begin the list anew
        items += [CompletionItem(name) for name in sorted(commands) if name.startswith(begun)]
    return "\n".join(shell.format_completion(item) for item in items)


def _variable(program: str) -> str:
    return f"_{program.upper()}_COMPLETE"
