"""The command `convert`, also installed as `postferry`: which command the arguments name, and what its end means for
the exit status. What the commands do happens elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from converters import __version__
from converters.errors import MissingSourceError, PostferryError
from pipelines.cli import terminal
from pipelines.cli.click_options import (
    SETTINGS,
    SHELLS,
    Choice,
    Grouped,
    completed,
    completion_script,
    files,
    options,
)
from pipelines.cli.job_options import job as options_to_job
from pipelines.cli.options import OPTIONS
from pipelines.run.executors import collect_garbage_seldom

EPILOG = """
\b
Examples:
  convert inspect export.xml
  convert --from wordpress --to hugo export.xml -o my-blog
  convert part1.xml part2.xml -o my-blog --media download --rules rules.toml

\b
Other commands, each with a --help of its own:
  convert inspect SOURCE       what it is, what it holds, what will need care
  convert verify DIR --against SOURCE   what a site lacks of its source
  convert batch JOBS.toml      many sites in one run
  convert formats              importers, exporters and Markdown engines
  convert completion SHELL     completion of words for bash, zsh and fish
Alone on a terminal, `convert` asks what to do.

\b
Exit status: 0 all carried; 2 usage; 3 warnings under --strict; 4 some items not carried; 5 --verify found a loss;
65 not such a source; 66 no such source, or it changed; 69 a server cannot be reached;
71 no memory or files left; 73 cannot write there; 74 disk full; 75 another run is at it;
130 interrupted (Ctrl-C), 143 ended by SIGTERM: the same command goes on.

Where `convert` is ImageMagick's, this program answers to `postferry`.
"""
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".ico", ".svg", ".pdf", ".psd", ".heic")
_IMAGEMAGICK = ("-resize", "-quality", "-crop", "-rotate", "-density", "-thumbnail", "-background", "-strip", "-size")


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of both scripts; ends the process with the status of the run."""
    collect_garbage_seldom()
    terminal.make_streams_last()
    given = _typed() if arguments is None else list(arguments)
    if _meant_for_imagemagick(given):
        click.echo(
            "This is postferry's convert, not ImageMagick's (its newer name is magick). Use `postferry` here.", err=True
        )
        sys.exit(2)
    if (words := completed(site, COMMANDS)) is not None:
        click.echo(words)
        return
    try:
        sys.exit(_run(given))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        _fail(error.format_message(), 2, given, error)
    except PostferryError as error:
        _fail(f"{error}{_command_meant(error, given)}", error.exit_status, given)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted. Run the same command again to go on.", 130, given)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        from pipelines.cli.os_errors import named

        known = named(error)
        if known is None:
            raise
        _fail(str(known), known.exit_status, given)


def _typed() -> list[str]:
    """What was typed. Where names of files are in an encoding that cannot hold those of a site (`LC_ALL=C`, Latin-1),
    the program begins anew with UTF-8."""
    if sys.getfilesystemencoding() != "utf-8":
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    return sys.argv[1:]


def _run(given: list[str]) -> int:
    """Do what the words say; ask what to do where there are none, and somebody to ask."""
    command: click.Command = site
    name = "convert"
    if given and given[0] in COMMANDS:
        command, name, given = COMMANDS[given[0]](), f"convert {given[0]}", given[1:]
    elif not given and sys.stdin.isatty() and sys.stderr.isatty():
        from pipelines.cli.wizard import ask

        given = ask()
    return command.main(given, prog_name=name, standalone_mode=False, obj=tuple(given)) or 0


def _command_meant(error: PostferryError, given: Sequence[str]) -> str:
    """A word that is no file may be a mistyped command."""
    if not isinstance(error, MissingSourceError) or not given or "Did you mean" in str(error):
        return ""
    from converters.nearest import nearest

    near = nearest(given[0], COMMANDS)
    return f" Did you mean `convert {near}`?" if near else ""


def _fail(message: str, status: int, given: Sequence[str], usage: click.ClickException | None = None) -> NoReturn:
    """Say what ended the run, in the way that was asked for, and end the process."""
    as_json = terminal.wants_json(given)
    if usage is not None and not as_json:
        usage.show()
    else:
        terminal.fail(message, status, as_json=as_json)
    sys.exit(status)


def _meant_for_imagemagick(arguments: list[str]) -> bool:
    files = [argument for argument in arguments if not argument.startswith("-")]
    flags = any(argument in _IMAGEMAGICK for argument in arguments)
    return flags or (
        len(files) >= 2 and "--to" not in arguments and all(file.lower().endswith(_IMAGES) for file in files)
    )


@click.command(cls=Grouped, epilog=EPILOG, no_args_is_help=True, context_settings=SETTINGS)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=files)
@options(OPTIONS)
@click.version_option(__version__, "-V", "--version", prog_name="postferry")
def site(sources: tuple[str, ...], **flags: Any) -> int:
    """Carry a blog from SOURCE to a new home and lose nothing on the way.

    SOURCE is an export file, a folder or an archive that holds exports, a pattern, or `-` for standard input; several
    sources are parts of one site. It may lie elsewhere, as may the output: https://, s3://, gs:// ... (docs/remote.md).
    """
    from msgspec.structs import replace

    from pipelines.cli import run_summary
    from pipelines.remote.conversion import run
    from pipelines.run import interrupts
    from pipelines.run.fingerprint import run_fingerprint

    how = {"quiet": flags["quiet"], "log_format": flags["log_format"]}
    with terminal.attended(sources, **how) as (names, called, tell):
        job = replace(options_to_job(names, flags), called=called)
        job = replace(job, fingerprint=run_fingerprint(job))
        with interrupts.defer(terminal.stopping(**how)):
            outcome = run(job, tell)
    status = outcome.status(strict=flags["strict"])
    if flags["log_format"] == "json":
        run_summary.summary_in_json(outcome, job, status=status, quiet=flags["quiet"])
    else:
        run_summary.summary(outcome, job, quiet=flags["quiet"], verbose=flags["verbose"], again=_for_good())
    return status


def _for_good() -> str:
    """The command that was typed, without `--dry-run`."""
    import shlex

    return shlex.join(["convert", *(word for word in click.get_current_context().obj or () if word != "--dry-run")])


@click.command()
def formats() -> int:
    """List the importers, exporters and Markdown engines that are installed."""
    from converters.plugin import names

    for group in ("importers", "exporters", "markdown"):
        click.echo(f"{group}: {', '.join(names(group))}")
    return 0


@click.command()
@click.argument("shell", type=Choice(SHELLS))
def completion(shell: str) -> int:
    """Print what SHELL has to read to complete words of this command.

    \b
    bash: convert completion bash > ~/.local/share/bash-completion/completions/convert
    zsh:  convert completion zsh > "${fpath[1]}/_convert"
    fish: convert completion fish > ~/.config/fish/completions/convert.fish
    """
    from pipelines.inspect.cli import program

    click.echo(completion_script(shell, program(), site))
    return 0


def _inspect() -> click.Command:
    from pipelines.inspect.cli import inspect

    return inspect


def _verify() -> click.Command:
    from pipelines.verify.cli import verify

    return verify


def _batch() -> click.Command:
    from pipelines.batch.cli import batch

    return batch


COMMANDS: dict[str, Callable[[], click.Command]] = {
    "inspect": _inspect,
    "verify": _verify,
    "batch": _batch,
    "formats": lambda: formats,
    "completion": lambda: completion,
}
"""Name -> the command, imported when it is used."""
