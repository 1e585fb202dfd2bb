"""Sites of the tables of a file of jobs: patterns into the files that fit, templates into names, no two the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from converters.errors import SourceError, UsageError
from converters.importers.shared.hidden import PassedOver
from converters.model.limits import DEFAULT
from converters.nearest import did_you_mean
from converters.paths import safe_name
from pipelines.batch.jobs import OF_A_SITE, Jobs, JobsError, Table, placed
from pipelines.cli.job_options import default_output, stem
from pipelines.cli.own_options import short_name
from pipelines.remote.address import is_pattern, is_remote, last_part, names_hidden, shown

_PLACE = re.compile(r"\{(\w+)\}")
_PLACES = ("stem", "parent", "to")
_NEVER = frozenset("/\\*?")
"""Signs that mean something in a path or a pattern."""
_TEMPLATES = ("output", "name", "report")


class BatchSite(msgspec.Struct, frozen=True):
    """One site to carry."""

    number: int
    """Of its table, from 0."""
    name: str
    sources: tuple[str, ...]
    """From the folder of the file, as written."""
    output: str
    """From the folder of the file, as written."""
    values: dict[str, Any]
    """name of an option -> value, as written."""


def read_jobs(file: Path, passed: PassedOver | None = None) -> list[BatchSite]:
    """The sites of the file, in its order. Raises JobsError with all that is wrong, UsageError when it is no TOML.

    `passed` collects what fits a pattern and is hidden.
    """
    jobs, hidden = Jobs(file), passed or PassedOver()
    sites = [site for table in jobs.tables() for site in _sites(jobs, table, hidden)]
    sites = _named(jobs, sites)
    _apart(jobs, sites)
    if jobs.problems:
        raise JobsError(file, jobs.problems)
    return sites


def _sites(jobs: Jobs, table: Table, passed: PassedOver) -> Iterator[BatchSite]:
    where = ("site", table.number)
    templates = [key for key in _TEMPLATES if _PLACE.search(table.values.get(key, ""))]
    wrong = [(key, place) for key in templates for place in _PLACE.findall(table.values[key]) if place not in _PLACES]
    for key, place in wrong:
        listed = ", ".join(f"{{{known}}}" for known in _PLACES)
        jobs.problem((*where, key), f"{{{place}}} stands for nothing; {listed} do.{did_you_mean(place, _PLACES)}")
    if wrong:
        return
    of_source = any(place in ("stem", "parent") for key in templates for place in _PLACE.findall(table.values[key]))
    each = table.values.get("each", of_source)
    if not each and len(table.sources) > 1 and of_source:
        jobs.problem((*where, "each"), "one site of several sources cannot be named after one of them; leave it out.")
        return
    called_so = any(
        not is_remote(name) and is_pattern(name) and (jobs.folder / name).exists() for name in table.sources
    )
    matches = _matches(jobs, table, passed) if each or called_so else []
    groups = [(name,) for name in matches] if each else [tuple(matches) or table.sources]
    for sources in groups:
        yield _site(jobs, table, sources)


def _matches(jobs: Jobs, table: Table, passed: PassedOver) -> list[str]:
    """What the patterns fit, once each, in the order of the patterns, then by name.

    A file that is called as a pattern is (`*.xml`) is one of those that fit it, and keeps none of them away.
    """
    found: dict[str, None] = {}
    for name in table.sources:
        if is_remote(name):
            every = _elsewhere(jobs, table, name) if is_pattern(name) else [name]
            hidden = is_pattern(name) and not names_hidden(name)
            found |= dict.fromkeys(one for one in every if not (hidden and passed.hides(last_part(one))))
            continue
        path = jobs.folder / name
        if not is_pattern(name):
            found[name] = None
            continue
        itself = [path] if path.exists() else []
        start = Path(Path(name).anchor or jobs.folder)
        try:
            matches = start.glob(str(Path(name).relative_to(Path(name).anchor)))
            fitting = sorted({*itself, *(match for match in matches if not _hidden(match, name, jobs, passed))})
        except (ValueError, NotImplementedError, IndexError) as error:
            if itself:
                found[name] = None
            else:
                jobs.problem(("site", table.number, "source"), f"{name!r} is no pattern: {error}.")
            continue
        if not fitting:
            jobs.problem(("site", table.number, "source"), f"nothing fits {name!r}.")
        found |= dict.fromkeys(str(match if Path(name).anchor else match.relative_to(jobs.folder)) for match in fitting)
    return list(found)


def _hidden(match: Path, pattern: str, jobs: Jobs, passed: PassedOver) -> bool:
    """Is that one of the files nobody means by a pattern? Below the folders that the pattern names itself."""
    if names_hidden(pattern):
        return False
    fixed = [part for part in Path(pattern).parts if not is_pattern(part)]
    relative = match.relative_to(jobs.folder) if not Path(pattern).anchor else match
    variable = [part for part in relative.parts if part not in fixed]
    return bool(variable) and passed.hides("/".join(variable))


def _elsewhere(jobs: Jobs, table: Table, name: str) -> list[str]:
    """What a pattern fits in an object store. Raises UnavailableError when that does not answer."""
    from pipelines.remote.fetch import matches
    from pipelines.remote.store import RemoteStore

    try:
        found = matches(RemoteStore(name), name)
    except (SourceError, UsageError) as error:
        jobs.problem(("site", table.number, "source"), str(error))
        return [name]
    start = f"{name.partition('://')[0]}://"
    return [f"{start}{path.lstrip('/')}" for path in found] or [name]


def _site(jobs: Jobs, table: Table, sources: Sequence[str]) -> BatchSite:
    target = str(table.values.get("to", OF_A_SITE["to"].default))
    first = Path(shown(sources[0]))
    above = first.parent if is_remote(sources[0]) else (jobs.folder / first).absolute().parent
    parent = above.name if above.name not in ("", "..") else above.resolve().name
    places = {"stem": part_of_path(stem(str(first))), "parent": part_of_path(parent), "to": short_name(target)}

    def filled(key: str) -> str:
        return _PLACE.sub(lambda place: places[place[1]], str(table.values.get(key, "")))

    options = {key: value for key, value in table.values.items() if key in OF_A_SITE}
    output = filled("output") or default_output(str(first), target)
    options |= {"output": output, **({"report": filled("report")} if "report" in options else {})}
    return BatchSite(table.number, filled("name"), tuple(sources), output, options)


def part_of_path(name: str) -> str:
    """The name, as one that can stand in a path: files may be called by strangers, and one called `...xml` leads up.

    A name that says nothing else stays as it is; any other becomes a safe one, with a hash that keeps it apart.
    """
    safe = all(sign.isprintable() and sign not in _NEVER for sign in name)
    if safe and name[:1] not in ("", ".", "~", "-", " ") and name[-1:] not in (".", " "):
        return name
    mark = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return f"{safe_name(name, limit=DEFAULT.file_name_bytes).lstrip('.~- ') or 'site'}-{mark}"


def _named(jobs: Jobs, sites: list[BatchSite]) -> list[BatchSite]:
    """A site without a name is called like its folder; like the way there, when others are called so, too."""
    folders = [Path(shown(site.output)).name for site in sites]
    taken = {site.name for site in sites if site.name}
    given: list[BatchSite] = []
    names: dict[str, BatchSite] = {}
    for site, folder in zip(sites, folders, strict=True):
        short = bool(folder) and folders.count(folder) == 1 and folder not in taken
        name = site.name or (
            folder if short else (shown(site.output) if is_remote(site.output) else Path(site.output).as_posix())
        )
        other = names.setdefault(name, site)
        if other is not site and site.name:
            jobs.problem(("site", site.number, "name"), f"{name!r} is the name of site {other.number + 1}, too.")
        given.append(msgspec.structs.replace(site, name=name))
    return given


def _apart(jobs: Jobs, sites: list[BatchSite]) -> None:
    """No two sites write to one place, and none into or from what another writes: the order would decide."""
    outputs: dict[Path, BatchSite] = {}
    reports: dict[Path, BatchSite] = {}
    for site in sites:
        where = ("site", site.number, "output")
        other = outputs.setdefault(_place(jobs, site.output), site)
        if other is not site:
            hint = _hint(site, other)
            jobs.problem(where, f"{shown(site.output)} is where {_called(other)} goes, too.{hint}")
        report = placed("report", site.values.get("report", ""), jobs.folder)
        other = reports.setdefault(Path(report).resolve(), site) if report else site
        if other is not site:
            jobs.problem(
                ("site", site.number, "report"), f"{site.values['report']} is the report of {_called(other)}, too."
            )
    for site in sites:
        output = _place(jobs, site.output)
        for folder in output.parents:
            if folder in outputs:
                text = f"{shown(site.output)} lies in the folder of {_called(outputs[folder])}."
                jobs.problem(("site", site.number, "output"), text)
        for source in site.sources:
            path = _place(jobs, source)
            made = next((outputs[part] for part in (path, *path.parents) if part in outputs), None)
            if made is not None and made is not site:
                text = f"{shown(source)} is written by {_called(made)}; read it in a batch of its own, afterwards."
                jobs.problem(("site", site.number, "source"), text)


def _place(jobs: Jobs, name: str) -> Path:
    """Where that is; of addresses a path that has the same folders above it."""
    return Path(shown(name).rstrip("/")) if is_remote(name) else (jobs.folder / name).resolve()


def _called(site: BatchSite) -> str:
    return f"site {site.number + 1} ({', '.join(map(shown, site.sources))})"


def _hint(site: BatchSite, other: BatchSite) -> str:
    return " Put {stem} into it." if site.number == other.number else " Give it a folder of its own."
