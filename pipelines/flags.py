"""The options of a conversion, in one table: the command makes its flags of it, a file of jobs its keys.

Whatever an option may be is checked here, so that a flag and a key are refused with the same words. Nothing heavy is
imported before it is used: `--help` reads this table, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from converters.errors import PluginError, UsageError

if TYPE_CHECKING:
    from converters.rules import Rules
    from pipelines.run import Job

TEXT, LIST, FLAG, NUMBER = "text", "list", "flag", "number"


class Option(NamedTuple):
    """One option. Its name is that of the flag, without dashes, and of the key."""

    name: str
    help: str
    kind: str = TEXT
    """What a value is: text, several texts (for a flag with commas between), true or false, or a whole number."""
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    """Empty: what the help says, or nothing."""
    short: str = ""
    of_run: bool = False
    """Concerns the run of the command and not one site: no key of a file of jobs."""

    @property
    def key(self) -> str:
        """Its name in a dict of values."""
        return self.name.replace("-", "_")


OPTIONS = (
    Option("from", "What the source is. Default: found out by looking at it.", metavar="FORMAT"),
    Option("to", "What to write.", metavar="FORMAT", default="hugo"),
    Option("output", "Where to write, also s3://, gs://, az://. Default: ./SOURCE-FORMAT.", metavar="DIR", short="o"),
    Option(
        "media",
        "The site's own pictures and files: addresses as they are, or root-relative; files copied from a folder such"
        " as wp-content/uploads, or downloaded. Default: rewrite; for json: keep.",
        metavar="keep|rewrite|copy:DIR|download",
    ),
    Option(
        "bundles",
        "For hugo, with --media copy or download: a folder a post, with the pictures that it alone shows.",
        FLAG,
    ),
    Option("media-all", "Take the whole media library along, not only what the texts show.", FLAG),
    Option(
        "max-file-size",
        "The largest file that --media copy or download takes: 20M, 2G ...",
        metavar="SIZE",
        default="512M",
    ),
    Option("allow-private-hosts", "Let --media download ask hosts of the local network, too.", FLAG),
    Option("insecure-media", "Let --media download ask servers whose certificates are not valid.", FLAG),
    Option(
        "raw-html",
        "HTML that Markdown cannot say: as it is, or without scripts and event handlers. Default: safe; from Hugo to"
        " Hugo: keep.",
        choices=("keep", "safe"),
    ),
    Option("front-matter", "", choices=("yaml", "toml", "json"), default="yaml"),
    Option(
        "permalinks",
        "Keep every old address, or let the target choose new ones.",
        choices=("keep", "none"),
        default="keep",
    ),
    Option("comments", "Public comments as data files, or not at all.", choices=("data", "none"), default="data"),
    Option("comments-private", "Write e-mail addresses and IPs of those who commented, too.", FLAG),
    Option(
        "redirects",
        "Files of former addresses for servers: netlify, cloudflare, nginx, apache, html.",
        LIST,
        metavar="A,B",
    ),
    Option(
        "json-layout",
        "For json: one JSON Feed, JSON Lines, or a file an item.",
        choices=("feed", "lines", "files"),
        default="feed",
    ),
    Option("types", "Only these post types.", LIST, metavar="A,B"),
    Option("status", "Only these statuses: published, draft, private ...", LIST, metavar="A,B"),
    Option("rules", "Your own rules, in TOML, for what becomes of things: see docs/rules.md.", metavar="FILE"),
    Option("content-selector", "Of pages of HTML: the element that holds the text.", metavar="CSS"),
    Option("markdown-engine", "See `convert formats`.", metavar="NAME"),
    Option("timezone", "For dates without an offset: Europe/Berlin, UTC ...", metavar="ZONE"),
    Option(
        "item-timeout",
        "The longest that one item may take; what takes longer is left out and named. 0: no limit.",
        metavar="SECONDS",
        default="60",
    ),
    Option("workers", "Processes that convert. Default: as many as pay.", NUMBER, metavar="N", of_run=True),
    Option(
        "executor",
        "Who converts: processes of this machine, this process, or a Dask cluster (docs/batch.md).",
        choices=("local", "inline", "dask"),
        default="local",
        of_run=True,
    ),
    Option("scheduler", "Of the Dask cluster: tcp://HOST:8786.", metavar="ADDRESS", of_run=True),
    Option(
        "report",
        "Where the report goes: FILE.html, or FILE.json. Default: both inside the output folder.",
        metavar="FILE",
    ),
    Option(
        "verify",
        "Read back what is written of each item and compare it with its source: exit with 5 when something is lost"
        " (docs/verify.md).",
        FLAG,
    ),
    Option("dry-run", "Do everything but write.", FLAG, of_run=True),
    Option("force", "Write into a folder that holds files of others, and over them.", FLAG),
    Option("strict", "Exit with 3 when anything was changed or lost.", FLAG),
    Option(
        "log-format",
        "How progress and summary are said: text, or an object of JSON a line (docs/progress.md).",
        choices=("text", "json"),
        default="text",
        of_run=True,
    ),
    Option("quiet", "Say nothing unless something failed.", FLAG, short="q", of_run=True),
    Option("verbose", "Name every notice.", FLAG, short="v", of_run=True),
)
MOST_WORKERS = 256
_DIGITS = 6
_SHOWN = 40
"""Names that an error lists at most."""
_MEDIA = {"json": "keep"}  # exporter -> what media is unless said


def complete(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values for all options: those given, by key, and the defaults of the others."""
    defaults = {option.key: option.default if option.kind in (TEXT, LIST) else False for option in OPTIONS}
    return {**defaults, "workers": None, **{key: value for key, value in given.items() if value is not None}}


def problems(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name of the option, what is wrong with its value) for each that cannot be used."""
    for option in OPTIONS:
        if option.key in values:
            try:
                _checked(option, values[option.key])
            except (UsageError, PluginError) as error:
                yield option.name, str(error)


def _checked(option: Option, value: Any) -> Any:
    """The value as a job wants it. Raises UsageError or PluginError for one that is none."""
    if option.choices and value != option.default:
        _check([value], option.choices, f"value of {option.name}")
    made = _MAKE.get(option.name, _listed if option.kind == LIST else None)
    return made(value) if made is not None else value


def job(sources: Sequence[str], given: Mapping[str, Any]) -> Job:
    """Options to the job they ask for, in one place. Raises UsageError or PluginError for values that are none."""
    from converters.options import ReadOptions, WriteOptions
    from pipelines.carry import Options
    from pipelines.executors import chosen
    from pipelines.media.pace import Pace
    from pipelines.media.wanted import Settings
    from pipelines.run import Job, guess_importer

    values = complete(given)
    made = {option.key: _checked(option, values[option.key]) for option in OPTIONS}
    read = ReadOptions(
        time_zone=made["timezone"],
        types=made["types"],
        statuses=made["status"],
        rules=made["rules"],
        content_selector=made["content_selector"],
        comments_private=made["comments_private"],
    )
    way, folder = made["media"] or (_MEDIA.get(made["to"], "rewrite"), "")
    _check_bundles(made["to"], way, wanted=made["bundles"])
    engine = {"markdown_engine": made["markdown_engine"]} if made["markdown_engine"] else {}
    write = WriteOptions(
        front_matter=made["front_matter"],
        front_matter_rules=made["rules"].front_matter,
        media=way,
        raw_html=made["raw_html"],
        permalinks=made["permalinks"],
        comments=made["comments"],
        redirects=made["redirects"],
        json_layout=made["json_layout"],
        bundles=made["bundles"],
        **engine,
    )
    options = Options(
        made["from"] or guess_importer(sources), made["to"], read, write, made["item_timeout"], made["verify"]
    )
    processes, scheduler = chosen(made["executor"], made["scheduler"], made["workers"] or 0)
    taken = way if way in ("copy", "download") else ""
    return Job(
        tuple(sources),
        made["output"] or default_output(sources[0], made["to"]),
        options,
        force=made["force"],
        dry_run=made["dry_run"],
        report=made["report"],
        workers=processes,
        scheduler=scheduler,
        media=Settings(
            taken,
            folder,
            made["media_all"],
            made["allow_private_hosts"],
            Pace(file_bytes=made["max_file_size"]),
            made["insecure_media"],
        ),
    )


def _check_bundles(to: str, way: str, *, wanted: bool) -> None:
    """Raises UsageError where no post could have a folder, or nothing would lie in it."""
    if wanted and to != "hugo":
        raise UsageError(f"--bundles makes page bundles of Hugo: use it with --to hugo, not {to}.")
    if wanted and way not in ("copy", "download"):
        raise UsageError("--bundles puts pictures beside the posts: say where from, --media copy:DIR or download.")


def stem(source: str) -> str:
    """The name of a source without the endings of exports and archives."""
    from pathlib import Path

    name = Path(source).name if source != "-" else "site"
    for suffix in (".gz", ".tar", ".tgz", ".zip", ".xml"):
        name = name.removesuffix(suffix)
    return name or "site"


def default_output(source: str, exporter: str) -> str:
    """The folder that is written when none is named."""
    return f"{stem(source)}-{format_name(exporter)}"


def format_name(exporter: str) -> str:
    """The name of an exporter, also of one in a file: `mine` of `./mine.py:Thing`."""
    from pathlib import Path

    return Path(exporter.partition(":")[0]).stem


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """` Did you mean X?`, or nothing when no known name is near."""
    import difflib

    near = difflib.get_close_matches(name, known, n=1)
    return f" Did you mean {near[0]}?" if near else ""


def _check(given: Sequence[str], known: Sequence[str], what: str) -> None:
    for name in given:
        if name not in known:
            listed = f": {', '.join(known)}" if len(known) <= _SHOWN else ""
            raise UsageError(f"{name!r} is no {what}{listed}.{did_you_mean(name, known)}")


def _listed(value: str | Sequence[str]) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def _named(group: str) -> Callable[[str], str]:
    """A name that the registry knows; empty for none."""

    def check(name: str) -> str:
        from converters.plugin import BUILT_IN, find

        if name and name not in BUILT_IN[group]:
            find(group, name)
        return name

    return check


def _statuses(value: str | Sequence[str]) -> tuple[str, ...]:
    from converters.model import Status

    names = _listed(value)
    _check(names, [str(status) for status in Status], "status")
    return names


def _redirects(value: str | Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(_listed(value)))
    if names:
        from converters.redirects import FORMATS

        _check(names, list(FORMATS), "server")
    if {"netlify", "cloudflare"} <= set(names):
        raise UsageError("Netlify and Cloudflare Pages read the same file, `_redirects`: name one of them.")
    return names


def _zone(name: str) -> str:
    if not name:
        return name
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder of zones
        _check([name], sorted(available_timezones()), "time zone")
    return name


def _rules(file: str) -> Rules:
    from pathlib import Path

    from converters.rules import Rules
    from converters.rules.read import read_rules

    return read_rules(Path(file)) if file else Rules()


def _media(value: str) -> tuple[str, str] | None:
    from pipelines.media.gather import parse_way

    return parse_way(value) if value else None


def _size(value: str) -> int:
    from pipelines.media.gather import parse_size

    return parse_size(value)


def _seconds(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= _DIGITS):
        raise UsageError(f"--item-timeout is a whole number of seconds, or 0 for no limit, not {value!r}.")
    return int(value)


_MAKE: dict[str, Callable[[Any], Any]] = {
    "from": _named("importers"),
    "to": _named("exporters"),
    "markdown-engine": _named("markdown"),
    "media": _media,
    "item-timeout": _seconds,
    "max-file-size": _size,
    "redirects": _redirects,
    "status": _statuses,
    "rules": _rules,
    "timezone": _zone,
}
