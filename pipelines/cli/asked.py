"""What options ask for: each value checked, the job that they make together.

A flag and a key of a file of jobs are refused with the same words, since both are checked here. What is heavy is
imported when it is used: the command imports this at every start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from converters.errors import PluginError, UsageError
from pipelines.cli.flags import LIST, MANY, OPTIONS, TEXT, Option
from pipelines.cli.own_options import own_options, short_name

if TYPE_CHECKING:
    from converters.rules import Rules
    from pipelines.run.convert import Job

_DIGITS = 6
_SHOWN = 40
"""Names that an error lists at most."""
_MEDIA = {"json": "keep"}  # exporter -> what media is unless said


def complete(given: Mapping[str, Any]) -> dict[str, Any]:
    """Values for all options: those given, by key, and the defaults of the others."""
    defaults: dict[str, Any] = {
        option.key: option.default if option.kind in (TEXT, LIST) else () if option.kind == MANY else False
        for option in OPTIONS
    }
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
    from converters.model.options import ReadOptions, WriteOptions
    from pipelines.media.pace import Pace
    from pipelines.media.wanted import Settings
    from pipelines.run.carry import Options
    from pipelines.run.convert import Job
    from pipelines.run.executors import chosen
    from pipelines.sources.guess import guess_importer

    values = complete(given)
    made = {option.key: _checked(option, values[option.key]) for option in OPTIONS}
    importer = made["from"] or guess_importer(sources)
    own_of_importer, own_of_exporter = own_options(made["option"], importer, made["to"])
    read = ReadOptions(
        time_zone=made["timezone"],
        types=made["types"],
        public_types=made["public_types"],
        statuses=made["status"],
        rules=made["rules"],
        content_selector=made["content_selector"],
        comments_private=made["comments_private"],
        own=own_of_importer,
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
        trust_source=made["trust_source"],
        own=own_of_exporter,
        **engine,
    )
    options = Options(importer, made["to"], read, write, made["item_timeout"], made["verify"])
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
            made["media_drafts"],
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
    return f"{stem(source)}-{short_name(exporter)}"


def _check(given: Sequence[str], known: Sequence[str], what: str) -> None:
    from converters.nearest import did_you_mean

    for name in given:
        if name not in known:
            listed = f": {', '.join(known)}" if len(known) <= _SHOWN else ""
            raise UsageError(f"{name!r} is no {what}{listed}.{did_you_mean(name, known)}")


def _listed(value: str | Sequence[str]) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts if part.strip())


def _each(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


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
        from converters.exporters.site.redirects import FORMATS

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
    "option": _each,
    "media": _media,
    "item-timeout": _seconds,
    "max-file-size": _size,
    "redirects": _redirects,
    "status": _statuses,
    "rules": _rules,
    "timezone": _zone,
}
