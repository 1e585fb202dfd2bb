"""What the taxonomies of the old site are called in front matter: one key each, none that means something else.

A taxonomy can be called like a field of the target, like another one, or differ from it in letters that the target does
not tell apart. Nothing is written over: the one that comes second gets a key of its own. The same names give the same
keys in every file of a site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from converters.frontmatter.keys import COMMON
from converters.model import Site
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.paths import fold, safe_name
from converters.remembered import remembered

FIXED = {"category": "categories", "post_tag": "tags"}
"""Those that every generator knows."""
_NO_WORD = re.compile(r"[^\w-]+")


def _never(site: Site) -> bool:
    return False


class Taxonomies:
    """The keys of one target's front matter."""

    def __init__(
        self,
        plain: Callable[[str], str],
        is_reserved: Callable[[str, Site], bool],
        has_keys: Callable[[Site], bool] = _never,
    ) -> None:
        """`plain`: a name as a key. `is_reserved`: does a key mean something else? `has_keys`: is it a site of the
        target itself, whose taxonomies are called by their keys already?"""
        self._plain, self._is_reserved, self._has_keys = plain, is_reserved, has_keys
        self._of_site = remembered(self._all)

    def of(self, site: Site, more: Iterable[str] = ()) -> dict[str, str]:
        """taxonomy -> key, of those of the site and of `more`."""
        known = self._of_site(site)
        new = [name for name in more if name not in known]
        return self._keys(new, known, site) if new else known

    def key(self, name: str, site: Site) -> str:
        """The key of a taxonomy in front matter and configuration."""
        return self.of(site).get(name) or self.of(site, (name,))[name]

    def note_renamed(self, site: Site, log: Log) -> None:
        """Name those with another key than their own name."""
        for name, key in self.of(site).items() if not self._has_keys(site) else ():
            if name not in FIXED and key != self._plain(name):
                log("taxonomy.renamed", name, new=key)

    def _all(self, site: Site) -> dict[str, str]:
        return self._keys(dict.fromkeys(term.taxonomy for term in site.terms), FIXED, site)

    def _keys(self, found: Iterable[str], known: dict[str, str], site: Site) -> dict[str, str]:
        if self._has_keys(site):
            return known | {name: name for name in found if name not in known}
        return taxonomy_keys(found, known, self._plain, lambda key: self._is_reserved(key, site))


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


def plain_key(name: str) -> str:
    """The name of a taxonomy as a word."""
    return safe_name(_NO_WORD.sub("-", name.lower()), limit=DEFAULT.file_name_bytes).replace("-", "_") or "terms"


PLAIN = Taxonomies(plain_key, lambda key, site: key in COMMON.names)
"""For front matter that has the common keys, and nobody else's."""
