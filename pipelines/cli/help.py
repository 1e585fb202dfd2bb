"""How the command explains itself: options in groups, and what was meant by a value that is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from converters.model.options import PluginOption

GROUPS: dict[str, tuple[str, ...]] = {
    "Source": ("from", "types", "public-types", "status", "rules", "content-selector", "timezone", "option"),
    "Target": (
        "to",
        "output",
        "front-matter",
        "permalinks",
        "redirects",
        "comments",
        "comments-private",
        "raw-html",
        "trust-source",
        "markdown-engine",
        "json-layout",
        "force",
    ),
    "Pictures and files": (
        "media",
        "media-all",
        "media-drafts",
        "bundles",
        "max-file-size",
        "allow-private-hosts",
        "insecure-media",
    ),
    "The run": ("dry-run", "verify", "strict", "item-timeout", "workers", "executor", "scheduler"),
    "What is said": ("report", "log-format", "quiet", "verbose", "version", "help"),
}
"""Title -> names of options, in the order in which they are shown. What stands in no group comes last."""
_REST = "Others"


class Grouped(click.Command):
    """A command whose help shows options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, parameters in grouped(self.get_params(ctx)):
            rows = [row for parameter in parameters if (row := parameter.get_help_record(ctx)) is not None]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)
        for title, rows in own_sections(ctx.obj or ()):
            with formatter.section(title):
                formatter.write_dl(rows)


def own_sections(words: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
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


def grouped(parameters: Sequence[click.Parameter]) -> list[tuple[str, list[click.Parameter]]]:
    """(title, its parameters) in order."""
    options = {name: parameter for parameter in parameters for name in (long_name(parameter),) if name}
    found = [(title, [options.pop(name) for name in names if name in options]) for title, names in GROUPS.items()]
    return [*found, (_REST, list(options.values()))]


def long_name(parameter: click.Parameter) -> str:
    """The name of an option without its dashes; empty for an argument."""
    names = [name for name in parameter.opts if name.startswith("--")]
    return names[0][2:] if isinstance(parameter, click.Option) and names else ""


class Choice(click.Choice[str]):
    """A choice that says which of its values was probably meant."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from converters.nearest import did_you_mean

            self.fail(error.message + did_you_mean(str(value), list(self.choices)), param, ctx)
