"""The command `convert`, also installed as `postferry`. Maps flags to options; everything else happens elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from converters import __version__
from converters.errors import PostferryError, UsageError

if TYPE_CHECKING:
    from pipelines.run import Job, Outcome

EPILOG = """
\b
Examples:
  convert --from wordpress --to hugo export.xml
  convert export.xml -o my-blog --timezone Europe/Berlin
  convert part1.xml part2.xml -o my-blog --report report.json
  convert export.xml -o my-blog --rules rules.toml

\b
Exit status: 0 all carried; 2 usage; 3 warnings under --strict; 4 some items not carried;
65 not such a source; 66 no such source; 73 cannot write there; 74 disk full; 130 interrupted.

`convert formats` lists importers, exporters and Markdown engines. Where `convert` is ImageMagick's, this program
answers to `postferry`.
"""
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".ico", ".svg", ".pdf", ".psd", ".heic")
_MEDIA = {"json": "keep"}  # exporter -> what --media is unless said
_IMAGEMAGICK = ("-resize", "-quality", "-crop", "-rotate", "-density", "-thumbnail", "-background", "-strip", "-size")


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point of both scripts; ends the process with the status of the run."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if _meant_for_imagemagick(given):
        click.echo(
            "This is postferry's convert, not ImageMagick's (its newer name is magick). Use `postferry` here.", err=True
        )
        sys.exit(2)
    command: click.Command = site
    if given[:1] == ["formats"]:
        command, given = formats, given[1:]
    try:
        sys.exit(command.main(given, prog_name="convert", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except PostferryError as error:
        click.echo(f"convert: {error}", err=True)
        sys.exit(error.exit_status)
    except (click.Abort, KeyboardInterrupt):
        click.echo("convert: interrupted. Run the same command again to go on.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _meant_for_imagemagick(arguments: list[str]) -> bool:
    files = [argument for argument in arguments if not argument.startswith("-")]
    flags = any(argument in _IMAGEMAGICK for argument in arguments)
    return flags or (
        len(files) >= 2 and "--to" not in arguments and all(file.lower().endswith(_IMAGES) for file in files)
    )


@click.command(epilog=EPILOG, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--from", "importer", metavar="FORMAT", help="What the source is. Default: found out by looking at it.")
@click.option("--to", "exporter", metavar="FORMAT", default="hugo", show_default=True, help="What to write.")
@click.option("-o", "--output", metavar="DIR", help="Where to write. Default: ./SOURCE-FORMAT.")
@click.option(
    "--media",
    metavar="keep|rewrite|copy:DIR|download",
    help="The site's own pictures and files: addresses as they are, or root-relative; files copied from a folder such"
    " as wp-content/uploads, or downloaded. Default: rewrite; for json: keep.",
)
@click.option("--media-all", is_flag=True, help="Take the whole media library along, not only what the texts show.")
@click.option("--allow-private-hosts", is_flag=True, help="Let --media download ask hosts of the local network, too.")
@click.option(
    "--raw-html",
    type=click.Choice(["keep", "safe"]),
    default="keep",
    show_default=True,
    help="HTML that Markdown cannot say: as it is, or without scripts and event handlers.",
)
@click.option("--front-matter", type=click.Choice(["yaml", "toml", "json"]), default="yaml", show_default=True)
@click.option(
    "--permalinks",
    type=click.Choice(["keep", "none"]),
    default="keep",
    show_default=True,
    help="Keep every old address, or let the target choose new ones.",
)
@click.option(
    "--comments",
    type=click.Choice(["data", "none"]),
    default="data",
    show_default=True,
    help="Public comments as data files, or not at all.",
)
@click.option(
    "--redirects",
    metavar="A,B",
    default="",
    help="Files of former addresses for servers: netlify, cloudflare, nginx, apache, html.",
)
@click.option(
    "--json-layout",
    type=click.Choice(["feed", "lines", "files"]),
    default="feed",
    show_default=True,
    help="For json: one JSON Feed, JSON Lines, or a file an item.",
)
@click.option("--types", metavar="A,B", default="", help="Only these post types.")
@click.option("--status", metavar="A,B", default="", help="Only these statuses: published, draft, private ...")
@click.option(
    "--rules", metavar="FILE", default="", help="Your own rules for shortcodes and blocks, in TOML: see docs/rules.md."
)
@click.option(
    "--content-selector", metavar="CSS", default="", help="Of pages of HTML: the element that holds the text."
)
@click.option("--markdown-engine", metavar="NAME", help="See `convert formats`.")
@click.option("--timezone", metavar="ZONE", default="", help="For dates without an offset: Europe/Berlin, UTC ...")
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 256), help="Processes that convert. Default: as many as pay."
)
@click.option("--report", metavar="FILE", default="", help="Where the report goes. Default: inside the output folder.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--force", is_flag=True, help="Write into a folder that holds files of others, and over them.")
@click.option("--strict", is_flag=True, help="Exit with 3 when anything was changed or lost.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
@click.option("-v", "--verbose", is_flag=True, help="Name every notice.")
@click.version_option(__version__, "-V", "--version", prog_name="postferry")
def site(**flags: Any) -> int:
    """Carry a blog from SOURCE to a new home and lose nothing on the way.

    SOURCE is an export file, a folder or an archive that holds exports, a pattern, or `-` for standard input; several
    sources are parts of one site.
    """
    from pipelines import console
    from pipelines.run import run

    job = _job(flags)
    with console.progress(quiet=flags["quiet"]) as tell:
        outcome = run(job, tell)
    console.summary(outcome, job, quiet=flags["quiet"], verbose=flags["verbose"])
    return _status(outcome, strict=flags["strict"])


def _job(flags: dict[str, Any]) -> Job:
    """Flags to options, in one place."""
    from pathlib import Path

    from converters.model import Status
    from converters.options import ReadOptions, WriteOptions
    from converters.rules import Rules, read_rules
    from pipelines.carry import Options
    from pipelines.media.gather import parse_way
    from pipelines.media.wanted import Settings
    from pipelines.run import Job, guess_importer

    statuses = _listed(flags["status"])
    _check(statuses, [str(status) for status in Status], "status")
    read = ReadOptions(
        time_zone=_zone(flags["timezone"]),
        types=_listed(flags["types"]),
        statuses=statuses,
        rules=read_rules(Path(flags["rules"])) if flags["rules"] else Rules(),
        content_selector=flags["content_selector"],
    )
    way, folder = parse_way(flags["media"] or _MEDIA.get(flags["exporter"], "rewrite"))
    write = WriteOptions(
        front_matter=flags["front_matter"],
        media=way,
        raw_html=flags["raw_html"],
        permalinks=flags["permalinks"],
        comments=flags["comments"],
        redirects=_redirects(flags["redirects"]),
        json_layout=flags["json_layout"],
    )
    if flags["markdown_engine"]:
        from msgspec.structs import replace

        write = replace(write, markdown_engine=flags["markdown_engine"])
    importer = flags["importer"] or guess_importer(flags["sources"])
    output = flags["output"] or _default_output(flags["sources"][0], flags["exporter"])
    options = Options(importer, flags["exporter"], read, write)
    taken = way if way in ("copy", "download") else ""
    media = Settings(taken, folder, flags["media_all"], flags["allow_private_hosts"])
    workers = flags["workers"] or 0
    return Job(flags["sources"], output, options, flags["force"], flags["dry_run"], flags["report"], workers, media)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _check(given: Sequence[str], known: Sequence[str], what: str) -> None:
    import difflib

    for name in given:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"{name!r} is no {what}: {', '.join(known)}.{hint}")


def _redirects(text: str) -> tuple[str, ...]:
    from converters.redirects import FORMATS

    names = tuple(dict.fromkeys(_listed(text)))
    _check(names, list(FORMATS), "server")
    if {"netlify", "cloudflare"} <= set(names):
        raise UsageError("Netlify and Cloudflare Pages read the same file, `_redirects`: name one of them.")
    return names


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    if name:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            _check([name], sorted(available_timezones()), "time zone")
    return name


def _default_output(source: str, exporter: str) -> str:
    from pathlib import Path

    name = Path(source).name if source != "-" else "site"
    for suffix in (".gz", ".tar", ".tgz", ".zip", ".xml"):
        name = name.removesuffix(suffix)
    return f"{name or 'site'}-{Path(exporter.partition(':')[0]).stem}"


def _status(outcome: Outcome, *, strict: bool) -> int:
    from converters.notices import Severity

    account = outcome.account
    if account.failed or account.incomplete:
        return 4
    return 3 if strict and (account.worst() >= Severity.CHANGED or outcome.kept) else 0


@click.command()
def formats() -> int:
    """List the importers, exporters and Markdown engines that are installed."""
    from converters.plugin import names

    for group in ("importers", "exporters", "markdown"):
        click.echo(f"{group}: {', '.join(names(group))}")
    return 0
