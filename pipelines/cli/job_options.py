"""The job that options make together, whether they come from flags or from the keys of a job file.

What is heavy is imported when it is used: the command imports this at every start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from converters.errors import PluginError, UsageError
from pipelines.cli.option_values import check_names, listed
from pipelines.cli.options import JOB, LIST, MANY, MEDIA, OPTIONS, READ, TEXT, WRITE, Option
from pipelines.cli.own_options import own_options, short_name

if TYPE_CHECKING:
    from converters.exporters.base import Target
    from pipelines.run.convert import Job


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
                _parsed(option, values[option.key])
            except (UsageError, PluginError) as error:
                yield option.name, str(error)


def _parsed(option: Option, value: Any) -> Any:
    """The value as a job holds it. Raises UsageError or PluginError for an invalid one."""
    if option.choices and value != option.default:
        check_names([value], option.choices, f"value of {option.name}")
    parse = option.parse or (listed if option.kind == LIST else None)
    return parse(value) if parse is not None else value


def job(sources: Sequence[str], given: Mapping[str, Any]) -> Job:
    """The job that the options make. Raises UsageError or PluginError for values that are invalid."""
    from converters.exporters.base import find_target
    from converters.model.options import ReadOptions, WriteOptions
    from pipelines.media.media_queue import Settings
    from pipelines.run.carry import Options
    from pipelines.run.convert import Job
    from pipelines.run.executors import chosen
    from pipelines.sources.guess import guess_importer

    values = complete(given)
    made = {option.key: _parsed(option, values[option.key]) for option in OPTIONS}

    def fields(record: str) -> dict[str, Any]:
        return {option.field or option.key: made[option.key] for option in OPTIONS if option.sets == record}

    target = find_target(made["to"])
    way, folder = made["media"] or (target.media, "")
    if made["bundles"]:
        _check_bundles(target, way)
    if made["workflow"] and "workflow" not in target.options:
        raise UsageError(f"--workflow is for sites that are built: use it with --to hugo or jekyll, not {target.name}.")
    importer = made["from"] or guess_importer(sources)
    own_of_importer, own_of_exporter = own_options(made["option"], importer, made["to"])
    read = ReadOptions(own=own_of_importer, draft_files=made["media_drafts"], **fields(READ))
    write = WriteOptions(media=way, front_matter_rules=read.rules.front_matter, own=own_of_exporter, **fields(WRITE))
    processes, scheduler = chosen(made["executor"], made["scheduler"], made["workers"] or 0)
    return Job(
        tuple(sources),
        made["output"] or default_output(sources[0], made["to"]),
        Options(importer, made["to"], read, write, made["item_timeout"], made["verify"], passes=made["pass"]),
        workers=processes,
        scheduler=scheduler,
        media=Settings(way if way in ("copy", "download") else "", folder, **fields(MEDIA)),
        **fields(JOB),
    )


def _check_bundles(target: Target, way: str) -> None:
    """Raises UsageError where no post could have a folder, or nothing would be in it."""
    if "bundles" not in target.options:
        raise UsageError(f"--bundles makes page bundles of Hugo: use it with --to hugo, not {target.name}.")
    if way not in ("copy", "download"):
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
