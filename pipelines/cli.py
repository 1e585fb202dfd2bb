"""The command `convert`, also installed as `postferry`. Maps flags to options; everything else happens elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import click

from converters import __version__
from converters.errors import PostferryError
from pipelines import garbage
from pipelines.flags import FLAG, MOST_WORKERS, NUMBER, OPTIONS, Option
from pipelines.flags import job as flags_to_job

if TYPE_CHECKING:
    from pipelines.progress import Progress

EPILOG = """
\b
Examples:
  convert --from wordpress --to hugo export.xml
  convert export.xml -o my-blog --timezone Europe/Berlin
  convert part1.xml part2.xml -o my-blog --report report.json
  convert export.xml -o my-blog --rules rules.toml

\b
Exit status: 0 all carried; 2 usage; 3 warnings under --strict; 4 some items not carried;
65 not such a source; 66 no such source; 69 a server cannot be reached; 73 cannot write there; 74 disk full;
75 another run is at it;
130 interrupted (Ctrl-C), 143 ended by SIGTERM: the same command goes on.

`convert batch JOBS.toml` carries many sites, see `convert batch --help`. `convert formats` lists importers, exporters
and Markdown engines. Where `convert` is ImageMagick's, this program
answers to `postferry`.
"""
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".ico", ".svg", ".pdf", ".psd", ".heic")
_IMAGEMAGICK = ("-resize", "-quality", "-crop", "-rotate", "-density", "-thumbnail", "-background", "-strip", "-size")


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of both scripts; ends the process with the status of the run."""
    garbage.look_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if _meant_for_imagemagick(given):
        click.echo(
            "This is postferry's convert, not ImageMagick's (its newer name is magick). Use `postferry` here.", err=True
        )
        sys.exit(2)
    command, name = site, "convert"
    if given and given[0] in _COMMANDS:
        command, name, given = _COMMANDS[given[0]](), f"convert {given[0]}", given[1:]
    try:
        sys.exit(command.main(given, prog_name=name, standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _fail(error.format_message(), 2, given, error)
    except PostferryError as error:
        _fail(str(error), error.exit_status, given)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted. Run the same command again to go on.", 130, given)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _fail(message: str, status: int, given: Sequence[str], usage: click.ClickException | None = None) -> NoReturn:
    """Say what ended the run, in the way that was asked for, and end the process."""
    from pipelines import console

    if usage is not None and not console.wants_json(given):
        usage.show()
    else:
        console.fail(message, status, as_json=console.wants_json(given))
    sys.exit(status)


def _meant_for_imagemagick(arguments: list[str]) -> bool:
    files = [argument for argument in arguments if not argument.startswith("-")]
    flags = any(argument in _IMAGEMAGICK for argument in arguments)
    return flags or (
        len(files) >= 2 and "--to" not in arguments and all(file.lower().endswith(_IMAGES) for file in files)
    )


def options(rows: Iterable[Option]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Flags for rows of the table, in its order."""

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        for row in reversed(list(rows)):
            function = _flag(row)(function)
        return function

    return decorate


def _flag(row: Option) -> Callable[[Callable[..., int]], Callable[..., int]]:
    names = [*([f"-{row.short}"] if row.short else []), f"--{row.name}"]
    text = row.help or None
    if row.kind == FLAG:
        return click.option(*names, row.key, is_flag=True, help=text)
    if row.kind == NUMBER:
        return click.option(*names, row.key, metavar=row.metavar, type=click.IntRange(1, MOST_WORKERS), help=text)
    kind = click.Choice(row.choices) if row.choices else None
    return click.option(
        *names,
        row.key,
        metavar=row.metavar or None,
        type=kind,
        default=row.default,
        show_default=bool(row.default),
        help=text,
    )


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@options(OPTIONS)
@click.version_option(__version__, "-V", "--version", prog_name="postferry")
def site(sources: tuple[str, ...], **flags: Any) -> int:
    """Carry a blog from SOURCE to a new home and lose nothing on the way.

    SOURCE is an export file, a folder or an archive that holds exports, a pattern, or `-` for standard input; several
    sources are parts of one site. It may lie elsewhere, as may the output: https://, s3://, gs:// ... (docs/remote.md).
    """
    from msgspec.structs import replace

    from pipelines import console, interrupts, unchanged
    from pipelines.remote.conversion import run

    how = {"quiet": flags["quiet"], "log_format": flags["log_format"]}
    with (
        interrupts.heeded(),
        _here(sources, lambda: console.progress(**how)) as (names, called),
        console.progress(**how) as tell,  # also to find out what a large source is takes its time
    ):
        job = replace(flags_to_job(names, flags), called=called)
        job = replace(job, mark=unchanged.mark(job))
        with interrupts.patient(console.stopping(**how)):
            outcome = run(job, tell)
    status = outcome.status(strict=flags["strict"])
    if flags["log_format"] == "json":
        console.summary_in_json(outcome, job, status=status, quiet=flags["quiet"])
    else:
        console.summary(outcome, job, quiet=flags["quiet"], verbose=flags["verbose"])
    return status


@contextmanager
def _here(
    sources: Sequence[str], begin: Callable[[], AbstractContextManager[Progress]]
) -> Iterator[tuple[Sequence[str], dict[str, str]]]:
    """The sources and what the user calls them, see `pipelines.remote.fetch`, which is loaded only for addresses."""
    from pipelines.remote.address import is_remote

    if not any(is_remote(name) for name in sources):
        yield sources, {}
        return
    from pipelines.remote.fetch import local

    with local(sources, begin) as here:
        yield here.names, here.called


@click.command()
def formats() -> int:
    """List the importers, exporters and Markdown engines that are installed."""
    from converters.plugin import names

    for group in ("importers", "exporters", "markdown"):
        click.echo(f"{group}: {', '.join(names(group))}")
    return 0


def _batch() -> click.Command:
    from pipelines.batch.cli import batch

    return batch


_COMMANDS: dict[str, Callable[[], click.Command]] = {"formats": lambda: formats, "batch": _batch}
