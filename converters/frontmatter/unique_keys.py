"""Keys of front matter, each for one thing: two things that want the same key get two.

A taxonomy of the site's own, or a custom field, can be called like a field of the target, like another one, or differ
from it in letters that the target does not tell apart. Whatever stands in the way, nothing is written over: the one
that comes second gets a key of its own. The same names give the same keys in every file of a site.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from converters.model.notices import Log
from converters.paths import fold


def taxonomy_keys(
    taxonomies: Iterable[str],
    fixed: Mapping[str, str],
    plain: Callable[[str], str],
    is_reserved: Callable[[str], bool],
) -> dict[str, str]:
    """taxonomy -> key, each key once.

    `fixed`: taxonomies whose keys the target knows. `plain`: what another one is called where nothing is in the way;
    `_terms` is put behind a name that means something else (`is_reserved`), and a number behind one that is taken.
    Those whose names are good keys already go first, so that the order of the source decides nothing.
    """
    wanted = {name: plain(name) for name in taxonomies if name not in fixed}
    found, taken = dict(fixed), {fold(key) for key in fixed.values()}
    for name, key in sorted(wanted.items(), key=lambda pair: (pair[0] != pair[1] or is_reserved(pair[1]), pair[0])):
        stem = f"{key}_terms" if is_reserved(key) else key
        own, number = stem, 1
        while fold(own) in taken or is_reserved(own):
            number += 1
            own = f"{stem}_{number}"
        taken.add(fold(own))
        found[name] = own
    return found


def note_renamed(keys: Mapping[str, str], fixed: Mapping[str, str], plain: Callable[[str], str], log: Log) -> None:
    """Name the taxonomies that got another key than the one they are called by."""
    for name, key in keys.items():
        if name not in fixed and key != plain(name):
            log("taxonomy.renamed", name, new=key)


def field_keys(fields: Mapping[str, Any], taken: Container[str], log: Log) -> dict[str, Any]:
    """The custom fields, for a target that tells no capital letters from small ones and reads fields beside its own
    keys: `_` stands behind the name of one that is in `taken` (in small letters) or differs from another only in that.
    """
    plain = {fold(name) for name in fields}
    if len(plain) == len(fields) and not any(name in taken for name in plain):
        return {name: _inside(value, log) for name, value in fields.items()}
    found: dict[str, Any] = {}
    used: set[str] = set()
    for name, value in fields.items():
        own = name
        while fold(own) in taken or fold(own) in used or (own != name and fold(own) in plain):
            own += "_"
        used.add(fold(own))
        found[own] = _inside(value, log)
        if own != name:
            log("field.renamed", name, new=own)
    return found


def _inside(value: Any, log: Log) -> Any:
    """The maps inside of a field: their keys differ, too."""
    if isinstance(value, Mapping):
        if len({fold(str(key)) for key in value}) == len(value):
            return {key: _inside(item, log) for key, item in value.items()}
        return field_keys({str(key): item for key, item in value.items()}, (), log)
    return [_inside(item, log) for item in value] if isinstance(value, list) else value
