"""The manual page, made from the commands themselves: `python -m docs.make_manual > docs/convert.1`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import click

from converters import __version__
from pipelines.cli.click_options import grouped
from pipelines.cli.main import COMMANDS, site

_HELP = "-h, --help"


def manual() -> str:
    """The page in the macros of man(7)."""
    lines = [
        f'.TH CONVERT 1 "" "postferry {__version__}" "User Commands"',
        ".nh",  # words such as --front-matter stay whole
        ".ad l",
        ".SH NAME",
        r"convert, postferry \- carry a blog from one home to another and lose nothing on the way",
        ".SH SYNOPSIS",
    ]
    for name, command in _all():
        context = click.Context(command, info_name=name)
        lines += [f".B {_text(name)}", _text(" ".join(command.collect_usage_pieces(context))), ".br"]
    for name, command in _all():
        lines += list(_command(name, command))
    lines += [
        ".SH ENVIRONMENT",
        ".TP",
        ".B NO_COLOR",
        "No colours, on terminals neither. Elsewhere there are none.",
        ".SH SEE ALSO",
        _text("The folder docs of the project: media.md, rules.md, batch.md, inspect.md, notices.md and others."),
    ]
    return "\n".join(lines) + "\n"


def _all() -> Iterator[tuple[str, click.Command]]:
    yield "convert", site
    for name in sorted(COMMANDS):
        yield f"convert {name}", COMMANDS[name]()


def _command(name: str, command: click.Command) -> Iterator[str]:
    yield ".SH DESCRIPTION" if command is site else f".SH {_text(name.upper())}"
    yield from _paragraphs(command.help or "")
    context = click.Context(command, info_name=name, help_option_names=["-h", "--help"])
    for title, parameters in grouped(command.get_params(context)):
        rows = [row for each in parameters if (row := each.get_help_record(context)) is not None]
        if rows and command is site:
            yield f".SS {_text(title)}"
        for names, text in rows:
            names = _HELP if "--help" in names else names  # click keeps what it was first asked for
            yield from (".TP", f".B {_text(names)}", _text(" ".join(text.split())) or r"\&")
    yield from _paragraphs(command.epilog or "")


def _paragraphs(text: str) -> Iterator[str]:
    """Paragraphs; those that a line with a backspace begins keep their lines, as click reads it."""
    for paragraph in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line.rstrip() for line in paragraph.splitlines()]
        kept = bool(lines) and lines[0].strip() == "\b"
        lines = [line for line in lines if line.strip() not in ("", "\b")]
        if lines and kept:
            yield from (".PP", ".nf", *(_text(line) for line in lines), ".fi")
        elif lines:
            yield from (".PP", _text(" ".join(line.strip() for line in lines)))


def _text(text: str) -> str:
    """Text as it is, whatever it means to roff."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("\b", "")
    return r"\&" + text if text.startswith((".", "'")) else text


if __name__ == "__main__":
    sys.stdout.write(manual())
