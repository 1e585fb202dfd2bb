"""Options that an importer or an exporter of a third party has of its own: `--option NAME.KEY=VALUE`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from converters.errors import UsageError

if TYPE_CHECKING:
    from converters.model.options import PluginOption


def own_options(given: Sequence[str], importer: str, exporter: str) -> tuple[dict[str, str], dict[str, str]]:
    """The importer's and the exporter's options, each with the value that is given or its default.

    Raises UsageError for one that neither has, and for a value that it cannot have.
    """
    tables = {"importers": rows("importers", importer), "exporters": rows("exporters", exporter)}
    values = {group: {row.key: row.default for row in table} for group, table in tables.items()}
    places = {
        f"{short_name(name)}.{row.key}": (group, row)
        for group, name in (("importers", importer), ("exporters", exporter))
        for row in tables[group]
    }
    for text in given:
        name, mark, value = text.partition("=")
        if not mark:
            raise UsageError(f"--option is NAME.KEY=VALUE, not {text!r}.")
        if name not in places:
            raise UsageError(_unknown(name, sorted(places)))
        group, row = places[name]
        if row.choices and value not in row.choices:
            from converters.nearest import did_you_mean

            near = did_you_mean(value, row.choices)
            raise UsageError(f"{value!r} is no value of {name}: {', '.join(row.choices)}.{near}")
        values[group][row.key] = value
    return values["importers"], values["exporters"]


def rows(group: str, name: str) -> tuple[PluginOption, ...]:
    """The own options of an importer or an exporter; those that are built in have flags instead.

    Raises UsageError or PluginError for one that cannot be loaded.
    """
    if not name:
        return ()
    from converters.plugin import BUILT_IN

    if name in BUILT_IN[group]:
        return ()
    from converters.exporters.base import find_exporter
    from converters.importers.base import find_importer

    return find_importer(name).own_options if group == "importers" else find_exporter(name).own_options


def short_name(name: str) -> str:
    """The name of an importer or an exporter, also of one in a file: `mine` of `./mine.py:Thing`."""
    from pathlib import Path  # not for --help

    return Path(name.partition(":")[0]).stem


def _unknown(name: str, known: Sequence[str]) -> str:
    from converters.nearest import did_you_mean

    if not known:
        return f"There is no option {name!r}: the importer and the exporter of this conversion have none of their own."
    return f"There is no option {name!r}: {', '.join(known)}.{did_you_mean(name, known)}"
